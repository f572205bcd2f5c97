"""Who could be a mentor for a mentee, and why: the two bases side by side."""

import datetime
import re
from dataclasses import dataclass, field

from pairs.formation.forming import capacity_of, places_taken
from pairs.formation.models import Pair, PairMentee
from programmes.models import Mentee, Mentor, MentoringForm, Programme


@dataclass
class MentorCandidate:
    """A mentor with free places; ``reasons`` say in words why this one is suggested."""

    entry: Mentor
    capacity: int
    taken: int
    reasons: list[str] = field(default_factory=list)

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


def unpaired(programme: Programme, on: datetime.date, form: MentoringForm | None = None):
    """Entries of the mentee base without a draft or a pair, by name; of the form's kinds only."""
    entries = (
        programme.mentees.ongoing_on(on)
        .exclude(
            person__in=PairMentee.objects.filter(pair__programme=programme, ended_on__isnull=True)
            .exclude(pair__state=Pair.State.ENDED)
            .values("person_id")
        )
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    return entries.filter(person__kind__in=form.mentee_kinds) if form else entries


def mentors_for(
    programme: Programme,
    form: MentoringForm,
    on: datetime.date,
    mentees: list[Mentee],
) -> list[MentorCandidate]:
    """Mentors whom the form fits: those who answer the needs come first, then by free places."""
    taken = places_taken(programme)
    entries = (
        programme.mentors.ongoing_on(on)
        .filter(person__kind__in=form.mentor_kinds)
        .exclude(person__in=[mentee.person_id for mentee in mentees])
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    found = []
    for entry in entries:
        candidate = MentorCandidate(entry, capacity_of(entry, form), taken[entry.person_id])
        candidate.reasons = reasons(entry, mentees)
        found.append(candidate)
    return sorted(found, key=lambda c: (c.free == 0, -len(c.reasons), c.entry.person.sort_key))


def reasons(mentor: Mentor, mentees: list[Mentee]) -> list[str]:
    """«запрос «математика» ↔ компетенция «математика»» for each need that a competence answers."""
    found = []
    for need in sorted({word for mentee in mentees for word in items(mentee.need)}):
        for competence in items(mentor.competences):
            if stems(need) & stems(competence):
                found.append(f"запрос «{need}» ↔ компетенция «{competence}»")
    return found


def items(text: str) -> list[str]:
    """The parts of «математика, общение; олимпиады»."""
    return [part.strip().lower() for part in re.split(r"[,;\n]", text) if part.strip()]


def stems(text: str) -> set[str]:
    """Beginnings of the words, enough to see that «математике» is «математика»."""
    return {word[:6] for word in re.findall(r"\w{4,}", text.lower().replace("ё", "е"))}
