"""D7: the order «О формировании наставнических пар (групп)» (instruction lines 522–543).

Wording by domain notes § 7.7: the preamble and clauses 1, 2.1–2.3 and 3 are the instruction's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, OrderFacts, PersonFacts
from documents.kinds.order import (
    STANDARD_CONTROL,
    basis_date_and_number,
    build_order,
    enumerated,
    full_name,
    named_with_description,
)
from documents.paper import Blank, Clause, Inline, Item, Paper, Words, fact

KIND = "D7"
SUBJECT = ("О формировании", "наставнических пар (групп)")


@dataclass(frozen=True)
class PairFacts:
    """One pair or group. ``form_title`` without quotes: учитель – учитель. ``id`` is stable."""

    id: str
    form_title: str
    is_group: bool
    mentor: PersonFacts | None
    mentees: Sequence[PersonFacts]


@dataclass(frozen=True, kw_only=True)
class OrderOnPairsFacts(OrderFacts):
    """All that the order says. ``basis`` is the order that approved the plan (D3).

    ``pairs`` print in the order given.
    """

    basis: BasisFacts | None = None
    pairs: Sequence[PairFacts] = ()
    curators: Sequence[PersonFacts] = ()


def build(facts: OrderOnPairsFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    return build_order(
        facts,
        kind=KIND,
        subject=SUBJECT,
        preamble=(
            "В соответствии с планом реализации целевой модели наставничества, "
            "утвержденным приказом директора ",
            *basis_date_and_number(facts.basis, "D3", "приказа об утверждении плана"),
        ),
        clauses=(
            Clause(
                "pairs",
                ("Сформировать следующие наставнические пары (группы):",),
                _pair_items(facts.pairs),
            ),
            Clause(
                "curator",
                _curators(facts.curators),
                (
                    Clause(
                        "curator-support",
                        (
                            "Поддерживать наставнические пары в разработке собственных дорожных "
                            "карт, коррекции и отслеживании результатов.",
                        ),
                    ),
                    Clause("curator-plan", ("Отслеживать реализацию плана дорожной карты.",)),
                    Clause(
                        "curator-report",
                        (
                            "Отчитываться руководителю проекта о реализации цикла наставнической "
                            "работы.",
                        ),
                    ),
                ),
            ),
        ),
        control=STANDARD_CONTROL,
    )


def _pair_items(pairs: Sequence[PairFacts]) -> tuple[Item, ...]:
    if not pairs:
        return (Item("pair-none", (Blank("pairs", "наставнические пары (группы)"), ".")),)
    kinds_of_form: dict[str, set[bool]] = {}
    for pair in pairs:
        kinds_of_form.setdefault(pair.form_title, set()).add(pair.is_group)
    # «(пара)» and «(группа)» tell apart what one form has both of in this order; a form that has
    # pairs only needs no mark.
    return tuple(
        Item(
            f"pair-{pair.id}",
            _pair_words(
                pair,
                is_marked=len(kinds_of_form[pair.form_title]) > 1,
                end="." if index == len(pairs) else ";",
            ),
        )
        for index, pair in enumerate(pairs, start=1)
    )


def _pair_words(pair: PairFacts, *, is_marked: bool, end: str) -> Words:
    mark = (" (группа)" if pair.is_group else " (пара)") if is_marked else ""
    role = "наставляемые" if pair.is_group or len(pair.mentees) > 1 else "наставляемый"
    words: list[Inline] = [
        "форма «",
        fact(pair.form_title, f"pair.{pair.id}.form", "форма наставничества"),
        f"»{mark}: наставник – ",
        *(
            named_with_description(pair.mentor, "nominative", "наставник")
            if pair.mentor
            else (Blank(f"pair.{pair.id}.mentor", "наставник"),)
        ),
        f"; {role} – ",
    ]
    if not pair.mentees:
        words.append(Blank(f"pair.{pair.id}.mentees", role))
    for index, mentee in enumerate(pair.mentees):
        if index:
            words.append("; ")
        words += named_with_description(mentee, "nominative", "наставляемый")
    return (*words, end)


def _curators(curators: Sequence[PersonFacts]) -> Words:
    many = [curator.gender for curator in curators]
    lead = wording.agree(many, "Куратору", "Куратору", "Кураторам")
    names = enumerated([(full_name(curator, "dative", "куратор"),) for curator in curators])
    return (f"{lead} наставнических пар ", *(names or (Blank("curator", "куратор"),)), ":")
