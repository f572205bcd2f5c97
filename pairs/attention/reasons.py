"""Which pairs need attention and why: one query for each reason, all joined by UNION. S6.1.

The board counts these queries, the list reads them: the rule stands once.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from pairs.attention.models import AttentionRules, Postponed, Reason
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.meetings.models import Meeting
from pairs.routes.models import Route, RouteStep
from programmes.consents.wording import Purpose
from programmes.models import Consent, Programme
from programmes.progress import Line, Tally, count_of

_ASKED = (Purpose.PROCESSING, Purpose.PARTICIPATION)


@dataclass(frozen=True)
class Found:
    """A pair, why it is looked at, and the day since which that holds."""

    pair_id: int
    reason: Reason
    since: datetime.date


def pairs_with(reason: Reason, rules: AttentionRules, day: datetime.date) -> QuerySet:
    """Confirmed pairs that the reason holds for on the day, with ``since``; put off ones are not
    among them."""
    put_off = Postponed.objects.filter(pair=OuterRef("pk"), reason=reason, until__gt=day)
    return _BY_REASON[reason](_working(day), rules, day).exclude(Exists(put_off))


def _working(day: datetime.date) -> QuerySet:
    return Pair.objects.confirmed().filter(started_on__lte=day).order_by()


def _held() -> QuerySet:
    return Meeting.objects.held().filter(pair=OuterRef("pk"))


def _last_held() -> Subquery:
    return Subquery(_held().order_by("-held_on", "-starts_at", "-pk").values("held_on")[:1])


def _ago(day: datetime.date, days: int) -> datetime.date:
    return day - datetime.timedelta(days=days)


def _first(pairs, rules, day):
    late = pairs.filter(started_on__lte=_ago(day, rules.first_meeting_days))
    return late.exclude(Exists(_held())).annotate(since=F("started_on"))


def _silence(pairs, rules, day):
    latest = pairs.annotate(since=_last_held())
    return latest.filter(since__lte=_ago(day, rules.silence_days))


def _step(pairs, rules, day):
    late = RouteStep.objects.filter(
        route__pair=OuterRef("pk"),
        route__state=Route.State.APPROVED,
        state=RouteStep.State.PLANNED,
        due_on__lte=_ago(day, rules.late_step_days),
    )
    first = late.order_by().values("route__pair").annotate(first=Min("due_on")).values("first")
    return pairs.annotate(since=Subquery(first)).filter(since__isnull=False)


def _worried(pairs, rules, day):
    latest = _held().filter(mood__isnull=False).order_by("-held_on", "-starts_at", "-pk")
    marked = pairs.annotate(
        mood=Subquery(latest.values("mood")[:1]), since=Subquery(latest.values("held_on")[:1])
    )
    return marked.filter(mood__lte=rules.worried_mood)


def _next(pairs, rules, day):
    if not rules.asks_next:
        return pairs.none().annotate(since=F("started_on"))
    ahead = Meeting.objects.planned().filter(pair=OuterRef("pk"), held_on__gte=day)
    met = pairs.annotate(since=_last_held()).filter(since__isnull=False)
    return met.exclude(Exists(ahead))


def _consent(pairs, rules, day):
    """Somebody of the pair has withdrawn a consent that pairs need, and has given no new one."""
    gone = []
    for model in (PairMentor, PairMentee):
        withdrawn = Consent.objects.filter(
            person=OuterRef("person"),
            purpose__in=_ASKED,
            withdrawn_on__isnull=False,
            voided_at__isnull=True,
        )
        standing = Consent.objects.filter(
            person=OuterRef("person"),
            purpose=OuterRef("purpose"),
            withdrawn_on__isnull=True,
            voided_at__isnull=True,
        )
        lost = withdrawn.exclude(Exists(standing)).order_by("-withdrawn_on")
        gone.append(
            model.objects.ongoing_on(day)
            .filter(pair=OuterRef("pk"))
            .annotate(gone_on=Subquery(lost.values("withdrawn_on")[:1]))
            .filter(gone_on__isnull=False)
            .order_by("gone_on")
            .values("gone_on")[:1]
        )
    of_mentor, of_mentee = (Subquery(one) for one in gone)
    return pairs.annotate(since=Coalesce(of_mentor, of_mentee)).filter(since__isnull=False)


_BY_REASON: dict[Reason, Any] = {
    Reason.CONSENT: _consent,
    Reason.WORRIED: _worried,
    Reason.FIRST: _first,
    Reason.SILENCE: _silence,
    Reason.STEP: _step,
    Reason.NEXT: _next,
}


def found(
    pairs: Q, rules: AttentionRules, day: datetime.date, reasons: Iterable[Reason] = Reason
) -> list[Found]:
    """Reasons of all pairs that ``pairs`` chooses, the weightiest and oldest first. One query."""
    queries = [
        pairs_with(reason, rules, day).filter(pairs).values_list("pk", Value(reason.value), "since")
        for reason in reasons
    ]
    queries = [query for query in queries if not query.query.is_empty()]
    if not queries:
        return []
    first, *others = queries
    rows = [Found(pk, Reason(code), since) for pk, code, since in first.union(*others, all=True)]
    order = {reason: number for number, reason in enumerate(Reason)}
    return sorted(rows, key=lambda row: (order[row.reason], row.since, row.pair_id))


@dataclass(frozen=True)
class Counted:
    """What the board counts of a programme: how many pairs each reason holds for."""

    programme: Programme

    def counts(self, day: datetime.date) -> dict[str, Tally]:
        rules = AttentionRules.of(self.programme.school)
        return {
            f"attention_{reason}": count_of(query)
            for reason in Reason
            if not (query := pairs_with(reason, rules, day)).query.is_empty()
        }


def lines(programme: Programme, counts) -> list[Line]:
    """A line of the board for each reason, with the list that shows just these pairs."""
    page = reverse("attention", args=[programme.pk])
    return [
        Line(f"{reason.label.capitalize()}: пар {number}", f"{page}?reason={reason.value}")
        for reason in Reason
        if (number := counts.get(f"attention_{reason}", 0))
    ]
