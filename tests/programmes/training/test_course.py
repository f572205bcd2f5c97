"""Courses, sessions, attendance and results. S4.2."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.access import Role
from programmes.models import Course, Enrolment, Session
from programmes.readiness import ready_to_lead
from tests import recipes


@pytest.fixture
def course(programme):
    return recipes.own_course(programme)


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


def attend(client, session, present):
    """Open the page of a session and store who was there."""
    page = reverse("attendance", args=[session.course.programme_id, session.pk])
    version = client.get(page).context["version"]
    return client.post(page, {"present": present, "version": version})


def enrolled(course, count=1):
    return [
        Enrolment.objects.create(
            course=course, person=recipes.mentor_in_base(course.programme).person
        )
        for _ in range(count)
    ]


def test_s4_2_a_course_does_not_end_before_it_begins(curator, programme):
    values = {"title": "Курс", "hours": 16, "minimum_percent": 80, "started_on": "2026-10-26"}

    answer = post(curator, "course-new", programme.pk, **values, ended_on="2026-10-25")

    assert answer.status_code == 422 and not Course.objects.exists()
    assert "раньше, чем начинается" in answer.content.decode()
    assert (
        post(curator, "course-new", programme.pk, **values, ended_on="2026-10-26").status_code
        == 302
    )


def test_s4_2_the_same_session_twice_and_one_outside_the_course_are_refused(curator, course):
    values = {"starts_at": "15:00", "topic": "Роли"}
    for day in ("2026-10-26", "2026-11-26"):
        answer = post(curator, "session-new", course.programme_id, course.pk, held_on=day, **values)
        assert answer.status_code == 422

    assert Session.objects.count() == 3


def test_s4_2_attendance_is_not_marked_before_the_session(curator, programme):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    course = recipes.own_course(programme, days=[tomorrow.isoformat()])
    (enrolment,) = enrolled(course)
    session = course.sessions.get()

    answer = attend(curator, session, enrolment.pk)

    assert answer.status_code == 422 and "ещё не прошло" in answer.content.decode()
    assert not enrolment.attended.exists() and not Session.objects.get().is_marked


def test_s4_2_results_follow_attendance(curator, course):
    programme = course.programme
    diligent, idle = enrolled(course, 2)
    assert (
        post(curator, "course-settle", programme.pk, course.pk, day="2026-10-30").status_code == 422
    )
    for number, session in enumerate(course.sessions.all()):
        present = [diligent.pk] if number else [diligent.pk, idle.pk]
        for _ in range(2):
            attend(curator, session, present)
    early = post(curator, "course-settle", programme.pk, course.pk, day="2026-10-29")
    assert early.status_code == 422
    for _ in range(2):
        post(curator, "course-settle", programme.pk, course.pk, day="2026-10-30")

    diligent.refresh_from_db()
    idle.refresh_from_db()
    assert (diligent.result, diligent.hours) == ("passed", 12)
    assert (idle.result, idle.hours) == ("failed", None)
    assert diligent.attended.count() == 3 and idle.attended.count() == 1


def test_s4_2_a_change_of_attendance_takes_the_results_back(curator, course):
    programme = course.programme
    who = recipes.mentor_in_base(programme, is_ready=False).person
    recipes.selected(programme, who)
    mentor = Enrolment.objects.create(course=course, person=who)
    for session in course.sessions.all():
        attend(curator, session, mentor.pk)
    post(curator, "course-settle", programme.pk, course.pk, day="2026-10-30")
    assert not ready_to_lead(programme, [mentor.person], timezone.localdate())[mentor.person_id]

    for session in course.sessions.all():
        attend(curator, session, [])

    mentor.refresh_from_db()
    assert (mentor.result, mentor.hours, mentor.result_on) == ("", None, None)
    assert ready_to_lead(programme, [mentor.person], timezone.localdate())[mentor.person_id]


def test_sec14_marks_made_meanwhile_are_not_erased(curator, course):
    first, second = enrolled(course, 2)
    session = course.sessions.first()
    page = reverse("attendance", args=[course.programme_id, session.pk])
    opened = curator.get(page).context["version"]
    attend(curator, session, second.pk)

    answer = curator.post(page, {"present": first.pk, "version": opened})

    assert answer.status_code == 409 and "изменились" in answer.content.decode()
    assert [e.pk for e in session.attendees.all()] == [second.pk]


def test_s4_2_only_selected_mentors_are_enrolled_and_once(curator, course):
    programme = course.programme
    ready = recipes.mentor_in_base(programme).person
    waiting = recipes.mentor_in_base(programme, is_ready=False).person

    assert (
        post(curator, "course-enrol", programme.pk, course.pk, people=waiting.pk).status_code == 422
    )
    post(curator, "course-enrol", programme.pk, course.pk, people=ready.pk)
    post(curator, "course-enrol", programme.pk, course.pk, people=ready.pk)

    assert [enrolment.person for enrolment in course.enrolments.all()] == [ready]


def test_s4_2_an_outside_course_keeps_the_number_of_its_certificate(curator, programme):
    entry = recipes.mentor_in_base(programme)
    enrolment = entry.person.enrolments.get()
    page = reverse("enrolment-result", args=[programme.pk, enrolment.pk])
    version = curator.get(page).context["form"]["version"].value()
    values = {
        "result": "passed",
        "hours": 36,
        "result_on": "2026-10-30",
        "outside_number": "75-0118",
        "outside_date": "2026-10-30",
    }

    assert curator.post(page, values | {"hours": "", "version": version}).status_code == 422
    late = {"result_on": "2036-10-30", "version": version}
    assert curator.post(page, values | late).status_code == 422
    assert curator.post(page, values | {"version": version}).status_code == 302
    enrolment.refresh_from_db()
    assert (enrolment.outside_number, enrolment.hours) == ("75-0118", 36)


def test_s4_2_a_mentor_sees_own_courses_only(client_of, course):
    mine, other = enrolled(course, 2)
    Course.objects.filter(pk=course.pk).update(title="Школа своих")
    stranger = recipes.own_course(recipes.make_programme(recipes.make_school(short_name="Вторая")))
    enrolled(stranger)

    page = client_of(Role.MENTOR, person=mine.person).get(reverse("my-training"))

    titles = {part["enrolment"].course.title for part in page.context["parts"]}
    assert "Школа своих" in titles and all(
        part["enrolment"].person_id == mine.person_id for part in page.context["parts"]
    )
    assert other.person.full_name not in page.content.decode() or other.person == mine.person


def test_s4_2_the_matrix_asks_as_much_for_many_as_for_one(
    curator, course, django_assert_max_num_queries
):
    enrolled(course, 25)

    with django_assert_max_num_queries(22):
        page = curator.get(reverse("course", args=[course.programme_id, course.pk]))

    assert len(page.context["rows"]) == 25


def test_s4_2_hours_are_proposed_and_the_first_save_is_no_conflict(curator, programme):
    entry = recipes.mentor_in_base(programme)
    enrolment = entry.person.enrolments.get()
    Enrolment.objects.filter(pk=enrolment.pk).update(hours=None, result="", result_on=None)
    page = reverse("enrolment-result", args=[programme.pk, enrolment.pk])
    shown = curator.get(page).context["form"]
    assert shown["hours"].value() == enrolment.course.hours

    values = {name: shown[name].value() or "" for name in shown.fields}
    typed = values | {"result": "passed", "result_on": "2026-10-30"}

    assert curator.post(page, typed).status_code == 302
