"""On which days a pair may meet, and whose meetings fall together. S6.1."""

import datetime
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from pairs.formation.models import Pair
from pairs.meetings.models import USUAL_MINUTES, Meeting
from programmes.models import Person
from programmes.refusal import Refusal

ALIVE = (Meeting.State.PLANNED, Meeting.State.HELD)


def must_be_the_pairs_day(pair: Pair, on: datetime.date) -> None:
    """Refusal, in words, for a day on which this pair does not work together."""
    programme = pair.programme
    if pair.is_draft:
        raise Refusal("Пара ещё не подтверждена: встречи записывают после этого.")
    if not programme.started_on <= on <= programme.ended_on:
        raise Refusal(
            f"Программа идёт с {programme.started_on:%d.%m.%Y} по {programme.ended_on:%d.%m.%Y}: "
            f"{on:%d.%m.%Y} вне её."
        )
    if on < pair.started_on:
        raise Refusal(f"Пара работает с {pair.started_on:%d.%m.%Y}: {on:%d.%m.%Y} её ещё не было.")
    if pair.ended_on and on > pair.ended_on:
        raise Refusal(f"Пара завершена {pair.ended_on:%d.%m.%Y}: {on:%d.%m.%Y} её уже не было.")


def must_not_be_ahead(on: datetime.date) -> None:
    if on > timezone.localdate():
        raise Refusal(
            f"{on:%d.%m.%Y} ещё не наступило: прошедшей встречу записывают в её день или позже. "
            "Будущую можно запланировать."
        )


def must_not_be_past(on: datetime.date) -> None:
    if on < timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} уже прошло: такую встречу записывают, а не планируют.")


def people_of(pair: Pair, on: datetime.date) -> list[Person]:
    """Who was or will be in the pair on the day; the pair comes with its people."""
    mentor = pair.mentor_on(on)
    return ([mentor] if mentor else []) + pair.mentees_on(on)


def clashes(meetings: Iterable[Meeting], pair: Pair) -> list[str]:
    """Whoever of the pair has another meeting at the time of these, in words. One query.

    Meetings without a time fall together with nothing.
    """
    mine = [meeting for meeting in meetings if meeting.starts_at and meeting.state in ALIVE]
    if not mine:
        return []
    people = {p.pk: p for meeting in mine for p in people_of(pair, meeting.held_on)}
    there = Q(pair__mentors__person__in=people) | Q(pair__mentees__person__in=people)
    others = (
        Meeting.objects.filter(there, state__in=ALIVE, starts_at__isnull=False)
        .filter(held_on__in={meeting.held_on for meeting in mine})
        .exclude(pk__in=[meeting.pk for meeting in mine])
        .distinct()
        .prefetch_related("pair__mentors__person", "pair__mentees__person")
    )
    return [
        f"{person.short_name}: {other.title} уже есть другая встреча."
        for other in others
        for person in people_of(other.pair, other.held_on)
        if person.pk in people and any(_overlap(meeting, other) for meeting in mine)
    ]


def _overlap(one: Meeting, other: Meeting) -> bool:
    if one.held_on != other.held_on:
        return False
    (a, b), (c, d) = _minutes(one), _minutes(other)
    return a < d and c < b


def _minutes(meeting: Meeting) -> tuple[int, int]:
    """Beginning and end, in minutes of the day."""
    start = meeting.starts_at.hour * 60 + meeting.starts_at.minute
    return start, start + (meeting.minutes or USUAL_MINUTES)
