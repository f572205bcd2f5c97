"""Tables, requisites and lines of signatures are edited."""

import dataclasses

import pytest

from documents import printing
from documents.editing import (
    Emptied,
    apply,
    change,
    change_table,
    keep,
    rows_of,
    text_of,
)
from documents.paper import Paragraph, Table
from tests.documents.editing.orders import NOTHING, PAPER, order, table_of, text
from tests.documents.papers import ORDER_ON_PLAN, REGULATION
from tests.documents.people import ORDER

TABLE = ORDER_ON_PLAN.annexes[0].blocks[-1]


def test_rows_of_a_table_are_changed_added_and_removed():
    rows = rows_of(ORDER_ON_PLAN, TABLE.id)
    new = [*rows[:1], ["1а", "Новая строка"], ["", " "], *rows[2:]]
    edits = change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, new)
    table = apply(ORDER_ON_PLAN, edits).paper.annexes[0].blocks[-1]
    assert len(table.rows) == len(TABLE.rows)
    assert rows_of(apply(ORDER_ON_PLAN, edits).paper, TABLE.id)[1] == [
        "1а",
        "Новая строка",
        *[""] * (TABLE.columns - 2),
    ]
    assert change_table(ORDER_ON_PLAN, edits, TABLE.id, rows) == NOTHING


def test_a_row_with_too_many_cells_and_an_empty_table_are_refused():
    with pytest.raises(ValueError, match="more than"):
        change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, [["а"] * (TABLE.columns + 1)])
    with pytest.raises(Emptied):
        change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, [["", ""]])
    with pytest.raises(KeyError):
        change_table(ORDER_ON_PLAN, NOTHING, "preamble", [["а"]])


def test_cells_stay_linked_when_rows_come_and_go():
    paper = table_of("Ли В.С.", "Ткач О.И.", "Иванов Н.С.")
    rows = [["0", "Кваша П.И.", "нет"], ["1", "Ткач О.И.", "нет"], ["2", "Иванов Н.С.", "да"]]
    edits = change_table(paper, NOTHING, "t", rows)
    edits = change_table(paper, edits, "t", rows[1:])
    new = table_of("Ли В.С.", "Ткач-Ли О.И.", "Петров Н.С.")
    assert rows_of(apply(new, edits).paper, "t") == [
        ["1", "Ткач-Ли О.И.", "нет"],
        ["2", "Петров Н.С.", "да"],
    ]


def test_a_change_of_a_table_that_got_another_shape_is_lost():
    edits = change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, [["а"]])
    annex = ORDER_ON_PLAN.annexes[0]
    for block in (Table(TABLE.id, (("а",),), ((("б",),),)), Paragraph(TABLE.id, ("в",))):
        annexes = (dataclasses.replace(annex, blocks=(block,)),)
        paper = dataclasses.replace(ORDER_ON_PLAN, annexes=annexes)
        edited = apply(paper, edits)
        assert (edited.paper, len(edited.lost)) == (paper, 1)
        assert keep(paper, edits, TABLE.id) == edits


def test_the_subject_is_changed_line_by_line():
    edits = change(PAPER, NOTHING, "subject", "О наставнических\nпарах\n")
    assert apply(PAPER, edits).paper.subject == ("О наставнических", "парах")
    assert (
        apply(PAPER, edits).changed["subject"].data == "О формировании\nнаставнических пар (групп)"
    )
    assert change(PAPER, edits, "subject", text_of(PAPER, "subject")) == NOTHING


def test_names_to_sign_stay_linked_one_a_line():
    names = text_of(PAPER, "acknowledgement").split("\n")
    edits = change(PAPER, NOTHING, "acknowledgement", "\n".join([*names[1:], "Кваша П.И."]))
    acquainted = [
        dataclasses.replace(p, short="Дашинимаева Б.Ц.") if p.short.startswith("Даш") else p
        for p in ORDER.acquainted
    ]
    sheet = apply(order(acquainted=acquainted), edits).paper.acknowledgement
    assert [printing.plain_text(name) for name in sheet.names] == [
        "Дашинимаева Б.Ц.",
        *names[2:],
        "Кваша П.И.",
    ]


def test_posts_stamps_and_titles_of_annexes_are_changed():
    edits = change(PAPER, NOTHING, "signature", "И.о. директора МБОУ «СОШ № 94» г. Читы")
    assert "И.о. директора МБОУ «СОШ № 94» г. Читы Г.Ц. Очирова" in text(PAPER, edits)
    edits = change(REGULATION, NOTHING, "approved", "УТВЕРЖДЕНО\nприказом")
    assert len(apply(REGULATION, edits).paper.stamps[1].lines) == 2
    annex = ORDER_ON_PLAN.annexes[0].id
    edits = change(ORDER_ON_PLAN, NOTHING, annex, "План на год")
    assert apply(ORDER_ON_PLAN, edits).paper.annexes[0].title == ("План на год",)


def test_a_line_of_executors_is_written_by_hand():
    shown = text_of(ORDER_ON_PLAN, "start-executor")
    assert shown == "Ответственный: Доржиева С.Б."
    edits = change(ORDER_ON_PLAN, NOTHING, "start-executor", "Отвечает Доржиева С.Б.")
    assert "\nОтвечает Доржиева С.Б.\n" in text(ORDER_ON_PLAN, edits)
