"""How pairs meet, what their people are strong and weak in (S6.1, S6.2)."""

import pytest
from django.urls import reverse

from pairs.models import Strengths
from programmes.access import Role
from tests import recipes


@pytest.fixture
def pair(programme):
    return recipes.confirmed_pair(programme)


def test_s6_1_the_mentor_writes_how_the_pair_meets(client_of, pair):
    mentor = client_of(Role.MENTOR, person=pair.mentor)
    url = reverse("pair-format", args=[pair.pk])
    version = mentor.get(url).context["form"].initial["version"]

    mentor.post(
        url, {"meets": "mixed", "every_days": "14", "place": "библиотека", "version": version}
    )

    pair.refresh_from_db()
    assert (pair.meets, pair.every_days, pair.place) == ("mixed", 14, "библиотека")
    page = mentor.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    assert "раз в две недели" in page and "библиотека" in page


def test_s6_1_many_pairs_get_one_format_at_once(curator, programme, pair):
    other = recipes.confirmed_pair(programme)
    other.place = "кабинет 12"
    other.save()
    url = reverse("pair-formats", args=[programme.pk])

    assert curator.post(url, {"meets": "personal", "every_days": "7"}).status_code == 422
    curator.post(url, {"meets": "personal", "every_days": "7", "pairs": [pair.pk, other.pk]})

    pair.refresh_from_db()
    other.refresh_from_db()
    assert pair.meets == other.meets == "personal" and pair.every_days == 7
    assert other.place == "кабинет 12"


def test_s6_2_a_mentee_writes_of_oneself_only(client_of, pair):
    mentee = pair.current_mentees[0]
    client = client_of(Role.MENTEE, person=mentee)
    own = reverse("pair-strengths", args=[pair.pk, mentee.pk])
    version = client.get(own).context["form"].initial["version"]

    client.post(own, {"strong": "рисую", "version": version})

    assert Strengths.objects.get().strong == "рисую"
    assert client.get(reverse("pair-strengths", args=[pair.pk, pair.mentor.pk])).status_code == 404


def test_s6_2_somebody_who_is_not_in_the_pair_has_no_page(curator, pair, school):
    stranger = recipes.person(school)

    url = reverse("pair-strengths", args=[pair.pk, stranger.pk])

    assert curator.get(url).status_code == 404
