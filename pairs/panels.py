"""What the rooms of stages 5–7 show on the page of a pair, in the order of showing.

A room has ``panel(pair, user)``: a ``Panel``, or None for those who are not to see it. The pair
comes with its people (``with_people``); a panel asks the database a constant number of questions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from pairs.agreements import panel as agreements
from pairs.formation.models import Pair
from programmes.school.models import User


@dataclass(frozen=True)
class Panel:
    """A section of the page of a pair: its template gets ``pair`` and ``context`` as ``panel``."""

    template: str
    context: dict = field(default_factory=dict)


Room = Callable[[Pair, User], Panel | None]

ROOMS: tuple[Room, ...] = (agreements.panel,)


def panels(pair: Pair, user: User) -> list[Panel]:
    """The panels of all rooms that this user may see."""
    return [panel for room in ROOMS if (panel := room(pair, user)) is not None]
