"""What mentees ask for and who of the mentors can give it. S4.1."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from programmes.mentors.models import Mentor
from programmes.needs.models import NeedCategory
from programmes.programme.models import Programme


@dataclass
class Demand:
    """People of both bases by category: ``asking`` and ``giving`` hold person ids."""

    asking: dict[int, set[int]] = field(default_factory=dict)
    giving: dict[int, set[int]] = field(default_factory=dict)

    def asking_any(self, categories: Iterable[int]) -> set[int]:
        """Mentees who ask for at least one of the categories."""
        return set().union(*(self.asking.get(pk, ()) for pk in categories))

    def of_mentor(self, person_id: int) -> set[int]:
        return {pk for pk, people in self.giving.items() if person_id in people}


def demand_on(programme: Programme, day: datetime.date) -> Demand:
    """Two queries: categories of the mentees and of the mentors who are in the bases on a day."""
    demand = Demand()
    for entries, kept in (
        (programme.mentees, demand.asking),
        (programme.mentors, demand.giving),
    ):
        rows = entries.ongoing_on(day).filter(categories__isnull=False)
        for person_id, category_id in rows.values_list("person_id", "categories"):
            kept.setdefault(category_id, set()).add(person_id)
    return demand


@dataclass(frozen=True)
class Match:
    """How many of the mentees who ask for certain categories one candidate could help."""

    helped: int
    asking: int

    @property
    def percent(self) -> float:
        return 100 * self.helped / self.asking if self.asking else 0.0

    def points(self, scale: int) -> int:
        """The share as points of a scale, beside the assessors' ones."""
        return round(scale * self.percent / 100)


def match(demand: Demand, person_id: int, categories: Iterable[int]) -> Match:
    """The candidate's own categories against what mentees ask for within ``categories``."""
    wanted = set(categories)
    asking = demand.asking_any(wanted) - {person_id}
    helped = demand.asking_any(wanted & demand.of_mentor(person_id)) - {person_id}
    return Match(len(helped), len(asking))


@dataclass(frozen=True)
class Line:
    category: NeedCategory
    asking: int
    giving: int

    @property
    def is_short(self) -> bool:
        return self.asking > 0 and self.giving == 0


def lines(programme: Programme, demand: Demand) -> list[Line]:
    """Every category that is used or asked for, in the school's order."""
    return [
        Line(
            category,
            len(demand.asking.get(category.pk, ())),
            len(demand.giving.get(category.pk, ())),
        )
        for category in programme.school.need_categories.all()
        if category.is_used or category.pk in demand.asking
    ]


def candidates_on(programme: Programme, day: datetime.date):
    """The mentor base of a day: those who are looked at, by name."""
    entries = Mentor.objects.ongoing_on(day).filter(programme=programme)
    return entries.select_related("person").order_by("person__sort_key", "pk")
