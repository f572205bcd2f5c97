"""What holds for any paper and any edits."""

import dataclasses
import json
import re

from hypothesis import event, given, settings
from hypothesis import strategies as st

from documents import printing, wording
from documents.editing import (
    ADDED_KINDS,
    Add,
    Change,
    Edits,
    Emptied,
    Move,
    Remove,
    add,
    apply,
    change,
    editable,
    move,
    remove,
    restore,
    text_of,
)
from documents.editing.linking import same
from documents.editing.parts import parts, printed
from documents.paper import Clause, Fact, Reference
from tests.documents.editing.orders import NOTHING, PAPER, order
from tests.documents.people import PAIRS
from tests.documents.test_paper import any_paper

typing = st.text('абв «»"-–_12.\n\u00a0', max_size=25)


def blocks_of(paper):
    return [row.id for row in editable(apply(paper, NOTHING))]


@st.composite
def edited_paper(draw):
    """A paper, and edits made with the deeds of a person."""
    paper = draw(any_paper())
    edits = NOTHING
    for _ in range(draw(st.integers(0, 8))):
        rows = editable(apply(paper, edits))
        if not rows:
            break
        row = draw(st.sampled_from(rows))
        deed = draw(st.sampled_from(["change", "shuffle", "remove", "add", "move", "restore"]))
        try:
            match deed:
                case "change":
                    edits = change(paper, edits, row.id, draw(typing))
                case "shuffle":
                    shuffled = draw(st.permutations(row.text.split(" ")))
                    edits = change(paper, edits, row.id, " ".join(shuffled))
                case "remove" if row.can_remove:
                    edits = remove(paper, edits, row.id)
                case "add" if row.can_remove:
                    kind = draw(st.sampled_from(ADDED_KINDS))
                    edits = add(paper, edits, row.id, kind, draw(typing))
                case "move" if row.can_move_up or row.can_move_down:
                    edits = move(paper, edits, row.id, draw(st.sampled_from(["up", "down"])))
                case "restore":
                    edits = restore(edits, row.id)
        except (Emptied, ValueError):  # words of a table shuffled into one row too wide for it
            pass
    return paper, edits


def numbers_are_whole(paper):
    """Whether the clauses of each list count 1…n; only a heading may begin anew."""
    last: dict[tuple[str, str], int] = {}
    may_begin: set[tuple[str, str]] = set()
    for line in printing.lines(paper):
        annex = line.annex.id if line.annex else ""
        if line.style is printing.Style.HEADING:
            may_begin |= last.keys()
        if not line.number.endswith("."):
            continue
        prefix, number = re.fullmatch(r"((?:\d+\.)*?)(\d+)\.", line.number).groups()
        key = (annex, prefix)
        if int(number) != last.get(key, 0) + 1 and not (number == "1" and key in may_begin):
            return False
        may_begin.discard(key)
        last[key] = int(number)
        last.pop((annex, line.number), None)
    return True


@settings(max_examples=60, deadline=None)
@given(edited_paper())
def test_edits_of_any_paper_print_and_come_back(edited_and_edits):
    paper, edits = edited_and_edits
    edited = apply(paper, edits)
    assert not edited.lost
    assert Edits.from_json(json.loads(json.dumps(edits.to_json()))) == edits
    assert numbers_are_whole(edited.paper)
    assert not any(difference.is_stale for difference in edited.changed.values())
    assert not any(removed.is_stale for removed in edited.removed)
    for block, difference in edited.changed.items():
        assert text_of(edited.paper, block) == difference.mine
    for block in {op.block for op in edits.operations}:
        edits = restore(edits, block)
    assert apply(paper, edits).paper == paper


@settings(max_examples=30, deadline=None)
@given(edited_paper(), any_paper())
def test_edits_never_raise_on_a_paper_that_they_were_not_made_for(edited_and_edits, other):
    edited = apply(other, edited_and_edits[1])
    assert list(printing.lines(edited.paper))
    assert set(blocks_of(edited.paper)) == set(parts(edited.paper))


names = st.sampled_from(["", "b0", "b1", "b2", "b3", "b5", "subject", "added-1", "added-2"])
any_words = st.lists(
    st.text(max_size=4) | st.builds(Fact, names, names, names) | st.builds(Reference, names),
    min_size=1,
    max_size=3,
).map(tuple)
operations = st.one_of(
    st.builds(Change, names, names, any_words),
    st.builds(lambda b, w: Change(b, "", lines=(w,)), names, any_words),
    st.builds(lambda b, w: Change(b, "", rows=((w,),)), names, any_words),
    st.builds(Remove, names, names),
    st.builds(Move, names, names, names),
    st.builds(Add, st.just("added-1"), st.sampled_from(ADDED_KINDS), names, names, any_words),
)


@settings(max_examples=60, deadline=None)
@given(
    any_paper(),
    st.lists(operations, max_size=8),
)
def test_no_operations_at_all_make_apply_raise(paper, chosen):
    additions = [op for op in chosen if isinstance(op, Add)]
    edited = apply(paper, Edits(tuple(op for op in chosen if op not in additions[1:])))
    assert list(printing.lines(edited.paper))
    assert set(blocks_of(edited.paper)) == set(parts(edited.paper))


@settings(max_examples=60, deadline=None)
@given(any_paper(), st.text("абв -–_12.,\u00a0", max_size=30), st.data())
def test_a_changed_text_prints_just_what_was_typed(paper, typed_text, data):
    rows = [r for r in editable(apply(paper, NOTHING)) if r.kind != "table"]
    if not rows or not typed_text.strip():
        return
    row = data.draw(st.sampled_from(rows))
    edited = apply(paper, change(paper, NOTHING, row.id, typed_text))
    expected = wording.plain(wording.typographic(wording.clean(typed_text).strip()))
    event("same as the data" if not edited.changed else "changed")
    shown = text_of(edited.paper, row.id).strip()
    assert shown == expected or (not edited.changed and same(shown, expected))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["Слово", "и", "–", "Ли В.С.", "9 «А»", "3"]), max_size=8),
    st.integers(0, 8),
    st.sampled_from(["Ткач Ольга", "Иванов", "5 «Б»"]),
)
def test_a_changed_fact_shows_up_in_an_edited_text(words, at, new):
    """Whatever is typed round it."""
    old = Fact("Черных Андрею", "person.1.name", "dative")
    paper = dataclasses.replace(PAPER, blocks=(Clause("c", ("Поручить ", old, " отчет.")),))
    around = [*words[:at], old.text, *words[at:]]
    edits = change(paper, NOTHING, "c", " ".join(around))
    fact = dataclasses.replace(old, text=new)
    data = dataclasses.replace(PAPER, blocks=(Clause("c", ("Поручить ", fact, " отчет.")),))
    expected = " ".join([*words[:at], new, *words[at:]])
    shown = text_of(apply(data, edits).paper, "c")
    assert shown == printed(expected)


@given(st.text('абА1 -–—"«»„“.№г\u00a0\u2011', max_size=30))
def test_plain_text_needs_no_ties(line):
    line = wording.clean(line)
    assert printed(line) == wording.plain(wording.typographic(line))


def test_a_large_order_is_edited_in_many_places():
    pairs = tuple(dataclasses.replace(PAIRS[n % 4], id=str(n)) for n in range(200))
    paper = order(pairs=pairs)
    edits = add(paper, NOTHING, "pairs", "clause", "Начать по пункту 2.1.")
    for n in range(0, 200, 20):
        block = f"pair-{n}"
        edits = change(paper, edits, block, text_of(paper, block).replace("форма", "Форма"))
        edits = move(paper, remove(paper, edits, f"pair-{n + 1}"), f"pair-{n + 3}", "up")
    edited = apply(paper, edits)
    assert (len(edited.changed), len(edited.removed), len(edited.moved)) == (10, 10, 10)
