"""The calendar of a programme, of a participant, and the address a telephone reads. S6.1."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pairs.calendar import entries, ics
from pairs.calendar.models import CalendarLink
from pairs.formation.views import PARTICIPANTS
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import FailedLink, Person, Programme
from programmes.school.client_address import client_ip


def asked_day(request: HttpRequest, usual: datetime.date) -> tuple[datetime.date, bool]:
    """The day that the address names, and whether it names a single day. ``month=2026-11``."""
    for name, ending, is_day in (("day", "", True), ("month", "-01", False)):
        try:
            found = datetime.date.fromisoformat(request.GET.get(name, "") + ending)
        except ValueError:
            continue
        if 2000 <= found.year <= 2100:
            return found, is_day
    return usual, False


def calendar_page(request, template, lines_of, usual, **context) -> HttpResponse:
    """A month, or one day with everything on it."""
    day, is_day = asked_day(request, usual)
    first, last = (day, day) if is_day else entries.span_of(day)
    lines = lines_of(first, last)
    weeks = [] if is_day else entries.month_of(day, lines)
    shown = lines if is_day else [x for week in weeks for one in week for x in one.shown]
    entries.named(shown)
    month = day.replace(day=1)
    return render(
        request,
        template,
        {
            "day": day,
            "is_day": is_day,
            "lines": lines,
            "weeks": weeks,
            "month": month,
            "before": month - datetime.timedelta(days=1),
            "after": month + datetime.timedelta(days=32),
            "today": timezone.localdate(),
            **context,
        },
    )


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
def programme_calendar(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme: Programme = programme_of(request, programme_id)
    return calendar_page(
        request,
        "pairs/calendar/programme.html",
        lambda first, last: entries.of_programme(programme, first, last),
        programme.working_day(),
        programme=programme,
    )


@require_safe
@allow(Role.CURATOR, *PARTICIPANTS)
def my_calendar(request: HttpRequest) -> HttpResponse:
    return my_page(request)


def my_page(request: HttpRequest, address: str = "") -> HttpResponse:
    """The calendar of the user; ``address`` is the secret one, just made and shown once."""
    person = request.user.person
    there = (
        CalendarLink.objects.filter(person=person, revoked_at__isnull=True).first()
        if person
        else None
    )
    response = calendar_page(
        request,
        "pairs/calendar/my.html",
        lambda first, last: entries.of_person(person, first, last) if person else [],
        timezone.localdate(),
        person=person,
        link=there,
        address=address,
    )
    if address:
        response["Cache-Control"] = "no-store"
    return response


@require_POST
@allow(Role.CURATOR, *PARTICIPANTS)
def link_new(request: HttpRequest) -> HttpResponse:
    """A new secret address; the old one opens nothing any more."""
    person = request.user.person
    if person is None:
        messages.error(request, "Ваш вход ещё не связан с человеком из списка школы.")
        return redirect("my-calendar")
    with transaction.atomic():
        token = CalendarLink.issue(person)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    return my_page(request, address)


@require_POST
@allow(Role.CURATOR, *PARTICIPANTS)
def link_revoke(request: HttpRequest) -> HttpResponse:
    person = request.user.person
    if person is not None:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            CalendarLink.revoke(person)
        messages.success(request, "Ссылка больше не действует: телефон перестанет обновляться.")
    return redirect("my-calendar")


@require_safe
@login_not_required
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar behind a secret address. A revoked one looks like one that never was.

    Only unknown addresses count as guesses: telephones go on asking for a revoked one.
    """
    address = client_ip(request)
    if FailedLink.is_blocked(address, FailedLink.Of.CALENDAR):
        return render(request, "429.html", status=429)
    link = CalendarLink.find(key)
    if link is None:
        FailedLink.objects.create(address=address, of=FailedLink.Of.CALENDAR)
    if link is None or link.revoked_at is not None:
        return render(request, "pairs/calendar/no_link.html", status=404)
    response = ics.answer(ics.calendar(entries.feed_of(link.person)), "nastavnichestvo")
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
