"""How much an editor may bring."""

import dataclasses

import pytest

from documents.editing import (
    Edits,
    TooMuch,
    add,
    change,
    change_table,
    move,
    remove,
    rows_of,
)
from documents.editing.deeds import (
    LONGEST_BLOCK,
    LONGEST_CELL,
    LONGEST_TABLE,
    LONGEST_TEXT,
    MOST_LINES,
    MOST_ROWS,
)
from documents.editing.operations import MOST_OPERATIONS
from tests.documents.editing.orders import NOTHING, PAPER, order, references, table_of, text
from tests.documents.people import CURATOR


def test_a_name_among_very_many_equal_words_is_still_linked():
    name = "Черных Андрею Саввичу"
    edits = change(PAPER, NOTHING, "curator", f"х {name} {'а б ' * 1400}у")
    edits = change(PAPER, edits, "curator", f"ц {name} {'б б а ' * 900}щ")
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    assert "2. ц Черных Андрею б б а" in text(data, edits)


def test_a_block_is_no_longer_than_6000_characters():
    longest = "а" * LONGEST_BLOCK
    for deed in (
        lambda words: change(PAPER, NOTHING, "control", words),
        lambda words: change(PAPER, NOTHING, "subject", words),
        lambda words: change(PAPER, NOTHING, "control", f"Первое.\n{words}"),
        lambda words: add(PAPER, NOTHING, "pairs", "clause", words),
    ):
        assert deed(longest)
        with pytest.raises(TooMuch, match="Текст длиннее 6000 знаков: разделите его на пункты"):
            deed(f"{longest}а")
    with pytest.raises(TooMuch, match="длиннее 6000"):
        add(PAPER, NOTHING, "pairs", "heading", f"{longest}\nа")


def test_a_deed_brings_no_more_than_200_lines():
    lines = "\n \n".join(["строка"] * MOST_LINES)
    for deed in (
        lambda words: change(PAPER, NOTHING, "control", words),
        lambda words: change(PAPER, NOTHING, "subject", words),
        lambda words: add(PAPER, NOTHING, "pairs", "item", words),
    ):
        assert deed(lines)
        with pytest.raises(TooMuch, match="Не больше 200 строк за раз"):
            deed(f"{lines}\nстрока")


def test_a_deed_brings_no_more_than_60000_characters():
    lines = "\n".join(["а" * 5999] * (LONGEST_TEXT // 6000))
    assert len(add(PAPER, NOTHING, "pairs", "clause", lines)) == 10
    with pytest.raises(TooMuch, match="Не больше 60000 знаков за раз"):
        add(PAPER, NOTHING, "pairs", "clause", f"{lines}\nаа")


def test_a_paper_has_no_more_than_1000_edits():
    edits = NOTHING
    for _ in range(MOST_OPERATIONS // MOST_LINES):
        edits = add(PAPER, edits, "pairs", "clause", "\n".join(["строка"] * MOST_LINES))
    assert len(edits) == MOST_OPERATIONS
    assert Edits.from_json(edits.to_json()) == edits
    for deed in (
        lambda: add(PAPER, edits, "pairs", "clause", "Ещё."),
        lambda: change(PAPER, edits, "control", "Иначе."),
        lambda: change(PAPER, edits, "added-1", "Первое.\nВторое."),
        lambda: remove(PAPER, edits, "control"),
        lambda: move(PAPER, edits, "control", "up"),
    ):
        with pytest.raises(TooMuch, match="не больше 1000 правок"):
            deed()
    assert len(change(PAPER, edits, "added-1", "Иначе.")) == MOST_OPERATIONS
    assert len(remove(PAPER, edits, "added-1000")) == MOST_OPERATIONS - 1
    with pytest.raises(ValueError, match="More than 1000"):
        Edits.from_json([*edits.to_json(), {"op": "move", "block": "a", "after": "", "parent": ""}])


def test_a_table_has_no_more_than_300_rows_unless_data_gave_more():
    rows = [["1", "Ли В.С.", "да"]] * MOST_ROWS
    assert change_table(table_of("Ли В.С."), NOTHING, "t", [*rows, ["", " ", ""]])
    with pytest.raises(TooMuch, match="Не больше 300 строк в таблице"):
        change_table(table_of("Ли В.С."), NOTHING, "t", [*rows, rows[0]])
    long = table_of(*["Ли В.С."] * 310)
    changed = [["1", "Ли В.С.", "нет"], *rows_of(long, "t")[1:]]
    assert len(change_table(long, NOTHING, "t", changed)) == 1


def test_cells_of_a_table_are_not_too_long():
    longest = "а" * LONGEST_CELL
    assert change_table(table_of("Ли В.С."), NOTHING, "t", [["1", longest, ""]])
    with pytest.raises(TooMuch, match="Текст в клетке длиннее 2000 знаков"):
        change_table(table_of("Ли В.С."), NOTHING, "t", [["1", f"{longest}а", ""]])
    rows = [["", longest, ""]] * (LONGEST_TABLE // LONGEST_CELL)
    assert change_table(table_of("Ли В.С."), NOTHING, "t", rows)
    with pytest.raises(TooMuch, match="В таблице не больше 100000 знаков"):
        change_table(table_of("Ли В.С."), NOTHING, "t", [*rows, ["1", "", ""]])


def test_an_endless_number_is_no_clause():
    assert references(PAPER, "control", f"подпункт {'1' * 5000} пункта 1") == ["pairs"]
