"""The scheme of awards, decisions and giving (S6.6, S7.3; M5–M10)."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.awards import deeds, proposing
from pairs.models import Award, AwardRule
from programmes.models import GivenMeasure
from tests import recipes, recipes_finish, recipes_routes

DAY = "2026-11-25"


def url(name, programme, *more):
    return reverse(name, args=[programme.pk, *more])


def test_s6_6_the_ready_scheme_comes_in_one_click_and_once(curator, programme, today):
    for _ in range(2):
        assert curator.post(url("award-rules-ready", programme)).status_code == 302
    assert programme.award_rules.count() == len(deeds.READY)


def test_s6_6_a_counted_line_needs_a_threshold(curator, programme, today):
    form = {"title": "Встречи", "criterion": "meetings", "kind": "badge"}
    assert curator.post(url("award-rule-new", programme), form).status_code == 422
    assert (
        curator.post(url("award-rule-new", programme), form | {"threshold": "5"}).status_code == 302
    )
    assert AwardRule.objects.get().threshold == 5
    assert (
        curator.post(
            url("award-rule-new", programme),
            form | {"title": "Шаги", "criterion": "steps", "threshold": "101"},
        ).status_code
        == 422
    )


def test_s6_6_a_changed_line_is_not_put_back(curator, programme, today):
    rule = recipes_finish.rule(programme)
    page = curator.get(reverse("award-rule-edit", args=[rule.pk]))
    version = page.context["form"]["version"].value()
    AwardRule.objects.update(title="Новое")
    form = {"title": "Старое", "criterion": "meetings", "threshold": "1", "kind": "badge"}
    answer = curator.post(reverse("award-rule-edit", args=[rule.pk]), form | {"version": version})
    assert answer.status_code == 409
    assert AwardRule.objects.get().title == "Новое"


def test_s6_6_proposals_come_from_the_data_with_the_words_why(curator, programme, pair):
    recipes_finish.rule(programme, "meetings", 3)
    recipes_finish.rule(programme, "steps", 50, "badge")
    recipes_finish.held(pair, 2)
    assert proposing.proposals(programme) == []

    recipes_finish.held(pair, 1)
    route = recipes_routes.route(pair, "Раз", "Два", state="approved")
    route.steps.filter(title="Раз").update(state="done", done_on="2026-11-20")

    page = curator.get(url("award-list", programme))
    assert [p.rule.kind for p in page.context["proposals"]] == ["diploma", "badge"]
    assert "встреч 3, маршрут выполнен на 50 %" in page.content.decode()


def test_s6_6_an_outcome_and_reports_in_time_are_seen(programme, pair):
    recipes_finish.rule(programme, "outcome", kind="gift")
    recipes_finish.rule(programme, "reports", kind="badge")
    programme.report_terms.create(kind="interim", due_on="2026-11-20")
    recipes_routes.route(
        pair, state="closed", outcome="reached", summary="да", closed_on="2026-11-20"
    )
    report = recipes_routes.report(pair, state="sent")
    assert [p.rule.kind for p in proposing.proposals(programme)] == ["gift", "badge"]
    type(report).objects.update(sent_on="2026-11-21")
    assert [p.rule.kind for p in proposing.proposals(programme)] == ["gift"]


def test_s6_6_decided_many_at_once_and_not_proposed_again(curator, programme, pair):
    other = recipes.confirmed_pair(programme)
    recipes_finish.rule(programme)
    for one in (pair, other):
        recipes_finish.held(one, 1)
    keys = [p.key for p in proposing.proposals(programme)]
    for _ in range(2):
        answer = curator.post(url("award-decide", programme), {"proposals": keys})
        assert answer.status_code == 302
    assert Award.objects.filter(state="decided").count() == 2
    assert proposing.proposals(programme) == []


def test_s6_6_declined_with_a_reason_only(curator, programme, pair):
    recipes_finish.rule(programme)
    recipes_finish.held(pair, 1)
    form = {"proposals": [p.key for p in proposing.proposals(programme)], "decline": "1"}
    assert curator.post(url("award-decide", programme), form).status_code == 422
    assert not Award.objects.exists()
    curator.post(url("award-decide", programme), form | {"why": "был перерыв"})
    assert Award.objects.get().why == "был перерыв"


def test_s7_3_given_once_is_kept_among_the_given_measures(curator, programme, pair):
    award = recipes_finish.award(pair)
    for _ in range(2):
        answer = curator.post(url("award-give", programme), {"awards": award.pk, "given_on": DAY})
        assert answer.status_code == 302
    award.refresh_from_db()
    assert award.is_given and award.given_on == datetime.date(2026, 11, 25)
    given = GivenMeasure.objects.get()
    assert (given.measure.code, given.person) == ("M5", pair.mentor)

    curator.post(reverse("award-not-given", args=[award.pk]))
    assert not GivenMeasure.objects.exists()


def test_s7_3_not_given_in_the_future(curator, programme, pair):
    award = recipes_finish.award(pair)
    form = {"awards": award.pk, "given_on": "2026-11-26"}
    answer = curator.post(url("award-give", programme), form)
    assert answer.status_code == 422 and "ещё не наступило" in answer.content.decode()
    award.refresh_from_db()
    assert not award.is_given


def test_m7_nobody_stands_on_the_board_of_honour_without_consent(curator, programme, pair):
    award = recipes_finish.award(pair, "board")
    form = {"awards": award.pk, "given_on": DAY}
    answer = curator.post(url("award-give", programme), form)
    assert answer.status_code == 422 and "распространение" in answer.content.decode()
    recipes_finish.may_be_shown(pair.mentor, "name")
    assert curator.post(url("award-give", programme), form).status_code == 302


def test_s7_3_by_hand_twice_is_as_once_and_parents_only_of_pupils(curator, programme, pair):
    form = {"person": pair.mentor.pk, "kind": "gift", "reason": "Помог с праздником"}
    for _ in range(2):
        assert curator.post(url("award-new", programme), form).status_code == 302
    assert Award.objects.count() == 1
    type(pair.mentor).objects.filter(pk=pair.mentor.pk).update(kind="teacher")
    assert curator.post(url("award-new", programme), form | {"kind": "parents"}).status_code == 422


def test_s7_3_a_given_award_is_not_removed(curator, programme, pair):
    award = recipes_finish.award(pair, state="given")
    assert curator.post(reverse("award-remove", args=[award.pk])).status_code == 422
    curator.post(reverse("award-not-given", args=[award.pk]))
    assert curator.post(reverse("award-remove", args=[award.pk])).status_code == 302
    assert not Award.objects.exists()


def queries(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_s7_3_the_list_takes_as_many_queries_for_many(curator, programme, pair):
    recipes_finish.rule(programme)
    recipes_finish.rule(programme, "steps", 1, "badge")
    recipes_finish.held(pair, 1)
    recipes_finish.award(pair, "gift")
    address = url("award-list", programme)
    curator.get(address)
    before = queries(curator, address)
    for _ in range(3):
        more = recipes.confirmed_pair(programme)
        recipes_finish.held(more, 1)
        recipes_finish.award(more, "gift")
    assert queries(curator, address) == before
