"""Study of the concept by the project group (A3)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import StudyRecord
from tests import recipes


@pytest.fixture
def begun(school):
    """A programme that began last year, so that days of its group are in the past."""
    today = timezone.localdate()
    return recipes.make_programme(
        school,
        started_on=today - datetime.timedelta(days=60),
        ended_on=today + datetime.timedelta(days=200),
    )


def member_of(programme, **fields):
    return recipes.group_member(programme, started_on=programme.started_on, **fields)


def page(client, programme) -> str:
    return client.get(reverse("concept", args=[programme.pk])).content.decode()


def record(client, programme, people, materials, on):
    return client.post(
        reverse("concept-record", args=[programme.pk]),
        {
            "people": [person.pk for person in people],
            "materials": [material.pk for material in materials],
            "studied_on": on,
        },
    )


def test_a3_ready_list_is_taken_once(curator, begun):
    url = reverse("concept-ready", args=[begun.pk])
    for _ in range(2):
        assert curator.post(url).status_code == 302

    assert begun.study_materials.count() == 4
    assert "Р-145" in page(curator, begun) and "1264-р" in page(curator, begun)


def test_a3_member_ticks_on_the_own_page(client_of, begun):
    member = member_of(begun)
    one, two = recipes.material(begun), recipes.material(begun, "Инструкция")
    client = client_of(Role.TEACHER, person=member.person)
    assert one.title in client.get(reverse("my-study")).content.decode()

    for _ in range(2):
        answer = client.post(reverse("my-study"), {"programme": begun.pk, "materials": [one.pk]})
        assert answer.status_code == 302

    note = StudyRecord.objects.get()
    assert (note.person, note.material, note.is_by_sheet) == (member.person, one, False)
    assert note.studied_on == timezone.localdate()
    assert two.title in client.get(reverse("my-study")).content.decode()


def test_a3_who_has_not_yet_is_visible(curator, begun):
    done, waiting = member_of(begun), member_of(begun)
    material = recipes.material(begun)
    record(curator, begun, [done.person], [material], timezone.localdate().isoformat())

    text = page(curator, begun)
    warning = text[text.index("Ещё не всё изучили") :].split("</div>")[0]
    assert waiting.person.short_name in warning


def test_day_before_the_membership_or_in_the_future_is_refused(curator, begun):
    member, material = member_of(begun), recipes.material(begun)
    early = begun.started_on - datetime.timedelta(days=1)
    late = timezone.localdate() + datetime.timedelta(days=1)

    for day, words in ((early, "в проектной группе с"), (late, "ещё не наступило")):
        answer = record(curator, begun, [member.person], [material], day.isoformat())
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not StudyRecord.objects.exists()


def test_somebody_outside_of_the_group_is_refused(curator, client_of, begun):
    material, outsider = recipes.material(begun), recipes.teacher(begun.school)
    today = timezone.localdate()

    answer = record(curator, begun, [outsider], [material], today.isoformat())
    assert answer.status_code == 422 and "только членов проектной группы" in answer.content.decode()

    client = client_of(Role.TEACHER, person=outsider)
    own = client.post(reverse("my-study"), {"programme": begun.pk, "materials": [material.pk]})
    assert own.status_code == 422 and "не входите" in own.content.decode()
    assert "Вы не в проектной группе" in client.get(reverse("my-study")).content.decode()
    assert not StudyRecord.objects.exists()


def test_who_has_left_the_group_is_refused(client_of, begun):
    member, material = member_of(begun), recipes.material(begun)
    member.end(timezone.localdate() - datetime.timedelta(days=1), "отпуск")

    client = client_of(Role.TEACHER, person=member.person)
    answer = client.post(reverse("my-study"), {"programme": begun.pk, "materials": [material.pk]})

    assert answer.status_code == 422 and not StudyRecord.objects.exists()


def test_material_of_another_programme_is_refused(client_of, school, begun):
    member = member_of(begun)
    other = recipes.material(recipes.make_programme(school))

    client = client_of(Role.TEACHER, person=member.person)
    answer = client.post(reverse("my-study"), {"programme": begun.pk, "materials": [other.pk]})

    assert answer.status_code == 422 and not StudyRecord.objects.exists()


def test_record_made_by_mistake_is_taken_back(curator, begun):
    member, material = member_of(begun), recipes.material(begun)
    record(curator, begun, [member.person], [material], timezone.localdate().isoformat())
    note = StudyRecord.objects.get()

    url = reverse("study-record-delete", args=[begun.pk, note.pk])
    assert curator.post(url).status_code == 302
    assert curator.post(url).status_code == 404
    assert not StudyRecord.objects.exists() and StudyRecord.history.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Обязательное поле"),
        ({"title": "я" * 10_000}, "не более 500"),
        ({"link": "javascript:alert(1)"}, "правильный URL"),
        ({"title": "Целевая модель"}, "Такой материал уже есть"),
    ],
)
def test_slips_of_a_material_are_told(curator, begun, fields, words):
    recipes.material(begun)
    data = {"title": "Книга", "link": "", "note": ""} | fields

    answer = curator.post(reverse("material-new", args=[begun.pk]), data)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert begun.study_materials.count() == 1


def test_sheet_names_the_group_and_the_materials(curator, begun):
    from io import BytesIO

    from docx import Document as Word

    member = member_of(begun)
    recipes.material(begun, "Целевая модель наставничества")
    url = reverse("study-sheet", args=[begun.pk, "docx"])

    word = Word(BytesIO(curator.get(url).content))

    text = "\n".join(p.text for p in word.paragraphs)
    cells = [cell.text for row in word.tables[-1].rows for cell in row.cells]
    assert "ЛИСТ ОЗНАКОМЛЕНИЯ" in text.upper() and "Целевая модель наставничества" in text
    assert any(member.person.surname in cell for cell in cells)


def test_study_is_carried_whole(curator, school, begun):
    member, material = member_of(begun), recipes.material(begun, note="раздел 1")
    recipes.material(begun, "Старое").remove()
    record(curator, begun, [member.person], [material], timezone.localdate().isoformat())
    first = transfer.dump(school)

    assert first["programmes"][0]["study"][0]["records"]
    assert transfer.dump(transfer.load(first)) == first
