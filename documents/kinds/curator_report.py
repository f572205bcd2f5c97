"""D12: the curator's report to the head of the project (D7, clause 2.3)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import PersonFacts, SchoolFacts
from documents.kinds.order import full_name, letterhead
from documents.paper import Blank, Paper, Paragraph, Signature, Stamp, Table, Words, fact

KIND = "D12"
TITLE = "ОТЧЕТ"
_PARTS = (
    ("done", "Что сделано"),
    ("problems", "Затруднения"),
    ("proposals", "Предложения"),
)


@dataclass(frozen=True, kw_only=True)
class CuratorReportFacts:
    """``leader`` is the head of the project; ``figures`` are (title, number) in their order."""

    source: str = "curator_report"
    school: SchoolFacts | None = None
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    leader: PersonFacts | None = None
    curator: PersonFacts | None = None
    figures: Sequence[tuple[str, str]] = ()
    done: str = ""
    problems: str = ""
    proposals: str = ""


def build(facts: CuratorReportFacts) -> Paper:
    """The report as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    blocks: list = [Paragraph("period", _period(facts))]
    if facts.figures:
        rows = tuple(((title,), (number,)) for title, number in facts.figures)
        blocks.append(Table("figures", (("Показатель",), ("Значение",)), rows, (75, 25)))
    for name, title in _PARTS:
        text = getattr(facts, name)
        for number, line in enumerate(line for line in text.splitlines() if line.strip()):
            words: Words = (line.strip(),) if number else (f"{title}: ", line.strip())
            blocks.append(Paragraph(f"{name}-{number}", words))
    curator = facts.curator or PersonFacts()
    return Paper(
        kind=KIND,
        title=TITLE,
        subtitle="куратора о реализации цикла наставнической работы",
        **letterhead(facts.school or SchoolFacts()),
        has_registration=False,
        stamps=(_to(facts),),
        blocks=tuple(blocks),
        signatures=(
            Signature(
                "curator",
                ("Куратор",),
                (fact(_initials_first(curator.short), f"{facts.source}.curator", "куратор"),),
            ),
        ),
    )


def _initials_first(short: str) -> str:
    return wording.signature_name(short) if short else ""


def _to(facts: CuratorReportFacts) -> Stamp:
    if facts.leader is None:
        name: Words = (Blank("group.leader", "руководитель проектной группы"),)
    else:
        name = (full_name(facts.leader, "dative", "руководитель проекта"),)
    return Stamp("to", (("Руководителю проекта",), name))


def _period(facts: CuratorReportFacts) -> Words:
    days = [wording.date_numeric(d) if d else "" for d in (facts.started_on, facts.ended_on)]
    return (
        "Отчетный период: с ",
        fact(days[0], f"{facts.source}.started_on", "начало периода"),
        " по ",
        fact(days[1], f"{facts.source}.ended_on", "конец периода"),
        ".",
    )
