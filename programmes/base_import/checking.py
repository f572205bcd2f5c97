"""Each row of an import against the school, the base and the other rows."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from programmes import bases
from programmes.base_import import columns
from programmes.base_import.columns import Lists
from programmes.models import BaseImport, Mentee, Mentor, Person, Programme
from programmes.needs.forms import audience_of
from programmes.people import columns as people_columns
from programmes.people.importing import name_key
from programmes.text import search_key

NEW, SAME, CHANGED, UNKNOWN, UNCLEAR, WRONG, SKIPPED, DONE = (
    *("new", "same", "changed", "unknown", "unclear", "wrong", "skipped", "done"),
)
WAITING = (UNKNOWN, UNCLEAR, WRONG)


@dataclass
class CheckedRow:
    """A row with what became of it. ``errors``: column key → words; ``matches``: namesakes;
    ``person``: whom it speaks of (None with ``state`` new: to be created); ``entry``: theirs."""

    base: str
    index: int
    line: int
    cells: dict[str, str]
    person_values: dict[str, object]
    values: dict[str, object]
    day: datetime.date
    errors: dict[str, str] = field(default_factory=dict)
    state: str = NEW
    matches: list[Person] = field(default_factory=list)
    person: Person | None = None
    entry: Mentee | Mentor | None = None
    changes: list[str] = field(default_factory=list)
    question: str = ""

    @property
    def cell_list(self) -> list[tuple[columns.Column, str, str]]:
        """(column, text, error) in the order of the columns, for the page."""
        return [
            (c, self.cells.get(c.key, ""), self.errors.get(c.key, ""))
            for c in columns.COLUMNS[self.base]
        ]

    @property
    def name(self) -> str:
        parts = (self.cells.get(key, "") for key in ("surname", "first_name", "patronymic"))
        return " ".join(filter(None, parts))


def check(job: BaseImport) -> list[CheckedRow]:
    """Check each row by itself, against the school and the base, and against the other rows.

    The number of queries does not depend on the number of rows.
    """
    programme, base = job.programme, job.base
    lists = Lists.of(programme)
    known: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(school=programme.school_id).defer("case_forms"):
        known[person.sort_key].append(person)
        if person.patronymic:  # a row may leave the patronymic out
            known[search_key(person.surname, person.first_name) + "…"].append(person)
    entries = _entries(programme, base)
    seen: dict[object, int] = {}
    checked = []
    for index, source in enumerate(job.rows):
        row = _read(base, index, source, lists, job.started_on)
        checked.append(row)
        if source["is_done"]:
            row.state = DONE
        elif source["decision"] == "skip":
            row.state = SKIPPED
        else:
            _check_day(row, programme)
            _recognise(row, source["decision"], *_namesakes(row, known))
            _against_base(row, entries)
            _against_earlier(row, seen)
            if source["refusal"] and row.state == NEW:
                row.question = source["refusal"]
                row.state = WRONG
    return checked


def _namesakes(row: CheckedRow, known: dict[str, list[Person]]) -> tuple[list, list]:
    """People of the row's name, and those who differ from it in the patronymic only.

    A row may leave the patronymic out: then the latter are of its name too.
    """
    values = row.person_values
    same = known.get(name_key(values)[:310], [])
    short = search_key(str(values.get("surname", "")), str(values.get("first_name", "")))
    similar = known.get(f"{short}…", [])
    if not same and not values.get("patronymic"):
        return similar, []
    return same, similar


def _entries(programme: Programme, base: str) -> dict[int, Mentee | Mentor]:
    """Whoever stays in the base to the end of the programme: person id → entry."""
    found = getattr(programme, base).overlapping_with(programme.ended_on, None)
    return {entry.person_id: entry for entry in found.prefetch_related("categories", "forms")}


def _read(base: str, index: int, source: dict, lists: Lists, day: datetime.date) -> CheckedRow:
    cells = source["cells"]
    person_values, errors = people_columns.read_row(cells)
    if source["decision"] != "new":
        # Of somebody known an empty cell says nothing; of somebody new all is needed.
        errors = {
            key: words
            for key, words in errors.items()
            if cells.get(key) or key in ("surname", "first_name")
        }
    values, more = columns.read_entry(base, cells, lists)
    row_day = values.pop("started_on", None) or day
    errors |= more
    return CheckedRow(
        base, index, source["line"], cells, person_values, values, row_day, errors=errors
    )


def _check_day(row: CheckedRow, programme: Programme) -> None:
    if not programme.started_on <= row.day <= programme.ended_on:
        row.errors.setdefault(
            "started_on", f"День вне программы: она идёт {bases.programme_days(programme)}."
        )


def _recognise(row: CheckedRow, decision: str, namesakes: list, similar: list) -> None:
    """Whom the row speaks of: by the name, then by birth date and class; ``similar`` is offered."""
    if row.errors:
        row.state = WRONG
        return
    row.matches = namesakes
    if decision == "new":
        return
    offered = dict.fromkeys((*namesakes, *similar))
    chosen = [person for person in offered if decision == str(person.pk)]
    sure = chosen or [person for person in namesakes if _agrees(person, row.person_values)]
    if len(sure) == 1:
        row.person = sure[0]
        if row.person.left_on is not None:
            row.state = WRONG
            row.errors["surname"] = f"Выбытие отмечено {row.person.left_on:%d.%m.%Y}."
    elif namesakes:
        row.state = UNCLEAR
        row.question = (
            "В школе несколько человек с таким именем. Который из них?"
            if len(namesakes) > 1
            else "В школе есть человек с таким именем, но класс или дата рождения другие. Это он?"
        )
    else:
        row.state, row.matches = UNKNOWN, similar
        row.question = "Такого человека в списке школы нет. Добавить его?"


def _agrees(person: Person, values: dict[str, object]) -> bool:
    """Whether nothing in the row speaks against this person."""
    birth = values.get("birth_date")
    if birth and person.birth_date:
        return birth == person.birth_date
    if values.get("grade") and person.grade:
        letter = values.get("letter")
        return person.grade == values["grade"] and (not letter or letter == person.letter)
    return True


def _against_base(row: CheckedRow, entries: dict[int, Mentee | Mentor]) -> None:
    """Whether the person is in the base already, and what the row would change there."""
    if row.state != NEW:
        return
    if row.person is not None and row.base == "mentees":
        _fit_audience(row, audience_of(row.person))
    elif row.base == "mentees":
        _fit_audience(row, audience_of(Person(kind=row.person_values["kind"])))
    if row.errors:
        row.state = WRONG
        return
    row.entry = entries.get(row.person.pk) if row.person else None
    if row.entry is None:
        return
    row.changes = differences(row.entry, row.values)
    row.state = CHANGED if row.changes else SAME
    if row.changes and _ages_cross(row.entry, row.values):
        row.state, row.errors["age_to"] = WRONG, "Возраст «до» меньше возраста «от» в базе."


def _fit_audience(row: CheckedRow, audience: str) -> None:
    """Categories of a mentee are those of pupils or of teachers."""
    if "categories" not in row.values:
        return
    named = row.values["categories"]
    row.values["categories"] = [c for c in named if c.audience == audience]
    lost = {c.title for c in named} - {c.title for c in row.values["categories"]}
    if lost:
        titles = ", ".join(f"«{title}»" for title in sorted(lost))
        row.errors["categories"] = f"Это категория не для этого человека: {titles}."


def _ages_cross(entry, values: dict[str, object]) -> bool:
    first = values.get("age_from", getattr(entry, "age_from", None))
    last = values.get("age_to", getattr(entry, "age_to", None))
    return first is not None and last is not None and last < first


def _against_earlier(row: CheckedRow, seen: dict[object, int]) -> None:
    """One person has one row."""
    if row.state not in (NEW, SAME, CHANGED):
        return
    values = row.person_values
    key = row.person.pk if row.person else (name_key(values), values.get("birth_date"))
    if key in seen:
        row.state = WRONG
        row.errors["surname"] = f"Этот человек уже есть в строке {seen[key]}."
    else:
        seen[key] = row.line


def differences(entry, values: dict[str, object]) -> list[str]:
    """Fields that the row would change, in words; an empty cell never erases anything."""
    return [
        str(entry._meta.get_field(name).verbose_name)
        for name, value in values.items()
        if (
            {row.pk for row in value} != {row.pk for row in getattr(entry, name).all()}
            if name in columns.SEVERAL
            else value != getattr(entry, name)
        )
    ]
