"""Mentions of clauses in a typed text follow their clauses."""

import pytest

from documents.editing import (
    add,
    apply,
    change,
    move,
    remove,
    restore,
    text_of,
)
from tests.documents.editing.orders import NOTHING, PAPER, references, text
from tests.documents.papers import MINUTES


@pytest.mark.parametrize(
    ("mention", "blocks"),
    [
        ("В пункте 2.1 сказано", ["curator-support"]),
        ("согласно подпункту 2.1.", ["curator-support"]),
        ("П. 2 исполнить", ["curator"]),
        ("пп. 2.1 и 2.2 исполнить", ["curator-support", "curator-plan"]),
        ("пункты 1, 2.1–2.3", ["pairs", "curator-support", "curator-report"]),
        ("подпункт 2 пункта 1", ["pair-2", "pairs"]),
        ("пункта 2.1 настоящего приказа", ["curator-support"]),
        ("пункт 9", []),
        ("пункт 2.1.5", []),
        ("пункт 2-й", []),
        ("пункт 5 части 2 статьи 28 Федерального закона", []),
        ("пунктом 2 Положения о наставничестве", []),
        ("пункт 1, 2 недели", ["pairs"]),
        ("у пунктира 2", []),
        ("подпункт 2", []),
    ],
)
def test_mentions_of_clauses_become_references(mention, blocks):
    assert references(PAPER, "control", mention) == blocks


def test_a_number_follows_its_clause():
    edits = change(PAPER, NOTHING, "control", "Контроль за пунктом 2.2 оставляю за собой.")
    edits = move(PAPER, edits, "curator", "up")
    assert "3. Контроль за пунктом 1.2 оставляю" in text(PAPER, edits)
    edits = move(PAPER, edits, "curator-plan", "up")
    assert "3. Контроль за пунктом 1.1 оставляю" in text(PAPER, edits)
    paper = apply(PAPER, edits).paper
    assert text_of(paper, "control") == "Контроль за пунктом 1.1 оставляю за собой."


def test_a_reference_to_a_removed_clause_is_a_blank_and_comes_back():
    edits = change(PAPER, NOTHING, "control", "Контроль за пунктом 2.2 оставляю за собой.")
    edits = remove(PAPER, edits, "curator-plan")
    assert "Контроль за пунктом ________ оставляю" in text(PAPER, edits)
    edits = change(PAPER, edits, "control", "Общий контроль за пунктом ________ оставляю.")
    assert "Общий контроль за пунктом 2.2 оставляю." in text(PAPER, restore(edits, "curator-plan"))


def test_a_number_under_the_same_heading_is_meant():
    assert references(MINUTES, "resolved-1", "см. пункт 1") == ["resolved-1"]
    assert references(MINUTES, "heard-1", "см. пункт 1") == ["heard-1"]
    assert references(MINUTES, "heard-1", "см. пункт 2") == ["agenda-2"]
    assert references(MINUTES, "chair", "см. пункт 1") == []


def test_numbers_typed_into_a_new_clause_are_those_on_the_screen():
    edits = add(PAPER, NOTHING, "resolution", "clause", "Исполнить пункт 2.1 в срок.")
    assert references(PAPER, "control", "Исполнить пункт 2.1") == ["curator-support"]
    assert "1. Исполнить пункт 3.1 в срок." in text(PAPER, edits)
