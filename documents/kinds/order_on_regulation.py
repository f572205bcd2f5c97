"""D5: the order «Об утверждении Положения о наставничестве» (instruction lines 437–458).

Wording by domain notes § 7.5; the Regulation itself (D4) is a paper of its own.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents.kinds.facts import BasisFacts, OrderFacts, PersonFacts
from documents.kinds.order import basis_date_and_number, build_order, closed, day, executors, phrase
from documents.paper import Clause, Paper, Words

KIND = "D5"
SUBJECT = ("Об утверждении", "Положения о наставничестве")
AUDIENCE = "педагогических работников, обучающихся и их родителей (законных представителей)"


@dataclass(frozen=True, kw_only=True)
class RegulationOrderFacts(OrderFacts):
    """All that the order says. ``minutes`` are those of the council that accepted it (D2).

    ``audience`` is whom the Regulation is made known to, in the genitive.
    """

    minutes: BasisFacts | None = None
    approve_until: datetime.date | None = None
    approve_executors: Sequence[PersonFacts] = ()
    audience: str = AUDIENCE
    inform_until: datetime.date | None = None
    inform_executors: Sequence[PersonFacts] = ()


def build(facts: RegulationOrderFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    return build_order(
        facts,
        kind=KIND,
        subject=SUBJECT,
        preamble=(
            "В целях создания развивающе-поддерживающей среды в организации и в соответствии с "
            "протоколом Педагогического совета ",
            *basis_date_and_number(facts.minutes, "D2", "протокола педагогического совета"),
        ),
        clauses=(
            Clause(
                "approve",
                _approve(facts),
                (
                    executors(
                        "approve-executor",
                        facts.approve_executors,
                        "document.approve_executors",
                        "ответственный за утверждение Положения",
                    ),
                ),
            ),
            Clause(
                "inform",
                closed(
                    (
                        "Утвержденное положение донести до сведения ",
                        phrase(facts.audience, "document.audience", "кого знакомят с Положением"),
                        " в срок до ",
                        day(facts.inform_until, "document.inform_until", "срок ознакомления"),
                    )
                ),
                (
                    executors(
                        "inform-executor",
                        facts.inform_executors,
                        "document.inform_executors",
                        "ответственный за ознакомление с Положением",
                    ),
                ),
            ),
        ),
    )


def _approve(facts: RegulationOrderFacts) -> Words:
    """With a term as in the instruction, or without it, since an order approves at once (K14)."""
    if not facts.wordings.has_regulation_term:
        return ("Утвердить положение о наставничестве (приложение).",)
    return (
        "Утвердить положение о наставничестве в срок до ",
        day(facts.approve_until, "document.approve_until", "срок утверждения Положения"),
        " (приложение).",
    )
