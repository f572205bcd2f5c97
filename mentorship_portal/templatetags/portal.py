"""Template tags of the portal."""

from decimal import Decimal

from django import template

from documents import wording

register = template.Library()


@register.simple_tag
def plural(number: int, one: str, few: str, many: str) -> str:
    """The word that fits the number: ``{% plural 3 "пара" "пары" "пар" %}`` → «пары»."""
    return wording.plural(number, one, few, many)


@register.simple_tag
def decimal(number: Decimal) -> str:
    """A number as one writes it in Russian: 12,50 → «12,5», 62,00 → «62»."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",").replace("-", "−")
