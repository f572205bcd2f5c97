"""D11: the individual route of a mentee, the Regulation's annex 1 filled in (S6.2)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.kinds.order import description, full_name, letterhead
from documents.kinds.regulation_forms import (
    ROUTE_COLUMNS,
    ROUTE_FIELDS,
    ROUTE_WIDTHS,
    route_signing,
)
from documents.paper import Blank, Fact, Paper, Paragraph, Stamp, Table, Words, fact

KIND = "D11"
TITLE = "Индивидуальный маршрут наставляемого"
_SIGN = "__________________"


@dataclass(frozen=True, kw_only=True)
class StepFacts:
    """One step; ``mark`` is the note on its carrying out, empty while it lies ahead."""

    title: str
    due_on: datetime.date
    expected: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class RouteFacts:
    """``form`` is the title without quotes; ``order`` is the order on pairs (D7).

    ``curator`` and ``approved_on`` make the approval stamp. ``needs_parent``: the mentee is a
    pupil under 18. ``outcome`` and ``summary`` are there when the route is closed.
    """

    source: str = "route"
    school: SchoolFacts | None = None
    mentee: PersonFacts | None = None
    mentor: PersonFacts | None = None
    form: str = ""
    variant: str = ""
    order: BasisFacts | None = None
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    aim: str = ""
    tasks: str = ""
    expected: str = ""
    goals: Sequence[str] = ()
    steps: Sequence[StepFacts] = ()
    curator: PersonFacts | None = None
    approved_on: datetime.date | None = None
    needs_parent: bool = True
    outcome: str = ""
    summary: str = ""


def build(facts: RouteFacts) -> Paper:
    """The route as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    source = facts.source
    answers: tuple[Words, ...] = (
        _named(facts.mentee, "наставляемый"),
        _named(facts.mentor, "наставник"),
        _form(facts),
        _order(facts.order),
        _term(facts),
        (fact(facts.aim, f"{source}.aim", "цель маршрута"),),
        (Fact(facts.tasks or "–", f"{source}.tasks"),),
    )
    rows = tuple(zip(((label,) for label in ROUTE_FIELDS), answers, strict=True))
    blocks = [Table("pair", (), rows, (40, 60))]
    if facts.goals:
        lines = tuple(((text,),) for text in facts.goals)
        blocks.append(Table("goals", (("Цели на периоды",),), lines, (100,)))
    blocks.append(_steps(facts))
    if facts.expected:
        words = ("Ожидаемые результаты: ", Fact(facts.expected, f"{source}.expected"))
        blocks.append(Paragraph("expected", words))
    if facts.outcome:
        summary = f". {facts.summary}" if facts.summary else "."
        blocks.append(Paragraph("outcome", ("Итог: ", f"{facts.outcome}{summary}")))
    blocks.append(route_signing("route", with_parent=facts.needs_parent))
    return Paper(
        kind=KIND,
        title=TITLE,
        **letterhead(school),
        has_registration=False,
        stamps=(_stamp(facts),),
        blocks=tuple(blocks),
    )


def _stamp(facts: RouteFacts) -> Stamp:
    name = facts.curator.short if facts.curator and facts.curator.short else _SIGN
    day = facts.approved_on
    words = wording.date_in_words(day) if day else "«__» _______ 20__ г."
    return Stamp("approved", (("УТВЕРЖДАЮ",), (f"Куратор __________ {name}",), (words,)))


def _named(person: PersonFacts | None, role: str) -> Words:
    if person is None:
        return (Blank(role, f"{role}: фамилия, имя, отчество"),)
    return (full_name(person, "nominative", role), ", ", description(person, "nominative"))


def _form(facts: RouteFacts) -> Words:
    title = fact(facts.form, f"{facts.source}.form", "форма наставничества")
    words: Words = ("«", title, "»")
    return (*words, f", «{facts.variant}»") if facts.variant else words


def _order(order: BasisFacts | None) -> Words:
    order = order or BasisFacts()
    date = wording.date_numeric(order.date) if order.date else ""
    return (
        "от ",
        fact(date, "basis.D7.date", "дата приказа о формировании пар"),
        " № ",
        fact(order.number, "basis.D7.number", "номер приказа о формировании пар"),
    )


def _term(facts: RouteFacts) -> Words:
    def day(date: datetime.date | None, name: str, label: str):
        return fact(wording.date_numeric(date) if date else "", f"{facts.source}.{name}", label)

    return (
        "с ",
        day(facts.started_on, "started_on", "начало маршрута"),
        " по ",
        day(facts.ended_on, "ended_on", "окончание маршрута"),
    )


def _steps(facts: RouteFacts) -> Table:
    rows: list[tuple[Words, ...]] = [
        (
            (str(number),),
            (step.title,),
            (wording.date_numeric(step.due_on),),
            (step.expected,) if step.expected else (),
            (step.mark,) if step.mark else (),
        )
        for number, step in enumerate(facts.steps, 1)
    ]
    if not rows:
        rows = [(("1",), (Blank(f"{facts.source}.steps", "шаги маршрута"),), (), (), ())]
    header = (("№",), *((column,) for column in ROUTE_COLUMNS))
    return Table("activities", header, tuple(rows), ROUTE_WIDTHS)
