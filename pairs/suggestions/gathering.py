"""From the two bases of a programme to the numbers of ``matching``, and back to people.

A constant number of queries, however large the bases are.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from pairs.events.models import Preference, Side
from pairs.formation import matching
from pairs.formation.forming import capacity_of, places_taken
from pairs.formation.matching import Choice, Helper, Seeker, Task
from pairs.formation.models import PairMentee
from pairs.suggestions import reasons
from pairs.suggestions.models import DeclinedSuggestion, MatchWeights
from programmes.consents import standing
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.people.models import Person, age_on
from programmes.programme.models import MentoringForm, Programme
from programmes.readiness import ready_to_lead


@dataclass(frozen=True)
class LeftOut:
    """Somebody whom no pair is suggested for as yet, why, and the page where that is put right."""

    person: Person
    words: str
    url: str
    is_mentor: bool


@dataclass
class Ground:
    """What a choice rests on: the task, and the entries and forms by their ids (of the person)."""

    task: Task
    mentees: dict[int, Mentee]
    mentors: dict[int, Mentor]
    forms: dict[int, MentoringForm]
    capacity: dict[int, int]
    declined: dict[tuple[int, int], str]
    left_out: list[LeftOut] = field(default_factory=list)

    def why(self, mentee: int, mentor: int, form: int | None = None) -> list[str]:
        """What speaks for a pair, in words; empty when nothing does."""
        if form is None:
            form = self.task.form_of(self.task.row[mentee], self.task.column[mentor])
        return reasons.reasons(
            self.mentees[mentee],
            self.mentors[mentor],
            self.task.points(mentee, mentor),
            self.task.choices.get((mentee, mentor), Choice()),
            self.forms[form].title,
        )

    def chosen(self, mentee: int, mentor: int) -> list[str]:
        """Who of the two has chosen the other, in words."""
        return reasons.chosen(self.task.choices.get((mentee, mentor), Choice()))

    def against(self, mentee: int, mentor: int) -> list[str]:
        """Why a pair is never suggested, for the curator alone."""
        found = []
        if (mentee, mentor) in self.declined:
            found.append(f"отклонено: {self.declined[mentee, mentor]}")
        choice = self.task.choices.get((mentee, mentor), Choice())
        if choice.by_mentee == 0:
            found.append("наставляемый не хочет работать с этим наставником")
        if choice.by_mentor == 0:
            found.append("наставник не хочет работать с этим наставляемым")
        return found


def gather(
    programme: Programme,
    forms: Collection[MentoringForm],
    on: datetime.date,
    mentees: Iterable[Mentee],
    *,
    besides: Collection[int] = (),
    is_strict: bool = True,
) -> Ground:
    """The task of bringing these entries of the mentee base together with mentors from ``on``.

    ``besides`` are ids of pairs that are not counted: drafts to be made anew. Those who may not be
    in a pair as yet (no consent, a mentor not ready, S4.2) are named in ``left_out``; ``is_strict``
    keeps them out of the task.
    """
    wanted = {form.pk: form for form in forms}
    seekers = list(mentees)
    helpers = list(_mentors(programme, wanted.values(), on))
    left_out = _not_yet(programme, on, seekers, helpers)
    if is_strict:
        out = {(one.person.pk, one.is_mentor) for one in left_out}
        seekers = [m for m in seekers if (m.person_id, False) not in out]
        helpers = [m for m in helpers if (m.person_id, True) not in out]
    taken = places_taken(programme, besides=besides)
    busy = _busy(programme, on, besides, seekers)
    capacity = {m.person_id: _capacity(m, wanted.values()) for m in helpers}
    declined = {
        (row.mentee_id, row.mentor_id): row.reason
        for row in DeclinedSuggestion.objects.filter(programme=programme)
    }
    task = Task(
        [
            matching.Form(form.pk, frozenset(form.mentor_kinds), frozenset(form.mentee_kinds))
            for form in sorted(wanted.values(), key=lambda form: form.code)
        ],
        [Seeker(**_side(m, m.need, on), busy=busy.get(m.person_id, frozenset())) for m in seekers],
        [
            Helper(
                **_side(m, m.competences, on),
                places=max(0, capacity[m.person_id] - taken[m.person_id]),
                age_from=m.age_from,
                age_to=m.age_to,
            )
            for m in helpers
        ],
        choices(programme),
        declined,
        MatchWeights.of(programme).values,
    )
    return Ground(
        task,
        {m.person_id: m for m in seekers},
        {m.person_id: m for m in helpers},
        wanted,
        capacity,
        declined,
        left_out,
    )


def choices(programme: Programme) -> dict[tuple[int, int], Choice]:
    """What the two sides said of each other: (mentee id, mentor id) → both ranks."""
    ranks: dict[tuple[int, int], dict[str, int]] = {}
    rows = Preference.objects.filter(programme=programme).order_by()
    for side, person, chosen, rank in rows.values_list("side", "person", "chosen", "rank"):
        if side == Side.MENTEE:
            ranks.setdefault((person, chosen), {})["by_mentee"] = rank
        else:
            ranks.setdefault((chosen, person), {})["by_mentor"] = rank
    return {pair: Choice(**found) for pair, found in ranks.items()}


def _mentors(programme: Programme, forms: Iterable[MentoringForm], on: datetime.date):
    kinds = {kind for form in forms for kind in form.mentor_kinds}
    return (
        programme.mentors.ongoing_on(on)
        .filter(person__kind__in=kinds, person__left_on__isnull=True)
        .select_related("person")
        .prefetch_related("categories", "forms")
        .order_by("person__sort_key", "pk")
    )


def _capacity(entry: Mentor, forms: Iterable[MentoringForm]) -> int:
    """Places of a mentor who may be in several of the forms: the least of them is kept."""
    own = [form for form in forms if entry.person.kind in form.mentor_kinds]
    return min((capacity_of(entry, form) for form in own), default=0)


def _busy(
    programme: Programme, on: datetime.date, besides: Collection[int], mentees: list[Mentee]
) -> dict[int, frozenset[int]]:
    """Person id → forms in which there is a pair on that day or later."""
    rows = (
        PairMentee.objects.overlapping_with(on, None)
        .filter(pair__programme=programme)
        .exclude(pair__in=list(besides))
    )
    found: dict[int, set[int]] = {}
    for person, form in rows.order_by().values_list("person", "pair__form"):
        found.setdefault(person, set()).add(form)
    return {m.person_id: frozenset(found.get(m.person_id, ())) for m in mentees}


def _side(entry: Mentee | Mentor, words: str, on: datetime.date) -> dict:
    person = entry.person
    return {
        "key": (person.sort_key, person.pk),
        "kind": person.kind,
        "grade": person.grade,
        "age": age_on(person.birth_date, on) if person.birth_date else None,
        "categories": frozenset(category.pk for category in entry.categories.all()),
        "words": reasons.stems(words),
        "interests": reasons.stems(entry.interests),
        "days": frozenset(entry.days),
        "forms": frozenset(form.pk for form in entry.forms.all()),
    }


def _not_yet(
    programme: Programme, on: datetime.date, mentees: list[Mentee], mentors: list[Mentor]
) -> list[LeftOut]:
    """Those who may not be in a pair on the day, with the reason."""
    people = [entry.person for entry in (*mentees, *mentors)]
    lacks = standing.lacking(people, on, standing.PAIR, programme.school_id)
    unready = ready_to_lead(programme, [m.person for m in mentors], on)
    selection = reverse("selection", args=[programme.pk])
    found = []
    for entry, is_mentor in (*((m, False) for m in mentees), *((m, True) for m in mentors)):
        person = entry.person
        if person.pk in lacks:
            url = reverse("person-consents", args=[person.pk])
            found.append(LeftOut(person, "; ".join(lacks[person.pk]), url, is_mentor))
        elif is_mentor and unready[person.pk]:
            url = f"{selection}?{urlencode({'q': person.surname})}"
            found.append(LeftOut(person, ", ".join(unready[person.pk]), url, True))
    return found
