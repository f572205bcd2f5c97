"""What a programme plans for its mentors and what they were given."""

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import GivenMeasure, PlannedMeasure

PLANNED = ("what", "started_on", "ended_on", "cost", "state", "done_on", "result")
GIVEN = ("given_on", "what")


def dump(programme, people) -> dict:
    planned = list(programme.planned_measures.select_related("measure").order_by("pk"))
    numbers = {row.pk: number for number, row in enumerate(planned, 1)}
    return {
        "planned_measures": [
            {
                "measure": row.measure.title,
                **fields(row, PLANNED),
                **_cost(row),
                **_people(row, people),
            }
            for row in planned
        ],
        "given_measures": [
            {"measure": row.measure.title, **fields(row, GIVEN)}
            | ({"person": people[row.person_id]} if row.person_id else {})
            | ({"planned": numbers[row.planned_id]} if row.planned_id else {})
            for row in programme.given_measures.select_related("measure").order_by("pk")
        ],
    }


def _cost(row: PlannedMeasure) -> dict:
    return {} if row.cost is None else {"cost": str(row.cost)}


def _people(row: PlannedMeasure, people: dict[int, str]) -> dict:
    found = {}
    if row.responsible_id:
        found["responsible"] = people[row.responsible_id]
    chosen = [people[person.pk] for person in row.people.in_order()]
    return found | ({"people": chosen} if chosen else {})


def load(programme, entry, people, place) -> None:
    measures = programme.school.measures
    planned = []
    for number, record in enumerate(entry.get("planned_measures", ()), 1):
        place[2:] = ["planned_measures", str(number)]
        row = made(
            PlannedMeasure,
            programme=programme,
            measure=measures.get(title=record["measure"]),
            responsible=people[record["responsible"]] if "responsible" in record else None,
            **taken(record, PLANNED),
        )
        row.people.set(people[key] for key in record.get("people", ()))
        planned.append(row)
    for number, record in enumerate(entry.get("given_measures", ()), 1):
        place[2:] = ["given_measures", str(number)]
        made(
            GivenMeasure,
            programme=programme,
            measure=measures.get(title=record["measure"]),
            person=people[record["person"]] if "person" in record else None,
            planned=planned[record["planned"] - 1] if "planned" in record else None,
            **taken(record, GIVEN),
        )
