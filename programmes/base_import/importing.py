"""A base from a spreadsheet: read, checked against the school, decided on, stored once. No HTTP."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from simple_history.utils import bulk_create_with_history

from programmes import bases
from programmes.base_import import columns
from programmes.base_import.checking import CHANGED, NEW, SAME, WAITING, CheckedRow, check
from programmes.mentees.models import Channel
from programmes.models import BaseImport, Mentee, Mentor, Person, Programme, School, User
from programmes.people import columns as people_columns
from programmes.people import spreadsheet

MODELS = {"mentees": Mentee, "mentors": Mentor}


def rows_of(base: str, sheet: spreadsheet.Sheet, *, may_lack_header: bool = False):
    """Rows to check, and titles of unknown columns. Raises Unreadable naming missing columns.

    Pasted rows may lack a header: then the columns are those of the sample, in its order.
    """
    (_, header), *rest = sheet.rows
    places, unknown = columns.find_columns(base, header)
    if not places and may_lack_header:
        places, unknown = {c.key: i for i, c in enumerate(columns.COLUMNS[base])}, []
        rest = sheet.rows
    if "full_name" not in places and not {"surname", "first_name"} <= set(places):
        raise spreadsheet.Unreadable(
            "В первой строке нет столбца «ФИО» (или «Фамилия» и «Имя»). Возьмите образец и "
            "сверьте заголовки."
        )
    if not rest:
        raise spreadsheet.Unreadable("Под заголовком нет ни одной строки.")
    rows = []
    for line, texts in rest:
        cells = people_columns.cells_read(places, texts)
        rows.append({"line": line, "cells": cells, "decision": "", "is_done": False, "refusal": ""})
    return rows, unknown


def begin(
    programme: Programme,
    base: str,
    user: User | None,
    day: datetime.date,
    rows: list,
    unknown: list[str],
) -> BaseImport:
    """Keep the rows for the preview; ``day`` is for rows without their own. Old imports go."""
    programme.base_imports.filter(created_at__lt=timezone.now() - BaseImport.LIFETIME).delete()
    return BaseImport.objects.create(
        programme=programme,
        base=base,
        user=user,
        started_on=day,
        rows=rows,
        ignored_columns=unknown,
    )


@dataclass
class Outcome:
    stored: int = 0
    updated: int = 0
    refused: int = 0


@transaction.atomic
def store(pk: int, programme: Programme, base: str, *, update: bool) -> Outcome:
    """Store what is clear: new entries, and with ``update`` the changes of those there.

    Rows are checked again under the lock of the programme; those stored are marked, so a second
    call doubles nothing. Whoever ``bases.add`` refuses stays out, with its words at the row;
    somebody who was created for it stays in the list of people.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    job = programme.base_imports.select_for_update().get(pk=pk, base=base)
    School.objects.select_for_update().get(pk=programme.school_id)
    for source in job.rows:
        source["refusal"] = ""
    checked = check(job)
    fresh = [row for row in checked if row.state == NEW]
    _create_people(programme, job, [row for row in fresh if row.person is None])
    refusals = _join(programme, base, fresh)
    for row in checked:
        is_refused = row.index in refusals
        if is_refused:
            job.rows[row.index]["refusal"] = refusals[row.index]
        elif row.state == CHANGED and update:
            _fill(row.entry, row.values)
        if row.state in (NEW, SAME) or (row.state == CHANGED and update):
            job.rows[row.index]["is_done"] = not is_refused
    outcome = Outcome(
        stored=len(fresh) - len(refusals),
        updated=sum(row.state == CHANGED for row in checked) if update else 0,
        refused=len(refusals),
    )
    job.stored += outcome.stored
    job.updated += outcome.updated
    job.save()
    return outcome


def _create_people(programme: Programme, job: BaseImport, rows: list[CheckedRow]) -> None:
    for row in rows:
        row.person = Person(school_id=programme.school_id, **row.person_values)
        row.person.prepare()
    people = [row.person for row in rows]
    bulk_create_with_history(people, Person, batch_size=500, default_user=job.user)
    for row in rows:
        # From now on the row speaks of this person, whatever the base says.
        job.rows[row.index]["decision"] = str(row.person.pk)


def _join(programme: Programme, base: str, rows: list[CheckedRow]) -> dict[int, str]:
    """Put the people of ``rows`` into the base; the words of a refusal by the index of its row."""
    by_day: dict[datetime.date, list[CheckedRow]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    refusals: dict[int, str] = {}
    for day, those in by_day.items():
        out = _add(programme, base, those, day)
        refusals |= {row.index: out[row.person.pk] for row in those if row.person.pk in out}
    return refusals


def _add(
    programme: Programme, base: str, rows: list[CheckedRow], day: datetime.date
) -> dict[int, str]:
    """Entries of ``rows`` from ``day`` on; whoever stays out, by id, with the reason in words."""
    values = {row.person.pk: row.values for row in rows}

    def make(person: Person, begins: datetime.date):
        entry = MODELS[base](programme=programme, person=person, started_on=begins)
        if base == "mentees":
            entry.channel = Channel.IMPORT
        for name, value in _plain_fields(values[person.pk]):
            setattr(entry, name, value)
        return entry

    added = bases.add(programme, make, getattr(programme, base), [row.person for row in rows], day)
    for name in columns.SEVERAL:
        ticked = {e.pk: values[e.person_id].get(name) or () for e in added.entries}
        _tick(MODELS[base], name, ticked)
    kept_out = (person.pk for person in added.kept_out)
    words = (unescape(strip_tags(reason)) for reason in added.reasons)
    return dict(zip(kept_out, words, strict=False))


def _fill(entry, values: dict[str, object]) -> None:
    for name, value in _plain_fields(values):
        setattr(entry, name, value)
    entry.save()
    _set_several(entry, values)


def _plain_fields(values: dict[str, object]) -> Iterable[tuple[str, object]]:
    return [(name, value) for name, value in values.items() if name not in columns.SEVERAL]


def _set_several(entry, values: dict[str, object]) -> None:
    for name in columns.SEVERAL:
        if values.get(name):
            getattr(entry, name).set(values[name])


def _tick(model, name: str, ticked: dict[int, Iterable]) -> None:
    """Give new entries (id → rows) their categories or forms, and so the record of history that
    tells of their making; in few queries, however many entries."""
    ticked = {pk: rows for pk, rows in ticked.items() if rows}
    if not ticked:
        return
    field = model._meta.get_field(name)
    through = field.remote_field.through
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    links = through.objects.bulk_create(
        [through(**{own: pk, other: row.pk}) for pk, rows in ticked.items() for row in rows],
        batch_size=500,
    )
    made = model.history.filter(id__in=ticked, history_type="+").values_list("id", "history_id")
    record = dict(made)
    kept = getattr(model.history.model, name).model
    kept.objects.bulk_create(
        [
            kept(
                history_id=record[getattr(link, own)],
                id=link.pk,
                **{own: getattr(link, own), other: getattr(link, other)},
            )
            for link in links
        ],
        batch_size=500,
    )


def wrong_rows_xlsx(base: str, checked: list[CheckedRow]) -> bytes:
    """The rows that were not taken, as they were, with a column that says why."""
    header = [c.title for c in columns.COLUMNS[base]] + ["Ошибка"]
    rows = [
        [row.cells.get(c.key, "") for c in columns.COLUMNS[base]] + [reasons(row)]
        for row in checked
        if row.state in WAITING
    ]
    return spreadsheet.write_xlsx("Исправить", header, rows)


def reasons(row: CheckedRow) -> str:
    """Why the row was not taken, with the column: «Класс: …»."""
    titles = {c.key: c.title for c in columns.COLUMNS[row.base]}
    found = [f"{titles[key]}: {words}" for key, words in row.errors.items()]
    return "; ".join([*found, *filter(None, [row.question])])


def sample_xlsx(base: str) -> bytes:
    """An example to fill in."""
    own = columns.COLUMNS[base]
    title = "Наставляемые" if base == "mentees" else "Наставники"
    return spreadsheet.write_xlsx(title, [c.title for c in own], [[c.example for c in own]])
