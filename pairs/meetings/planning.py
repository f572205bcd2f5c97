"""Meetings that lie ahead: one, a series, moved, called off. S6.1."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from pairs.formation.models import Pair
from pairs.meetings.checks import clashes, must_be_the_pairs_day, must_not_be_past
from pairs.meetings.models import Meeting
from programmes.models import Programme
from programmes.refusal import Refusal
from programmes.school_calendar.models import Calendar

LONGEST = 60  # meetings in one series


@dataclass(frozen=True)
class Planned:
    """New meetings, the days that had one already, and whose meetings fall together."""

    fresh: list[Meeting]
    there: int = 0
    warnings: tuple[str, ...] = ()


def series(
    first: datetime.date, until: datetime.date, every: int, calendar: Calendar
) -> list[datetime.date]:
    """Days every ``every`` days from ``first`` to ``until``, clear of the school's days off.

    A day off is taken as the next working day, unless that is nearer to the following meeting: then
    it is left out (a break). Days are counted from the plan, not from the moved day. The first day
    is kept as it was named. Days are in order, each once.
    """
    days: list[datetime.date] = []
    day = first
    while day <= until:
        taken = day if day == first else calendar.moved(day, 0)
        is_near = (taken - day).days <= every // 2
        if is_near and taken <= until and (not days or taken > days[-1]):
            days.append(taken)
        day += datetime.timedelta(days=every)
    return days


@transaction.atomic
def plan(pair: Pair, values: dict, *, until: datetime.date | None = None, every: int = 0):
    """Plan a meeting, or a series of them until a day. A second click plans nothing new.

    ``values``: ``held_on`` and what else is known (time, place, topic …). Refusal for days that
    have passed or on which the pair does not work, and for a series that is too long.
    """
    Programme.objects.select_for_update().get(pk=pair.programme_id)
    first = values["held_on"]
    must_not_be_past(first)
    must_be_the_pairs_day(pair, first)
    days = [first]
    if until and every:
        must_be_the_pairs_day(pair, until)
        days = series(first, until, every, Calendar.of(pair.programme.school_id))
    if len(days) > LONGEST:
        raise Refusal(f"Получилось встреч: {len(days)}. За один раз не больше {LONGEST}.")
    taken = set(
        pair.meetings.filter(held_on__in=days, state__in=("planned", "held")).values_list(
            "held_on", flat=True
        )
    )
    fresh = []
    for day in days:
        if day not in taken:
            fresh.append(Meeting.objects.create(pair=pair, **(values | {"held_on": day})))
    return Planned(fresh, len(days) - len(fresh), tuple(clashes(fresh, pair)))


def plan_next(
    pair: Pair, on: datetime.date, at: datetime.time | None, like: Meeting
) -> Meeting | None:
    """The next meeting, at the place of this one; one that is there gets its time.

    The caller holds the lock. Refusal for a day that is not after this meeting.
    """
    if on <= like.held_on:
        raise Refusal("Следующая встреча – позже этой: проверьте её дату.")
    must_not_be_past(on)
    must_be_the_pairs_day(pair, on)
    there = pair.meetings.planned().filter(held_on=on).first()
    if there is None:
        kept = {"place": like.place, "is_remote": like.is_remote}
        return Meeting.objects.create(pair=pair, held_on=on, starts_at=at, **kept)
    if at and there.starts_at != at:
        there.starts_at = at
        there.save()
    return there


@transaction.atomic
def move(meeting: Meeting, values: dict) -> tuple[str, ...]:
    """Another day, time or place for a meeting that lies ahead; whose meetings fall together."""
    pair = meeting.pair
    Programme.objects.select_for_update().get(pk=pair.programme_id)
    if not meeting.is_planned:
        raise Refusal(f"Встреча {meeting.get_state_display()}: переносить нечего.")
    must_not_be_past(values["held_on"])
    must_be_the_pairs_day(pair, values["held_on"])
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save()
    return tuple(clashes([meeting], pair))


@transaction.atomic
def call_off(meeting: Meeting, why: str) -> None:
    """A planned meeting will not take place; a second click changes nothing."""
    Programme.objects.select_for_update().get(pk=meeting.pair.programme_id)
    meeting.refresh_from_db()
    if meeting.is_called_off:
        return
    if not meeting.is_planned:
        raise Refusal(f"Встреча {meeting.get_state_display()}: отменить можно только будущую.")
    meeting.state, meeting.why = Meeting.State.CALLED_OFF, why
    meeting.save()
