"""The demonstration school: the acceptance paper word for word; a school as one file."""

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document as Word

from documents.models import Document, IssuedFile
from mentorship_portal import demo, transfer
from programmes.models import School

EXPECTED = Path(__file__).parents[1] / "documents/acceptance/doc7.txt"


@pytest.fixture(scope="module")
def data():
    return json.loads(demo.FILE.read_text(encoding="utf-8"))


@pytest.fixture
def loaded(db, data):
    return transfer.load(data)


def words(text: str) -> list[str]:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2011", "-")).split()


def test_d7_of_the_demonstration_school_is_word_for_word(loaded, tmp_path):
    programme = loaded.programmes.get()

    call_command("render_documents", programme=programme.pk, out=tmp_path, format="docx,pdf,txt")

    expected = EXPECTED.read_text(encoding="utf-8")
    assert (tmp_path / "d7.txt").read_text(encoding="utf-8").strip() == expected.strip()
    word = Word(io.BytesIO((tmp_path / "d7.docx").read_bytes()))
    body = " ".join(p.text.replace("\t", " ") for p in word.paragraphs)
    assert words(body) == words(expected)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: the words of the PDF were not read")
    pdf = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "d7.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    without_page_numbers = re.sub(r"\f\s*\d+\s*\n", "\n", pdf)
    assert "".join(words(without_page_numbers)) == "".join(words(expected))


def test_dump_then_load_gives_the_same_school_and_the_same_papers(loaded):
    first = transfer.dump(loaded)
    issued = dict(IssuedFile.objects.values_list("format", "sha256"))

    second = transfer.load(json.loads(json.dumps(first)))

    assert transfer.dump(second) == first
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
