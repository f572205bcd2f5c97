"""Template tags of the portal."""

from decimal import Decimal
from urllib.parse import urlsplit

from django import template
from django.urls import resolve
from django.utils.html import format_html

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


@register.simple_tag(takes_context=True)
def link(context: dict, url: str, text: object, css: str = "") -> str:
    """``text`` as a link to a page of the portal, or as plain words for whom the page is closed."""
    if not url or not may_open(context["request"].user, url):
        return format_html('<span class="{}">{}</span>', css, text)
    return format_html('<a class="{}" href="{}">{}</a>', css, url, text)


def may_open(user, url: str) -> bool:
    """Whether the roles of the user open the page at ``url`` (a path with or without a query)."""
    roles = getattr(resolve(urlsplit(url).path).func, "allowed_roles", None)
    return roles is None or bool(roles & user.roles)
