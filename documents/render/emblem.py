"""The emblem above the head of a paper: a PNG picture and the size it prints in."""

import base64
import binascii
import struct
from dataclasses import dataclass

from documents.paper import Paper

# Millimetres. paper.css says the same to browsers and to the PDF.
MAX_WIDTH = 60
MAX_HEIGHT = 20
ALT = "Эмблема"

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PER_PIXEL = 25.4 / 96


@dataclass(frozen=True, slots=True)
class Emblem:
    """``png`` is the picture; ``width`` and ``height`` are in millimetres, as it prints."""

    png: bytes
    width: float
    height: float


def emblem_of(paper: Paper) -> Emblem | None:
    """The emblem of the paper, None when it has none or what it has is not a PNG picture."""
    try:
        png = base64.b64decode(paper.emblem, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(png) < 24 or not png.startswith(_SIGNATURE):
        return None
    pixels = struct.unpack(">II", png[16:24])
    if not all(pixels):
        return None
    width, height = (count * _PER_PIXEL for count in pixels)
    scale = min(1, MAX_WIDTH / width, MAX_HEIGHT / height)
    return Emblem(png, width * scale, height * scale)
