"""Declining a suggested pair with a reason, and taking that back (S5.1)."""

from django.urls import reverse

from pairs.models import DeclinedSuggestion, Pair
from tests import recipes
from tests.pairs.suggestions.test_suggest import couples, run


def decline(client, pair, *mentees, reason="живут далеко"):
    return client.post(
        reverse("pair-decline", args=[pair.pk]),
        {"mentees": [m.pk for m in mentees], "reason": reason},
    )


def test_s5_1_a_declined_pair_is_never_suggested_until_it_is_taken_back(curator, programme):
    mentor = recipes.mentor_in_base(programme, days=[1]).person
    mentee = recipes.mentee_in_base(programme, days=[1]).person
    run(curator, programme)

    assert decline(curator, Pair.objects.get(), mentee).status_code == 302
    run(curator, programme)
    assert not Pair.objects.exists()
    page = curator.get(reverse("suggestions-declined", args=[programme.pk])).content.decode()
    assert "живут далеко" in page

    curator.post(reverse("declined-take-back", args=[DeclinedSuggestion.objects.get().pk]))
    run(curator, programme)
    assert couples(programme) == {(mentor, mentee)}
    assert DeclinedSuggestion.history.count() == 2


def test_s5_1_one_of_a_group_is_declined_the_others_stay(curator, programme):
    recipes.mentor_in_base(programme, days=[1], capacity=3)
    mentees = [recipes.mentee_in_base(programme, days=[1]).person for _ in range(2)]
    run(curator, programme)
    pair = Pair.objects.get()
    assert mentees[0].short_name in pair.why

    decline(curator, pair, mentees[0])

    pair = Pair.objects.with_people().get()
    assert pair.current_mentees == [mentees[1]]
    assert not pair.is_group
    assert f"{mentees[0].short_name}:" not in pair.why or (
        mentees[0].short_name == mentees[1].short_name
    )


def test_s5_1_a_reason_is_asked_for_and_twice_is_as_once(curator, programme):
    mentor = recipes.mentor_in_base(programme, days=[1]).person
    mentee = recipes.mentee_in_base(programme, days=[1]).person
    run(curator, programme)
    pair = Pair.objects.get()

    assert decline(curator, pair, mentee, reason="").status_code == 422
    assert decline(curator, pair).status_code == 422
    decline(curator, pair, mentee)
    assert decline(curator, pair, mentee).status_code == 404
    again = recipes.draft_pair(programme, mentor, [mentee])
    assert decline(curator, again, mentee, reason="другая").status_code == 302
    assert DeclinedSuggestion.objects.get().reason == "живут далеко"


def test_s5_1_a_confirmed_pair_is_not_declined(curator, programme):
    pair = recipes.confirmed_pair(programme)
    answer = decline(curator, pair, *pair.current_mentees)
    assert answer.status_code == 422
    assert Pair.objects.get().is_confirmed
