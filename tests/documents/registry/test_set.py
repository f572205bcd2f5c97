"""One click gives all papers of a programme: one PDF, or an archive of their files."""

import io
import itertools
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from documents.models import Document, IssuedFile
from documents.render import pdf as module
from documents.render.pdf import PdfUnavailable
from programmes.access import Role
from tests.documents.registry import chain
from tests.documents.registry.chain import plain
from tests.documents.registry.test_scan import PDF as SCAN
from tests.documents.render.pdf_structure import check_structure


@pytest.fixture
def papers(curator, ready) -> dict[str, Document]:
    """D1 … D5 registered in an order of their own, D7 still a draft."""
    try:
        module._engine()
    except PdfUnavailable as error:
        pytest.skip(str(error))
    done = chain.registered(curator, ready, "D1", "D2", "D4", "D5", "D3")
    return done | {"D7": chain.filled(curator, ready, "D7")}


def archive(client, programme) -> dict[str, bytes]:
    answer = client.get(reverse("document-set-zip", args=[programme.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_set_is_one_pdf_in_the_order_of_the_chain(curator, ready, papers):
    answer = curator.get(reverse("document-set-pdf", args=[ready.pk]), {"print": 1})

    assert answer["Content-Disposition"].startswith("inline")
    reader = PdfReader(io.BytesIO(answer.content))
    check_structure(reader, "Документы программы")
    titles = [plain(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    found = [re.sub(r"\s+", " ", title).partition(" от ")[0].split(" № ")[0] for title in titles]
    subjects = ["внедрении", "Протокол", "плана", "Положение", "Положения", "пар"]
    assert len(found) == len(subjects)
    for title, subject in zip(titles, subjects, strict=True):
        assert subject in title


def test_pages_are_numbered_anew_in_each_paper(curator, ready, papers):
    answer = curator.get(reverse("document-set-pdf", args=[ready.pk]))

    pages = PdfReader(io.BytesIO(answer.content)).pages
    numbers = [re.search(r"\n(\d+)$", page.extract_text()) for page in pages]
    numbers = [int(found[1]) if found else 1 for found in numbers]
    assert numbers[0] == 1 and numbers.count(1) >= 6
    assert all(after in (1, before + 1) for before, after in itertools.pairwise(numbers))


def test_archive_holds_docx_pdf_and_scan_of_each(curator, ready, papers):
    scan = SimpleUploadedFile("скан.pdf", SCAN)
    curator.post(reverse("document-scan", args=[papers["D1"].pk]), {"scan": scan})

    files = archive(curator, ready)

    names = [
        *(
            "01-prikaz-o-vnedrenii-1-2026.docx",
            "01-prikaz-o-vnedrenii-1-2026.pdf",
            "01-prikaz-o-vnedrenii-1-2026-scan-1.pdf",
        ),
        *(
            "02-protokol-pedsoveta-1-2026.docx",
            "02-protokol-pedsoveta-1-2026.pdf",
            "03-prikaz-o-plane-3-2026.docx",
            "03-prikaz-o-plane-3-2026.pdf",
        ),
    ]
    assert list(files)[:7] == names and len(files) == 13
    assert files["01-prikaz-o-vnedrenii-1-2026-scan-1.pdf"] == SCAN
    for extension in ("docx", "pdf"):
        issued = papers["D1"].issued.get(format=extension)
        assert files[f"01-prikaz-o-vnedrenii-1-2026.{extension}"] == bytes(issued.content)
    assert all(name.isascii() for name in files)


def test_what_is_out_of_force_stays_out(curator, ready, papers):
    chain.press(curator, "cancel", papers["D1"], reason="ошибка")

    assert not [name for name in archive(curator, ready) if "vnedrenii" in name]


def test_paper_that_is_on_paper_only_stays_out(curator, ready, papers):
    data = {"kind": "D6", "date": "2026-10-22", "number": "9-од", "title": ""}
    curator.post(reverse("document-by-hand"), data)

    assert not [name for name in archive(curator, ready) if "-d6-" in name]


def test_expert_prints_no_draft(client_of, ready, papers):
    files = archive(client_of(Role.EXPERT), ready)

    assert len(files) == 10 and not [name for name in files if "d7" in name]


def test_empty_set_is_no_file(curator, ready):
    for name in ("document-set-pdf", "document-set-zip"):
        assert curator.get(reverse(name, args=[ready.pk])).status_code == 404


@pytest.mark.parametrize("name", ["document-set-pdf", "document-set-zip"])
def test_another_school_and_other_roles_get_nothing(client_of, stranger, ready, papers, name):
    address = reverse(name, args=[ready.pk])

    assert stranger.get(address).status_code == 404
    assert client_of(Role.TEACHER).get(address).status_code == 403


@pytest.mark.parametrize("name", ["document-set-pdf", "document-set-zip"])
def test_each_paper_costs_only_its_own_queries(curator, ready, papers, name):
    address = reverse(name, args=[ready.pk])
    curator.get(address)
    one = queries(curator, address)
    copy_of(papers["D1"], 12)

    many = queries(curator, address)

    own = {"document-set-pdf": 0, "document-set-zip": 3}[name]
    assert many - one == 12 * own


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def copy_of(document: Document, times: int) -> None:
    """As many registered papers with the same files."""
    for number in range(1, times + 1):
        copy = Document.objects.create(
            school=document.school,
            programme=document.programme,
            kind=document.kind,
            title=document.title,
            state=document.state,
            date=document.date,
            number=f"{100 + number}-од",
            series=document.series,
            year=document.year,
            sequence=100 + number,
        )
        for issued in document.issued.all():
            IssuedFile.objects.create(document=copy, format=issued.format, content=issued.content)
