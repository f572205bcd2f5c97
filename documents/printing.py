"""The printed lines of a paper: numbered, typographic, the same for every renderer."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from documents import wording
from documents.paper import (
    BLANK,
    REGISTRATION,
    Acknowledgement,
    Annex,
    Blank,
    Block,
    Clause,
    Executor,
    Fact,
    Heading,
    Item,
    Paper,
    Paragraph,
    Preamble,
    Reference,
    Resolution,
    Stamp,
    Table,
    Words,
    fact,
    walk,
)


class Style(StrEnum):
    """What a printed line is. Renderers map each to a paragraph style or a CSS class."""

    FOUNDER = "founder"
    ORGANISATION = "organisation"
    SHORT_ORGANISATION = "short-organisation"
    MARK = "mark"
    STAMP = "stamp"
    STAMP_LEFT = "stamp-left"
    LETTERHEAD = "letterhead"
    TITLE = "title"
    SUBTITLE = "subtitle"
    REGISTRATION = "registration"
    PLACE = "place"
    SUBJECT = "subject"
    PREAMBLE = "preamble"
    RESOLUTION = "resolution"
    HEADING = "heading"
    SECTION = "section"
    CLAUSE = "clause"
    SUBCLAUSE = "subclause"
    ITEM = "item"
    TEXT = "text"
    ENTRY = "entry"
    EXECUTOR = "executor"
    TABLE_HEADER = "table-header"
    TABLE_ROW = "table-row"
    SIGNATURE = "signature"
    ACKNOWLEDGEMENT_HEADING = "acknowledgement-heading"
    ACKNOWLEDGEMENT = "acknowledgement"
    ANNEX_TITLE = "annex-title"


@dataclass(frozen=True, slots=True)
class Run:
    """Words ready to print: clean, typographic. ``piece`` is the Fact or Blank behind them."""

    text: str
    piece: Fact | Blank | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph, or one row of a table.

    ``number`` («1.», «2.1.», «3)» or empty) stands before the words. ``parts`` is one element,
    but for lines set in columns: date and number; post and name; name, place to sign and date;
    cells of a table. ``block`` is the id of what it prints; ``annex`` the annex it belongs to.
    """

    block: str
    style: Style
    parts: tuple[Runs, ...]
    number: str = ""
    annex: Annex | None = None
    table: Table | None = None

    @property
    def text(self) -> str:
        """The whole line as plain text; cells of a table part with a semicolon."""
        joint = "; " if self.table else " "
        words = joint.join("".join(run.text for run in runs) for runs in self.parts)
        return wording.plain(f"{self.number} {words}" if self.number else words)


def typeset(words: Words) -> Runs:
    """``words`` as typographic runs, adjoining wording joined.

    Typography looks across pieces («№ » before a Fact is tied to it) and never changes lengths,
    so the whole is set at once and cut again.
    """
    texts = [
        BLANK if isinstance(piece, Blank)
        else wording.clean(piece.text if isinstance(piece, Fact) else piece)
        for piece in words
    ]  # fmt: skip
    whole = wording.typographic("".join(texts))
    if len(words) == 1 and isinstance(words[0], str):
        return (Run(whole),)
    runs: list[Run] = []
    start = 0
    for piece, text in zip(words, texts, strict=True):
        run = Run(whole[start : start + len(text)], None if isinstance(piece, str) else piece)
        start += len(text)
        if runs and run.piece is None and runs[-1].piece is None:
            run = Run(runs.pop().text + run.text)
        runs.append(run)
    return tuple(runs)


def author_of(paper: Paper) -> str:
    """Whose paper it is, for the properties of its files; empty while the name is not known."""
    pieces = (piece for piece in paper.short_organisation if not isinstance(piece, Blank))
    return plain_text(tuple(pieces))


def plain_text(words: Words) -> str:
    """``words`` with ordinary spaces and hyphens."""
    return wording.plain("".join(run.text for run in typeset(words)))


def lines(paper: Paper) -> Iterator[Line]:
    """Every printed line of the paper in order, numbered. All renderers print just these."""
    paper = with_numbers(paper)
    if not paper.has_head:
        pass
    elif paper.head:
        for words in paper.head:
            yield _line("organisation", Style.LETTERHEAD, words)
    else:
        if paper.founder:
            yield _line("founder", Style.FOUNDER, paper.founder)
        yield _line("organisation", Style.ORGANISATION, paper.organisation)
        short = ("(", *paper.short_organisation, ")")
        yield _line("organisation", Style.SHORT_ORGANISATION, short)
    if paper.mark:
        yield _line("mark", Style.MARK, paper.mark)
    yield from _stamp_lines(paper.stamps)
    yield _line("title", Style.TITLE, (paper.title,))
    if paper.subtitle:
        yield _line("title", Style.SUBTITLE, (paper.subtitle,))
    if paper.has_registration:
        date = wording.date_numeric(paper.date) if paper.date else ""
        yield _line(
            "registration",
            Style.REGISTRATION,
            (fact(date, "paper.date", "дата документа"),),
            ("№ ", fact(paper.number, "paper.number", "номер документа")),
        )
    if paper.place:
        yield _line("place", Style.PLACE, paper.place)
    for words in paper.subject:
        yield _line("subject", Style.SUBJECT, (words,))
    yield from _block_lines(paper.blocks)
    for signature in paper.signatures:
        yield _line(signature.id, Style.SIGNATURE, signature.post, signature.name)
    if paper.acknowledgement:
        yield from _acknowledgement_lines(paper.acknowledgement)
    for annex in paper.annexes:
        for line in _annex_lines(annex):
            yield dataclasses.replace(line, annex=annex)


def _line(block: str, style: Style, *parts: Words, number: str = "") -> Line:
    return Line(block, style, tuple(typeset(words) for words in parts), number)


def _stamp_lines(stamps: tuple[Stamp, ...], annex: Annex | None = None) -> Iterator[Line]:
    for stamp in stamps:
        style = Style.STAMP_LEFT if stamp.is_left else Style.STAMP
        for words in stamp.lines:
            yield _line(stamp.id, style, words)


_PLAIN = {
    Preamble: Style.PREAMBLE,
    Resolution: Style.RESOLUTION,
    Heading: Style.HEADING,
    Executor: Style.EXECUTOR,
}


def _block_lines(blocks: tuple[Block, ...], prefix: str = "") -> Iterator[Line]:
    clauses = items = 0
    for block in blocks:
        if isinstance(block, Clause):
            clauses, items = clauses + 1, 0
            number = f"{prefix}{clauses}."
            style = Style.SUBCLAUSE if prefix else Style.CLAUSE
            style = Style.SECTION if block.is_section else style
            yield _line(block.id, style, block.words, number=number)
            yield from _block_lines(block.children, number)
        elif isinstance(block, Item):
            items += 1
            yield _line(block.id, Style.ITEM, block.words, number=f"{items})")
        elif isinstance(block, Table):
            yield from _table_lines(block)
        elif isinstance(block, Paragraph):
            style = Style.ENTRY if block.is_entry else Style.TEXT
            yield _line(block.id, style, block.words)
        else:
            if isinstance(block, Heading):
                clauses = items = 0
            yield _line(block.id, _PLAIN[type(block)], block.words)


def _table_lines(table: Table) -> Iterator[Line]:
    header = ((Style.TABLE_HEADER, table.header),) if table.header else ()
    for style, cells in (*header, *((Style.TABLE_ROW, row) for row in table.rows)):
        yield Line(table.id, style, tuple(typeset(words) for words in cells), table=table)


def _acknowledgement_lines(sheet: Acknowledgement) -> Iterator[Line]:
    yield _line(sheet.id, Style.ACKNOWLEDGEMENT_HEADING, sheet.heading)
    day = f"«__» ________ {sheet.year} г." if sheet.year else "«__» ________ 20__ г."
    for name in sheet.names:
        yield _line(sheet.id, Style.ACKNOWLEDGEMENT, name, ("_______",), (day,))


def _annex_lines(annex: Annex) -> Iterator[Line]:
    yield _line(annex.id, Style.MARK, annex.mark)
    yield from _stamp_lines(annex.stamps)
    yield _line(annex.id, Style.ANNEX_TITLE, annex.title)
    yield from _block_lines(annex.blocks)


# Numbers of clauses


def numbers(paper: Paper) -> dict[str, str]:
    """The number of every clause and item as it prints, without the stop: id → «2.1»."""
    found: dict[str, str] = {}
    for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
        _number(blocks, "", found)
    return found


def _number(blocks: tuple[Block, ...], prefix: str, found: dict[str, str]) -> None:
    clauses = items = 0
    for block in blocks:
        if isinstance(block, Clause):
            clauses, items = clauses + 1, 0
            found[block.id] = f"{prefix}{clauses}"
            _number(block.children, f"{prefix}{clauses}.", found)
        elif isinstance(block, Item):
            items += 1
            found[block.id] = f"{items}"
        elif isinstance(block, Heading):
            clauses = items = 0


def with_numbers(paper: Paper) -> Paper:
    """The paper with each Reference in its blocks turned into the number of its clause."""
    blocks = [*walk(paper.blocks), *(b for annex in paper.annexes for b in walk(annex.blocks))]
    if not any(isinstance(piece, Reference) for b in blocks for piece in _all_words(b)):
        return paper
    found = numbers(paper)

    def piece_of(piece):
        if not isinstance(piece, Reference):
            return piece
        return fact(found.get(piece.block), f"clause.{piece.block}", "пункт, на который ссылаются")

    def words_of(words: Words) -> Words:
        return tuple(piece_of(piece) for piece in words)

    def block_of(block: Block) -> Block:
        if isinstance(block, Table):
            rows = tuple(tuple(words_of(cell) for cell in row) for row in block.rows)
            return dataclasses.replace(block, rows=rows)
        if isinstance(block, Executor):
            return dataclasses.replace(block, text=words_of(block.text))
        changes = {"words": words_of(block.words)}
        if isinstance(block, Clause):
            changes["children"] = tuple(block_of(child) for child in block.children)
        return dataclasses.replace(block, **changes)

    return dataclasses.replace(
        paper,
        blocks=tuple(block_of(block) for block in paper.blocks),
        annexes=tuple(
            dataclasses.replace(annex, blocks=tuple(block_of(b) for b in annex.blocks))
            for annex in paper.annexes
        ),
    )


def _all_words(block: Block) -> Words:
    if isinstance(block, Table):
        return tuple(piece for row in block.rows for cell in row for piece in cell)
    return block.words


def missing(paper: Paper, *, registration: bool = False) -> list[Blank]:
    """The blanks of the paper in the order in which they print, one for each source.

    Date and number of the paper itself are left out, since registering gives them, unless
    ``registration`` is true.
    """
    found: dict[str, Blank] = {}
    for line in lines(paper):
        for runs in line.parts:
            for run in runs:
                if isinstance(run.piece, Blank):
                    found.setdefault(run.piece.source, run.piece)
    return [blank for source, blank in found.items() if registration or source not in REGISTRATION]
