"""D8: the order «О проведении итогового мероприятия …» (instruction lines 565–584).

Wording by domain notes § 7.8, thanks to parents by § 6.1.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents.kinds.facts import BasisFacts, Option, OrderFacts, PersonFacts
from documents.kinds.order import (
    STANDARD_CONTROL,
    basis_date_and_number,
    build_order,
    closed,
    distinct,
    executors,
    full_name,
    listed,
    marks,
    one_or_listed,
    until,
)
from documents.paper import Blank, Clause, Inline, Item, Paper, Words

KIND = "D8"
SUBJECT = (
    "О проведении итогового мероприятия",
    "в рамках реализации",
    "целевой модели наставничества",
)
OPTIONS = (
    Option(
        "parents",
        "Благодарность родителям наставников-обучающихся",
        "инструкция, приказ об итоговом мероприятии: «и т. д.»",
    ),
)


class Award(StrEnum):
    """What mentors are given (K11): one of the instruction's alternatives."""

    GRATITUDE = "gratitude"
    LETTERS = "letters"
    CERTIFICATES = "certificates"

    @classmethod
    def _missing_(cls, value: object):
        raise ValueError(f"«{value}» – не поощрение; бывают: {', '.join(cls)}")


# To one person, to several.
AWARD_WORDS = {
    Award.GRATITUDE: ("вынести благодарность", "вынести благодарность"),
    Award.LETTERS: ("вручить благодарственное письмо", "вручить благодарственные письма"),
    Award.CERTIFICATES: ("вручить почетную грамоту", "вручить почетные грамоты"),
}


@dataclass(frozen=True, kw_only=True)
class PresentedPairFacts:
    """One pair or group whose work is shown at the event. ``id`` is stable."""

    id: str
    mentor: PersonFacts | None = None
    mentees: Sequence[PersonFacts] = ()


@dataclass(frozen=True, kw_only=True)
class FinalEventFacts(OrderFacts):
    """All that the order says. ``plan_order`` approved the plan (D3).

    ``parents`` are the pupils whose parents are thanked: the optional clause, printed when there
    are such pupils or its option is chosen.
    """

    plan_order: BasisFacts | None = None
    event_on: datetime.date | None = None
    event_executors: Sequence[PersonFacts] = ()
    pairs: Sequence[PresentedPairFacts] = ()
    award: Award = Award.GRATITUDE
    awarded: Sequence[PersonFacts] = ()
    award_executors: Sequence[PersonFacts] = ()
    parents: Sequence[PersonFacts] = ()


def build(facts: FinalEventFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    has_parents = bool(facts.parents) or "parents" in facts.options
    return build_order(
        facts,
        kind=KIND,
        subject=SUBJECT,
        preamble=(
            "В соответствии с планом реализации целевой модели наставничества, утвержденным "
            "приказом ",
            *basis_date_and_number(facts.plan_order, "D3", "приказа об утверждении плана"),
        ),
        clauses=(
            Clause(
                "event",
                until(
                    "Провести итоговое мероприятие в рамках реализации целевой модели "
                    "наставничества ",
                    facts.event_on,
                    "document.event_on",
                    "дата итогового мероприятия",
                ),
                (
                    executors(
                        "event-executor",
                        facts.event_executors,
                        "document.event_executors",
                        "ответственный за итоговое мероприятие",
                    ),
                ),
            ),
            _pairs(facts.pairs),
            _award(facts),
            *((_parents(facts.parents),) if has_parents else ()),
        ),
        control=STANDARD_CONTROL,
    )


def _pairs(pairs: Sequence[PresentedPairFacts]) -> Clause:
    which = "следующих наставнических пар"
    if len(pairs) == 1:
        is_group = len(pairs[0].mentees) > 1
        which = f"следующей наставнической {'группы' if is_group else 'пары'}"
    items = tuple(
        Item(identifier, closed(_pair_words(pair), mark))
        for identifier, pair, mark in zip(
            distinct(f"pair-{pair.id}" for pair in pairs), pairs, marks(len(pairs)), strict=True
        )
    )
    return Clause(
        "pairs",
        (f"В рамках мероприятия представить результаты работы {which}:",),
        items or (Item("pair-none", (Blank("pairs", "наставнические пары"), ".")),),
    )


def _pair_words(pair: PresentedPairFacts) -> Words:
    """«Жапова Номин Булатовна – Ли Виктор Сенович, Мусихина Любовь Никитична»."""
    mentees: list[Inline] = []
    for mentee in pair.mentees:
        name = full_name(mentee, "nominative", "наставляемый")
        mentees += [", ", name] if mentees else [name]
    return (
        full_name(pair.mentor, "nominative", "наставник")
        if pair.mentor
        else Blank(f"pair.{pair.id}.mentor", "наставник"),
        " – ",
        *(mentees or (Blank(f"pair.{pair.id}.mentees", "наставляемый"),)),
    )


def _award(facts: FinalEventFacts) -> Clause:
    lead = "По итогам работы наставнических пар"
    one, many = (f"{lead} {words}" for words in AWARD_WORDS[facts.award])
    if facts.awarded:
        words, entries = one_or_listed(one, many, facts.awarded, "dative", "наставник", "mentors")
    else:
        words, entries = (f"{many}:",), listed((), "dative", "кого поощряют", "mentors")
    return Clause(
        "award",
        words,
        (
            *entries,
            executors(
                "award-executor",
                facts.award_executors,
                "document.award_executors",
                "ответственный за поощрение",
            ),
        ),
    )


def _parents(pupils: Sequence[PersonFacts]) -> Clause:
    thanks = "Объявить благодарность родителям"
    return Clause(
        "parents",
        *one_or_listed(
            thanks, thanks, pupils, "genitive", "чьим родителям благодарность", "parents"
        ),
    )
