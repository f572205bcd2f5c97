"""States of the plan's items, the time line, and moving the plan (S1.5)."""

import csv
import datetime
import io
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import PlanShift
from programmes.preparation.timeline import timeline_of
from tests import recipes

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


@pytest.fixture
def begun(school):
    """A programme that has run for two months."""
    return recipes.make_programme(
        school, started_on=TODAY() - 60 * DAY, ended_on=TODAY() + 250 * DAY
    )


def late_item(programme, title="Опоздали", **fields):
    return recipes.plan_item(programme, title, **({"ended_on": TODAY() - DAY} | fields))


def page(client, programme, **query) -> str:
    return client.get(reverse("plan", args=[programme.pk]), query).content.decode()


def say(client, item, state, done_on="", outcome="", **fields):
    url = reverse("plan-item-state", args=[item.programme_id, item.pk])
    version = client.get(url).context["form"]["version"].value()
    data = {"state": state, "done_on": done_on, "outcome": outcome, "version": version}
    return client.post(url, data | fields)


# States


def test_s1_5_state_is_set_with_its_day_and_outcome(curator, begun):
    item = late_item(begun)
    assert "! " not in item.state_words and item.shown_state == "late"

    assert say(curator, item, "done", TODAY().isoformat(), "протокол").status_code == 302

    item.refresh_from_db()
    assert (item.state, item.done_on, item.outcome) == ("done", TODAY(), "протокол")
    text = page(curator, begun)
    assert f"выполнено {TODAY():%d.%m.%Y}" in text and "протокол" in text
    assert item.history.count() == 2


def test_done_taken_back_has_no_day(curator, begun):
    item = late_item(begun, state="done", done_on=TODAY())

    assert say(curator, item, "busy", TODAY().isoformat()).status_code == 302

    item.refresh_from_db()
    assert (item.state, item.done_on) == ("busy", None)


@pytest.mark.parametrize(
    ("state", "days", "outcome", "words"),
    [
        ("done", None, "", "Укажите, когда выполнено"),
        ("done", 1, "", "ещё не наступил"),
        ("done", -61, "", "Раньше начала программы"),
        ("dropped", None, "", "почему пункт не понадобился"),
        ("busy", None, "я" * 10_000, "не более 500"),
        ("готово", None, "", "Выберите корректный вариант"),
    ],
)
def test_slips_of_a_state_are_told(curator, begun, state, days, outcome, words):
    item = late_item(begun)
    done_on = "" if days is None else (TODAY() + days * DAY).isoformat()

    answer = say(curator, item, state, done_on, outcome)

    assert answer.status_code == 422 and words in answer.content.decode()
    item.refresh_from_db()
    assert item.state == "planned"


def test_stale_state_is_shown_not_overwritten(curator, begun):
    item = late_item(begun)
    url = reverse("plan-item-state", args=[begun.pk, item.pk])
    old = curator.get(url).context["form"]["version"].value()
    say(curator, item, "dropped", outcome="карантин")

    assert say(curator, item, "busy", version=old).status_code == 409
    item.refresh_from_db()
    assert item.state == "dropped"


def test_state_without_its_fact_does_not_fit_into_the_database(begun):
    for fields in (
        {"state": "done"},
        {"state": "busy", "done_on": TODAY()},
        {"state": "dropped"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            late_item(begun, **fields)


def test_s1_5_late_items_are_counted_and_filtered(curator, begun):
    late_item(begun)
    late_item(begun, "Успели", state="done", done_on=TODAY() - DAY)
    who = recipes.teacher(begun.school)
    recipes.plan_item(begun, "Впереди", ended_on=TODAY() + DAY, stage=2, responsible=[who])

    assert "просрочено 1" in page(curator, begun)
    table = page(curator, begun, state="late").split("<tbody>")[1]
    assert "Опоздали" in table and "Успели" not in table and "Впереди" not in table
    for query in ({"stage": 2}, {"who": who.pk}, {"state": "planned", "stage": 2}):
        table = page(curator, begun, **query).split("<tbody>")[1]
        assert "Впереди" in table and "Успели" not in table
        assert '<td class="number">3</td>' in table  # the number in the whole plan
    assert "Таких пунктов нет" in page(curator, begun, stage=7)
    assert page(curator, begun, stage="x", who="9" * 40).count("<svg") <= 1


# The picture


def test_s1_5_picture_says_what_the_table_says(curator, begun):
    late_item(begun, "Опоздали & забыли")
    late_item(begun, "Успели", state="done", done_on=TODAY() - DAY)
    text = page(curator, begun)
    svg = ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])

    assert svg.get("role") == "img" and "timeline-desc" in svg.get("aria-labelledby")
    texts = [node.text for node in svg.iter("text")]
    assert "1. Опоздали & забыли" in texts and "! просрочено" in texts and "✓ выполнено" in texts
    assert f"сегодня {TODAY():%d.%m}" in texts
    assert "Опоздали & забыли" in svg.find("desc").text
    assert all(node.get("style") is None for node in svg.iter())


def test_bars_stay_inside_the_picture(begun):
    far = recipes.plan_item(begun, "x" * 400, ended_on=begun.ended_on)
    item = recipes.plan_item(begun, "вне", started_on=datetime.date(2000, 1, 1))
    numbered = [(1, far), (2, item)]

    picture = timeline_of(numbered, begun.started_on, begun.ended_on, TODAY())

    for bar in picture.bars:
        assert picture.left <= bar.x and bar.x + bar.width <= picture.right + 6
        assert len(bar.name) <= 42
    nothing = recipes.plan_item(begun, "без срока", ended_on=None)
    assert timeline_of([(1, nothing)], begun.started_on, begun.ended_on, TODAY()) is None


# Files


def test_states_come_as_xlsx_and_csv(curator, begun):
    late_item(begun, "=1+1")
    address = reverse("plan-states", args=[begun.pk, "xlsx"])
    sheet = load_workbook(io.BytesIO(curator.get(address).content)).active
    assert [cell.value for cell in sheet[2]][2::5][:2] == ["=1+1", "просрочено"]
    assert sheet["C2"].data_type == "s"

    answer = curator.get(reverse("plan-states", args=[begun.pk, "csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2] == "'=1+1" and rows[1][7] == "просрочено"
    assert curator.get(reverse("plan-states", args=[begun.pk, "exe"])).status_code == 404


# Moving

MONDAY = datetime.date(2026, 10, 26)


def shift(client, programme, stage="", days="", start_on="", plan="implementation"):
    """Look at the preview, then confirm it."""
    url = reverse("plan-shift", args=[programme.pk])
    asked = {"plan": plan, "stage": stage, "days": days, "start_on": start_on}
    shown = client.get(url, asked)
    if shown.context["shown"] is None:
        return shown
    return client.post(url, asked | {"version": shown.context["shown"].version})


@pytest.fixture
def planned(programme):
    """Stage 1 in the week before the day of unity and done, stage 2 and 4 after it."""
    week = {"started_on": MONDAY, "ended_on": MONDAY + 4 * DAY}
    done = recipes.plan_item(programme, "Сделано", state="done", done_on=MONDAY, **week)
    second = recipes.plan_item(programme, "База", stage=2, **week)
    fourth = recipes.plan_item(programme, "Отбор", stage=4, ended_on=MONDAY + 8 * DAY)
    return programme, done, second, fourth


def test_s1_5_open_items_move_by_working_days_around_days_off(curator, planned):
    programme, done, second, fourth = planned

    assert shift(curator, programme, days="5").status_code == 302

    for item in (done, second, fourth):
        item.refresh_from_db()
    assert done.started_on == MONDAY
    # 4 November is a holiday: the fifth working day after Monday 26 October is 2 November.
    assert (second.started_on, second.ended_on) == (
        datetime.date(2026, 11, 2), datetime.date(2026, 11, 9),
    )  # fmt: skip
    assert (fourth.started_on, fourth.ended_on) == (None, datetime.date(2026, 11, 11))


def test_items_of_later_stages_alone_move_to_a_new_start(curator, planned):
    programme, _, second, fourth = planned

    shift(curator, programme, stage="3", start_on="2026-11-16")

    for item in (second, fourth):
        item.refresh_from_db()
    assert second.started_on == MONDAY and fourth.ended_on == datetime.date(2026, 11, 16)


def test_preview_writes_nothing_and_a_second_click_does_not_move_twice(curator, planned):
    programme, _, second, _ = planned
    url = reverse("plan-shift", args=[programme.pk])
    asked = {"plan": "implementation", "stage": "", "days": "5", "start_on": ""}
    version = curator.get(url, asked).context["shown"].version
    second.refresh_from_db()
    assert second.started_on == MONDAY

    answers = [curator.post(url, asked | {"version": version}).status_code for _ in range(2)]

    assert answers == [302, 409]
    second.refresh_from_db()
    assert second.started_on == datetime.date(2026, 11, 2)
    assert PlanShift.objects.count() == 1


def test_shift_is_undone_except_for_what_was_changed_since(curator, planned):
    programme, _, second, fourth = planned
    shift(curator, programme, days="5")
    fourth.refresh_from_db()
    fourth.ended_on = datetime.date(2026, 12, 1)
    fourth.save()
    undo = reverse("plan-shift-undo", args=[programme.pk, PlanShift.objects.get().pk])
    assert "Отменить сдвиг" in page(curator, programme)

    answer = curator.post(undo, follow=True)
    curator.post(undo)

    for item in (second, fourth):
        item.refresh_from_db()
    assert second.started_on == MONDAY and fourth.ended_on == datetime.date(2026, 12, 1)
    assert "оставлены как есть: 1" in answer.content.decode()
    assert "Отменить сдвиг" not in page(curator, programme)


def test_only_the_latest_shift_can_be_undone(curator, planned):
    programme, _, second, _ = planned
    shift(curator, programme, days="5")
    first = PlanShift.objects.get()
    shift(curator, programme, days="1")

    curator.post(reverse("plan-shift-undo", args=[programme.pk, first.pk]))

    second.refresh_from_db()
    assert second.started_on == datetime.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"days": "200"}, "программа идёт с 14.09.2026 по 21.05.2027"),
        ({"days": "-60"}, "программа идёт с 14.09.2026 по 21.05.2027"),
        ({"start_on": "2026-11-04"}, "нерабочий день по календарю школы"),
        ({"start_on": "2026-11-01"}, "нерабочий день по календарю школы"),
        ({"stage": "7", "days": "1"}, "Сдвигать нечего"),
        ({"days": "0"}, "ничего не сдвинет"),
        ({"days": "1", "start_on": "2026-11-09"}, "что-то одно"),
        ({"days": "много"}, "целое число"),
        ({"days": "9" * 30}, "меньше либо равно 400"),
        ({"days": "1", "stage": "9"}, "Выберите корректный вариант"),
    ],
)
def test_shift_that_cannot_be_is_refused_in_words(curator, planned, asked, words):
    programme, _, second, _ = planned

    answer = shift(curator, programme, **asked)

    assert answer.status_code == 422 and words in answer.content.decode()
    second.refresh_from_db()
    assert second.started_on == MONDAY


def test_others_move_and_mark_nothing(client_of, planned):
    programme, _, second, _ = planned
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))
    for client, status in ((client_of(Role.TEACHER), 403), (stranger, 404)):
        url = reverse("plan-shift", args=[programme.pk])
        assert client.post(url, {"days": "5"}).status_code == status
        url = reverse("plan-item-state", args=[programme.pk, second.pk])
        assert client.post(url, {"state": "busy"}).status_code == status
    second.refresh_from_db()
    assert (second.state, second.started_on) == ("planned", MONDAY)


def test_states_are_carried_whole(school, begun):
    late_item(begun, state="done", done_on=TODAY(), outcome="итог")
    late_item(begun, "Не нужно", state="dropped", outcome="карантин")
    first = transfer.dump(school)

    assert transfer.dump(transfer.load(first)) == first
