"""How many of the school take part in the programme."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from programmes.models import Programme
from programmes.people.models import Kind

TARGET = 70  # percent; instruction, table 1: not less than 70 % of pupils and teachers


@dataclass(frozen=True)
class Coverage:
    """How many of the school's pupils (teachers) are mentees of the programme.

    ``with_mentors`` counts those who take part in either role, each person once.
    """

    title: str
    part: int
    whole: int
    with_mentors: int
    target: int = TARGET

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


def coverage_of(programme: Programme, day: datetime.date) -> list[Coverage]:
    """Mentees among all pupils (teachers) of the school, and with the mentors (row T3)."""
    is_mentee = Q(pk__in=programme.mentees.ongoing_on(day).values("person_id"))
    is_mentor = Q(pk__in=programme.mentors.ongoing_on(day).values("person_id"))
    counts = {
        row["kind"]: row
        for row in programme.school.people.present()
        .order_by()
        .values("kind")
        .annotate(
            whole=Count("pk"),
            part=Count("pk", filter=is_mentee),
            with_mentors=Count("pk", filter=is_mentee | is_mentor),
        )
    }
    none = {"part": 0, "whole": 0, "with_mentors": 0}
    return [
        Coverage(
            title, *(counts.get(kind, none)[name] for name in ("part", "whole", "with_mentors"))
        )
        for title, kind in (
            ("Охват обучающихся", Kind.PUPIL),
            ("Охват педагогов", Kind.TEACHER),
        )
    ]
