"""The scan of the signed paper: what is taken, what is refused."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter

from documents.models import Document
from documents.registry import issuing
from documents.render.pdf import PdfUnavailable, render_pdf
from programmes.scans import checked_scan
from tests.documents import papers
from tests.documents.letterhead import letterheads
from tests.documents.render import libreoffice

from .test_register_order import draft, plan  # noqa: F401


def pdf_of_pillow() -> bytes:
    """A page that is one picture, as scanners and img2pdf make it."""
    out = io.BytesIO()
    Image.new("L", (40, 60), 200).save(out, "PDF")
    return out.getvalue()


PDF = pdf_of_pillow()


@pytest.fixture
def registered(draft):  # noqa: F811
    return issuing.register(draft, None)


def upload(client, document, name: str, content: bytes):
    return client.post(
        reverse("document-scan", args=[document.pk]), {"scan": SimpleUploadedFile(name, content)}
    )


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, kind)
    return out.getvalue()


def test_scan_makes_the_paper_signed(curator, registered):
    assert upload(curator, registered, "скан приказа.pdf", PDF).status_code == 302

    registered.refresh_from_db()
    scan = registered.scans.get()
    assert registered.state == Document.State.SIGNED
    assert "скан" not in scan.file.name
    answer = curator.get(reverse("document-scan-file", args=[registered.pk, scan.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_same_scan_twice_is_one(curator, registered):
    for _ in range(2):
        upload(curator, registered, "a.pdf", PDF)
    assert registered.scans.count() == 1


def test_picture_loses_its_metadata(curator, registered):
    image = Image.new("RGB", (20, 20))
    exif = image.getexif()
    exif[0x010E] = "Координаты школы"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    upload(curator, registered, "a.jpg", out.getvalue())

    kept = Image.open(registered.scans.get().file.open())
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.pdf", b"<html>%PDF-</html>"),
        ("a.pdf", b""),
        ("a.jpg", picture("PNG")),
        ("a.png", picture("PNG")[:40]),
        ("a.exe", b"MZ"),
        ("../../a", PDF),
        ("a.pdf", b"%PDF-1.4" + b"0" * (13 * 1024 * 1024)),
    ],
)
def test_other_files_are_refused_in_words(curator, registered, name, content):
    answer = upload(curator, registered, name, content)

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not registered.scans.exists()


# What is a PDF


def taken(content: bytes) -> bool:
    """Whether a file called .pdf is kept as it is; refused in words otherwise."""
    try:
        kept = checked_scan(SimpleUploadedFile("скан.pdf", content))
    except ValidationError as refusal:
        assert "не открывается как PDF" in refusal.message
        return False
    return kept == (content, "pdf")


def test_a_pdf_of_our_own_renderer():
    try:
        content = render_pdf(papers.ORDER_ON_PLAN)
    except PdfUnavailable as error:
        pytest.skip(str(error))
    assert taken(content)


def test_a_pdf_of_libreoffice(tmp_path):
    assert taken(libreoffice.to_pdf({"a": letterheads.plain()}, tmp_path)["a"])


def with_stream() -> bytes:
    """A PDF of version 1.5, whose table of objects is itself an object."""
    head = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    pages = b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    at = len(head + pages)
    rows = (0, 0, 255), (1, 9, 0), (1, len(head), 0), (1, at, 0)
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    return (
        head
        + pages
        + f"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode"
        f"/Length {len(table)}>>\nstream\n".encode()
        + table
        + f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF".encode()
    )


def test_a_pdf_with_its_table_in_a_stream():
    content = with_stream()
    assert len(PdfReader(io.BytesIO(content), strict=True).pages) == 0
    assert taken(content)


def test_a_pdf_written_on_to():
    out = io.BytesIO()
    PdfWriter(io.BytesIO(PDF), incremental=True).write(out)
    assert taken(out.getvalue())


@pytest.mark.parametrize("after", [b"\r\n", bytes(1500), b"\n<!-- scanner -->\n", b" \x1a"])
def test_bytes_after_the_end_of_a_pdf(after):
    assert taken(PDF + after)
    assert taken(PDF.rstrip().replace(b"\n%%EOF", b"\r\n%%EOF") + after)


@pytest.mark.parametrize("at", [-3, 0, 9, 10**6, 10**12])
def test_a_pdf_whose_table_is_not_there(at):
    assert not taken(b"%PDF-1.4\n1 0 obj<</A/B>>endobj\n" + f"startxref\n{at}\n%%EOF".encode())


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4 <script>alert(1)</script>%%EOF",
        b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
        b"%PDF-1.4 <script>alert(1)</script> startxref 9 %%EOF",
        b"%PDF-1.4 xref startxref 9 %%EOF",
        PDF[:-40],
        b"<html>" + PDF,
        PDF.replace(b"xref\n0", b"xxxx\n0"),
    ],
)
def test_what_only_looks_like_a_pdf(content):
    assert not taken(content)


# How large a picture may be


def strip(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("size", [(1, 20_001), (20_001, 1)])
def test_a_picture_too_long_is_refused(size):
    with pytest.raises(ValidationError, match="20 000 точек"):
        checked_scan(SimpleUploadedFile("a.png", strip(*size)))


def test_a_picture_of_the_longest_side_is_taken():
    assert checked_scan(SimpleUploadedFile("a.png", strip(2, 20_000)))[1] == "png"
