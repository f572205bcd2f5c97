"""What the mentee base and the mentor base of a programme have in common."""

import datetime
from collections.abc import Callable

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from programmes.models import Person, Programme
from programmes.numbers import whole_number, whole_numbers
from programmes.refusal import Refusal

PAGE = 50
OFFERED = 50


def programme_of(request: HttpRequest, programme_id: int) -> Programme:
    """The programme of the address, locked to nobody; 404 when it is not of the user's school."""
    return get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)


def found(entries, text: str, grade: str = ""):
    """Entries whose person holds every word of ``text`` and is in ``grade``, by name."""
    entries = entries.select_related("person").order_by("person__sort_key", "pk")
    if text.strip():
        entries = entries.filter(person__in=Person.objects.search(text))
    number = whole_number(grade)
    return entries if number is None else entries.filter(person__grade=number)


def grades_of(entries) -> list[int]:
    """The grades that occur in the base, for its filter."""
    grades = entries.filter(person__grade__isnull=False).values_list("person__grade", flat=True)
    return sorted(set(grades.order_by().distinct()))


def page_of(entries, number):
    return Paginator(entries, PAGE).get_page(number)


def candidates(programme: Programme, entries, text: str) -> list[Person]:
    """People of the school whom the search finds and who are not in the base yet."""
    if not text.strip():
        return []
    people = Person.objects.filter(school=programme.school_id).present().search(text)
    return list(people.exclude(pk__in=entries.values("person_id")).in_order()[:OFFERED])


@transaction.atomic
def add(programme: Programme, make: Callable, entries, ids: list[str]) -> tuple[int, int]:
    """Put people of the school into a base from today on: how many were added, and were there.

    ``make(person, day)`` makes the entry. Before the programme begins, its first day counts. Who
    has left the base today comes back the day after: two periods never share a day.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    day = programme.working_day()
    people = list(
        Person.objects.filter(school_id=programme.school_id, pk__in=whole_numbers(ids))
        .present()
        .in_order()
    )
    periods = entries.overlapping_with(day, None).values_list("person_id", "ended_on")
    busy_until = dict(periods.order_by("started_on"))
    fresh = [person for person in people if busy_until.get(person.pk, day) is not None]
    for person in fresh:
        last = busy_until.get(person.pk)
        make(person, last + datetime.timedelta(days=1) if last else day).save()
    return len(fresh), len(people) - len(fresh)


def added_words(counts: tuple[int, int]) -> str:
    """«Добавлено в базу: 3, уже были в ней: 1.»"""
    added, there = counts
    return f"Добавлено в базу: {added}" + (f", уже были в ней: {there}." if there else ".")


@transaction.atomic
def leave(entry, periods: str, on: datetime.date, reason: str) -> None:
    """End an entry of a base on its last day, unless the person is in a pair that lasts longer.

    ``periods`` is the person's name for the periods in pairs. Leaving twice changes nothing.
    """
    programme = Programme.objects.select_for_update().get(pk=entry.programme_id)
    entry.refresh_from_db()
    if (entry.ended_on, entry.end_reason) == (on, reason):
        return
    if entry.ended_on is not None:
        raise Refusal(f"{entry.person} уже не в базе: последний день {entry.ended_on:%d.%m.%Y}.")
    if on < entry.started_on:
        raise Refusal(f"{entry.person} в базе только с {entry.started_on:%d.%m.%Y}.")
    in_pairs = getattr(entry.person, periods).filter(pair__programme=programme)
    if in_pairs.filter(ended_on__isnull=True).exists():
        raise Refusal(f"{entry.person} в паре или в черновике пары: сначала завершите её.")
    later = in_pairs.filter(ended_on__gt=on).order_by("-ended_on").first()
    if later is not None:
        raise Refusal(f"{entry.person} в паре по {later.ended_on:%d.%m.%Y}: база кончается позже.")
    entry.end(on, reason)
