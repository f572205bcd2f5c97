"""Numbers that come in an address or a form, where anything may stand."""

from collections.abc import Iterable

LONGEST = 18  # digits: what every database keeps as an integer


def whole_number(text: str) -> int | None:
    """The number that ``text`` writes in plain digits, or None."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if is_number else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among ``texts``, in their order; whatever else stands there is passed over."""
    return [number for text in texts if (number := whole_number(text)) is not None]
