"""A petition for another partner is between its author and the curator (S6.1)."""

import pytest
from django.urls import reverse

from pairs.models import Petition
from programmes.access import Role
from tests import recipes, recipes_events

WORDS = "ЛИЧНАЯПРИЧИНА"


@pytest.fixture
def pair(programme):
    return recipes.confirmed_pair(programme)


@pytest.fixture
def mentee(client_of, pair):
    return client_of(Role.MENTEE, person=pair.current_mentees[0])


def test_s6_1_a_mentee_asks_and_the_curator_answers(mentee, curator, programme, pair):
    url = reverse("pair-petition", args=[pair.pk])
    for _ in range(2):
        mentee.post(url, {"text": WORDS})
    petition = Petition.objects.get()
    assert petition.side == "mentee"
    assert WORDS in curator.get(reverse("petition-list", args=[programme.pk])).content.decode()
    board = curator.get(reverse("board", args=[programme.pk])).content.decode()
    assert "Просьбы о замене ждут решения: 1" in board

    answer = curator.post(
        reverse("petition-decide", args=[petition.pk]),
        {"answer": "подберём другого", "accept": "1"},
    )

    assert answer.url == reverse("pair-detail", args=[pair.pk])
    page = mentee.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    assert "удовлетворена" in page and "подберём другого" in page


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT, Role.MENTOR])
def test_s6_1_nobody_else_sees_a_petition(client_of, pair, role):
    recipes_events.petition(pair, pair.current_mentees[0], WORDS)
    person = pair.mentor if role == Role.MENTOR else recipes.teacher(pair.programme.school)
    client = client_of(role, person=person)

    page = client.get(reverse("pair-detail", args=[pair.pk])).content.decode()

    assert WORDS not in page and "ждёт решения" not in page
    assert client.get(reverse("petition-list", args=[pair.programme_id])).status_code == 403


def test_s6_1_a_decided_petition_is_not_decided_again(curator, pair):
    petition = recipes_events.petition(pair)
    url = reverse("petition-decide", args=[petition.pk])

    curator.post(url, {"answer": "нет"})
    curator.post(url, {"answer": "да", "accept": "1"})

    petition.refresh_from_db()
    assert (petition.state, petition.answer) == ("declined", "нет")


def test_s6_1_an_answer_has_words(curator, pair):
    petition = recipes_events.petition(pair)

    answer = curator.post(reverse("petition-decide", args=[petition.pk]), {"accept": "1"})

    assert answer.status_code == 422
    petition.refresh_from_db()
    assert petition.is_new


def test_s6_1_the_author_takes_it_back(client_of, pair):
    petition = recipes_events.petition(pair)
    client = client_of(Role.MENTOR, person=pair.mentor)

    client.post(reverse("petition-withdraw", args=[petition.pk]))

    petition.refresh_from_db()
    assert petition.state == "withdrawn"


def test_s6_1_strangers_and_former_ones_do_not_ask(client_of, pair, school):
    client = client_of(Role.MENTOR, person=recipes.teacher(school))

    assert client.post(reverse("pair-petition", args=[pair.pk]), {"text": "x"}).status_code == 404
