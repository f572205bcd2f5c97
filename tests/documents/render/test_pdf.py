import base64
import builtins
import dataclasses
import io
import re
import socket
import threading

import pytest
from pypdf import PdfReader

from documents.kinds import order_on_pairs
from documents.printing import author_of
from documents.render import pdf as module
from documents.render.pdf import PdfRefused, PdfUnavailable, page_to_pdf, render_pdf
from documents.render.text import render_text
from documents.wording import plain
from tests.documents import papers
from tests.documents.letterhead.letterheads import picture
from tests.documents.people import ORDER, PAIRS
from tests.documents.render.pdf_structure import check_structure, elements, tags
from tests.documents.render.printed_papers import ALL
from tests.documents.render.test_docx import SPLIT, WIDE

D7 = order_on_pairs.build(ORDER)
MANY = order_on_pairs.build(
    dataclasses.replace(
        ORDER, pairs=[dataclasses.replace(PAIRS[i % 4], id=str(i)) for i in range(40)]
    )
)
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGA"
    "hKmMIQAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module", autouse=True)
def libraries():
    try:
        module._engine()
    except PdfUnavailable as error:
        pytest.skip(str(error))


def read(paper) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(paper)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s;]", "", plain(text))


def words(reader: PdfReader) -> str:
    """The words of all pages without the page numbers, which are drawn last."""
    pages = []
    for page in reader.pages:
        text = page.extract_text()
        pages.append(re.sub(r"\n\d+$", "", text) if page.page_number else text)
    return "".join(pages)


@pytest.mark.parametrize("paper", [D7, MANY], ids=["4 pairs", "40 pairs"])
def test_the_pdf_has_the_words_of_the_text(paper):
    assert squeezed(words(read(paper))) == squeezed(render_text(paper))


@pytest.mark.parametrize("paper", ALL.values(), ids=ALL)
def test_the_pdf_is_what_pdf_ua_asks_for(paper):
    reader = read(paper)
    check_structure(reader, paper.full_title)
    assert (reader.metadata.author or "") == author_of(paper)
    assert [entry.title for entry in reader.outline[:1]] == [paper.full_title]


def test_cells_of_a_header_are_tagged_as_such():
    found = tags(read(papers.ORDER_ON_PLAN))
    assert found.count("TH") == 5
    assert found.count("TD") == 35
    assert found.count("THead") == 1
    headed = [e for e in elements(read(papers.ORDER_ON_PLAN)) if e["/S"] == "/TD"]
    assert all(cell["/A"]["/Headers"] for cell in headed)


def test_an_emblem_is_a_figure_with_words_for_who_cannot_see_it():
    reader = read(SPLIT)
    (figure,) = [element for element in elements(reader) if element["/S"] == "/Figure"]
    assert figure["/Alt"] == "Эмблема"
    _, top, _, bottom = (float(side) for side in figure["/A"]["/BBox"])
    assert abs(bottom - top) <= 20 / 25.4 * 96 + 0.1
    assert tags(reader).index("Figure") < tags(reader).index("H1")
    assert len(reader.pages[0].images) == 1


def test_a_large_emblem_is_made_small():
    large = base64.b64encode(picture(size=(600, 300))).decode()
    reader = read(dataclasses.replace(SPLIT, emblem=large))
    (figure,) = [element for element in elements(reader) if element["/S"] == "/Figure"]
    left, top, right, bottom = (float(side) / 96 * 25.4 for side in figure["/A"]["/BBox"])
    assert (round(abs(right - left)), round(abs(bottom - top))) == (40, 20)


def places(page) -> list[tuple[float, float]]:
    """Where each piece of text begins, in mm from the left and the bottom."""
    found = []

    def seen(text, matrix, text_matrix, font, size):
        if text.strip():
            x, y = text_matrix[4], text_matrix[5]
            a, b, c, d, e, f = matrix
            found.append(((a * x + c * y + e) / 72 * 25.4, (b * x + d * y + f) / 72 * 25.4))

    page.extract_text(visitor_text=seen)
    return found


def test_margins():
    for paper in (D7, MANY, papers.MINUTES):
        for page in read(paper).pages:
            text = [(x, y) for x, y in places(page) if y < 297 - 20]
            assert min(x for x, _ in text) == pytest.approx(30, abs=0.5)
            assert min(y for _, y in text) >= 20


def test_a_register_stays_on_its_sheet():
    for page in read(WIDE).pages[1:]:
        assert float(page.mediabox.width) > float(page.mediabox.height)
        assert min(x for x, _ in places(page)) >= 20
        assert max(x for x, _ in places(page)) <= 297 - 20


def test_the_sheet_is_a4_and_numbered_from_the_second_page():
    pages = read(MANY).pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert not re.search(r"\n\d+$", pages[0].extract_text())
    assert [re.findall(r"\n(\d+)$", page.extract_text()) for page in pages][1:3] == [["2"], ["3"]]


def test_a_signature_is_not_alone_on_its_page():
    for pairs in range(1, 12):
        paper = order_on_pairs.build(
            dataclasses.replace(
                ORDER, pairs=[dataclasses.replace(PAIRS[i % 4], id=str(i)) for i in range(pairs)]
            )
        )
        (signed,) = [p for p in read(paper).pages if "Директор" in p.extract_text()]
        assert "Контроль за исполнением" in signed.extract_text()


def test_an_annex_counts_its_pages_from_one():
    annex = dataclasses.replace(
        papers.ORDER_ON_PLAN.annexes[0],
        is_landscape=True,
        blocks=(
            dataclasses.replace(
                papers.ORDER_ON_PLAN.annexes[0].blocks[0],
                rows=papers.ORDER_ON_PLAN.annexes[0].blocks[0].rows * 4,
            ),
        ),
    )
    second = dataclasses.replace(papers.ORDER_ON_PLAN.annexes[0], id="b", blocks=(), stamps=())
    third = dataclasses.replace(second, id="c")
    pages = read(dataclasses.replace(papers.ORDER_ON_PLAN, annexes=(annex, second, third))).pages
    texts = [page.extract_text().split("\n") for page in pages]
    assert [text[0] for text in texts if text[0] == "Приложение"] == ["Приложение"] * 3
    assert texts[2][-1] == "2"
    assert not any(texts[at][-1].isdigit() for at in (0, 1, -2, -1))
    assert float(pages[1].mediabox.width) > float(pages[1].mediabox.height)


def test_equal_papers_are_equal_bytes():
    assert render_pdf(D7) == render_pdf(order_on_pairs.build(ORDER))


def test_threads_do_not_disturb_each_other():
    made = []
    threads = [threading.Thread(target=lambda: made.append(render_pdf(D7))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1


def test_blanks_print():
    paper = order_on_pairs.build(order_on_pairs.OrderOnPairsFacts())
    assert squeezed(words(read(paper))) == squeezed(render_text(paper))


# Nothing comes from outside (SEC 07)


@pytest.fixture
def opened(monkeypatch):
    """What the rendering opens: secret files and sockets."""
    opened = []
    real_open = builtins.open

    def spy(name, *args, **kwargs):
        if "passwd" in str(name):
            opened.append(name)
        return real_open(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", spy)
    monkeypatch.setattr(io, "open", spy)
    monkeypatch.setattr(socket.socket, "connect", lambda *a: opened.append(a))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: opened.append(a) or [])
    return opened


SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E"
    "%3Cimage href='{}'/%3E%3C/svg%3E"
)


@pytest.mark.parametrize(
    "html",
    [
        "<img alt='' src='file:///etc/passwd'>",
        "<img alt='' src='http://127.0.0.1:9/a.png'>",
        "<img alt='' src='HTTPS://127.0.0.1:9/a.png'>",
        "<img alt='' src='ftp://127.0.0.1/a.png'>",
        "<style>@import 'file:///etc/passwd';</style>",
        "<style>@import url(http://127.0.0.1:9/a.css);</style>",
        "<style>@font-face{font-family:a;src:url(file:///etc/passwd)} p{font-family:a}</style>",
        "<p style='background:url(file:///etc/passwd)'>а</p>",
        "<link rel=stylesheet href='file:///etc/passwd'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<a rel=attachment href='file:///etc/passwd'>а</a>",
        "<object data='file:///etc/passwd'>а</object>",
        "<embed src='file:///etc/passwd'>",
        f"<img alt='' src=\"{SVG.format('file:///etc/passwd')}\">",
        "<img alt='' src='data:text/html,hello'>",
        "<img alt='' src='file:///srv/static/../../etc/passwd'>",
        "<base href='file:///etc/'><img alt='' src='passwd'>",
    ],
)
def test_nothing_is_fetched(html, opened):
    page = f"<!doctype html><html lang='ru'><title>т</title><body><p>слова</p>{html}"
    with pytest.raises(PdfRefused):
        page_to_pdf(page)
    assert opened == []


@pytest.mark.parametrize("html", ["<img alt='' src='passwd'>", "<img alt='' src='../etc/passwd'>"])
def test_a_relative_address_leads_nowhere(html, opened):
    page = f"<!doctype html><html lang='ru'><title>т</title><body><p>слова</p>{html}"
    text = PdfReader(io.BytesIO(page_to_pdf(page))).pages[0].extract_text()
    assert text.strip() == "слова"
    assert opened == []


def test_an_image_inside_the_page_is_drawn():
    page = f"<!doctype html><html lang='ru'><title>т</title><body><img alt='точка' src='{PNG}'>"
    (image,) = PdfReader(io.BytesIO(page_to_pdf(page))).pages[0].images
    assert image.image.size == (1, 1)


def test_a_refusal_does_not_stop_the_next_paper():
    with pytest.raises(PdfRefused):
        page_to_pdf("<html lang='ru'><img alt='' src='file:///etc/passwd'>")
    assert render_pdf(D7).startswith(b"%PDF")


def test_missing_libraries_are_named_in_russian(monkeypatch):
    real_import = builtins.__import__

    def no_pango(name, *args, **kwargs):
        if name.split(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real_import(name, *args, **kwargs)

    module._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", no_pango)
    try:
        with pytest.raises(PdfUnavailable, match=r"libpango-1\.0-0 libpangoft2-1\.0-0"):
            render_pdf(D7)
    finally:
        module._engine.cache_clear()


def test_the_style_sheets_hold_nothing_unknown(caplog):
    module._engine.cache_clear()
    for paper in (D7, papers.ORDER_ON_PLAN, papers.MINUTES, papers.REGULATION):
        render_pdf(paper)
    assert [r.getMessage() for r in caplog.records if r.name.startswith("weasyprint")] == []
