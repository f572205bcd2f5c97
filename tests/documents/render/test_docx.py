import dataclasses
import datetime
import io
import itertools
import re
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from documents.kinds import order_on_pairs
from documents.kinds.facts import SchoolFacts
from documents.paper import Annex, Table
from documents.render.docx import render_docx
from documents.render.docx_styles import twips
from documents.render.text import render_text
from documents.wording import plain
from tests.documents import papers
from tests.documents.letterhead.letterheads import PNG, PNG_TEXT
from tests.documents.people import CURATOR, ORDER, PAIRS, person

D7 = order_on_pairs.build(ORDER)


def read(paper, letterhead=None):
    return Document(io.BytesIO(render_docx(paper, letterhead)))


def words(document) -> str:
    """All words in the order of the file, those of tables too, without white space."""
    out = []
    for element in document.element.body.iter(qn("w:t"), qn("w:noBreakHyphen")):
        out.append("-" if element.tag == qn("w:noBreakHyphen") else element.text)
    return squeezed("".join(out))


def squeezed(text: str) -> str:
    return re.sub(r"[\s;]", "", plain(text))


@pytest.mark.parametrize("paper", [D7, papers.ORDER_ON_PLAN, papers.MINUTES, papers.REGULATION])
def test_the_file_has_the_words_of_the_text(paper):
    assert words(read(paper)) == squeezed(render_text(paper))


def test_paragraphs_are_the_lines_of_the_text():
    paragraphs = [" ".join(plain(p.text).split()) for p in read(D7).paragraphs]
    assert paragraphs == render_text(D7).splitlines()


def test_equal_papers_are_equal_bytes():
    assert render_docx(D7) == render_docx(order_on_pairs.build(ORDER))


def test_every_part_is_xml_and_has_a_type():
    with zipfile.ZipFile(io.BytesIO(render_docx(papers.ORDER_ON_PLAN))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_the_sheet():
    (section,) = read(D7).sections
    sides = [section.page_width, section.page_height]
    margins = [section.top_margin, section.right_margin, section.bottom_margin]
    assert [round(side.mm) for side in sides] == [210, 297]
    assert [round(side.mm) for side in [*margins, section.left_margin]] == [20, 15, 20, 30]
    assert round(section.header_distance.mm) == 10


def test_pages_are_numbered_from_the_second():
    (section,) = read(D7).sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    (paragraph,) = section.header.paragraphs
    assert paragraph.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    (field,) = paragraph._p.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")).strip() == "PAGE"


def test_styles_have_names_and_the_looks_of_the_standard():
    document = read(D7)
    by_name = {p.style.name: p.style for p in document.paragraphs}
    clause = by_name["Пункт"]
    assert clause.font.name == "Times New Roman"
    assert clause.font.size == Pt(14)
    assert clause.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert abs(clause.paragraph_format.first_line_indent - Mm(12.5)) < Mm(0.1)
    assert by_name["Заголовок к тексту"].font.bold
    assert by_name["Вид документа"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Дата и номер", "Подпись"):
        (stop,) = by_name[name].paragraph_format.tab_stops
        assert stop.alignment == WD_TAB_ALIGNMENT.RIGHT
        assert abs(stop.position - Mm(165)) < Mm(0.1)


def test_tables_are_smaller_and_repeat_their_header():
    (table,) = read(papers.ORDER_ON_PLAN).tables
    assert table.cell(1, 1).paragraphs[0].style.font.size == Pt(12)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 8


def test_a_signature_is_kept_with_the_text():
    paragraphs = read(D7).paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p.style.name == "Подпись")
    assert paragraphs[at - 1].paragraph_format.keep_with_next
    assert not paragraphs[at].paragraph_format.keep_with_next


def test_dates_and_names_do_not_part():
    text = "\n".join(p.text for p in read(D7).paragraphs)
    assert "№\u00a0178" in text
    assert "2026\u00a0г." in text
    assert "Г.Ц.\u00a0Очирова" in text
    xml = read(D7).element.xml
    assert "<w:noBreakHyphen/>" in xml


def test_the_language_is_russian():
    defaults = read(D7).styles.element.find(qn("w:docDefaults"))
    (language,) = defaults.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "ru-RU"


def test_properties_name_the_paper():
    properties = read(D7).core_properties
    assert properties.title == D7.full_title
    assert properties.author == "МБОУ «СОШ № 94» г. Читы"
    assert properties.language == "ru-RU"
    assert properties.created.date() == datetime.date(2026, 11, 9)


def test_blanks_are_highlighted():
    document = read(order_on_pairs.build(order_on_pairs.OrderOnPairsFacts()))
    blanks = [r for p in document.paragraphs for r in p.runs if r.text == "________"]
    assert len(blanks) == 11
    assert all(run.font.highlight_color is not None for run in blanks)


def test_a_long_post_leaves_room_to_sign():
    paper = order_on_pairs.build(dataclasses.replace(ORDER, is_head_acting=True))
    (signature,) = [p for p in read(paper).paragraphs if p.style.name == "Подпись"]
    assert plain(signature.text) == (
        "Исполняющий обязанности директора \nМБОУ «СОШ № 94» г. Читы\tГ.Ц. Очирова"
    )


def test_two_stamps_stand_side_by_side():
    (table,) = read(papers.REGULATION).tables
    left, right = table.rows[0].cells
    assert left.paragraphs[0].text == "ПРИНЯТО"
    assert right.paragraphs[0].text == "УТВЕРЖДЕНО"


def test_annexes_are_sections_with_their_own_numbers():
    annex = dataclasses.replace(papers.ORDER_ON_PLAN.annexes[0], is_landscape=True)
    order, wide = read(dataclasses.replace(papers.ORDER_ON_PLAN, annexes=(annex,))).sections
    assert order.page_width < order.page_height
    assert wide.page_width > wide.page_height
    assert wide._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_any_character_renders():
    every = "".join(map(chr, [*range(0x0, 0x250), *range(0x2000, 0x2070), 0xFEFF, 0xFFFE, 0xD800]))
    evil = person(f"<w:p>&amp;{every} Имя", "m", "]]>")
    facts = dataclasses.replace(
        ORDER,
        school=SchoolFacts(every, every, every, every),
        pairs=(dataclasses.replace(PAIRS[0], mentor=evil),),
    )
    paper = order_on_pairs.build(facts)
    assert words(read(paper)) == squeezed(render_text(paper))


def test_no_run_of_spaces_sets_columns():
    for paper in (D7, papers.ORDER_ON_PLAN, papers.MINUTES, papers.REGULATION, WIDE):
        for paragraph in read(paper).paragraphs:
            assert "  " not in plain(paragraph.text)


def test_a_number_of_a_clause_stands_off_by_an_ordinary_space():
    texts = [p.text for p in read(D7).paragraphs]
    assert any(text.startswith("2.1. ") for text in texts)


def test_headings_rest_on_those_of_word():
    document = read(papers.REGULATION)
    by_name = {p.style.name: p.style for p in document.paragraphs}
    assert by_name["Вид документа"].base_style.name == "Heading 1"
    assert by_name["Раздел"].base_style.name == "Heading 2"
    assert by_name["Подзаголовок текста"].base_style.name == "Heading 2"
    assert by_name["Подзаголовок текста"].font.bold is False


# Tables

WIDE = dataclasses.replace(
    papers.ORDER_ON_PLAN,
    annexes=tuple(
        Annex(
            f"annex-{count}",
            (f"Приложение {count}",),
            ("База",),
            (
                Table(
                    f"table-{count}",
                    tuple((f"наставничество {i}",) for i in range(count)),
                    (tuple(("учитель",) for _ in range(count)),) * 2,
                ),
            ),
            is_landscape=True,
        )
        for count in (8, 9, 13, 16)
    ),
)


def test_registers_of_many_columns_are_set_small_and_fit():
    tables = read(WIDE).tables
    sizes = [table.cell(1, 1).paragraphs[0].style.font.size for table in tables]
    assert sizes == [Pt(12), Pt(9), Pt(8), Pt(8)]
    for table in tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert abs(sum(widths) - twips(257)) <= len(widths)
        assert min(widths) > twips(14)


def test_a_plain_table_has_no_borders_and_no_header():
    parties = Table("parties", (), ((("Наставник",), ("Наставляемый",)),), is_plain=True)
    paper = dataclasses.replace(papers.REGULATION, blocks=(parties,), stamps=())
    (table,) = read(paper).tables
    assert table._tbl.tblPr.find(qn("w:tblStyle")) is None
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert not list(table._tbl.iter(qn("w:tblHeader")))
    assert [cell.text for cell in table.rows[0].cells] == ["Наставник", "Наставляемый"]


def test_tables_never_touch():
    rows = tuple(Table(name, (), ((("а",),),)) for name in ("one", "two"))
    paper = dataclasses.replace(papers.REGULATION, blocks=rows, signatures=(papers.DIRECTOR,))
    tags = [element.tag for element in read(paper).element.body]
    assert tags.count(qn("w:tbl")) == 3
    for before, after in itertools.pairwise(tags):
        assert (before, after) != (qn("w:tbl"), qn("w:tbl"))


def test_a_signature_stays_with_the_table_before_it():
    table = Table("table", (("а",),), ((("б",),), (("в",),)))
    paper = dataclasses.replace(papers.ORDER_ON_PLAN, blocks=(table,), annexes=())
    (printed,) = read(paper).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in printed.rows]
    assert kept == [True, None, True]


# Emblem, head and subtitle

SPLIT = dataclasses.replace(
    papers.MINUTES,
    title="ПРОТОКОЛ",
    subtitle="заседания Педагогического совета",
    head=(("КОМИТЕТ ОБРАЗОВАНИЯ",), ("МБОУ «СОШ № 94» г. Читы",)),
    emblem=PNG_TEXT,
)


def test_an_emblem_stands_above_the_head():
    document = read(SPLIT)
    assert [p.style.name for p in document.paragraphs[:5]] == [
        *("Эмблема", "Строка бланка", "Строка бланка"),
        *("Вид документа", "Вид документа, вторая строка"),
    ]
    (picture,) = document.inline_shapes
    assert picture.height <= Mm(20)
    assert picture.height / picture.width == pytest.approx(50 / 40, rel=0.01)
    (properties,) = document.element.body.iter(qn("wp:docPr"))
    assert properties.get("descr") == "Эмблема"
    (blip,) = document.element.body.iter(qn("a:blip"))
    part = document.part.related_parts[blip.get(qn("r:embed"))]
    assert part.content_type == "image/png"
    assert part.blob == PNG
    assert words(document) == squeezed(render_text(SPLIT))


def test_the_text_stands_off_from_the_head():
    paragraphs = read(papers.MINUTES).paragraphs
    place = next(p for p in paragraphs if p.style.name == "Место составления")
    assert place.paragraph_format.space_after == Pt(12)
    place = next(p for p in read(D7).paragraphs if p.style.name == "Место составления")
    assert place.paragraph_format.space_after is None


def test_two_lines_of_a_title_stand_close():
    title = next(p for p in read(SPLIT).paragraphs if p.text == "ПРОТОКОЛ")
    assert title.paragraph_format.space_after == 0


@pytest.mark.parametrize("emblem", ["", "нет", "aGVsbG8=", "not base64!"])
def test_what_is_not_a_picture_does_not_print(emblem):
    document = read(dataclasses.replace(SPLIT, emblem=emblem))
    assert not document.inline_shapes
    assert document.paragraphs[0].text == "КОМИТЕТ ОБРАЗОВАНИЯ"


# On a letterhead


@pytest.fixture
def letterhead() -> bytes:
    document = Document()
    document.add_paragraph("БЛАНК ШКОЛЫ").alignment = WD_ALIGN_PARAGRAPH.CENTER
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_letterhead_stands_in_place_of_the_names(letterhead):
    document = read(D7, letterhead)
    texts = [p.text for p in document.paragraphs]
    assert texts[:2] == ["БЛАНК ШКОЛЫ", "ПРИКАЗ"]
    rest = render_text(D7).split("\n", 2)[2]
    assert words(document) == squeezed("БЛАНК ШКОЛЫ" + rest)


def test_a_letterhead_keeps_its_sheet(letterhead):
    document = read(D7, letterhead)
    (section,) = document.sections
    assert round(section.right_margin.mm) == 15
    assert section.different_first_page_header_footer
    (stop,) = document.styles["Подпись"].paragraph_format.tab_stops
    assert abs(stop.position - Mm(165)) < Mm(0.2)


def test_an_annex_does_not_bear_the_letterhead(letterhead):
    own = Document(io.BytesIO(letterhead))
    own.sections[0].different_first_page_header_footer = True
    own.sections[0].first_page_header.paragraphs[0].text = "ЭМБЛЕМА"
    out = io.BytesIO()
    own.save(out)
    order, annex = read(papers.ORDER_ON_PLAN, out.getvalue()).sections
    assert order.first_page_header.paragraphs[0].text == "ЭМБЛЕМА"
    assert annex.different_first_page_header_footer
    assert annex.first_page_header.paragraphs[0].text == ""
    assert not annex.first_page_header.is_linked_to_previous
    assert round(annex.right_margin.mm) == 15


def test_equal_papers_on_a_letterhead_are_equal_bytes(letterhead):
    assert render_docx(D7, letterhead) == render_docx(D7, letterhead)


def test_a_letterhead_made_from_a_paper_of_ours_works():
    assert words(read(D7, render_docx(D7))).count("ПРИКАЗЫВАЮ") == 2


def test_the_curator_is_in_the_dative():
    assert CURATOR.name["dative"] in words_of(D7)


def words_of(paper):
    return " ".join(p.text for p in read(paper).paragraphs)
