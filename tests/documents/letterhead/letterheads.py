"""Letterheads such as schools have, made with python-docx."""

import base64
import io
import zipfile
from collections.abc import Callable

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 50), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 255 if mode in ("1", "L", "P") else "navy").save(out, kind)
    return out.getvalue()


PNG = picture()
PNG_TEXT = base64.b64encode(PNG).decode()


def plain() -> bytes:
    """Two centred lines on an A4 sheet."""
    document = Document()
    for line in ("КОМИТЕТ ОБРАЗОВАНИЯ г. ЧИТЫ", "МБОУ «СОШ № 94» г. Читы"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    return saved(document)


def in_table() -> bytes:
    """«Угловой» letterhead in a table, with a picture in it."""
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "МБОУ «СОШ № 94»\nг. Чита"
    table.cell(0, 0).add_paragraph().add_run().add_picture(io.BytesIO(PNG))
    table.cell(0, 1).text = "672000, г. Чита, ул. Школьная, 1"
    return saved(document)


def in_header() -> bytes:
    """Everything in the header and the footer, which the school lets stand on every page."""
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "ШАПКА В КОЛОНТИТУЛЕ"
    section.header.add_paragraph().add_run().add_picture(io.BytesIO(PNG))
    section.footer.paragraphs[0].text = "адрес школы"
    return saved(document)


def first_page_header() -> bytes:
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "ЭМБЛЕМА"
    section.first_page_footer.paragraphs[0].text = "адрес школы"
    return saved(document)


def numbered() -> bytes:
    """A header with the number of the page beside words."""
    document = Document()
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.text = "Школа № 94, страница "
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )
    return saved(document)


def in_columns() -> bytes:
    """One section in two columns."""
    document = Document()
    document.add_paragraph("ЛЕВЫЙ СТОЛБЕЦ")
    document.add_paragraph("ПРАВЫЙ СТОЛБЕЦ")
    document.sections[0]._sectPr.xpath("./w:cols")[0].set(qn("w:num"), "2")
    return saved(document)


def of_two_sections() -> bytes:
    document = Document()
    document.add_paragraph("ПЕРВЫЙ РАЗДЕЛ")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("ВТОРОЙ РАЗДЕЛ")
    return saved(document)


def landscape() -> bytes:
    document = Document()
    document.add_paragraph("БЛАНК ПОПЕРЁК")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    return saved(document)


def without_sheet() -> bytes:
    """A body that says nothing about its sheet."""
    document = Document()
    document.add_paragraph("БЕЗ ЛИСТА")
    document.element.body.remove(document.element.body.sectPr)
    return saved(document)


def with_our_names() -> bytes:
    """Styles called as ours are, and big letters by default."""
    document = Document()
    for name in ("Пункт", "ПОДПИСЬ"):
        document.styles.add_style(name, 1)
    document.styles["Normal"].font.size = Mm(10)
    document.add_paragraph("СВОИ СТИЛИ", style="Пункт")
    return saved(document)


ALL: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        *(plain, in_table, in_header, first_page_header, numbered, in_columns),
        *(of_two_sections, landscape, without_sheet, with_our_names),
    )
}


def with_parts(content: bytes, parts: dict[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """``content`` with parts replaced, added, or changed by a function of the old part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        old_parts = {name: old.read(name) for name in old.namelist()}
        for name, part in parts.items():
            old_parts[name] = part(old_parts[name]) if callable(part) else part
        for name, part in old_parts.items():
            new.writestr(name, part)
    return out.getvalue()
