"""The page of the meeting (D2): who was there, what was decided, votes that add up."""

import pytest
from django.urls import reverse

from documents.models import Document, PaperSettings
from documents.registry import text
from tests import recipes
from tests.documents.registry import chain
from tests.documents.registry.chain import meeting_page, page_text, plain, printed


@pytest.fixture
def minutes(curator, ready) -> Document:
    draft = chain.start(curator, ready, "D2")
    chain.fill(curator, draft, date="2026-10-09")
    return Document.objects.get(pk=draft.pk)


def save(client, minutes, data):
    return client.post(reverse("meeting", args=[minutes.pk]), data)


def member(minutes, duty="member"):
    return minutes.school.council.filter(duty=duty).first().person


def without(data: dict, person, reason: str = "отпуск") -> dict:
    """The page with the tick of a person taken off."""
    data.pop(f"here-{person.pk}")
    return data | {f"reason-{person.pk}": reason}


def test_absent_member_is_told_with_the_reason(curator, minutes):
    person = member(minutes)

    assert (
        save(curator, minutes, without(meeting_page(curator, minutes), person)).status_code == 302
    )

    words = printed(minutes)
    assert "Присутствовали: 3 человека" in words
    assert f"{plain(person.short_name)} (отпуск)" in words
    assert "Кворум имеется." in words
    assert f"{plain(person.short_name)} _______" in words


def test_votes_that_add_up_are_stored(curator, minutes):
    assert chain.vote(curator, minutes, 4).status_code == 302

    minutes.refresh_from_db()
    assert [row["for"] for row in minutes.facts["decisions"]] == [4, 4]
    assert "«за» – 4" in printed(minutes)


def test_votes_that_do_not_add_up_are_refused_and_kept_in_the_form(curator, minutes):
    before = minutes.facts

    answer = chain.vote(curator, minutes, 5)

    assert answer.status_code == 422
    page = page_text(answer)
    assert "Голосов 5, а присутствуют 4: должны совпасть." in page
    assert 'name="decisions-0-votes_for" value="5"' in page
    minutes.refresh_from_db()
    assert minutes.facts == before


def test_member_who_leaves_later_makes_the_votes_wrong(curator, minutes):
    chain.vote(curator, minutes, 4)
    member(minutes).council_memberships.update(ended_on="2026-10-01")

    answer = chain.press(curator, "register", minutes)

    assert answer.status_code == 422
    assert "Решение 1: голосов 4, а присутствуют 3." in page_text(answer)


@pytest.mark.parametrize("duty", ["chair", "secretary"])
def test_absent_officer_is_refused(curator, minutes, duty):
    person = member(minutes, duty)
    data = without(meeting_page(curator, minutes), person)
    votes = {f"decisions-{i}-votes_for": 3 for i in range(2)}
    votes |= {f"decisions-{i}-votes_against": 0 for i in range(2)}
    votes |= {f"decisions-{i}-abstained": 0 for i in range(2)}
    assert save(curator, minutes, data | votes).status_code == 302

    refused = chain.press(curator, "register", minutes)

    assert refused.status_code == 422
    was_absent = "отсутствовала" if person.gender == "f" else "отсутствовал"
    assert f"{person.short_name} {was_absent} на заседании" in page_text(refused)

    other = member(minutes)
    chain.fill(curator, minutes, **{duty: str(other.pk)})
    assert chain.press(curator, "register", minutes).status_code == 302
    assert f"– {plain(other.short_name)}" in printed(minutes)


@pytest.mark.parametrize(("percent", "is_there"), [(50, False), (40, True)])
def test_quorum_is_the_charter_share(curator, minutes, percent, is_there):
    settings = PaperSettings.of(minutes.school)
    settings.quorum_percent = percent
    settings.save()
    data = meeting_page(curator, minutes)
    for who in minutes.school.council.filter(duty="member"):
        data = without(data, who.person)
    save(curator, minutes, data)

    answer = chain.press(curator, "register", minutes)

    assert ("Кворума нет: присутствуют 2 из 4." in page_text(answer)) is not is_there
    assert ("Кворум имеется." in printed(minutes)) is is_there


def test_long_list_moves_to_an_annex(curator, minutes):
    for _ in range(11):
        recipes.council_member(minutes.school, who=chain.woman(minutes.school))
    assert "(список прилагается)" not in printed(minutes)

    recipes.council_member(minutes.school, who=chain.woman(minutes.school))

    words = printed(minutes)
    assert "Присутствовали: 16 человек (список прилагается)." in words
    assert len(text.paper_of(minutes).annexes) >= 1


def test_verb_agrees_with_who_spoke(curator, minutes):
    she = member(minutes, "secretary")
    he = recipes.teacher(minutes.school, "Намдаков Баир Цыренович", gender="m")
    data = meeting_page(curator, minutes)
    for number, person in enumerate((she, he)):
        data |= {
            "spoke-TOTAL_FORMS": 2,
            f"spoke-{number}-who": person.pk,
            f"spoke-{number}-verb": "noted",
            f"spoke-{number}-words": "готовность школы",
        }

    assert save(curator, minutes, data).status_code == 302

    words = printed(minutes)
    assert f"{plain(she.short_name)} отметила" in words
    assert f"{plain(he.short_name)} отметил г" in words


def test_words_without_a_speaker_are_refused(curator, minutes):
    data = meeting_page(curator, minutes) | {"spoke-0-words": "поддержать"}

    answer = save(curator, minutes, data)

    assert answer.status_code == 422
    assert "Выберите, кто выступил." in page_text(answer)
    assert 'value="поддержать"' in page_text(answer)


def test_votes_without_a_decision_are_refused(curator, minutes):
    data = meeting_page(curator, minutes) | {"decisions-2-votes_for": 4}

    answer = save(curator, minutes, data)

    assert answer.status_code == 422
    assert "Напишите, что решили." in page_text(answer)


def test_cleared_row_goes(curator, minutes):
    data = meeting_page(curator, minutes) | {"decisions-1-text": "", "agenda": "Один вопрос"}

    assert save(curator, minutes, data).status_code == 302

    minutes.refresh_from_db()
    assert len(minutes.facts["decisions"]) == 1
    assert minutes.facts["agenda"] == ["Один вопрос"]


def test_speaker_who_has_left_the_school_stays(curator, minutes):
    speaker = minutes.programme.curators.get().person
    speaker.left_on = "2026-11-01"
    speaker.save()

    assert save(curator, minutes, meeting_page(curator, minutes)).status_code == 302

    minutes.refresh_from_db()
    assert minutes.facts["heard"][0]["speaker"] == {"person": speaker.pk}


def test_second_editor_sees_what_changed_and_loses_nothing(curator, minutes):
    opened = meeting_page(curator, minutes)
    away = member(minutes)
    first = without(dict(opened), away) | {"decisions-0-text": "Отложить план"}
    assert save(curator, minutes, first).status_code == 302

    mine = opened | {"decisions-0-text": "Принять план с поправками"}
    stale = save(curator, minutes, mine)

    assert stale.status_code == 409
    page = page_text(stale)
    assert ">\nПринять план с поправками</textarea>" in page
    assert "Решение 1, Решение: сохранено другое – Отложить план" in page
    assert f"{away.full_name}: сохранено другое – отсутствует (отпуск)" in page
    assert page.count("сохранено другое") == 2
    minutes.refresh_from_db()
    assert minutes.facts["decisions"][0]["text"] == "Отложить план"

    mine["version"] = stale.context["page"].texts["version"].value()
    assert save(curator, minutes, mine).status_code == 302
    minutes.refresh_from_db()
    assert minutes.facts["decisions"][0]["text"] == "Принять план с поправками"


def test_registered_minutes_have_no_page_of_the_meeting(curator, minutes):
    data = meeting_page(curator, minutes)
    chain.vote(curator, minutes, 4)
    assert chain.press(curator, "register", minutes).status_code == 302

    assert save(curator, minutes, data).status_code == 404


def test_another_school_has_no_meeting(stranger, minutes, curator):
    data = meeting_page(curator, minutes)

    assert save(stranger, minutes, data).status_code == 404
    assert stranger.get(reverse("meeting", args=[minutes.pk])).status_code == 404


def test_person_of_another_school_cannot_speak(curator, minutes):
    other = recipes.teacher(recipes.make_school(short_name="Другая"))
    data = meeting_page(curator, minutes) | {"heard-0-speaker": other.pk}

    assert save(curator, minutes, data).status_code == 422
