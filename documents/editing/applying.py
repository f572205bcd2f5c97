"""Edits laid over a built paper."""

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from documents.editing.linking import refreshed
from documents.editing.operations import Add, Change, Edits, Move, Operation, Remove
from documents.editing.parts import (
    MOVABLE,
    Part,
    Texts,
    content_of,
    fits,
    parts,
    places,
    with_content,
)
from documents.paper import (
    Block,
    Clause,
    Executor,
    Fact,
    Heading,
    Item,
    Paper,
    Paragraph,
    Preamble,
    Resolution,
    Words,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A changed part: its text now, what the data print now, and what they printed then.

    ``is_stale``: the data have changed since, so that somebody should look at it again.
    """

    mine: str
    data: str
    base: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """A block left out; ``text`` is what the data would print."""

    block: str
    text: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Edited:
    """A paper with its edits.

    ``changed`` are the changed parts that print, by id; ``lost`` the edits whose block, or the
    place it was put in, is gone because the data changed.
    """

    paper: Paper
    changed: dict[str, Difference]
    removed: list[Removed]
    added: set[str]
    moved: set[str]
    lost: list[Operation]


def apply(paper: Paper, edits: Edits) -> Edited:
    """``paper`` as built from data with ``edits`` over it. Never raises."""
    if not edits:
        return Edited(paper, {}, [], set(), set(), [])
    return _Applying(paper, edits).result()


class _Applying:
    def __init__(self, paper: Paper, edits: Edits):
        self._built = paper
        self._edits = edits
        self._parts = parts(paper)
        self._places = places(paper)
        # Where each block lies: the key of its place.
        self._home = {b.id: place for place, blocks in self._places.items() for b in blocks}
        self._taken = {*self._parts, *_other_ids(paper)}
        self._new: dict[str, Part] = {}
        self._removals: dict[str, Remove] = {}
        self._changes: dict[str, tuple[Change, bool]] = {}
        self._added: set[str] = set()
        self._moved: set[str] = set()
        self._lost: list[Operation] = []

    def result(self) -> Edited:
        for operation in self._edits.operations:
            if not self._lay(operation):
                self._lost.append(operation)
        paper = self._rebuilt()
        before, after = Texts(self._built), Texts(paper)
        printed = parts(paper)
        changed = {}
        for block, (change, is_lost) in self._changes.items():
            if block not in printed:
                continue
            data = before.of(content_of(self._parts[block]))
            mine = after.of(content_of(printed[block]))
            changed[block] = Difference(
                mine, data, change.base, is_stale=is_lost or data != change.base
            )
        removed = []
        for block, removal in self._removals.items():
            text = before.of(content_of(self._parts[block]))
            removed.append(Removed(block, text, is_stale=text != removal.base))
        return Edited(paper, changed, removed, self._added, self._moved, self._lost)

    def _lay(self, operation: Operation) -> bool:
        """Whether the operation found its place."""
        match operation:
            case Change():
                return self._change(operation)
            case Remove():
                if not isinstance(self._parts.get(operation.block), (*MOVABLE, Preamble)):
                    return False
                self._removals[operation.block] = operation
                return True
            case Add():
                return self._add(operation)
            case Move():
                return self._move(operation)

    def _change(self, change: Change) -> bool:
        part = self._parts.get(change.block)
        if part is None or not fits(part, change):
            return False
        content, is_lost = refreshed(change.content, content_of(part))
        self._new[change.block] = with_content(part, content)
        self._changes[change.block] = (change, is_lost)
        return True

    def _add(self, addition: Add) -> bool:
        if addition.block in self._taken or addition.parent not in self._places:
            return False
        siblings = self._places[addition.parent]
        at = _index_after(siblings, addition.after)
        at = len(siblings) if at is None else at
        is_section = addition.kind == "clause" and _is_among_sections(siblings, at)
        block = _added_block(addition, self._words_of(addition), is_section=is_section)
        siblings.insert(at, block)
        self._taken.add(block.id)
        self._added.add(block.id)
        self._home[block.id] = addition.parent
        if isinstance(block, Clause):
            self._places[block.id] = []
        return True

    def _words_of(self, addition: Add) -> Words:
        """The words of an added block, whose facts are those of the whole paper."""
        if not any(isinstance(piece, Fact) for piece in addition.words):
            return addition.words

        def renewed(piece):
            if not isinstance(piece, Fact):
                return piece
            found = self._texts_of_facts.get((piece.source, piece.case), set())
            return dataclasses.replace(piece, text=next(iter(found))) if len(found) == 1 else piece

        return tuple(renewed(piece) for piece in addition.words)

    @cached_property
    def _texts_of_facts(self) -> dict[tuple[str, str], set[str]]:
        """How the paper as built prints each fact, by source and case."""
        texts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for part in self._parts.values():
            for row in content_of(part):
                for words in row:
                    for piece in words:
                        if isinstance(piece, Fact) and piece.source:
                            texts[piece.source, piece.case].add(piece.text)
        return texts

    def _move(self, move: Move) -> bool:
        home = self._home.get(move.block)
        if home is None or move.parent not in self._places or move.after == move.block:
            return False
        block = next(b for b in self._places[home] if b.id == move.block)
        if not isinstance(block, MOVABLE) or self._is_inside(move.parent, move.block):
            return False
        target = self._places[move.parent]
        if _index_after(target, move.after) is None:
            return False
        self._places[home].remove(block)
        target.insert(_index_after(target, move.after), block)
        self._home[move.block] = move.parent
        self._moved.add(move.block)
        return True

    def _is_inside(self, place: str | None, block: str) -> bool:
        while place is not None:
            if place == block:
                return True
            place = self._home.get(place)
        return False

    def _rebuilt(self) -> Paper:
        paper = self._built
        new = self._new.get
        annexes = tuple(
            dataclasses.replace(
                new(annex.id, annex),
                blocks=self._blocks(annex.id),
                stamps=tuple(new(stamp.id, stamp) for stamp in annex.stamps),
            )
            for annex in paper.annexes
        )
        sheet = paper.acknowledgement
        return dataclasses.replace(
            paper,
            subject=new("subject", paper).subject,
            stamps=tuple(new(stamp.id, stamp) for stamp in paper.stamps),
            blocks=self._blocks(""),
            signatures=tuple(new(signature.id, signature) for signature in paper.signatures),
            acknowledgement=new(sheet.id, sheet) if sheet else None,
            annexes=annexes,
        )

    def _blocks(self, place: str) -> tuple[Block, ...]:
        return tuple(
            self._block(block) for block in self._places[place] if block.id not in self._removals
        )

    def _block(self, block: Block) -> Block:
        block = self._new.get(block.id, block)
        if not isinstance(block, Clause):
            return block
        children = self._blocks(block.id)
        return (
            block if children == block.children else dataclasses.replace(block, children=children)
        )


def _other_ids(paper: Paper) -> set[str]:
    fixed = {"founder", "organisation", "mark", "title", "registration", "place", "subject"}
    return fixed | ({paper.acknowledgement.id} if paper.acknowledgement else set())


def _index_after(siblings: list[Block], after: str) -> int | None:
    """Where to insert what follows ``after``; the first place is after preamble and resolution."""
    if after:
        return next((i for i, block in enumerate(siblings, start=1) if block.id == after), None)
    leading = 0
    while leading < len(siblings) and isinstance(siblings[leading], Preamble | Resolution):
        leading += 1
    return leading


def _is_among_sections(siblings: list[Block], at: int) -> bool:
    """Whether a clause inserted there stands among sections of a Regulation."""
    for block in reversed(siblings[:at]):
        if isinstance(block, Clause):
            return block.is_section
        if isinstance(block, Heading):
            break
    following = next((block for block in siblings[at:] if isinstance(block, Clause)), None)
    return following is not None and following.is_section


def _added_block(addition: Add, words: Words, *, is_section: bool) -> Block:
    match addition.kind:
        case "clause":
            return Clause(addition.block, words, is_section=is_section)
        case "item":
            return Item(addition.block, words)
        case "heading":
            return Heading(addition.block, words)
        case "executor":
            return Executor(addition.block, (), words)
    return Paragraph(addition.block, words, is_entry=addition.kind == "entry")
