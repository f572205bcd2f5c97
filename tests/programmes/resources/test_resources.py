"""Resources inside and outside (S1.5)."""

import pytest
from django.urls import reverse

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import Resource
from tests import recipes


def data(**changes):
    return {
        "title": "Дом творчества",
        "kind": "partner",
        "is_outside": "1",
        "purpose": "занятия",
        "responsible": "",
        "state": "promised",
        "note": "",
    } | changes


def add(client, programme, **changes):
    return client.post(reverse("resource-new", args=[programme.pk]), data(**changes))


def listed(client, programme, **query) -> str:
    return client.get(reverse("resource-list", args=[programme.pk]), query).content.decode()


def test_s1_5_resource_is_added_with_who_sees_to_it(curator, programme):
    who = recipes.teacher(programme.school)
    assert add(curator, programme, responsible=who.pk).status_code == 302

    row = programme.resources.get()
    assert (row.is_outside, row.kind, row.state, row.responsible) == (
        True, "partner", "promised", who,
    )  # fmt: skip
    page = listed(curator, programme)
    assert page.index("Внешние ресурсы") < page.rindex("Дом творчества")


def test_school_is_an_answer_and_no_empty_field(curator, programme):
    add(curator, programme, is_outside="", title="Кабинет 12")

    assert not programme.resources.get().is_outside


def test_filter_by_state_and_kind(curator, programme):
    recipes.resource(programme)
    add(curator, programme, state="needed")

    assert "Кабинет 12" not in listed(curator, programme, state="needed")
    assert "Дом творчества" not in listed(curator, programme, kind="material")
    assert "Кабинет 12" in listed(curator, programme, state="чужое")


def test_resource_is_edited_removed_and_put_back(curator, programme):
    row = recipes.resource(programme)
    url = reverse("resource-edit", args=[programme.pk, row.pk])
    version = curator.get(url).context["form"]["version"].value()
    curator.post(url, data(title="Кабинет 13", is_outside="", version=version))
    row.refresh_from_db()
    assert (row.title, row.history.count()) == ("Кабинет 13", 2)
    assert curator.post(url, data(title="Кабинет 14", version=version)).status_code == 409

    remove = reverse("resource-remove", args=[programme.pk, row.pk])
    curator.post(remove)
    assert not programme.resources.kept().exists()
    curator.post(remove, {"to": "back"})
    assert programme.resources.kept().get().title == "Кабинет 13"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Обязательное поле"),
        ({"kind": ""}, "Обязательное поле"),
        ({"state": "gone"}, "Выберите корректный вариант"),
        ({"purpose": "я" * 10_000}, "не более 300"),
        ({"title": "Кабинет 12"}, "Такой ресурс уже есть"),
        ({"responsible": "9" * 30}, "Выберите корректный вариант"),
    ],
)
def test_slips_are_told(curator, programme, changes, words):
    recipes.resource(programme)

    answer = add(curator, programme, **changes)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert Resource.objects.count() == 1


def test_others_change_nothing(client_of, programme):
    row = recipes.resource(programme)
    stranger = client_of(Role.DIRECTOR, school=recipes.make_school(short_name="Другая"))
    for client, status in ((client_of(Role.PSYCHOLOGIST), 403), (stranger, 404)):
        assert add(client, programme).status_code == status
        url = reverse("resource-remove", args=[programme.pk, row.pk])
        assert client.post(url).status_code == status
    assert programme.resources.kept().get() == row


def test_resources_are_carried_whole(school, programme):
    recipes.resource(programme, responsible=recipes.teacher(school))
    recipes.resource(programme, "Старое", is_outside=True).remove()
    first = transfer.dump(school)

    assert transfer.dump(transfer.load(first)) == first
