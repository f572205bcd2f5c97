"""D11: the individual route as DOCX and PDF, with the words of the Regulation's annex."""

import datetime
import io
import shutil
import subprocess

import pytest
from django.urls import reverse
from docx import Document as open_docx

from documents.kinds import individual_route as kind
from documents.paper import Blank, walk
from documents.render.text import render_text
from programmes.access import Role
from tests import recipes, recipes_routes


@pytest.fixture
def route(programme):
    made = recipes_routes.route(
        recipes.confirmed_pair(programme), "Разобрать дроби", state="approved"
    )
    made.tasks = "закрыть пробелы\nпланировать время"
    made.save()
    return made


def words_of_docx(content: bytes) -> str:
    book = open_docx(io.BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return " ".join([*(p.text for p in book.paragraphs), *cells]).replace("\u00a0", " ")


def test_d11_says_what_is_stored_in_docx_and_pdf(curator, route, tmp_path):
    docx = curator.get(reverse("route-paper", args=[route.pk, "docx"]))
    pdf = curator.get(reverse("route-paper", args=[route.pk, "pdf"]))

    words = words_of_docx(docx.content)
    expected = (
        "Индивидуальный маршрут наставляемого",
        "УТВЕРЖДАЮ",
        route.mentee.full_name,
        route.pair.mentor.full_name,
        "подтянуть математику",
        "закрыть пробелы; планировать время",
        "Разобрать дроби",
        "01.12.2026",
        "Родитель (законный представитель)",
    )
    for text in expected:
        assert text in words, text
    file = tmp_path / "route.pdf"
    file.write_bytes(pdf.content)
    if shutil.which("pdftotext"):
        read = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
        assert "Разобрать дроби" in " ".join(read.stdout.decode().split())


def test_d11_has_blanks_where_nothing_is_known_and_never_raises():
    paper = kind.build(kind.RouteFacts())

    assert "УТВЕРЖДАЮ" in render_text(paper)
    assert any(
        isinstance(piece, Blank)
        for block in walk(paper.blocks)
        for row in getattr(block, "rows", ())
        for cell in row
        for piece in cell
    )


def test_d11_no_parent_signs_for_a_grown_up(curator, route):
    mentee = route.mentee
    mentee.birth_date = datetime.date(2000, 1, 1)
    mentee.save()

    words = words_of_docx(curator.get(reverse("route-paper", args=[route.pk, "docx"])).content)

    assert "Родитель" not in words


def test_d11_all_of_a_programme_is_one_pdf(curator, programme, route):
    recipes_routes.route(recipes.confirmed_pair(programme))

    answer = curator.get(reverse("routes-pdf", args=[programme.pk]))

    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")


def test_d11_is_not_for_strangers(client_of, route, school):
    stranger = client_of(Role.MENTOR, person=recipes.teacher(school))

    assert stranger.get(reverse("route-paper", args=[route.pk, "pdf"])).status_code == 404
