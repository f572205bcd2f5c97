"""Class teachers: one at a time, seeing the own class while it lasts. S2.2."""

import datetime

from django.urls import reverse

from programmes.access import Role
from programmes.models import ClassTeacher
from tests import recipes


def appoint(curator, person, day="2026-09-01", class_name="7а"):
    return curator.post(
        reverse("class-teacher-add"),
        {"class_name": class_name, "person": person.pk, "started_on": day},
    )


def test_s2_2_a_new_class_teacher_ends_the_former(curator, school):
    first, second = recipes.teacher(school), recipes.teacher(school)
    appoint(curator, first)
    appoint(curator, first)
    appoint(curator, second, "2026-11-01")

    old, new = ClassTeacher.objects.order_by("started_on")
    assert (old.person, old.ended_on) == (first, datetime.date(2026, 10, 31))
    assert (new.person, new.ended_on) == (second, None)


def test_an_earlier_day_is_refused(curator, school):
    appoint(curator, recipes.teacher(school), "2026-10-01")

    assert appoint(curator, recipes.teacher(school), "2026-09-01").status_code == 422
    assert ClassTeacher.objects.count() == 1


def test_pupils_and_strangers_lead_no_class(curator, school):
    for person in (recipes.pupil(school), recipes.teacher(recipes.make_school())):
        assert appoint(curator, person).status_code == 422
    assert appoint(curator, recipes.teacher(school), class_name="12а").status_code == 422
    assert not ClassTeacher.objects.exists()


def test_s2_2_who_no_longer_leads_the_class_sees_nobody(curator, client_of, school):
    teacher, pupil = recipes.teacher(school), recipes.pupil(school, grade=7, letter="Я")
    led = recipes.class_teacher(school, teacher, started_on=datetime.date(2020, 9, 1))
    client = client_of(Role.TEACHER, person=teacher)
    assert pupil.surname in client.get(reverse("my-class")).content.decode()

    curator.post(
        reverse("class-teacher-end", args=[led.pk]), {"ended_on": "2021-05-31", "reason": "выпуск"}
    )

    assert pupil.surname not in client.get(reverse("my-class")).content.decode()
    assert client.get(reverse("my-class-propose", args=[pupil.pk])).status_code == 404


def test_a_wrong_record_is_deleted_and_its_history_stays(curator, school):
    led = recipes.class_teacher(school)

    curator.post(reverse("class-teacher-delete", args=[led.pk]))

    assert not ClassTeacher.objects.exists()
    assert ClassTeacher.history.filter(history_type="-").count() == 1
