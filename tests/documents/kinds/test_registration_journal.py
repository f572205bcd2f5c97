import dataclasses
import datetime

from documents.kinds.registration_journal import JournalFacts, JournalRow, build
from documents.printing import missing
from documents.render.text import render_text
from documents.storing import from_json, to_json
from tests.documents.people import SCHOOL

ROWS = (
    JournalRow(
        number="163-од",
        date=datetime.date(2026, 10, 15),
        subject="Об утверждении плана",
        signed_by="Очирова Г.Ц.",
    ),
    JournalRow(
        number="178-од",
        date=datetime.date(2026, 11, 9),
        subject="О формировании наставнических пар (групп)",
        signed_by="Черных А.С.",
        note="Заменен приказом от 01.12.2026 № 190-од",
    ),
)
JOURNAL = JournalFacts(
    school=SCHOOL,
    title="Журнал регистрации приказов по основной деятельности",
    year=2026,
    rows=ROWS,
)


def test_the_journal_lists_orders_and_counts_them():
    assert render_text(build(JOURNAL)).splitlines()[2:] == [
        "Журнал регистрации приказов по основной деятельности",
        "за 2026 год",
        "Номер; Дата; Заголовок; Кем подписан; Примечание",
        "163-од; 15.10.2026; Об утверждении плана; Очирова Г.Ц.; ",
        "178-од; 09.11.2026; О формировании наставнических пар (групп); Черных А.С.; "
        "Заменен приказом от 01.12.2026 № 190-од",
        "Всего за 2026 год зарегистрировано: 2 приказа.",
    ]


def test_a_year_without_orders_has_no_table():
    words = render_text(build(dataclasses.replace(JOURNAL, rows=())))
    assert words.endswith("за 2026 год\nВсего за 2026 год зарегистрировано: 0 приказов.\n")


def test_what_is_missing_is_a_blank_with_the_number_of_its_row():
    paper = build(dataclasses.replace(JOURNAL, rows=(*ROWS, JournalRow())))
    assert [blank.source for blank in missing(paper)] == [
        "journal.3.number",
        "journal.3.date",
        "journal.3.subject",
        "journal.3.signed_by",
    ]
    assert from_json(to_json(paper)) == paper


def test_the_journal_prints_upright_without_an_empty_first_page():
    paper = build(JOURNAL)
    assert paper.annexes == ()
    assert [block.id for block in paper.blocks] == ["orders", "total"]
