"""The mentor base: competences, places taken and free, leaving (S3.2)."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.access import Role
from programmes.mentors.places import Places, places_of
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def page_of(client, programme, **query):
    return client.get(reverse("mentor-list", args=[programme.pk]), query).content.decode()


def edit(client, entry, **data):
    address = reverse("mentor-edit", args=[entry.programme_id, entry.pk])
    version = client.get(address).context["form"]["version"].value()
    return client.post(address, data | {"version": version})


def test_s3_2_added_once_with_competences_and_places(curator, school, programme):
    person = recipes.pupil(school, grade=10)
    for _ in range(2):
        curator.post(
            reverse("mentor-add", args=[programme.pk]),
            {"people": [person.pk], "started_on": "2026-09-21"},
        )
    entry = programme.mentors.get()
    assert entry.started_on == datetime.date(2026, 9, 21)

    edit(curator, entry, competences="математика", capacity="4", started_on="2026-09-14")

    entry.refresh_from_db()
    assert (entry.competences, entry.capacity) == ("математика", 4)
    assert entry.started_on == recipes.START
    assert "0 из 4" in page_of(curator, programme)


def test_wrong_capacity_is_told_and_kept_on_the_page(curator, programme):
    entry = recipes.mentor_in_base(programme, capacity=2)

    answer = edit(curator, entry, competences="шахматы", capacity="0", started_on="2026-09-14")

    assert answer.status_code == 422 and 'value="шахматы"' in answer.content.decode()
    entry.refresh_from_db()
    assert entry.capacity == 2


def test_places_follow_pairs_and_the_form(programme):
    usual = recipes.mentor_in_base(programme)
    pair = recipes.confirmed_pair(programme, mentor=usual.person)
    own = recipes.mentor_in_base(programme, capacity=1)
    recipes.draft_pair(programme, mentor=own.person)
    own.capacity = 0
    own.save()

    places = places_of(programme, programme.mentors.all())

    capacity = programme.forms.get(code="F1").capacity
    assert places[usual.pk] == Places(capacity, 1) and places[usual.pk].free == capacity - 1
    assert places[own.pk].is_over
    assert pair.is_confirmed


def test_filter_by_free_places(curator, programme):
    full = recipes.mentor_in_base(programme, recipes.pupil(programme.school, "Полный Олег"))
    full.capacity = 1
    full.save()
    recipes.draft_pair(programme, mentor=full.person)
    free = recipes.mentor_in_base(programme, recipes.pupil(programme.school, "Вольный Олег"))

    assert full.person.full_name not in page_of(curator, programme, places="free")
    assert free.person.full_name not in page_of(curator, programme, places="full")


def test_mentor_of_a_pair_does_not_leave(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    entry = programme.mentors.get()
    address = reverse("mentor-end", args=[programme.pk, entry.pk])
    data = {"ended_on": "2026-12-20", "reason": "увольнение"}

    assert "сначала завершите её" in curator.post(address, data).content.decode()
    curator.post(
        reverse("pair-end", args=[pair.pk]), {"on": "2026-12-19", "reason": "план выполнен"}
    )

    assert curator.post(address, data).status_code == 302
    entry.refresh_from_db()
    assert entry.end_reason == "увольнение"


def test_base_does_not_begin_after_the_first_day_of_a_pair(curator, programme):
    recipes.confirmed_pair(programme, on=DAY)
    entry = programme.mentors.get()

    answer = edit(curator, entry, started_on="2026-11-10")

    assert answer.status_code == 422
    assert "в паре или в черновике пары с 09.11.2026" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.started_on == recipes.START


def test_nobody_chosen_and_a_wrong_day_are_told(curator, programme):
    person = recipes.pupil(programme.school, grade=10)
    address = reverse("mentor-add", args=[programme.pk])

    nobody = curator.post(address, {"started_on": "2026-09-21"})
    wrong = curator.post(address, {"people": [person.pk], "started_on": "2027-06-01"})

    assert nobody.status_code == wrong.status_code == 422
    assert "Отметьте хотя бы одного человека" in nobody.content.decode()
    assert "Этот день вне программы" in wrong.content.decode()
    assert f'value="{person.pk}" checked' in wrong.content.decode()
    assert not programme.mentors.exists()


def test_list_of_people_asks_for_the_day_and_offers_one_of_the_programme(curator, school):
    programme = recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 14), ended_on=datetime.date(2021, 5, 21)
    )
    recipes.pupil(school)

    page = curator.get(reverse("person-list")).content.decode()

    assert "В базе с" in page and 'name="started_on" value="2021-05-21"' in page
    assert reverse("mentor-add", args=[programme.pk]) in page


def test_base_does_not_end_before_its_pairs(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    entry = programme.mentors.get()
    curator.post(
        reverse("pair-end", args=[pair.pk]), {"on": "2026-12-19", "reason": "план выполнен"}
    )

    answer = curator.post(
        reverse("mentor-end", args=[programme.pk, entry.pk]),
        {"ended_on": "2026-12-01", "reason": "увольнение"},
    )

    assert answer.status_code == 422 and "в паре по 19.12.2026" in answer.content.decode()


def test_psychologist_does_not_see_the_mentor_base(client_of, programme):
    address = reverse("mentor-list", args=[programme.pk])

    assert client_of(Role.PSYCHOLOGIST).get(address).status_code == 403
    assert client_of(Role.DIRECTOR).get(address).status_code == 200


def test_queries_do_not_grow_with_the_base(curator, programme):
    recipes.confirmed_pair(programme)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(curator, programme)
        return len(found)

    few = queries()
    for _ in range(20):
        recipes.confirmed_pair(programme)

    assert queries() == few <= 20
