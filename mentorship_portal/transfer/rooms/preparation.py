"""Stage 1 of a programme: aims, indicators, study of the concept, resources."""

import datetime
from decimal import Decimal
from typing import Any

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import Aim, Indicator, Material, Resource, StudyRecord

AIM = ("kind", "text")
INDICATOR = ("title", "unit", "method", "due_on", "removed_at")
NUMBERS = ("baseline", "target")
MATERIAL = ("title", "link", "note", "removed_at")
RECORD = ("studied_on", "is_by_sheet")
RESOURCE = ("is_outside", "kind", "title", "purpose", "state", "note", "removed_at")


def dump(programme, people) -> dict:
    found = {
        "aims": [fields(a, AIM) for a in programme.aims.order_by("kind", "position", "pk")],
        "indicators": [
            _indicator(row)
            for row in programme.expected_indicators.select_related("form").order_by("pk")
        ],
        "study": [
            fields(material, MATERIAL)
            | {
                "records": [
                    {"person": people[record.person_id], **fields(record, RECORD)}
                    for record in material.records.order_by("pk")
                ]
            }
            for material in programme.study_materials.order_by("position", "pk")
        ],
        "resources": [
            fields(row, RESOURCE)
            | ({"responsible": people[row.responsible_id]} if row.responsible_id else {})
            for row in programme.resources.order_by("pk")
        ],
    }
    return {name: rows for name, rows in found.items() if rows}


def _indicator(row: Indicator) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in NUMBERS}
    return {
        **fields(row, INDICATOR),
        **{name: f"{number:.2f}" for name, number in numbers.items() if number is not None},
        **({"form": row.form.code} if row.form else {}),
    }


def load(programme, entry, people, place) -> None:
    for number, row in enumerate(entry.get("aims", ()), 1):
        place[2:] = ["aims", str(number)]
        made(Aim, programme=programme, position=number, **taken(row, AIM))
    for number, row in enumerate(entry.get("indicators", ()), 1):
        place[2:] = ["indicators", str(number)]
        values = _row(row, INDICATOR) | {
            name: Decimal(row[name]) for name in NUMBERS if name in row
        }
        form = programme.school.forms.get(code=row["form"]) if row.get("form") else None
        made(Indicator, programme=programme, form=form, **values)
    for number, row in enumerate(entry.get("study", ()), 1):
        place[2:] = ["study", str(number)]
        material = made(Material, programme=programme, position=number, **_row(row, MATERIAL))
        for record in row.get("records", ()):
            person = people[record["person"]]
            made(StudyRecord, material=material, person=person, **taken(record, RECORD))
    for number, row in enumerate(entry.get("resources", ()), 1):
        place[2:] = ["resources", str(number)]
        who = people[row["responsible"]] if row.get("responsible") else None
        made(Resource, programme=programme, responsible=who, **_row(row, RESOURCE))


def _row(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The named fields; the moment of removing, which no form edits, as a moment."""
    values = taken(row, names)
    if values.get("removed_at"):
        values["removed_at"] = datetime.datetime.fromisoformat(values["removed_at"])
    return values
