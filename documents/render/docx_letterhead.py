"""A paper on a school's own letterhead: a DOCX of theirs with our paragraphs after its content."""

import datetime
import io
import zipfile
from copy import deepcopy

from docx import Document
from docx.enum.section import WD_HEADER_FOOTER
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from documents import wording
from documents.paper import Annex, Paper
from documents.printing import Style, author_of
from documents.render.docx import body_xml, entries_of, section_xml
from documents.render.docx_package import NAMES, UNDATED, archive, page_number_xml
from documents.render.docx_styles import PAGE_NUMBER_ID, custom_styles, style_id, twips
from documents.render.docx_words import paragraph_xml
from documents.render.sheet import PORTRAIT

# What a letterhead already has on it.
_HEAD = (Style.LETTERHEAD, Style.FOUNDER, Style.ORGANISATION, Style.SHORT_ORGANISATION)
# Millimetres: lines of a paper do not get narrower, whatever the sheet of the letterhead says.
_NARROWEST = 100
_TWIP = 25.4 / 1440


def on_letterhead(paper: Paper, letterhead: bytes) -> bytes:
    """The paper after the content of ``letterhead``, a checked DOCX, on its sheet.

    Headers and footers of the letterhead stand on the first page; the pages after it are plain
    and numbered at the top, unless the letterhead has headers for them.
    """
    document = Document(io.BytesIO(letterhead))
    _add_styles(document)
    own = document.element.body.get_or_add_sectPr()
    _complete_sheet(own)
    _close_columns(document, own)
    _keep_to_first_page(document)
    width = _text_width(own)

    entries = [entry for entry in entries_of(paper) if entry[0].style not in _HEAD]
    sections = {annex: _annex_section(annex, document) for annex in paper.annexes}
    sections[None] = etree.tostring(own, encoding="unicode")
    body = parse_xml(f"<w:body {NAMES}>{body_xml(entries, sections, width)}</w:body>")
    document.element.body.remove(own)
    for element in list(body):
        document.element.body.append(element)
    _fit_tabs(document, width)

    properties = document.core_properties
    day = datetime.datetime.combine(paper.date or UNDATED, datetime.time())
    properties.title = wording.plain(paper.full_title)[:255]
    properties.author = properties.last_modified_by = author_of(paper)[:255]
    properties.language = "ru-RU"
    properties.created = properties.modified = day
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as saved_parts:
        names = sorted(saved_parts.namelist())
        return archive({name: saved_parts.read(name) for name in names})


def _add_styles(document) -> None:
    """Our styles beside those of the letterhead; no two of one name, which Word refuses."""
    styles = document.styles.element
    ids, names = set(), set()
    for style in styles.findall(qn("w:style")):
        ids.add(style.get(qn("w:styleId")))
        name = style.find(qn("w:name"))
        if name is not None:
            names.add((name.get(qn("w:val")) or "").lower())
    for xml in custom_styles():
        style = _named(xml)
        if style.get(qn("w:styleId")) in ids:
            continue
        name = style.find(qn("w:name"))
        while name.get(qn("w:val")).lower() in names:
            name.set(qn("w:val"), f"{name.get(qn('w:val'))} (портал)")
        styles.append(style)


def _complete_sheet(own) -> None:
    """Size and margins, where the letterhead says nothing, are our own."""
    ours = _named(section_xml(None))
    if own.find(qn("w:pgMar")) is None:
        own._insert_pgMar(ours.find(qn("w:pgMar")))
    if own.find(qn("w:pgSz")) is None:
        own._insert_pgSz(ours.find(qn("w:pgSz")))


def _close_columns(document, own) -> None:
    """End a letterhead set in columns, and let the paper go on right below what stands above.

    Inner sections of a letterhead would otherwise push the paper to the next page.
    """
    columns = own.find(qn("w:cols"))
    in_columns = columns is not None and int(columns.get(qn("w:num")) or 1) > 1
    body = document.element.body
    if in_columns:
        section = deepcopy(own)
        body.insert(body.index(own), _named(f"<w:p><w:pPr>{_xml(section)}</w:pPr></w:p>"))
        own.remove(columns)
        for reference in _references(own):
            own.remove(reference)
    if len(document.sections) == 1:
        return
    own.get_or_add_type().set(qn("w:val"), "continuous")


def _keep_to_first_page(document) -> None:
    """Headers and footers on the first page only, and a page number on those after it."""
    document.settings.odd_and_even_pages_header_footer = False
    first = document.sections[0]
    has_numbers = any(
        "PAGE" in "".join(part._element.itertext(qn("w:instrText")))
        or any("PAGE" in field.get(qn("w:instr"), "") for field in part._element.iter(_FIELD))
        for part in (first.header, first.footer)
        if not part.is_linked_to_previous
    )
    if not first.different_first_page_header_footer and not has_numbers:
        for section in document.sections:
            for reference in _references(section._sectPr):
                if reference.get(qn("w:type")) == "first":
                    section._sectPr.remove(reference)
            for reference in _references(section._sectPr):
                if reference.get(qn("w:type")) == "default":
                    reference.set(qn("w:type"), "first")
    header = first.header
    if header.is_linked_to_previous:
        header.is_linked_to_previous = False
        for paragraph in list(header._element):
            header._element.remove(paragraph)
        header._element.append(_named(page_number_xml()))
        for section in document.sections:
            section.different_first_page_header_footer = True


_FIELD = qn("w:fldSimple")


def _references(section) -> list:
    return [
        *section.findall(qn("w:headerReference")),
        *section.findall(qn("w:footerReference")),
    ]


def _text_width(own) -> float:
    """The width of the text on the sheet of the letterhead, in mm."""
    page, margins = own.find(qn("w:pgSz")), own.find(qn("w:pgMar"))
    width = _length(page, "w:w", twips(PORTRAIT[0]))
    for side in ("w:left", "w:right", "w:gutter"):
        width -= _length(margins, side, 0)
    return max(_NARROWEST, width * _TWIP)


def _length(element, name: str, otherwise: int) -> int:
    try:
        return int(element.get(qn(name)) or otherwise)
    except ValueError:
        return otherwise


def _xml(element) -> str:
    return etree.tostring(element, encoding="unicode")


def _annex_section(annex: Annex, document) -> str:
    """The sheet of an annex on our own measures, its first page without header and footer.

    Those of the letterhead have no place on an annex, and a section that says nothing about them
    would take them over from the section before it.
    """
    properties = _named(section_xml(annex))
    for reference in _references(properties):
        properties.remove(reference)
    header, header_id = document.part.add_header_part()
    footer, footer_id = document.part.add_footer_part()
    for part in (header, footer):
        for paragraph in list(part.element):
            part.element.remove(paragraph)
        part.element.append(_named(paragraph_xml(PAGE_NUMBER_ID)))
    properties.add_headerReference(WD_HEADER_FOOTER.FIRST_PAGE, header_id)
    properties.add_footerReference(WD_HEADER_FOOTER.FIRST_PAGE, footer_id)
    return _xml(properties)


def _named(xml: str):
    """The element that ``xml`` says, with the names of its prefixes."""
    return parse_xml(xml.replace(">", f" {NAMES}>", 1))


def _fit_tabs(document, width: float) -> None:
    """Put the right tab stops of our styles at the edge of the letterhead's text."""
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) in (style_id(Style.REGISTRATION), style_id(Style.SIGNATURE)):
            for tab in style.iter(qn("w:tab")):
                tab.set(qn("w:pos"), str(twips(width)))
