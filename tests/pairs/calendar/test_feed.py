"""The file of a meeting and the secret address of a calendar. S6.1, SEC 05."""

import datetime
import zoneinfo

import icalendar
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pairs.models import CalendarLink
from programmes.models import FailedLink
from tests import recipes, recipes_meetings


@pytest.fixture
def pair(programme, today):
    mentee = recipes.pupil(programme.school, "Ткач Ольга Игоревна", gender="f", grade=5)
    mentor = recipes.pupil(programme.school, "Жапова Номин Баировна", gender="f", grade=10)
    return recipes.confirmed_pair(programme, mentor=mentor, mentees=[mentee])


def events_of(answer) -> list:
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def address_for(client) -> str:
    page = client.post(reverse("my-calendar-link"))
    assert page["Cache-Control"] == "no-store"
    return page.context["address"]


def test_s6_1_one_meeting_as_a_file(mentor, pair):
    meeting = recipes_meetings.meeting(
        pair, "2026-12-01", "planned", starts_at=datetime.time(15), minutes=45, place="каб. 12"
    )

    answer = mentor.get(reverse("pair-meeting-ics", args=[meeting.pk]))

    (event,) = events_of(answer)
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    assert answer["Content-Type"].startswith("text/calendar")
    assert event.start == datetime.datetime(2026, 12, 1, 15, tzinfo=zone)
    assert event.end - event.start == datetime.timedelta(minutes=45)
    assert event["location"] == "каб. 12" and event["status"] == "CONFIRMED"


def test_s6_1_the_subscribed_calendar_needs_no_login_and_names_no_child_in_full(mentor, pair):
    recipes_meetings.meeting(pair, "2026-12-01", "planned", done="тайна", mood=1)

    answer = Client().get(address_for(mentor))

    text = answer.content.decode()
    assert answer.status_code == 200 and "private" in answer["Cache-Control"]
    assert "Ольга Т." in text and "Ткач" not in text and "Жапова" not in text
    assert "тайна" not in text
    assert events_of(answer)[0].start == datetime.date(2026, 12, 1)


def test_s6_1_uids_stay_and_called_off_ones_say_so(mentor, pair):
    meeting = recipes_meetings.meeting(pair, "2026-12-01", "planned")
    address = address_for(mentor)
    (before,) = events_of(Client().get(address))
    meeting.held_on, meeting.state = datetime.date(2026, 12, 2), "called_off"
    meeting.save()

    (after,) = events_of(Client().get(address))

    assert after["uid"] == before["uid"] and after["status"] == "CANCELLED"


def test_sec05_only_the_hash_is_stored_and_a_new_link_kills_the_old(mentor, pair):
    first = address_for(mentor)
    second = address_for(mentor)

    token = second.rsplit("/", 1)[1].removesuffix(".ics")
    assert not CalendarLink.objects.filter(token_hash__contains=token).exists()
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    mentor.post(reverse("my-calendar-revoke"))
    assert Client().get(second).status_code == 404
    assert token not in mentor.get(reverse("my-calendar")).content.decode()


def test_sec05_unknown_and_revoked_look_the_same_and_guessing_is_slowed(mentor, pair):
    address = address_for(mentor)
    mentor.post(reverse("my-calendar-revoke"))
    unknown = reverse("calendar-feed", args=["no-such"])

    revoked = Client().get(address)
    assert revoked.content == Client().get(unknown).content
    assert FailedLink.objects.filter(of="calendar").count() == 1
    for _ in range(FailedLink.LIMIT):
        Client().get(unknown)
    assert Client().get(unknown).status_code == 429
    assert not FailedLink.is_blocked("127.0.0.1")


def test_s6_1_who_has_left_the_pair_sees_it_no_more(mentor, pair):
    recipes_meetings.meeting(pair, "2026-12-01", "planned")
    address = address_for(mentor)
    pair.mentors.update(ended_on=datetime.date(2026, 11, 20))

    assert events_of(Client().get(address)) == []
