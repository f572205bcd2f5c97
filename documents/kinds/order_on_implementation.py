"""D1: the order «О внедрении целевой модели наставничества» (instruction lines 282–307).

Wording by domain notes § 7.1; clauses 1–8 are the instruction's own.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import Option, OrderFacts, PersonFacts
from documents.kinds.order import (
    build_order,
    closed,
    distinct,
    executors,
    marks,
    named_with_description,
    phrase,
    typed,
    until,
)
from documents.paper import Blank, Block, Clause, Inline, Paper, Paragraph, Words, fact

KIND = "D1"
SUBJECT = ("О внедрении", "целевой модели наставничества")
BASIS_TITLE = "О внедрении целевой модели наставничества в образовательной организации"
PROJECT = "проекта «Целевая модель наставничества»"

_ASKED_BY = "целевая модель наставничества (распоряжение Минпросвещения от 25.12.2019 № Р-145)"
OPTIONS = (
    Option("supply", "Ответственные за материально-техническое обеспечение", _ASKED_BY),
    Option("monitoring", "Сроки мониторинга", _ASKED_BY),
    Option("results", "Планируемые результаты", _ASKED_BY),
)


@dataclass(frozen=True, kw_only=True)
class ImplementationFacts(OrderFacts):
    """All that the order says.

    ``basis_body`` is whose order the school follows, in the genitive: «Министерства образования
    и науки Забайкальского края»; ``basis_title`` its heading without quotes. ``members`` are the
    project group without its leader, in the order in which they print. The last three facts fill
    the optional clauses.
    """

    basis_body: str = ""
    basis_date: datetime.date | None = None
    basis_number: str = ""
    basis_title: str = BASIS_TITLE
    leader: PersonFacts | None = None
    members: Sequence[PersonFacts] = ()
    study_until: datetime.date | None = None
    plan_council_on: datetime.date | None = None
    plan_rework_until: datetime.date | None = None
    regulation_council_on: datetime.date | None = None
    regulation_rework_until: datetime.date | None = None
    plan_executors: Sequence[PersonFacts] = ()
    regulation_executors: Sequence[PersonFacts] = ()
    supply_executors: Sequence[PersonFacts] = ()
    monitoring_text: str = ""
    results_text: str = ""


def build(facts: ImplementationFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    return build_order(
        facts,
        kind=KIND,
        subject=SUBJECT,
        preamble=_preamble(facts),
        clauses=(
            Clause("leader", _leader(facts.leader)),
            Clause(
                "group",
                (f"Утвердить состав проектной группы по внедрению {PROJECT}:",),
                _group(facts.leader, facts.members),
            ),
            *_plan_clauses(facts),
            *_regulation_clauses(facts),
            *_optional_clauses(facts),
        ),
    )


def _preamble(facts: ImplementationFacts) -> Words:
    date = wording.date_quoted(facts.basis_date) if facts.basis_date else ""
    return (
        "На основании приказа ",
        phrase(facts.basis_body, "document.basis_body", "чей приказ служит основанием"),
        " от ",
        fact(date, "document.basis_date", "дата приказа-основания"),
        " № ",
        fact(facts.basis_number, "document.basis_number", "номер приказа-основания"),
        " «",
        phrase(facts.basis_title, "document.basis_title", "заголовок приказа-основания"),
        "»",
    )


def _leader(leader: PersonFacts | None) -> Words:
    role = "руководитель проектной группы"
    named: tuple[Inline, ...] = (Blank("group.leader", role),)
    if leader:
        named = named_with_description(leader, "accusative", role)
    return closed((f"Назначить руководителем проектной группы по внедрению {PROJECT} ", *named))


def _group(leader: PersonFacts | None, members: Sequence[PersonFacts]) -> tuple[Block, ...]:
    role = "руководитель проектной группы"
    entries: list[tuple[str, Words]] = []
    if leader:
        named = named_with_description(leader, "nominative", role)
        entries.append(("group-leader", (*named, f", – {role}")))
    else:
        entries.append(("group-leader", (Blank("group.leader", role), f" – {role}")))
    for member in members:
        named = named_with_description(member, "nominative", "член проектной группы")
        entries.append((f"group-{member.source}", named))
    if not members:
        entries.append(("group-none", (Blank("group.members", "члены проектной группы"),)))
    return tuple(
        Paragraph(identifier, closed(words, mark), is_entry=True)
        for identifier, (_, words), mark in zip(
            distinct(identifier for identifier, _ in entries),
            entries,
            marks(len(entries)),
            strict=True,
        )
    )


def _plan_clauses(facts: ImplementationFacts) -> tuple[Clause, ...]:
    plan = f"план внедрения {PROJECT}"

    def executed(identifier: str, words: Words) -> Clause:
        who = executors(
            f"{identifier}-executor",
            facts.plan_executors,
            "document.plan_executors",
            "ответственный за план внедрения",
        )
        return Clause(identifier, words, (who,))

    return (
        executed(
            "study",
            until(
                "Изучить цель, задачи и содержание концепции «Целевая модель наставничества» и "
                f"разработать {plan} в срок до ",
                facts.study_until,
                "document.study_until",
                "срок разработки плана",
            ),
        ),
        executed(
            "plan-council",
            until(
                f"Рассмотреть {plan} на заседании педагогического совета организации ",
                facts.plan_council_on,
                "document.plan_council_on",
                "дата педагогического совета о плане",
            ),
        ),
        executed(
            "plan-rework",
            until(
                f"Доработать {plan} в соответствии с замечаниями в срок до ",
                facts.plan_rework_until,
                "document.plan_rework_until",
                "срок доработки плана",
            ),
        ),
    )


def _regulation_clauses(facts: ImplementationFacts) -> tuple[Clause, ...]:
    def executed(identifier: str, words: Words) -> Clause:
        who = executors(
            f"{identifier}-executor",
            facts.regulation_executors,
            "document.regulation_executors",
            "ответственный за Положение",
        )
        return Clause(identifier, words, (who,))

    return (
        executed("regulation", ("Разработать Положение о наставничестве.",)),
        executed(
            "regulation-council",
            until(
                "Рассмотреть Положение о наставничестве на заседании педагогического совета "
                "организации ",
                facts.regulation_council_on,
                "document.regulation_council_on",
                "дата педагогического совета о Положении",
            ),
        ),
        executed(
            "regulation-rework",
            until(
                "Доработать Положение о наставничестве в соответствии с замечаниями в срок до ",
                facts.regulation_rework_until,
                "document.regulation_rework_until",
                "срок доработки Положения",
            ),
        ),
    )


def _optional_clauses(facts: ImplementationFacts) -> tuple[Clause, ...]:
    """What an introductory act should say beyond the instruction (domain notes § 1.1)."""
    clauses = {
        "supply": Clause(
            "supply",
            (f"Организовать материально-техническое обеспечение внедрения {PROJECT}.",),
            (
                executors(
                    "supply-executor",
                    facts.supply_executors,
                    "document.supply_executors",
                    "ответственный за материально-техническое обеспечение",
                ),
            ),
        ),
        "monitoring": Clause(
            "monitoring",
            (
                f"Провести мониторинг реализации {PROJECT} в следующие сроки: ",
                *typed(facts.monitoring_text, "document.monitoring_text", "сроки мониторинга"),
            ),
        ),
        "results": Clause(
            "results",
            (
                f"Определить планируемые результаты внедрения {PROJECT}: ",
                *typed(facts.results_text, "document.results_text", "планируемые результаты"),
            ),
        ),
    }
    return tuple(clauses[option.id] for option in OPTIONS if option.id in facts.options)
