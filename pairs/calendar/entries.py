"""What stands in the calendar: meetings, events, steps of routes. S6.1."""

import calendar as months
import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from pairs.calendar import ics
from pairs.events.models import Event
from pairs.formation.models import Pair
from pairs.meetings.models import Meeting
from pairs.routes.models import Route, RouteStep
from programmes.models import Person, Programme

SHOWN = 6  # entries of one day in the month


@dataclass
class Line:
    """One thing of a day, as a page shows it."""

    day: datetime.date
    at: datetime.time | None
    kind: str
    title: str = ""
    url: str = ""
    is_off: bool = False
    pair_id: int | None = None


@dataclass
class Day:
    """A day of the month with what is on it; ``more`` is how much is not shown."""

    date: datetime.date
    is_inside: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - SHOWN)


def of_programme(programme: Programme, first: datetime.date, last: datetime.date) -> list[Line]:
    """Everything of a programme between two days; pairs are named by ``named``. Three queries."""
    return _lines(
        Meeting.objects.filter(pair__programme=programme),
        Event.objects.filter(programme=programme),
        RouteStep.objects.filter(route__pair__programme=programme),
        first,
        last,
    )


def of_person(person: Person, first: datetime.date, last: datetime.date) -> list[Line]:
    """What the person takes part in between two days."""
    pairs = list(Pair.objects.of_participant(person).values_list("pk", flat=True))
    return _lines(
        Meeting.objects.filter(pair__in=pairs),
        _events_of(person),
        RouteStep.objects.filter(route__pair__in=pairs),
        first,
        last,
    )


def _events_of(person: Person):
    asked = Q(invitations__person=person)
    return Event.objects.filter(asked | Q(programme__curators__person=person)).distinct()


def _steps_ahead(steps):
    return steps.filter(state=RouteStep.State.PLANNED, route__state=Route.State.APPROVED)


def _lines(meetings, events, steps, first, last) -> list[Line]:
    inside = {"held_on__range": (first, last)}
    found = [
        Line(day, at, "meeting", pair_id=pair_id, is_off=state in ("called_off", "missed"))
        for pair_id, day, at, state in meetings.filter(**inside).values_list(
            "pair_id", "held_on", "starts_at", "state"
        )
    ]
    found += [
        Line(event.held_on, event.starts_at, "event", title=event.title)
        for event in events.filter(removed_at__isnull=True, **inside)
    ]
    due = _steps_ahead(steps).filter(due_on__range=(first, last))
    found += [
        Line(day, None, "step", title=title, pair_id=pair_id)
        for pair_id, day, title in due.values_list("route__pair_id", "due_on", "title")
    ]
    order = {"event": 0, "meeting": 1, "step": 2}
    return sorted(found, key=lambda x: (x.day, x.at or datetime.time(0), order[x.kind]))


def named(lines: list[Line]) -> None:
    """Give the lines that are shown their words and pages: three queries, whatever their number."""
    wanted = {line.pair_id for line in lines if line.pair_id}
    pairs = {pair.pk: pair for pair in Pair.objects.filter(pk__in=wanted).with_people()}
    for line in lines:
        pair = pairs.get(line.pair_id or 0)
        if pair is None:
            continue
        names = ", ".join(person.short_name for person in pair.current_mentees)
        mentor = pair.mentor.short_name if pair.mentor else "без наставника"
        who = f"{mentor} – {names}"
        line.title = f"{line.title} ({who})" if line.kind == "step" else who
        line.url = reverse("pair-detail", args=[pair.pk])


def month_of(day: datetime.date, lines: list[Line]) -> list[list[Day]]:
    """The weeks of the day's month, Monday first, each day with its lines."""
    weeks = months.Calendar(0).monthdatescalendar(day.year, day.month)
    by_day: dict[datetime.date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.day, []).append(line)
    return [
        [
            Day(
                date,
                date.month == day.month,
                by_day.get(date, []) if date.month == day.month else [],
            )
            for date in week
        ]
        for week in weeks
    ]


def span_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of the month."""
    last = months.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last)


def feed_of(person: Person) -> list[ics.Entry]:
    """What the subscribed calendar of a person holds: from two months back to the end."""
    since = timezone.localdate() - datetime.timedelta(days=60)
    pairs = {pair.pk: pair for pair in ics.pairs_of(person)}
    found = []
    for meeting in Meeting.objects.filter(pair__in=pairs, held_on__gte=since):
        meeting.pair = pairs[meeting.pair_id]
        found.append(ics.of_meeting(meeting, reader=person))
    for event in _events_of(person).filter(held_on__gte=since):
        changed_at = timezone.make_aware(
            datetime.datetime.combine(event.held_on, datetime.time(0))
        ) - datetime.timedelta(days=30)
        found.append(
            ics.Entry(
                uid=f"event-{event.pk}@mentorship-portal",
                title=event.title,
                day=event.held_on,
                at=event.starts_at,
                place=event.place,
                is_off=event.removed_at is not None,
                changed_at=event.removed_at or changed_at,
            )
        )
    steps = _steps_ahead(RouteStep.objects.filter(route__pair__in=pairs, due_on__gte=since))
    for step in steps:
        found.append(
            ics.Entry(
                uid=f"step-{step.pk}@mentorship-portal",
                title=f"Срок: {step.title}",
                day=step.due_on,
                changed_at=timezone.make_aware(
                    datetime.datetime.combine(step.due_on, datetime.time(0))
                )
                - datetime.timedelta(days=30),
            )
        )
    return found
