"""Forming pairs: capacity, no pair twice, confirm, end, change of mentor (S5.1)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.models import Pair
from programmes.access import Role
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def propose(client, programme, mentor, *mentees, code="F1", on=DAY):
    return client.post(
        reverse("pair-new", args=[programme.pk]),
        {
            "form": programme.forms.get(code=code).pk,
            "mentor": mentor.pk,
            "mentees": [m.pk for m in mentees],
            "on": on.isoformat(),
        },
    )


@pytest.fixture
def mentor(programme):
    return recipes.mentor_in_base(programme, capacity=2).person


@pytest.fixture
def mentees(programme):
    return [recipes.mentee_in_base(programme).person for _ in range(3)]


def test_s5_1_a_draft_is_confirmed_and_a_group_is_one(curator, programme, mentor, mentees):
    assert propose(curator, programme, mentor, *mentees[:2]).status_code == 302
    draft = Pair.objects.get()
    assert draft.is_draft and draft.is_group

    curator.post(
        reverse("pair-confirm", args=[programme.pk]),
        {"pairs": [draft.pk], "on": "2026-11-10"},
    )

    draft.refresh_from_db()
    assert draft.is_confirmed and draft.started_on == datetime.date(2026, 11, 10)
    assert {p.started_on for p in draft.mentees.all()} == {datetime.date(2026, 11, 10)}


def test_s5_1_capacity_is_checked_and_nothing_typed_is_lost(curator, programme, mentor, mentees):
    answer = propose(curator, programme, mentor, *mentees)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "мест: 2, занято: 0, нужно ещё: 3" in page
    assert page.count("checked") == 4
    assert not Pair.objects.exists()


def test_the_same_pair_twice_is_refused(curator, programme, mentor, mentees):
    propose(curator, programme, mentor, mentees[0])
    again = propose(curator, programme, mentor, mentees[0])

    assert again.status_code == 422 and "уже в паре" in again.content.decode()
    assert Pair.objects.count() == 1


def test_nobody_mentors_themselves_and_forms_must_fit(curator, programme, mentor):
    recipes.mentee_in_base(programme, mentor)
    assert "самому себе" in propose(curator, programme, mentor, mentor).content.decode()

    adult = recipes.mentee_in_base(programme, recipes.teacher(programme.school)).person
    assert "не подходит" in propose(curator, programme, mentor, adult).content.decode()
    assert not Pair.objects.exists()


def test_confirming_twice_changes_nothing(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)

    answer = curator.post(
        reverse("pair-confirm", args=[programme.pk]), {"pairs": [pair.pk], "on": "2026-12-01"}
    )

    assert answer.status_code == 422
    pair.refresh_from_db()
    assert pair.started_on == DAY


def test_ended_pair_keeps_its_reason_and_frees_the_mentee(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    mentee = pair.current_mentees[0]

    curator.post(
        reverse("pair-end", args=[pair.pk]),
        {"on": "2026-12-01", "reason": "other", "words": "переезд"},
    )

    pair.refresh_from_db()
    assert (pair.state, pair.end_reason) == ("ended", "переезд")
    queue = curator.get(reverse("unpaired-list", args=[programme.pk])).content.decode()
    assert mentee.full_name in queue


def test_mentor_is_changed_in_one_action_with_history(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    former = pair.mentor
    new = recipes.mentor_in_base(programme).person

    curator.post(
        reverse("pair-change-mentor", args=[pair.pk]),
        {"mentor": new.pk, "on": "2026-12-01", "reason": "по просьбе наставника"},
    )

    pair = Pair.objects.with_people().get(pk=pair.pk)
    assert pair.mentor_on(datetime.date(2026, 11, 30)) == former
    assert pair.mentor_on(datetime.date(2026, 12, 1)) == new
    assert [p.end_reason for p in pair.mentors.all()] == ["по просьбе наставника", ""]


def test_change_over_capacity_is_refused(curator, programme):
    pair = recipes.confirmed_pair(programme, on=DAY)
    full = recipes.mentor_in_base(programme, capacity=1).person
    recipes.draft_pair(programme, mentor=full)

    answer = curator.post(
        reverse("pair-change-mentor", args=[pair.pk]),
        {"mentor": full.pk, "on": "2026-12-01", "reason": "по просьбе наставника"},
    )

    assert answer.status_code == 422 and "мест: 1" in answer.content.decode()
    assert pair.mentors.count() == 1


def test_participants_see_their_own_pair_only(client_of, programme):
    pair, other = recipes.confirmed_pair(programme), recipes.confirmed_pair(programme)
    client = client_of(Role.MENTOR, person=pair.mentor)

    page = client.get(reverse("my-pairs")).content.decode()

    assert reverse("pair-detail", args=[pair.pk]) in page
    assert client.get(reverse("pair-detail", args=[pair.pk])).status_code == 200
    assert client.get(reverse("pair-detail", args=[other.pk])).status_code == 404


def test_queries_do_not_grow_with_pairs(curator, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            curator.get(reverse("pair-list", args=[programme.pk]))
        return len(found)

    recipes.confirmed_pair(programme)
    recipes.draft_pair(programme)
    few = queries()
    for _ in range(30):
        recipes.confirmed_pair(programme)

    assert queries() == few <= 17


def test_reasons_are_told_in_words(curator, programme):
    recipes.mentor_in_base(programme, competences="математика, спорт")
    mentee = recipes.mentee_in_base(programme, need="математике").person

    page = curator.get(
        reverse("pair-new", args=[programme.pk]), {"mentees": mentee.pk}
    ).content.decode()

    assert "запрос «математике» ↔ компетенция «математика»" in page


def confirm(client, programme, *pairs, on=""):
    return client.post(
        reverse("pair-confirm", args=[programme.pk]), {"pairs": [p.pk for p in pairs], "on": on}
    )


def test_day_named_when_proposing_is_shown_and_offered(curator, programme):
    draft = recipes.draft_pair(programme, on=DAY)

    listed = curator.get(reverse("pair-list", args=[programme.pk]))
    opened = curator.get(reverse("pair-detail", args=[draft.pk]))

    assert "с 09.11.2026" in listed.content.decode()
    assert listed.context["form"]["on"].value() == DAY
    assert "начнёт работать 9 ноября 2026" in opened.content.decode()
    assert opened.context["forms"]["confirm"]["on"].value() == DAY


def test_drafts_of_one_day_are_confirmed_from_it_without_asking_again(curator, programme):
    first, second = (recipes.draft_pair(programme, on=DAY) for _ in range(2))
    other = recipes.draft_pair(programme, on=datetime.date(2026, 11, 16))
    page = curator.get(reverse("pair-list", args=[programme.pk]))
    assert page.context["form"]["on"].value() is None  # not the same for all

    for _ in range(2):  # a second click changes nothing
        assert confirm(curator, programme, first, second).status_code == 302

    states = dict(Pair.objects.values_list("pk", "started_on"))
    assert states == {first.pk: DAY, second.pk: DAY, other.pk: None}


def test_drafts_of_different_days_need_one_day_for_all(curator, programme):
    first = recipes.draft_pair(programme, on=DAY)
    second = recipes.draft_pair(programme, on=datetime.date(2026, 11, 16))

    answer = confirm(curator, programme, first, second)

    page = answer.content.decode()
    assert answer.status_code == 422 and "разные дни начала" in page
    assert page.count(" checked") == 2 and not Pair.objects.confirmed().exists()
    assert confirm(curator, programme, first, second, on="2026-11-16").status_code == 302
    assert Pair.objects.confirmed().count() == 2
