"""Stage 3: people hear of the launch, and those who want to be mentors apply."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from programmes.access import Role
from programmes.models import Announcement, Application
from programmes.programme.models import Programme
from tests import recipes


@pytest.fixture
def programme(school) -> Programme:
    return recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 1), ended_on=datetime.date(2099, 5, 31)
    )


def test_s3_1_the_launch_is_announced_to_its_audience_with_a_poster(
    curator, client_of, school, programme
):
    announcement = recipes.announcement(
        programme, stage=3, audience="teachers", title="Станьте наставником",
        started_on=datetime.date(2020, 9, 1),
    )  # fmt: skip
    teacher, pupil = client_of(Role.TEACHER), client_of(Role.MENTEE, person=recipes.pupil(school))
    board = reverse("announcements")
    assert "Станьте наставником" not in teacher.get(board).content.decode()

    curator.post(reverse("announcement-publish", args=[programme.pk, announcement.pk]))
    assert "Станьте наставником" in teacher.get(board).content.decode()
    assert "Станьте наставником" not in pupil.get(board).content.decode()
    poster = reverse("announcement-poster", args=[programme.pk, announcement.pk])
    assert curator.get(poster).status_code == 409  # its form is not open yet
    recipes.application_link(programme, "mentor")
    assert curator.get(poster).content.startswith(b"%PDF")

    curator.post(reverse("announcement-withdraw", args=[programme.pk, announcement.pk]))
    assert "Станьте наставником" not in teacher.get(board).content.decode()
    assert Announcement.objects.get().history.count() == 3


def test_s3_2_application_of_a_mentor_comes_into_the_base(curator, school, programme):
    link = recipes.application_link(programme, "mentor")
    teacher = recipes.teacher(school, "Дашинимаев Баир Цыренович")
    category = school.need_categories.get(title="методика и построение урока")
    said = {
        "who": "teacher",
        "surname": "Дашинимаев",
        "first_name": "Баир",
        "patronymic": "Цыренович",
        "gender": "m",
        "position": "учитель математики",
        "phone": "+7 914 000-00-01",
        "teacher_categories": [category.pk],
        "need": "олимпиады",
        "motivation": "хочу передать опыт",
        "days": ["5"],
    }
    Client().post(reverse("apply", args=[link.slug]), said)
    application = Application.objects.get()
    detail = reverse("application-detail", args=[programme.pk, application.pk])
    assert list(curator.get(detail).context["matches"]) == [teacher]

    address = reverse("application-person", args=[programme.pk, application.pk])
    curator.post(address, {"person": teacher.pk})
    accept = reverse("application-accept", args=[programme.pk, application.pk])
    curator.post(accept, {"started_on": "2020-09-14"})

    entry = programme.mentors.get()
    assert entry.person == teacher
    assert (entry.competences, entry.motivation, entry.days) == (
        "олимпиады",
        "хочу передать опыт",
        [5],
    )
    assert list(entry.categories.all()) == [category]
    application.refresh_from_db()
    assert application.state == Application.State.ACCEPTED
