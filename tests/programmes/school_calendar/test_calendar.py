"""The school's days off, and the ready plan that keeps clear of them (S1.5)."""

import datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import DaysOff
from programmes.school_calendar.models import Calendar
from tests import recipes

URL = "/settings/calendar/"


def data(**changes):
    return {
        "kind": "break",
        "title": "Карантин",
        "started_on": "2027-02-01",
        "ended_on": "2027-02-12",
    } | changes


def test_s1_5_school_begins_with_the_holidays_of_every_year(curator, school):
    assert school.days_off.filter(is_yearly=True).count() == 7
    calendar = Calendar.of(school)
    assert not calendar.is_working(datetime.date(2031, 1, 8))
    assert not calendar.is_working(datetime.date(2026, 11, 4))
    assert calendar.is_working(datetime.date(2026, 11, 5))
    assert "День народного единства" in curator.get(URL).content.decode()


def test_s1_5_breaks_are_proposed_once_and_marked(curator, programme):
    assert "Предложить каникулы 2026/27" in curator.get(URL).content.decode()

    for _ in range(2):
        curator.post(reverse("calendar-proposal"))

    rows = programme.school.days_off.filter(kind="break")
    assert rows.count() == 3 and all(row.is_proposed for row in rows)
    page = curator.get(URL).content.decode()
    assert page.count("проверьте по приказу школы") == 3
    assert "Предложить каникулы" not in page

    row = rows.first()
    url = reverse("calendar-edit", args=[row.pk])
    version = curator.get(url).context["form"]["version"].value()
    curator.post(url, data(title=row.title, version=version))
    row.refresh_from_db()
    assert not row.is_proposed and row.started_on == datetime.date(2027, 2, 1)


def test_s1_5_ready_plan_keeps_clear_of_breaks(curator, programme):
    curator.post(URL, data(title="Каникулы", started_on="2026-09-14", ended_on="2026-09-20"))

    curator.post(reverse("plan-ready", args=[programme.pk]), {"plan": "implementation"})

    first = programme.plan_items.of("implementation")[0]
    assert first.started_on == datetime.date(2026, 9, 21)
    calendar = Calendar.of(programme.school)
    for item in programme.plan_items.all():
        for day in filter(None, (item.started_on, item.ended_on)):
            assert calendar.is_working(day)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ended_on": "2027-01-31"}, "Последний день раньше первого"),
        ({"started_on": ""}, "Обязательное поле"),
        ({"ended_on": "2028-02-12"}, "Больше 120 дней подряд"),
        ({"title": "я" * 10_000}, "не более 150"),
        ({"kind": "party"}, "Выберите корректный вариант"),
        ({"started_on": "0027-02-01"}, "Проверьте год"),
    ],
)
def test_slips_are_told(curator, school, changes, words):
    answer = curator.post(URL, data(**changes))

    assert answer.status_code == 422 and words in answer.content.decode()
    assert school.days_off.count() == 7


def test_second_click_adds_nothing_and_one_day_needs_no_end(curator, school):
    curator.post(URL, data(ended_on=""))
    again = curator.post(URL, data(ended_on=""))

    assert again.status_code == 422 and "уже записаны" in again.content.decode()
    row = school.days_off.get(title="Карантин")
    assert row.started_on == row.ended_on


def test_days_are_deleted_by_post_only_and_by_the_own_school(curator, client_of, school):
    row = school.days_off.first()
    url = reverse("calendar-delete", args=[row.pk])
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))
    assert (curator.get(url).status_code, stranger.post(url).status_code) == (405, 404)
    assert client_of(Role.TEACHER).post(url).status_code == 403

    assert curator.post(url).status_code == 302
    assert not DaysOff.objects.filter(pk=row.pk).exists()


def test_calendar_is_carried_whole(curator, programme):
    curator.post(reverse("calendar-proposal"))
    curator.post(URL, data())
    first = transfer.dump(programme.school)

    second = transfer.load(first)

    assert transfer.dump(second) == first
    old = {key: value for key, value in first.items() if key != "calendar"}
    assert transfer.load(old).days_off.count() == 7


DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2028, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 30)), max_size=5), DAYS, st.integers(-60, 60))
def test_moving_there_and_back_is_where_one_was(breaks, day, by):
    calendar = Calendar(
        DaysOff(title="", started_on=first, ended_on=first + datetime.timedelta(days=length))
        for first, length in breaks
    )
    start = calendar.moved(day, 0)
    moved = calendar.moved(start, by)

    assert calendar.is_working(moved) and calendar.moved(moved, -by) == start
