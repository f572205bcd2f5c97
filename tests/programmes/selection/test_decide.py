"""Decisions on candidates, and who may be appointed. S4.1, S4.2."""

import datetime

import pytest
from django.urls import reverse

from documents.models import Document
from documents.registry import issuing, life
from documents.registry.models import Kind
from pairs.formation import forming
from pairs.models import Pair
from programmes.access import Role
from programmes.models import Decision, Rules, Waiver
from programmes.readiness import ready_to_lead
from programmes.refusal import Refusal
from programmes.selection import deciding
from programmes.training import courses
from tests import recipes

DAY = datetime.date(2026, 11, 9)


@pytest.fixture
def candidate(programme):
    return recipes.mentor_in_base(programme, is_ready=False)


def decide(client, programme, *people, name="selection-decide", **data):
    values = {"people": [p.pk for p in people], "outcome": "selected", "day": "2026-10-21"}
    return client.post(reverse(name, args=[programme.pk]), values | {"reason": "умеет"} | data)


def test_s4_1_many_are_decided_at_once_and_twice_is_as_once(curator, programme):
    people = [recipes.mentor_in_base(programme, is_ready=False).person for _ in range(3)]
    for _ in range(2):
        assert decide(curator, programme, *people).status_code == 302

    assert Decision.objects.count() == 3
    assert set(Decision.objects.values_list("by_name", flat=True)) != {""}


@pytest.mark.parametrize(
    "wrong",
    [{"reason": " "}, {"outcome": "maybe"}, {"day": "2036-01-01"}, {"day": ""}, {"people": []}],
)
def test_s4_1_a_decision_needs_reason_and_a_day_that_has_come(curator, candidate, wrong):
    assert decide(curator, candidate.programme, candidate.person, **wrong).status_code == 422
    assert not Decision.objects.exists()


def test_s4_1_nobody_outside_the_base_or_the_school_is_decided_on(curator, programme):
    outsider = recipes.pupil(programme.school)
    stranger = recipes.pupil(recipes.make_school(short_name="Другая"))

    assert decide(curator, programme, outsider).status_code == 422
    assert decide(curator, programme, stranger).status_code == 422
    assert not Decision.objects.exists()


def test_s4_1_a_later_decision_does_not_change_what_held_before(curator, candidate):
    programme, who = candidate.programme, candidate.person
    recipes.trained(programme, who)
    decide(curator, programme, who)
    decide(curator, programme, who, outcome="rejected", reason="отказ", day="2026-11-20")

    assert ready_to_lead(programme, [who], DAY) == {who.pk: []}
    later = ready_to_lead(programme, [who], datetime.date(2026, 11, 20))
    assert later[who.pk] == ["не отобран (решение 20.11.2026)"]
    assert decide(curator, programme, who, day="2026-10-01").status_code == 422


def test_s4_2_a_pair_is_drafted_but_not_confirmed_without_selection(curator, candidate):
    pair = recipes.draft_pair(candidate.programme, candidate.person, on=DAY)

    with pytest.raises(Refusal, match="нет решения об отборе, нет пройденного обучения") as refusal:
        forming.confirm_pairs(candidate.programme, [pair], DAY)

    assert str(candidate.person) in refusal.value.messages[0]
    assert refusal.value.messages[0].url.startswith(
        reverse("selection", args=[candidate.programme_id])
    )
    answer = curator.post(
        reverse("pair-confirm", args=[candidate.programme_id]),
        {"pairs": pair.pk, "on": DAY.isoformat()},
    )
    assert refusal.value.messages[0].url in answer.content.decode()
    assert not Pair.objects.filter(state=Pair.State.CONFIRMED).exists()


def test_s4_2_the_curator_lets_somebody_in_with_a_reason_that_stays(curator, candidate):
    programme, who = candidate.programme, candidate.person
    assert decide(curator, programme, who, name="selection-let-in", reason="").status_code == 422
    for _ in range(2):
        answer = decide(
            curator,
            programme,
            who,
            name="selection-let-in",
            reason="обучен в институте",
            outcome="",
        )
        assert answer.status_code == 302

    waiver = Waiver.objects.get()
    assert waiver.reason == "обучен в институте" and waiver.by_name
    pair = recipes.draft_pair(programme, who, on=DAY)
    assert forming.confirm_pairs(programme, [pair], DAY)
    page = curator.get(reverse("selection-candidate", args=[programme.pk, candidate.pk]))
    assert "обучен в институте" in page.content.decode()


def test_s4_2_a_later_decision_against_somebody_takes_the_leave_back(curator, candidate):
    programme, who = candidate.programme, candidate.person
    recipes.selected(programme, who, decided_on=datetime.date(2026, 9, 14))
    day = datetime.date(2026, 9, 20)
    deciding.let_in(programme, [who], "обучен в институте", day, None)
    assert not ready_to_lead(programme, [who], DAY)[who.pk]

    deciding.decide(programme, [who], "rejected", "отказ", datetime.date(2026, 10, 20), None)

    assert ready_to_lead(programme, [who], DAY)[who.pk][0].startswith("не отобран")


@pytest.mark.parametrize("day", [datetime.date(2026, 9, 13), datetime.date(2099, 1, 1)])
def test_s4_2_nobody_is_let_in_on_an_impossible_day(candidate, day):
    with pytest.raises(Refusal):
        deciding.let_in(candidate.programme, [candidate.person], "причина", day, None)

    assert not Waiver.objects.exists()


def test_s4_2_a_new_mentor_of_a_pair_has_to_be_ready_too(candidate):
    pair = recipes.confirmed_pair(candidate.programme, on=DAY)
    on = DAY + datetime.timedelta(days=1)

    with pytest.raises(Refusal, match="нет пройденного обучения"):
        forming.change_mentor(pair, candidate.person, on, "болезнь")


def test_s4_2_d6_is_drafted_but_not_registered_without_selection_and_a_place_on_a_course(
    curator, candidate
):
    """Clause 4 of the order sets the days of the training, so a place is enough for it."""
    programme = candidate.programme
    recipes.selected(programme, candidate.person)
    order = order_on_appointment(programme)

    page = curator.get(reverse("document-detail", args=[order.pk])).content.decode()
    assert "ни записи на курс" in page
    with pytest.raises(Refusal, match="ни записи на курс"):
        issuing.register(order, None)
    assert not Document.objects.get(pk=order.pk).number

    courses.enrol(recipes.own_course(programme), [candidate.person])
    assert issuing.register(order, None).number


def test_s4_2_a_school_may_do_without(candidate):
    Rules.objects.create(school=candidate.programme.school, asks_training=False)

    assert issuing.register(order_on_appointment(candidate.programme), None).number


def test_s4_2_an_order_that_was_registered_once_is_loaded_as_it_was(candidate):
    order = order_on_appointment(candidate.programme)

    issued = issuing.issue_as_recorded(order, number="200-од", date=order.date, by=None)

    assert issued.number == "200-од"


def order_on_appointment(programme) -> Document:
    recipes.head_of(programme.school)
    recipes.curator_of(programme)
    for kind, number in ((Kind.PLAN, "163-од"), (Kind.REGULATION_ORDER, "164-од")):
        issuing.register_by_hand(
            programme.school,
            kind=kind,
            title="",
            date=datetime.date(2026, 10, 15),
            number=number,
            programme=programme,
        )
    order = life.open_draft(programme, Kind.APPOINTMENT, None)
    order.date = datetime.date(2026, 10, 22)
    order.facts |= {"training_from": "2026-10-26", "training_to": "2026-10-30"}
    order.save()
    return order


@pytest.mark.parametrize("count", [1, 30])
def test_s4_2_asking_for_many_takes_as_many_queries_as_for_one(
    django_assert_num_queries, programme, count
):
    people = [recipes.mentor_in_base(programme).person for _ in range(count)]

    with django_assert_num_queries(4):
        ready = ready_to_lead(programme, people, DAY)

    assert len(ready) == count and not any(ready.values())


def test_s4_1_only_the_curator_decides(client_of, candidate):
    director = client_of(Role.DIRECTOR)

    assert decide(director, candidate.programme, candidate.person).status_code == 403
    assert not Decision.objects.exists()
