"""Stage 1 as a curator goes through it in the browser (S1.3–S1.5, A1–A6, A8, F1–F7, T1)."""

import datetime

import pytest
from django.urls import reverse

from documents.registry import issuing
from documents.registry.models import Kind
from programmes.access import Role
from programmes.models import Programme
from programmes.preparation import progress
from programmes.progress import BUSY, DONE, IDLE, LATE, counted
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def url(name: str, programme, *args, **query) -> str:
    return reverse(name, args=[programme.pk, *args], query=query or None)


def page(client, programme) -> str:
    return client.get(url("preparation", programme)).content.decode()


def task(client, programme, title: str) -> str:
    """The words of one line of the page of stage 1."""
    text = page(client, programme)
    start = text.index(title)
    return text[start : text.index("</li>", start)]


def step(programme, row: str, day=DAY):
    programme = Programme.objects.get(pk=programme.pk)
    found = progress.steps(programme, counted(programme, [progress], day), day)
    return next(one for one in found if one.row == row)


def registered(programme, kind: str, number: str = "1-од", date=DAY):
    return issuing.register_by_hand(
        programme.school, kind=kind, title="", date=date, number=number, programme=programme
    )


@pytest.fixture
def past(school):
    """A programme of last year, so that its days are over."""
    return recipes.make_programme(
        school, started_on=datetime.date(2025, 9, 15), ended_on=datetime.date(2026, 5, 22)
    )


def test_s1_3_team_and_curator(curator, programme):
    assert step(programme, "S1.3").state == IDLE
    leader, member = (recipes.teacher(programme.school) for _ in range(2))
    for person, lead in ((leader, "on"), (member, "")):
        curator.post(
            url("group-add", programme),
            {"person": person.pk, "started_on": "2026-09-14", "duties": "", "is_leader": lead},
        )
    missing = [line.text for line in step(programme, "S1.3").missing]
    assert "назначить куратора" in missing and "назначить руководителя группы" not in missing

    curator.post(url("curator-add", programme), {"person": member.pk, "started_on": "2026-09-14"})

    found = step(programme, "S1.3")
    assert found.state == BUSY and "куратор назначен" in found.facts
    assert [line.url for line in found.missing] == [url("concept", programme)]


def test_s1_4_goals_forms_and_results_in_numbers(curator, programme):
    assert step(programme, "S1.4").state == IDLE
    form = curator.get(url("goals", programme)).context["form"]
    first = {kind: [form.fields[kind].choices[0][0]] for kind in ("goal", "task", "result")}

    curator.post(url("goals", programme), first | {"version": form["version"].value()})
    assert step(programme, "S1.4").missing[0].text == "записать результаты показателями"
    indicator = {"title": "Кружки", "unit": "%", "target": "55,5", "due_on": "2027-05-14"}
    curator.post(url("indicator-new", programme), indicator)
    assert step(programme, "S1.4").missing[0].text == "измерить показатели сейчас: 1"
    row = programme.expected_indicators.get()
    edit = url("indicator-edit", programme, row.pk)
    version = curator.get(edit).context["form"]["version"].value()
    curator.post(edit, indicator | {"baseline": "46", "version": version})

    assert step(programme, "S1.4").state == DONE
    assert "готово" in task(curator, programme, "Организация системы наставничества")


def test_s1_5_plan_with_deadlines_and_resources(curator, programme):
    recipes.group_member(programme, is_leader=True)
    curator.post(url("plan-ready", programme), {"plan": "implementation"})
    found = step(programme, "S1.5", day=recipes.START)
    assert [line.url for line in found.missing] == [url("resource-list", programme)]

    curator.post(
        url("resource-new", programme), {"title": "Кабинет", "kind": "material", "state": "there"}
    )

    assert step(programme, "S1.5", day=recipes.START).state == DONE
    late = step(programme, "S1.5", day=DAY)
    assert late.state == LATE and late.late[0].url.endswith("?state=late")
    assert curator.get(late.late[0].url).status_code == 200
    for item in programme.plan_items.filter(ended_on__lt=DAY):
        address = url("plan-item-state", programme, item.pk)
        version = curator.get(address).context["form"]["version"].value()
        data = {"state": "done", "done_on": "2026-10-23", "version": version}
        assert curator.post(address, data).status_code == 302
    assert step(programme, "S1.5", day=DAY).state == DONE


def test_a1_leader_of_the_project_group(curator, programme):
    assert "не начато" in task(curator, programme, "1. Назначить руководителя")
    recipes.group_member(programme, is_leader=True)
    assert "руководитель назван" in task(curator, programme, "1. Назначить руководителя")

    registered(programme, Kind.IMPLEMENTATION, "146-од")

    line = task(curator, programme, "1. Назначить руководителя")
    assert "готово" in line and "приказ о внедрении № 146-од от 09.11.2026" in line


def test_a2_members_of_the_project_group(curator, programme):
    recipes.group_member(programme, is_leader=True)
    registered(programme, Kind.IMPLEMENTATION)
    assert "добавить членов группы" in task(curator, programme, "2. Утвердить состав")

    recipes.group_member(programme)

    line = task(curator, programme, "2. Утвердить состав")
    assert "в группе: 2" in line and "готово" in line


def test_a3_concept_is_studied_by_each_member(curator, client_of, past):
    first = recipes.group_member(past, started_on=past.started_on)
    recipes.group_member(past, started_on=past.started_on)
    curator.post(url("concept-ready", past))
    assert "не хватает отметок об изучении: 8" in task(curator, past, "3. Изучить цель")
    materials = [material.pk for material in past.study_materials.all()]

    own = client_of(Role.TEACHER, person=first.person)
    own.post(reverse("my-study"), {"programme": past.pk, "materials": materials})
    assert "не хватает отметок об изучении: 4" in task(curator, past, "3. Изучить цель")
    members = [member.person_id for member in past.group.all()]
    sheet = {"people": members, "materials": materials, "studied_on": "2025-10-01"}
    curator.post(url("concept-record", past), sheet)

    assert "готово" in task(curator, past, "3. Изучить цель")
    assert "концепция изучена" in step(past, "S1.3", past.ended_on).facts


def test_a4_plan_is_made_considered_and_approved(curator, programme):
    line = task(curator, programme, "4. Разработать, рассмотреть и утвердить план")
    assert "составить план" in line and "протокол педсовета: составить" in line
    recipes.plan_item(programme, ended_on=programme.ended_on)
    registered(programme, Kind.MINUTES, "3")
    registered(programme, Kind.PLAN, "163-од")

    line = task(curator, programme, "4. Разработать, рассмотреть и утвердить план")
    assert "готово" in line and "приказ об утверждении плана № 163-од" in line


def test_a5_regulation_is_made_considered_and_approved(curator, programme):
    assert "Положение: составить" in task(curator, programme, "утвердить Положение")
    registered(programme, Kind.MINUTES, "3")
    registered(programme, Kind.REGULATION_ORDER, "164-од")

    line = task(curator, programme, "утвердить Положение")
    assert "готово" in line and "№ 164-од" in line


def test_a6_system_of_mentorship(curator, programme):
    assert "выбрать форму менторства" in task(curator, programme, "6. Разработать систему")
    programme.forms.add(programme.school.forms.get(code="F6"))
    assert "составить план менторства" in task(curator, programme, "6. Разработать систему")

    curator.post(url("plan-ready", programme), {"plan": "mentorship"})

    line = task(curator, programme, "6. Разработать систему")
    assert "готово" in line and "«директор – зам. директора»" in line


def test_a8_launch(curator, past):
    assert "приказ об утверждении плана: составить" in task(curator, past, "8. Запустить")
    order = registered(past, Kind.PLAN, "163-од", datetime.date(2025, 10, 15))
    line = task(curator, past, "8. Запустить")
    assert "готово" in line and "приказ о начале реализации № 163-од" in line

    order.pk, order.number, order.date = None, "170-од", datetime.date(2025, 10, 14)
    order.sequence = 170
    order.facts = {"start_on": "2026-05-25"}  # after the last day of the programme
    order.save(force_insert=True)

    assert "начало 25.05.2026" in task(curator, past, "8. Запустить")


@pytest.mark.parametrize("code", ["F1", "F2", "F3", "F4", "F5", "F6", "F7"])
def test_f1_to_f7_carry_their_words_and_let_the_school_change_them(curator, school, code):
    form = school.forms.get(code=code)
    address = reverse("catalogue-form", args=[form.pk])
    fields = curator.get(address).context["form"]
    said = {name: fields.initial[name] for name in ("goal", "task", "result", "measured", "scheme")}
    counts = {name: len(lines) for name, lines in said.items()}
    assert counts == {
        "F1": {"goal": 1, "task": 5, "result": 1, "measured": 5, "scheme": 0},
        "F2": {"goal": 1, "task": 6, "result": 1, "measured": 5, "scheme": 0},
        "F6": {"goal": 0, "task": 0, "result": 0, "measured": 0, "scheme": 3},
        "F7": {"goal": 0, "task": 0, "result": 0, "measured": 0, "scheme": 3},
    }.get(code, dict.fromkeys(counts, 0))

    data = {"task": "своя задача", "capacity": "4", "version": fields["version"].value()}
    assert curator.post(address, data).status_code == 302

    form.refresh_from_db()
    assert form.capacity == 4
    page = curator.get(reverse("catalogue")).content.decode()
    assert "своя задача" in page
    assert "не меняется" not in page and curator.get(address).status_code == 200


def test_f1_to_f7_unknown_form_is_not_found(curator, client_of, school):
    other = recipes.make_school(short_name="Другая")
    for pk in (999_999, other.forms.first().pk):
        assert curator.get(reverse("catalogue-form", args=[pk])).status_code == 404


def test_t1_five_mechanisms_are_parts_of_the_page(curator, programme):
    text = page(curator, programme)
    mechanisms = (
        "Нормативно-правовое оформление",
        "Планирование реализации и управление",
        "Организация системы наставничества",
        "Обеспечение ресурсами",
        "Психолого-педагогическое сопровождение",
    )
    assert [title for title in mechanisms if title in text] == list(mechanisms)
    recipes.teacher(programme.school, "Цой Анна Львовна", position="педагог-психолог")
    recipes.resource(programme, state="needed")
    recipes.mentee_in_base(programme)

    support = task(curator, programme, "Психолого-педагогическое")
    assert "Цой" in support and "наставляемых без пары: 1" in support
    assert "найти недостающие ресурсы: 1" in task(curator, programme, "Обеспечение ресурсами")


def test_t1_every_line_of_the_page_is_a_link_that_opens(curator, programme):
    import re

    recipes.plan_item(programme, ended_on=programme.started_on)
    links = set(re.findall(r'href="(/[^"]*)"', page(curator, programme).split("<main")[1]))

    assert len(links) > 10
    for link in links:
        assert curator.get(link.replace("&amp;", "&")).status_code == 200, link


def test_t1_page_asks_the_same_number_of_queries(curator, programme):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page(curator, programme)
        return len(found)

    def fill(number: int) -> None:
        for place in range(number):
            recipes.group_member(programme)
            recipes.plan_item(programme, f"пункт {number} {place}")
            recipes.resource(programme, f"ресурс {number} {place}")

    fill(1)
    one = queries()
    fill(60)
    assert queries() == one <= 18


def test_t1_page_is_the_offices_alone(client_of, programme):
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))
    assert stranger.get(url("preparation", programme)).status_code == 404
    assert client_of(Role.MENTEE).get(url("preparation", programme)).status_code == 403
