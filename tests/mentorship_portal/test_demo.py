"""The demonstration school: the acceptance paper word for word; a school as one file."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from docx import Document as Word

from documents.models import Document, IssuedFile
from mentorship_portal import demo, transfer
from programmes.models import School

ACCEPTANCE = Path(__file__).parents[1] / "documents/acceptance"


@pytest.fixture(scope="module")
def data():
    return json.loads(demo.FILE.read_text(encoding="utf-8"))


@pytest.fixture
def loaded(db, data):
    return transfer.load(data)


def words(text: str) -> list[str]:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2011", "-")).split()


@pytest.fixture(scope="module")
def rendered(django_db_setup, django_db_blocker, data, tmp_path_factory):
    """The folder with every paper of the demonstration school in all formats."""
    folder = tmp_path_factory.mktemp("papers")
    with django_db_blocker.unblock(), transaction.atomic():
        programme = transfer.load(data).programmes.get()
        call_command("render_documents", programme=programme.pk, out=folder, format="docx,pdf,txt")
        transaction.set_rollback(True)
    return folder


@pytest.mark.parametrize("number", range(1, 9), ids=[f"d{n}" for n in range(1, 9)])
def test_d1_to_d8_of_the_demonstration_school_are_word_for_word(rendered, number):
    """Rows D1–D8: text, Word document and PDF say what the instruction's filled papers say."""
    expected = (ACCEPTANCE / f"doc{number}.txt").read_text(encoding="utf-8")

    assert (rendered / f"d{number}.txt").read_text(encoding="utf-8").strip() == expected.strip()
    assert words(text_of_docx(rendered / f"d{number}.docx")) == words(expected)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: the words of the PDF were not read")
    assert text_of_pdf(rendered / f"d{number}.pdf") == letters(expected)


def text_of_docx(path: Path) -> str:
    """Paragraphs and tables in their order; a row's cells part with semicolons, as in the text."""
    parts = []
    for element in Word(path).iter_inner_content():
        if hasattr(element, "rows"):
            rows = [[cell.text for cell in row.cells] for row in element.rows]
            is_grid = element.style is not None and element.style.name == "Таблица документа"
            parts += ["; ".join(row) if is_grid else "\n".join(row) for row in rows]
        else:
            parts.append(element.text)
    return "\n".join(parts).replace("\t", " ")


def text_of_pdf(path: Path) -> str:
    """The letters of the PDF in reading order: without spaces, page numbers, and separators."""
    command = ["pdftotext", "-raw", path, "-"]
    pdf = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    pages = [re.sub(r"\n\d+\s*$", "", page) for page in pdf.split("\f")]
    return letters("\n".join(pages))


def letters(text: str) -> str:
    """Letters, digits and signs in their order; ends of cells and hyphens at line ends aside."""
    return re.sub(r"[\s;\u00a0]", "", text.replace("\u2011", "-"))


def without_addresses(data: dict) -> dict:
    """The data without the addresses of forms, which two schools of one portal never share."""
    for programme in data["programmes"]:
        for link in programme["application_links"]:
            del link["slug"]
    return data


def test_dump_then_load_gives_the_same_school_and_the_same_papers(loaded):
    first = transfer.dump(loaded)
    issued = dict(IssuedFile.objects.values_list("format", "sha256"))

    second = transfer.load(json.loads(json.dumps(first)))

    assert without_addresses(transfer.dump(second)) == without_addresses(first)
    copies = IssuedFile.objects.filter(document__school=second)
    assert dict(copies.values_list("format", "sha256")) == issued


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (lambda d: d["people"][3].pop("surname"), "people.4"),
        (lambda d: d["people"][3].update(birth_date="31.31.2010"), "people.4"),
        (lambda d: d["programmes"][0]["pairs"][0].update(form="F99"), "pairs"),
        (lambda d: d["documents"][5].update(number="без номера"), "documents"),
        (lambda d: d.update(format=99), "Это не файл школы"),
    ],
)
def test_a_damaged_file_changes_nothing(db, data, tmp_path, damage, place):
    broken = json.loads(json.dumps(data))
    damage(broken)
    file = tmp_path / "school.json"
    file.write_text(json.dumps(broken))

    with pytest.raises(CommandError, match=re.escape(place)):
        call_command("load_school", str(file))

    assert not School.objects.exists() and not Document.objects.exists()


def test_demo_logins_are_random_and_work(client, db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    demo.load()

    role, password = demo.logins()["curator"]

    assert role == "куратор" and (tmp_path / "demo_logins").stat().st_mode & 0o777 == 0o600
    client.post("/login/", {"username": "curator", "password": password})
    assert client.get("/", follow=True).status_code == 200
