"""The card and the entry of the mentor base (S3.2)."""

import datetime

import pytest
from django.urls import reverse

from programmes.models import Rules
from tests import recipes


def send(client, entry, **data):
    address = reverse("mentor-edit", args=[entry.programme_id, entry.pk])
    version = client.get(address).context["form"]["version"].value()
    return client.post(address, {"started_on": "2026-09-14", "version": version} | data)


def test_s3_2_entry_holds_what_the_base_asks_for(curator, programme):
    entry = recipes.mentor_in_base(programme)
    category = programme.school.need_categories.get(title="спорт")

    send(
        curator, entry, competences="футбол", categories=[category.pk], capacity="2", days=["6"],
        age_from="10", age_to="13", motivation="люблю учить", achievements="кубок района",
    )  # fmt: skip

    card = curator.get(reverse("mentor-card", args=[programme.pk, entry.pk])).content.decode()
    for words in ("спорт", "футбол", "0 из 2", "сб", "10–13", "люблю учить", "кубок района"):
        assert words in card


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"age_from": "14", "age_to": "10"}, "Возраст «не старше» меньше возраста «не младше»."),
        ({"age_from": "0"}, "больше либо равно 6"),
        ({"capacity": "0"}, "больше либо равно 1"),
        ({"capacity": "999"}, "меньше либо равно 50"),
        ({"days": ["8"]}, "Такого дня нет"),
        ({"motivation": "я" * 10_000}, "не более 1000 символов"),
    ],
)
def test_bad_input_is_told_by_the_field(curator, programme, data, words):
    entry = recipes.mentor_in_base(programme, competences="шахматы")

    answer = send(curator, entry, competences="иное", **data)

    entry.refresh_from_db()
    assert answer.status_code == 422 and words in answer.content.decode()
    assert (entry.competences, entry.capacity, entry.age_from) == ("шахматы", None, None)


@pytest.mark.parametrize(
    ("birth", "hint"),
    [
        (datetime.date(2013, 9, 15), ["возраст 12: обучающийся наставник – с 14 лет"]),
        (datetime.date(2012, 9, 14), []),
        (None, ["дата рождения не указана"]),
    ],
)
def test_s3_2_young_mentor_is_a_hint_and_forbids_nothing(programme, birth, hint):
    who = recipes.pupil(programme.school, grade=8, birth_date=birth)

    assert recipes.mentor_in_base(programme, who).hints(Rules()) == hint
    teacher = recipes.teacher(programme.school)
    assert recipes.mentor_in_base(programme, teacher).hints(Rules()) == []


def test_register_and_list_show_the_new_fields(curator, programme):
    from tests.documents.registry.test_registers import sheet

    entry = recipes.mentor_in_base(
        programme, competences="футбол", interests="рыбалка", age_from=10, days=[2, 4],
        achievements="кубок района", times="вечером",
    )  # fmt: skip
    entry.categories.add(programme.school.need_categories.get(title="спорт"))

    answer = curator.get(reverse("base-register", args=[programme.pk, "mentors", "xlsx"]))

    row = next(r for r in sheet(answer.content) if r[1] == entry.person.full_name)
    assert row[4:9] == ["спорт; футбол", "кубок района", "рыбалка", "от 10", "вт, чт; вечером"]
    assert "вт, чт" in curator.get(reverse("mentor-list", args=[programme.pk])).content.decode()


def test_s5_1_places_are_not_lowered_below_those_who_are_led(curator, programme):
    pair = recipes.confirmed_pair(
        programme, mentees=[recipes.pupil(programme.school, grade=5) for _ in range(2)]
    )
    entry = programme.mentors.get(person=pair.mentor)

    answer = send(curator, entry, capacity="1")

    assert answer.status_code == 422
    assert "уже наставляемых: 2" in answer.content.decode()
    assert send(curator, entry, capacity="2").status_code == 302
