"""Recording which agreements of mentor and mentee are signed (D10)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairs.models import Agreement
from programmes.access import Role
from tests import recipes
from tests.recipes_match import signed

DAY = datetime.date(2026, 11, 9)
CHILD = datetime.date(2014, 5, 5)
ADULT = datetime.date(2000, 5, 5)


@pytest.fixture(autouse=True)
def on_a_day_of_the_programme(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: datetime.date(2026, 11, 25))


@pytest.fixture
def pair(programme):
    """An adult student of the tenth class leads two children: two agreements."""
    mentor = recipes.pupil(programme.school, grade=10, birth_date=ADULT)
    mentees = [recipes.pupil(programme.school, grade=5, birth_date=CHILD) for _ in range(2)]
    return recipes.confirmed_pair(programme, mentor=mentor, mentees=mentees)


def sign(client, programme, *rows, on="2026-11-12", **guardians):
    named = {name.replace("_", "-"): value for name, value in guardians.items()}
    return client.post(
        reverse("agreements-sign", args=[programme.pk]), {"rows": rows, "on": on} | named
    )


def keys(pair) -> list[str]:
    return [f"{pair.pk}-{mentee.pk}" for mentee in pair.current_mentees]


def test_d10_many_are_marked_signed_at_once_and_twice_is_as_once(curator, programme, pair):
    named = {f"mentee-{key}": "Ли Анна Ивановна" for key in keys(pair)}

    assert sign(curator, programme, *keys(pair), **named).status_code == 302
    assert sign(curator, programme, *keys(pair), on="2026-11-13", **named).status_code == 302

    rows = list(Agreement.objects.all())
    assert [row.signed_on for row in rows] == [datetime.date(2026, 11, 12)] * 2
    assert {row.mentee_guardian for row in rows} == {"Ли Анна Ивановна"}
    assert {row.mentor_guardian for row in rows} == {""}
    assert Agreement.history.count() == 2


def test_d10_for_a_child_somebody_signs_too(curator, programme, pair):
    answer = sign(curator, programme, keys(pair)[0])

    assert answer.status_code == 422
    assert "кто из родителей" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_d10_between_grown_ups_no_guardian_is_asked_for(curator, programme):
    mentor, mentee = (recipes.teacher(programme.school) for _ in range(2))
    pair = recipes.confirmed_pair(programme, mentor=mentor, mentees=[mentee], form="F2")

    assert sign(curator, programme, *keys(pair)).status_code == 302
    assert Agreement.objects.get().mentee_guardian == ""


def test_d10_the_parent_of_the_last_consent_is_offered(curator, programme, pair):
    page = curator.get(reverse("agreements", args=[programme.pk])).content.decode()
    assert page.count('value="Представитель Анна Ивановна"') == 2


@pytest.mark.parametrize(
    ("on", "words"),
    [("2026-12-30", "ещё не наступило"), ("2025-11-12", "внутри программы"), ("", "Обязательное")],
)
def test_d10_the_day_is_checked_and_what_was_typed_is_kept(curator, programme, pair, on, words):
    key = keys(pair)[0]
    answer = sign(curator, programme, key, on=on, **{f"mentee-{key}": "Ли Анна"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="Ли Анна"' in page
    assert page.count("checked") == 1


def test_d10_nothing_ticked_a_foreign_pair_and_a_draft_are_refused(curator, programme):
    draft = recipes.draft_pair(programme)
    foreign = recipes.confirmed_pair(recipes.make_programme(recipes.make_school()))
    for rows in ([], keys(draft), keys(foreign), ["x"]):
        assert sign(curator, programme, *rows).status_code == 422
    assert not Agreement.objects.exists()


def test_d10_a_mark_made_by_mistake_is_taken_back(curator, programme, pair):
    agreement = signed(pair)

    curator.post(reverse("agreement-strike", args=[agreement.pk]))

    assert not Agreement.objects.exists()
    assert Agreement.history.count() == 2


def test_d10_a_new_mentor_signs_anew(curator, programme, pair):
    signed(pair)
    new = recipes.mentor_in_base(programme).person
    curator.post(
        reverse("pair-change-mentor", args=[pair.pk]),
        {"mentor": new.pk, "on": "2026-11-20", "reason": "по просьбе наставника"},
    )

    page = curator.get(reverse("agreements", args=[programme.pk]), {"state": "signed"})

    assert page.context["tabs"][1][2] == 2
    assert not page.context["lines"]


def test_d10_the_state_is_seen_on_the_pair_and_in_the_list(curator, client_of, programme, pair):
    signed(pair, signed_on=DAY)

    page = curator.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    assert "подписано 09.11.2026" in page and "не подписано" in page
    listed = curator.get(reverse("pair-list", args=[programme.pk])).content.decode()
    assert "соглашения: 1 из 2" in listed
    mentor = client_of(Role.MENTOR, person=pair.mentor)
    page = mentor.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    assert "подписано 09.11.2026" in page and ".docx" not in page
    mentee = client_of(Role.MENTEE, person=pair.current_mentees[0])
    page = mentee.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    assert "подписано" not in page


def test_d13_the_list_of_pairs_marks_a_consent_that_is_gone(curator, programme, pair):
    address = reverse("pair-list", args=[programme.pk])
    assert "нет согласия" not in curator.get(address).content.decode()
    consent = pair.current_mentees[0].consents.filter(purpose="participation").get()
    consent.withdrawn_on = datetime.date(2026, 11, 20)
    consent.save()

    page = curator.get(address).content.decode()

    assert "нет согласия на участие" in page
    assert reverse("person-consents", args=[pair.current_mentees[0].pk]) in page


def test_d10_queries_do_not_grow_with_pairs(curator, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            curator.get(reverse("agreements", args=[programme.pk]))
        return len(found)

    signed(recipes.confirmed_pair(programme))
    few = queries()
    for _ in range(30):
        recipes.confirmed_pair(programme)
    assert queries() == few <= 16


def test_d10_the_board_says_how_many_are_signed(curator, programme, pair):
    signed(pair)
    page = curator.get(reverse("board", args=[programme.pk])).content.decode()
    assert "соглашения подписаны: 1 из 2" in page
    assert "Соглашения не подписаны: 1" in page
    signed(pair, pair.current_mentees[1])
    assert (
        "Соглашения не подписаны"
        not in curator.get(reverse("board", args=[programme.pk])).content.decode()
    )
