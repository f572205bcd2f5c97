"""What all orders of a school share: facts about school and people, head, signature, sheet.

Facts are plain strings in the cases in which the stored forms give them; anything may be missing
(None or empty) and then prints as a blank, never raises (domain notes § 3.2, § 6.1).
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents import wording
from documents.paper import (
    Acknowledgement,
    Blank,
    Block,
    Fact,
    Inline,
    Paper,
    Signature,
    Words,
    fact,
)


@dataclass(frozen=True)
class SchoolFacts:
    """``name`` is the full name by the charter, in ordinary letters; ``short_name`` and ``place``
    as printed: МБОУ «СОШ № 94» г. Читы; г. Чита. ``founder`` is optional."""

    name: str = ""
    short_name: str = ""
    place: str = ""
    founder: str = ""
    source: str = "school"


@dataclass(frozen=True)
class PersonFacts:
    """A person as papers name them.

    ``name`` and ``post`` map a case of wording.CASES to the stored form. ``short`` is
    «Черных А.С.», ``gender`` "m", "f" or empty. ``class_name`` («10 «А»») is None for those who
    are not pupils, and empty for a pupil whose class is not entered. ``source`` begins the
    sources of the person's facts: «person.12» gives «person.12.name».
    """

    name: Mapping[str, str] = field(default_factory=dict)
    short: str = ""
    gender: str = ""
    post: Mapping[str, str] = field(default_factory=dict)
    class_name: str | None = None
    source: str = "person"


@dataclass(frozen=True)
class BasisFacts:
    """The registered paper that an order rests on."""

    date: datetime.date | None = None
    number: str = ""


def build_order(
    *,
    kind: str,
    school: SchoolFacts | None,
    date: datetime.date | None,
    number: str,
    subject: tuple[str, ...],
    blocks: tuple[Block, ...],
    head: PersonFacts | None,
    is_head_acting: bool = False,
    acquainted: Sequence[PersonFacts] = (),
    annexes: tuple = (),
) -> Paper:
    """An order of the school: its head, the given text, signature and acknowledgement."""
    school = school or SchoolFacts()
    return Paper(
        kind=kind,
        title="ПРИКАЗ",
        founder=(Fact(school.founder, f"{school.source}.founder"),) if school.founder else (),
        organisation=(
            fact(
                (school.name or "").upper(),
                f"{school.source}.name",
                "полное наименование организации",
            ),
        ),
        short_organisation=(short_name(school),),
        date=date,
        number=number or "",
        place=(fact(school.place, f"{school.source}.place", "место составления"),),
        subject=subject,
        blocks=blocks,
        signatures=(head_signature(school, head, is_head_acting),),
        acknowledgement=acknowledgement("приказом", acquainted, date) if acquainted else None,
        annexes=annexes,
    )


def short_name(school: SchoolFacts) -> Inline:
    """The short name of the school; it is not declined (domain notes § 6.1)."""
    return fact(
        school.short_name, f"{school.source}.short_name", "сокращённое наименование организации"
    )


def head_signature(
    school: SchoolFacts, head: PersonFacts | None, is_acting: bool = False
) -> Signature:
    """«Директор МБОУ … Г.Ц. Очирова»; who acts signs as «Исполняющий обязанности директора»."""
    post = "Исполняющий обязанности директора " if is_acting else "Директор "
    name = (
        fact(
            wording.signature_name(head.short or ""),
            f"{head.source}.short",
            "фамилия и инициалы руководителя",
        )
        if head
        else Blank(f"{school.source}.head", "руководитель организации")
    )
    return Signature("signature", (post, short_name(school)), (name,))


def acknowledgement(
    document: str, people: Sequence[PersonFacts], date: datetime.date | None
) -> Acknowledgement:
    """«С приказом ознакомлены:» for ``people`` in the order given; ``document`` is instrumental."""
    form = wording.agree(
        [person.gender for person in people], "ознакомлен", "ознакомлена", "ознакомлены"
    )
    return Acknowledgement(
        "acknowledgement",
        (f"С {document} {form}:",),
        tuple((short(person),) for person in people),
        date.year if date else None,
    )


def basis_date_and_number(basis: BasisFacts | None, kind: str, what: str) -> Words:
    """«от «15» октября 2026 г. № 163-од»; ``what`` names the basis in the genitive, for blanks.

    ``kind`` is the row id of the basis (D3); sources are «basis.D3.date» and «basis.D3.number».
    """
    date = wording.date_quoted(basis.date) if basis and basis.date else ""
    return (
        "от ",
        fact(date, f"basis.{kind}.date", f"дата {what}"),
        " № ",
        fact(basis.number if basis else "", f"basis.{kind}.number", f"номер {what}"),
    )


def full_name(person: PersonFacts, case: str, role: str) -> Inline:
    """The whole name in ``case``; ``role`` says whose name is missing: «наставник»."""
    label = f"{role}: фамилия, имя, отчество"
    return fact(person.name.get(case), f"{person.source}.name", label, case)


def short(person: PersonFacts) -> Inline:
    """«Черных А.С.»"""
    return fact(person.short, f"{person.source}.short", "фамилия и инициалы")


def description(person: PersonFacts, case: str) -> Inline:
    """What the person is, in ``case``: the post, or «обучающаяся 11 «Б» класса»."""
    who = person.short or person.name.get("nominative") or "имя не указано"
    if person.class_name is None:
        return fact(person.post.get(case), f"{person.source}.post", f"должность: {who}", case)
    if person.gender not in ("m", "f"):
        return Blank(f"{person.source}.gender", f"пол: {who}")
    class_name = wording.clean(person.class_name).strip()
    text = wording.pupil(person.gender, class_name, case) if class_name else ""
    return fact(text, f"{person.source}.class_name", f"класс: {who}", case)


def named_with_description(person: PersonFacts, case: str, role: str) -> Words:
    """«Дашинимаев Баир Цыренович, учитель математики» in ``case``."""
    return (full_name(person, case, role), ", ", description(person, case))
