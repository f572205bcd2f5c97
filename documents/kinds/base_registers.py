"""D16: the registers of mentees and of mentors, with the columns of domain notes § 1.6."""

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents import wording
from documents.kinds.facts import SchoolFacts
from documents.kinds.order import letterhead
from documents.paper import Annex, Fact, Paper, Paragraph, Table, Words

KIND = "D16"


class Register(StrEnum):
    """Whose register it is."""

    MENTEES = "mentees"
    MENTORS = "mentors"


@dataclass(frozen=True, kw_only=True)
class MenteeRow:
    """A mentee of the register; texts in the order of ``MENTEE_COLUMNS`` after the number."""

    name: str = ""
    contacts: str = ""
    birth_year: str = ""
    need: str = ""
    started_on: str = ""
    mentor: str = ""
    form: str = ""
    mentor_place: str = ""
    ended_on: str = ""
    results: str = ""
    link: str = ""
    is_finished: str = ""


@dataclass(frozen=True, kw_only=True)
class MentorRow:
    """A mentor of the register; texts in the order of ``MENTOR_COLUMNS`` after the number."""

    name: str = ""
    contacts: str = ""
    place: str = ""
    competences: str = ""
    achievements: str = ""
    interests: str = ""
    mentee_ages: str = ""
    time: str = ""
    started_on: str = ""
    mentees: str = ""
    form: str = ""
    mentee_place: str = ""
    ended_on: str = ""
    results: str = ""
    link: str = ""


MENTEE_COLUMNS = (
    "№",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого на сайте",
    "Отметка о прохождении программы",
)
MENTOR_COLUMNS = (
    "№",
    "ФИО наставника",
    "Контактные данные",
    "Место работы/учёбы",
    "Основные компетенции",
    "Важные для программы достижения",
    "Интересы",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу",
    "Дата вхождения",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы/учёбы наставляемого",
    "Дата завершения",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника на сайте",
)
COLUMNS = {Register.MENTEES: MENTEE_COLUMNS, Register.MENTORS: MENTOR_COLUMNS}
TITLES = {Register.MENTEES: "База наставляемых", Register.MENTORS: "База наставников"}

# Shares of the width of a sheet turned sideways.
_WIDTHS = {
    Register.MENTEES: (3, 10, 10, 6, 11, 8, 9, 9, 9, 8, 9, 8, 8),
    Register.MENTORS: (3, 8, 7, 6, 8, 8, 7, 6, 6, 6, 8, 6, 7, 6, 7, 7),
}
_COUNTED = {
    Register.MENTEES: ("наставляемый", "наставляемых", "наставляемых"),
    Register.MENTORS: ("наставник", "наставника", "наставников"),
}


def table_of(kind: Register, rows: Sequence[MenteeRow | MentorRow]) -> list[list[str]]:
    """The rows as texts under ``COLUMNS[kind]``, numbered from 1, as the XLSX has them."""
    fields = [field.name for field in dataclasses.fields(_ROWS[kind])]
    return [
        [str(number), *(getattr(row, field) for field in fields)]
        for number, row in enumerate(rows, start=1)
    ]


_ROWS = {Register.MENTEES: MenteeRow, Register.MENTORS: MentorRow}


def build_register(
    school: SchoolFacts | None,
    kind: Register,
    rows: Sequence[MenteeRow | MentorRow],
    on: datetime.date,
) -> Paper:
    """The register as it is ``on`` a day: a title page and the table on sheets turned sideways.

    What is not known of a person is an empty cell: a register is filled as the programme goes.
    """
    count = len(rows)
    words = wording.plural(count, *_COUNTED[kind])
    return Paper(
        kind=KIND,
        title=TITLES[kind],
        subtitle=f"по состоянию на {wording.date_in_words(on)}",
        **letterhead(school or SchoolFacts()),
        has_registration=False,
        blocks=(
            Paragraph(
                "count", (f"В базе {count} {words}" + (": список в приложении." if rows else "."),)
            ),
        ),
        annexes=(_annex(kind, rows),) if rows else (),
    )


def _annex(kind: Register, rows: Sequence[MenteeRow | MentorRow]) -> Annex:
    fields = ("number", *(field.name for field in dataclasses.fields(_ROWS[kind])))
    return Annex(
        "annex",
        ("Приложение",),
        (TITLES[kind],),
        (
            Table(
                "register",
                tuple((column,) for column in COLUMNS[kind]),
                tuple(
                    tuple(
                        _cell(text, f"{kind}.{number}.{field}")
                        for field, text in zip(fields, texts, strict=True)
                    )
                    for number, texts in enumerate(table_of(kind, rows), start=1)
                ),
                _WIDTHS[kind],
            ),
        ),
        is_landscape=True,
    )


def _cell(text: str, source: str) -> Words:
    text = wording.clean(text).strip()
    return (Fact(text, source),) if text else ()
