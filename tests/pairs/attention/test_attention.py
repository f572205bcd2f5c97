"""Which pairs need attention, why, and until when that is put off. S6.1."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.models import AttentionRules, Meeting, Postponed
from programmes.access import Role
from programmes.models import Consent
from tests import recipes, recipes_meetings


def listed(client, programme, reason="") -> str:
    address = reverse("attention", args=[programme.pk])
    return client.get(address, {"reason": reason} if reason else {}).content.decode()


def codes(client, programme) -> list[str]:
    answer = client.get(reverse("attention", args=[programme.pk]))
    return [str(row.found.reason) for row in answer.context["rows"]]


def test_s6_1_no_first_meeting_after_ten_days(curator, programme, pair):
    assert codes(curator, programme) == ["first"]
    assert "первой встречи нет 16 дн." in listed(curator, programme)

    pair.started_on = datetime.date(2026, 11, 16)
    pair.save()
    assert codes(curator, programme) == []


def test_s6_1_silence_of_three_weeks(curator, programme, pair):
    pair.started_on = datetime.date(2026, 10, 1)
    pair.save()
    recipes_meetings.meeting(pair, "2026-11-04")
    recipes_meetings.meeting(pair, "2026-12-01", "planned")
    assert codes(curator, programme) == ["silence"]

    Meeting.objects.filter(state="held").update(held_on=datetime.date(2026, 11, 5))
    assert codes(curator, programme) == []


def test_s6_1_a_late_step_a_hard_meeting_and_no_next_one(curator, programme, pair):
    recipes_meetings.meeting(pair, "2026-11-20", mood=2)
    recipes_meetings.approved_route(pair, "Проект", due_on=datetime.date(2026, 11, 18))

    assert codes(curator, programme) == ["worried", "step", "next"]

    recipes_meetings.meeting(pair, "2026-11-24", mood=4)
    recipes_meetings.meeting(pair, "2026-12-01", "planned")
    assert codes(curator, programme) == ["step"]


def test_s6_1_a_withdrawn_consent_is_a_reason_until_a_new_one(curator, programme, pair):
    recipes_meetings.meeting(pair, "2026-11-24")
    recipes_meetings.meeting(pair, "2026-12-01", "planned")
    mentee = pair.current_mentees[0]
    Consent.objects.filter(person=mentee, purpose="participation").update(
        withdrawn_on=datetime.date(2026, 11, 20), withdrawal_reason="переезд"
    )
    assert codes(curator, programme) == ["consent"]

    recipes.consents(mentee, "participation", on=datetime.date(2026, 11, 23))
    assert codes(curator, programme) == []


def test_s6_1_the_list_is_filtered_by_reason(curator, programme, pair):
    assert str(pair.mentor) in listed(curator, programme, "first")
    assert str(pair.mentor) not in listed(curator, programme, "silence")


def test_s6_1_the_board_leads_to_the_list(curator, programme, pair):
    page = curator.get(reverse("board", args=[programme.pk])).content.decode()

    address = reverse("attention", args=[programme.pk])
    assert "Нет первой встречи: пар 1" in page and f"{address}?reason=first" in page


def test_s6_1_the_director_reads_the_line_without_a_link(client_of, programme, pair):
    page = client_of(Role.DIRECTOR).get(reverse("board", args=[programme.pk])).content.decode()

    assert "Нет первой встречи: пар 1" in page
    assert reverse("attention", args=[programme.pk]) not in page


def postpone(client, pair, **fields):
    data = {"reason": "first", "until": "2026-12-02", "why": "карантин"} | fields
    return client.post(reverse("pair-postpone", args=[pair.pk]), data)


def test_s6_1_a_reason_is_put_off_and_comes_back(curator, programme, pair):
    for _ in range(2):
        assert postpone(curator, pair).status_code == 302

    row = Postponed.objects.get()
    assert codes(curator, programme) == [] and "карантин" in listed(curator, programme)
    assert row.history.count() == 1
    row.until = datetime.date(2026, 11, 25)
    row.save()
    assert codes(curator, programme) == ["first"]


def test_s6_1_what_was_put_off_is_taken_back_at_once(curator, programme, pair):
    postpone(curator, pair)

    curator.post(reverse("postponed-resume", args=[Postponed.objects.get().pk]))

    assert codes(curator, programme) == ["first"]


@pytest.mark.parametrize(
    "fields", [{"why": ""}, {"until": "2026-11-25"}, {"until": "2027-09-01"}, {"reason": "нет"}]
)
def test_s6_1_putting_off_asks_for_a_reason_and_a_day_ahead(curator, pair, fields):
    assert postpone(curator, pair, **fields).status_code == 422
    assert not Postponed.objects.exists()


def test_s6_1_the_days_are_the_schools_own(curator, programme, pair, school):
    address = reverse("attention-rules")
    version = curator.get(address).context["form"].now
    data = {
        "version": version, "first_meeting_days": "20", "silence_days": "21",
        "late_step_days": "7", "worried_mood": "2", "asks_next": "on",
    }  # fmt: skip
    assert curator.post(address, data).status_code == 302

    assert AttentionRules.of(school).first_meeting_days == 20
    assert codes(curator, programme) == []


def test_s6_1_a_mentor_reads_it_in_kind_words(mentor, mentee, pair):
    words = "Первой встречи пока не было"

    assert words in mentor.get(reverse("my-pairs")).content.decode()
    assert words not in mentee.get(reverse("my-pairs")).content.decode()


def test_s6_1_queries_of_list_board_and_own_page_do_not_grow(curator, mentor, programme, pair):
    pages = [
        (curator, reverse("attention", args=[programme.pk])),
        (curator, reverse("board", args=[programme.pk])),
        (mentor, reverse("my-pairs")),
    ]
    numbers: list[list[int]] = []
    for pairs in (1, 12):
        for _ in range(pairs):
            one = recipes.confirmed_pair(programme)
            recipes_meetings.meeting(one, "2026-11-20", mood=1)
        for client, address in pages:
            client.get(address)
        row = []
        for client, address in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            row.append(len(queries))
        numbers.append(row)
    assert numbers[0] == numbers[1]
