"""What papers are told: facts about the school, its people, its earlier papers, its wordings.

Facts are plain strings in the cases in which the stored forms give them; anything may be missing
(None or empty) and then prints as a blank, never raises (domain notes § 3.2, § 6.1).
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class SchoolFacts:
    """``name`` is the full name by the charter, in ordinary letters; ``short_name`` and ``place``
    as printed: МБОУ «СОШ № 94» г. Читы; г. Чита. ``founder`` is optional. ``head`` are the lines of
    the school's own letterhead, if it has one; ``emblem`` is a PNG picture in base64."""

    name: str = ""
    short_name: str = ""
    place: str = ""
    founder: str = ""
    head: Sequence[str] = ()
    emblem: str = ""
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
    """A registered paper that another one names: its date, number, heading without quotes."""

    date: datetime.date | None = None
    number: str = ""
    subject: str = ""


class Control(StrEnum):
    """The last clause of an order (K13; domain notes § 3.2)."""

    INSTRUCTION = "instruction"  # word for word as the instruction has it, different in each order
    STANDARD = "standard"  # «Контроль за исполнением приказа оставляю за собой.» in all orders


class HeardCase(StrEnum):
    """«СЛУШАЛИ: Доржиеву С.Б.» or «СЛУШАЛИ: Доржиева С.Б.» (domain notes § 6.1, § 8.9)."""

    ACCUSATIVE = "accusative"
    NOMINATIVE = "nominative"


@dataclass(frozen=True)
class Wordings:
    """How the school words what the instruction leaves open (K13–K15, «слушали»)."""

    control: Control = Control.INSTRUCTION
    has_regulation_term: bool = True  # K14: «Утвердить положение … в срок до …»
    is_minutes_title_split: bool = False  # K15: ПРОТОКОЛ / заседания Педагогического совета
    heard_case: HeardCase = HeardCase.ACCUSATIVE


@dataclass(frozen=True)
class Option:
    """An optional clause that a tick adds to a kind of paper; ``source`` says who asks for it."""

    id: str
    title: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """What every order says. ``acquainted`` print in the order given: grown-ups who sign.

    ``options`` are the ids of the optional clauses chosen. ``control_by`` is the person to whom
    the control is given; None keeps it with the head. ``replaces`` is the order that this one
    puts out of force.
    """

    school: SchoolFacts | None = None
    date: datetime.date | None = None
    number: str = ""
    head: PersonFacts | None = None
    is_head_acting: bool = False
    acquainted: Sequence[PersonFacts] = ()
    wordings: Wordings = Wordings()
    options: frozenset[str] = frozenset()
    control_by: PersonFacts | None = None
    replaces: BasisFacts | None = None
