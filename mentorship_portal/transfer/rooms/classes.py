"""Class teachers."""

from mentorship_portal.transfer.rows import load_period, period
from programmes.models import ClassTeacher

FIELDS = ("grade", "letter")


def dump(school, people) -> dict:
    teachers = school.class_teachers.order_by("started_on", "grade", "letter", "pk")
    return {"class_teachers": [period(teacher, people, *FIELDS) for teacher in teachers]}


def load(school, data, people, place) -> None:
    for number, entry in enumerate(data.get("class_teachers", ()), 1):
        place[:] = ["class_teachers", str(number)]
        load_period(ClassTeacher, entry, people, *FIELDS, school=school)
