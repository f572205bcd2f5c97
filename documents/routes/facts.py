"""Routes from stored data: to the facts of D11."""

import datetime
from collections.abc import Iterable

from documents.drafting.people import basis_facts, person_facts, school_facts
from documents.kinds import individual_route as kind
from documents.letterhead.models import PaperSettings
from documents.paper import Paper
from documents.registry.models import Document, Kind
from pairs.routes.models import Route
from programmes.consents.standing import Signers, signers_of
from programmes.models import Programme


class Printing:
    """What all routes of a programme share, fetched once."""

    def __init__(self, programme: Programme, on: datetime.date) -> None:
        self.on = on
        self.school = school_facts(programme.school, PaperSettings.of(programme.school))
        curators = programme.curators_on(on)
        self.curator = person_facts(curators[0]) if curators else None
        self.orders: dict[int, Document] = {}
        registered = Document.objects.registered().filter(programme=programme, kind=Kind.PAIRS)
        for document in registered.order_by("date").prefetch_related("pairs"):
            for pair in document.pairs.all():
                self.orders[pair.pk] = document

    def paper(self, route: Route) -> Paper:
        """D11 of a route read ``with_all``."""
        pair, mentor = route.pair, route.pair.mentor
        return kind.build(
            kind.RouteFacts(
                source=f"route.{route.pk}",
                school=self.school,
                mentee=person_facts(route.mentee),
                mentor=person_facts(mentor) if mentor else None,
                form=pair.form.title,
                variant=pair.variant.title if pair.variant else "",
                order=basis_facts(self.orders.get(pair.pk)),
                started_on=route.started_on,
                ended_on=route.ended_on,
                aim=route.aim,
                tasks=in_one_line(route.tasks),
                expected=in_one_line(route.expected),
                goals=tuple(_goal(goal) for goal in route.goals.all()),
                steps=tuple(
                    kind.StepFacts(
                        title=step.title,
                        due_on=step.due_on,
                        expected=step.expected,
                        mark=_mark(step),
                    )
                    for step in route.steps.all()
                ),
                curator=self.curator,
                approved_on=route.approved_on,
                needs_parent=signers_of(route.mentee, self.on) != Signers.PERSON,
                outcome=route.get_outcome_display() if route.outcome else "",
                summary=route.summary,
            )
        )

    def papers(self, routes: Iterable[Route]) -> Iterable[Paper]:
        return (self.paper(route) for route in routes)


def in_one_line(text: str) -> str:
    """Lines of a text as one, with semicolons: cells of a table have no lines of their own."""
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())


def _goal(goal) -> str:
    words = f"{goal.text} – к {goal.due_on:%d.%m.%Y}"
    if goal.measure:
        words += f"; результат: {goal.measure}"
    if goal.is_reached is not None:
        words += " (достигнута)" if goal.is_reached else " (не достигнута)"
    return words


def _mark(step) -> str:
    if step.is_done:
        result = f"; {step.result}" if step.result else ""
        return f"выполнено {step.done_on:%d.%m.%Y}{result}"
    return "не понадобилось" if step.state == "dropped" else ""
