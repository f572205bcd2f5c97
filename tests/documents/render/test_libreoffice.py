"""Word documents as LibreOffice prints them, beside our PDF: same words, same pages."""

import dataclasses
import io
import re

import pytest
from pypdf import PdfReader

from documents.kinds import order_on_pairs
from documents.paper import Clause
from documents.render.docx import render_docx
from documents.render.pdf import PdfUnavailable, render_pdf
from documents.render.text import render_text
from documents.wording import plain
from tests.documents import papers
from tests.documents.people import ORDER, PAIRS
from tests.documents.render.libreoffice import to_pdf
from tests.documents.render.test_docx import SPLIT, WIDE

LONG = "Наставник помогает наставляемому войти в коллектив и отвечает за итог работы. "


def of_pairs(count: int):
    pairs = tuple(dataclasses.replace(PAIRS[i % 4], id=str(i)) for i in range(count))
    return order_on_pairs.build(dataclasses.replace(ORDER, pairs=pairs))


_PLAN = papers.ORDER_ON_PLAN.annexes[0]
_STAGES = dataclasses.replace(_PLAN.blocks[0], rows=_PLAN.blocks[0].rows * 6)

PAPERS = {
    "D7": order_on_pairs.build(ORDER),
    "D3": papers.ORDER_ON_PLAN,
    "D2": papers.MINUTES,
    "D4": papers.REGULATION,
    "split": SPLIT,
    "registers": WIDE,
    "long": dataclasses.replace(
        papers.REGULATION,
        blocks=papers.REGULATION.blocks
        + tuple(Clause(f"more-{i}", (LONG * (1 + i % 5),)) for i in range(90)),
    ),
    "long table": dataclasses.replace(
        papers.ORDER_ON_PLAN, annexes=(dataclasses.replace(_PLAN, blocks=(_STAGES,)),)
    ),
    "blank": order_on_pairs.build(order_on_pairs.OrderOnPairsFacts()),
    **{f"pairs-{count}": of_pairs(count) for count in (*range(1, 12), 40)},
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, PdfReader]:
    files = {name: render_docx(paper) for name, paper in PAPERS.items()}
    made = to_pdf(files, tmp_path_factory.mktemp("libreoffice"))
    return {name: PdfReader(io.BytesIO(content)) for name, content in made.items()}


def ours(paper) -> PdfReader:
    try:
        return PdfReader(io.BytesIO(render_pdf(paper)))
    except PdfUnavailable as error:
        pytest.skip(str(error))


def words(text: str) -> str:
    """The letters and figures of a text, but for page numbers the same in every format."""
    return re.sub(r"[\s;\u2010-]", "", plain(text))


def without_numbers(reader: PdfReader) -> str:
    pages = []
    for page in reader.pages:
        text = page.extract_text()
        pages.append(re.sub(r"^\s*\d+\s*\n|\n\s*\d+\s*$", "", text))
    return "".join(pages)


@pytest.mark.parametrize("name", PAPERS)
def test_pages_are_as_many_as_in_our_pdf(printed, name):
    assert abs(len(printed[name].pages) - len(ours(PAPERS[name]).pages)) <= 1


@pytest.mark.parametrize("name", [n for n in PAPERS if n not in ("registers", "long table")])
def test_the_words_are_those_of_the_text(printed, name):
    assert words(without_numbers(printed[name])) == words(render_text(PAPERS[name]))


@pytest.mark.parametrize("name", PAPERS)
def test_pages_are_numbered_from_the_second_at_the_top(printed, name):
    first = [0]
    for at, page in enumerate(printed[name].pages):
        if at and "Приложение" in page.extract_text()[:30]:
            first.append(at)
    for at, page in enumerate(printed[name].pages):
        start = max(number for number in first if number <= at)
        found = re.match(r"\s*(\d+)\s*\n", page.extract_text())
        expected = str(at - start + 1) if at != start else None
        assert (found[1] if found else None) == expected


@pytest.mark.parametrize("name", [f"pairs-{count}" for count in (*range(1, 12), 40)])
def test_a_signature_is_not_alone_on_its_page(printed, name):
    for reader in (printed[name], ours(PAPERS[name])):
        (signed,) = [p for p in reader.pages if "Директор МБОУ" in plain(p.extract_text())]
        assert "Контроль за исполнением" in plain(signed.extract_text())


def test_header_rows_of_tables_repeat(printed):
    for reader in (printed["long table"], ours(PAPERS["long table"])):
        pages = [plain(page.extract_text()) for page in reader.pages[1:]]
        assert len(pages) > 2
        assert [page.count("Мероприятие") for page in pages] == [1] * len(pages)


def test_fonts_have_the_metrics_of_times(printed):
    """Liberation Serif stands for Times New Roman, or pages could not be as many."""
    names = {
        str(font.get_object()["/BaseFont"])
        for page in printed["D7"].pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("Serif" in name or "Times" in name for name in names)
