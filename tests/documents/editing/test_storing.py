"""The list of parts on the page, and edits as JSON."""

import dataclasses

import pytest

from documents.editing import (
    Edits,
    add,
    apply,
    change,
    editable,
    remove,
    text_of,
)
from tests.documents.editing.orders import NOTHING, PAPER, order
from tests.documents.people import CURATOR


def test_the_page_lists_all_parts_in_the_order_of_printing():
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:")
    edits = remove(PAPER, edits, "curator-plan")
    edits = add(PAPER, edits, "pairs", "clause", "Начать.")
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    rows = {row.id: row for row in editable(apply(data, edits))}
    assert list(rows)[:4] == ["subject", "preamble", "resolution", "pairs"]
    assert list(rows)[-3:] == ["control", "signature", "acknowledgement"]
    assert "curator-plan" not in rows
    curator = rows["curator"]
    assert (curator.number, curator.text) == ("3.", "Поручить Черных Андрею:")
    assert (curator.is_changed, curator.is_stale, curator.is_added) == (True, True, False)
    assert (rows["pair-2"].number, rows["pair-2"].depth, rows["pair-2"].parent) == (
        "2)",
        1,
        "pairs",
    )
    assert rows["added-1"].is_added
    assert not rows["resolution"].can_remove
    assert (rows["pairs"].can_move_up, rows["pairs"].can_move_down) == (False, True)


# JSON


def test_edits_are_stored_as_a_list():
    edits = change(PAPER, NOTHING, "control", "Контроль за пунктом 1 оставляю за собой.")
    edits = remove(PAPER, edits, "pair-1")
    assert edits.to_json() == [
        {
            "op": "change",
            "block": "control",
            "base": "Контроль за исполнением приказа оставляю за собой.",
            "words": ["Контроль за пунктом ", {"reference": "pairs"}, " оставляю за собой."],
        },
        {"op": "remove", "block": "pair-1", "base": text_of(PAPER, "pair-1")},
    ]


GOOD = {"op": "add", "block": "added-1", "kind": "item", "after": "", "parent": "", "words": ["а"]}
CHANGED = {"op": "change", "block": "a", "base": "", "words": ["а"]}


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        {},
        "[]",
        ["add"],
        [{}],
        [{"op": "burn", "block": "a"}],
        [{"op": []}],
        [{**GOOD, "block": "b"}],
        [{**GOOD, "block": "added-0"}],
        [{**GOOD, "kind": "table"}],
        [{**GOOD, "words": []}],
        [{**GOOD, "words": "а"}],
        [{**GOOD, "words": [1]}],
        [{**GOOD, "words": [{"fact": "а"}]}],
        [{**GOOD, "words": [{"reference": 1}]}],
        [{**GOOD, "after": None}],
        [{**GOOD, "more": ""}],
        [GOOD, GOOD],
        [{**CHANGED, "block": ""}],
        [{**CHANGED, "lines": [["а"]]}],
        [{"op": "change", "block": "a", "base": ""}],
        [{"op": "change", "block": "a", "base": "", "rows": [[["а"]], [["а"], []]]}],
        [{"op": "move", "block": "a", "after": ""}],
        [{"op": "remove", "block": "a", "base": 1}],
        [{"op": "used", "added": -1}],
        [{"op": "used", "added": True}],
        [GOOD, {"op": "used", "added": 2}],
    ],
)
def test_damaged_edits_are_refused(damaged):
    assert len(Edits.from_json([GOOD, CHANGED])) == 2
    with pytest.raises(ValueError):
        Edits.from_json(damaged)
