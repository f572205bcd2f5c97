"""The list of people: search, filters, a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.models import Person
from tests import recipes


@pytest.mark.parametrize("text", ["ёлкин", "ЕЛКИН", "елк пёт", "7 «Б»", "7б"])
def test_search_finds_in_any_letters(curator, school, text):
    recipes.pupil(school, "Елкин Петр Ильич", grade=7, letter="Б")
    recipes.pupil(school, "Иванов Олег", grade=8, letter="А")

    page = curator.get(reverse("person-list"), {"q": text}).content.decode()

    assert "Елкин Петр" in page and "Иванов Олег" not in page


def test_filters_narrow_and_pages_turn(curator, school):
    for number in range(60):
        recipes.pupil(school, f"Иванов Имя{'абвгд'[number % 5]}", grade=5)
    recipes.teacher(school, "Петров Олег")

    first = curator.get(reverse("person-list"), {"kind": "pupil"})
    second = curator.get(reverse("person-list"), {"kind": "pupil", "page": 2})

    assert first.context["found"] == 60 and len(second.context["page"]) == 10


def test_queries_do_not_grow_with_people(curator, school):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert curator.get(reverse("person-list")).status_code == 200
        return len(found)

    for _ in range(20):
        recipes.pupil(school)
    few = queries()
    people = []
    for number in range(300):
        person = Person(
            school=school, surname="Ли", first_name="Имя", kind="pupil", gender="m", grade=5,
            phone=str(number),
        )  # fmt: skip
        person.prepare()
        people.append(person)
    Person.objects.bulk_create(people)

    assert queries() == few <= 12


def test_namesake_is_asked_about(curator, school):
    recipes.pupil(school, "Ёлкин Пётр Ильич")
    data = {
        "surname": "Елкин", "first_name": "Петр", "patronymic": "Ильич", "gender": "m",
        "kind": "pupil", "class_name": "5а",
    }  # fmt: skip

    asked = curator.post(reverse("person-new"), data)
    assert asked.status_code == 422 and Person.objects.count() == 1
    curator.post(reverse("person-new"), data | {"is_other_person": "on"})

    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("birth_date", "2100-01-01", "в будущем"),
        ("surname", "Иванов1", "цифр"),
        ("class_name", "12а", "от 1 до 11"),
        ("class_name", "", "должен быть класс"),
    ],
)
def test_wrong_values_are_told_by_the_field(curator, field, value, words):
    data = {
        "surname": "Иванов", "first_name": "Олег", "gender": "m", "kind": "pupil",
        "class_name": "5а",
    }  # fmt: skip

    answer = curator.post(reverse("person-new"), data | {field: value})

    assert answer.status_code == 422
    assert words in answer.context["form"].errors[field][0]


def test_edit_over_somebody_elses_edit_is_shown_side_by_side(curator, school):
    person = recipes.pupil(school, "Иванов Олег")
    address = reverse("person-edit", args=[person.pk])
    data = {
        "surname": "Иванов", "first_name": "Олег", "gender": "m", "kind": "pupil",
        "class_name": "7а", "version": 1,
    }  # fmt: skip
    curator.post(address, data | {"phone": "+7 1"})
    stale = curator.post(address, data | {"phone": "+7 2222"})

    assert stale.status_code == 409
    assert "+7 2222" in stale.content.decode()
    person.refresh_from_db()
    assert person.phone == "+7 1"


def test_corrected_case_forms_stay_until_the_name_changes(curator, school):
    person = recipes.pupil(school, "Заяц Олег")
    forms = {
        f"{part}-{case}": text
        for part in ("surname", "first_name", "position")
        for case, text in person.case_forms[part].items()
        if case != "nominative"
    }
    curator.post(reverse("person-cases", args=[person.pk]), forms | {"surname-dative": "Заяцу"})
    person.refresh_from_db()
    person.phone = "1"
    person.save()
    assert person.name_in("dative") == "Заяцу Олегу"
    assert person.manual_parts == ["surname"]

    person.surname = "Иванов"
    person.save()

    assert person.name_in("dative") == "Иванову Олегу"
