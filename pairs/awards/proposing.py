"""Whom the scheme of awards proposes, from the data, with the words why (S6.6)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from pairs.awards.models import Award, AwardKind, AwardRule
from pairs.formation.models import Pair
from pairs.meetings.models import Meeting
from pairs.reports.models import MentorReport, terms_of
from pairs.routes.models import Route
from programmes.models import Person, Programme
from programmes.people.models import Kind as PersonKind

C = AwardRule.Criterion


@dataclass(frozen=True)
class Work:
    """What the data say of one pair, for its mentor."""

    pair: Pair
    mentor: Person
    meetings: int
    steps: int
    done: int
    has_reached: bool
    is_in_time: bool

    @property
    def percent(self) -> int:
        """Whole per cent of the steps of its routes, rounded down; 0 without steps."""
        return self.done * 100 // self.steps if self.steps else 0

    def meets(self, rule: AwardRule) -> bool:
        """Whether the pair reaches the criterion; a free one is never reached by data."""
        return {
            C.MEETINGS: self.meetings >= (rule.threshold or 0),
            C.STEPS: self.steps > 0 and self.percent >= (rule.threshold or 0),
            C.OUTCOME: self.has_reached,
            C.REPORTS: self.is_in_time,
            C.FREE: False,
        }[rule.criterion]

    @property
    def words(self) -> str:
        """«встреч 9, маршрут выполнен на 90 %»."""
        parts = [f"встреч {self.meetings}"]
        if self.steps:
            parts.append(f"маршрут выполнен на {self.percent} %")
        if self.has_reached:
            parts.append("цель достигнута")
        if self.is_in_time:
            parts.append("отчёты сданы в срок")
        return ", ".join(parts)


@dataclass(frozen=True)
class Proposal:
    """One line of the scheme reached by one mentor; ``key`` names it in a form."""

    rule: AwardRule
    work: Work

    @property
    def key(self) -> str:
        return f"{self.rule.pk}-{self.work.pair.pk}"


def works(programme: Programme) -> list[Work]:
    """The pairs that have worked, in a fixed number of queries."""
    pairs = programme.pairs.exclude(state=Pair.State.DRAFT).with_people()
    held = _counts(Meeting.objects.held().filter(pair__programme=programme), "pair")
    routes = Route.objects.filter(pair__programme=programme).order_by()
    steps = routes.exclude(state=Route.State.DRAFT).values("pair")
    steps = {
        row["pair"]: (row["all"], row["done"])
        for row in steps.annotate(
            all=Count("steps", filter=~Q(steps__state="dropped")),
            done=Count("steps", filter=Q(steps__state="done")),
        )
    }
    reached = set(routes.filter(outcome=Route.Outcome.REACHED).values_list("pair_id", flat=True))
    in_time = _in_time(programme)
    return [
        Work(
            pair=pair,
            mentor=pair.mentor,
            meetings=held.get(pair.pk, 0),
            steps=steps.get(pair.pk, (0, 0))[0],
            done=steps.get(pair.pk, (0, 0))[1],
            has_reached=pair.pk in reached,
            is_in_time=(pair.pk, pair.mentor.pk) in in_time,
        )
        for pair in pairs
        if pair.mentor
    ]


def _counts(rows, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(Count("pk")))


def _in_time(programme: Programme) -> set[tuple[int, int]]:
    """(pair, mentor) whose reports of every term that has passed were there by the term."""
    passed = {k: due for k, due in terms_of(programme).items() if due < timezone.localdate()}
    handed: dict[tuple[int, int], set[str]] = {}
    reports = MentorReport.objects.filter(pair__programme=programme, sent_on__isnull=False)
    for pair, mentor, kind, on in reports.values_list("pair", "mentor", "kind", "sent_on"):
        if kind in passed and on <= passed[kind]:
            handed.setdefault((pair, mentor), set()).add(kind)
    return {key for key, kinds in handed.items() if kinds == set(passed)}


def proposals(programme: Programme, found: Iterable[Work] | None = None) -> list[Proposal]:
    """What is reached and not decided on yet; one award of a kind for a person.

    A letter to parents is for pupils only.
    """
    taken = set(Award.objects.filter(programme=programme).values_list("person", "kind"))
    listed = []
    rules = list(programme.award_rules.all())
    for work in works(programme) if found is None else found:
        for rule in rules:
            key = (work.mentor.pk, rule.kind)
            is_pupil = work.mentor.kind == PersonKind.PUPIL
            if key in taken or (rule.kind == AwardKind.PARENTS and not is_pupil):
                continue
            if work.meets(rule):
                taken.add(key)
                listed.append(Proposal(rule, work))
    return sorted(listed, key=lambda one: (one.work.mentor.sort_key, one.rule.pk))
