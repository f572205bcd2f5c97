"""Poster, hand-out and the parents' letter as PDF. S1.2, S2.1, S3.1."""

import pytest
from django.urls import reverse

from programmes.access import Role
from programmes.informing.ready_texts import READY
from tests import recipes
from tests.documents.informing.pages import texts_of


@pytest.fixture
def announcement(programme):
    recipes.application_link(programme, "preliminary")
    return recipes.announcement(programme)


def sheet(client, announcement, name):
    address = reverse(f"announcement-{name}", args=[announcement.programme_id, announcement.pk])
    return client.get(address)


def test_s1_2_poster_is_one_page_with_the_address_of_its_form(curator, announcement):
    slug = announcement.programme.application_links.get().slug

    (page,) = texts_of(sheet(curator, announcement, "poster").content)

    assert "Скоро начнём." in page
    assert slug in page.replace(" ", "")


def test_handout_says_the_same_four_times(curator, announcement):
    (page,) = texts_of(sheet(curator, announcement, "handout").content)

    assert page.count("Скоро начнём.") == 4


def test_the_longest_text_still_fits_one_page(curator, announcement):
    longest = max(READY.values(), key=lambda ready: len(ready.text))
    announcement.title, announcement.text = longest.title * 2, "Слово за словом. " * 115
    announcement.save()

    for name in ("poster", "handout"):
        assert len(texts_of(sheet(curator, announcement, name).content)) == 1


def test_markup_in_a_text_stays_words_and_fetches_nothing(curator, announcement):
    announcement.text = '<img src="file:///etc/passwd"> <b>да</b>'
    announcement.save()

    (page,) = texts_of(sheet(curator, announcement, "poster").content)

    assert 'src="file:///etc/passwd"' in page


def test_the_code_leads_to_the_form():
    """Read back by the encoder itself: the same address gives the same picture."""
    from documents.informing.views import qr_code

    assert qr_code("http://a/1") == qr_code("http://a/1") != qr_code("http://a/2")
    assert qr_code("http://a/1").startswith("data:image/png;base64,")


def test_s2_1_class_teacher_prints_the_own_class_only(client_of, school, programme):
    teacher = recipes.teacher(school)
    recipes.class_teacher(school, teacher, 7, "А")
    recipes.pupil(school)
    recipes.pupil(school, letter="Б")
    client = client_of(Role.TEACHER, person=teacher)
    address = reverse("parent-letter-file", args=[programme.pk])

    assert client.get(address, {"class": "7а"}).status_code == 200
    assert client.get(address, {"class": "7б"}).status_code == 404


def test_s2_1_the_school_words_the_letter_and_slips_are_told(curator, school, programme):
    recipes.pupil(school, "Ли Виктор Сенович")
    page = reverse("parent-letter", args=[programme.pk])
    assert curator.post(page, {"text": "Зовём {ребенка}."}).status_code == 422
    version = curator.get(page).context["form"]["version"].value()

    curator.post(page, {"text": "Зовём {ребёнка} и беседуем с {ребёнком}.", "version": version})
    file = curator.get(reverse("parent-letter-file", args=[programme.pk]), {"class": "7а"})

    (letter,) = texts_of(file.content)
    assert "Зовём Ли Виктора Сеновича и беседуем с Ли Виктором Сеновичем." in letter
    assert "не согласие" in letter
