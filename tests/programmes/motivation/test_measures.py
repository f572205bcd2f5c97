"""Measures that motivate mentors: catalogue, plan, what was given (S3.3, M1–M10)."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from programmes.access import Role
from programmes.models import GivenMeasure, PlannedMeasure
from programmes.motivation.catalogue import MEASURES
from tests import recipes


@pytest.fixture
def programme(school):
    """A programme that goes on today, whatever day it is."""
    today = timezone.localdate()
    return recipes.make_programme(
        school,
        started_on=today - datetime.timedelta(days=60),
        ended_on=today + datetime.timedelta(days=200),
    )


@pytest.fixture
def mentor(programme):
    return recipes.mentor_in_base(programme, started_on=programme.started_on).person


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def address(name, programme, *args):
    return reverse(name, args=[programme.pk, *args])


def plan(client, programme, **data):
    measure = programme.school.measures.get(code="M5")
    usual = {"measure": measure.pk, "what": "значки", "ended_on": day(10).isoformat()}
    return client.post(address("planned-measure-new", programme), usual | data)


def carry_out(client, one, on, people=(), result="вручены"):
    return client.post(
        address("planned-measure-done", one.programme, one.pk),
        {"done_on": on.isoformat(), "result": result, "people": [p.pk for p in people]},
    )


def page_of(client, programme, **query):
    return client.get(address("motivation", programme), query).content.decode()


def test_m1_to_m10_are_there_and_the_school_edits_them(curator, school):
    assert [m.code for m in school.measures.all()] == [code for code, _, _ in MEASURES]
    measure = school.measures.get(code="M5")
    edit = reverse("measure-edit", args=[measure.pk])
    version = curator.get(edit).context["form"]["version"].value()

    curator.post(edit, {"title": "Значки и грамоты", "is_used": "on", "version": version})
    for _ in range(2):
        curator.post(reverse("measure-list"), {"title": "Экскурсия для наставников"})
    curator.post(reverse("measure-move", args=[school.measures.last().pk]), {"to": "up"})

    titles = [m.title for m in school.measures.all()]
    assert "Значки и грамоты" in titles and titles[-2] == "Экскурсия для наставников"
    assert len(titles) == 11


def test_s3_3_measure_is_planned_for_chosen_mentors_and_stands_in_their_cards(
    curator, programme, mentor
):
    other = recipes.mentor_in_base(programme, started_on=programme.started_on)
    for _ in range(2):
        plan(curator, programme, people=[mentor.pk], cost="1200.50")
    one = programme.planned_measures.get()
    assert one.cost == 1200.5 and "значки" in page_of(curator, programme)

    for _ in range(2):
        assert carry_out(curator, one, day(-1), [mentor]).status_code == 302

    one.refresh_from_db()
    assert (one.state, one.done_on, one.result) == ("done", day(-1), "вручены")
    assert GivenMeasure.objects.get().person == mentor
    entry = programme.mentors.get(person=mentor)
    assert "значки" in curator.get(address("mentor-card", programme, entry.pk)).content.decode()
    theirs = curator.get(address("mentor-card", programme, other.pk)).content.decode()
    assert "значки" not in theirs


@pytest.mark.parametrize(
    ("offset", "words"),
    [(1, "не может быть проведена в будущем"), (-10, "По плану мера начинается"),
     (-90, "вне программы")],
)  # fmt: skip
def test_measure_is_not_done_before_it_is_planned_or_in_the_future(
    curator, programme, offset, words
):
    one = recipes.planned_measure(programme, started_on=day(-5), ended_on=day(5))

    answer = carry_out(curator, one, day(offset))

    assert answer.status_code == 422 and words in answer.content.decode()
    one.refresh_from_db()
    assert one.is_open and not GivenMeasure.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"what": "з" * 10_000},
        {"ended_on": ""},
        {"ended_on": "2001-01-01"},
        {"cost": "-1"},
        {"cost": "1e20"},
        {"measure": "99999999999999999999"},
        {"people": ["5000"]},
        {"responsible": "5000"},
    ],
)
def test_wrong_plan_is_told_and_not_stored(curator, programme, wrong):
    answer = plan(curator, programme, **wrong)

    assert answer.status_code == 422 and not PlannedMeasure.objects.exists()


def test_measure_and_people_of_another_school_are_refused(curator, programme):
    other = recipes.make_programme(recipes.make_school(short_name="Другая"))
    stranger = recipes.mentor_in_base(other).person

    assert plan(curator, programme, people=[stranger.pk]).status_code == 422
    assert plan(curator, programme, measure=other.school.measures.first().pk).status_code == 422
    assert curator.get(address("motivation", other)).status_code == 404
    assert not PlannedMeasure.objects.exists()


def test_late_ones_are_marked_and_found(curator, programme):
    recipes.planned_measure(programme, what="опоздавшее", ended_on=day(-1))
    recipes.planned_measure(programme, what="своевременное", ended_on=day(0))

    page = page_of(curator, programme, state="late")

    assert "опоздавшее" in page and "просрочена" in page and "своевременное" not in page


def test_measure_is_dropped_with_a_reason_and_comes_back(curator, programme, mentor):
    one = recipes.planned_measure(programme, ended_on=day(5))
    drop = address("planned-measure-drop", programme, one.pk)
    assert curator.post(drop, {"why": ""}).status_code == 422
    for _ in range(2):
        assert curator.post(drop, {"why": "нет денег"}).status_code == 302
    assert carry_out(curator, one, day(0)).status_code == 422

    curator.post(address("planned-measure-reopen", programme, one.pk))
    carry_out(curator, one, day(0), [mentor])
    curator.post(address("planned-measure-reopen", programme, one.pk))

    one.refresh_from_db()
    assert one.is_open and one.result == "" and not GivenMeasure.objects.exists()


def test_s3_3_what_was_not_planned_is_kept_once_and_taken_back(curator, programme, mentor):
    measure = programme.school.measures.get(code="M10")
    data = {"measure": measure.pk, "what": "письмо родителям", "people": [mentor.pk]}
    new = address("given-measure-new", programme)
    for _ in range(2):
        curator.post(new, data | {"given_on": day(0).isoformat()})
    assert curator.post(new, data | {"given_on": day(1).isoformat()}).status_code == 422

    given = GivenMeasure.objects.get()
    assert "письмо родителям" in page_of(curator, programme, person=mentor.pk)
    curator.post(address("given-measure-delete", programme, given.pk))
    assert not GivenMeasure.objects.exists() and GivenMeasure.history.count() == 2


def test_given_to_all_is_kept_once(curator, programme):
    one = recipes.planned_measure(programme, ended_on=day(5))
    for result in ("первый раз", "первый раз"):
        carry_out(curator, one, day(0), result=result)

    assert GivenMeasure.objects.get().person is None


def test_stale_plan_is_shown_not_overwritten(curator, programme, mentor):
    one = recipes.planned_measure(programme, ended_on=day(5))
    edit = address("planned-measure-edit", programme, one.pk)
    data = {"measure": one.measure_id, "what": "значки", "ended_on": day(6).isoformat()}
    old = curator.get(edit).context["form"]["version"].value()
    curator.post(edit, data | {"version": old, "people": [mentor.pk]})

    answer = curator.post(edit, data | {"version": old, "what": "грамоты"})

    assert answer.status_code == 409 and mentor.full_name in answer.content.decode()
    one.refresh_from_db()
    assert one.what == "значки" and list(one.people.all()) == [mentor]


def test_export_holds_what_is_seen(curator, programme, mentor):
    recipes.planned_measure(programme, what="=значки", ended_on=day(5))
    one = recipes.planned_measure(programme, code="M9", what="курс", ended_on=day(5))
    carry_out(curator, one, day(0), [mentor])

    answer = curator.get(address("motivation-export", programme), {"measure": one.measure_id})

    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["курс", "курс"] and rows[2][4] == mentor.full_name


def test_mentor_sees_what_concerns_them(client_of, programme, mentor):
    other = recipes.mentor_in_base(programme, started_on=programme.started_on).person
    recipes.planned_measure(programme, what="всем", ended_on=day(5))
    recipes.planned_measure(programme, what="другому", ended_on=day(5), people=[other])
    client = client_of(Role.MENTOR, person=mentor)

    page = client.get(address("my-measures", programme)).content.decode()

    assert "всем" in page and "другому" not in page
    assert client.get(address("motivation", programme)).status_code == 403
    nobody = client_of(Role.MENTOR).get(address("my-measures", programme)).content.decode()
    assert "всем" not in nobody


def test_queries_do_not_grow_with_the_measures(curator, programme, mentor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(curator, programme)
        return len(found)

    def one_more(what: str) -> None:
        one = recipes.planned_measure(programme, what=what, ended_on=day(5), people=[mentor])
        one.carry_out(day(0), "", [mentor])

    one_more("первая")
    few = queries()
    for number in range(20):
        one_more(f"ещё {number}")
    assert queries() == few <= 16
