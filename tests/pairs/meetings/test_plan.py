"""Meetings ahead: one, a series, moved, missed, called off. S6.1."""

import datetime

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from pairs.meetings.planning import series
from pairs.models import Meeting
from programmes.models import DaysOff
from programmes.school_calendar.models import Calendar
from tests import recipes_meetings


def plan(client, pair, **fields):
    data = {"held_on": "2026-12-01", "starts_at": "15:00", "minutes": "45"} | fields
    return client.post(reverse("pair-meeting-plan", args=[pair.pk]), data)


def days_of(pair) -> list[str]:
    return [str(day) for day in pair.meetings.values_list("held_on", flat=True)]


def test_s6_1_a_series_goes_round_days_off(mentor, pair, school):
    DaysOff.objects.create(
        school=school, kind="break", title="Зимние каникулы",
        started_on="2026-12-29", ended_on="2027-01-10",
    )  # fmt: skip
    DaysOff.objects.create(
        school=school, kind="other", title="Карантин", started_on="2027-01-26",
        ended_on="2027-01-26",
    )  # fmt: skip

    answer = plan(mentor, pair, every="14", until="2027-01-31")

    assert answer.status_code == 302
    assert days_of(pair) == ["2026-12-01", "2026-12-15", "2027-01-12", "2027-01-27"]


def test_s6_1_a_second_click_plans_nothing_new(mentor, pair):
    for _ in range(2):
        plan(mentor, pair, every="7", until="2026-12-22")

    assert days_of(pair) == ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"held_on": "2026-11-24"}, "уже прошло"),
        ({"held_on": "2027-06-01"}, "вне её"),
        ({"every": "14"}, "Назовите последний день"),
        ({"every": "14", "until": "2027-06-30"}, "вне её"),
        ({"until": "2026-12-20"}, "Выберите, как часто"),
    ],
)
def test_s6_1_what_cannot_be_planned_is_said(mentor, pair, fields, words):
    answer = plan(mentor, pair, **fields)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Meeting.objects.exists()


def test_s6_1_a_meeting_is_moved_and_called_off(mentor, pair):
    meeting = recipes_meetings.meeting(pair, "2026-12-01", "planned")
    address = reverse("pair-meeting-move", args=[meeting.pk])
    data = {"version": mentor.get(address).context["form"].now, "held_on": "2026-12-03"}
    assert mentor.post(address, data).status_code == 302
    meeting.refresh_from_db()
    assert meeting.held_on == datetime.date(2026, 12, 3)

    for _ in range(2):
        off = mentor.post(reverse("pair-meeting-call-off", args=[meeting.pk]), {"why": "болеет"})
        assert off.status_code == 302
    meeting.refresh_from_db()
    assert meeting.is_called_off and meeting.why == "болеет"


def test_s6_1_a_missed_meeting_says_who_did_not_come(mentor, pair):
    meeting = recipes_meetings.meeting(pair, "2026-11-20", "planned")
    address = reverse("pair-meeting-missed", args=[meeting.pk])
    assert mentor.post(address, {}).status_code == 422

    mentee = pair.current_mentees[0]
    answer = mentor.post(address, {"absent": [mentee.pk], "why": "заболел"})

    meeting.refresh_from_db()
    assert answer.status_code == 302 and meeting.is_missed and meeting.why == "заболел"
    assert list(meeting.absent.all()) == [mentee]


def test_s6_1_a_meeting_ahead_is_not_missed(mentor, pair):
    meeting = recipes_meetings.meeting(pair, "2026-12-01", "planned")

    answer = mentor.post(reverse("pair-meeting-missed", args=[meeting.pk]), {"why": "нет"})

    assert answer.status_code == 422 and "ещё впереди" in answer.content.decode()


def test_s6_1_a_meeting_ahead_is_not_deleted(mentor, pair):
    meeting = recipes_meetings.meeting(pair, "2026-12-01", "planned")

    mentor.post(reverse("pair-meeting-delete", args=[meeting.pk]))

    assert Meeting.objects.get().is_planned


@settings(max_examples=60, deadline=None)
@given(
    first=st.dates(datetime.date(2026, 9, 1), datetime.date(2027, 5, 1)),
    length=st.integers(0, 250),
    every=st.sampled_from([7, 14, 28]),
    off=st.lists(
        st.tuples(
            st.dates(datetime.date(2026, 9, 1), datetime.date(2027, 5, 31)), st.integers(0, 20)
        ),
        max_size=4,
    ),
)
def test_s6_1_series_are_in_order_inside_and_clear(first, length, every, off):
    until = first + datetime.timedelta(days=length)
    calendar = Calendar(
        DaysOff(started_on=day, ended_on=day + datetime.timedelta(days=n)) for day, n in off
    )

    days = series(first, until, every, calendar)

    assert days[0] == first and days == sorted(set(days)) and days[-1] <= until
    assert all(calendar.is_working(day) for day in days[1:])
