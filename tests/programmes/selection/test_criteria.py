"""Criteria of a programme and what mentees ask for. S4.1."""

import pytest
from django.urls import reverse

from programmes.models import Criterion
from tests import recipes


def new(client, programme, **data):
    values = {"title": "Лидерство", "weight": 3, "scale": 5, "hint": ""} | data
    return client.post(reverse("criterion-new", args=[programme.pk]) + "?form=F1", values)


def test_s4_1_ready_criteria_come_once_for_every_form_in_use(curator, programme):
    for _ in range(2):
        curator.post(reverse("criteria-ready", args=[programme.pk]))

    codes = set(programme.criteria.values_list("form__code", flat=True))
    assert codes == {"F1", "F2"}
    assert programme.criteria.count() == 12
    about = programme.criteria.get(form__code="F2", title__startswith="Компетенции")
    assert {category.audience for category in about.categories.all()} == {"teacher"}


@pytest.mark.parametrize(
    "wrong", [{"weight": 0}, {"weight": 6}, {"scale": 0}, {"scale": 11}, {"title": ""}]
)
def test_s4_1_weights_that_sum_to_nothing_and_wrong_scales_are_refused(curator, programme, wrong):
    assert new(curator, programme, **wrong).status_code == 422
    assert not Criterion.objects.exists()


def test_s4_1_the_same_criterion_twice_is_told(curator, programme):
    assert new(curator, programme).status_code == 302
    assert new(curator, programme).status_code == 422
    assert Criterion.objects.count() == 1


def test_s4_1_weights_stand_while_sheets_are_done(curator, programme):
    criterion = recipes.criterion(programme)
    candidate = recipes.mentor_in_base(programme, is_ready=False)
    assessor = recipes.assessor(programme)
    curator.post(
        reverse("selection-sheet", args=[programme.pk, candidate.pk, assessor.pk]),
        {f"points_{criterion.pk}": 3, "recommendation": "select", "done": "1"},
    )
    page = reverse("criterion-edit", args=[programme.pk, criterion.pk])
    version = curator.get(page).context["form"].now
    changed = {"title": criterion.title, "weight": 5, "scale": 5, "version": version}

    assert curator.post(page, changed).status_code == 422
    delete = reverse("criterion-delete", args=[programme.pk, criterion.pk])
    assert curator.post(delete).status_code == 422
    criterion.refresh_from_db()
    assert criterion.weight == 3
    assert curator.post(page, changed | {"weight": 3, "hint": "спросите"}).status_code == 302


def test_s4_1_demand_stands_beside_supply(curator, programme):
    math = programme.school.need_categories.get(title="математика и точные науки")
    sport = programme.school.need_categories.get(title="спорт")
    for _ in range(2):
        recipes.mentee_in_base(programme).categories.set([math, sport])
    recipes.mentor_in_base(programme).categories.add(math)

    lines = curator.get(reverse("selection-criteria", args=[programme.pk])).context["lines"]

    found = {line.category.pk: (line.asking, line.giving, line.is_short) for line in lines}
    assert found[math.pk] == (2, 1, False) and found[sport.pk] == (2, 0, True)


def test_s4_1_next_year_begins_with_the_criteria_of_the_school(curator, programme):
    recipes.criterion(programme, title="Свой критерий", weight=2, scale=10)
    following = recipes.make_programme(
        programme.school,
        started_on=programme.ended_on.replace(month=9),
        ended_on=programme.ended_on.replace(year=2028),
    )

    curator.post(reverse("criteria-ready", args=[following.pk]))

    own = following.criteria.filter(form__code="F1").values_list("title", "weight", "scale")
    assert list(own) == [("Свой критерий", 2, 10)]
    assert following.criteria.filter(form__code="F2").count() == 6
