"""The latest changes of a row that keeps its history, for its page."""

import datetime
import itertools
from dataclasses import dataclass

from django.db import models

from programmes.school.models import User

SHOWN = 10


@dataclass(frozen=True)
class Change:
    """When, who, and the fields that were changed, in words; the first one is how it came in."""

    at: datetime.datetime
    by: User | None
    fields: tuple[str, ...]
    is_first: bool


def changes_of(row: models.Model, limit: int = SHOWN) -> list[Change]:
    """The latest changes of ``row``, newest first; what changed nothing is left out."""
    if row.pk is None:
        return []
    records = list(row.history.select_related("history_user__person")[: limit + 1])
    found = []
    for newer, older in itertools.zip_longest(records, records[1:]):
        is_first = older is None and newer.history_type == "+"
        # The way in of a row that is older than its history is not known.
        fields: tuple[str, ...] = () if is_first or older else ("данные",)
        if older is not None:
            delta = newer.diff_against(older, foreign_keys_are_objs=False)
            fields = tuple(str(row._meta.get_field(f).verbose_name) for f in delta.changed_fields)
        if fields or is_first:
            found.append(Change(newer.history_date, newer.history_user, fields, is_first))
    return found[:limit]
