"""Creating a programme of a school year, with its forms and curator."""

import datetime

import pytest
from django.urls import reverse

from programmes.access import Role
from programmes.models import Programme
from programmes.programme.forms import school_year_of
from tests import recipes

ADDRESS = reverse("programme-new")


def data(school, **changes):
    forms = school.forms.filter(code__in=["F1", "F2"]).values_list("pk", flat=True)
    return {"started_on": "2026-09-14", "ended_on": "2027-05-31", "forms": list(forms)} | changes


def test_school_year_is_proposed(curator):
    page = curator.get(ADDRESS).content.decode()

    start, end = school_year_of(datetime.date.today())
    assert f'value="{start:%Y-%m-%d}"' in page and f'value="{end:%Y-%m-%d}"' in page
    assert (start.month, start.day, end.month, end.day) == (9, 1, 5, 31)


@pytest.mark.parametrize(
    ("today", "first"), [("2026-05-31", 2025), ("2026-06-01", 2026), ("2027-01-10", 2026)]
)
def test_summer_belongs_to_the_coming_year(today, first):
    assert school_year_of(datetime.date.fromisoformat(today))[0] == datetime.date(first, 9, 1)


def test_s1_4_programme_with_forms_is_created(curator, school):
    answer = curator.post(ADDRESS, data(school))

    programme = Programme.objects.get()
    assert answer.url == reverse("board", args=[programme.pk])
    assert programme.school == school and programme.school_year == "2026/27"
    assert set(programme.forms.values_list("code", flat=True)) == {"F1", "F2"}


def test_s1_3_curator_is_appointed_with_the_programme(curator, school):
    who = recipes.teacher(school)

    curator.post(ADDRESS, data(school, curator=who.pk, curator_from="2026-10-22"))

    period = Programme.objects.get().curators.get()
    assert (period.person, period.started_on) == (who, datetime.date(2026, 10, 22))


def test_second_click_makes_no_second_programme(curator, school):
    curator.post(ADDRESS, data(school))
    again = curator.post(ADDRESS, data(school))

    assert again.status_code == 422
    assert "Программа с этой датой начала уже есть" in again.content.decode()
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ended_on": "2026-09-01"}, "заканчивается раньше"),
        ({"ended_on": "2036-09-01"}, "длиннее трёх лет"),
        ({"started_on": "0026-09-14"}, "Проверьте год"),
        ({"forms": []}, "Отметьте хотя бы одну форму"),
    ],
)
def test_slips_are_told_and_what_was_typed_stays(curator, school, changes, words):
    answer = curator.post(ADDRESS, data(school) | changes)

    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert changes.get("ended_on", "2027-05-31") in page
    assert not Programme.objects.exists()


def test_forms_of_another_school_cannot_be_taken(curator, school):
    other = recipes.make_school(short_name="Другая")

    answer = curator.post(ADDRESS, data(school, forms=[other.forms.first().pk]))

    assert answer.status_code == 422


def test_teacher_cannot_create(client_of, school):
    assert client_of(Role.TEACHER).post(ADDRESS, data(school)).status_code == 403
    assert not Programme.objects.exists()


def test_list_shows_own_years_only(client_of, school, programme):
    other = recipes.make_programme(
        recipes.make_school(short_name="Другая"),
        started_on=datetime.date(2019, 9, 2),
        ended_on=datetime.date(2020, 5, 29),
    )

    page = client_of(Role.DIRECTOR).get(reverse("programme-list")).content.decode()

    assert str(programme) in page and str(other) not in page
