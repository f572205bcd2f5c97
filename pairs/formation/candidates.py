"""Who could be a mentor for a mentee, and why: the two bases side by side."""

import datetime
import re
from dataclasses import dataclass, field

from django.db.models import Max

from pairs.formation.forming import capacity_of, places_taken
from pairs.formation.models import Pair, PairMentee
from programmes.models import Mentee, Mentor, MentoringForm, Programme
from programmes.people.models import Kind

# Words that say nothing of a need by themselves.
EMPTY_WORDS = frozenset(
    "для при как или что это над под про без его она они помощь нужна нужно".split(),  # noqa: SIM905
)


@dataclass
class MentorCandidate:
    """A mentor with places; ``reasons`` say in words why this one is suggested."""

    entry: Mentor
    capacity: int
    taken: int
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


def unpaired(programme: Programme, on: datetime.date, form: MentoringForm | None = None):
    """Entries of the mentee base without a draft or a pair, by name; of the form's kinds only."""
    entries = (
        programme.mentees.ongoing_on(on)
        .filter(person__left_on__isnull=True)
        .exclude(
            person__in=PairMentee.objects.filter(pair__programme=programme, ended_on__isnull=True)
            .exclude(pair__state=Pair.State.ENDED)
            .values("person_id")
        )
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    return entries.filter(person__kind__in=form.mentee_kinds) if form else entries


def waiting_since(programme: Programme, entries: list[Mentee]) -> dict[int, datetime.date]:
    """Since when each is without a pair: person id → the day after the last pair, or of entry."""
    ended = dict(
        PairMentee.objects.filter(
            pair__programme=programme, person__in=[entry.person_id for entry in entries]
        )
        .values_list("person_id")
        .annotate(last=Max("ended_on"))
        .filter(last__isnull=False)
    )
    return {
        entry.person_id: max(
            entry.started_on,
            ended.get(entry.person_id, datetime.date.min) + datetime.timedelta(days=1),
        )
        for entry in entries
    }


def mentors_for(
    programme: Programme,
    form: MentoringForm,
    on: datetime.date,
    mentees: list[Mentee],
) -> list[MentorCandidate]:
    """Mentors whom the form fits: those who answer most needs first, then by free places, name."""
    taken = places_taken(programme)
    entries = (
        programme.mentors.ongoing_on(on)
        .filter(person__kind__in=form.mentor_kinds, person__left_on__isnull=True)
        .exclude(person__in=[mentee.person_id for mentee in mentees])
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    found = [
        MentorCandidate(
            entry,
            capacity_of(entry, form),
            taken[entry.person_id],
            reasons(entry, mentees),
            doubts(entry, mentees),
        )
        for entry in entries
    ]
    needed = max(1, len(mentees))
    return sorted(
        found,
        key=lambda c: (
            c.free < needed,
            -len(c.reasons),
            len(c.doubts),
            -c.free,
            c.entry.person.sort_key,
        ),
    )


def reasons(mentor: Mentor, mentees: list[Mentee]) -> list[str]:
    """«запрос «математика» ↔ компетенция «математика»» for each need that a competence answers."""
    found = []
    for need in sorted({word for mentee in mentees for word in items(mentee.need)}):
        for competence in items(mentor.competences):
            if stems(need) & stems(competence):
                found.append(f"запрос «{need}» ↔ компетенция «{competence}»")
    return found


def doubts(mentor: Mentor, mentees: list[Mentee]) -> list[str]:
    """What speaks against: a pupil mentor is to be of a higher grade (instruction, line 82)."""
    grade = mentor.person.grade
    if mentor.person.kind == Kind.PUPIL and grade:
        younger = [
            m.person.short_name for m in mentees if m.person.grade and m.person.grade >= grade
        ]
        if younger:
            return [f"учится не старше: {', '.join(younger)}"]
    return []


def items(text: str) -> list[str]:
    """The parts of «математика, общение; олимпиады»."""
    return [part.strip().lower() for part in re.split(r"[,;\n]", text) if part.strip()]


def stems(text: str) -> set[str]:
    """Beginnings of the words, enough to see that «математике» is «математика»."""
    words = set(re.findall(r"\w{3,}", text.lower().replace("ё", "е"))) - EMPTY_WORDS
    return {word[:6] for word in words}
