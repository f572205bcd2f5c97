"""A paper as data: what an order, minutes or a Regulation says, apart from how it is printed.

    facts ──kinds/…──▶ Paper ──render/…──▶ text, HTML, DOCX, PDF

A ``Paper`` knows no Django and no file format. Its words are tuples of pieces: a ``str`` is
wording of the paper itself, a ``Fact`` was filled from stored data and remembers from where and in
which grammatical case, a ``Blank`` is a fact that nobody has entered yet and prints as a visible
blank. Every block has an ``id`` that stays the same when blocks round it come and go.

Numbers of clauses are never stored. ``lines`` works them out and is the one sequence of printed
lines that all renderers read: that is why all formats have the same words and the same numbers.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of another clause («2.1»), whatever it becomes when clauses come and go.

    Prints as a blank when the clause is no longer there.
    """

    block: str


Inline = str | Fact | Blank | Reference
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
    """«Ответственный: Шевченко А.О.», with several names «Ответственные: …» (K3).

    ``text`` stands instead where somebody has written the whole line by hand.
    """

    id: str
    names: tuple[Words, ...]
    text: Words = ()

    @property
    def words(self) -> Words:
        if self.text:
            return self.text
        lead = "Ответственные: " if len(self.names) > 1 else "Ответственный: "
        words: list[Inline] = [lead]
        for index, name in enumerate(self.names):
            words += [", ", *name] if index else name
        return tuple(words)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Each row has as many cells as ``header``; ``widths`` are shares of the page width,
    one a column, in any unit; none means equal.

    An empty ``header`` prints none. ``is_plain``: without borders, as the parties of an agreement.
    """

    id: str
    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()
    is_plain: bool = False

    def __post_init__(self):
        sizes = {len(row) for row in (self.header, *self.rows, self.widths) if row}
        if len(sizes) > 1:
            raise ValueError(f"Table {self.id}: rows, widths and header differ in columns")

    @property
    def columns(self) -> int:
        return max((len(row) for row in (self.header, *self.rows)), default=0)


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
    ``subtitle`` is the second line of the title (ПРОТОКОЛ / заседания …, K15). ``head`` are the
    lines of the school's own letterhead, which stand instead of founder and names; ``emblem`` is a
    PNG picture in base64 that stands above them. ``has_head`` is False for what a person writes to
    the school: a consent, a statement.

    Raises ValueError when two parts have the same id.
    """

    kind: str
    title: str
    organisation: Words
    short_organisation: Words
    blocks: tuple[Block, ...]
    founder: Words = ()
    head: tuple[Words, ...] = ()
    emblem: str = ""
    subtitle: str = ""
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
    has_head: bool = True

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
    for block in walk(paper.blocks):
        yield block.id
    for part in (*paper.stamps, *paper.signatures):
        yield part.id
    if paper.acknowledgement:
        yield paper.acknowledgement.id
    for annex in paper.annexes:
        yield annex.id
        yield from (stamp.id for stamp in annex.stamps)
        yield from (block.id for block in walk(annex.blocks))


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, each before what is inside it."""
    for block in blocks:
        yield block
        if isinstance(block, Clause):
            yield from walk(block.children)
