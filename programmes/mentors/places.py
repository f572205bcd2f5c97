"""How many mentees each mentor of the base may lead, and leads."""

from collections import Counter
from dataclasses import dataclass

from programmes.models import Programme


@dataclass(frozen=True)
class Places:
    """How many mentees a mentor may lead, and leads now in pairs and drafts."""

    capacity: int
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)

    @property
    def is_over(self) -> bool:
        return self.taken > self.capacity


def places_of(programme: Programme, entries) -> dict[int, Places]:
    """Places of every mentor of the base: id of the entry → Places.

    Where nothing is agreed with the mentor, the widest form open to this kind of person counts.
    """
    rows = (
        programme.pairs.exclude(state="ended")
        .filter(mentors__ended_on__isnull=True, mentees__ended_on__isnull=True)
        .values_list("mentors__person_id", "mentees__id")
        .distinct()
    )
    taken = Counter(person_id for person_id, _ in rows)
    usual: dict[str, int] = {}
    for form in programme.forms.all():
        for kind in form.mentor_kinds:
            usual[kind] = max(usual.get(kind, 0), form.capacity)
    return {
        pk: Places(usual.get(kind, 0) if capacity is None else capacity, taken[person_id])
        for pk, person_id, capacity, kind in entries.values_list(
            "pk", "person_id", "capacity", "person__kind"
        )
    }
