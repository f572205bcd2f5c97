"""What the list of pairs marks beside each pair: papers that are missing (D10, D13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from pairs.agreements.signing import rows_of
from pairs.formation.models import Pair
from programmes.consents import standing
from programmes.programme.models import Programme
from programmes.refusal import Linked


@dataclass(frozen=True)
class Marks:
    """``lacking``: consents that do not hold today; how many agreements there are, and signed."""

    lacking: tuple[Linked, ...]
    agreements: int
    signed: int


def marked(programme: Programme, pairs: Iterable[Pair]) -> list[tuple[Pair, Marks]]:
    """The pairs with their marks; the same few queries for one pair and for fifty."""
    pairs = list(pairs)
    live = [pair for pair in pairs if not pair.is_ended]
    people = {
        person.pk: person
        for pair in live
        for person in (pair.mentor, *pair.current_mentees)
        if person is not None
    }
    day = programme.working_day()
    lacks = standing.lacking(people.values(), day, standing.PAIR, programme.school_id)
    found = []
    for pair in pairs:
        own = [] if pair.is_ended else [pair.mentor, *pair.current_mentees]
        rows = list(rows_of([pair])) if pair.is_confirmed else []
        lacking = tuple(
            Linked(
                f"{person.short_name}: {'; '.join(lacks[person.pk])}",
                reverse("person-consents", args=[person.pk]),
            )
            for person in own
            if person is not None and person.pk in lacks
        )
        signed = sum(row.agreement is not None for row in rows)
        found.append((pair, Marks(lacking, len(rows), signed)))
    return found
