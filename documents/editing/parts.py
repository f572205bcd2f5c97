"""What in a paper can be edited: its parts by id, what each says, and where it stands."""

import dataclasses
from collections.abc import Iterator
from functools import cached_property

from documents import wording
from documents.editing.operations import Change, Content
from documents.paper import (
    BLANK,
    Acknowledgement,
    Annex,
    Blank,
    Block,
    Clause,
    Executor,
    Fact,
    Heading,
    Inline,
    Item,
    Paper,
    Paragraph,
    Reference,
    Signature,
    Stamp,
    Table,
    Words,
    walk,
)
from documents.printing import numbers, plain_text

SUBJECT = "subject"

# A part that has an editable text; the Paper itself stands for its subject.
Part = Block | Stamp | Signature | Acknowledgement | Annex | Paper

MOVABLE = (Clause, Item, Paragraph, Heading, Executor, Table)


def requisites(paper: Paper) -> Iterator[tuple[str, Part]]:
    """The editable parts that are no blocks of text, with their ids."""
    if paper.subject:
        yield SUBJECT, paper
    for part in (*paper.stamps, *paper.signatures):
        yield part.id, part
    if paper.acknowledgement and paper.acknowledgement.names:
        yield paper.acknowledgement.id, paper.acknowledgement
    for annex in paper.annexes:
        yield annex.id, annex
        yield from ((stamp.id, stamp) for stamp in annex.stamps)


def parts(paper: Paper) -> dict[str, Part]:
    """Every editable part of the paper by its id."""
    found = dict(requisites(paper))
    for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
        found.update((block.id, block) for block in walk(blocks))
    return found


def places(paper: Paper) -> dict[str, list[Block]]:
    """The blocks in each place as fresh lists: "" (the text itself), each annex, each clause."""
    found: dict[str, list[Block]] = {"": list(paper.blocks)}
    for annex in paper.annexes:
        found[annex.id] = list(annex.blocks)
    for blocks in list(found.values()):
        for block in walk(tuple(blocks)):
            if isinstance(block, Clause):
                found[block.id] = list(block.children)
    return found


# What a part says


def shape_of(part: Part) -> str:
    """Which field of a Change fits the part: words, lines or rows."""
    if isinstance(part, Table):
        return "rows"
    return "lines" if isinstance(part, Paper | Stamp | Acknowledgement) else "words"


def content_of(part: Part) -> Content:
    match part:
        case Table():
            return part.rows
        case Paper():
            return tuple(((line,),) for line in part.subject)
        case Stamp():
            return tuple((line,) for line in part.lines)
        case Acknowledgement():
            return tuple((name,) for name in part.names)
        case Signature():
            return ((part.post,),)
        case Annex():
            return ((part.title,),)
    return ((part.words,),)


def with_content(part: Part, content: Content) -> Part:
    """The part saying ``content``, whose shape fits it."""
    match part:
        case Table():
            changes = {"rows": content}
        case Paper():
            changes = {"subject": tuple(plain_text(line) for (line,) in content)}
        case Stamp():
            changes = {"lines": tuple(line for (line,) in content)}
        case Acknowledgement():
            changes = {"names": tuple(name for (name,) in content)}
        case Signature():
            changes = {"post": content[0][0]}
        case Annex():
            changes = {"title": content[0][0]}
        case Executor():
            changes = {"text": content[0][0]}
        case _:
            changes = {"words": content[0][0]}
    return dataclasses.replace(part, **changes)


def change_of(part: Part, block: str, content: Content, base: str) -> Change:
    match shape_of(part):
        case "rows":
            return Change(block, base, rows=content)
        case "lines":
            return Change(block, base, lines=tuple(line for (line,) in content))
    return Change(block, base, words=content[0][0])


def columns_of(table: Table) -> int:
    """How many cells a row of the table has; 0 when the table does not say."""
    return table.columns or len(table.widths)


def fits(part: Part, change: Change) -> bool:
    """Whether the part can say what the change says; data may have made it another one since."""
    if getattr(change, shape_of(part)) is None:
        return False
    if not isinstance(part, Block):
        # Only blocks of text print references.
        return not any(
            isinstance(piece, Reference)
            for row in change.content
            for words in row
            for piece in words
        )
    if isinstance(part, Table) and columns_of(part):
        return all(len(row) == columns_of(part) for row in change.rows)
    return True


def printed(text: str) -> str:
    """Clean text as it prints, in plain text: never longer or shorter.

    Without the ties, which plain text undoes and which take most of the time of typography.
    """
    if '"' in text or " - " in text or " — " in text:
        return wording.plain(wording.typographic(text))
    return wording.plain(wording.nest_quotes(text))


class Texts:
    """Plain texts of words as they print in ``paper``, references as numbers."""

    def __init__(self, paper: Paper):
        self._paper = paper

    @cached_property
    def numbers(self) -> dict[str, str]:
        return numbers(self._paper)

    def number(self, reference: Reference) -> str:
        return self.numbers.get(reference.block) or BLANK

    def of_words(self, words: Words) -> str:
        return printed("".join(map(self._text, words)))

    def _text(self, piece: Inline) -> str:
        if isinstance(piece, Blank):
            return BLANK
        if isinstance(piece, Reference):
            return self.number(piece)
        return wording.clean(piece.text if isinstance(piece, Fact) else piece)

    def of(self, content: Content) -> str:
        """Rows part with a line break, cells with a tab; neither occurs within printed words."""
        return "\n".join("\t".join(map(self.of_words, row)) for row in content)


def text_of(paper: Paper, block: str) -> str:
    """What the editor shows for the block: ordinary spaces, blanks as ________, numbers.

    One row a line where the part has several, cells of a table part with a tab. KeyError when
    the paper has no such editable part.
    """
    return Texts(paper).of(content_of(parts(paper)[block]))


def rows_of(paper: Paper, block: str) -> list[list[str]]:
    """The cells of a table, without its header. KeyError when ``block`` is no table."""
    part = parts(paper)[block]
    if not isinstance(part, Table):
        raise KeyError(block)
    texts = Texts(paper)
    return [[texts.of_words(cell) for cell in row] for row in part.rows]
