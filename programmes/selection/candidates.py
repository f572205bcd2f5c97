"""The candidates of a programme with all that is known of each. S4.1.

Everything is read at once, in a constant number of queries, and put together here: a programme has
some hundred candidates, and every column of their table can be sorted by.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from programmes.mentors.models import Mentor
from programmes.people.models import Person
from programmes.programme.models import MentoringForm, Programme
from programmes.readiness import is_taken_back, ready_to_lead, trained_by
from programmes.selection import scoring
from programmes.selection.demand import Match, candidates_on, demand_on, match
from programmes.selection.models import (
    Assessor,
    Criterion,
    Decision,
    Score,
    Sheet,
    Waiver,
    decisions_on,
)


@dataclass
class Candidate:
    """One person of the mentor base on the way to being a mentor."""

    entry: Mentor
    form: MentoringForm | None
    criteria: list[Criterion]
    assessors: int
    sheets: list[Sheet] = field(default_factory=list)
    points: dict[int, dict[int, int]] = field(default_factory=dict)  # sheet → criterion → points
    decision: Decision | None = None
    waiver: Waiver | None = None
    is_trained: bool = False
    lacking: list[str] = field(default_factory=list)
    match: Match = field(default_factory=lambda: Match(0, 0))

    @property
    def person(self) -> Person:
        return self.entry.person

    @cached_property
    def measures(self) -> dict[int, scoring.Measure]:
        return {c.pk: scoring.Measure(c.weight, c.scale) for c in self.criteria}

    @property
    def done(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.is_done]

    def total_of(self, sheet: Sheet) -> float | None:
        return scoring.weighted(self.points.get(sheet.pk, {}), self.measures)

    @cached_property
    def mean(self) -> float | None:
        """The mean of the sheets that are done, 0…100."""
        totals = [self.total_of(sheet) for sheet in self.done]
        return scoring.mean([total for total in totals if total is not None])

    @cached_property
    def agreement(self) -> scoring.Agreement | None:
        return scoring.agreement([self.points.get(s.pk, {}) for s in self.done], self.measures)

    @property
    def progress(self) -> str:
        """«1 из 2»: sheets that are done, of those that are to be."""
        return f"{len(self.done)} из {max(self.assessors, len(self.done))}"

    @property
    def state(self) -> str:
        """«заявлен», «оценён 1 из 2», «отобран», «отобран, обучен», «допущен куратором»."""
        woman = self.person.gender == "f"
        if self.decision is not None:
            words = self.decision.words
        elif self.done:
            words = f"{'оценена' if woman else 'оценён'} {self.progress}"
        else:
            words = "заявлена" if woman else "заявлен"
        if self.is_trained:
            words += ", обучена" if woman else ", обучен"
        return words

    @property
    def is_ready(self) -> bool:
        return not self.lacking


def form_of(entry: Mentor, forms: list[MentoringForm]) -> MentoringForm | None:
    """By which form a candidate is assessed: the first preferred one of the programme, else the
    first that people of this kind may lead."""
    preferred = {form.pk for form in entry.forms.all()}
    fitting = [form for form in forms if entry.person.kind in form.mentor_kinds]
    return next((form for form in fitting if form.pk in preferred), next(iter(fitting), None))


def candidates_of(
    programme: Programme, day: datetime.date, *, only: Person | None = None
) -> list[Candidate]:
    """The candidates of a day by name; with ``only`` that one person, if in the base."""
    entries = candidates_on(programme, day).prefetch_related("forms")
    if only is not None:
        entries = entries.filter(person=only)
    entries = list(entries)
    people = {entry.person_id for entry in entries}
    forms = list(programme.forms.all())
    criteria: dict[int, list[Criterion]] = {}
    for criterion in programme.criteria.prefetch_related("categories"):
        criteria.setdefault(criterion.form_id, []).append(criterion)
    assessors = set(
        Assessor.objects.filter(programme=programme)
        .ongoing_on(day)
        .values_list("person_id", flat=True)
    )
    decided, trained = decisions_on(programme), trained_by(programme, day)
    waivers = {
        waiver.person_id: waiver
        for waiver in programme.waivers.order_by("given_on", "pk")
        if not is_taken_back(waiver.given_on, decided.get(waiver.person_id))
    }
    lacking = ready_to_lead(programme, [entry.person for entry in entries], day)
    demand = demand_on(programme, day)
    # The needs that the criteria of each form name.
    named = {
        form_id: {category.pk for row in rows for category in row.categories.all()}
        for form_id, rows in criteria.items()
    }
    found: dict[int, Candidate] = {}
    for entry in entries:
        form = form_of(entry, forms)
        own = criteria.get(form.pk, []) if form else []
        found[entry.person_id] = Candidate(
            entry=entry,
            form=form,
            criteria=own,
            assessors=len(assessors - {entry.person_id}),
            decision=decided.get(entry.person_id),
            waiver=waivers.get(entry.person_id),
            is_trained=entry.person_id in trained,
            lacking=lacking[entry.person_id],
            match=match(demand, entry.person_id, named.get(form.pk, ()) if form else ()),
        )
    sheets = programme.sheets.filter(person__in=people) if only else programme.sheets.all()
    points: dict[int, dict[int, int]] = {}
    scores = Score.objects.filter(sheet__in=sheets) if only else scores_of(programme)
    for sheet_id, criterion_id, value in scores.values_list("sheet", "criterion", "value"):
        points.setdefault(sheet_id, {})[criterion_id] = value
    for sheet in sheets.prefetch_related("assessor").order_by("assessor__sort_key", "pk"):
        candidate = found.get(sheet.person_id)
        if candidate is not None:
            candidate.sheets.append(sheet)
            candidate.points[sheet.pk] = points.get(sheet.pk, {})
    return list(found.values())


def scores_of(programme: Programme):
    return Score.objects.filter(sheet__programme=programme)


SORTS = {
    "name": lambda c: (c.person.sort_key, c.person.pk),
    "score": lambda c: (-(c.mean if c.mean is not None else -1), c.person.sort_key),
    "match": lambda c: (-c.match.percent, c.person.sort_key),
    "state": lambda c: (c.state, c.person.sort_key),
}
STATES = {
    "open": ("решения нет", lambda c: c.decision is None),
    "selected": ("отобраны", lambda c: c.decision and c.decision.outcome == "selected"),
    "reserve": ("в резерве", lambda c: c.decision and c.decision.outcome == "reserve"),
    "rejected": ("не отобраны", lambda c: c.decision and c.decision.outcome == "rejected"),
    "untrained": ("не обучены", lambda c: not c.is_trained),
    "lacking": ("нельзя назначить", lambda c: not c.is_ready),
}
