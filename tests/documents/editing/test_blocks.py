"""Blocks are added, removed, moved."""

import json

import pytest

from documents.editing import (
    ADDED_KINDS,
    Add,
    Change,
    Edits,
    Move,
    Remove,
    add,
    apply,
    change,
    editable,
    move,
    remove,
    restore,
)
from documents.render.text import render_text
from tests.documents.editing.orders import NOTHING, PAPER, order, text
from tests.documents.papers import ORDER_ON_PLAN, REGULATION
from tests.documents.people import PAIRS


def test_an_added_clause_renumbers_the_next():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Назначить ответственного.")
    assert "2. Назначить ответственного.\n3. Куратору" in text(PAPER, edits)
    assert apply(PAPER, edits).added == {"added-1"}


def test_the_first_clause_stands_after_the_resolution():
    edits = add(PAPER, NOTHING, "", "clause", "Начать.")
    assert "ПРИКАЗЫВАЮ:\n1. Начать.\n2. Сформировать" in text(PAPER, edits)


def test_a_block_may_be_added_inside_a_clause_without_any():
    edits = add(PAPER, NOTHING, "", "executor", "Ответственный: Кваша П.И.", parent="control")
    assert "оставляю за собой.\nОтветственный: Кваша П.И.\n" in text(PAPER, edits)


def test_a_clause_among_sections_is_a_section():
    edits = add(REGULATION, NOTHING, "general", "clause", "Термины")
    edits = add(REGULATION, edits, "annex-2", "clause", "Форма анкеты.")
    kinds = {row.id: (row.kind, row.number) for row in editable(apply(REGULATION, edits))}
    assert kinds["added-1"] == ("section", "2.")
    assert kinds["added-2"] == ("clause", "3.")


def test_blocks_of_every_kind_are_added_in_an_annex():
    annex = ORDER_ON_PLAN.annexes[0].id
    edits = NOTHING
    for kind in ADDED_KINDS:
        edits = add(ORDER_ON_PLAN, edits, annex, kind, f"Текст {kind}.")
    rows = [r for r in editable(apply(ORDER_ON_PLAN, edits)) if r.is_added]
    assert [row.kind for row in rows] == list(reversed(ADDED_KINDS))
    assert {row.parent for row in rows} == {annex}


def test_an_added_clause_is_changed_moved_and_removed():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Назначить.")
    edits = change(PAPER, edits, "added-1", "Назначить по пункту 1.")
    assert [type(op) for op in edits.operations] == [Add]
    edits = move(PAPER, edits, "added-1", "up")
    assert "1. Назначить по пункту 2.\n" in text(PAPER, edits)
    assert len(remove(PAPER, edits, "added-1")) == 0


def test_the_id_of_an_added_block_is_never_given_again():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Один.")
    edits = restore(add(PAPER, edits, "pairs", "clause", "Два."), "added-2")
    edits = Edits.from_json(json.loads(json.dumps(edits.to_json())))
    edits = add(PAPER, edits, "pairs", "clause", "Три.")
    assert [op.block for op in edits.operations] == ["added-1", "added-3"]


def test_a_removed_clause_takes_its_children_and_comes_back():
    edits = remove(PAPER, NOTHING, "curator")
    edited = apply(PAPER, edits)
    assert "Поддерживать" not in text(PAPER, edits)
    assert "2. Контроль" in text(PAPER, edits)
    assert [(r.block, r.text, r.is_stale) for r in edited.removed] == [
        ("curator", "Куратору наставнических пар Черных Андрею Саввичу:", False)
    ]
    assert restore(edits, "curator") == NOTHING


def test_restore_drops_what_was_added_inside():
    edits = add(PAPER, NOTHING, "curator-plan", "clause", "Раз.")
    edits = add(PAPER, edits, "", "item", "два;", parent="added-1")
    edits = add(PAPER, edits, "pairs", "clause", "Три.")
    edits = change(PAPER, edits, "curator", "Поручить:")
    assert [op.block for op in restore(edits, "curator").operations] == ["added-3"]
    assert [op.block for op in restore(edits, "added-1").operations] == ["added-3", "curator"]


def test_what_follows_a_dropped_block_keeps_its_place():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Раз.")
    edits = add(PAPER, edits, "added-1", "clause", "Два.")
    assert "2. Два.\n3. Куратору" in text(PAPER, restore(edits, "added-1"))


def test_a_clause_moves_among_its_siblings_and_back():
    edits = move(PAPER, NOTHING, "curator-support", "down")
    assert "2.1. Отслеживать реализацию" in text(PAPER, edits)
    assert apply(PAPER, edits).moved == {"curator-support"}
    assert move(PAPER, edits, "curator-support", "up") == NOTHING


def test_moves_do_not_pile_up():
    edits = NOTHING
    for _ in range(3):
        edits = move(PAPER, edits, "pair-1", "down")
    assert edits.operations == (Move("pair-1", "pair-4", "pairs"),)


def test_nothing_moves_over_the_edge_or_the_resolution():
    assert move(PAPER, NOTHING, "pairs", "up") == NOTHING
    assert move(PAPER, NOTHING, "control", "down") == NOTHING
    assert move(PAPER, NOTHING, "preamble", "down") == NOTHING
    with pytest.raises(ValueError):
        move(PAPER, NOTHING, "pairs", "sideways")


def test_an_edit_of_a_block_that_is_gone_is_lost():
    edits = change(PAPER, NOTHING, "pair-4", "форма «А».")
    edits = remove(PAPER, edits, "pair-3")
    edits = move(PAPER, edits, "pair-4", "up")
    edits = add(PAPER, edits, "pair-4", "item", "форма «Б».")
    edited = apply(order(pairs=PAIRS[:2]), edits)
    assert [(type(op), op.block) for op in edited.lost] == [
        (Change, "pair-4"),
        (Remove, "pair-3"),
        (Move, "pair-4"),
    ]
    assert "2) форма «учитель – учитель»" in render_text(edited.paper)
    assert "3) форма «Б».\n" in render_text(edited.paper)


def test_a_block_does_not_move_into_itself():
    edits = Edits((Move("curator", "", "curator-plan"), Move("curator", "", "curator")))
    edited = apply(PAPER, edits)
    assert edited.paper == PAPER
    assert len(edited.lost) == 2
