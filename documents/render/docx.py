"""A paper as a Word document, such as a careful secretary would make by hand.

The file is written part by part, which takes a few milliseconds and always gives the same bytes.
"""

import datetime
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby

from documents import wording
from documents.paper import BLANK, Annex, Blank, Fact, Paper
from documents.printing import Line, Runs, Style, lines, plain_text
from documents.render import docx_styles as sheet
from documents.render.docx_styles import style_id, twips
from documents.render.flow import POST_LENGTH, kept_with_next

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
NAMES = f'xmlns:w="{sheet.NAMESPACE}" xmlns:r="{sheet.RELATIONS}"'
_STAMPS = (Style.STAMP, Style.STAMP_LEFT)
# A file without a date of its own says it was made on this day: equal papers, equal bytes.
UNDATED = datetime.date(2000, 1, 1)

Entry = tuple[Line, bool]


def render_docx(paper: Paper, letterhead: bytes | None = None) -> bytes:
    """The paper as DOCX; equal papers give equal bytes.

    ``letterhead`` is a checked DOCX of the school. Its content stands first, in place of the names
    of founder and organisation, and its sheet and headers are kept; the paper follows.
    """
    if letterhead is not None:
        # python-docx takes a while to load, and a paper without a letterhead does not need it.
        from documents.render.docx_letterhead import on_letterhead

        return on_letterhead(paper, letterhead)
    entries = entries_of(paper)
    body = body_xml(entries, _sections(entries))
    parts = _fixed_parts() | {
        "word/document.xml": f"{_XML}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": _core_properties(paper),
    }
    return archive({name: content.encode() for name, content in parts.items()})


def entries_of(paper: Paper) -> list[Entry]:
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
        width = width_of_order
        if annex:
            width = sheet.LANDSCAPE_TEXT_WIDTH if annex.is_landscape else sheet.TEXT_WIDTH
        blocks = list(_blocks(group, width))
        if index < len(groups) - 1:
            blocks[-1] = _end_section(blocks[-1], sections[annex])
        parts += blocks
        if index == len(groups) - 1:
            if blocks[-1].endswith("</w:tbl>"):
                parts.append(_small_paragraph())
            parts.append(sections[annex])
    return "".join(parts)


def _end_section(block: str, section: str) -> str:
    if block.endswith("</w:tbl>"):
        return block + _small_paragraph(section)
    start = block.rindex("</w:pPr>")
    return block[:start] + section + block[start:]


def _small_paragraph(section: str = "") -> str:
    """Word wants a paragraph after a table at the end of a section: as low as can be."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}{section}</w:pPr></w:p>"


def _blocks(entries: list[Entry], width: float) -> Iterator[str]:
    previous = None
    for (table, is_stamp), group in groupby(entries, lambda e: (e[0].table, e[0].style in _STAMPS)):
        group = list(group)
        if table is not None:
            yield _table([line for line, _ in group], width)
        elif is_stamp and {line.style for line, _ in group} == set(_STAMPS):
            yield _stamps_side_by_side([line for line, _ in group], width)
        else:
            for line, keep in group:
                yield _paragraph(line, keep, width, previous)
                previous = line.style


def _paragraph(line: Line, keep: bool, width: float, previous: Style | None = None) -> str:
    properties = "<w:keepNext/>" if keep else ""
    if line.style is Style.SIGNATURE and previous is Style.SIGNATURE:
        properties += '<w:spacing w:before="240"/>'
    if line.style is Style.MARK and previous is Style.SHORT_ORGANISATION:
        properties += '<w:spacing w:before="280"/>'
    if width != sheet.TEXT_WIDTH and line.style in (Style.MARK, Style.STAMP):
        properties += f'<w:ind w:left="{twips(width - sheet.STAMP_WIDTH)}"/>'
    number = f"{line.number}{wording.NO_BREAK_SPACE}" if line.number else ""
    return _p(style_id(line.style), _words(line, number), properties)


def _p(style: str, words: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{words}</w:p>'


def _words(line: Line, number: str = "") -> str:
    start = _run(number) if number else ""
    parts = [_runs(runs) for runs in line.parts]
    if line.style is Style.REGISTRATION:
        return f"{parts[0]}{_TAB}{parts[1]}"
    if line.style is Style.SIGNATURE:
        return f"{_wrapped(line.parts[0])}{_TAB}{parts[1]}"
    if line.style is Style.ACKNOWLEDGEMENT:
        return f"{parts[0]}{_TAB}{parts[1]}{_run(' ')}{parts[2]}"
    return start + "".join(parts)


_TAB = "<w:r><w:tab/></w:r>"
_BREAK = "<w:br/>"


def _wrapped(post: Runs) -> str:
    """A post; a long one in lines that leave room to sign, broken by hand as a typist does.

    The name of the school stays on one line where it can.
    """
    length = 0
    out = []
    for run in post:
        whole = isinstance(run.piece, Fact | Blank) and len(run.text) <= POST_LENGTH
        words = [run.text] if whole else run.text.split(" ")
        text = words[0]
        length += len(words[0])
        if length > POST_LENGTH and whole and out:
            out.append(f"<w:r>{_BREAK}</w:r>")
            length = len(words[0])
        for word in words[1:]:
            length += 1 + len(word)
            if length > POST_LENGTH:
                text += "\n"
                length = len(word)
            else:
                text += " "
            text += word
        out.append(_blank() if isinstance(run.piece, Blank) else _run(text))
    return "".join(out)


def _runs(runs: Runs) -> str:
    return "".join(_blank() if isinstance(run.piece, Blank) else _run(run.text) for run in runs)


def _blank() -> str:
    return f'<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>{BLANK}</w:t></w:r>'


def _run(text: str) -> str:
    # LibreOffice never stretches a no-break space: beside a dash in a justified line it shows.
    text = escape(text, quote=False).replace(f"{wording.NO_BREAK_SPACE}–", " –")
    if wording.NO_BREAK_HYPHEN in text or "\n" in text:
        text = text.replace(
            wording.NO_BREAK_HYPHEN, '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
        ).replace("\n", f'</w:t>{_BREAK}<w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _stamps_side_by_side(stamped: list[Line], width: float) -> str:
    """«ПРИНЯТО» and «УТВЕРЖДЕНО» level with each other, in a table without borders."""
    gap = width - 2 * sheet.STAMP_WIDTH
    widths = (sheet.STAMP_WIDTH + gap, sheet.STAMP_WIDTH)
    cells = []
    for style in (Style.STAMP_LEFT, Style.STAMP):
        cells.append(
            "".join(
                _p(style_id(style), _words(line), '<w:keepNext/><w:ind w:left="0" w:right="0"/>')
                for line in stamped
                if line.style is style
            )
        )
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(share)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for share, cell in zip(widths, cells, strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{twips(share)}"/>' for share in widths)
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(width)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def _table(rows: list[Line], width: float) -> str:
    table = rows[0].table
    shares = table.widths or (1,) * table.columns
    widths = [twips(width * share / sum(shares)) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    body = []
    for line in rows:
        head = "<w:tblHeader/>" if line.style is Style.TABLE_HEADER else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/></w:tcPr>'
            f"{_p(style_id(line.style), _runs(runs), '<w:keepNext/>' if head else '')}</w:tc>"
            for column, runs in zip(widths, line.parts, strict=True)
        )
        body.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{sheet.TABLE_ID}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


# The file round the words


@cache
def _fixed_parts() -> dict[str, str]:
    office = "application/vnd.openxmlformats-officedocument"
    word = f"{office}.wordprocessingml"
    package = "http://schemas.openxmlformats.org/package/2006"
    overrides = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/header1.xml": f"{word}.header+xml",
        "/word/header2.xml": f"{word}.header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{office}.extended-properties+xml",
    }
    types = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}</Types>",
        "_rels/.rels": _relationships(
            f"{sheet.RELATIONS}/officeDocument", "word/document.xml",
            f"{package}/relationships/metadata/core-properties", "docProps/core.xml",
            f"{sheet.RELATIONS}/extended-properties", "docProps/app.xml",
        ),
        "word/_rels/document.xml.rels": _relationships(
            f"{sheet.RELATIONS}/styles", "styles.xml",
            f"{sheet.RELATIONS}/settings", "settings.xml",
            f"{sheet.RELATIONS}/header", "header1.xml",
            f"{sheet.RELATIONS}/header", "header2.xml",
        ),
        "word/styles.xml": sheet.styles_part(),
        "word/settings.xml": f'{_XML}<w:settings {NAMES}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>",
        "word/header1.xml": f"{_XML}<w:hdr {NAMES}>{page_number_xml()}</w:hdr>",
        "word/header2.xml": f"{_XML}<w:hdr {NAMES}>{_p(sheet.PAGE_NUMBER_ID, '')}</w:hdr>",
        "docProps/app.xml": f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/extended-properties"><Application>Портал наставничества'
        "</Application></Properties>",
    }  # fmt: skip


def _relationships(*pairs: str) -> str:
    relations = "".join(
        f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(zip(pairs[::2], pairs[1::2], strict=True), start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{package}">{relations}</Relationships>'


def page_number_xml() -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return _p(sheet.PAGE_NUMBER_ID, field)


def _core_properties(paper: Paper) -> str:
    author = escape(plain_text(paper.short_organisation))
    day = f"{paper.date or UNDATED}T00:00:00Z"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(wording.plain(paper.full_title))}</dc:title>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "<dc:language>ru-RU</dc:language></cp:coreProperties>"
    )


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive with the same bytes for the same parts: no time of making in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as out_zip:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out_zip.writestr(info, content)
    return out.getvalue()
