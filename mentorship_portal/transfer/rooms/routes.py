"""Ready routes of the school; format, strengths and routes of pairs. S6.1, S6.2."""

from mentorship_portal.transfer.rooms.of_pairs import keys_of, pairs_of
from mentorship_portal.transfer.rows import fields, made, taken
from pairs.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths
from pairs.routes.ready import take_ready

READY = ("title", "aim", "expected", "is_used")
READY_STEP = ("week", "title", "expected")
FORMAT = ("meets", "every_days", "place")
SIDES = ("strong", "weak", "opportunities", "threats")
ROUTE = (
    *("aim", "tasks", "expected", "started_on", "ended_on", "state", "remark", "approved_on"),
    *("changed_on", "outcome", "summary", "closed_on"),
)
STEP = ("title", "expected", "due_on", "state", "done_on", "result")
GOAL = ("text", "measure", "due_on", "is_reached", "result")


class OfSchool:
    """The ready routes; a file without them gets the usual ones."""

    @staticmethod
    def dump(school, people) -> dict:
        rows = school.ready_routes.select_related("form", "category").prefetch_related("steps")
        return {
            "ready_routes": [
                {
                    "form": row.form.code,
                    **({"category": row.category.title} if row.category else {}),
                    **fields(row, READY),
                    "is_used": row.is_used,
                    "steps": [
                        {"week": step.week, **fields(step, READY_STEP)} for step in row.steps.all()
                    ],
                }
                for row in rows.order_by("pk")
            ]
        }

    @staticmethod
    def load(school, data, people, place) -> None:
        if "ready_routes" not in data:
            take_ready(school)
            return
        forms = {form.code: form for form in school.forms.all()}
        categories = {row.title: row for row in school.need_categories.all()}
        for number, entry in enumerate(data["ready_routes"], 1):
            place[:] = ["ready_routes", str(number)]
            row = made(
                ReadyRoute,
                school=school,
                form=forms[entry["form"]],
                category=categories.get(entry.get("category")),
                **taken(entry, READY),
            )
            for position, step in enumerate(entry.get("steps", ()), 1):
                made(ReadyStep, ready_route=row, position=position, **taken(step, READY_STEP))


class OfProgramme:
    """How pairs meet, what their people are strong and weak in, the routes of their mentees."""

    @staticmethod
    def dump(programme, people) -> dict:
        keys = keys_of(programme)
        pairs = programme.pairs.order_by("pk")
        sides = Strengths.objects.filter(pair__programme=programme).order_by("pk")
        routes = Route.objects.filter(pair__programme=programme).order_by("pk")
        formats = [(pair, fields(pair, FORMAT)) for pair in pairs]
        found = {
            "formats": [{"pair": keys[pair.pk], **named} for pair, named in formats if named],
            "strengths": [
                {"pair": keys[row.pair_id], "person": people[row.person_id], **fields(row, SIDES)}
                for row in sides
            ],
            "routes": [
                {
                    "pair": keys[route.pair_id],
                    "mentee": people[route.mentee_id],
                    **fields(route, ROUTE),
                    "goals": [fields(goal, GOAL) | _reached(goal) for goal in route.goals.all()],
                    "steps": [fields(step, STEP) for step in route.steps.all()],
                }
                for route in routes.prefetch_related("goals", "steps")
            ],
        }
        return {name: listed for name, listed in found.items() if listed}

    @staticmethod
    def load(programme, entry, people, place) -> None:
        if not any(entry.get(name) for name in ("formats", "strengths", "routes")):
            return
        pairs = pairs_of(programme, entry)
        for number, row in enumerate(entry.get("formats", ()), 1):
            place[2:] = ["formats", str(number)]
            pair = pairs[row["pair"]]
            for name, value in taken(row, FORMAT).items():
                setattr(pair, name, value)
            pair.clean_fields(exclude=[f.name for f in pair._meta.fields if f.name not in FORMAT])
            pair.save()
        for number, row in enumerate(entry.get("strengths", ()), 1):
            place[2:] = ["strengths", str(number)]
            person = people[row["person"]]
            made(Strengths, pair=pairs[row["pair"]], person=person, **taken(row, SIDES))
        for number, row in enumerate(entry.get("routes", ()), 1):
            place[2:] = ["routes", str(number)]
            mentee = people[row["mentee"]]
            route = made(Route, pair=pairs[row["pair"]], mentee=mentee, **taken(row, ROUTE))
            for goal in row.get("goals", ()):
                made(Goal, route=route, **taken(goal, GOAL))
            for position, step in enumerate(row.get("steps", ()), 1):
                made(RouteStep, route=route, position=position, **taken(step, STEP))


def _reached(goal: Goal) -> dict:
    return {"is_reached": False} if goal.is_reached is False else {}
