"""What the rooms of a stage tell the board: counts in one query, then steps in words.

A room has ``counts(day)`` – names and expressions that annotate the programme, so that the board
asks for all rooms at once – and ``steps(programme, counts, day)``, which turns them into ``Step``s.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.programme.models import Programme

DONE, BUSY, LATE, IDLE = "done", "busy", "late", "idle"


@dataclass(frozen=True)
class Line:
    """Something to be done or looked at, and the page where that is done."""

    text: str
    url: str


@dataclass(frozen=True)
class Step:
    """How far one step of a stage is (``row``: its id in ``programmes.stages``).

    ``facts`` are words on what is there; ``missing`` and ``late`` are lines with their pages.
    """

    row: str
    state: str
    url: str
    facts: tuple[str, ...] = ()
    missing: tuple[Line, ...] = ()
    late: tuple[Line, ...] = ()


def count_of(rows: QuerySet | type[Model], programme: str = "programme", distinct: str = "pk"):
    """How many of ``rows`` belong to the programme that is asked for, as an expression.

    ``programme`` is the lookup from a row to the programme; ``distinct`` what is counted once.
    """
    query = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    mine = query.filter(**{programme: OuterRef("pk")}).order_by().values(programme)
    return Coalesce(Subquery(mine.annotate(n=Count(distinct, distinct=True)).values("n")), 0)


def counted(programme: Programme, rooms, day: datetime.date) -> Mapping[str, Any]:
    """The counts of all ``rooms`` (modules with ``counts``) in one query."""
    asked = {name: one for room in rooms for name, one in room.counts(day).items()}
    return Programme.objects.filter(pk=programme.pk).annotate(**asked).values(*asked).get()
