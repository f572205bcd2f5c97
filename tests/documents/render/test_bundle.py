import dataclasses
import io
import itertools
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from documents.kinds import order_on_pairs
from documents.render import pdf as module
from documents.render.bundle import render_set_pdf, render_set_zip
from documents.render.pdf import PdfUnavailable, render_pdf
from documents.wording import plain
from tests.documents import papers
from tests.documents.people import ORDER, PAIRS
from tests.documents.render.pdf_structure import check_structure
from tests.documents.render.test_docx import SPLIT, WIDE

MANY = order_on_pairs.build(
    dataclasses.replace(
        ORDER, pairs=[dataclasses.replace(PAIRS[i % 4], id=str(i)) for i in range(40)]
    )
)
SET = [MANY, papers.MINUTES, papers.ORDER_ON_PLAN, MANY, papers.REGULATION, WIDE, SPLIT]


@pytest.fixture(scope="module")
def bundle() -> PdfReader:
    try:
        module._engine()
    except PdfUnavailable as error:
        pytest.skip(str(error))
    return PdfReader(io.BytesIO(render_set_pdf(SET)))


def test_each_paper_has_the_pages_it_has_alone(bundle):
    alone = [
        page.extract_text()
        for paper in SET
        for page in PdfReader(io.BytesIO(render_pdf(paper))).pages
    ]
    together = [page.extract_text() for page in bundle.pages]
    assert together == alone


def test_pages_are_numbered_anew_in_each_paper(bundle):
    numbers = [re.search(r"\n(\d+)$", page.extract_text()) for page in bundle.pages]
    numbers = [int(found[1]) if found else 1 for found in numbers]
    assert numbers[:3] == [1, 2, 3]
    assert numbers.count(1) == len(SET) + sum(len(paper.annexes) for paper in SET)
    for before, after in itertools.pairwise(numbers):
        assert after in (1, before + 1)


def test_the_outline_names_each_paper(bundle):
    titles = [entry.title for entry in bundle.outline if not isinstance(entry, list)]
    assert titles == [plain(paper.full_title) for paper in SET]


def test_the_whole_is_tagged_and_titled(bundle):
    check_structure(bundle, "Документы программы")


def test_equal_sets_are_equal_bytes(bundle):
    pair = [papers.MINUTES, papers.REGULATION]
    assert render_set_pdf(pair) == render_set_pdf(pair)


def test_a_set_without_a_paper():
    with pytest.raises(ValueError, match="without a paper"):
        render_set_pdf([])


# ZIP


def opened(entries) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render_set_zip(entries))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_holds_the_files_in_order():
    entries = [("Приказ № 178-од.docx", b"a"), ("Протокол.pdf", b"b")]
    assert list(opened(entries).items()) == entries
    assert opened([]) == {}


def test_equal_files_are_equal_bytes():
    entries = [("Приказ.docx", b"a" * 1000)]
    assert render_set_zip(entries) == render_set_zip(entries)


def test_files_of_one_name_get_numbers():
    files = opened([("Приказ.docx", b"1"), ("приказ.docx", b"2"), ("Приказ.docx", b"3")])
    assert list(files) == ["Приказ.docx", "приказ (2).docx", "Приказ (3).docx"]


@pytest.mark.parametrize(
    "name", ["../../a.txt", "/etc/a.txt", "..\\..\\a.txt", "C:\\a.txt", "b/../a.txt"]
)
def test_a_name_never_leads_out(name):
    assert list(opened([(name, b"")])) == ["a.txt"]


@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=5)), max_size=6))
def test_any_names_make_an_archive(entries):
    entries = [(name.encode("utf-8", "replace").decode(), content) for name, content in entries]
    files = opened(entries)
    assert list(files.values()) == [content for _, content in entries]
    assert not [name for name in files if name.startswith((".", "/")) or "\\" in name]


def test_files_may_be_read_by_whoever_opens_the_archive():
    with zipfile.ZipFile(io.BytesIO(render_set_zip([("a", b"")]))) as archive:
        assert archive.infolist()[0].external_attr >> 16 == 0o644
