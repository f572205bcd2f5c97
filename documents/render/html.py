"""A paper as HTML: the preview on the screen, and the page from which the PDF is made.

Only classes, no inline style or script, so that it passes a strict content security policy; the
look is ``static/documents/paper.css``. All words are escaped.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from documents import wording
from documents.paper import BLANK, Annex, Blank, Fact, Paper
from documents.printing import Line, Run, Runs, Style, author_of, lines
from documents.render.columns import Type, type_of, widths_of
from documents.render.emblem import ALT, emblem_of
from documents.render.flow import HEAD_GOES_ON, LAST_OF_HEAD, POST_LENGTH, kept_with_next
from documents.render.sheet import text_width

_TOGETHER = re.compile(rf"[^\s<>&]*{wording.NO_BREAK_HYPHEN}[^\s<>&]*")

# The level of the heading below the title of the paper; inside an annex one deeper.
_HEADINGS = {Style.TITLE: 0, Style.SECTION: 1, Style.HEADING: 1, Style.ANNEX_TITLE: 1}
_DEEPER_IN_ANNEX = (Style.SECTION, Style.HEADING)

_STAMPS = (Style.STAMP, Style.STAMP_LEFT)

Link = Callable[[str], str | None]


def render_html(paper: Paper, *, link: Link | None = None, level: int = 2) -> SafeString:
    """The paper as an ``<article class="paper">`` for the preview.

    Every paragraph carries ``data-block`` with the id of its block, and filled words stand in a
    ``<span class="paper-fact">`` with their source and case. ``link`` gives the address of the
    form that fills the blank with a given source, or None. ``level`` is the heading level of the
    title on the page round it.
    """
    return mark_safe(_article(paper, _Screen(link, level)))  # nosec B703, B308: all parts were escaped above


def render_page(paper: Paper) -> str:
    """The paper as a whole HTML document for print, without its style sheets."""
    return _page([paper], wording.plain(paper.full_title), paper.date)


def render_set_page(papers: Sequence[Paper], title: str) -> str:
    """Several papers as one HTML document for print, each on sheets of its own."""
    return _page(papers, title, None)


def _page(papers: Sequence[Paper], title: str, date: datetime.date | None) -> str:
    author = escape(author_of(papers[0]))
    created = f'<meta name="dcterms.created" content="{date}">' if date else ""
    articles = "".join(
        _article(paper, _Print(), f" paper-sheet-{'even' if index % 2 else 'odd'}")
        for index, paper in enumerate(papers)
    )
    return (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<meta name="author" content="{author}">{created}'
        f"</head><body>{articles}</body></html>"
    )


class _Print:
    """Pieces of a line as they print: words only."""

    level = 1

    def runs(self, runs: Runs) -> str:
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        if isinstance(run.piece, Blank):
            return f'<mark class="paper-blank">{BLANK}</mark>'
        return _text(run.text)

    def block(self, identifier: str) -> str:
        return ""

    def bookmark(self, paper: Paper) -> str:
        """What the outline of the PDF calls the paper."""
        return f' data-bookmark="{escape(wording.plain(paper.full_title))}"'

    def column(self, share: float) -> str:
        """A column that takes ``share`` of the table, 0…1."""
        return f'<col style="width:{share:.3%}">'


class _Screen(_Print):
    """Pieces of a line with what the preview tells about them."""

    def __init__(self, link: Link | None, level: int):
        self.link = link
        self.level = level

    def run(self, run: Run) -> str:
        piece = run.piece
        if isinstance(piece, Blank):
            return self.blank(piece)
        if isinstance(piece, Fact) and piece.source:
            case = f' data-case="{escape(piece.case)}"' if piece.case else ""
            source = escape(piece.source)
            return f'<span class="paper-fact" data-source="{source}"{case}>{_text(run.text)}</span>'
        return _text(run.text)

    def blank(self, blank: Blank) -> str:
        label = escape(blank.label)
        address = self.link(blank.source) if self.link else None
        words = (
            f'<mark class="paper-blank" title="Не хватает: {label}" '
            f'data-source="{escape(blank.source)}"><span aria-hidden="true">{BLANK}</span>'
            f'<span class="visually-hidden">не хватает: {label}</span></mark>'
        )
        return f'<a class="paper-fill" href="{escape(address)}">{words}</a>' if address else words

    def block(self, identifier: str) -> str:
        return f' data-block="{escape(identifier)}"'

    def bookmark(self, paper: Paper) -> str:
        return ""

    def column(self, share: float) -> str:
        # Fiftieths of the width, each a class of the style sheet: no inline style on the screen.
        return f'<col class="paper-col-{max(1, min(45, round(50 * share)))}">'


def _text(text: str) -> str:
    text = escape(text)
    if wording.NO_BREAK_HYPHEN not in text:
        return text
    return _TOGETHER.sub(
        lambda found: (
            f'<span class="paper-together">{found[0].replace(wording.NO_BREAK_HYPHEN, "-")}</span>'
        ),
        text,
    )


def _article(paper: Paper, pen: _Print, classes: str = "") -> str:
    printed = list(lines(paper))
    kept = kept_with_next(printed)
    parts = [_emblem(paper, pen)]
    for index, (annex, group) in enumerate(
        groupby(zip(printed, kept, _neighbours(printed), strict=True), lambda e: e[0].annex)
    ):
        body = "".join(_blocks(list(group), pen, pen.bookmark(paper)))
        parts.append(_annex(annex, index, body, pen) if annex else body)
    classes += "" if paper.has_head else " paper-letter"
    return f'<article class="paper{classes}" lang="ru">{"".join(parts)}</article>'


def _emblem(paper: Paper, pen: _Print) -> str:
    if emblem_of(paper) is None:
        return ""
    return (
        f'<p class="paper-emblem paper-keep"{pen.block("organisation")}>'
        f'<img src="data:image/png;base64,{escape(paper.emblem)}" alt="{ALT}"></p>'
    )


def _annex(annex: Annex, index: int, body: str, pen: _Print) -> str:
    way = "sideways" if annex.is_landscape else "upright"
    turn = "odd" if index % 2 else "even"
    block = pen.block(annex.id)
    return f'<section class="paper-annex paper-{way}-{turn}"{block}>{body}</section>'


def _neighbours(printed: list[Line]) -> Iterator[str]:
    """Classes of the first and last line of what is set off from the text round it."""
    for index, line in enumerate(printed):
        before = printed[index - 1].style if index else None
        after = printed[index + 1].style if index + 1 < len(printed) else None
        classes = ""
        if line.style in (Style.SUBJECT, Style.SIGNATURE):
            classes += f" paper-starts-{line.style}" if before is not line.style else ""
            classes += f" paper-ends-{line.style}" if after is not line.style else ""
        if line.style in LAST_OF_HEAD and after not in HEAD_GOES_ON:
            classes += " paper-ends-head"
        yield classes


def _blocks(entries: list[tuple[Line, bool, str]], pen: _Print, bookmark: str) -> Iterator[str]:
    for (table, stamped, _), group in groupby(
        entries,
        lambda e: (e[0].table, e[0].style in _STAMPS, e[0].style in (Style.TITLE, Style.SUBTITLE)),
    ):
        group = list(group)
        printed = [line for line, _, _ in group]
        if table is not None:
            yield _table(printed, pen, keep=group[-1][1])
        elif stamped:
            yield _stamps(printed, pen)
        elif printed[0].style is Style.TITLE:
            yield _title(printed, pen, bookmark)
        else:
            for line, keep, classes in group:
                yield _paragraph(line, f"{classes} paper-keep" if keep else classes, pen)


def _title(printed: list[Line], pen: _Print, bookmark: str) -> str:
    """«ПРОТОКОЛ / заседания Педагогического совета» is one heading in two lines."""
    words = "<br>".join(
        f'<span class="paper-{line.style}-line">{_words(line, pen)}</span>' for line in printed
    )
    return (
        f'<h{pen.level} class="paper-title paper-keep"{pen.block(printed[0].block)}{bookmark}>'
        f"{words}</h{pen.level}>"
    )


def _paragraph(line: Line, classes: str, pen: _Print) -> str:
    tag = "p"
    if line.style in _HEADINGS:
        deeper = line.annex is not None and line.style in _DEEPER_IN_ANNEX
        tag = f"h{pen.level + _HEADINGS[line.style] + deeper}"
    # An ordinary space after the number: a no-break one does not stretch in justified lines.
    number = f"{line.number} " if line.number else ""
    return (
        f'<{tag} class="paper-{line.style}{classes}"{pen.block(line.block)}>'
        f"{number}{_words(line, pen)}</{tag}>"
    )


def _words(line: Line, pen: _Print) -> str:
    parts = [pen.runs(runs) for runs in line.parts]
    if line.style is Style.REGISTRATION:
        return f"<span>{parts[0]}</span> <span>{parts[1]}</span>"
    if line.style is Style.SIGNATURE:
        post = "".join(_post_piece(run, pen) for run in line.parts[0])
        return f'<span class="paper-post">{post}</span> <span class="paper-name">{parts[1]}</span>'
    if line.style is Style.ACKNOWLEDGEMENT:
        return f'<span class="paper-column">{parts[0]}</span> {parts[1]} {parts[2]}'
    return " ".join(parts)


def _post_piece(run: Run, pen: _Print) -> str:
    """The name of the school stays on one line where it can."""
    if isinstance(run.piece, Fact) and len(run.text) <= POST_LENGTH:
        return f'<span class="paper-together">{pen.run(run)}</span>'
    return pen.run(run)


def _stamps(stamped: list[Line], pen: _Print) -> str:
    stamps = []
    for (block, style), group in groupby(stamped, lambda line: (line.block, line.style)):
        words = "".join(f"<p>{_words(line, pen)}</p>" for line in group)
        left = " paper-stamp-left" if style is Style.STAMP_LEFT else ""
        stamps.append(f'<div class="paper-stamp{left}"{pen.block(block)}>{words}</div>')
    # Nothing at the left to stand beside: a plain block, which is laid out quicker.
    right = "" if any(line.style is Style.STAMP_LEFT for line in stamped) else " paper-stamps-right"
    return f'<div class="paper-stamps{right} paper-keep">{"".join(stamps)}</div>'


def _table(rows: list[Line], pen: _Print, keep: bool) -> str:
    table = rows[0].table
    widths = widths_of(rows, text_width(rows[0].annex))
    columns = "".join(pen.column(width / sum(widths)) for width in widths)
    kind = type_of(table)
    classes = "paper-table"
    classes += " paper-table-plain" if table.is_plain else ""
    classes += f" paper-table-{kind}" if kind is not Type.ORDINARY else ""
    classes += " paper-keep" if keep else ""
    body = []
    head = ""
    for line in rows:
        tag = "th" if line.style is Style.TABLE_HEADER else "td"
        scope = ' scope="col"' if tag == "th" else ""
        cells = "".join(f"<{tag}{scope}>{pen.runs(runs)}</{tag}>" for runs in line.parts)
        if tag == "th":
            head = f"<thead><tr>{cells}</tr></thead>"
        else:
            body.append(f"<tr>{cells}</tr>")
    return (
        f'<table class="{classes}"{pen.block(table.id)}><colgroup>{columns}</colgroup>'
        f"{head}<tbody>{''.join(body)}</tbody></table>"
    )
