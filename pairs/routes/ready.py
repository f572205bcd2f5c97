"""The ready routes that a school begins with, by form and category of need (S6.2, F6, F7)."""

import json
from functools import cache
from pathlib import Path

from simple_history.utils import bulk_create_with_history

from pairs.routes.models import ReadyRoute, ReadyStep
from programmes.school.models import School

FILE = Path(__file__).with_name("ready.json")


@cache
def read_ready() -> list[dict]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def take_ready(school: School) -> int:
    """Give a school the ready routes that it lacks; how many were added.

    One that the school has, changed or put out of use is left alone.
    """
    forms = {form.code: form for form in school.forms.all()}
    categories = {category.title: category for category in school.need_categories.all()}
    has = set(school.ready_routes.values_list("form__code", "title"))
    entries = [
        entry
        for entry in read_ready()
        if entry["form"] in forms and (entry["form"], entry["title"]) not in has
    ]
    routes = [
        ReadyRoute(
            school=school,
            form=forms[entry["form"]],
            category=categories.get(entry["category"]),
            title=entry["title"],
            aim=entry["aim"],
            expected=entry["expected"],
        )
        for entry in entries
    ]
    bulk_create_with_history(routes, ReadyRoute)
    made = {
        (route.form_id, route.title): route
        for route in school.ready_routes.filter(title__in=[r.title for r in routes])
    }
    ReadyStep.objects.bulk_create(
        ReadyStep(
            ready_route=made[forms[entry["form"]].pk, entry["title"]],
            position=position,
            week=week,
            title=title,
            expected=expected,
        )
        for entry in entries
        for position, (week, title, expected) in enumerate(entry["steps"], 1)
    )
    return len(routes)


def fitting(pair, mentee_entry) -> list[ReadyRoute]:
    """The ready routes for the pair's form: those for the mentee's needs first.

    ``mentee_entry``: the row of the mentee base, or None. Each route tells ``is_recommended``.
    """
    wanted = set(mentee_entry.categories.values_list("pk", flat=True)) if mentee_entry else set()
    rows = list(
        ReadyRoute.objects.filter(form=pair.form_id, is_used=True)
        .select_related("category")
        .prefetch_related("steps")
    )
    for row in rows:
        row.is_recommended = row.category_id in wanted
    return sorted(rows, key=lambda row: (not row.is_recommended, row.title))
