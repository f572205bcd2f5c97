"""The page of consents: who lacks what, in a fixed number of queries (D13, S2.2)."""

import datetime

from django.utils import timezone

from programmes.consents import progress
from programmes.consents.recording import withdraw
from programmes.models import Consent
from programmes.progress import counted
from tests import recipes


def page(client, programme, query=""):
    return client.get(f"/programmes/{programme.pk}/consents/{query}")


def test_d13_people_of_the_bases_are_shown_and_whom_lacks_what(curator, programme):
    fine = recipes.mentee_in_base(programme).person
    lacking = recipes.mentor_in_base(programme).person
    lacking.consents.filter(purpose="participation").delete()

    rows = page(curator, programme).context["page"].object_list
    assert {row.person for row in rows} == {fine, lacking}
    missing = page(curator, programme, "?state=missing").context["page"].object_list
    assert [(row.person, row.lacking) for row in missing] == [(lacking, ["participation"])]
    assert page(curator, programme, "?who=mentees").context["found"] == 1


def test_d13_class_and_purpose_narrow_the_list(curator, programme):
    recipes.pupil(programme.school, grade=5, letter="Б")
    recipes.pupil(programme.school, grade=6)

    found = page(curator, programme, "?who=pupils&class=5 «Б»&purpose=image&state=missing")
    assert found.context["found"] == 1


def test_d13_empty_school_is_told_where_to_begin(curator, programme):
    assert "напечатайте согласия на весь класс" in page(curator, programme).content.decode()


def test_d13_birthdays_near_are_told_30_days_ahead(curator, programme):
    today = timezone.localdate()
    soon = today + datetime.timedelta(days=20)
    born = soon.replace(year=soon.year - 14)
    person = recipes.pupil(programme.school, birth_date=born)
    recipes.mentee_in_base(programme, person)

    words = page(curator, programme).content.decode()
    assert f"14 лет {soon:%d.%m.%Y}" in words


def test_d13_after_the_birthday_the_last_day_of_the_old_consent_is_told(curator, programme):
    today = timezone.localdate()
    birthday = today - datetime.timedelta(days=10)
    person = recipes.pupil(
        programme.school, birth_date=birthday.replace(year=birthday.year - 14), has_consents=False
    )
    recipes.mentee_in_base(programme, person)
    recipes.consents(person, on=birthday - datetime.timedelta(days=60))

    words = page(curator, programme, "?state=soon").content.decode()
    last = birthday + datetime.timedelta(days=30)
    assert f"прежнее действует до {last:%d.%m.%Y}" in words


def test_d13_list_of_300_costs_what_a_list_of_one_does(
    curator, programme, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    recipes.mentee_in_base(programme)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(curator, programme)
    for _ in range(60):
        recipes.mentee_in_base(programme)
    with CaptureQueriesContext(connection) as many:
        page(curator, programme)
    assert len(many) <= len(few)


def test_s2_2_board_hears_of_missing_consents_birthdays_and_tasks(programme):
    day = timezone.localdate()
    without = recipes.mentee_in_base(programme).person
    withdraw(without.consents.get(purpose="processing"), day, "")
    recipes.mentor_in_base(programme)

    mentees, mentors = progress.steps(programme, counted(programme, [progress], day), day)

    assert (mentees.row, mentees.state) == ("S2.2", "busy")
    assert mentees.missing[0].text == "Нет согласий: наставляемые – 1"
    assert "После отзыва согласий, задач: 1" in mentees.missing[-1].text
    assert (mentors.row, mentors.state, mentors.facts) == ("S3.2", "done", ("согласия: 1 из 1",))
    later = day + datetime.timedelta(days=31)
    late = progress.steps(programme, counted(programme, [progress], later), later)[0]
    assert late.state == "late" or programme.ended_on < later
    assert Consent.objects.standing().filter(person=without).count() == 1
