"""A paper as a Word document, such as a careful secretary would make by hand.

The file is written part by part, which takes a few milliseconds and always gives the same bytes.
"""

from collections.abc import Iterator
from itertools import groupby

from documents.paper import Annex, Paper
from documents.printing import Line, Style, lines
from documents.render import sheet
from documents.render.docx_package import EMBLEM, package
from documents.render.docx_styles import EMBLEM_ID, LOOKS, STAMP_WIDTH, style_id, twips
from documents.render.docx_tables import stamps_xml, table_xml
from documents.render.docx_words import (
    paragraph_xml,
    picture_xml,
    small_paragraph_xml,
    words_xml,
)
from documents.render.emblem import ALT, emblem_of
from documents.render.flow import HEAD_GOES_ON, LAST_OF_HEAD, kept_with_next

_STAMPS = (Style.STAMP, Style.STAMP_LEFT)
_HEAD = (Style.SHORT_ORGANISATION, Style.LETTERHEAD)
# Points between a table and the text round it.
_ROUND_TABLE = 6

Entry = tuple[Line, bool]


def render_docx(paper: Paper, letterhead: bytes | None = None) -> bytes:
    """The paper as DOCX; equal papers give equal bytes.

    ``letterhead`` is a checked DOCX of the school. Its content stands first, in place of emblem,
    founder and names, and its sheet and headers are kept; the paper follows.
    """
    if letterhead is not None:
        # python-docx takes a while to load, and a paper without a letterhead does not need it.
        from documents.render.docx_letterhead import on_letterhead

        return on_letterhead(paper, letterhead)
    entries = entries_of(paper)
    body = body_xml(entries, _sections(entries))
    emblem = emblem_of(paper)
    if emblem is None:
        return package(paper, body)
    picture = picture_xml(EMBLEM, emblem.width, emblem.height, ALT)
    return package(paper, paragraph_xml(EMBLEM_ID, picture) + body, emblem.png)


def entries_of(paper: Paper) -> list[Entry]:
    """The printed lines, each with whether it stays on one page with the next one."""
    printed = list(lines(paper))
    return list(zip(printed, kept_with_next(printed), strict=True))


def _sections(entries: list[Entry]) -> dict[Annex | None, str]:
    """The section properties of the order itself and of each annex."""
    return {annex: section_xml(annex) for annex in dict.fromkeys(line.annex for line, _ in entries)}


def section_xml(annex: Annex | None) -> str:
    width, height = sheet.PORTRAIT
    top, right, bottom, left = sheet.MARGINS
    turned = ""
    if annex and annex.is_landscape:
        width, height = height, width
        top, right, bottom, left = sheet.LANDSCAPE_MARGINS
        turned = ' w:orient="landscape"'
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:headerReference w:type="first" r:id="rId4"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" '
        f'w:left="{twips(left)}" w:header="{twips(sheet.HEADER_DISTANCE)}" '
        f'w:footer="{twips(sheet.HEADER_DISTANCE)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def body_xml(
    entries: list[Entry],
    sections: dict[Annex | None, str],
    width_of_order: float = sheet.TEXT_WIDTH,
) -> str:
    """All paragraphs and tables; each section but the last ends in a paragraph of its own.

    ``width_of_order`` is the width of the text, in mm, on the pages before the annexes.
    """
    parts = []
    groups = [(annex, list(group)) for annex, group in groupby(entries, lambda e: e[0].annex)]
    for index, (annex, group) in enumerate(groups):
        width = sheet.text_width(annex) if annex else width_of_order
        blocks = list(_blocks(group, width))
        if index < len(groups) - 1:
            blocks[-1] = _end_section(blocks[-1], sections[annex])
        parts += blocks
        if index == len(groups) - 1:
            if _is_table(blocks[-1]):
                parts.append(small_paragraph_xml())
            parts.append(sections[annex])
    return "".join(parts)


def _is_table(block: str) -> bool:
    return block.endswith("</w:tbl>")


def _end_section(block: str, section: str) -> str:
    if _is_table(block):
        return block + small_paragraph_xml(section)
    start = block.rindex("</w:pPr>")
    return block[:start] + section + block[start:]


def _blocks(entries: list[Entry], width: float) -> Iterator[str]:
    """Each paragraph and table as XML. Tables never touch, or Word would make them one."""
    previous: Line | None = None
    after_table = False
    groups = [
        (key, list(group))
        for key, group in groupby(entries, lambda e: (e[0].table, e[0].style in _STAMPS))
    ]
    for index, ((table, is_stamp), group) in enumerate(groups):
        printed = [line for line, _ in group]
        is_stamps = is_stamp and {line.style for line in printed} == set(_STAMPS)
        if table is not None or is_stamps:
            if after_table:
                yield small_paragraph_xml(height=_ROUND_TABLE)
            keep = group[-1][1]
            yield stamps_xml(printed, width) if is_stamps else table_xml(printed, width, keep)
            after_table = True
            continue
        before_table = index + 1 < len(groups) and groups[index + 1][0][0] is not None
        for position, (line, keep) in enumerate(group, start=1):
            following = printed[position] if position < len(printed) else None
            yield _paragraph(
                line,
                keep,
                width,
                previous=None if after_table else previous,
                following=following,
                after_table=after_table,
                before_table=before_table and following is None,
            )
            previous, after_table = line, False


def _paragraph(
    line: Line,
    keep: bool,
    width: float,
    *,
    previous: Line | None,
    following: Line | None,
    after_table: bool,
    before_table: bool,
) -> str:
    look = LOOKS[line.style]
    before = after = left = None
    if line.style is Style.SIGNATURE and previous and previous.style is Style.SIGNATURE:
        before = 12
    elif line.style is Style.MARK and previous and previous.style in _HEAD:
        before = 14
    elif after_table and look.before < _ROUND_TABLE:
        before = _ROUND_TABLE
    if before_table and look.after < _ROUND_TABLE:
        after = _ROUND_TABLE
    elif line.style is Style.TITLE and following and following.style is Style.SUBTITLE:
        after = 0
    elif line.style in LAST_OF_HEAD and following and following.style not in HEAD_GOES_ON:
        after = 12
    if width != sheet.TEXT_WIDTH and line.style in (Style.MARK, Style.STAMP):
        left = max(0, width - STAMP_WIDTH)
    return paragraph_xml(
        style_id(line.style), words_xml(line), keep=keep, before=before, after=after, left=left
    )
