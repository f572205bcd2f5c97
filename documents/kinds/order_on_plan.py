"""D3: the order «Об утверждении плана … и начале реализации проекта» (instruction lines 358–378).

Wording by domain notes § 7.3; the plan itself (D9) is the annex.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, OrderFacts, PersonFacts, SchoolFacts
from documents.kinds.order import (
    approval_stamp,
    basis_date_and_number,
    build_order,
    closed,
    executors,
    until,
)
from documents.kinds.plan import TITLE, PlanItemFacts, plan_table
from documents.paper import Annex, Clause, Paper, fact

KIND = "D3"
SUBJECT = (
    "Об утверждении плана",
    "реализации целевой модели наставничества",
    "и начале реализации проекта",
)


@dataclass(frozen=True, kw_only=True)
class PlanOrderFacts(OrderFacts):
    """All that the order says. ``minutes`` are those of the council that accepted the plan (D2).

    ``report_on`` is the day of the council that hears how the plan goes.
    """

    minutes: BasisFacts | None = None
    start_on: datetime.date | None = None
    start_executors: Sequence[PersonFacts] = ()
    report_on: datetime.date | None = None
    items: Sequence[PlanItemFacts] = ()


def build(facts: PlanOrderFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    report_on = wording.date_quoted(facts.report_on) if facts.report_on else ""
    return build_order(
        facts,
        kind=KIND,
        subject=SUBJECT,
        preamble=(
            "В соответствии с протоколом заседания Педагогического совета организации ",
            *basis_date_and_number(facts.minutes, "D2", "протокола педагогического совета"),
        ),
        clauses=(
            Clause(
                "plan",
                ("Утвердить План реализации целевой модели наставничества (приложение).",),
            ),
            Clause(
                "start",
                until(
                    "Начать внедрение целевой модели наставничества ",
                    facts.start_on,
                    "document.start_on",
                    "дата начала внедрения",
                ),
                (
                    executors(
                        "start-executor",
                        facts.start_executors,
                        "document.start_executors",
                        "ответственный за начало внедрения",
                    ),
                ),
            ),
            Clause(
                "report",
                closed(
                    (
                        "Отчет о промежуточных результатах выполнения плана заслушать на "
                        "заседании Педагогического совета от ",
                        fact(
                            report_on,
                            "document.report_on",
                            "дата педагогического совета с отчетом о плане",
                        ),
                    )
                ),
            ),
        ),
        annexes=(
            Annex(
                "annex",
                mark=("Приложение",),
                title=(TITLE,),
                blocks=(plan_table(facts.items),),
                stamps=(
                    approval_stamp(
                        "УТВЕРЖДЕН", facts.school or SchoolFacts(), facts.date, facts.number
                    ),
                ),
            ),
        ),
    )
