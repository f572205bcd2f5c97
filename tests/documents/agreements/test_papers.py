"""The agreement of mentor and mentee as DOCX and PDF, one and many (D10)."""

import datetime
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Docx
from pypdf import PdfReader

from documents.agreements import facts
from documents.kinds.facts import SchoolFacts
from documents.kinds.regulation_forms import AGREEMENT_CLAUSES, FORMS
from documents.paper import walk
from documents.registry import issuing, life
from documents.registry.models import Kind
from pairs.models import Pair, Route
from tests import recipes
from tests.recipes_match import signed

CHILD, ADULT = datetime.date(2014, 5, 5), datetime.date(2000, 5, 5)


@pytest.fixture
def pair(programme):
    mentor = recipes.pupil(
        programme.school, "Жапова Номин Булатовна", gender="f", grade=11, letter="Б",
        birth_date=ADULT,
    )  # fmt: skip
    mentees = [
        recipes.pupil(programme.school, name, grade=5, birth_date=CHILD)
        for name in ("Ли Виктор Сенович", "Мусихин Пётр Ильич")
    ]
    return recipes.confirmed_pair(programme, mentor=mentor, mentees=mentees)


def words_of(answer) -> str:
    if answer["Content-Type"] == "application/pdf":
        pages = PdfReader(io.BytesIO(answer.content)).pages
        text = " ".join(page.extract_text() for page in pages)
    else:
        document = Docx(io.BytesIO(answer.content))
        cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
        text = " ".join([*(p.text for p in document.paragraphs), *cells])
    return " ".join(text.replace("\xa0", " ").split())


def one(client, pair, mentee, extension="docx") -> str:
    answer = client.get(reverse("pair-agreement", args=[pair.pk, mentee.pk, extension]))
    assert answer.status_code == 200
    return words_of(answer)


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_d10_the_paper_has_what_the_regulation_asks_for(curator, pair, extension):
    pair.every_days, pair.meets, pair.place = 14, "personal", "кабинет 12"
    pair.save()
    mentee = pair.current_mentees[0]
    Route.objects.create(
        pair=pair, mentee=mentee, aim="подружиться с классом",
        started_on=pair.started_on, ended_on=pair.programme.ended_on,
    )  # fmt: skip

    text = one(curator, pair, mentee, extension)

    for words in (
        "СОГЛАШЕНИЕ",
        "о взаимодействии между наставником и наставляемым",
        "МБОУ «СОШ № 94» г. Читы",
        "Жапова Номин Булатовна, обучающаяся 11 «Б» класса",
        "Ли Виктор Сенович, обучающийся 5 «А» класса",
        "подружиться с классом",
        "с 9 ноября 2026 г. по 21 мая 2027 г.",
        "не реже одного раза в 14 дней, очно, кабинет 12",
        "безусловно выполняют индивидуальный маршрут",
        "Конфиденциальность",
        "Досрочное прекращение",
        "В.С. Ли",
    ):
        assert words in text, words
    assert text.count("Родитель (законный представитель) обучающегося") == 1
    assert "Мусихин" not in text


def test_d10_the_order_on_pairs_is_cited_by_itself(curator, programme, pair):
    recipes.head_of(programme.school)
    recipes.curator_of(programme)
    issuing.register_by_hand(
        programme.school, kind=Kind.PLAN, title="", date=datetime.date(2026, 10, 15),
        number="163-од", programme=programme,
    )  # fmt: skip
    order = life.open_draft(programme, Kind.PAIRS, None)
    order.date = datetime.date(2026, 11, 9)
    order.save()
    order = issuing.register(order, None)

    text = one(curator, pair, pair.current_mentees[0])

    assert f"от «09» ноября 2026 г. № {order.number}" in text
    other = recipes.confirmed_pair(programme)
    answer = curator.get(reverse("agreements-zip", args=[programme.pk]), {"order": order.pk})
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 2
    assert "________" in one(curator, other, other.current_mentees[0])


def test_d10_annex_of_the_regulation_and_paper_say_the_same(programme, pair):
    form = next(form for form in FORMS if form.id == "agreement")
    school = SchoolFacts("Школа", "Школа № 94", "г. Чита")
    annex = form.build(2, school)
    [paper, _] = facts.papers_of(facts.rows_of(facts.with_all(Pair.objects.all())))

    def clauses(blocks) -> list:
        return [b.words for b in walk(blocks) if type(b).__name__ == "Clause"]

    assert clauses(annex.blocks) == clauses(paper.blocks)
    assert sum(len(texts) + 1 for _, _, texts in AGREEMENT_CLAUSES) == len(clauses(paper.blocks))


def test_d10_guardians_sign_for_both_who_are_minors_on_the_day(curator, programme):
    born = datetime.date(2011, 5, 5)
    mentor = recipes.pupil(programme.school, grade=9, birth_date=born, has_consents=False)
    recipes.consents(mentor, on=datetime.date(2026, 9, 1))
    mentee = recipes.pupil(programme.school, grade=5, birth_date=CHILD)
    pair = recipes.confirmed_pair(programme, mentor=mentor, mentees=[mentee])
    assert one(curator, pair, mentee).count("Родитель (законный представитель)") == 2

    workers = [recipes.teacher(programme.school) for _ in range(2)]
    grown = recipes.confirmed_pair(programme, mentor=workers[0], mentees=workers[1:], form="F2")
    assert "Родитель" not in one(curator, grown, workers[1])


def test_d10_all_at_once_as_one_pdf_and_as_an_archive(curator, programme, pair):
    signed(pair)
    pdf = curator.get(reverse("agreements-pdf", args=[programme.pk]))
    assert words_of(pdf).count("СОГЛАШЕНИЕ") == 2
    left = curator.get(reverse("agreements-pdf", args=[programme.pk]), {"state": "unsigned"})
    assert words_of(left).count("СОГЛАШЕНИЕ") == 1
    archive = curator.get(reverse("agreements-zip", args=[programme.pk]))
    names = zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert names == ["soglashenie-001.docx", "soglashenie-002.docx"]


def test_d10_nothing_to_print_is_said_in_words(curator, programme):
    for name in ("agreements-pdf", "agreements-zip"):
        answer = curator.get(reverse(name, args=[programme.pk]))
        assert answer.status_code == 422
        assert "Печатать нечего" in answer.content.decode()


def test_d10_papers_of_many_pairs_ask_a_constant_number_of_questions(programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            list(facts.papers_of(facts.rows_of(facts.with_all(Pair.objects.all()))))
        return len(found)

    recipes.confirmed_pair(programme)
    few = queries()
    for _ in range(10):
        recipes.confirmed_pair(programme)
    assert queries() == few


def test_d10_more_than_can_be_printed_at_once_is_said_in_words(
    curator, programme, pair, monkeypatch
):
    monkeypatch.setattr("documents.agreements.views.LIMIT", 1)
    answer = curator.get(reverse("agreements-pdf", args=[programme.pk]))
    assert answer.status_code == 422
    assert "не больше 1 соглашений, здесь 2" in answer.content.decode()
