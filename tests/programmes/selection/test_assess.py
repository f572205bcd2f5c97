"""Assessors and their sheets. S4.1."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from programmes.access import Role
from programmes.models import Assessor, Score, Sheet
from tests import recipes


@pytest.fixture
def criteria(programme):
    return [recipes.criterion(programme), recipes.criterion(programme, scale=10, weight=5)]


@pytest.fixture
def candidate(programme):
    return recipes.mentor_in_base(programme, is_ready=False)


@pytest.fixture
def assessor(programme):
    return recipes.assessor(programme)


def page_of(candidate, assessor):
    return reverse("selection-sheet", args=[candidate.programme_id, candidate.pk, assessor.pk])


def version_of(client, page):
    return {"version": client.get(page).context["form"].now}


def points(criteria, *values):
    return {f"points_{c.pk}": v for c, v in zip(criteria, values, strict=True)}


def test_s4_1_an_incomplete_sheet_is_kept_as_a_draft_only(client_of, criteria, candidate, assessor):
    client = client_of(Role.TEACHER, person=assessor.person)
    page = page_of(candidate, assessor)

    assert client.post(page, points(criteria, "", 7) | {"remark": "Хорошо"}).status_code == 302
    sheet = Sheet.objects.get()
    again = points(criteria, "", 7) | version_of(client, page)
    refused = client.post(page, again | {"done": "1"})

    assert refused.status_code == 422 and "поставьте баллы" in refused.content.decode()
    assert not sheet.is_done and [score.value for score in sheet.scores.all()] == [7]


@pytest.mark.parametrize("value", ["6", "-1", "2.5", "много"])
def test_s4_1_points_beyond_the_scale_are_refused(curator, criteria, candidate, assessor, value):
    answer = curator.post(page_of(candidate, assessor), points(criteria, value, 3))

    assert answer.status_code == 422 and not Sheet.objects.exists()


def test_s4_1_the_database_refuses_points_beyond_the_scale(criteria, candidate, assessor, curator):
    curator.post(page_of(candidate, assessor), points(criteria, 3, 3))
    score = Score.objects.get(criterion=criteria[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(value=6)


def test_s4_1_nobody_assesses_oneself_or_for_somebody_else(
    client_of, curator, programme, criteria, candidate
):
    teacher = recipes.teacher(programme.school)
    own = recipes.mentor_in_base(programme, teacher, is_ready=False)
    assessor = recipes.assessor(programme, teacher)
    client = client_of(Role.TEACHER, person=teacher)
    other = recipes.assessor(programme)

    assert client.get(page_of(own, assessor)).status_code == 404
    assert curator.get(page_of(own, assessor)).status_code == 404
    assert client.post(page_of(candidate, other), points(criteria, 3, 3)).status_code == 404
    assert not Sheet.objects.exists()


def test_s4_1_a_sheet_can_be_changed_until_the_decision(client_of, criteria, candidate, assessor):
    client = client_of(Role.PSYCHOLOGIST, person=assessor.person)
    page = page_of(candidate, assessor)
    whole = points(criteria, 3, 3) | {"recommendation": "select", "done": "1"}
    client.post(page, whole)
    client.post(page, whole | points(criteria, 4, 4) | version_of(client, page))
    recipes.selected(candidate.programme, candidate.person)

    refused = client.post(page, whole | points(criteria, 5, 5) | version_of(client, page))

    assert refused.status_code == 422
    assert {score.value for score in Score.objects.all()} == {4}


def test_s4_1_the_same_sheet_twice_is_stored_once(curator, criteria, candidate, assessor):
    whole = points(criteria, 3, 3) | {"recommendation": "select", "done": "1"}
    for _ in range(2):
        curator.post(page_of(candidate, assessor), whole)

    assert Sheet.objects.count() == 1 and Score.objects.count() == 2
    assert Sheet.objects.get().history.count() == 2  # made, then filled


def test_s4_1_an_assessor_of_another_school_is_refused(curator, programme):
    stranger = recipes.teacher(recipes.make_school(short_name="Другая"))

    answer = curator.post(
        reverse("assessor-add", args=[programme.pk]),
        {"people": stranger.pk, "started_on": "2026-09-14"},
    )

    assert answer.status_code == 422 and not Assessor.objects.exists()


def test_s4_1_an_assessor_finds_the_way_in_the_menu(client_of, programme, assessor):
    mine = client_of(Role.TEACHER, person=assessor.person).get(reverse("my-selection"))
    others = client_of(Role.TEACHER, person=recipes.teacher(programme.school))

    assert reverse("my-selection") in [item.url for item in mine.context["menu"]]
    menu = others.get(reverse("my-pairs")).context["menu"]
    assert reverse("my-selection") not in [item.url for item in menu]


def test_s4_1_curator_and_assessor_do_not_undo_each_other(
    client_of, curator, criteria, candidate, assessor
):
    client = client_of(Role.TEACHER, person=assessor.person)
    page = page_of(candidate, assessor)
    opened = version_of(curator, page)
    client.post(page, points(criteria, 4, 9))

    answer = curator.post(page, points(criteria, 1, 1) | opened)
    again = curator.post(page, points(criteria, 1, 1) | {"version": answer.context["form"].now})

    assert answer.status_code == 409 and "сохранено 9" in answer.content.decode()
    assert again.status_code == 302
    assert {score.value for score in Score.objects.all()} == {1}
