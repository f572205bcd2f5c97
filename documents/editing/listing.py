"""What the editor's page shows: every part that can be edited, in the order of printing."""

from collections.abc import Iterator
from dataclasses import dataclass

from documents.editing.applying import Edited
from documents.editing.deeds import can_move
from documents.editing.parts import MOVABLE, Part, Texts, content_of, requisites
from documents.paper import (
    Block,
    Clause,
    Item,
    Paper,
    Paragraph,
    Preamble,
)


@dataclass(frozen=True, slots=True)
class Editable:
    """One part. ``kind``: subject, preamble, resolution, heading, section, clause, item, paragraph,
    entry, executor, table, stamp, signature, acknowledgement, annex (its title).

    ``number`` as it prints («2.1.», «3)»), ``text`` as ``text_of``; ``parent`` is the clause or
    annex it lies in, ``depth`` how many clauses are round it.
    """

    id: str
    kind: str
    number: str
    text: str
    depth: int
    parent: str
    can_move_up: bool
    can_move_down: bool
    can_remove: bool
    is_changed: bool
    is_added: bool
    is_stale: bool


def editable(edited: Edited) -> list[Editable]:
    """Every editable part of the edited paper (``apply`` gives it) in printing order."""
    return list(_Listing(edited).rows())


class _Listing:
    def __init__(self, edited: Edited):
        self._edited = edited
        self._texts = Texts(edited.paper)
        self._requisites = dict(requisites(edited.paper))

    def rows(self) -> Iterator[Editable]:
        paper = self._edited.paper
        for stamp in paper.stamps:
            yield self._row(stamp.id, stamp)
        if "subject" in self._requisites:
            yield self._row("subject", paper)
        yield from self._blocks(paper.blocks, "", 0)
        for signature in paper.signatures:
            yield self._row(signature.id, signature)
        sheet = paper.acknowledgement
        if sheet and sheet.id in self._requisites:
            yield self._row(sheet.id, sheet)
        for annex in paper.annexes:
            for stamp in annex.stamps:
                yield self._row(stamp.id, stamp, annex.id)
            yield self._row(annex.id, annex)
            yield from self._blocks(annex.blocks, annex.id, 0)

    def _blocks(self, blocks: tuple[Block, ...], parent: str, depth: int) -> Iterator[Editable]:
        for at, block in enumerate(blocks):
            yield self._row(
                block.id,
                block,
                parent,
                depth,
                can_move_up=can_move(blocks, at, "up"),
                can_move_down=can_move(blocks, at, "down"),
            )
            if isinstance(block, Clause):
                yield from self._blocks(block.children, block.id, depth + 1)

    def _row(
        self,
        identifier: str,
        part: Part,
        parent: str = "",
        depth: int = 0,
        *,
        can_move_up: bool = False,
        can_move_down: bool = False,
    ) -> Editable:
        difference = self._edited.changed.get(identifier)
        return Editable(
            id=identifier,
            kind=_kind(part),
            number=self._number(part),
            text=self._texts.of(content_of(part)),
            depth=depth,
            parent=parent,
            can_move_up=can_move_up,
            can_move_down=can_move_down,
            can_remove=isinstance(part, (*MOVABLE, Preamble)),
            is_changed=difference is not None,
            is_added=identifier in self._edited.added,
            is_stale=difference is not None and difference.is_stale,
        )

    def _number(self, part: Part) -> str:
        if isinstance(part, Clause):
            return f"{self._texts.numbers[part.id]}."
        return f"{self._texts.numbers[part.id]})" if isinstance(part, Item) else ""


def _kind(part: Part) -> str:
    match part:
        case Paper():
            return "subject"
        case Clause():
            return "section" if part.is_section else "clause"
        case Paragraph():
            return "entry" if part.is_entry else "paragraph"
    return type(part).__name__.lower()
