"""The scan of the signed paper: what is taken, what is refused."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.models import Document
from documents.registry import issuing

from .test_register_order import draft, plan  # noqa: F401

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


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
