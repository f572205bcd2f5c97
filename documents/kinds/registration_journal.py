"""D16: the journal in which the orders of one series and year are registered.

Its five columns fit an upright sheet, so the table stands in the paper itself, under the title: an
annex would leave the first page empty.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import SchoolFacts
from documents.kinds.order import letterhead
from documents.paper import Fact, Paper, Paragraph, Table, Words, fact

KIND = "D16"


@dataclass(frozen=True, kw_only=True)
class JournalRow:
    """One registered order. ``signed_by``: «Очирова Г.Ц.»; ``note`` may be empty."""

    number: str = ""
    date: datetime.date | None = None
    subject: str = ""
    signed_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class JournalFacts:
    """``title``: «Журнал регистрации приказов по основной деятельности». Rows print as given."""

    school: SchoolFacts | None = None
    title: str = "Журнал регистрации приказов"
    year: int
    rows: Sequence[JournalRow] = ()


def build(facts: JournalFacts) -> Paper:
    """The journal as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    count = len(facts.rows)
    orders = wording.plural(count, "приказ", "приказа", "приказов")
    total = f"Всего за {facts.year} год зарегистрировано: {count} {orders}."
    return Paper(
        kind=KIND,
        title=facts.title,
        subtitle=f"за {facts.year} год",
        **letterhead(school),
        has_registration=False,
        blocks=(
            *((_table(facts.rows),) if count else ()),
            Paragraph("total", (total,)),
        ),
    )


def _table(rows: Sequence[JournalRow]) -> Table:
    return Table(
        "orders",
        (("Номер",), ("Дата",), ("Заголовок",), ("Кем подписан",), ("Примечание",)),
        tuple(_row(index, row) for index, row in enumerate(rows, start=1)),
        (13, 15, 36, 19, 17),
    )


def _row(index: int, row: JournalRow) -> tuple[Words, ...]:
    source = f"journal.{index}"
    date = wording.date_numeric(row.date) if row.date else ""
    note = wording.clean(row.note).strip()
    if note and not (row.date or row.subject or row.signed_by):
        # Numbers given outside the portal: nothing more is known of them, and nothing is missing.
        number = fact(row.number, f"{source}.number", "номер приказа")
        return ((number,), ("–",), ("–",), ("–",), (Fact(note, f"{source}.note"),))
    return (
        (fact(row.number, f"{source}.number", "номер приказа"),),
        (fact(date, f"{source}.date", "дата приказа"),),
        (fact(row.subject, f"{source}.subject", "заголовок приказа"),),
        (fact(row.signed_by, f"{source}.signed_by", "кем подписан приказ"),),
        (Fact(note, f"{source}.note"),) if note else (),
    )
