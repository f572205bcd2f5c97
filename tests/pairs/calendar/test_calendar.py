"""The calendar of a programme and of a participant. S6.1."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.models import Event
from tests import recipes, recipes_meetings


def event(programme, **fields):
    return Event.objects.create(
        programme=programme,
        **{
            "title": "Знакомство",
            "held_on": datetime.date(2026, 11, 27),
            "starts_at": datetime.time(14),
            "preferences_until": datetime.date(2026, 11, 30),
        }
        | fields,
    )


def test_s6_1_the_curator_sees_meetings_events_and_steps_of_the_month(curator, programme, pair):
    recipes_meetings.meeting(pair, "2026-11-26", "planned", starts_at=datetime.time(15, 30))
    recipes_meetings.approved_route(pair, "Сдать проект", due_on=datetime.date(2026, 11, 28))
    event(programme)

    page = curator.get(reverse("programme-calendar", args=[programme.pk])).content.decode()

    assert "Ноябрь 2026" in page and "15:30" in page and pair.mentor.short_name in page
    assert "Сдать проект" in page and "Знакомство" in page


def test_s6_1_other_months_and_one_day(curator, programme, pair):
    for hour in range(8, 16):
        recipes_meetings.meeting(pair, "2026-12-01", "planned", starts_at=datetime.time(hour))
    address = reverse("programme-calendar", args=[programme.pk])

    month = curator.get(address, {"month": "2026-12"}).content.decode()
    assert "ещё 2" in month and "14:00" not in month
    day = curator.get(address, {"day": "2026-12-01"}).content.decode()
    assert "14:00" in day and "15:00" in day
    assert curator.get(address, {"month": "нет"}).status_code == 200
    assert curator.get(address, {"month": "9999-99"}).status_code == 200


def test_s6_1_a_participant_sees_the_own_calendar_only(mentor, pair, programme):
    other = recipes.confirmed_pair(programme)
    recipes_meetings.meeting(pair, "2026-11-26", "planned", starts_at=datetime.time(15, 30))
    recipes_meetings.meeting(other, "2026-11-26", "planned", starts_at=datetime.time(9, 15))

    page = mentor.get(reverse("my-calendar")).content.decode()

    assert "15:30" in page and "09:15" not in page and other.mentor.surname not in page


def test_s6_1_queries_of_the_calendar_do_not_grow(curator, programme, pair):
    address = reverse("programme-calendar", args=[programme.pk])
    numbers = []
    for pairs in (1, 12):
        for _ in range(pairs):
            one = recipes.confirmed_pair(programme)
            recipes_meetings.meeting(one, "2026-11-26", "planned")
            recipes_meetings.approved_route(one, "Шаг", due_on=datetime.date(2026, 11, 27))
        curator.get(address)
        with CaptureQueriesContext(connection) as queries:
            curator.get(address)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
