"""The school's days off."""

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import DaysOff

FIELDS = ("kind", "title", "started_on", "ended_on", "is_yearly", "is_proposed")


def dump(school, people) -> dict:
    return {
        "calendar": [
            fields(row, FIELDS)
            for row in school.days_off.order_by("is_yearly", "started_on", "ended_on", "pk")
        ]
    }


def load(school, data, people, place) -> None:
    if "calendar" not in data:
        DaysOff.create_for(school)
        return
    for number, entry in enumerate(data["calendar"], 1):
        place[:] = ["calendar", str(number)]
        made(DaysOff, school=school, **taken(entry, FIELDS))
