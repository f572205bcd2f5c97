"""The implementation plan and the plan of mentorship (S1.5; D3; D9)."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import PlanItem
from programmes.preparation.ready_plan import IMPLEMENTATION, MENTORSHIP, dated
from programmes.school_calendar.models import HOLIDAYS, Calendar, DaysOff
from programmes.stages import STAGES
from tests import recipes

EVERY_YEAR = Calendar(
    DaysOff(
        title=title,
        started_on=datetime.date(2024, *first),
        ended_on=datetime.date(2024, *last),
        is_yearly=True,
    )
    for title, first, last in HOLIDAYS
)


def page_of(client, programme, **query) -> str:
    return client.get(reverse("plan", args=[programme.pk]), query).content.decode()


def take(client, programme, plan="implementation"):
    return client.post(reverse("plan-ready", args=[programme.pk]), {"plan": plan}, follow=True)


def data(**changes):
    return {
        "stage": "4",
        "title": "Школа наставника",
        "started_on": "2026-10-26",
        "ended_on": "2026-10-30",
        "result": "список обученных наставников",
    } | changes


def add(client, programme, query="", **changes):
    return client.post(reverse("plan-item-new", args=[programme.pk]) + query, data(**changes))


def edit(client, item, **changes):
    return client.post(address_of(item), data(**changes))


def address_of(item) -> str:
    return reverse("plan-item-edit", args=[item.programme_id, item.pk])


def version_on(client, item) -> str:
    return client.get(address_of(item)).context["form"]["version"].value()


def post(client, name, item, **fields):
    return client.post(reverse(name, args=[item.programme_id, item.pk]), fields)


def titles(programme, plan="implementation"):
    return [item.title for item in programme.plan_items.of(plan)]


# The ready plan


def test_s1_5_ready_plan_has_an_item_a_stage_with_people_and_results(curator, programme):
    curator_person = recipes.curator_of(programme).person
    leader = recipes.group_member(programme, is_leader=True).person

    page = take(curator, programme).content.decode()

    items = list(programme.plan_items.of("implementation"))
    assert [item.title for item in items] == [stage.title for stage in STAGES]
    assert [item.stage for item in items] == [1, 2, 3, 4, 5, 6, 7]
    assert [item.responsible.get() for item in items] == [
        leader, *[curator_person] * 5, leader,
    ]  # fmt: skip
    assert all(item.result for item in items) and items[6].result in page
    assert items[4].started_on is None and items[4].term.startswith("до ")
    assert (items[0].started_on, items[6].ended_on) == (programme.started_on, programme.ended_on)


def test_second_click_adds_nothing(curator, programme):
    take(curator, programme)
    again = take(curator, programme).content.decode()

    assert programme.plan_items.count() == 7
    assert "В плане уже есть пункты" in again


def test_ready_plan_without_people_waits_for_them(curator, programme):
    take(curator, programme)

    assert not PlanItem.responsible.through.objects.exists()
    assert page_of(curator, programme).count("не назначен") == 7


def test_d9_mentorship_follows_the_scheme_and_is_the_heads(curator, programme):
    head = recipes.head_of(programme.school).person
    assert "В плане пока нет пунктов" in page_of(curator, programme, plan="mentorship")

    take(curator, programme, "mentorship")

    items = list(programme.plan_items.of("mentorship"))
    words = ["по этапам", "Показ на практике", "под контролем", "по критериям"]
    assert all(word in item.title for word, item in zip(words, items, strict=True))
    assert {(item.stage, item.responsible.get()) for item in items} == {(None, head)}
    assert titles(programme) == []
    assert items[0].title in page_of(curator, programme, plan="mentorship")


def test_d3_terms_of_the_acceptance_plan():
    """Domain notes § 7.3."""
    first, last = datetime.date(2026, 10, 19), datetime.date(2027, 5, 21)
    terms = dated(IMPLEMENTATION, first, last, EVERY_YEAR.is_working)

    week = (datetime.date(2026, 10, 19), datetime.date(2026, 10, 23))
    assert terms == [
        week, week, week,
        (datetime.date(2026, 10, 26), datetime.date(2026, 10, 30)),
        (None, datetime.date(2026, 11, 9)),
        (datetime.date(2026, 11, 10), datetime.date(2027, 5, 14)),
        (datetime.date(2027, 5, 21), datetime.date(2027, 5, 21)),
    ]  # fmt: skip


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)),
    st.integers(1, 1100),
    st.sampled_from([IMPLEMENTATION, MENTORSHIP]),
)
def test_ready_terms_are_working_days_inside_the_programme(first, length, items):
    last = first + datetime.timedelta(days=length)
    days = {(first + datetime.timedelta(days=n)) for n in range(length + 1)}
    has_work = any(map(EVERY_YEAR.is_working, days))
    for start, end in dated(items, first, last, EVERY_YEAR.is_working):
        assert (end is not None) == has_work
        for day in filter(None, (start, end)):
            assert first <= day <= last and day.weekday() < 5
            assert (day.month, day.day) not in [(1, 1), (1, 8), (2, 23), (5, 9), (11, 4)]
        assert start is None or start <= end


# Items


def test_s1_5_item_is_added_last_with_several_people(curator, programme):
    recipes.plan_item(programme)
    second = recipes.teacher(programme.school, "Ёлкина Яна Львовна")
    first = recipes.teacher(programme.school, "Гладких Денис Олегович")

    answer = add(curator, programme, responsible=[second.pk, first.pk])

    assert answer.status_code == 302
    item = list(programme.plan_items.of("implementation"))[-1]
    assert (item.title, item.stage, item.position) == ("Школа наставника", 4, 2)
    assert item.term == "26.10.2026 – 30.10.2026"
    assert list(item.responsible.all()) == [first, second]
    page = page_of(curator, programme)
    assert page.index(first.short_name) < page.index(second.short_name)


def test_second_click_adds_no_second_item(curator, programme):
    add(curator, programme)
    again = add(curator, programme)

    assert again.status_code == 422 and "в плане уже есть" in again.content.decode()
    assert programme.plan_items.count() == 1


def test_d9_item_of_mentorship_has_no_stage(curator, programme):
    add(curator, programme, "?plan=mentorship")

    item = programme.plan_items.get()
    assert (item.plan, item.stage) == ("mentorship", None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ended_on": "2026-10-20"}, "Срок заканчивается раньше, чем начинается"),
        ({"started_on": "2026-09-01"}, "Дата вне программы: она идёт с 14.09.2026 по 21.05.2027"),
        ({"ended_on": "2027-05-22"}, "Дата вне программы: она идёт с 14.09.2026 по 21.05.2027"),
        ({"ended_on": "0027-05-22"}, "Проверьте год"),
        ({"title": " "}, "Обязательное поле"),
        ({"stage": ""}, "Обязательное поле"),
        ({"stage": "8"}, "Выберите корректный вариант"),
    ],
)
def test_slips_are_told_and_what_was_typed_stays(curator, programme, changes, words):
    answer = add(curator, programme, **changes)

    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "список обученных наставников" in page
    assert not programme.plan_items.exists()


@pytest.mark.parametrize(
    ("start", "end", "term"),
    [
        ("", "2026-11-09", "до 09.11.2026"),
        ("2026-11-09", "", "с 09.11.2026"),
        ("2026-11-09", "2026-11-09", "09.11.2026"),
        ("", "", ""),
    ],
)
def test_term_may_have_one_end_or_none(curator, programme, start, end, term):
    add(curator, programme, started_on=start, ended_on=end)

    assert programme.plan_items.get().term == term


def test_item_is_edited_and_its_versions_stay(curator, programme):
    who = recipes.teacher(programme.school)
    item = recipes.plan_item(programme, responsible=[who])
    page = curator.get(address_of(item)).content.decode()
    assert f'value="{who.pk}"' in page and "checked" in page

    edit(curator, item, title="Обучение", responsible=[], version=version_on(curator, item))

    item.refresh_from_db()
    assert item.title == "Обучение" and not item.responsible.exists()
    assert "Собрание" in item.history.values_list("title", flat=True)


def test_who_left_the_school_stays_responsible_when_something_else_changes(curator, programme):
    who = recipes.teacher(programme.school, left_on=datetime.date(2026, 11, 1))
    item = recipes.plan_item(programme, responsible=[who])

    edit(curator, item, responsible=[who.pk], version=version_on(curator, item))

    item.refresh_from_db()
    assert item.responsible.get() == who and item.title == "Школа наставника"


def test_somebody_elses_change_meanwhile_is_shown_not_overwritten(curator, client_of, programme):
    who = recipes.teacher(programme.school, "Гладких Денис Олегович")
    item = recipes.plan_item(programme, result="протокол")
    version = version_on(curator, item)
    other = client_of(Role.DIRECTOR, title="Завуч Петрова")
    changed = {"result": "", "ended_on": "2026-10-29", "responsible": [who.pk]}
    assert edit(other, item, version=version, **changed).status_code == 302

    answer = edit(curator, item, version=version)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "данные изменились" in page and "Завуч Петрова" in page
    assert "Результат: сохранено пустое поле" in page
    assert "Окончание: сохранено 29.10.2026" in page
    assert "Ответственные: сохранено Гладких Денис Олегович" in page
    assert "Мероприятие: сохранено" not in page and "список обученных наставников" in page
    item.refresh_from_db()
    assert item.result == "" and item.responsible.get() == who

    again = answer.context["form"]["version"].value()
    assert edit(curator, item, version=again).status_code == 302
    item.refresh_from_db()
    assert item.result == "список обученных наставников" and not item.responsible.exists()


def test_changed_people_alone_are_a_change(curator, programme):
    who = recipes.teacher(programme.school)
    item = recipes.plan_item(programme)
    version = version_on(curator, item)
    item.responsible.add(who)

    assert edit(curator, item, version=version).status_code == 409
    assert item.responsible.get() == who


def test_second_click_on_save_is_no_conflict(curator, programme):
    people = [recipes.teacher(programme.school).pk for _ in range(2)]
    item = recipes.plan_item(programme)
    fields = {"responsible": people, "version": version_on(curator, item)}

    assert [edit(curator, item, **fields).status_code for _ in range(2)] == [302, 302]
    assert item.responsible.count() == 2


def test_stale_edit_of_mentorship_is_told_without_a_stage(curator, programme):
    item = recipes.plan_item(programme, "показ", plan="mentorship")
    version = version_on(curator, item)
    edit(curator, item, version=version)

    answer = edit(curator, item, version=version, title="Показ на практике")

    assert answer.status_code == 409
    assert "Мероприятие: сохранено Школа наставника" in answer.content.decode()


def test_people_of_another_school_are_not_taken(curator, programme):
    stranger = recipes.teacher(recipes.make_school(short_name="Другая"))

    assert add(curator, programme, responsible=[stranger.pk]).status_code == 422


def test_items_change_places_within_the_ends_of_their_plan(curator, programme):
    one, two = (recipes.plan_item(programme, title) for title in ("первое", "второе"))
    recipes.plan_item(programme, "показ", plan="mentorship")

    post(curator, "plan-item-move", two, to="up")
    assert titles(programme) == ["второе", "первое"]
    post(curator, "plan-item-move", one, to="down")
    post(curator, "plan-item-move", two, to="up")
    assert titles(programme) == ["второе", "первое"]
    assert titles(programme, "mentorship") == ["показ"]


def test_item_is_deleted_by_post_only(curator, programme):
    item = recipes.plan_item(programme)
    address = reverse("plan-item-delete", args=[programme.pk, item.pk])
    assert curator.get(address).status_code == 405

    assert curator.post(address).status_code == 302

    assert not programme.plan_items.exists()
    assert PlanItem.history.filter(history_type="-").count() == 1


def test_item_outside_of_changed_dates_is_marked(curator, programme):
    recipes.plan_item(programme)
    assert "вне сроков программы" not in page_of(curator, programme)

    programme.started_on = datetime.date(2026, 11, 1)
    programme.save()

    assert "вне сроков программы" in page_of(curator, programme)


def test_turned_term_and_eighth_stage_do_not_fit_into_the_database(programme):
    turned = {"started_on": datetime.date(2026, 11, 9), "ended_on": datetime.date(2026, 11, 8)}
    for fields in (turned, {"stage": 8}, {"stage": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            recipes.plan_item(programme, **fields)


def test_others_change_nothing(client_of, programme):
    item = recipes.plan_item(programme)
    stranger = client_of(Role.DIRECTOR, school=recipes.make_school(short_name="Другая"))
    for client, status in ((client_of(Role.MENTOR), 403), (stranger, 404)):
        answers = [
            client.get(reverse("plan", args=[programme.pk])),
            take(client, programme, "mentorship"),
            add(client, programme),
            edit(client, item),
            post(client, "plan-item-delete", item),
        ]
        assert {answer.status_code for answer in answers} == {status}
    assert titles(programme) == ["Собрание"]


def test_queries_do_not_grow_with_the_plan(curator, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(curator, programme)
        return len(found)

    people = [recipes.teacher(programme.school) for _ in range(2)]
    recipes.plan_item(programme, responsible=people)
    one = queries()
    for number in range(99):
        recipes.plan_item(programme, f"Пункт {number}", responsible=people)

    assert queries() == one <= 16


# Carrying


@pytest.fixture
def prepared(school, programme):
    """A school with a council whose secretary changed, a group whose leader did, and both plans."""
    day = datetime.date(2026, 11, 9)
    recipes.council_member(school, "chair")
    recipes.council_member(school, "secretary")
    member = recipes.council_member(school)
    type(member).appoint(school, member.person, "secretary", day)
    recipes.group_member(programme, is_leader=True, duties="руководит")
    recipes.group_member(programme).lead(day)
    recipes.plan_item(programme, responsible=[member.person, recipes.teacher(school)])
    recipes.plan_item(programme, "без срока", ended_on=None, result="итог")
    recipes.plan_item(programme, "показ", plan="mentorship")
    return SimpleNamespace(school=school, programme=programme)


def test_council_group_and_plan_are_carried_whole(prepared):
    first = transfer.dump(prepared.school)
    assert len(first["council"]) == 5 and len(first["programmes"][0]["group"]) == 4
    assert [item["title"] for item in first["programmes"][0]["plan"]] == [
        "Собрание", "без срока", "показ",
    ]  # fmt: skip

    second = transfer.load(first)

    assert transfer.dump(second) == first


def test_plan_item_with_an_unknown_person_names_the_place(prepared):
    broken = transfer.dump(prepared.school)
    broken["programmes"][0]["plan"][0]["responsible"] = ["p999"]

    with pytest.raises(transfer.Damaged, match=r"plan\.1"):
        transfer.load(broken)
