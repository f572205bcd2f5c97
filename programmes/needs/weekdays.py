"""Days of the week on which people have time, stored as numbers 1…6 (Monday … Saturday)."""

from django.core.exceptions import ValidationError

WEEKDAYS = ((1, "пн"), (2, "вт"), (3, "ср"), (4, "чт"), (5, "пт"), (6, "сб"))
_TITLES = dict(WEEKDAYS)


def check_weekdays(days: object) -> None:
    """ValidationError unless ``days`` is a list of different numbers 1…6."""
    if not isinstance(days, list) or not set(map(str, days)) <= set(map(str, _TITLES)):
        raise ValidationError("Дни недели – числа от 1 до 6.")
    if any(not isinstance(day, int) for day in days) or len(set(days)) != len(days):
        raise ValidationError("Дни недели – разные числа от 1 до 6.")


def in_words(days: list[int]) -> str:
    """«вт, чт», or empty."""
    return ", ".join(_TITLES[day] for day in sorted(days) if day in _TITLES)
