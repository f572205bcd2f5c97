"""What the rooms of stages 5–7 show on the page of a pair, in the order of showing.

A room has ``panel(pair, user)``: a ``Panel``, or None for those who are not to see it. The pair
comes with its people (``with_people``); a panel asks the database a constant number of questions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.module_loading import import_string

from pairs.formation.models import Pair
from programmes.school.models import User


@dataclass(frozen=True)
class Panel:
    """A section of the page of a pair: its template gets ``pair`` and ``context`` as ``panel``."""

    template: str
    context: dict = field(default_factory=dict)


Room = Callable[[Pair, User], Panel | None]

# By name: the rooms themselves import ``Panel`` from here.
ROOMS: tuple[str, ...] = (
    "pairs.meetings.panel.panel",
    "pairs.routes.panel.panel",
    "pairs.reports.panel.panel",
    "pairs.library.panel.panel",
    "pairs.agreements.panel.panel",
    "pairs.petitions.panel.panel",
)


def panels(pair: Pair, user: User) -> list[Panel]:
    """The panels of all rooms that this user may see."""
    rooms: list[Room] = [import_string(name) for name in ROOMS]
    return [panel for room in rooms if (panel := room(pair, user)) is not None]
