"""A paper on a school's own letterhead: a DOCX of theirs with our paragraphs after its content."""

import datetime
import io
import zipfile
from copy import deepcopy

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from documents import wording
from documents.paper import Annex, Paper
from documents.printing import Style, plain_text
from documents.render import docx_styles as sheet
from documents.render.docx import (
    NAMES,
    UNDATED,
    archive,
    body_xml,
    entries_of,
    page_number_xml,
    section_xml,
)
from documents.render.docx_styles import style_id, twips

# What a letterhead already has on it.
_HEAD = (Style.LETTERHEAD, Style.FOUNDER, Style.ORGANISATION, Style.SHORT_ORGANISATION)


def on_letterhead(paper: Paper, letterhead: bytes) -> bytes:
    """The paper after the content of ``letterhead``, a checked DOCX, on its sheet and headers."""
    document = Document(io.BytesIO(letterhead))
    styles = document.styles.element
    known = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
    for xml in sheet.custom_styles():
        style = parse_xml(xml.replace("<w:style ", f"<w:style {NAMES} ", 1))
        if style.get(qn("w:styleId")) not in known:
            styles.append(style)

    own = document.element.body.get_or_add_sectPr()
    section = document.sections[-1]
    if section.header.is_linked_to_previous:
        header = section.header
        header.is_linked_to_previous = False
        for paragraph in list(header._element):
            header._element.remove(paragraph)
        header._element.append(parse_xml(page_number_xml().replace("<w:p>", f"<w:p {NAMES}>", 1)))
        section.different_first_page_header_footer = True
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    width = ((section.page_width or Mm(210)) - margins) / Mm(1)

    entries = [entry for entry in entries_of(paper) if entry[0].style not in _HEAD]
    sections = {annex: _annex_section(annex, own) for annex in paper.annexes}
    sections[None] = etree.tostring(own, encoding="unicode")
    body = parse_xml(f"<w:body {NAMES}>{body_xml(entries, sections, width)}</w:body>")
    document.element.body.remove(own)
    for element in list(body):
        document.element.body.append(element)
    _fit_tabs(document, width)

    properties = document.core_properties
    day = datetime.datetime.combine(paper.date or UNDATED, datetime.time())
    properties.title = wording.plain(paper.full_title)[:255]
    properties.author = properties.last_modified_by = plain_text(paper.short_organisation)[:255]
    properties.language = "ru-RU"
    properties.created = properties.modified = day
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as saved_parts:
        names = sorted(saved_parts.namelist())
        return archive({name: saved_parts.read(name) for name in names})


def _annex_section(annex: Annex, own) -> str:
    """The sheet of an annex on our own measures, with the header of the letterhead's next pages.

    A header of the first page bears the letterhead and has no place on an annex.
    """
    properties = parse_xml(section_xml(annex).replace("<w:sectPr>", f"<w:sectPr {NAMES}>", 1))
    for reference in properties.findall(qn("w:headerReference")):
        properties.remove(reference)
    for reference in own.findall(qn("w:headerReference")):
        if reference.get(qn("w:type")) == "default":
            properties.insert(0, deepcopy(reference))
        elif reference.get(qn("w:type")) == "first":
            properties.remove(properties.find(qn("w:titlePg")))
    return etree.tostring(properties, encoding="unicode")


def _fit_tabs(document, width: float) -> None:
    """Put the right tab stops of our styles at the edge of the letterhead's text."""
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) in (style_id(Style.REGISTRATION), style_id(Style.SIGNATURE)):
            for tab in style.iter(qn("w:tab")):
                tab.set(qn("w:pos"), str(twips(width)))
