"""People of the school propose others. S2.2, S3.2."""

from django.urls import reverse

from programmes.access import Role
from programmes.models import Application
from tests import recipes


def test_second_proposal_of_one_person_adds_words_only(client_of, school, programme):
    pupil = recipes.pupil(school)
    address = reverse("application-propose", args=[programme.pk]) + f"?person={pupil.pk}"
    psychologist = client_of(Role.PSYCHOLOGIST)
    said = {"purpose": "mentee", "channel": "psychologist", "need": "адаптация"}

    psychologist.post(address, said)
    psychologist.post(address, said | {"need": "тревожность на контрольных"})

    application = Application.objects.get()
    assert application.need == "адаптация"
    assert "тревожность на контрольных" in application.addition


def test_psychologist_cannot_speak_for_the_class_teacher(client_of, school, programme):
    address = reverse("application-propose", args=[programme.pk])
    answer = client_of(Role.PSYCHOLOGIST).post(
        f"{address}?person={recipes.pupil(school).pk}",
        {"purpose": "mentee", "channel": "class_teacher", "need": "x"},
    )

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_s3_2_class_teacher_proposes_a_mentor(client_of, school, programme):
    teacher = recipes.teacher(school)
    recipes.class_teacher(school, teacher, 10, "А")
    pupil = recipes.pupil(school, grade=10)

    client_of(Role.TEACHER, person=teacher).post(
        reverse("my-class-propose", args=[pupil.pk]), {"purpose": "mentor", "need": "физика"}
    )

    assert Application.objects.get().purpose == "mentor"


def test_words_or_a_topic_are_needed(curator, school, programme):
    address = reverse("application-propose", args=[programme.pk])
    answer = curator.post(
        f"{address}?person={recipes.pupil(school).pk}", {"purpose": "mentee", "channel": "parent"}
    )

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_people_of_another_school_are_not_there(curator, programme):
    foreign = recipes.pupil(recipes.make_school())
    address = reverse("application-propose", args=[programme.pk])

    assert curator.get(f"{address}?person={foreign.pk}").status_code == 404
    assert curator.get(f"{address}?person={'9' * 40}").status_code == 404
