"""Which pairs need attention and why. S6.1.

One query brings a row of a few facts for each pair, whatever their number; the rules are plain
Python over these facts. The board and the list read the same.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from pairs.attention.models import AttentionRules, Postponed, Reason
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.meetings.models import Meeting
from pairs.routes.models import Route, RouteStep
from programmes.consents.wording import Purpose
from programmes.models import Consent, Programme
from programmes.progress import Line

_ASKED = (Purpose.PROCESSING, Purpose.PARTICIPATION)
_SIGN = {reason: 1 << number for number, reason in enumerate(Reason)}


@dataclass(frozen=True)
class Found:
    """A pair, why it is looked at, and the day since which that holds."""

    pair_id: int
    reason: Reason
    since: datetime.date


@dataclass(frozen=True)
class _Facts:
    """A confirmed pair on the day; ``put_off`` is the sum of the signs of its reasons put off."""

    pk: int
    started_on: datetime.date
    last_held: datetime.date | None
    mood: int | None
    marked_on: datetime.date | None
    ahead: int | None
    step_due: datetime.date | None
    consent_gone: datetime.date | None
    put_off: int | None


def _facts(pairs: Q, day: datetime.date) -> QuerySet:
    held = Meeting.objects.held().filter(pair=OuterRef("pk")).order_by("-held_on", "-starts_at")
    marked = held.filter(mood__isnull=False)
    ahead = Meeting.objects.planned().filter(pair=OuterRef("pk"), held_on__gte=day).order_by()
    steps = RouteStep.objects.filter(
        route__pair=OuterRef("pk"),
        route__state=Route.State.APPROVED,
        state=RouteStep.State.PLANNED,
    )
    due = steps.order_by().values("route__pair").annotate(first=Min("due_on")).values("first")
    signs = [When(reason=reason, then=sign) for reason, sign in _SIGN.items()]
    put_off = Postponed.objects.filter(pair=OuterRef("pk"), until__gt=day).order_by()
    put_off = put_off.values("pair").annotate(
        signs=Sum(Case(*signs, default=0, output_field=IntegerField()))
    )
    return (
        Pair.objects.confirmed()
        .filter(pairs, started_on__lte=day)
        .order_by()
        .values_list(
            "pk",
            "started_on",
            Subquery(held.values("held_on")[:1]),
            Subquery(marked.values("mood")[:1]),
            Subquery(marked.values("held_on")[:1]),
            Subquery(ahead.values("pk")[:1]),
            Subquery(due),
            Coalesce(_consent_gone(PairMentor, day), _consent_gone(PairMentee, day)),
            Subquery(put_off.values("signs")),
        )
    )


def _consent_gone(model, day: datetime.date) -> Subquery:
    """The day on which somebody of the pair withdrew a consent that pairs need, while nobody has
    recorded a new one to the same purpose."""
    again = Consent.objects.standing().filter(
        person=OuterRef("person"), purpose=OuterRef("purpose")
    )
    gone = (
        Consent.objects.filter(purpose__in=_ASKED, withdrawn_on__isnull=False)
        .filter(voided_at__isnull=True, person=OuterRef("person"))
        .exclude(Exists(again))
    )
    people = model.objects.ongoing_on(day).filter(pair=OuterRef("pk"))
    days = people.annotate(gone_on=Subquery(gone.values("withdrawn_on")[:1]))
    return Subquery(days.filter(gone_on__isnull=False).order_by().values("gone_on")[:1])


def _since(rules: AttentionRules, day: datetime.date) -> dict[Reason, Callable]:
    """For each reason: since when it holds for a pair, or None."""

    def ago(days: int) -> datetime.date:
        return day - datetime.timedelta(days=days)

    first, silence = ago(rules.first_meeting_days), ago(rules.silence_days)
    step, mood = ago(rules.late_step_days), rules.worried_mood
    return {
        Reason.CONSENT: lambda f: f.consent_gone,
        Reason.WORRIED: lambda f: f.marked_on if f.mood and f.mood <= mood else None,
        Reason.FIRST: lambda f: f.started_on if not f.last_held and f.started_on <= first else None,
        Reason.SILENCE: lambda f: f.last_held if f.last_held and f.last_held <= silence else None,
        Reason.STEP: lambda f: f.step_due if f.step_due and f.step_due <= step else None,
        Reason.NEXT: lambda f: f.last_held if rules.asks_next and not f.ahead else None,
    }


def found(
    pairs: Q, rules: AttentionRules, day: datetime.date, reasons: Iterable[Reason] = Reason
) -> list[Found]:
    """Reasons of all pairs that ``pairs`` chooses, the weightiest and oldest first. One query."""
    asked = {reason: since for reason, since in _since(rules, day).items() if reason in reasons}
    rows = []
    for values in _facts(pairs, day):
        facts = _Facts(*values)
        for reason, since_of in asked.items():
            since = since_of(facts)
            if since is not None and not (facts.put_off or 0) & _SIGN[reason]:
                rows.append(Found(facts.pk, reason, since))
    order = {reason: number for number, reason in enumerate(Reason)}
    return sorted(rows, key=lambda row: (order[row.reason], row.since, row.pair_id))


def lines(programme: Programme, day: datetime.date) -> list[Line]:
    """A line of the board for each reason, with the list that shows just these pairs. One query
    where the programme came with its school's rules."""
    rows = found(Q(programme=programme), AttentionRules.of(programme.school), day)
    numbers = Counter(row.reason for row in rows)
    page = reverse("attention", args=[programme.pk])
    return [
        Line(f"{reason.label.capitalize()}: пар {numbers[reason]}", f"{page}?reason={reason.value}")
        for reason in Reason
        if numbers[reason]
    ]
