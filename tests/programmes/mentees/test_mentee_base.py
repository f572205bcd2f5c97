"""The mentee base: adding, needs, hints, filters, leaving (S2.2)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.access import Role
from programmes.models import Rules
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def add(client, programme, *people, on="2026-11-09"):
    return client.post(
        reverse("mentee-add", args=[programme.pk]),
        {"people": [p.pk for p in people], "started_on": on},
        follow=True,
    )


def edit(client, entry, on, need="", version=None):
    """Save the entry's page as opened, or as it was opened with ``version``."""
    address = reverse("mentee-edit", args=[entry.programme_id, entry.pk])
    version = version or client.get(address).context["form"]["version"].value()
    data = {"need": need, "started_on": on, "version": version}
    return client.post(address, data, follow=True)


def leave(client, entry, on="2026-12-20", reason="переезд"):
    return client.post(
        reverse("mentee-end", args=[entry.programme_id, entry.pk]),
        {"ended_on": on, "reason": reason},
    )


def page_of(client, programme, **query):
    return client.get(reverse("mentee-list", args=[programme.pk]), query).content.decode()


def test_s2_2_many_are_added_at_once_and_nobody_twice(curator, school, programme):
    people = [recipes.pupil(school) for _ in range(3)]
    add(curator, programme, *people[:2])

    page = add(curator, programme, *people).content.decode()

    assert "Добавлено в базу: 1, уже были в ней: 2." in page
    assert programme.mentees.count() == 3


def test_nobody_chosen_is_told(curator, programme):
    assert "Отметьте хотя бы одного" in add(curator, programme).content.decode()


def test_people_of_another_school_and_those_who_left_are_not_added(curator, school, programme):
    stranger = recipes.pupil(recipes.make_school(short_name="Другая"))
    gone = recipes.pupil(school, left_on=datetime.date(2026, 9, 1))

    add(curator, programme, stranger, gone)

    assert not programme.mentees.exists()


def test_candidates_are_found_by_name_and_class(curator, school, programme):
    recipes.pupil(school, "Кваша Полина Ивановна", grade=7, letter="Б")
    there = recipes.mentee_in_base(programme, recipes.pupil(school, "Кваша Олег Ильич"))

    page = page_of(curator, programme, add="кваша 7")

    assert "Кваша Полина Ивановна, 7 «Б» класс" in page
    assert page.count(there.person.full_name) == 1  # in the table only


def test_need_is_changed(curator, programme):
    entry = recipes.mentee_in_base(programme)

    edit(curator, entry, "2026-09-14", "математика, общение\u202e")

    entry.refresh_from_db()
    assert entry.need == "математика, общение"
    assert "математика, общение" in page_of(curator, programme)
    assert entry.history.count() == 2


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"birth_date": datetime.date(2017, 9, 15)}, "возраст 8: модель рассчитана на 10–19 лет"),
        ({"birth_date": None}, "дата рождения не указана"),
        ({"birth_date": datetime.date(2013, 9, 15)}, ""),
    ],
)
def test_s2_2_age_is_a_hint_and_forbids_nothing(curator, school, programme, fields, hint):
    entry = recipes.mentee_in_base(programme, recipes.pupil(school, **fields))

    assert entry.hints(Rules()) == ([hint] if hint else [])
    assert hint in page_of(curator, programme)


def test_s2_2_experienced_teacher_is_a_hint(school, programme):
    old = recipes.teacher(school, started_work_on=datetime.date(2015, 9, 1))
    young = recipes.teacher(school, started_work_on=datetime.date(2025, 9, 1))

    assert "стаж больше 3 лет" in recipes.mentee_in_base(programme, old).hints(Rules())[0]
    assert not recipes.mentee_in_base(programme, young).hints(Rules())


def test_filters_by_class_name_and_pair(curator, school, programme):
    paired = recipes.confirmed_pair(programme).current_mentees[0]
    free = recipes.mentee_in_base(programme, recipes.pupil(school, "Щукина Яна Львовна", grade=8))

    assert free.person.full_name not in page_of(curator, programme, pair="yes")
    assert paired.full_name not in page_of(curator, programme, pair="no")
    assert paired.full_name not in page_of(curator, programme, grade="8")
    assert free.person.full_name in page_of(curator, programme, q="щукина", grade="8")
    assert "Никого не нашлось" in page_of(curator, programme, q="нет такого")


def test_leaving_is_a_period_with_a_reason(curator, programme):
    entry = recipes.mentee_in_base(programme)

    assert leave(curator, entry).status_code == 302
    assert leave(curator, entry).status_code == 302  # a second click changes nothing

    entry.refresh_from_db()
    assert (entry.ended_on, entry.end_reason) == (datetime.date(2026, 12, 20), "переезд")
    assert entry.history.count() == 2


def test_who_is_in_a_pair_does_not_leave(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    entry = programme.mentees.get(person=pair.current_mentees[0])

    answer = leave(curator, entry)

    page = answer.content.decode()
    assert answer.status_code == 422 and "сначала завершите её" in page
    assert 'value="переезд"' in page and 'value="2026-12-20"' in page
    entry.refresh_from_db()
    assert entry.ended_on is None


def test_who_left_today_comes_back_tomorrow(curator, school, programme):
    person = recipes.pupil(school)
    add(curator, programme, person)
    entry = programme.mentees.get()
    leave(curator, entry, on=entry.started_on.isoformat())

    add(curator, programme, person)
    add(curator, programme, person)

    first, second = programme.mentees.order_by("started_on")
    assert second.started_on == first.ended_on + datetime.timedelta(days=1)


def test_director_and_psychologist_read_only(client_of, programme):
    entry = recipes.mentee_in_base(programme)
    for role in (Role.DIRECTOR, Role.PSYCHOLOGIST):
        client = client_of(role)
        assert entry.person.full_name in page_of(client, programme)
        assert add(client, programme, recipes.pupil(programme.school)).status_code == 403
        assert leave(client, entry).status_code == 403
    assert programme.mentees.count() == 1


def test_another_school_sees_nothing(client_of, programme):
    entry = recipes.mentee_in_base(programme)
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))

    assert stranger.get(reverse("mentee-list", args=[programme.pk])).status_code == 404
    assert leave(stranger, entry).status_code == 404


def test_empty_base_says_what_to_do(curator, programme):
    assert "В базе пока никого" in page_of(curator, programme)


def test_queries_do_not_grow_with_the_base(curator, programme):
    recipes.confirmed_pair(programme)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(curator, programme)
        return len(found)

    few = queries()
    for _ in range(20):
        recipes.mentee_in_base(programme)
        recipes.confirmed_pair(programme)

    assert queries() == few <= 20


def test_day_in_the_base_is_typed_when_people_are_added(curator, school, programme):
    people = [recipes.pupil(school) for _ in range(2)]

    add(curator, programme, *people, on="2026-09-21")

    days = set(programme.mentees.values_list("started_on", flat=True))
    assert days == {datetime.date(2026, 9, 21)} and programme.mentees.count() == 2


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-09-13", "она идёт с 14.09.2026 по 21.05.2027"),
        ("2027-05-22", "Этот день вне программы"),
        ("", "Обязательное поле"),
    ],
)
def test_day_outside_the_programme_is_told_and_the_choice_stays(
    curator, school, programme, on, words
):
    person = recipes.pupil(school)

    answer = add(curator, programme, person, on=on)

    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert f'value="{person.pk}" checked' in page
    assert not programme.mentees.exists()


def test_adding_again_from_an_earlier_day_tells_where_the_day_is_changed(
    curator, school, programme
):
    person = recipes.pupil(school)
    add(curator, programme, person, on="2026-11-09")

    page = add(curator, programme, person, on="2026-09-14").content.decode()

    assert "Уже в базе, но с более позднего дня: 1." in page and "исправьте «В базе с»" in page
    assert programme.mentees.get().started_on == DAY


def test_day_in_the_base_is_put_right(curator, programme):
    entry = recipes.mentee_in_base(programme, started_on=DAY, need="математика")

    edit(curator, entry, "2026-09-21", "математика")

    entry.refresh_from_db()
    assert (entry.started_on, entry.need) == (datetime.date(2026, 9, 21), "математика")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-09-01", "Этот день вне программы"),
        ("2026-11-10", "в паре или в черновике пары с 09.11.2026: назовите этот день или более"),
    ],
)
def test_day_that_a_pair_or_the_programme_forbids_is_refused(curator, programme, on, words):
    pair = recipes.draft_pair(programme, on=DAY)
    entry = programme.mentees.get(person=pair.current_mentees[0])

    answer = edit(curator, entry, on)

    assert answer.status_code == 422 and words in answer.content.decode()
    entry.refresh_from_db()
    assert entry.started_on == recipes.START


def test_day_of_the_pair_itself_is_early_enough(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    entry = programme.mentees.get(person=pair.current_mentees[0])

    assert edit(curator, entry, "2026-11-09").status_code == 200
    entry.refresh_from_db()
    assert entry.started_on == DAY


def test_two_times_in_the_base_share_no_day(curator, programme):
    first = recipes.mentee_in_base(programme)
    first.end(datetime.date(2026, 10, 31), "переезд")
    second = recipes.mentee_in_base(programme, first.person, started_on=DAY)

    answer = edit(curator, second, "2026-10-31")

    assert answer.status_code == 422
    assert "с 14.09.2026 по 31.10.2026: сроки пересекаются" in answer.content.decode()
    assert edit(curator, first, "2026-11-01").status_code == 422
    assert edit(curator, second, "2026-11-01").status_code == 200


def test_entry_changed_meanwhile_is_shown_not_overwritten(curator, programme):
    entry = recipes.mentee_in_base(programme, need="шахматы")
    address = reverse("mentee-edit", args=[programme.pk, entry.pk])
    version = curator.get(address).context["form"]["version"].value()
    edit(curator, entry, "2026-09-21", "математика")

    answer = edit(curator, entry, "2026-09-14", "шахматы", version=version)

    assert answer.status_code == 409 and "сохранено 21.09.2026" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.need == "математика"


def test_entry_that_begins_later_can_be_opened(curator, school):
    programme = recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 14), ended_on=datetime.date(2090, 5, 21)
    )
    entry = recipes.mentee_in_base(programme, started_on=datetime.date(2090, 1, 11))

    page = page_of(curator, programme)

    assert "с 11.01.2090" in page and reverse("mentee-edit", args=[programme.pk, entry.pk]) in page
