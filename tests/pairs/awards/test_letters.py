"""Letters, diplomas and certificates (D15)."""

import io

import pytest
from django.urls import reverse
from docx import Document as open_docx
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from documents.letters import making
from pairs.awards.letters import filled, unknown_holders
from pairs.models import LetterText
from tests import recipes, recipes_finish


@pytest.fixture
def mentor_person(pair):
    person = pair.mentor
    person.surname, person.first_name, person.patronymic = "Иванов", "Никита", "Олегович"
    person.gender, person.kind, person.grade, person.letter = "m", "pupil", 10, "А"
    person.save()
    return person


def test_d15_names_stand_in_their_case(mentor_person):
    assert making.holder(mentor_person, "parents") == "Уважаемые родители Иванова Никиты!"
    assert making.holder(mentor_person, "certificate") == "Иванову Никите Олеговичу"
    assert making.holder(mentor_person, "diploma") == "Иванов Никита Олегович"
    assert making.about(mentor_person, "gratitude") == "обучающемуся 10 «А» класса"


def test_d15_all_at_once_as_pdf_and_docx(curator, school, programme, pair, mentor_person):
    recipes.head_of(school)
    for kind in ("gratitude", "diploma", "certificate", "parents"):
        recipes_finish.award(pair, kind, person=mentor_person)
    recipes_finish.award(pair, "gift")
    answer = curator.get(reverse("letters-pdf", args=[programme.pk]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 4
    boxes = [page.mediabox for page in pages]
    assert [box.width > box.height for box in boxes] == [True, False, False, False]
    answer = curator.get(reverse("letters-docx", args=[programme.pk]))
    docx = open_docx(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in docx.paragraphs)
    assert "Уважаемые родители Иванова Никиты!" in text and "Иванову Никите Олеговичу" in text
    assert len(docx.sections) == 4


def test_d15_a_declined_award_and_a_gift_have_no_letter(curator, pair):
    for award in (
        recipes_finish.award(pair, state="declined", why="нет"),
        recipes_finish.award(pair, "gift"),
    ):
        assert curator.get(reverse("letter-pdf", args=[award.pk])).status_code == 404


def test_d15_the_school_writes_its_own_words(curator, programme, pair):
    address = reverse("letter-text", args=[programme.pk, "diploma"])
    assert curator.post(address, {"text": "За {дела}"}).status_code == 422
    page = curator.get(address)
    version = page.context["form"]["version"].value()
    form = {"text": "Молодец! {за что}", "version": version}
    assert curator.post(address, form).status_code == 302
    assert LetterText.objects.get().text == "Молодец! {за что}"
    award = recipes_finish.award(pair)
    assert making.letters(programme, [award])[0].text == "Молодец! Регулярные встречи"


@given(st.text())
def test_d15_a_checked_text_never_leaves_a_brace(text):
    if not unknown_holders(text):
        assert not set("{}") & set(filled(text, "за дело", "2026/27"))
