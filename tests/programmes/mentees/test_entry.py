"""The card and the entry of the mentee base (S2.2)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.access import Role
from programmes.models import Mentee, NeedCategory, Rules
from tests import recipes


def category(school, title="математика и точные науки") -> NeedCategory:
    return school.need_categories.get(title=title)


def send(client, entry, **data):
    address = reverse("mentee-edit", args=[entry.programme_id, entry.pk])
    version = client.get(address).context["form"]["version"].value()
    return client.post(address, {"started_on": "2026-09-14", "version": version} | data)


def test_s2_2_entry_holds_categories_days_interests_and_forms(curator, programme):
    entry = recipes.mentee_in_base(programme)
    form = programme.forms.get(code="F1")

    send(
        curator, entry, need="дроби", categories=[category(programme.school).pk], days=["4", "2"],
        interests="шахматы", times="после уроков", forms=[form.pk], channel="psychologist",
    )  # fmt: skip

    entry.refresh_from_db()
    assert (entry.days, entry.channel, entry.interests) == ([2, 4], "psychologist", "шахматы")
    assert [c.title for c in entry.categories.all()] == ["математика и точные науки"]
    card = curator.get(reverse("mentee-card", args=[programme.pk, entry.pk])).content.decode()
    for words in ("математика и точные науки", "дроби", "вт, чт, после уроков", "шахматы"):
        assert words in card
    assert "педагог-психолог" in card and "категории запроса" in card  # the latter in the history


@pytest.mark.parametrize(
    "data",
    [
        {"days": ["0"]},
        {"days": ["7"]},
        {"days": ["вт"]},
        {"need": "м" * 10_000},
        {"channel": "crystal ball"},
        {"forms": ["99999999999999999999999", "5000"]},
    ],
)
def test_bad_input_is_told_and_changes_nothing(curator, programme, data):
    entry = recipes.mentee_in_base(programme, need="общение")

    answer = send(curator, entry, **({"need": "иное"} | data))

    entry.refresh_from_db()
    assert answer.status_code == 422 and entry.need == "общение" and entry.days == []


def test_category_of_another_school_or_of_teachers_is_refused(curator, programme):
    entry = recipes.mentee_in_base(programme)
    foreign = category(recipes.make_school(short_name="Другая"))
    for_teachers = category(programme.school, "профессиональное выгорание")

    for wrong in (foreign, for_teachers):
        assert send(curator, entry, categories=[wrong.pk]).status_code == 422
    assert not entry.categories.exists()


def test_stale_categories_and_days_are_shown_not_overwritten(curator, programme):
    entry = recipes.mentee_in_base(programme)
    address = reverse("mentee-edit", args=[programme.pk, entry.pk])
    version = curator.get(address).context["form"]["version"].value()
    send(curator, entry, days=["1"], categories=[category(programme.school).pk])

    answer = curator.post(address, {"started_on": "2026-09-14", "days": ["6"], "version": version})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "сохранено пн" in page and "сохранено математика и точные науки" in page
    entry.refresh_from_db()
    assert entry.days == [1] and entry.categories.count() == 1


def test_card_is_read_by_those_who_read_the_base(client_of, programme):
    entry = recipes.mentee_in_base(programme)
    address = reverse("mentee-card", args=[programme.pk, entry.pk])
    other = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))

    for role in (Role.DIRECTOR, Role.PSYCHOLOGIST):
        page = client_of(role).get(address).content.decode()
        assert entry.person.full_name in page and ">Изменить<" not in page
    assert client_of(Role.MENTOR).get(address).status_code == 403
    assert other.get(address).status_code == 404


def test_s2_2_list_is_narrowed_and_sorted(curator, programme):
    school = programme.school
    wanted = recipes.mentee_in_base(
        programme, recipes.pupil(school, "Яковлева Яна"), days=[2], channel="parent",
        started_on=datetime.date(2026, 10, 1),
    )  # fmt: skip
    wanted.categories.add(category(school))
    wanted.forms.add(programme.forms.get(code="F1"))
    other = recipes.mentee_in_base(programme, recipes.pupil(school, "Абрамов Олег"), days=[3])

    def names(**query):
        page = curator.get(reverse("mentee-list", args=[programme.pk]), query)
        return [entry.person.surname for entry, _, _ in page.context["rows"]]

    for query in (
        {"category": category(school).pk}, {"day": "2"}, {"form": "F1"}, {"channel": "parent"},
    ):  # fmt: skip
        assert names(**query) == ["Яковлева"], query
    assert names(category="none") == [other.person.surname]
    assert names() == ["Абрамов", "Яковлева"] and names(sort="new") == ["Яковлева", "Абрамов"]
    assert names(category="x", day="9", form="F9", sort="spell") == ["Абрамов", "Яковлева"]


def test_hints_are_found_and_explained(curator, programme):
    young = recipes.mentee_in_base(
        programme, recipes.pupil(programme.school, birth_date=datetime.date(2017, 9, 15))
    )
    fine = recipes.mentee_in_base(
        programme, recipes.pupil(programme.school, birth_date=datetime.date(2013, 9, 15))
    )

    page = curator.get(reverse("mentee-list", args=[programme.pk]), {"hint": "yes"})
    card = curator.get(reverse("mentee-card", args=[programme.pk, young.pk])).content.decode()

    assert [entry for entry, _, _ in page.context["rows"]] == [young] and fine != young
    assert "возраст 8" in card and "10–19 лет" in card and reverse("rules") in card


DAYS = st.dates(datetime.date(1960, 1, 1), datetime.date(2026, 9, 1))


@given(
    birth=st.none() | DAYS,
    work=st.none() | DAYS,
    kind=st.sampled_from(["pupil", "teacher"]),
    is_new=st.booleans(),
    start=st.dates(datetime.date(2026, 9, 14), datetime.date(2027, 5, 21)),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_those_with_hints_are_found_by_the_database_too(
    programme, birth, work, kind, is_new, start
):
    make = recipes.pupil if kind == "pupil" else recipes.teacher
    person = make(programme.school, birth_date=birth, started_work_on=work)
    entry = recipes.mentee_in_base(programme, person, started_on=start, is_new_here=is_new)

    found = Mentee.objects.with_hints().filter(pk=entry.pk).exists()

    assert found == bool(entry.hints(Rules()))


def test_card_asks_as_much_for_one_pair_as_for_many(curator, programme):
    mentor = recipes.confirmed_pair(programme).mentor
    entry = programme.mentors.get(person=mentor)
    address = reverse("mentor-card", args=[programme.pk, entry.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            curator.get(address)
        return len(found)

    few = queries()
    for _ in range(2):
        recipes.confirmed_pair(programme, mentor=mentor)
    assert queries() == few
