"""D16: the acknowledgement sheet of a paper, for lists too long for the foot of an order."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.kinds.facts import PersonFacts, SchoolFacts
from documents.kinds.order import description, full_name, letterhead
from documents.paper import Blank, Paper, Paragraph, Table, Words, fact

KIND = "D16"


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """``document_instrumental``: «приказом от 09.11.2026 № 178-од «О формировании …»».

    ``people`` print in the order given: grown-ups who sign.
    """

    school: SchoolFacts | None = None
    document_instrumental: str = ""
    people: Sequence[PersonFacts] = ()


def build(facts: SheetFacts) -> Paper:
    """The sheet as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    return Paper(
        kind=KIND,
        title="ЛИСТ ОЗНАКОМЛЕНИЯ",
        **letterhead(school),
        has_registration=False,
        blocks=(
            Paragraph(
                "document",
                (
                    "С ",
                    fact(
                        facts.document_instrumental,
                        "document.document_instrumental",
                        "с каким документом знакомят",
                    ),
                    " ознакомлены:",
                ),
            ),
            Table(
                "people",
                (
                    ("№",),
                    ("Фамилия, имя, отчество",),
                    ("Должность",),
                    ("Дата",),
                    ("Подпись",),
                ),
                tuple(_row(number, person) for number, person in enumerate(facts.people, start=1))
                or ((("1",), (Blank("people", "кого знакомят с документом"),), (), (), ()),),
                (6, 34, 28, 14, 18),
            ),
        ),
    )


def _row(number: int, person: PersonFacts) -> tuple[Words, ...]:
    return (
        (str(number),),
        (full_name(person, "nominative", "работник"),),
        (description(person, "nominative"),),
        (),
        (),
    )
