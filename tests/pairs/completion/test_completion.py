"""Pairs closed with results, the final event, stories, the reserve (S7.4, S7.5; D8)."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.registry import life
from documents.registry.models import Kind
from pairs.models import Case, FinalEvent, Pair, ReserveEntry, Route
from programmes.consents import recording
from programmes.models import Mentor
from tests import recipes, recipes_finish, recipes_routes

DAY = "2026-11-25"


def test_s7_4_pairs_end_with_the_result_of_the_route(curator, programme, pair):
    route = recipes_routes.route(pair, state="approved")
    address = reverse("close-pairs", args=[programme.pk])
    form = {"pairs": pair.pk, "on": DAY}
    assert curator.post(address, form).status_code == 422  # no outcome
    pair.refresh_from_db()
    assert pair.is_confirmed
    form |= {f"outcome-{route.pk}": "reached", f"summary-{route.pk}": "оценка 4"}
    assert curator.post(address, form).status_code == 302
    assert curator.post(address, form).status_code == 302  # twice is as once
    route = Route.objects.get()
    assert (route.state, route.outcome, route.summary) == ("closed", "reached", "оценка 4")
    pair.refresh_from_db()
    assert pair.is_ended and pair.ended_on == datetime.date(2026, 11, 25)


def test_s7_4_all_pairs_or_none(curator, programme, pair):
    other = recipes.confirmed_pair(programme)
    recipes_routes.route(other, state="approved")
    answer = curator.post(
        reverse("close-pairs", args=[programme.pk]), {"pairs": [pair.pk, other.pk], "on": DAY}
    )
    assert answer.status_code == 422
    assert Pair.objects.confirmed().count() == 2


def test_s7_4_not_in_the_future(curator, programme, pair):
    answer = curator.post(
        reverse("close-pairs", args=[programme.pk]), {"pairs": pair.pk, "on": "2026-11-26"}
    )
    assert answer.status_code == 422 and Pair.objects.confirmed().exists()


def test_s7_4_the_final_event_is_planned_and_printed(curator, programme, pair):
    address = reverse("final-event", args=[programme.pk])
    form = {"title": "Праздник", "held_on": "2027-05-21", "pairs": pair.pk}
    assert curator.post(address, form | {"agenda": "без времени"}).status_code == 422
    assert curator.post(address, form | {"agenda": "15:00 Открытие"}).status_code == 302
    assert list(FinalEvent.objects.get().pairs.all()) == [pair]
    page = curator.get(reverse("event-sheet", args=[programme.pk])).content.decode()
    assert "Открытие" in page and str(pair) in page


def test_d8_a_new_order_starts_from_the_final_event(programme, pair):
    other = recipes.confirmed_pair(programme)
    event = recipes_finish.final_event(programme)
    event.pairs.set([pair])
    draft = life.open_draft(programme, Kind.FINAL_EVENT, None)
    assert draft.facts["event_on"] == "2027-05-21"
    assert draft.facts["pairs"] == [{"pair": other.pk}]


def test_s7_4_a_story_is_published_with_the_consent_of_all_and_hides_at_once(
    curator, mentor, programme, pair, today
):
    form = {"pair": pair.pk, "title": "Дроби", "text": "Было трудно, стало легче."}
    assert mentor.post(reverse("case-new", args=[programme.pk]), form).status_code == 302
    case = Case.objects.get()
    mentor.post(reverse("case-ready", args=[case.pk]))
    publish = reverse("case-publish", args=[case.pk])
    assert curator.post(publish).status_code == 422
    consent = recipes_finish.may_be_shown(pair.mentor, "name", "story")
    assert curator.post(publish).status_code == 422  # the mentee has not consented
    recipes_finish.may_be_shown(pair.current_mentees[0], "name", "story")
    assert curator.post(publish).status_code == 302

    reader = reverse("case-list", args=[programme.pk])
    assert curator.get(reader).context["page"][0][1] is True
    recording.withdraw(consent, today, "передумали")
    assert curator.get(reader).context["page"][0][1] is False


def test_s7_4_a_changed_story_is_a_draft_again(curator, pair):
    case = recipes_finish.case(pair, "published")
    page = curator.get(reverse("case-edit", args=[case.pk]))
    form = {
        "pair": pair.pk,
        "title": case.title,
        "text": "Другое.",
        "version": page.context["form"]["version"].value(),
    }
    assert curator.post(reverse("case-edit", args=[case.pk]), form).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.published_on) == ("draft", None)


def test_s7_5_the_reserve_is_filled_from_ended_pairs_once(curator, programme, pair):
    from pairs.formation import forming

    forming.end(pair, datetime.date(2026, 11, 25), "Программа завершена")
    for _ in range(2):
        curator.post(reverse("reserve-fill", args=[programme.pk]))
    entry = ReserveEntry.objects.get()
    assert (entry.person, entry.came_as, entry.programme) == (pair.mentor, "mentor", programme)


def test_s7_5_a_former_mentee_becomes_a_candidate_in_one_action(curator, programme, pair):
    mentee = pair.current_mentees[0]
    entry = recipes_finish.in_reserve(mentee, came_as="mentee")
    address = reverse("reserve-candidate", args=[entry.pk])
    for _ in range(2):
        assert curator.post(address, {"programme": programme.pk}).status_code == 302
    assert Mentor.objects.filter(programme=programme, person=mentee).count() == 1


def test_s7_5_nobody_becomes_a_candidate_without_consent(curator, school, programme, today):
    entry = recipes_finish.in_reserve(recipes.pupil(school, grade=10, has_consents=False))
    answer = curator.post(
        reverse("reserve-candidate", args=[entry.pk]), {"programme": programme.pk}
    )
    assert answer.status_code == 422 and "согласия" in answer.content.decode()
    assert not Mentor.objects.exists()


def test_s7_4_s7_5_as_many_queries_for_many(curator, programme, pair):
    def rows(one):
        recipes_routes.route(one, state="approved")
        recipes_finish.case(one, "published")
        recipes_finish.in_reserve(one.mentor)

    addresses = [
        reverse("completion", args=[programme.pk]),
        reverse("case-list", args=[programme.pk]),
        reverse("reserve"),
    ]

    def count():
        with CaptureQueriesContext(connection) as seen:
            for address in addresses:
                assert curator.get(address).status_code == 200
        return len(seen)

    rows(pair)
    count()
    before = count()
    for _ in range(3):
        rows(recipes.confirmed_pair(programme))
    assert count() == before
