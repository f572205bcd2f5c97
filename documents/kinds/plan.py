"""D9: the plan (road map) that order D3 approves, as its annex and as a paper of its own.

Wording by domain notes § 7.3, columns by § 1.1, stamp by § 3.3.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.kinds.order import approval_stamp, letterhead, phrase, short
from documents.paper import Blank, Inline, Paper, Table, Words, fact
from documents.wording import period_in_words

KIND = "D9"
TITLE = "План реализации целевой модели наставничества"
HEADER = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат")
WIDTHS = (6, 26, 20, 25, 23)


@dataclass(frozen=True, kw_only=True)
class PlanItemFacts:
    """One row of the plan: what is done, from when to when, by whom and what comes of it.

    Without ``started_on`` the term reads «до …». ``id`` is stable.
    """

    id: str
    title: str = ""
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    responsible: Sequence[PersonFacts] = ()
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """A plan as a paper of its own. ``approved_by`` is the order that approved it (D3)."""

    school: SchoolFacts | None = None
    date: datetime.date | None = None
    number: str = ""
    approved_by: BasisFacts | None = None
    items: Sequence[PlanItemFacts] = ()
    title: str = TITLE
    kind: str = KIND


def build(facts: PlanFacts) -> Paper:
    """The plan as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    approved_by = facts.approved_by or BasisFacts()
    return Paper(
        kind=facts.kind,
        title=wording.ended(facts.title or "", "")[0] or TITLE,
        **letterhead(school),
        date=facts.date,
        number=facts.number or "",
        has_registration=False,
        stamps=(
            approval_stamp(
                "УТВЕРЖДЕН",
                school,
                approved_by.date,
                approved_by.number,
                source="basis.D3",
                what="приказа об утверждении плана",
            ),
        ),
        blocks=(plan_table(facts.items),),
    )


def plan_table(items: Sequence[PlanItemFacts], source: str = "plan") -> Table:
    """The rows of the plan under their header; no items give one row of blanks.

    Sources are «plan.<id>.title», «plan.<id>.period» and so on.
    """
    nothing: Words = (Blank(source, "мероприятия плана"),)
    rows = tuple(
        ((str(number),), *_cells(item, f"{source}.{item.id}"))
        for number, item in enumerate(items, start=1)
    )
    return Table(
        f"{source}-table",
        tuple((cell,) for cell in HEADER),
        rows or ((("1",), *[nothing] * (len(HEADER) - 1)),),
        WIDTHS,
    )


def _cells(item: PlanItemFacts, source: str) -> tuple[Words, ...]:
    what = wording.ended(item.title or "", "")[0] or "мероприятие без названия"
    period = period_in_words(item.started_on, item.ended_on)
    responsible: list[Inline] = []
    for person in item.responsible:
        responsible += [", ", short(person)] if responsible else [short(person)]
    return (
        (phrase(item.title, f"{source}.title", "мероприятие плана"),),
        (fact(period, f"{source}.period", f"срок: {what}"),),
        tuple(responsible) or (Blank(f"{source}.responsible", f"ответственный: {what}"),),
        (phrase(item.result, f"{source}.result", f"результат: {what}"),),
    )
