"""People from a spreadsheet: read, checked against the school, decided on, stored once. No HTTP."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from programmes.people import columns, spreadsheet
from programmes.people.models import Kind, PeopleImport, Person
from programmes.school.models import School, User
from programmes.text import search_key

NEW, SAME, CHANGED, UNCLEAR, WRONG, SKIPPED, DONE = (
    *("new", "same", "changed", "unclear", "wrong", "skipped", "done"),
)
FIELDS = ("birth_date", "kind", "grade", "letter", "position", "phone", "email", "guardian_contact")


@dataclass
class CheckedRow:
    """A row with what became of it. ``errors``: column key → words. ``matches``: namesakes."""

    index: int
    line: int
    cells: dict[str, str]
    values: dict[str, object]
    errors: dict[str, str] = field(default_factory=dict)
    state: str = NEW
    matches: list[Person] = field(default_factory=list)
    person: Person | None = None
    changes: list[str] = field(default_factory=list)
    question: str = ""

    @property
    def cell_list(self) -> list[tuple[columns.Column, str, str]]:
        """(column, text, error) in the order of the columns, for the page."""
        return [(c, self.cells.get(c.key, ""), self.errors.get(c.key, "")) for c in columns.COLUMNS]


def rows_of(sheet: spreadsheet.Sheet, *, may_lack_header: bool = False) -> tuple[list, list[str]]:
    """Rows to check, and titles of unknown columns. Raises Unreadable naming missing columns.

    Pasted rows may lack a header: then the columns are those of the sample, in its order.
    """
    (_, header), *rest = sheet.rows
    places, unknown = columns.find_columns(header)
    if not places and may_lack_header:
        places, unknown = {c.key: i for i, c in enumerate(columns.COLUMNS)}, []
        rest = sheet.rows
    missing = columns.lacking(places)
    if missing:
        titles = ", ".join(f"«{title}»" for title in missing)
        raise spreadsheet.Unreadable(
            f"В первой строке нет столбцов: {titles}. Возьмите образец и сверьте заголовки."
        )
    if not rest:
        raise spreadsheet.Unreadable("Под заголовком нет ни одной строки.")
    rows = []
    for line, texts in rest:
        cells = columns.cells_read(places, texts)
        rows.append({"line": line, "cells": cells, "decision": "", "is_done": False})
    return rows, unknown


def begin(school: School, user: User | None, rows: list, unknown: list[str]) -> PeopleImport:
    """Keep the rows for the preview; imports older than a week go."""
    PeopleImport.objects.filter(
        school=school, created_at__lt=timezone.now() - PeopleImport.LIFETIME
    ).delete()
    return PeopleImport.objects.create(school=school, user=user, rows=rows, ignored_columns=unknown)


def name_key(values: dict[str, object]) -> str:
    return search_key(*(str(values.get(k, "")) for k in ("surname", "first_name", "patronymic")))


def check(school: School, rows: list[dict]) -> list[CheckedRow]:
    """Check each row by itself, against the school's people and against the other rows.

    The number of queries does not depend on the number of rows.
    """
    known: dict[str, list[Person]] = defaultdict(list)
    for person in school.people.only(
        "pk", "surname", "first_name", "patronymic", "gender", "school_id", "sort_key", *FIELDS
    ):
        known[person.sort_key].append(person)
    checked = []
    for index, row in enumerate(rows):
        values, errors = columns.read_row(row["cells"])
        checked.append(CheckedRow(index, row["line"], row["cells"], values, errors))
    names = Counter(name_key(row.values) for row in checked if not row.errors)
    seen: dict[str, list[CheckedRow]] = defaultdict(list)
    for row, source in zip(checked, rows, strict=True):
        if source["is_done"]:
            row.state = DONE
        elif row.errors:
            row.state = WRONG
        else:
            key = name_key(row.values)
            _decide(row, source["decision"], known.get(key[:310], []), seen[key], names[key])
            seen[key].append(row)
    return checked


def _decide(row, decision: str, namesakes: list[Person], earlier: list[CheckedRow], times: int):
    """Whether the row is somebody new, somebody known, or must be asked about."""
    row.matches = namesakes
    if decision == "skip":
        row.state = SKIPPED
        return
    if decision == "new":
        row.state = NEW
        return
    chosen = [p for p in namesakes if decision == str(p.pk)]
    sure = chosen or [p for p in namesakes if _is_certainly(p, row.values)]
    if len(sure) == 1:
        row.person = sure[0]
        row.changes = differences(sure[0], row.values)
        row.state = CHANGED if row.changes else SAME
        if any(other.person == row.person for other in earlier):
            row.state, row.errors = WRONG, {"surname": "Этот человек уже есть выше в таблице."}
    elif namesakes:
        row.state = UNCLEAR
        row.question = "В школе уже есть человек с таким именем. Это он?"
    elif times > 1 and earlier:
        _against_earlier(row, earlier)


def _against_earlier(row: CheckedRow, earlier: list[CheckedRow]) -> None:
    """A second row of one name in the file: somebody else only when the birth dates say so."""
    birth = row.values.get("birth_date")
    for other in earlier:
        if other.values == row.values:
            row.state = WRONG
            row.errors = {"surname": f"Строка повторяет строку {other.line}."}
            return
        if not birth or not other.values.get("birth_date") or birth == other.values["birth_date"]:
            row.state = UNCLEAR
            row.question = f"Это другой человек, не тот, что в строке {other.line}?"


def _is_certainly(person: Person, values: dict[str, object]) -> bool:
    birth = values.get("birth_date")
    if birth and person.birth_date:
        return birth == person.birth_date
    if values["kind"] != person.kind:
        return False
    if person.kind == Kind.PUPIL:
        return (person.grade, person.letter) == (values["grade"], values["letter"])
    return person.position == values["position"]


def differences(person: Person, values: dict[str, object]) -> list[str]:
    """Fields that the row would change, in words; an empty cell never erases anything."""
    return [
        str(Person._meta.get_field(name).verbose_name)
        for name in FIELDS
        if values.get(name) not in ("", None) and values[name] != getattr(person, name)
    ]


@dataclass
class Outcome:
    stored: int = 0
    updated: int = 0
    left: int = 0


@transaction.atomic
def store(pk: int, school: School, *, update: bool, partial: bool = True) -> Outcome:
    """Store what is clear: new people, and with ``update`` the changes of known ones.

    Rows are checked again under a lock; those stored are marked, so a second call doubles nothing.
    Without ``partial`` nothing is stored while a row is wrong or unclear.
    """
    job = PeopleImport.objects.select_for_update().get(pk=pk, school=school)
    School.objects.select_for_update().get(pk=school.pk)
    checked = check(school, job.rows)
    outcome = Outcome(left=sum(row.state in (WRONG, UNCLEAR) for row in checked))
    if outcome.left and not partial:
        return outcome
    fresh, changed = [], []
    for row in checked:
        if row.state == NEW:
            person = Person(school=school, **row.values)
            person.prepare()
            fresh.append(person)
        elif row.state == CHANGED and update:
            person = Person.objects.get(pk=row.person.pk)
            for name in FIELDS:
                if row.values.get(name) not in ("", None):
                    setattr(person, name, row.values[name])
            person.prepare()
            changed.append(person)
        if row.state in (NEW, SAME) or (row.state == CHANGED and update):
            job.rows[row.index]["is_done"] = True
    bulk_create_with_history(fresh, Person, batch_size=500, default_user=job.user)
    if changed:
        names = [*FIELDS, "case_forms", "manual_parts", "search_key", "sort_key"]
        bulk_update_with_history(changed, Person, names, batch_size=200, default_user=job.user)
    outcome.stored, outcome.updated = len(fresh), len(changed)
    job.stored += outcome.stored
    job.updated += outcome.updated
    job.save()
    return outcome


def wrong_rows_xlsx(checked: list[CheckedRow]) -> bytes:
    """The rows that were not taken, as they were, with a column that says why."""
    header = [c.title for c in columns.COLUMNS] + ["Ошибка"]
    rows = [
        [row.cells.get(c.key, "") for c in columns.COLUMNS] + [reasons(row)]
        for row in checked
        if row.state in (WRONG, UNCLEAR)
    ]
    return spreadsheet.write_xlsx("Исправить", header, rows)


def reasons(row: CheckedRow) -> str:
    """Why the row was not taken, with the column: «Класс: …»."""
    found = [f"{columns.BY_KEY[key].title}: {words}" for key, words in row.errors.items()]
    return "; ".join([*found, *filter(None, [row.question])])


def sample_xlsx() -> bytes:
    """An example to fill in, with drop-down lists where a value is one of a few."""
    pupil = [c.example for c in columns.COLUMNS]
    teacher = [
        "Непомнящая", "Ольга", "Фёдоровна", "ж", "02.05.1979", "учитель", "",
        "учитель русского языка и литературы", "", "", "",
    ]  # fmt: skip
    places = {c.key: i for i, c in enumerate(columns.COLUMNS)}
    return spreadsheet.write_xlsx(
        "Люди",
        [c.title for c in columns.COLUMNS],
        [pupil, teacher],
        {places["gender"]: ["м", "ж"], places["kind"]: list(columns.KIND_TITLES.values())},
    )


def people_xlsx(people) -> bytes:
    """People in the columns of the import: importing the file again changes nothing."""
    rows = []
    for person in people:
        cells = columns.cells_of(person)
        rows.append([cells[c.key] for c in columns.COLUMNS])
    return spreadsheet.write_xlsx("Люди", [c.title for c in columns.COLUMNS], rows)
