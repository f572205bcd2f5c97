"""Scans that people upload: checked by content, images made anew (SEC 09)."""

import io
import re

from django.core.exceptions import ValidationError

LIMIT_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000
KINDS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png"}
# Looked for here: WeasyPrint, once loaded, lets Pillow take pictures that are cut off.
ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
BROKEN_IMAGE = "Изображение не открывается. Сохраните его заново."
TOO_LARGE_IMAGE = (
    "Слишком большое изображение: не более 40 мегапикселей и не более 20 000 точек по стороне."
)
BROKEN_PDF = (
    "Файл называется PDF, но не открывается как PDF. Отсканируйте документ ещё раз или сохраните "
    "его в PDF заново."
)
WRONG_KIND = "Скан должен быть файлом PDF, JPEG или PNG. Другие файлы не принимаются."


def checked_scan(uploaded) -> tuple[bytes, str]:
    """The content to keep and its extension: pdf, jpg or png.

    Name, first bytes and a parser must agree; pictures lose their metadata. Raises
    ValidationError with words in Russian.
    """
    extension = KINDS.get(uploaded.name.rpartition(".")[2].lower())
    if extension is None:
        raise ValidationError(WRONG_KIND)
    if uploaded.size > LIMIT_BYTES:
        raise ValidationError(
            "Скан больше 10 МБ. Отсканируйте с меньшим разрешением (150–200 dpi)."
        )
    content = uploaded.read()
    if extension == "pdf":
        return _checked_pdf(content), "pdf"
    return _image_made_anew(content, extension), extension


def _checked_pdf(content: bytes) -> bytes:
    """It begins as a PDF, and its end points to the table of its objects (ISO 32000-1, 7.5)."""
    ends = re.findall(rb"startxref\s+(\d{1,10})\s*%%EOF", content[-_END_OF_PDF:])
    if not content.startswith(b"%PDF-") or not ends:
        raise ValidationError(BROKEN_PDF)
    at = int(ends[-1])
    if not _TABLE.match(content[at : at + _BEGIN_OF_TABLE]):
        raise ValidationError(BROKEN_PDF)
    return content


# Scanners write a little after the end.
_END_OF_PDF = 2048
_BEGIN_OF_TABLE = 8192
# A table of its own, or an object that is one.
_TABLE = re.compile(rb"\s*(?:xref\s+\d+\s+\d+\s|\d+\s+\d+\s+obj\b.*?/XRef\b)", re.DOTALL)


def check_size(image) -> None:
    """Refuse a picture of Pillow, just opened, that would take long to decode."""
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise ValidationError(TOO_LARGE_IMAGE)


def _image_made_anew(content: bytes, extension: str) -> bytes:
    from PIL import Image, UnidentifiedImageError

    wanted = {"jpg": "JPEG", "png": "PNG"}[extension]
    try:
        with Image.open(io.BytesIO(content), formats=[wanted]) as image:
            check_size(image)
            if ENDS[wanted] not in content:
                raise ValidationError(BROKEN_IMAGE)
            out = io.BytesIO()
            image.convert("L" if image.mode in ("1", "L") else "RGB").save(
                out, wanted, **({"quality": 88} if wanted == "JPEG" else {"optimize": False})
            )
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(BROKEN_IMAGE) from error
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_LARGE_IMAGE) from error
    return out.getvalue()
