"""Columns of a table: the size of the type and the widths, the same in Word and in the PDF."""

from collections.abc import Sequence
from enum import StrEnum

from documents.paper import Table
from documents.printing import Line

_POINT = 25.4 / 72
# An address on the web does not make its column wider than so many widths of an em.
_LONGEST = 11


class Type(StrEnum):
    """How large the words of a table are; renderers map each to styles or a CSS class."""

    ORDINARY = ""
    SMALL = "small"
    TINY = "tiny"


# Points. paper.css says the same.
SIZES = {Type.ORDINARY: 12, Type.SMALL: 9, Type.TINY: 8}
# Millimetres between the words and the border of their cell, at the left and at the right.
PADDINGS = {Type.ORDINARY: 1.5, Type.SMALL: 0.8, Type.TINY: 0.6}


def type_of(table: Table) -> Type:
    """Registers of 13 and 16 columns are set smaller, so that they stay on the sheet."""
    if table.columns <= 8:
        return Type.ORDINARY
    return Type.SMALL if table.columns <= 12 else Type.TINY


def widths_of(rows: Sequence[Line], width: float) -> list[float]:
    """The width of each column in millimetres; together they are ``width``.

    The shares of the table hold, but a column too narrow for its longest word («Цырендоржиева
    Д.Б.» does not part) takes what it lacks from those that have to spare. Where the words are too
    long together, the widest columns give way first, and their longest words part.
    """
    table = rows[0].table
    shares = table.widths or (1,) * table.columns
    wanted = [width * share / sum(shares) for share in shares]
    kind = type_of(table)
    em = SIZES[kind] * _POINT
    needed = [
        min(_LONGEST, max(_longest(line, column) for line in rows)) * em + 2 * PADDINGS[kind] + 0.4
        for column in range(table.columns)
    ]
    if sum(needed) >= width:
        widest = _widest(needed, width)
        return [min(need, widest) for need in needed]
    lacking = sum(max(0, need - want) for need, want in zip(needed, wanted, strict=True))
    spare = sum(max(0, want - need) for need, want in zip(needed, wanted, strict=True))
    return [
        need if need >= want else want - (want - need) * lacking / spare
        for need, want in zip(needed, wanted, strict=True)
    ]


def _widest(needed: list[float], width: float) -> float:
    """The width that no column may pass, so that together they are just ``width``."""
    left = width
    for at, need in enumerate(sorted(needed)):
        share = left / (len(needed) - at)
        if need >= share:
            return share
        left -= need
    return left


def _longest(line: Line, column: int) -> float:
    """The longest word of a cell that may not part, in widths of an em."""
    text = "".join(run.text for run in line.parts[column])
    return max((_length(word) for word in text.replace("-", "- ").split(" ")), default=0)


def _length(word: str) -> float:
    return sum(_letter(letter) for letter in word)


# Widths of letters in fonts that keep to the metrics of Times, rounded up.
_WIDE = dict.fromkeys("жмфшщыю", 0.7) | dict.fromkeys("ЖМФШЩЫЮW@№", 0.98)


def _letter(letter: str) -> float:
    if letter in _WIDE:
        return _WIDE[letter]
    if letter.isupper():
        return 0.72
    if letter in " .,:;!'()/|\u00a0":
        return 0.33
    return 0.52
