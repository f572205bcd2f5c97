"""What the mentee base and the mentor base of a programme have in common."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from simple_history.utils import bulk_create_with_history

from programmes.careful import CarefulForm
from programmes.consents import standing
from programmes.models import Person, Programme
from programmes.numbers import whole_number, whole_numbers
from programmes.periods import Period
from programmes.programme.forms import DayField
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


class JoinForm(forms.Form):
    """From which day the chosen people are in a base."""

    started_on = DayField(label="В базе с")

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, initial={"started_on": programme.working_day()}, **kwargs)
        self.programme = programme
        self.fields["started_on"].help_text = f"День программы {programme_days(programme)}."

    def clean_started_on(self) -> datetime.date:
        return inside(self.programme, self.cleaned_data["started_on"])


def programme_days(programme: Programme) -> str:
    return f"с {programme.started_on:%d.%m.%Y} по {programme.ended_on:%d.%m.%Y}"


def inside(programme: Programme, day: datetime.date) -> datetime.date:
    """The day typed in a form, if it lies inside the programme."""
    if not programme.started_on <= day <= programme.ended_on:
        raise forms.ValidationError(
            f"Этот день вне программы: она идёт {programme_days(programme)}."
        )
    return day


def chosen_people(programme: Programme, ids: list[str]) -> list[Person]:
    """Those of the programme's school among the ticked, by name."""
    people = Person.objects.filter(school_id=programme.school_id, pk__in=whole_numbers(ids))
    return list(people.present().in_order())


@dataclass(frozen=True)
class Added:
    """How many people were put into a base, and were in it already.

    Of the former ``after`` begin only when their earlier time in the base is over; of the latter
    ``later`` are there from a later day than the one asked for. ``kept_out`` have left the
    school or lack a consent (D13), each with a reason in ``reasons``. ``entries`` are the new ones.
    """

    fresh: int
    there: int
    after: int
    later: int
    kept_out: tuple[Person, ...] = ()
    reasons: tuple[str, ...] = ()
    entries: tuple[Period, ...] = ()

    @property
    def words(self) -> str:
        """«Добавлено в базу: 3, уже были в ней: 1.»"""
        there = f", уже были в ней: {self.there}." if self.there else "."
        words = f"Добавлено в базу: {self.fresh}{there}"
        if self.after:
            words += f" Позже названного дня, после прежнего срока в базе: {self.after}."
        if self.later:
            words += (
                f" Уже в базе, но с более позднего дня: {self.later}. "
                "Откройте запись человека и исправьте «В базе с»."
            )
        return words


@transaction.atomic
def add(
    programme: Programme, make: Callable, entries, people: list[Person], day: datetime.date
) -> Added:
    """Put people into a base from ``day`` on; nobody twice, nobody who has left the school by
    then, nobody without consent (D13).

    ``make(person, day)`` makes the entry. Who leaves the base on that day or later comes back the
    day after: two periods never share a day.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    busy = {
        entry.person_id: entry
        for entry in entries.overlapping_with(day, None).order_by("started_on")
    }
    begins = {person.pk: _first_day(busy.get(person.pk), day, programme) for person in people}
    joining = [person for person in people if begins[person.pk] is not None]
    gone = {person.pk for person in joining if person.has_left_by(begins[person.pk])}
    staying = [person for person in joining if person.pk not in gone]
    lacks = standing.lacking(staying, begins, standing.BASE, programme.school_id)
    made = []
    after = later = 0
    for person in people:
        if person.pk in lacks or person.pk in gone:
            continue
        if begins[person.pk] is None:
            later += busy[person.pk].started_on > day
            continue
        after += person.pk in busy
        made.append(make(person, begins[person.pk]))
        made[-1].clean_texts()
    bulk_create_with_history(made, entries.model, batch_size=500)
    left = [person for person in people if person.pk in gone]
    lacking = [person for person in people if person.pk in lacks]
    kept_out = (*left, *lacking)
    reasons = [f"{person.full_name}: {person.leaving}." for person in left]
    reasons += standing.refusals(lacking, lacks)
    if len(lacking) > 1:
        reasons.append(standing.link_to_print(programme.pk, lacking))
    there = len(people) - len(made) - len(kept_out)
    return Added(len(made), there, after, later, kept_out, tuple(reasons), tuple(made))


def _first_day(last, day: datetime.date, programme: Programme) -> datetime.date | None:
    """The day from which somebody joins whose time in the base is ``last``; None who is there."""
    if last is None:
        return day
    if last.ended_on is None or last.ended_on >= programme.ended_on:
        return None
    return last.ended_on + datetime.timedelta(days=1)


def entries_after(entries, day: datetime.date):
    """Entries that begin only after ``day``, the nearest first."""
    later = entries.filter(started_on__gt=day).select_related("person")
    return later.order_by("started_on", "person__sort_key", "pk")


class EntryForm(CarefulForm):
    """What is known of a person in a base. Save it with ``store``."""

    started_on = DayField(
        label="В базе с", help_text="Приказ и пара находят человека в базе с этого дня."
    )

    def clean_started_on(self) -> datetime.date:
        return inside(self.instance.programme, self.cleaned_data["started_on"])


def store(form: EntryForm, entries, periods: str) -> None:
    """Save a changed entry of a base whose programme the caller has locked.

    ``entries`` are those of the base, ``periods`` the person's name for the periods in pairs.
    Refusal when the first day is after the last, shares days with another entry of the person, or
    comes after the first day of a pair that needs this entry.
    """
    entry = form.instance
    before = entries.get(pk=entry.pk)
    if entry.started_on != before.started_on:
        people, day = [entry.person], entry.started_on
        school_id = entry.programme.school_id
        reasons = standing.reasons_against(people, day, standing.BASE, school_id)
        if reasons:
            raise Refusal(*reasons)
    if entry.ended_on is not None and entry.started_on > entry.ended_on:
        raise Refusal(f"{entry.person} в базе только по {entry.ended_on:%d.%m.%Y}.")
    others = entries.exclude(pk=entry.pk).filter(person=entry.person)
    others.select_related("person").must_leave_free(entry.started_on, entry.ended_on)
    in_pairs = getattr(entry.person, periods).filter(
        pair__programme=entry.programme_id, started_on__gte=before.started_on
    )
    first = in_pairs.overlapping_with(before.started_on, before.ended_on).order_by("started_on")
    needed = first.values_list("started_on", flat=True).first()
    if needed is not None and entry.started_on > needed:
        raise Refusal(
            f"{entry.person} в паре или в черновике пары с {needed:%d.%m.%Y}: "
            "назовите этот день или более ранний."
        )
    form.save()


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
