"""Meetings and dates as a file that every calendar of a telephone reads (RFC 5545). S6.1.

The file lies in clouds outside the school, so it names nobody in full: children by the first name
and the initial of the surname, adults by first name and patronymic. What was done and how it went
is never in it.
"""

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event

from pairs.formation.models import Pair
from pairs.meetings.checks import people_of
from pairs.meetings.models import USUAL_MINUTES, Meeting
from programmes.models import Person
from programmes.people.models import Kind

_DOMAIN = "mentorship-portal"


@dataclass(frozen=True)
class Entry:
    """One event of the file. ``uid`` stays what it is whatever is changed."""

    uid: str
    title: str
    day: datetime.date
    changed_at: datetime.datetime
    at: datetime.time | None = None
    minutes: int = USUAL_MINUTES
    place: str = ""
    is_off: bool = False


def name_of(person: Person) -> str:
    """«Ольга Т.» of a child, «Баир Цыренович» of an adult."""
    if person.kind in (Kind.PUPIL, Kind.STUDENT) or not person.is_adult:
        return f"{person.first_name} {person.surname[:1]}."
    return f"{person.first_name} {person.patronymic}".strip()


def of_meeting(meeting: Meeting, reader: Person | None = None) -> Entry:
    """A meeting of a pair that comes with its people; the reader is not named to themself."""
    others = [p for p in people_of(meeting.pair, meeting.held_on) if p != reader]
    names = ", ".join(name_of(person) for person in others)
    is_off = meeting.is_called_off or meeting.is_missed
    return Entry(
        uid=f"meeting-{meeting.pk}@{_DOMAIN}",
        title=f"Наставничество: {names}" if names else "Наставничество: встреча",
        day=meeting.held_on,
        at=meeting.starts_at,
        minutes=meeting.minutes or USUAL_MINUTES,
        place="дистанционно" if meeting.is_remote and not meeting.place else meeting.place,
        is_off=is_off,
        changed_at=meeting.changed_at,
    )


def calendar(entries: Iterable[Entry], title: str = "Наставничество") -> bytes:
    """The file; times in the time zone of the school."""
    file = Calendar()
    file.add("prodid", f"-//{_DOMAIN}//RU")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", title)
    file.add("x-wr-timezone", settings.TIME_ZONE)
    for entry in entries:
        file.add_component(_event(entry))
    file.add_missing_timezones()
    return file.to_ical()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstamp", entry.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", entry.changed_at.astimezone(datetime.UTC))
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", entry.place)
    if entry.at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + datetime.timedelta(days=1))
    else:
        zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
        start = datetime.datetime.combine(entry.day, entry.at, zone)
        event.add("dtstart", start)
        event.add("dtend", start + datetime.timedelta(minutes=entry.minutes))
    return event


def answer(content: bytes, name: str) -> HttpResponse:
    """The file as a download that no shared store keeps."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, max-age=900"
    return response


def pairs_of(person: Person) -> list[Pair]:
    """The pairs of a feed: those in which the person is today, with their people."""
    return list(Pair.objects.of_participant(person).with_people())
