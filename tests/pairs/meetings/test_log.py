"""A mentor writes down a meeting in a minute. S6.1."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.models import Meeting
from programmes.access import Role
from tests import recipes, recipes_meetings

DAY = datetime.date(2026, 11, 24)


def log(client, pair, **fields):
    data = {"held_on": DAY.isoformat(), "done": "Решали уравнения", "mood": "4"} | fields
    return client.post(reverse("pair-meeting-log", args=[pair.pk]), data)


def edit(client, meeting, **fields):
    address = reverse("pair-meeting-edit", args=[meeting.pk])
    form = client.get(address).context["form"]
    data = {"version": form.now, "held_on": meeting.held_on.isoformat(), "done": meeting.done}
    return client.post(address, data | fields)


def test_s6_1_a_mentor_logs_a_meeting_with_day_and_words_alone(mentor, pair):
    page = mentor.get(reverse("pair-meeting-log", args=[pair.pk])).content.decode()
    assert 'value="2026-11-25"' in page

    answer = log(mentor, pair, mood="")

    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert meeting.is_held and meeting.held_on == DAY and meeting.mood is None
    assert meeting.logged_by is not None and meeting.done == "Решали уравнения"


def test_s6_1_the_next_meeting_is_planned_with_it(mentor, pair):
    log(mentor, pair, next_on="2026-12-08", next_at="15:00")

    following = Meeting.objects.planned().get()
    assert following.held_on == datetime.date(2026, 12, 8)
    assert following.starts_at == datetime.time(15)


def test_s6_1_a_double_click_stores_one(mentor, pair):
    for _ in range(2):
        log(mentor, pair, next_on="2026-12-08", next_at="15:00")

    assert Meeting.objects.held().count() == 1
    assert Meeting.objects.planned().count() == 1


def test_s6_1_a_planned_meeting_of_the_day_becomes_the_held_one(mentor, pair):
    planned = recipes_meetings.meeting(pair, DAY, "planned", topic="дроби")

    log(mentor, pair)

    planned.refresh_from_db()
    assert planned.is_held and planned.topic == "дроби" and Meeting.objects.count() == 1


def test_s6_2_a_ticked_step_is_done_on_the_day(mentor, pair):
    step = recipes_meetings.approved_route(pair, "Разобрать дроби").steps.get()
    page = mentor.get(reverse("pair-meeting-log", args=[pair.pk])).content.decode()
    assert "Разобрать дроби" in page

    log(mentor, pair, steps=[step.pk])

    step.refresh_from_db()
    assert step.is_done and step.done_on == DAY
    assert list(Meeting.objects.get().steps.all()) == [step]


def test_s6_2_a_tick_taken_away_takes_the_step_back(mentor, pair):
    step = recipes_meetings.approved_route(pair, "Разобрать дроби").steps.get()
    log(mentor, pair, steps=[step.pk])

    edit(mentor, Meeting.objects.get())

    step.refresh_from_db()
    assert step.is_planned and step.done_on is None


def test_s6_2_steps_of_a_route_not_approved_are_not_offered(mentor, pair):
    route = recipes_meetings.approved_route(pair, "Разобрать дроби")
    type(route).objects.update(state="sent")

    page = mentor.get(reverse("pair-meeting-log", args=[pair.pk])).content.decode()

    assert "Разобрать дроби" not in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-26", "ещё не наступило"),
        ("2026-11-08", "Пара работает с 09.11.2026"),
        ("2026-09-01", "вне её"),
    ],
)
def test_s6_1_days_that_cannot_be_are_refused_in_words(mentor, pair, day, words):
    answer = log(mentor, pair, held_on=day)

    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "Решали уравнения" in page and not Meeting.objects.exists()


def test_s6_1_after_the_end_of_the_pair_nothing_is_logged(curator, pair):
    pair.state, pair.ended_on = "ended", datetime.date(2026, 11, 20)
    pair.save()

    answer = log(curator, pair)

    assert answer.status_code == 422 and "Пара завершена 20.11.2026" in answer.content.decode()


def test_s6_1_a_refused_next_day_stores_nothing(mentor, pair):
    answer = log(mentor, pair, next_on="2026-11-24")

    assert answer.status_code == 422 and not Meeting.objects.exists()


def test_s6_1_two_meetings_at_a_time_are_told_and_allowed(mentor, pair, programme):
    other = recipes.draft_pair(programme, mentor=pair.mentor)
    from pairs.formation.forming import confirm_pairs

    other = confirm_pairs(programme, [other], datetime.date(2026, 11, 9))[0]
    recipes_meetings.meeting(other, "2026-12-08", "planned", starts_at=datetime.time(15, 30))

    log(mentor, pair, next_on="2026-12-08", next_at="15:00")

    assert pair.meetings.planned().exists()
    page = mentor.get(reverse("my-pairs")).content.decode()
    assert "Проверьте время" in page and pair.mentor.short_name in page


def test_s6_1_mood_is_between_mentor_and_curator(mentor, mentee, curator, client_of, pair):
    log(mentor, pair, mood="1")
    address = reverse("pair-detail", args=[pair.pk])

    assert "трудно" in mentor.get(address).content.decode()
    assert "трудно" in curator.get(address).content.decode()
    page = mentee.get(address).content.decode()
    assert "Решали уравнения" in page and "трудно" not in page
    page = client_of(Role.EXPERT).get(address).content.decode()
    assert "24 ноября 2026" in page and "Решали уравнения" not in page


def test_s6_1_own_entries_are_corrected_and_their_history_is_kept(mentor, curator, pair):
    log(mentor, pair)
    meeting = Meeting.objects.get()

    assert edit(mentor, meeting, done="Решали задачи").status_code == 302
    assert edit(curator, meeting, done="Решали задачи и примеры").status_code == 302

    meeting.refresh_from_db()
    assert meeting.done == "Решали задачи и примеры"
    assert {row.done for row in meeting.history.all()} >= {"Решали уравнения", "Решали задачи"}


def test_s6_1_a_mentor_does_not_change_what_the_curator_wrote(mentor, curator, pair):
    log(curator, pair)
    meeting = Meeting.objects.get()

    assert mentor.get(reverse("pair-meeting-edit", args=[meeting.pk])).status_code == 404
    assert mentor.post(reverse("pair-meeting-delete", args=[meeting.pk])).status_code == 404


def test_s6_1_a_stale_correction_answers_409(mentor, pair):
    log(mentor, pair)
    meeting = Meeting.objects.get()
    address = reverse("pair-meeting-edit", args=[meeting.pk])
    version = mentor.get(address).context["form"].now
    edit(mentor, meeting, done="Первое")

    data = {"version": version, "held_on": DAY.isoformat(), "done": "Второе"}
    answer = mentor.post(address, data)

    meeting.refresh_from_db()
    assert answer.status_code == 409 and meeting.done == "Первое"


def test_s6_1_an_entry_is_taken_out_and_its_step_lies_ahead_again(mentor, pair):
    step = recipes_meetings.approved_route(pair, "Разобрать дроби").steps.get()
    log(mentor, pair, steps=[step.pk])

    mentor.post(reverse("pair-meeting-delete", args=[Meeting.objects.get().pk]))

    step.refresh_from_db()
    assert not Meeting.objects.exists() and step.is_planned
    assert Meeting.history.filter(history_type="-").exists()


def test_s6_1_strangers_do_not_reach_the_log(client_of, pair, programme):
    other = recipes.confirmed_pair(programme)
    stranger = client_of(Role.MENTOR, person=other.mentor)

    assert log(stranger, pair).status_code == 404
    assert not Meeting.objects.exists()


def test_s6_1_queries_of_the_list_do_not_grow(mentor, pair):
    address = reverse("pair-meetings", args=[pair.pk])
    numbers = []
    for days in (range(1), range(1, 30)):
        for day in days:
            on = datetime.date(2026, 11, 9) + datetime.timedelta(days=day % 14)
            recipes_meetings.meeting(pair, on, done=str(day))
        mentor.get(address)
        with CaptureQueriesContext(connection) as queries:
            mentor.get(address)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
