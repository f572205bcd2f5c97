"""The project group: leader, members with duties, their order and history (S1.3; D1)."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.access import Role
from programmes.models import GroupMember
from programmes.preparation.models import group_on
from programmes.refusal import Refusal
from tests import recipes

DAY = datetime.date(2026, 11, 9)
EVE = DAY - datetime.timedelta(days=1)


def add(client, programme, person, **fields):
    data = {"person": person.pk, "started_on": "2026-09-21", "duties": ""} | fields
    return client.post(reverse("group-add", args=[programme.pk]), data)


def post(client, name, member, **data):
    return client.post(reverse(name, args=[member.programme_id, member.pk]), data)


def version_on(client, member) -> str:
    page = client.get(reverse("group-member", args=[member.programme_id, member.pk]))
    return page.context["form"]["version"].value()


def page_of(client, programme) -> str:
    return client.get(reverse("project-group", args=[programme.pk])).content.decode()


def people(programme, on=DAY):
    return [member.person for member in group_on(programme, on)]


def test_s1_3_members_join_with_duties_in_order_of_entry(curator, programme):
    first, second = recipes.teacher(programme.school), recipes.teacher(programme.school)
    add(curator, programme, first, duties="готовит Положение\u202e")
    add(curator, programme, second, is_leader="on")

    members = group_on(programme, DAY)

    assert [(m.person, m.is_leader, m.position) for m in members] == [
        (second, True, 2), (first, False, 1),
    ]  # fmt: skip
    assert members[1].duties == "готовит Положение"
    answer = curator.get(reverse("project-group", args=[programme.pk]))
    assert answer.context["members"] == members
    page = answer.content.decode()
    assert "2 человека" in page and "готовит Положение" in page


def test_same_person_twice_is_refused(curator, programme):
    who = recipes.teacher(programme.school)
    add(curator, programme, who)

    assert add(curator, programme, who).status_code == 422
    assert programme.group.count() == 1


def test_who_left_later_is_refused_in_words(curator, programme):
    member = recipes.group_member(programme)
    member.end(datetime.date(2026, 12, 31), "болезнь")

    answer = add(curator, programme, member.person, started_on="2026-11-09")

    assert answer.status_code == 422
    assert "уже в группе: с 14.09.2026 по 31.12.2026" in answer.content.decode()
    assert programme.group.count() == 1


def test_s1_3_new_leader_follows_the_former_who_stays(curator, programme):
    former = recipes.group_member(programme, is_leader=True, duties="руководит")
    other, member = recipes.group_member(programme), recipes.group_member(programme)

    answer = post(curator, "group-leader", member, started_on="2026-11-09")

    assert answer.status_code == 302
    assert people(programme, EVE) == [former.person, other.person, member.person]
    assert people(programme, DAY) == [member.person, former.person, other.person]
    assert [m.is_leader for m in group_on(programme, DAY)] == [True, False, False]
    assert group_on(programme, DAY)[1].duties == "руководит"
    former.refresh_from_db()
    assert (former.ended_on, former.end_reason) == (EVE, "смена руководителя")


def test_leader_twice_or_on_the_first_day_makes_no_second_period(curator, programme):
    member = recipes.group_member(programme, started_on=DAY)
    for _ in range(2):
        post(curator, "group-leader", member, started_on="2026-11-09")

    assert programme.group.get().is_leader


def test_leader_before_a_later_leader_is_refused_and_changes_nothing(curator, programme):
    leader = recipes.group_member(programme, is_leader=True, started_on=DAY)
    member = recipes.group_member(programme)

    answer = post(curator, "group-leader", member, started_on="2026-10-01")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "с 09.11.2026: назовите этот или более поздний день" in page
    assert "откройте запись и исправьте дату" in page
    assert [m.person for m in group_on(programme, DAY)] == [leader.person, member.person]
    assert programme.group.count() == 2


def test_leader_whose_period_ended_later_is_in_the_way(programme):
    recipes.group_member(programme, is_leader=True).end(datetime.date(2026, 12, 31), "переход")
    gone = recipes.group_member(programme)
    gone.end(EVE, "переход")

    with pytest.raises(Refusal, match=r"по 31\.12\.2026"):
        recipes.group_member(programme).lead(DAY)
    with pytest.raises(Refusal, match="уже не в проектной группе"):
        gone.lead(DAY)


def test_duties_are_changed(curator, programme):
    member = recipes.group_member(programme)

    version = version_on(curator, member)
    post(curator, "group-member", member, duties="ведёт базу наставляемых", version=version)
    too_long = post(curator, "group-member", member, duties="я" * 301)

    member.refresh_from_db()
    assert member.duties == "ведёт базу наставляемых" and too_long.status_code == 422


def test_somebody_elses_change_meanwhile_is_shown_not_overwritten(curator, client_of, programme):
    member = recipes.group_member(programme, duties="готовит план")
    version = version_on(curator, member)
    other = client_of(Role.DIRECTOR, title="Завуч Петрова")
    new = {"duties": "ведёт базу", "version": version}
    assert post(other, "group-member", member, **new).status_code == 302

    answer = post(curator, "group-member", member, duties="готовит план", version=version)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "данные изменились" in page and "Завуч Петрова" in page
    assert "Обязанности: сохранено ведёт базу" in page and 'value="готовит план"' in page
    member.refresh_from_db()
    assert member.duties == "ведёт базу"
    assert post(curator, "group-member", member, **new).status_code == 302  # says what is stored

    again = answer.context["form"]["version"].value()
    post(curator, "group-member", member, duties="готовит план", version=again)
    member.refresh_from_db()
    assert member.duties == "готовит план"


def test_members_change_places_within_the_ends(curator, programme):
    leader = recipes.group_member(programme, is_leader=True)
    first, second, third = (recipes.group_member(programme) for _ in range(3))

    post(curator, "group-move", third, to="up")
    assert people(programme) == [m.person for m in (leader, first, third, second)]
    post(curator, "group-move", first, to="down")
    assert people(programme) == [m.person for m in (leader, third, first, second)]
    for member, to in ((third, "up"), (second, "down"), (leader, "down")):
        post(curator, "group-move", member, to=to)
    assert people(programme) == [m.person for m in (leader, third, first, second)]


def test_end_needs_a_reason_and_keeps_history(curator, programme):
    member = recipes.group_member(programme)
    assert post(curator, "group-end", member, ended_on="2026-10-05").status_code == 422
    early = post(curator, "group-end", member, ended_on="2026-09-01", reason="болезнь")
    assert early.status_code == 422

    assert "с 14.09.2026: назовите этот или более поздний день" in early.content.decode()
    same = {"ended_on": "2026-10-05", "reason": "болезнь"}
    for _ in range(2):
        assert post(curator, "group-end", member, **same).status_code == 302
    other = post(curator, "group-end", member, ended_on="2026-10-07", reason="иначе")

    assert other.status_code == 422
    assert "последний день уже записан, 05.10.2026" in other.content.decode()
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (datetime.date(2026, 10, 5), "болезнь")
    assert people(programme, datetime.date(2026, 10, 5)) == [member.person]
    assert people(programme, datetime.date(2026, 10, 6)) == []
    page = page_of(curator, programme)
    assert "В группе пока никого" in page and "14.09.2026 – 05.10.2026" in page


def test_row_read_before_another_end_does_not_overwrite_it(programme):
    read_before = recipes.group_member(programme)
    GroupMember.objects.get().leave(EVE, "болезнь")

    with pytest.raises(Refusal, match=r"уже записан, 08\.11\.2026"):
        read_before.leave(DAY, "иначе")

    member = GroupMember.objects.get()
    assert (member.ended_on, member.end_reason) == (EVE, "болезнь")


def test_two_open_leaders_or_memberships_do_not_fit_into_the_database(programme):
    leader = recipes.group_member(programme, is_leader=True)
    other = recipes.teacher(programme.school)
    for person, is_leader in ((other, True), (leader.person, False)):
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.create(
                programme=programme, person=person, is_leader=is_leader, started_on=DAY
            )


def correct(client, member, on, ended_on=None, reason=None):
    """Send the form «Исправить дату» of the member's page as opened."""
    page = client.get(reverse("group-member", args=[member.programme_id, member.pk]))
    data = {"started_on": on, "version": page.context["dates_form"]["version"].value()}
    if ended_on is not None:
        data |= {"ended_on": ended_on, "end_reason": reason}
    return post(client, "group-correct", member, **data)


def test_first_day_recorded_wrongly_is_put_right(curator, programme):
    member = recipes.group_member(programme, started_on=DAY, duties="готовит план")

    assert correct(curator, member, "2026-09-21").status_code == 302

    member.refresh_from_db()
    assert (member.started_on, member.duties) == (datetime.date(2026, 9, 21), "готовит план")
    assert people(programme, datetime.date(2026, 9, 21)) == [member.person]
    assert member.history.count() == 2


def test_end_recorded_wrongly_is_put_right_or_taken_back(curator, programme):
    member = recipes.group_member(programme)
    member.end(EVE, "болезнь")

    assert correct(curator, member, "2026-09-14", "2026-12-01", "отпуск").status_code == 302
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (datetime.date(2026, 12, 1), "отпуск")

    assert correct(curator, member, "2026-09-14", "", "отпуск").status_code == 302
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (None, "")


@pytest.mark.parametrize(
    ("on", "ended_on", "reason", "words"),
    [
        ("2026-12-01", "2026-11-08", "болезнь", "Последний день раньше первого"),
        ("2026-09-14", "2026-11-08", "", "Напишите причину"),
        ("", "2026-11-08", "болезнь", "Обязательное поле"),
        ("1926-09-14", "2026-11-08", "болезнь", "Проверьте год"),
    ],
)
def test_dates_that_cannot_be_are_told_at_the_field(
    curator, programme, on, ended_on, reason, words
):
    member = recipes.group_member(programme)
    member.end(EVE, "болезнь")

    answer = correct(curator, member, on, ended_on, reason)

    assert answer.status_code == 422 and words in answer.content.decode()
    member.refresh_from_db()
    assert (member.started_on, member.ended_on) == (recipes.START, EVE)


def test_day_on_which_another_led_or_the_person_was_there_is_refused(curator, programme):
    former = recipes.group_member(programme, is_leader=True)
    leader = recipes.group_member(programme).lead(DAY)

    answer = correct(curator, leader, "2026-10-01")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{former} с 14.09.2026 по 08.11.2026: сроки пересекаются" in page
    assert f"{leader.person} – член проектной группы с 14.09.2026 по 08.11.2026" in page
    leader.refresh_from_db()
    assert leader.started_on == DAY


def test_day_of_a_handover_is_put_right_record_by_record(curator, programme):
    former = recipes.group_member(programme, is_leader=True)
    leader = recipes.group_member(programme).lead(DAY)
    reason = "смена руководителя"

    for period in programme.group.filter(ended_on=EVE):
        answer = correct(curator, period, "2026-09-14", "2026-09-30", reason)
        assert answer.status_code == 302
    for period in programme.group.filter(started_on=DAY):
        assert correct(curator, period, "2026-10-01").status_code == 302

    eve, day = datetime.date(2026, 9, 30), datetime.date(2026, 10, 1)
    assert people(programme, eve)[0] == former.person
    assert people(programme, day) == [leader.person, former.person]


def test_taking_an_end_back_while_another_leads_is_refused(curator, programme):
    former = recipes.group_member(programme, is_leader=True)
    former.end(EVE, "болезнь")
    recipes.group_member(programme, is_leader=True, started_on=DAY)

    answer = correct(curator, former, "2026-09-14", "", "")

    assert answer.status_code == 422 and "сроки пересекаются" in answer.content.decode()
    former.refresh_from_db()
    assert former.ended_on == EVE


def test_dates_changed_meanwhile_are_shown_not_overwritten(curator, programme):
    member = recipes.group_member(programme)
    page = curator.get(reverse("group-member", args=[programme.pk, member.pk]))
    version = page.context["dates_form"]["version"].value()
    correct(curator, member, "2026-09-21")

    answer = post(curator, "group-correct", member, started_on="2026-10-01", version=version)

    assert answer.status_code == 409 and "сохранено 21.09.2026" in answer.content.decode()
    member.refresh_from_db()
    assert member.started_on == datetime.date(2026, 9, 21)


def test_record_made_by_mistake_is_deleted_and_the_history_keeps_it(curator, programme):
    member, other = recipes.group_member(programme), recipes.group_member(programme)

    answer = post(curator, "group-delete", member)

    assert answer.status_code == 302
    assert people(programme) == [other.person]
    assert [change.history_type for change in member.history.all()] == ["-", "+"]
    assert f"Запись удалена: {member} с 14.09.2026." in page_of(curator, programme)
    assert post(curator, "group-delete", member).status_code == 404


def test_after_deleting_a_wrong_handover_the_former_record_is_offered(curator, programme):
    leader = recipes.group_member(programme).lead(DAY)
    first = programme.group.exclude(pk=leader.pk).get()

    answer = curator.post(reverse("group-delete", args=[programme.pk, leader.pk]), follow=True)

    assert answer.context["member"] == first
    assert "сотрите последний день" in answer.content.decode()
    assert correct(curator, first, "2026-09-14", "", "").status_code == 302
    assert people(programme) == [leader.person]


def test_first_day_offered_is_the_first_of_the_programme(curator, school):
    begun = recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 14), ended_on=datetime.date(2021, 5, 21)
    )
    coming = recipes.make_programme(
        school, started_on=datetime.date(2090, 9, 14), ended_on=datetime.date(2091, 5, 21)
    )

    def offered(programme):
        page = curator.get(reverse("project-group", args=[programme.pk]))
        return page.context["form"]["started_on"].value()

    assert offered(begun) == datetime.date(2020, 9, 14)
    assert offered(coming) == timezone.localdate()


def test_first_leader_is_offered_from_the_first_day_the_next_from_today(curator, school):
    programme = recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 14), ended_on=datetime.date(2021, 5, 21)
    )
    member = recipes.group_member(programme, started_on=datetime.date(2020, 9, 21))

    def offered():
        page = curator.get(reverse("group-member", args=[programme.pk, member.pk]))
        return page.context["leader_form"]["started_on"].value()

    assert offered() == datetime.date(2020, 9, 21)
    recipes.group_member(programme, is_leader=True)
    assert offered() == timezone.localdate()


def test_handover_on_the_first_day_of_the_former_leader_is_done(curator, programme):
    former = recipes.group_member(programme, is_leader=True, started_on=DAY)
    member = recipes.group_member(programme)

    assert post(curator, "group-leader", member, started_on="2026-11-09").status_code == 302

    assert [m.is_leader for m in group_on(programme, DAY)] == [True, False]
    assert people(programme) == [member.person, former.person]


def test_others_change_nothing(client_of, programme):
    member = recipes.group_member(programme)
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))
    for client, status in ((client_of(Role.TEACHER), 403), (stranger, 404)):
        answers = [
            client.get(reverse("project-group", args=[programme.pk])),
            add(client, programme, recipes.teacher(programme.school)),
            post(client, "group-leader", member, started_on="2026-11-09"),
            post(client, "group-end", member, ended_on="2026-11-09", reason="нет"),
            post(client, "group-correct", member, started_on="2026-11-09"),
            post(client, "group-delete", member),
        ]
        assert {answer.status_code for answer in answers} == {status}
    member.refresh_from_db()
    assert programme.group.count() == 1 and member.ended_on is None and not member.is_leader


def test_member_of_another_programme_is_404(curator, school, programme):
    other = recipes.make_programme(
        school, started_on=datetime.date(2025, 9, 1), ended_on=datetime.date(2026, 5, 29)
    )
    member = recipes.group_member(other)

    assert curator.get(reverse("group-member", args=[programme.pk, member.pk])).status_code == 404


def test_queries_do_not_grow_with_the_group(curator, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(curator, programme)
        return len(found)

    recipes.group_member(programme, is_leader=True)
    recipes.group_member(programme).end(DAY, "болезнь")
    recipes.teacher(programme.school)
    one = queries()
    for _ in range(99):
        recipes.group_member(programme)
    recipes.group_member(programme).end(DAY, "болезнь")

    assert queries() == one <= 16
