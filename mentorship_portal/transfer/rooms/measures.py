"""The school's catalogue of measures that motivate mentors, in its order."""

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import Measure

FIELDS = ("code", "title", "description", "is_used")


def dump(school, people) -> dict:
    rows = [fields(measure, FIELDS) for measure in school.measures.order_by("position", "pk")]
    return {"measures": rows}


def load(school, data, people, place) -> None:
    if "measures" not in data:
        Measure.create_for(school)
        return
    for number, entry in enumerate(data["measures"], 1):
        place[:] = ["measures", str(number)]
        made(Measure, school=school, position=number, **taken(entry, FIELDS))
