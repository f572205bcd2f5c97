"""Edits of a paper name people, pairs and items of a plan by their rows; a file, by its keys."""

import re
from collections.abc import Mapping
from typing import Any

# «person.7.name», «pair-12», «group-person.7», «plan.3.title».
_NAMED = re.compile(r"\b(person|pair|plan)([.-])(\w+)")
_PLACES = ("block", "after", "parent", "source", "blank", "reference")

Names = Mapping[str, Mapping[str, Any]]


def renamed_edits(value: Any, names: Names) -> Any:
    """``value``, edits as JSON, with the rows in its block ids and sources named anew.

    ``names``: "person", "pair" and "plan", each with old name → new name. Others stay.
    """

    def anew(found: re.Match) -> str:
        what, mark, old = found.groups()
        return f"{what}{mark}{names[what].get(old, old)}"

    if isinstance(value, list):
        return [renamed_edits(inner, names) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _NAMED.sub(anew, inner)
        if key in _PLACES and isinstance(inner, str)
        else renamed_edits(inner, names)
        for key, inner in value.items()
    }
