"""Goals and expected results of a programme (S1.4)."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import CatalogueItem, Indicator
from tests import recipes


def goals(programme) -> str:
    return reverse("goals", args=[programme.pk])


def item(programme, kind, code=None):
    form = programme.school.forms.get(code=code) if code else None
    rows = CatalogueItem.objects.filter(school=programme.school, form=form, kind=kind)
    return rows.order_by("position").first()


def version(client, programme) -> str:
    return client.get(goals(programme)).context["form"]["version"].value()


def data(**changes):
    return {
        "title": "Посещают кружки",
        "unit": "%",
        "method": "журналы",
        "form": "",
        "baseline": "46,5",
        "target": "55",
        "due_on": "2027-05-14",
    } | changes


def add(client, programme, **changes):
    return client.post(reverse("indicator-new", args=[programme.pk]), data(**changes))


def test_s1_4_aims_are_ticked_in_the_catalogue_or_written(curator, programme):
    task, measured = item(programme, "task", "F1"), item(programme, "measured", "F2")
    fields = {
        "task": [task.pk],
        "result": [measured.pk],
        "own_goal": "Больше дружных классов\n\nБольше дружных классов",
        "version": version(curator, programme),
    }

    for _ in range(2):
        assert curator.post(goals(programme), fields).status_code == 302

    assert list(programme.aims.values_list("kind", "text").order_by("kind")) == [
        ("goal", "Больше дружных классов"),
        ("result", measured.text),
        ("task", task.text),
    ]
    form = curator.get(goals(programme)).context["form"]
    assert form["task"].value() == [str(task.pk)]
    assert form["own_goal"].value() == "Больше дружных классов"


def test_only_forms_in_use_are_offered(curator, programme):
    page = curator.get(goals(programme)).content.decode()
    assert item(programme, "task", "F2").text in page

    programme.forms.set(programme.school.forms.filter(code="F1"))

    page = curator.get(goals(programme)).content.decode()
    assert item(programme, "task", "F2").text not in page
    alien = item(programme, "task", "F2").pk
    assert curator.post(goals(programme), {"task": [alien]}).status_code == 422


def test_chosen_words_stay_when_the_catalogue_changes(curator, programme):
    task = item(programme, "task")
    curator.post(goals(programme), {"task": [task.pk], "version": version(curator, programme)})
    CatalogueItem.say(programme.school, None, "task", ["другая"])

    form = curator.get(goals(programme)).context["form"]
    assert form["own_task"].value() == task.text
    assert programme.aims.get().text == task.text


def test_somebody_elses_aims_are_not_overwritten(curator, client_of, programme):
    stale = version(curator, programme)
    other = client_of(Role.DIRECTOR)
    other.post(goals(programme), {"own_goal": "цель директора", "version": stale})

    answer = curator.post(goals(programme), {"own_goal": "моя цель", "version": stale})

    assert answer.status_code == 409 and "цель директора" in answer.content.decode()
    assert programme.aims.get().text == "цель директора"


def test_s1_4_indicator_takes_numbers_with_a_comma(curator, programme):
    assert add(curator, programme).status_code == 302

    indicator = programme.expected_indicators.get()
    assert (indicator.baseline, indicator.target) == (Decimal("46.50"), Decimal("55.00"))
    page = curator.get(goals(programme)).content.decode()
    assert "46,5" in page and ">55<" in page
    edit = curator.get(reverse("indicator-edit", args=[programme.pk, indicator.pk]))
    assert 'value="46,50"' in edit.content.decode()


@pytest.mark.parametrize("changes", [{"target": "46,5"}, {"baseline": ""}])
def test_target_may_equal_the_baseline_and_the_baseline_wait(curator, programme, changes):
    assert add(curator, programme, **changes).status_code == 302
    assert programme.expected_indicators.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": " "}, "Обязательное поле"),
        ({"target": "много"}, "Введите число"),
        ({"target": "12345678,5"}, "не более"),
        ({"due_on": "2027-05-22"}, "Дата вне программы: она идёт с 14.09.2026 по 21.05.2027"),
        ({"due_on": "2026-09-13"}, "Дата вне программы"),
        ({"title": "я" * 10_000}, "не более 300"),
        ({"form": "999999"}, "Выберите корректный вариант"),
    ],
)
def test_slips_of_an_indicator_are_told(curator, programme, changes, words):
    answer = add(curator, programme, **changes)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Indicator.objects.exists()


def test_second_click_adds_no_second_indicator(curator, programme):
    add(curator, programme)
    again = add(curator, programme)

    assert again.status_code == 422 and "Такой показатель уже есть" in again.content.decode()


def test_indicator_is_removed_and_put_back(curator, programme):
    row = recipes.indicator(programme)
    remove = reverse("indicator-remove", args=[programme.pk, row.pk])

    for _ in range(2):
        curator.post(remove)
    assert not programme.expected_indicators.kept().exists()
    assert "Удалённые (1)" in curator.get(goals(programme)).content.decode()

    for _ in range(2):
        curator.post(remove, {"to": "back"})
    assert programme.expected_indicators.kept().get() == row
    assert curator.get(remove).status_code == 405


def test_removed_indicator_does_not_come_back_beside_its_double(curator, programme):
    row = recipes.indicator(programme)
    row.remove()
    recipes.indicator(programme)

    curator.post(reverse("indicator-remove", args=[programme.pk, row.pk]), {"to": "back"})

    assert programme.expected_indicators.kept().count() == 1


def test_stale_edit_of_an_indicator_is_shown(curator, programme):
    row = recipes.indicator(programme)
    url = reverse("indicator-edit", args=[programme.pk, row.pk])
    old = curator.get(url).context["form"]["version"].value()
    curator.post(url, data(target="70", version=old))

    answer = curator.post(url, data(target="80", version=old))

    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.target == 70


def test_others_see_and_change_nothing(client_of, programme):
    row = recipes.indicator(programme)
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))
    for client, status in ((client_of(Role.TEACHER), 403), (stranger, 404)):
        assert client.get(goals(programme)).status_code == status
        assert add(client, programme).status_code == status
        url = reverse("indicator-remove", args=[programme.pk, row.pk])
        assert client.post(url).status_code == status
    assert programme.expected_indicators.kept().get() == row


def test_queries_do_not_grow_with_indicators(curator, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            curator.get(goals(programme))
        return len(found)

    recipes.indicator(programme, form=programme.forms.first())
    one = queries()
    for number in range(60):
        recipes.indicator(programme, f"Показатель {number}", form=programme.forms.first())

    assert queries() == one <= 20


def test_aims_and_indicators_are_carried_whole(school, programme):
    programme.aims.create(kind="goal", text="цель", position=1)
    recipes.indicator(programme, form=programme.forms.first(), due_on=datetime.date(2027, 1, 15))
    recipes.indicator(programme, "без начала", baseline=None).remove()
    first = transfer.dump(school)

    assert transfer.dump(transfer.load(first)) == first
