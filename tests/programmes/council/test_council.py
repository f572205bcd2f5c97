"""The pedagogical council: who is in it, its chair and secretary, day by day (D2; S1.3)."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.access import Role
from programmes.council.models import Duty, chair_on, council_on, secretary_on
from programmes.models import CouncilMember
from programmes.refusal import Refusal
from tests import recipes

START = datetime.date(2026, 9, 1)
DAY = datetime.date(2026, 11, 9)
EVE = DAY - datetime.timedelta(days=1)


def add(client, *people, on="2026-09-01"):
    data = {"people": [person.pk for person in people], "started_on": on}
    return client.post(reverse("council-add"), data, follow=True)


def appoint(client, member, duty, on="2026-11-09"):
    return client.post(
        reverse("council-duty", args=[member.pk]), {"duty": duty, "started_on": on}, follow=True
    )


def end(client, member, on="2026-12-20", reason="увольнение"):
    return client.post(reverse("council-end", args=[member.pk]), {"ended_on": on, "reason": reason})


def page_of(client, **query) -> str:
    return client.get(reverse("council"), query).content.decode()


def test_d2_many_are_included_at_once_and_nobody_twice(curator, school):
    people = [recipes.teacher(school) for _ in range(3)]
    add(curator, *people[:2])

    page = add(curator, *people).content.decode()

    assert "Включено в совет с 01.09.2026: 1, уже были в нём: 2." in page
    assert school.council.count() == 3
    assert set(school.council.values_list("duty", flat=True)) == {Duty.MEMBER}


def test_including_again_from_an_earlier_day_tells_where_the_day_is_changed(curator, school):
    person = recipes.teacher(school)
    add(curator, person, on="2026-11-09")

    page = add(curator, person, on="2026-09-01").content.decode()

    assert "С более позднего дня: 1. Откройте запись человека и исправьте дату." in page
    assert school.council.get().started_on == DAY


def test_empty_council_takes_all_teachers_at_once(curator, school):
    first, second = recipes.teacher(school), recipes.teacher(school)
    recipes.teacher(school, left_on=datetime.date(2026, 6, 1))
    recipes.teacher(recipes.make_school(short_name="Другая"))
    recipes.pupil(school)
    assert "Состав совета пока не задан" in page_of(curator)

    for _ in range(2):
        curator.post(reverse("council-add-all"), {"started_on": "2026-09-01"})

    assert {member.person for member in council_on(school, START)} == {first, second}
    assert CouncilMember.objects.count() == 2


def test_nobody_and_no_day_are_told_and_choice_stays(curator, school):
    person = recipes.teacher(school)

    nobody, no_day = add(curator), add(curator, person, on="")

    assert nobody.status_code == no_day.status_code == 422
    assert "Отметьте хотя бы одного человека" in nobody.content.decode()
    assert f'value="{person.pk}" checked' in no_day.content.decode()
    assert not CouncilMember.objects.exists()


def test_people_of_another_school_are_not_included(curator, school):
    add(curator, recipes.teacher(recipes.make_school(short_name="Другая")))

    assert not CouncilMember.objects.exists()


def test_d2_council_is_in_alphabetical_order_on_each_day(school):
    later = recipes.teacher(school, "Ёлкина Яна Львовна")
    names = ["Шевченко Алина Олеговна", "Гладких Денис Олегович", "Ефимов Пётр Ильич"]
    for name in names:
        recipes.council_member(school, who=recipes.teacher(school, name))
    recipes.council_member(school, who=later, started_on=DAY)

    assert [m.person.surname for m in council_on(school, EVE)] == ["Гладких", "Ефимов", "Шевченко"]
    assert [m.person.surname for m in council_on(school, DAY)] == [
        "Гладких", "Ёлкина", "Ефимов", "Шевченко",
    ]  # fmt: skip


def test_d2_new_secretary_follows_the_former_who_stays_a_member(curator, school):
    chair = recipes.council_member(school, Duty.CHAIR)
    former = recipes.council_member(school, Duty.SECRETARY)
    member = recipes.council_member(school)

    page = appoint(curator, member, "secretary").content.decode()

    assert f"{member.person}: секретарь с 09.11.2026." in page
    assert secretary_on(school, EVE) == former.person
    assert secretary_on(school, DAY) == member.person
    assert chair_on(school, EVE) == chair_on(school, DAY) == chair.person
    assert len(council_on(school, EVE)) == len(council_on(school, DAY)) == 3
    assert school.council.get(person=former.person, started_on=DAY).duty == Duty.MEMBER
    former.refresh_from_db()
    assert (former.ended_on, former.end_reason) == (EVE, "другая обязанность в совете")


def test_secretary_becomes_chair_and_leaves_the_place(school):
    secretary = recipes.council_member(school, Duty.SECRETARY)
    recipes.council_member(school, Duty.CHAIR)

    CouncilMember.appoint(school, secretary.person, Duty.CHAIR, DAY)

    assert chair_on(school, DAY) == secretary.person
    assert secretary_on(school, DAY) is None and secretary_on(school, EVE) == secretary.person


def test_appointing_twice_or_on_the_first_day_makes_no_second_period(curator, school):
    member = recipes.council_member(school, started_on=DAY)

    appoint(curator, member, "chair")
    appoint(curator, member, "chair")

    period = school.council.get()
    assert (period.duty, period.started_on) == (Duty.CHAIR, DAY)


def test_outsider_may_be_appointed(school):
    person = recipes.teacher(school)

    CouncilMember.appoint(school, person, Duty.SECRETARY, DAY)

    assert secretary_on(school, DAY) == person and secretary_on(school, EVE) is None


def test_day_before_a_later_period_is_refused_in_words_and_changes_nothing(curator, school):
    former = recipes.council_member(school, Duty.CHAIR, started_on=DAY)
    member = recipes.council_member(school)

    answer = appoint(curator, member, "chair", on="2026-10-01")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "председатель с 09.11.2026: назовите этот или более поздний день" in page
    assert "откройте запись и исправьте дату" in page
    former.refresh_from_db()
    assert former.duty == Duty.CHAIR and CouncilMember.objects.count() == 2


def test_period_that_ended_later_is_in_the_way(school):
    recipes.council_member(school, Duty.CHAIR, ended_on=datetime.date(2026, 12, 31))
    member = recipes.council_member(school)

    with pytest.raises(Refusal, match=r"по 31\.12\.2026"):
        CouncilMember.appoint(school, member.person, Duty.CHAIR, DAY)

    member.refresh_from_db()
    assert member.ended_on is None


def test_end_needs_a_reason_and_a_day_not_before_the_first(curator, school):
    member = recipes.council_member(school)

    early = end(curator, member, on="2026-08-01")
    assert early.status_code == 422
    assert "с 01.09.2026: назовите этот или более поздний день" in early.content.decode()
    assert end(curator, member, reason="").status_code == 422
    member.refresh_from_db()
    assert member.ended_on is None


def test_who_left_stands_below_with_the_reason_and_comes_back(curator, school):
    member = recipes.council_member(school, who=recipes.teacher(school, "Кваша Пётр Ильич"))
    for _ in range(2):
        assert end(curator, member, on="2026-10-01").status_code == 302
    other = end(curator, member, on="2026-10-05", reason="иначе")
    assert other.status_code == 422
    assert "последний день уже записан, 01.10.2026" in other.content.decode()

    page = page_of(curator, on="2026-11-09")

    assert "в совете 0 человек" in page and "01.09.2026 – 01.10.2026" in page
    assert "увольнение" in page and "иначе" not in page
    assert "в совете 1 человек" in page_of(curator, on="2026-10-01")
    assert appoint(curator, member, "chair").status_code == 422  # not while out of the council
    add(curator, member.person, on="2026-10-02")
    assert school.council.count() == 2 and school.council.get(ended_on=None)


def test_row_read_before_another_end_does_not_overwrite_it(school):
    read_before = recipes.council_member(school)
    CouncilMember.objects.get().leave(EVE, "увольнение")

    with pytest.raises(Refusal, match=r"уже записан, 08\.11\.2026"):
        read_before.leave(DAY, "иначе")
    with pytest.raises(Refusal, match="уже не в совете"):
        read_before.take(Duty.CHAIR, DAY)

    member = CouncilMember.objects.get()
    assert (member.ended_on, member.end_reason, member.duty) == (EVE, "увольнение", "member")


@pytest.mark.parametrize("on", ["", "вчера", "2026-13-45"])
def test_odd_day_in_the_address_means_today(curator, school, on):
    recipes.council_member(school)

    assert "в совете 1 человек" in page_of(curator, on=on)


def test_two_open_chairs_or_memberships_do_not_fit_into_the_database(school):
    member = recipes.council_member(school, Duty.CHAIR)
    recipes.council_member(school, Duty.SECRETARY)
    bad = [(Duty.CHAIR, None), (Duty.SECRETARY, None), (Duty.MEMBER, member.person)]
    for duty, who in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            recipes.council_member(school, duty, who=who)
    recipes.council_member(recipes.make_school(short_name="Другая"), Duty.CHAIR)


def correct(client, member, on, ended_on=None, reason=None):
    """Send the form «Исправить дату» of the member's page as opened."""
    page = client.get(reverse("council-member", args=[member.pk]))
    data = {"started_on": on, "version": page.context["dates_form"]["version"].value()}
    if ended_on is not None:
        data |= {"ended_on": ended_on, "end_reason": reason}
    return client.post(reverse("council-correct", args=[member.pk]), data)


def test_first_day_recorded_wrongly_is_put_right(curator, school):
    secretary = recipes.council_member(school, Duty.SECRETARY, started_on=DAY)

    assert correct(curator, secretary, "2026-09-01").status_code == 302

    assert secretary_on(school, START) == secretary.person
    assert secretary.history.count() == 2


def test_end_is_put_right_or_taken_back(curator, school):
    member = recipes.council_member(school, ended_on=EVE, end_reason="увольнение")

    assert correct(curator, member, "2026-09-01", "2026-12-01", "").status_code == 422
    assert correct(curator, member, "2026-09-01", "2026-12-01", "отпуск").status_code == 302
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (datetime.date(2026, 12, 1), "отпуск")

    assert correct(curator, member, "2026-09-01", "", "отпуск").status_code == 302
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (None, "")


@pytest.mark.parametrize("duty", [Duty.CHAIR, Duty.SECRETARY])
def test_days_of_another_holder_or_of_the_same_person_are_refused(curator, school, duty):
    former = recipes.council_member(school, duty)
    member = recipes.council_member(school)
    held = CouncilMember.appoint(school, member.person, duty, DAY)

    answer = correct(curator, held, "2026-10-01")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{former} с 01.09.2026 по 08.11.2026: сроки пересекаются" in page
    assert f"{member.person} – член совета с 01.09.2026 по 08.11.2026" in page
    held.refresh_from_db()
    assert held.started_on == DAY


def test_members_with_other_duties_are_not_in_the_way(curator, school):
    recipes.council_member(school, Duty.CHAIR)
    recipes.council_member(school)
    member = recipes.council_member(school, Duty.SECRETARY, started_on=DAY)

    assert correct(curator, member, "2026-09-01").status_code == 302


def test_dates_changed_meanwhile_are_shown_not_overwritten(curator, school):
    member = recipes.council_member(school)
    page = curator.get(reverse("council-member", args=[member.pk]))
    version = page.context["dates_form"]["version"].value()
    correct(curator, member, "2026-09-14")

    answer = curator.post(
        reverse("council-correct", args=[member.pk]),
        {"started_on": "2026-10-01", "version": version},
    )

    assert answer.status_code == 409 and "сохранено 14.09.2026" in answer.content.decode()
    member.refresh_from_db()
    assert member.started_on == datetime.date(2026, 9, 14)


def test_record_made_by_mistake_is_deleted_and_the_history_keeps_it(curator, school):
    member = recipes.council_member(school)

    answer = curator.post(reverse("council-delete", args=[member.pk]), follow=True)

    assert f"Запись удалена: {member} с 01.09.2026." in answer.content.decode()
    assert not school.council.exists()
    assert [change.history_type for change in member.history.all()] == ["-", "+"]


def test_after_deleting_a_wrong_duty_the_former_record_is_offered(curator, school):
    member = recipes.council_member(school)
    wrong = CouncilMember.appoint(school, member.person, Duty.CHAIR, DAY)

    answer = curator.post(reverse("council-delete", args=[wrong.pk]), follow=True)

    assert answer.context["member"] == member
    assert "сотрите последний день" in answer.content.decode()
    assert correct(curator, member, "2026-09-01", "", "").status_code == 302
    assert [m.duty for m in council_on(school, DAY)] == [Duty.MEMBER]


@pytest.mark.parametrize(
    ("began", "offered"), [("2020-09-14", "2020-09-01"), ("2020-08-25", "2020-08-25")]
)
def test_first_day_offered_is_the_first_of_the_school_year_or_programme(
    curator, school, began, offered
):
    began, offered = map(datetime.date.fromisoformat, (began, offered))
    recipes.make_programme(school, started_on=began, ended_on=datetime.date(2021, 5, 21))

    page = curator.get(reverse("council"))

    assert page.context["form"]["started_on"].value() == offered


def test_first_day_offered_is_never_later_than_today(curator, school):
    recipes.make_programme(
        school, started_on=datetime.date(2090, 9, 14), ended_on=datetime.date(2091, 5, 21)
    )

    page = curator.get(reverse("council"))

    assert page.context["form"]["started_on"].value() == timezone.localdate()


def test_vacant_duty_is_offered_from_the_first_day_a_held_one_from_today(curator, school):
    first_day = datetime.date(2020, 9, 1)
    member = recipes.council_member(school, started_on=first_day)

    def page():
        return curator.get(reverse("council-member", args=[member.pk]))

    assert page().context["duty_form"]["started_on"].value() == first_day
    chair = recipes.council_member(school, Duty.CHAIR, started_on=first_day)
    recipes.council_member(school, Duty.SECRETARY, started_on=first_day)
    assert page().context["duty_form"]["started_on"].value() == timezone.localdate()
    assert f"{chair} с 01.09.2020" in page().content.decode()


def test_teacher_changes_nothing(client_of, school):
    member, teacher = recipes.council_member(school), client_of(Role.TEACHER)

    answers = [
        add(teacher, recipes.teacher(school)), appoint(teacher, member, "chair"),
        end(teacher, member), teacher.get(reverse("council")),
        teacher.post(reverse("council-correct", args=[member.pk]), {"started_on": "2026-09-14"}),
        teacher.post(reverse("council-delete", args=[member.pk])),
    ]  # fmt: skip

    assert {answer.status_code for answer in answers} == {403}
    member.refresh_from_db()
    assert CouncilMember.objects.count() == 1 and member.ended_on is None


def test_another_school_neither_sees_nor_changes(client_of, school):
    member = recipes.council_member(school)
    stranger = client_of(Role.DIRECTOR, school=recipes.make_school(short_name="Другая"))

    assert member.person.full_name not in page_of(stranger)
    assert end(stranger, member).status_code == 404
    assert appoint(stranger, member, "chair").status_code == 404
    assert stranger.post(reverse("council-delete", args=[member.pk])).status_code == 404
    assert school.council.count() == 1


def test_queries_do_not_grow_with_the_council(curator, school):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(curator)
        return len(found)

    recipes.council_member(school, Duty.CHAIR)
    recipes.council_member(school, ended_on=DAY)
    recipes.teacher(school)
    one = queries()
    for _ in range(99):
        recipes.council_member(school)
    for _ in range(10):
        recipes.council_member(school, ended_on=DAY)
        recipes.teacher(school)

    assert queries() == one <= 16
