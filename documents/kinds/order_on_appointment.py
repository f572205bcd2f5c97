"""D6: the order «О назначении куратора и наставников …» (instruction lines 481–501).

Wording by domain notes § 7.6, agreement in number by § 7.9, agreements with mentors by § 2.2.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, Option, OrderFacts, PersonFacts
from documents.kinds.order import (
    basis_date_and_number,
    build_order,
    closed,
    day,
    enumerated,
    executors,
    full_name,
    listed,
    one_or_listed,
    phrase,
)
from documents.paper import Blank, Clause, Paper, Words

KIND = "D6"
LABOUR_REFERENCE = "статья 351.8 Трудового кодекса Российской Федерации"
OPTIONS = (
    Option(
        "doc-agreements",
        "Дополнительные соглашения с наставниками – работниками организации",
        LABOUR_REFERENCE,
    ),
)


@dataclass(frozen=True, kw_only=True)
class AppointmentFacts(OrderFacts):
    """All that the order says.

    ``plan_order`` approved the plan (D3), ``regulation_order`` the Regulation (D5).
    ``worker_executors`` and ``labour_reference`` fill the optional clause.
    """

    plan_order: BasisFacts | None = None
    regulation_order: BasisFacts | None = None
    curators: Sequence[PersonFacts] = ()
    mentors: Sequence[PersonFacts] = ()
    training_from: datetime.date | None = None
    training_to: datetime.date | None = None
    training_executors: Sequence[PersonFacts] = ()
    worker_executors: Sequence[PersonFacts] = ()
    labour_reference: str = LABOUR_REFERENCE


def build(facts: AppointmentFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    return build_order(
        facts,
        kind=KIND,
        subject=_subject(facts),
        preamble=(
            "В соответствии с планом реализации целевой модели наставничества, утвержденным "
            "приказом Директора ",
            *basis_date_and_number(facts.plan_order, "D3", "приказа об утверждении плана"),
        ),
        clauses=(
            Clause(
                "curators",
                *one_or_listed(
                    "Назначить куратором наставников",
                    "Назначить кураторами наставников",
                    facts.curators,
                    "accusative",
                    "куратор",
                    "curator",
                ),
            ),
            Clause("curator-agreements", _curator_agreements(facts)),
            _mentors(facts.mentors),
            *((_mentor_agreements(facts),) if "doc-agreements" in facts.options else ()),
            Clause(
                "training",
                closed(
                    (
                        "Провести обучение наставников в период с ",
                        day(facts.training_from, "document.training_from", "начало обучения"),
                        " по ",
                        day(facts.training_to, "document.training_to", "окончание обучения"),
                    )
                ),
                (
                    executors(
                        "training-executor",
                        facts.training_executors,
                        "document.training_executors",
                        "ответственный за обучение наставников",
                    ),
                ),
            ),
        ),
    )


def _subject(facts: AppointmentFacts) -> tuple[str, ...]:
    """The instruction's heading, in the number of those whom the order appoints."""
    curators = "кураторов" if len(facts.curators) > 1 else "куратора"
    mentors = "наставника" if len(facts.mentors) == 1 else "наставников"
    return (
        f"О назначении {curators}",
        f"и {mentors} внедрения",
        "целевой модели наставничества",
    )


def _curator_agreements(facts: AppointmentFacts) -> Words:
    names = [(full_name(curator, "instrumental", "куратор"),) for curator in facts.curators]
    first = facts.curators[0].name.get("instrumental") or "" if facts.curators else ""
    agreement = (
        " дополнительные соглашения к трудовым договорам, в которых обозначить задачи кураторов"
        if len(names) > 1
        else " дополнительное соглашение к трудовому договору, в котором обозначить задачи куратора"
    )
    return closed(
        (
            f"Заключить {wording.with_preposition(first)} ",
            *(enumerated(names) or (Blank("curator", "куратор"),)),
            f"{agreement} в соответствии с Положением о наставничестве, утвержденным приказом "
            "директора ",
            *basis_date_and_number(
                facts.regulation_order, "D5", "приказа об утверждении Положения"
            ),
        )
    )


def _mentors(mentors: Sequence[PersonFacts]) -> Clause:
    many = "Назначить наставниками реализации целевой модели наставничества"
    if not mentors:
        return Clause("mentors", (f"{many}:",), listed((), "accusative", "наставники", "mentors"))
    one = "Назначить наставником реализации целевой модели наставничества"
    return Clause(
        "mentors", *one_or_listed(one, many, mentors, "accusative", "наставник", "mentors")
    )


def _mentor_agreements(facts: AppointmentFacts) -> Clause:
    """The clause that law asks for when mentors are workers of the school (§ 2.2)."""
    workers = [mentor for mentor in facts.mentors if mentor.class_name is None]
    with_whom = (
        "наставником – работником организации дополнительное соглашение к трудовому договору"
        if len(workers) == 1
        else "наставниками – работниками организации дополнительные соглашения к трудовым договорам"
    )
    return Clause(
        "doc-agreements",
        (
            f"Заключить с {with_whom} с указанием содержания, сроков, формы работы по "
            "наставничеству, размера и условий выплат (",
            phrase(facts.labour_reference, "document.labour_reference", "статья закона"),
            ").",
        ),
        (
            executors(
                "doc-agreements-executor",
                facts.worker_executors,
                "document.worker_executors",
                "ответственный за дополнительные соглашения",
            ),
        ),
    )
