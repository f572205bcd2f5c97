"""Template tags of the portal."""

from django import template

from documents import wording

register = template.Library()


@register.simple_tag
def plural(number: int, one: str, few: str, many: str) -> str:
    """The word that fits the number: ``{% plural 3 "пара" "пары" "пар" %}`` → «пары»."""
    return wording.plural(number, one, few, many)
