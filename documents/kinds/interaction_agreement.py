"""D10: the agreement on how a mentor and a mentee work together (Regulation 2.7 and its annex).

One for each mentee, of a group as well. What both sides undertake is worded once, in
``regulation_forms``; here the parties, the period and the order on pairs are filled in.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.kinds.order import (
    basis_date_and_number,
    day,
    letterhead,
    named_with_description,
)
from documents.kinds.regulation_forms import PARENT, agreement_clauses, agreement_lead
from documents.paper import Blank, Heading, Paper, Table, Words, fact

KIND = "D10"
_DAY = "«__» _______ 20__ г."
_SIGN = "__________"
_LINE = "_" * 44


@dataclass(frozen=True, kw_only=True)
class InteractionFacts:
    """All that the agreement says. ``order`` is the registered order that formed the pair (D7).

    ``minors`` are those of the two who have not turned 18: their guardians sign too. ``aim`` and
    ``meetings`` are lines to fill in by hand where nobody has said anything as yet.
    """

    school: SchoolFacts | None = None
    mentor: PersonFacts | None = None
    mentee: PersonFacts | None = None
    minors: Sequence[PersonFacts] = ()
    form_title: str = ""
    variant: str = ""
    aim: str = ""
    meetings: str = ""
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    order: BasisFacts | None = None


def build(facts: InteractionFacts) -> Paper:
    """The agreement as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    place = fact(school.place, f"{school.source}.place", "место составления")
    return Paper(
        **letterhead(school) | {"emblem": ""},
        kind=KIND,
        title="СОГЛАШЕНИЕ",
        subtitle="о взаимодействии между наставником и наставляемым",
        has_registration=False,
        has_head=False,
        blocks=(
            Table("agreement-place", (), (((place,), (_DAY,)),), (60, 40), is_plain=True),
            agreement_lead("agreement-lead", school),
            _parties(facts),
            *agreement_clauses("agreement"),
            Heading("agreement-signed", ("Подписи сторон:",)),
            _signatures(facts),
        ),
    )


def _parties(facts: InteractionFacts) -> Table:
    form: Words = ("«", fact(facts.form_title, "pair.form", "форма наставничества"), "»")
    if facts.variant:
        form += (", вариант «", fact(facts.variant, "pair.variant", "вариант"), "»")
    rows: tuple[tuple[Words, Words], ...] = (
        (("Наставник",), _named(facts.mentor, "наставник")),
        (("Наставляемый",), _named(facts.mentee, "наставляемый")),
        (("Форма наставничества, вариант",), form),
        (
            ("Приказ о формировании пары (группы)",),
            basis_date_and_number(facts.order, "D7", "приказа о формировании пар"),
        ),
        (("Цель",), _told(facts.aim, "route.aim", 2)),
        (
            ("Период наставничества",),
            (
                "с ",
                day(facts.started_on, "pair.started_on", "начало работы пары"),
                " по ",
                day(facts.ended_on, "pair.ended_on", "окончание работы пары"),
            ),
        ),
        (("Как часто и где проходят встречи",), _told(facts.meetings, "pair.meetings", 1)),
    )
    return Table("agreement-parties", (), rows, (40, 60))


def _named(person: PersonFacts | None, role: str) -> Words:
    if person is None:
        return (Blank(role, role),)
    return named_with_description(person, "nominative", role)


def _told(text: str, source: str, lines: int) -> Words:
    """What is known, or room to write it in by hand."""
    if not text.strip():
        return (" ".join([_LINE] * lines),)
    return (fact(text, source, ""),)


def _signatures(facts: InteractionFacts) -> Table:
    rows: list[tuple[Words, Words, Words]] = []
    for role, person in (("Наставник", facts.mentor), ("Наставляемый", facts.mentee)):
        source = person.source if person else role.lower()
        name = fact(
            wording.signature_name(person.short) if person and person.short else "",
            f"{source}.short",
            f"{role.lower()}: фамилия и инициалы",
        )
        rows.append(((f"{role}:",), (f"{_SIGN} / ", name), (_DAY,)))
        if person in facts.minors:
            rows.append(((f"{PARENT} (", name, "):"), (f"{_SIGN} / __________________",), (_DAY,)))
    return Table("agreement-signatures", (), tuple(rows), (32, 40, 28), is_plain=True)
