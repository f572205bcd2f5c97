"""A paper as data: what an order, minutes or a Regulation says, apart from how it is printed.

    facts ──kinds/…──▶ Paper ──render/…──▶ text, HTML, DOCX, PDF

A ``Paper`` knows no Django and no file format. Its words are tuples of pieces: a ``str`` is
wording of the paper itself, a ``Fact`` was filled from stored data and remembers from where and in
which grammatical case, a ``Blank`` is a fact that nobody has entered yet and prints as a visible
blank. Every block has an ``id`` that stays the same when blocks round it come and go.

Numbers of clauses are never stored. ``lines`` works them out and is the one sequence of printed
lines that all renderers read: that is why all formats have the same words and the same numbers.
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from documents import wording

BLANK = "________"

# Sources of the blanks that registering fills by itself.
REGISTRATION = ("paper.date", "paper.number")


# Words


@dataclass(frozen=True, slots=True)
class Fact:
    """Words filled from a stored fact; ``source`` names it, ``case`` is one of wording.CASES."""

    text: str
    source: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A missing fact. ``label`` says in Russian what is missing: «дата приказа о плане»."""

    source: str
    label: str


Inline = str | Fact | Blank
Words = tuple[Inline, ...]


def fact(text: str | None, source: str, label: str, case: str = "") -> Fact | Blank:
    """A Fact, or a Blank called ``label`` when ``text`` is None, empty or white space."""
    text = wording.clean(text or "").strip()
    return Fact(text, source, case) if text else Blank(source, label)


# Blocks of the text


@dataclass(frozen=True, slots=True)
class Preamble:
    """«В соответствии с …»: why the order is issued (domain notes § 3.2)."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Resolution:
    """The word ПРИКАЗЫВАЮ: on its own line."""

    id: str
    words: Words = ("ПРИКАЗЫВАЮ:",)


@dataclass(frozen=True, slots=True)
class Heading:
    """An unnumbered heading («СЛУШАЛИ:», «Приложения:»). Clauses after it count from 1 again."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: «1.», inside another clause «2.1.».

    ``is_section`` makes it a section heading of a Regulation: «1. Общие положения».
    """

    id: str
    words: Words
    children: tuple["Block", ...] = ()
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a numbered list: «1)»."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without a number. ``is_entry``: an entry of an unnumbered list."""

    id: str
    words: Words
    is_entry: bool = False


@dataclass(frozen=True, slots=True)
class Executor:
    """«Ответственный: Шевченко А.О.», with several names «Ответственные: …» (K3)."""

    id: str
    names: tuple[Words, ...]

    @property
    def words(self) -> Words:
        lead = "Ответственные: " if len(self.names) > 1 else "Ответственный: "
        words: list[Inline] = [lead]
        for index, name in enumerate(self.names):
            words += [", ", *name] if index else name
        return tuple(words)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Each row has as many cells as ``header``; ``widths`` are shares of the page width,
    one a column, in any unit; none means equal."""

    id: str
    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()

    def __post_init__(self):
        wrong = [row for row in self.rows if len(row) != len(self.header)]
        if wrong or len(self.widths) not in (0, len(self.header)):
            raise ValueError(f"Table {self.id}: rows, widths and header differ in columns")


Block = Preamble | Resolution | Heading | Clause | Item | Paragraph | Executor | Table


# Requisites


@dataclass(frozen=True, slots=True)
class Stamp:
    """An approval stamp, one printed line an element of ``lines`` (domain notes § 3.3).

    УТВЕРЖДЕНО stands at the right; ПРИНЯТО at the left (``is_left``), level with the next one.
    """

    id: str
    lines: tuple[Words, ...]
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Post at the left, «И.О. Фамилия» at the right edge; between them the space to sign in."""

    id: str
    post: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """«С приказом ознакомлены:» and a line to sign on for each of ``names``.

    ``year`` is printed in the date to be filled by hand; None leaves it blank too.
    """

    id: str
    heading: Words
    names: tuple[Words, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex from a new page, its pages numbered apart (domain notes § 3.1).

    ``mark`` is «Приложение» or «Приложение № 1 к приказу …», at the right above the stamps.
    """

    id: str
    mark: Words
    title: Words
    blocks: tuple[Block, ...]
    stamps: tuple[Stamp, ...] = ()
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with all its requisites in the order in which they print (domain notes § 3.2).

    ``kind`` is the row id (D7). ``date`` is the day of signing (of the meeting for minutes), None
    and an empty ``number`` until registering. ``subject`` is the heading to the text, one line an
    element. ``has_registration`` is False for what has no line with date and number of its own
    (a Regulation), ``mark`` and ``stamps`` are the annex mark and approval stamps of such a paper.

    Raises ValueError when two parts have the same id.
    """

    kind: str
    title: str
    organisation: Words
    short_organisation: Words
    blocks: tuple[Block, ...]
    founder: Words = ()
    date: datetime.date | None = None
    number: str = ""
    place: Words = ()
    subject: tuple[str, ...] = ()
    has_registration: bool = True
    mark: Words = ()
    stamps: tuple[Stamp, ...] = ()
    signatures: tuple[Signature, ...] = ()
    acknowledgement: Acknowledgement | None = None
    annexes: tuple[Annex, ...] = ()

    def __post_init__(self):
        seen: set[str] = set()
        for identifier in _identifiers(self):
            if not identifier or identifier in seen:
                raise ValueError(f"Paper {self.kind}: empty or repeated id {identifier!r}")
            seen.add(identifier)

    @property
    def full_title(self) -> str:
        """«Приказ от 09.11.2026 № 178-од «О формировании …»», as far as it is known."""
        title = self.title.capitalize() if self.title.isupper() else self.title
        if self.date:
            title += f" от {wording.date_numeric(self.date)}"
        if self.number:
            title += f" № {self.number}"
        return f"{title} «{' '.join(self.subject)}»" if self.subject else title


def _identifiers(paper: Paper) -> Iterator[str]:
    yield from ("founder", "organisation", "mark", "title", "registration", "place", "subject")
    for block in _walk(paper.blocks):
        yield block.id
    for part in (*paper.stamps, *paper.signatures):
        yield part.id
    if paper.acknowledgement:
        yield paper.acknowledgement.id
    for annex in paper.annexes:
        yield annex.id
        yield from (stamp.id for stamp in annex.stamps)
        yield from (block.id for block in _walk(annex.blocks))


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Clause):
            yield from _walk(block.children)


# Printed lines


class Style(StrEnum):
    """What a printed line is. Renderers map each to a paragraph style or a CSS class."""

    FOUNDER = "founder"
    ORGANISATION = "organisation"
    SHORT_ORGANISATION = "short-organisation"
    MARK = "mark"
    STAMP = "stamp"
    STAMP_LEFT = "stamp-left"
    TITLE = "title"
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


def plain_text(words: Words) -> str:
    """``words`` with ordinary spaces and hyphens."""
    return wording.plain("".join(run.text for run in typeset(words)))


def lines(paper: Paper) -> Iterator[Line]:
    """Every printed line of the paper in order, numbered. All renderers print just these."""
    if paper.founder:
        yield _line("founder", Style.FOUNDER, paper.founder)
    yield _line("organisation", Style.ORGANISATION, paper.organisation)
    short = ("(", *paper.short_organisation, ")")
    yield _line("organisation", Style.SHORT_ORGANISATION, short)
    if paper.mark:
        yield _line("mark", Style.MARK, paper.mark)
    yield from _stamp_lines(paper.stamps)
    yield _line("title", Style.TITLE, (paper.title,))
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
    for style, cells in (
        (Style.TABLE_HEADER, table.header),
        *((Style.TABLE_ROW, row) for row in table.rows),
    ):
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


# Storing

FORMAT = 1

_CLASSES = {
    cls.__name__: cls
    for cls in (
        *(Fact, Blank, Preamble, Resolution, Heading, Clause, Item, Paragraph, Executor, Table),
        *(Stamp, Signature, Acknowledgement, Annex, Paper),
    )
}


def to_json(paper: Paper) -> str:
    """The paper as JSON text, always the same for the same paper.

    Fields at their default value are left out, so that a field added later changes neither the
    text nor the fingerprint of papers that do not use it.
    """
    return json.dumps(
        {"format": FORMAT, "paper": _pack(paper)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def from_json(text: str) -> Paper:
    """The paper that ``to_json`` wrote. ValueError when the text is not such a paper."""
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("Not a stored paper of a known format")
    try:
        paper = _unpack(data["paper"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"Not a stored paper: {error}") from error
    if not isinstance(paper, Paper):
        raise ValueError("Not a stored paper")
    return paper


def fingerprint(paper: Paper) -> str:
    """SHA-256 of the stored paper, 64 hexadecimal digits."""
    return hashlib.sha256(to_json(paper).encode("utf-8", "surrogatepass")).hexdigest()


def _pack(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_pack(element) for element in value]
    if isinstance(value, datetime.date):
        return {"is": "date", "day": value.isoformat()}
    if not dataclasses.is_dataclass(value):
        return value
    packed: dict[str, Any] = {"is": type(value).__name__}
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        if content != field.default:
            packed[field.name] = _pack(content)
    return packed


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpack(element) for element in value)
    if not isinstance(value, dict):
        return value
    fields = dict(value)
    name = fields.pop("is")
    if name == "date":
        return datetime.date.fromisoformat(fields["day"])
    return _CLASSES[name](**{key: _unpack(content) for key, content in fields.items()})
