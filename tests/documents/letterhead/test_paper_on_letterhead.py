"""A paper on letterheads of every make: same words as PDF and text, same sheet, one head."""

import dataclasses
import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from pypdf import PdfReader

from documents.kinds import order_on_pairs
from documents.letterhead.checking import letterhead_emblem, letterhead_lines
from documents.render.docx import render_docx
from documents.render.pdf import PdfUnavailable, render_pdf
from documents.render.text import render_text
from documents.wording import plain
from tests.documents import papers
from tests.documents.letterhead import letterheads
from tests.documents.people import ORDER, PAIRS
from tests.documents.render.libreoffice import to_pdf
from tests.documents.render.word_schema import check_order

MADE = {name: made() for name, made in letterheads.ALL.items()}
EACH = pytest.mark.parametrize("letterhead", MADE.values(), ids=MADE)
D7 = order_on_pairs.build(ORDER)
LONG = order_on_pairs.build(
    dataclasses.replace(
        ORDER, pairs=tuple(dataclasses.replace(PAIRS[i % 4], id=str(i)) for i in range(20))
    )
)


def headed(paper, letterhead: bytes):
    """The paper as PDF and preview print it for a school with this letterhead."""
    head = tuple((line,) for line in letterhead_lines(letterhead))
    return dataclasses.replace(paper, head=head, emblem=letterhead_emblem(letterhead))


def squeezed(text: str) -> str:
    return re.sub(r"[\s;]", "", plain(text))


def body_words(document) -> str:
    out = []
    for element in document.element.body.iter(qn("w:t"), qn("w:noBreakHyphen")):
        out.append("-" if element.tag == qn("w:noBreakHyphen") else element.text)
    return "".join(out)


@EACH
@pytest.mark.parametrize("paper", [D7, papers.ORDER_ON_PLAN], ids=["D7", "D3"])
def test_all_formats_have_the_same_words(paper, letterhead):
    document = Document(io.BytesIO(render_docx(paper, letterhead)))
    paper = headed(paper, letterhead)
    text = squeezed(render_text(paper))
    section = document.sections[0]
    is_first = section.different_first_page_header_footer
    header = section.first_page_header if is_first else section.header
    shown = "".join(p.text for p in header.paragraphs)
    assert squeezed(shown + body_words(document)) == text
    try:
        reader = PdfReader(io.BytesIO(render_pdf(paper)))
    except PdfUnavailable as error:
        pytest.skip(str(error))
    pages = [re.sub(r"\n\d+$", "", page.extract_text()) for page in reader.pages]
    assert squeezed("".join(pages)) == text


@EACH
def test_names_of_the_school_do_not_print_twice(letterhead):
    text = render_text(headed(D7, letterhead))
    assert "(МБОУ «СОШ № 94» г. Читы)" not in text


@EACH
def test_the_file_is_in_order_and_the_same_each_time(letterhead):
    content = render_docx(papers.ORDER_ON_PLAN, letterhead)
    assert content == render_docx(papers.ORDER_ON_PLAN, letterhead)
    check_order(content, parts="document")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    names = [style.find(qn("w:name")).get(qn("w:val")).lower() for style in styles.iter(_STYLE)]
    assert len(names) == len(set(names))
    identifiers = [style.get(qn("w:styleId")) for style in styles.iter(_STYLE)]
    assert len(identifiers) == len(set(identifiers))


_STYLE = qn("w:style")


@EACH
def test_the_emblem_of_the_portal_does_not_print_on_it(letterhead):
    paper = dataclasses.replace(D7, emblem=letterheads.PNG_TEXT)
    assert render_docx(paper, letterhead) == render_docx(D7, letterhead)


def test_a_header_stands_on_the_first_page_only():
    document = Document(io.BytesIO(render_docx(papers.ORDER_ON_PLAN, MADE["in_header"])))
    order, annex = document.sections
    assert order.first_page_header.paragraphs[0].text == "ШАПКА В КОЛОНТИТУЛЕ"
    assert order.first_page_footer.paragraphs[0].text == "адрес школы"
    (field,) = order.header._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")).strip() == "PAGE"
    assert [p.text for p in annex.first_page_header.paragraphs] == [""]
    assert [p.text for p in annex.first_page_footer.paragraphs] == [""]


def test_a_header_with_numbers_stays_as_it_is():
    document = Document(io.BytesIO(render_docx(D7, MADE["numbered"])))
    (section,) = document.sections
    assert not section.different_first_page_header_footer
    assert section.header.paragraphs[0].text.startswith("Школа № 94")


def test_tab_stops_reach_the_edge_of_a_landscape_sheet():
    document = Document(io.BytesIO(render_docx(D7, MADE["landscape"])))
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    (stop,) = document.styles["Подпись"].paragraph_format.tab_stops
    assert abs(stop.position - width) < Mm(0.2)


def test_columns_end_before_the_paper():
    document = Document(io.BytesIO(render_docx(D7, MADE["in_columns"])))
    head, paper = document.sections
    assert head._sectPr.xpath("./w:cols/@w:num") == ["2"]
    assert paper._sectPr.xpath("./w:cols") == []
    assert paper._sectPr.xpath("./w:type/@w:val") == ["continuous"]


def test_a_letterhead_without_a_sheet_gets_ours():
    (section,) = Document(io.BytesIO(render_docx(D7, MADE["without_sheet"]))).sections
    sides = (section.left_margin, section.right_margin, section.page_width)
    assert [round(side.mm) for side in sides] == [30, 15, 210]


# As LibreOffice prints it


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, PdfReader]:
    files = {name: render_docx(LONG, letterhead) for name, letterhead in MADE.items()}
    made = to_pdf(files, tmp_path_factory.mktemp("letterheads"))
    return {name: PdfReader(io.BytesIO(content)) for name, content in made.items()}


@pytest.mark.parametrize("name", MADE)
def test_the_paper_begins_below_the_letterhead(printed, name):
    first = plain(printed[name].pages[0].extract_text())
    assert "№ 178-од" in first
    for line in letterhead_lines(MADE[name]):
        if name != "of_two_sections" or line.startswith("ВТОРОЙ"):
            assert line in first


@pytest.mark.parametrize("name", [name for name in MADE if name != "numbered"])
def test_pages_after_the_first_are_plain_and_numbered(printed, name):
    for number, page in enumerate(printed[name].pages[1:], start=2):
        text = page.extract_text()
        assert re.match(rf"\s*{number}\s*\n", text)
        assert "ШАПКА" not in text
        assert "ЭМБЛЕМА" not in text
        assert "адрес школы" not in text
