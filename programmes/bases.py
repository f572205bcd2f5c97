"""What the mentee base and the mentor base of a programme have in common."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.db import transaction
from django.utils import timezone

from programmes.models import Person, Programme

PAGE = 50


def found(entries, text: str):
    """Entries whose person holds every word of ``text``, by name; the person loaded with them."""
    people = Person.objects.search(text) if text.strip() else None
    entries = entries.select_related("person").order_by("person__sort_key", "pk")
    return entries if people is None else entries.filter(person__in=people)


def page_of(entries, number):
    return Paginator(entries, PAGE).get_page(number)


def candidates(programme: Programme, entries, text: str, limit: int = 30) -> list[Person]:
    """People of the school whom the search finds and who are not in the base yet."""
    if not text.strip():
        return []
    people = Person.objects.filter(school=programme.school).present().search(text)
    return list(people.exclude(pk__in=entries.values("person_id")).in_order()[:limit])


@transaction.atomic
def add(programme: Programme, make: Callable, entries, ids: list[str]) -> tuple[int, int]:
    """Put people of the school into a base from today on: how many were added, and were there.

    ``make(person, day)`` makes the entry. Before the programme begins, its first day counts.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    day = min(max(timezone.localdate(), programme.started_on), programme.ended_on)
    people = Person.objects.filter(
        school_id=programme.school_id, pk__in=[int(i) for i in ids if i.isdecimal()]
    )
    there = set(entries.filter(ended_on__isnull=True).values_list("person_id", flat=True))
    fresh = [person for person in people if person.pk not in there]
    for person in fresh:
        make(person, day).save()
    return len(fresh), len(people) - len(fresh)


def added_words(counts: tuple[int, int]) -> str:
    """«Добавлено в базу: 3, уже были в ней: 1.»"""
    added, there = counts
    return f"Добавлено в базу: {added}" + (f", уже были в ней: {there}." if there else ".")
