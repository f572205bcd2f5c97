"""Weights, declined suggestions, drafts and agreements in a school's file (S5.1, D10)."""

import json

from mentorship_portal import transfer
from pairs.models import Agreement, DeclinedSuggestion, MatchWeights, Pair
from tests import recipes
from tests.recipes_match import signed, suggested_draft


def test_s5_1_a_school_comes_back_with_its_suggestions_and_agreements(programme):
    pair = recipes.confirmed_pair(programme)
    signed(pair, mentor_guardian="Ли Анна Ивановна")
    draft = suggested_draft(programme)
    DeclinedSuggestion.objects.create(
        programme=programme,
        mentor=draft.mentor,
        mentee=pair.current_mentees[0],
        reason="соседи",
        declined_on=pair.started_on,
        by_name="Черных А.С.",
    )
    MatchWeights.objects.create(programme=programme, days=7)
    data = json.loads(json.dumps(transfer.dump(programme.school)))

    school = transfer.load(data)

    copy = Pair.objects.filter(programme__school=school)
    assert [(p.is_locked, p.why) for p in copy.order_by("pk")] == [
        (True, ""),
        (False, "общее время: вт"),
    ]
    agreement = Agreement.objects.get(pair__in=copy)
    assert agreement.mentor_guardian == "Ли Анна Ивановна"
    declined = DeclinedSuggestion.objects.get(programme__school=school)
    assert (declined.reason, declined.by_name) == ("соседи", "Черных А.С.")
    assert MatchWeights.of(school.programmes.get()).days == 7
    assert transfer.dump(school) == data


def test_d10_the_demonstration_school_has_signed_agreements(db):
    from mentorship_portal import demo

    school = transfer.load(json.loads(demo.FILE.read_text(encoding="utf-8")))
    confirmed = Pair.objects.filter(programme__school=school).confirmed().with_people()
    assert Agreement.objects.count() == sum(len(pair.current_mentees) for pair in confirmed)
    assert DeclinedSuggestion.objects.count() == 1
