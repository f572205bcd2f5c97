"""What a person does to a paper: each deed gives new edits.

In all of them ``paper`` is the paper as built from data, without edits. Unknown blocks raise
KeyError, more text or edits than a paper may have TooMuch: one request must not keep the server
busy for long.
"""

import dataclasses
from collections.abc import Iterable
from typing import Literal

from documents.comparing import FEWEST_STEPS, MOST_STEPS, opcodes
from documents.editing.applying import Edited, apply
from documents.editing.linking import link, links_in, refreshed, same, split, unlinked
from documents.editing.operations import (
    ADDED_KINDS,
    MOST_OPERATIONS,
    Add,
    Change,
    Content,
    Edits,
    Move,
    Operation,
    Remove,
)
from documents.editing.parts import (
    MOVABLE,
    Part,
    Texts,
    change_of,
    columns_of,
    content_of,
    fits,
    parts,
    places,
    shape_of,
)
from documents.paper import Block, Clause, Item, Paper, Paragraph, Preamble, Table, Words


class Emptied(ValueError):
    """Nothing is left of the text of a block; the message is for the person."""

    def __init__(self):
        super().__init__("Текст пункта пуст. Чтобы убрать пункт, нажмите «Убрать».")


# What one deed may bring. The longest paragraph of a Regulation has some 1,500 characters.
MOST_LINES = 200
MOST_ROWS = 300
LONGEST_BLOCK = 6000
LONGEST_CELL = 2000
LONGEST_TEXT = 60_000
LONGEST_TABLE = 100_000


class TooMuch(ValueError):
    """More text, lines or edits than a paper may have; the message is for the person."""


def _lines_of(text: str, most: int = MOST_LINES) -> list[str]:
    """The lines of a typed text that say something. Raises Emptied and TooMuch."""
    if sum(not line.isspace() for line in text.splitlines() if line) > most:
        raise TooMuch(f"Не больше {most} строк за раз.")
    if len(text) > LONGEST_TEXT:
        raise TooMuch(f"Не больше {LONGEST_TEXT} знаков за раз: вставьте текст по частям.")
    lines = split(text)
    if not lines:
        raise Emptied
    return lines


def _of_one_block(lines: list[str]) -> list[str]:
    """The lines, each the text of a block. Raises TooMuch."""
    if max(map(len, lines)) > LONGEST_BLOCK:
        raise TooMuch(f"Текст длиннее {LONGEST_BLOCK} знаков: разделите его на пункты.")
    return lines


def _counted(edits: Edits) -> Edits:
    """The edits. Raises TooMuch when they are more than a paper may have."""
    if len(edits) > MOST_OPERATIONS:
        raise TooMuch(
            f"В одном документе не больше {MOST_OPERATIONS} правок. Уберите лишние или внесите "
            "часть изменений в данные."
        )
    return edits


# Texts


def change(paper: Paper, edits: Edits, block: str, text: str) -> Edits:
    """The block says ``text``; a text that the data print anyway drops the change.

    Subject, stamps and names to sign take one line each from the lines of the text; a table its
    rows, with cells parted by tabs. Further lines of a clause, item, paragraph or preamble become
    blocks of their own after it. Raises Emptied for a text without words.
    """
    edited = apply(paper, edits)
    part = parts(edited.paper)[block]
    if isinstance(part, Table):
        return change_table(paper, edits, block, [line.split("\t") for line in text.splitlines()])
    if shape_of(part) == "lines":
        # As many names to sign as there are already may always stay.
        lines = _of_one_block(_lines_of(text, max(MOST_LINES, len(content_of(part)))))
        return _changed(paper, edits, edited, block, [[line] for line in lines])
    lines = _lines_of(text)
    lines = _of_one_block(lines if _following_kind(part) else [" ".join(lines)])
    if len(lines) == 1:
        return _changed(paper, edits, edited, block, [lines])
    first, *rest = link(edited.paper, block, content_of(part)[0][0], "\n".join(lines))
    edits = _with_content(paper, edits, edited, block, ((first,),))
    return _counted(_followed(paper, edits, block, part, rest))


def change_table(paper: Paper, edits: Edits, block: str, rows: list[list[str]]) -> Edits:
    """The table has these rows under its header. Rows without any text are left out.

    Short rows are filled up; a row with more cells than columns raises ValueError, a table without
    any text Emptied.
    """
    edited = apply(paper, edits)
    part = parts(edited.paper)[block]
    if not isinstance(part, Table):
        raise KeyError(block)
    if sum(any(map(str.strip, row)) for row in rows) > max(MOST_ROWS, len(part.rows)):
        raise TooMuch(f"Не больше {MOST_ROWS} строк в таблице.")
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        raise TooMuch(f"Текст в клетке длиннее {LONGEST_CELL} знаков: сократите его.")
    if sum(len(cell) for row in rows for cell in row) > LONGEST_TABLE:
        raise TooMuch(f"В таблице не больше {LONGEST_TABLE} знаков: сократите текст.")
    cells = [[" ".join(split(cell)) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        raise Emptied
    columns = columns_of(part) or max(map(len, cells))
    if max(map(len, cells)) > columns:
        raise ValueError(f"Table {block}: a row has more than {columns} cells")
    cells = [[*row, *[""] * (columns - len(row))] for row in cells]
    return _changed(paper, edits, edited, block, cells)


def keep(paper: Paper, edits: Edits, block: str) -> Edits:
    """The edit of the block stands against the data as they are now.

    A change that by now says just what the data print is dropped.
    """
    built = parts(paper)[block]
    data, texts = content_of(built), Texts(paper)
    base = texts.of(data)
    operations: list[Operation] = []
    for operation in edits.operations:
        if operation.block == block and isinstance(operation, Remove):
            operation = Remove(block, base)
        elif operation.block == block and isinstance(operation, Change) and fits(built, operation):
            content = refreshed(unlinked(operation.content, data), data)[0]
            if same(texts.of(content), base):
                continue
            operation = change_of(built, block, content, base)
        operations.append(operation)
    return dataclasses.replace(edits, operations=tuple(operations))


def _changed(
    paper: Paper, edits: Edits, edited: Edited, block: str, rows: list[list[str]]
) -> Edits:
    """``rows`` are clean lines: the cells of the part now."""
    mine = content_of(parts(edited.paper)[block])
    best = _linked(edited.paper, block, mine, rows)
    built = parts(paper).get(block)
    if built is not None and content_of(built) != mine:
        other = _linked(edited.paper, block, content_of(built), rows)
        best = max(best, other, key=links_in)
    return _with_content(paper, edits, edited, block, best)


def _with_content(
    paper: Paper, edits: Edits, edited: Edited, block: str, content: Content
) -> Edits:
    now = parts(edited.paper)[block]
    texts = Texts(edited.paper)
    text = texts.of(content)
    built = parts(paper).get(block)
    others = tuple(
        op for op in edits.operations if not (isinstance(op, Change) and op.block == block)
    )
    if built is not None and same(text, texts.of(content_of(built))):
        return dataclasses.replace(edits, operations=others)
    if same(text, texts.of(content_of(now))):
        return edits
    if built is None:
        return dataclasses.replace(
            edits,
            operations=tuple(
                dataclasses.replace(op, words=content[0][0])
                if isinstance(op, Add) and op.block == block
                else op
                for op in edits.operations
            ),
        )
    base = Texts(paper).of(content_of(built))
    operation = change_of(built, block, content, base)
    return _counted(dataclasses.replace(edits, operations=(*others, operation)))


def _linked(paper: Paper, block: str, old: Content, rows: list[list[str]]) -> Content:
    texts = Texts(paper)
    shown = [[texts.of_words(words) for words in row] for row in old]
    content = []
    steps = max(FEWEST_STEPS, MOST_STEPS // max(sum(map(len, rows)), 1))
    for row, partner in zip(rows, _partners(shown, rows), strict=True):
        before = old[partner] if partner is not None else ((),) * len(row)
        content.append(
            tuple(
                link(paper, block, words, cell, steps)[0]
                for words, cell in zip(before, row, strict=True)
            )
        )
    return tuple(content)


def _partners(old: list[list[str]], new: list[list[str]]) -> list[int | None]:
    """The old row that each new row comes from, if any."""
    if len(old) == len(new) == 1:
        return [0]
    partners: list[int | None] = [None] * len(new)
    old_words, new_words = [_words_in(row) for row in old], [_words_in(row) for row in new]
    for tag, i1, i2, j1, j2 in opcodes(["\t".join(r) for r in old], ["\t".join(r) for r in new]):
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            partners[j1:j2] = range(i1, i2)
        elif tag == "replace":
            free = list(range(i1, i2))
            for j in range(j1, j2):
                alike = {i: len(old_words[i] & new_words[j]) for i in free}
                if alike and max(alike.values()):
                    partners[j] = max(free, key=alike.__getitem__)
                    free = [i for i in free if i > partners[j]]
    return partners


def _words_in(row: list[str]) -> set[str]:
    return set(" ".join(row).split())


# Blocks


def add(
    paper: Paper, edits: Edits, after: str, kind: str, text: str, parent: str | None = None
) -> Edits:
    """A new block of ``kind`` (ADDED_KINDS) after the block ``after``, in the place of that one.

    ``parent`` names the place itself: a clause, an annex or "" for the text; then an empty
    ``after`` means its first block. Without it an empty ``after`` is the beginning of the text, the
    id of an annex the beginning of that annex. Each further line of the text becomes a block of
    its own, as in ``change``. Raises Emptied, and ValueError for an unknown kind.
    """
    if kind not in ADDED_KINDS:
        raise ValueError(f"Unknown kind of block: {kind!r}")
    lines = _lines_of(text)
    lines = _of_one_block([" ".join(lines)] if kind in ("heading", "executor") else lines)
    edited = apply(paper, edits)
    found = places(edited.paper)
    if parent is None:
        is_place = after == "" or any(annex.id == after for annex in edited.paper.annexes)
        parent, after = (after, "") if is_place else (_place_of(found, after), after)
    elif after not in ("", *(block.id for block in found[parent])):
        raise KeyError(after)
    # Numbers in the text are those that the person sees: before the block is there.
    near = after or next((inside.id for inside in found[parent]), parent)
    first, *rest = link(edited.paper, near, (), "\n".join(lines))
    block = f"added-{edits.used + 1}"
    edits = _with(edits, Add(block, kind, after, parent, first))
    return _counted(_followed(paper, edits, block, parts(apply(paper, edits).paper)[block], rest))


def remove(paper: Paper, edits: Edits, block: str) -> Edits:
    """Leave the block out, with all inside it. KeyError for what cannot be left out."""
    edited = apply(paper, edits)
    if block in edited.added:
        return restore(edits, block)
    if not isinstance(parts(edited.paper)[block], (*MOVABLE, Preamble)):
        raise KeyError(block)
    removal = Remove(block, Texts(paper).of(content_of(parts(paper)[block])))
    return _counted(_with(edits, removal))


def restore(edits: Edits, block: str) -> Edits:
    """Without any edit of the block and without what was added inside it.

    Blocks that followed a dropped one keep their place.
    """
    dropped = {op.block: op for op in edits.operations if isinstance(op, Add) and op.block == block}
    inside = {block}
    while True:
        more = {
            op.block: op
            for op in edits.operations
            if isinstance(op, Add) and op.parent in inside and op.block not in inside
        }
        if not more:
            break
        dropped |= more
        inside |= more.keys()

    def anchored(operation: Operation) -> Operation:
        if not isinstance(operation, Add | Move):
            return operation
        after = operation.after
        for _ in dropped:
            after = dropped[after].after if after in dropped else after
        return dataclasses.replace(operation, after=after)

    return dataclasses.replace(
        edits,
        operations=tuple(
            anchored(op)
            for op in edits.operations
            if op.block not in inside and not (isinstance(op, Move) and op.parent in dropped)
        ),
    )


def move(paper: Paper, edits: Edits, block: str, direction: Literal["up", "down"]) -> Edits:
    """The block changes places with its neighbour. At the edge nothing happens."""
    if direction not in ("up", "down"):
        raise ValueError(f"Unknown direction: {direction!r}")
    edited = apply(paper, edits)
    found = places(edited.paper)
    place = _place_of(found, block)
    siblings = found[place]
    at = next(index for index, sibling in enumerate(siblings) if sibling.id == block)
    if not can_move(siblings, at, direction):
        return edits
    before = at - 2 if direction == "up" else at + 1
    after = siblings[before].id if before >= 0 else ""
    moved = _with(edits, Move(block, after, place))
    # As few moves as give the same paper: back in its place the block has none.
    wanted = apply(paper, moved).paper
    earlier = tuple(
        op for op in edits.operations if not (isinstance(op, Move) and op.block == block)
    )
    for operations in (earlier, (*earlier, Move(block, after, place))):
        shorter = dataclasses.replace(edits, operations=operations)
        outcome = apply(paper, shorter)
        if outcome.paper == wanted and len(outcome.lost) <= len(edited.lost):
            return _counted(shorter)
    return _counted(moved)


def can_move(siblings: Iterable[Block], at: int, direction: str) -> bool:
    """Whether the block may change places: preamble and ПРИКАЗЫВАЮ stay where they are."""
    siblings = list(siblings)
    other = at - 1 if direction == "up" else at + 1
    return (
        0 <= other < len(siblings)
        and isinstance(siblings[at], MOVABLE)
        and isinstance(siblings[other], MOVABLE)
    )


def _place_of(found: dict[str, list[Block]], block: str) -> str:
    for place, blocks in found.items():
        if any(inside.id == block for inside in blocks):
            return place
    raise KeyError(block)


def _with(edits: Edits, *operations: Operation) -> Edits:
    return dataclasses.replace(edits, operations=(*edits.operations, *operations))


def _following_kind(part: Part) -> str:
    """What further lines of a text become; empty where the text is always one line."""
    match part:
        case Clause() | Preamble():
            return "paragraph"
        case Item():
            return "item"
        case Paragraph():
            return "entry" if part.is_entry else "paragraph"
    return ""


def _followed(paper: Paper, edits: Edits, block: str, part: Part, lines: list[Words]) -> Edits:
    """``lines`` as added blocks: inside a clause before all else, after any other block."""
    if not lines:
        return edits
    kind = _following_kind(part)
    if isinstance(part, Clause):
        parent, after = block, ""
    else:
        parent, after = _place_of(places(apply(paper, edits).paper), block), block
    additions = []
    for number, words in enumerate(lines, start=edits.used + 1):
        additions.append(Add(f"added-{number}", kind, after, parent, words))
        after = additions[-1].block
    return _with(edits, *additions)
