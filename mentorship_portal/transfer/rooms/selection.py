"""Selection of a programme: criteria, assessors, sheets with their points, decisions, waivers."""

from mentorship_portal.transfer.rows import fields, load_period, made, period, taken
from programmes.models import Assessor, Criterion, Decision, Score, Sheet, Waiver

CRITERION = ("title", "hint", "weight", "scale")
SHEET = ("remark", "recommendation", "is_done")
DECISION = ("outcome", "reason", "decided_on", "by_name")
WAIVER = ("reason", "given_on", "by_name")


def dump(programme, people) -> dict:
    criteria = list(
        programme.criteria.select_related("form")
        .prefetch_related("categories")
        .order_by("form__code", "position", "pk")
    )
    keys = {criterion.pk: f"c{number}" for number, criterion in enumerate(criteria, 1)}
    data = {
        "criteria": [
            {
                "key": keys[c.pk],
                "form": c.form.code,
                **fields(c, CRITERION),
                "categories": sorted([a.audience, a.title] for a in c.categories.all()),
            }
            for c in criteria
        ],
        "assessors": [period(a, people) for a in programme.assessors.order_by("pk")],
        "sheets": [_sheet(sheet, people, keys) for sheet in _sheets(programme)],
        "decisions": [
            {"person": people[d.person_id], **fields(d, DECISION)}
            for d in programme.decisions.order_by("pk")
        ],
        "waivers": [
            {"person": people[w.person_id], **fields(w, WAIVER)}
            for w in programme.waivers.order_by("pk")
        ],
    }
    found = {name: rows for name, rows in data.items() if rows}
    return {"selection": found} if found else {}


def _sheets(programme):
    rows = programme.sheets.select_related("form").prefetch_related("scores")
    return rows.order_by("pk")


def _sheet(sheet: Sheet, people, keys) -> dict:
    return {
        "assessor": people[sheet.assessor_id],
        "person": people[sheet.person_id],
        "form": sheet.form.code,
        **fields(sheet, SHEET),
        "points": {
            keys[s.criterion_id]: s.value
            for s in sorted(sheet.scores.all(), key=lambda s: keys[s.criterion_id])
        },
    }


def load(programme, entry, people, place) -> None:
    data = entry.get("selection", {})
    criteria = {}
    needs = {(n.audience, n.title): n for n in programme.school.need_categories.all()}
    for number, row in enumerate(data.get("criteria", ()), 1):
        place[2:] = ["selection", "criteria", str(number)]
        criterion = made(
            Criterion,
            programme=programme,
            form=programme.school.forms.get(code=row["form"]),
            position=number,
            **taken(row, CRITERION),
        )
        criterion.categories.set(needs[tuple(name)] for name in row.get("categories", ()))
        criteria[row["key"]] = criterion
    for number, row in enumerate(data.get("assessors", ()), 1):
        place[2:] = ["selection", "assessors", str(number)]
        load_period(Assessor, row, people, programme=programme)
    for number, row in enumerate(data.get("sheets", ()), 1):
        place[2:] = ["selection", "sheets", str(number)]
        sheet = made(
            Sheet,
            programme=programme,
            assessor=people[row["assessor"]],
            person=people[row["person"]],
            form=programme.school.forms.get(code=row["form"]),
            **taken(row, SHEET),
        )
        for key, value in row.get("points", {}).items():
            criterion = criteria[key]
            made(Score, sheet=sheet, criterion=criterion, value=value, scale=criterion.scale)
    for name, model, names in (("decisions", Decision, DECISION), ("waivers", Waiver, WAIVER)):
        for number, row in enumerate(data.get(name, ()), 1):
            place[2:] = ["selection", name, str(number)]
            made(model, programme=programme, person=people[row["person"]], **taken(row, names))
