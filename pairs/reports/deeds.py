"""Reports of mentors: begun from the log, sent, accepted or returned; figures of a period. D12.

Every verb locks the row of the programme; saying the same twice changes nothing.
"""

import datetime

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from pairs.formation.models import Pair, PairMentor
from pairs.meetings.models import Meeting
from pairs.reports.models import MentorReport, ReportKind, terms_of
from pairs.routes.models import Route, RouteStep
from programmes.models import Person, Programme
from programmes.refusal import Refusal


def period_of(pair: Pair, mentor: Person, kind: str) -> tuple[datetime.date, datetime.date]:
    """From the mentor's first day in the pair, or the day after the interim term, to the term."""
    terms = terms_of(pair.programme)
    first = min(p.started_on for p in pair.mentors.all() if p.person_id == mentor.pk)
    last = terms[kind]
    if kind == ReportKind.FINAL:
        after = terms[ReportKind.INTERIM] + datetime.timedelta(days=1)
        if first < after <= last:
            first = after
    if pair.ended_on:
        last = min(last, pair.ended_on)
    return first, max(first, last)


def begun(pair: Pair, mentor: Person, kind: str) -> MentorReport:
    """The report that is stored, else an unsaved draft for its period."""
    stored = pair.reports.filter(mentor=mentor, kind=kind).first()
    if stored is not None:
        return stored
    first, last = period_of(pair, mentor, kind)
    return MentorReport(pair=pair, mentor=mentor, kind=kind, started_on=first, ended_on=last)


def facts_of(report: MentorReport) -> dict:
    """Meetings and steps of the pair in the period: what a sent report has kept, else as now.

    ``{"held": 4, "missed": 1, "steps": [{"title", "day", "result", "mentee"}, …]}``, days in ISO.
    """
    if report.facts and not report.is_draft:
        return report.facts
    within = (report.started_on, report.ended_on)
    states = dict(
        Meeting.objects.filter(pair=report.pair_id, held_on__range=within)
        .values_list("state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    steps = (
        RouteStep.objects.filter(
            route__pair=report.pair_id, state=RouteStep.State.DONE, done_on__range=within
        )
        .select_related("route__mentee")
        .order_by("done_on", "pk")
    )
    return {
        "held": states.get(Meeting.State.HELD, 0),
        "missed": states.get(Meeting.State.MISSED, 0),
        "steps": [
            {
                "title": step.title,
                "day": step.done_on.isoformat(),
                "result": step.result,
                "mentee": step.route.mentee.short_name,
            }
            for step in steps
        ],
    }


def locked(report: MentorReport) -> MentorReport:
    Programme.objects.select_for_update().get(pk=report.pair.programme_id)
    return MentorReport.objects.select_related("pair__programme", "mentor").get(pk=report.pk)


@transaction.atomic
def send(report: MentorReport) -> None:
    """Hand the report in; meetings and steps stay in it as they are now."""
    report = locked(report)
    if not report.is_draft:
        return
    if not report.growth:
        raise Refusal("Напишите, что изменилось у наставляемого за этот период.")
    report.facts = facts_of(report)
    report.state, report.sent_on, report.remark = report.State.SENT, timezone.localdate(), ""
    report.save()


@transaction.atomic
def accept(reports: list[MentorReport]) -> int:
    """Accept reports that were sent: all or, with Refusal, none. How many were accepted now."""
    fresh = [locked(report) for report in reports]
    reasons = [f"{report}: ещё не сдан." for report in fresh if report.is_draft]
    if reasons:
        raise Refusal(*reasons)
    waiting = [report for report in fresh if report.is_sent]
    for report in waiting:
        report.state, report.accepted_on = report.State.ACCEPTED, timezone.localdate()
        report.save()
    return len(waiting)


@transaction.atomic
def give_back(report: MentorReport, remark: str) -> None:
    """Give a report back to its mentor, who changes it and sends it again."""
    report = locked(report)
    if report.is_draft:
        if report.remark == remark:
            return
        raise Refusal("Отчёт ещё не сдан.")
    report.state, report.remark, report.facts = report.State.DRAFT, remark, {}
    report.sent_on = report.accepted_on = None
    report.save()


def expected(programme: Programme, kind: str):
    """Who is to hand in a report: today's mentors of working pairs, and the last of ended ones."""
    return (
        PairMentor.objects.filter(pair__programme=programme)
        .exclude(pair__state=Pair.State.DRAFT)
        .filter(Q(ended_on__isnull=True) | Q(pair__state="ended", ended_on=F("pair__ended_on")))
        .select_related("person", "pair__form")
        .prefetch_related("pair__mentees__person")
        .order_by("person__sort_key", "pk")
    )


def figures(programme: Programme, first: datetime.date, last: datetime.date) -> dict[str, object]:
    """Counts of a period for the curator's report, by name; a constant number of queries."""
    within = (first, last)
    pairs = programme.pairs.exclude(state=Pair.State.DRAFT)
    there = pairs.filter(started_on__lte=last).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    )
    meetings = dict(
        Meeting.objects.filter(pair__programme=programme, held_on__range=within)
        .values_list("state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    routes = Route.objects.filter(pair__programme=programme)
    steps = RouteStep.objects.filter(route__pair__programme=programme)
    reasons = (
        pairs.filter(state=Pair.State.ENDED, ended_on__range=within)
        .values_list("end_reason")
        .annotate(n=Count("pk"))
        .order_by("-n", "end_reason")
    )
    # A mentor who left a pair that went on with another one.
    changed = PairMentor.objects.filter(pair__in=there, ended_on__range=within).exclude(
        pair__state=Pair.State.ENDED, pair__ended_on=F("ended_on")
    )
    reports = MentorReport.objects.filter(pair__programme=programme, sent_on__range=within)
    return {
        "pairs": there.filter(is_group=False).count(),
        "groups": there.filter(is_group=True).count(),
        "started": pairs.filter(started_on__range=within).count(),
        "held": meetings.get(Meeting.State.HELD, 0),
        "missed": meetings.get(Meeting.State.MISSED, 0),
        "routes": routes.filter(approved_on__lte=last).count(),
        "steps_due": steps.filter(due_on__range=within).exclude(state="dropped").count(),
        "steps_done": steps.filter(state="done", done_on__range=within).count(),
        "reports": reports.count(),
        "changes": changed.count(),
        "ended": [[reason or "причина не названа", number] for reason, number in reasons],
    }
