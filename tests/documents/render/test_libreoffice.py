"""Word documents as LibreOffice prints them, beside our PDF: same words, same pages."""

import io
import re

import pytest
from pypdf import PdfReader

from documents.render.docx import render_docx
from documents.render.pdf import PdfUnavailable, render_pdf
from documents.render.text import render_text
from documents.wording import plain
from tests.documents.render.libreoffice import to_pdf
from tests.documents.render.printed_papers import ALL, PAIRED, REGISTERS

WITH_REPEATED_HEADERS = ("wide tables", "long table", *REGISTERS)


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, PdfReader]:
    files = {name: render_docx(paper) for name, paper in ALL.items()}
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


@pytest.mark.parametrize("name", ALL)
def test_pages_are_as_many_as_in_our_pdf(printed, name):
    assert abs(len(printed[name].pages) - len(ours(ALL[name]).pages)) <= 1


@pytest.mark.parametrize("name", [name for name in ALL if name not in WITH_REPEATED_HEADERS])
def test_the_words_are_those_of_the_text(printed, name):
    assert words(without_numbers(printed[name])) == words(render_text(ALL[name]))


@pytest.mark.parametrize("name", ALL)
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


@pytest.mark.parametrize("name", PAIRED)
def test_a_signature_is_not_alone_on_its_page(printed, name):
    for reader in (printed[name], ours(ALL[name])):
        (signed,) = [p for p in reader.pages if "Директор МБОУ" in plain(p.extract_text())]
        assert "Контроль за исполнением" in plain(signed.extract_text())


def test_header_rows_of_tables_repeat(printed):
    for reader in (printed["long table"], ours(ALL["long table"])):
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
