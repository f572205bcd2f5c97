"""D12: the mentor's report on a pair, the Regulation's annex 3 filled in (S7.1)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import PersonFacts, SchoolFacts
from documents.kinds.order import description, full_name, letterhead
from documents.kinds.regulation_forms import (
    REPORT_COLUMNS,
    REPORT_FIELDS,
    REPORT_WORDS,
    ROUTE_WIDTHS,
    report_signing,
)
from documents.paper import Blank, Inline, Paper, Table, Words, fact

KIND = "D12"
TITLE = "Отчет наставника"


@dataclass(frozen=True, kw_only=True)
class ActivityFacts:
    """A step that was done; ``mentee`` is named in a report on a group."""

    title: str
    done_on: datetime.date
    result: str = ""
    mentee: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """``kind`` is «промежуточный» or «итоговый»; ``words`` answer ``REPORT_WORDS`` in order."""

    source: str = "report"
    school: SchoolFacts | None = None
    kind: str = ""
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    mentor: PersonFacts | None = None
    mentees: Sequence[PersonFacts] = ()
    form: str = ""
    variant: str = ""
    held: int | None = None
    missed: int = 0
    activities: Sequence[ActivityFacts] = ()
    words: Sequence[str] = ("", "", "", "")


def build(facts: ReportFacts) -> Paper:
    """The report as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    source = facts.source
    held = "" if facts.held is None else str(facts.held)
    meetings: Words = (fact(held, f"{source}.held", "число встреч"),)
    if facts.missed:
        meetings += (f"; не состоялось: {facts.missed}",)
    answers: tuple[Words, ...] = (
        (fact(facts.kind, f"{source}.kind", "вид отчета"),),
        _period(facts),
        _people((facts.mentor,) if facts.mentor else (), "наставник"),
        _people(facts.mentees, "наставляемый"),
        _form(facts),
        meetings,
    )
    labels = zip(((label,) for label in REPORT_FIELDS), answers, strict=True)
    texts = tuple(
        ((label,), (words,) if words else ("–",))
        for label, words in zip(REPORT_WORDS, facts.words, strict=True)
    )
    return Paper(
        kind=KIND,
        title=TITLE,
        **letterhead(facts.school or SchoolFacts()),
        has_registration=False,
        blocks=(
            Table("pair", (), tuple(labels), (40, 60)),
            _activities(facts),
            Table("results", (), texts, (40, 60)),
            report_signing("report"),
        ),
    )


def _period(facts: ReportFacts) -> Words:
    days = [wording.date_numeric(d) if d else "" for d in (facts.started_on, facts.ended_on)]
    return (
        "с ",
        fact(days[0], f"{facts.source}.started_on", "начало периода"),
        " по ",
        fact(days[1], f"{facts.source}.ended_on", "конец периода"),
    )


def _people(people: Sequence[PersonFacts], role: str) -> Words:
    words: list[Inline] = []
    for person in people:
        words += ["; "] if words else []
        words += [full_name(person, "nominative", role), ", ", description(person, "nominative")]
    return tuple(words) or (Blank(role, f"{role}: фамилия, имя, отчество"),)


def _form(facts: ReportFacts) -> Words:
    words: Words = ("«", fact(facts.form, f"{facts.source}.form", "форма наставничества"), "»")
    return (*words, f", «{facts.variant}»") if facts.variant else words


def _activities(facts: ReportFacts) -> Table:
    rows: list[tuple[Words, ...]] = [
        (
            (str(number),),
            (f"{one.title} ({one.mentee})" if one.mentee else one.title,),
            (wording.date_numeric(one.done_on),),
            (one.result,) if one.result else (),
            ("выполнено",),
        )
        for number, one in enumerate(facts.activities, 1)
    ]
    header = (("№",), *((column,) for column in REPORT_COLUMNS))
    empty = (("–",), ("за период шаги маршрута не отмечены",), (), (), ())
    return Table("activities", header, tuple(rows) or (empty,), ROUTE_WIDTHS)
