"""Template filters of the papers' pages."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """``mapping[key]``, or None."""
    return mapping.get(key)
