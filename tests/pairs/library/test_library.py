"""Materials: kept, recommended, sent, read. S6.3."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from pairs.models import LibraryItem, Reading, Sending
from programmes.access import Role
from tests import recipes, recipes_meetings


def docx(*extra: str) -> bytes:
    """A Word file made by python-docx, with parts of these names added."""
    out = io.BytesIO()
    Document().save(out)
    with zipfile.ZipFile(out, "a") as package:
        for name in extra:
            package.writestr(name, b"x")
    return out.getvalue()


def add(client, **fields):
    return client.post(
        reverse("library-item-new"),
        {"title": "Как вести первую встречу", "is_used": "on"} | fields,
    )


def test_s6_3_a_material_with_a_file_is_kept_and_downloaded(curator, client_of, pair):
    upload = SimpleUploadedFile("памятка.docx", docx())
    assert add(curator, about="Вопросы для знакомства", upload=upload).status_code == 302

    item = LibraryItem.objects.get()
    assert item.extension == "docx" and item.file_title == "памятка.docx"
    assert "памятка" not in item.file.name
    answer = client_of(Role.TEACHER).get(reverse("library-item-file", args=[item.pk]))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.html", b"<script>", "Другие файлы не принимаются"),
        ("a.docx", b"PK not a zip", "не открывается"),
        ("a.xlsx", docx(), "не открывается"),
        ("a.docx", docx("word/vbaProject.bin"), "макросы"),
        ("a.docx", docx("word/embeddings/oleObject1.bin"), "макросы"),
        ("a.pdf", b"%PDF-1.4 cut", "не открывается"),
    ],
)
def test_sec09_files_are_what_they_are_called(curator, school, name, content, words):
    answer = add(curator, upload=SimpleUploadedFile(name, content))

    assert answer.status_code == 422 and words in answer.content.decode()
    assert not LibraryItem.objects.exists()


def test_s6_3_a_title_stands_once_and_addresses_are_addresses(curator, school):
    assert add(curator, link="javascript:alert(1)").status_code == 422
    assert add(curator, link="https://example.org/a").status_code == 302
    assert add(curator).status_code == 422
    assert LibraryItem.objects.count() == 1


def test_s6_3_the_list_is_searched_and_filtered(curator, school):
    one = recipes_meetings.item(school, "Ёлка и встреча")
    one.forms.set(school.forms.filter(code="F1"))
    recipes_meetings.item(school, "Беседа")
    page = curator.get(reverse("library"), {"q": "ЕЛКА"}).content.decode()
    assert "Ёлка" in page and "Беседа" not in page
    page = curator.get(reverse("library"), {"form": "F1"}).content.decode()
    assert "Ёлка" in page and "Беседа" not in page


def test_s6_3_ready_titles_are_added_once(curator, school):
    for _ in range(2):
        curator.post(reverse("library-ready"))

    assert LibraryItem.objects.count() == 2
    assert not LibraryItem.objects.exclude(link="").exists()


def test_s6_3_recommended_by_form_and_need(curator, pair, school, programme):
    maths, other = school.need_categories.filter(audience="pupil")[:2]
    programme.mentees.get().categories.set([maths])
    for_all = recipes_meetings.item(school, "А всем")
    by_need = recipes_meetings.item(school, "Б по запросу")
    by_need.categories.set([maths])
    wrong_need = recipes_meetings.item(school, "В чужой запрос")
    wrong_need.categories.set([other])
    wrong_form = recipes_meetings.item(school, "Г чужая форма")
    wrong_form.forms.set(school.forms.filter(code="F2"))

    answer = curator.get(reverse("pair-library", args=[pair.pk]))

    assert answer.context["items"] == [by_need, for_all]


def test_s6_3_sent_to_many_pairs_at_once_and_to_none_twice(curator, pair, programme):
    other = recipes.confirmed_pair(programme)
    item = recipes_meetings.item(programme.school)
    address = reverse("library-item", args=[item.pk])
    for _ in range(2):
        answer = curator.post(address, {"pairs": [pair.pk, other.pk], "note": "к встрече"})
        assert answer.status_code == 302

    assert Sending.objects.count() == 2 and Sending.history.count() == 2
    assert "к встрече" in curator.get(reverse("pair-detail", args=[pair.pk])).content.decode()


def test_s6_3_a_draft_gets_nothing(curator, programme, today):
    draft = recipes.draft_pair(programme)
    item = recipes_meetings.item(programme.school)

    answer = curator.post(reverse("library-item", args=[item.pk]), {"pairs": [draft.pk]})

    assert answer.status_code == 422 and not Sending.objects.exists()


def test_s6_3_each_says_read_once_and_the_curator_sees_who(curator, mentor, mentee, pair):
    sending = recipes_meetings.sending(pair)
    address = reverse("sending-read", args=[sending.pk])
    assert mentee.get(address).status_code == 405
    for _ in range(2):
        mentee.post(address)

    reading = Reading.objects.get()
    assert reading.person == pair.current_mentees[0]
    page = curator.get(reverse("library-item", args=[sending.item_id])).content.decode()
    assert f"прочитали: {reading.person.short_name}" in page
    assert (
        'action="' + address in mentor.get(reverse("pair-detail", args=[pair.pk])).content.decode()
    )


def test_s6_3_what_is_read_is_not_taken_back(curator, mentee, pair):
    sending = recipes_meetings.sending(pair)
    mentee.post(reverse("sending-read", args=[sending.pk]))
    curator.post(reverse("sending-take-back", args=[sending.pk]))
    assert Sending.objects.exists()

    Reading.objects.all().delete()
    curator.post(reverse("sending-take-back", args=[sending.pk]))
    assert not Sending.objects.exists()


def test_s6_3_a_mentee_opens_only_what_the_pair_got(mentee, pair, school):
    other = recipes_meetings.item(school)
    mine = recipes_meetings.sending(pair).item

    assert mentee.get(reverse("library-item-file", args=[mine.pk])).status_code == 200
    assert mentee.get(reverse("library-item-file", args=[other.pk])).status_code == 404


def test_s6_3_the_board_says_how_many_pairs_have_something(curator, pair, programme):
    page = curator.get(reverse("board", args=[programme.pk])).content.decode()
    assert "В библиотеке пока нет материалов" in page

    recipes_meetings.sending(pair)

    page = curator.get(reverse("board", args=[programme.pk])).content.decode()
    assert "отправлены парам: 1 из 1" in page


def test_s6_3_queries_of_the_library_do_not_grow(curator, pair, programme):
    item = recipes_meetings.item(programme.school)
    pages = [reverse("library"), reverse("library-item", args=[item.pk])]
    numbers = []
    for pairs in (1, 10):
        for _ in range(pairs):
            recipes_meetings.sending(recipes.confirmed_pair(programme), item)
            recipes_meetings.item(programme.school)
            recipes.confirmed_pair(programme)
        row = []
        for address in pages:
            curator.get(address)
            with CaptureQueriesContext(connection) as queries:
                curator.get(address)
            row.append(len(queries))
        numbers.append(row)
    assert numbers[0] == numbers[1]
