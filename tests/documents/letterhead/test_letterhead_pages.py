"""«Шапка документов»: a letterhead is uploaded, looked at, accepted, put out of use; the emblem."""

import base64
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from documents.letterhead import accepting
from documents.models import Letterhead, PaperSettings
from documents.registry import issuing
from documents.render.pdf import PdfUnavailable, render_pdf
from documents.wording import plain
from programmes.access import Role
from programmes.refusal import Refusal
from tests import recipes
from tests.documents import papers
from tests.documents.letterhead import letterheads
from tests.documents.letterhead.letterheads import PNG, picture, saved, with_parts
from tests.documents.registry.test_register_order import draft, plan  # noqa: F401

HEAD = reverse("letterhead")
UPLOAD = reverse("letterhead-upload")
EMBLEM = reverse("emblem-upload")
LINES = ["КОМИТЕТ ОБРАЗОВАНИЯ г. ЧИТЫ", "МБОУ «СОШ № 94» г. Читы"]


@pytest.fixture
def director(client_of):
    return client_of(Role.DIRECTOR)


def send(client, content: bytes, name: str = "бланк.docx", address: str = UPLOAD):
    field = "emblem" if address == EMBLEM else "letterhead"
    return client.post(address, {field: SimpleUploadedFile(name, content)})


def proposed(school, content: bytes | None = None, lines=("ШАПКА",), name="а.docx") -> Letterhead:
    content = content or letterheads.plain()
    return accepting.propose(
        school, name=name, content=content, lines=tuple(lines), emblem="", by=None
    )


def accepted(school, *args, **fields) -> Letterhead:
    letterhead = proposed(school, *args, **fields)
    accepting.accept(letterhead)
    return letterhead


def deed(client, name: str, letterhead: Letterhead):
    return client.post(reverse(name, args=[letterhead.pk]))


def words_of_pdf(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return plain(re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)))


def in_figures(moment) -> str:
    return timezone.localtime(moment).strftime("%d.%m.%Y %H:%M")


def can_make_pdf() -> bool:
    try:
        render_pdf(papers.ORDER_ON_PLAN)
    except PdfUnavailable:
        return False
    return True


# The head as it is


def test_without_a_letterhead_the_portal_makes_the_head(director, school):
    response = director.get(HEAD)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="paper-organisation' in page and school.short_name in page
    assert "Бланка нет" in page and "Прежних бланков нет" in page
    assert "ОБРАЗЕЦ" in page and "paper-blank" not in page
    assert not Letterhead.objects.exists() and not PaperSettings.objects.exists()


def test_missing_names_of_the_school_are_blanks_in_the_sample(client_of):
    other = recipes.make_school(name="", short_name="Другая", place="")

    response = client_of(Role.DIRECTOR, school=other).get(HEAD)

    assert "не хватает: место составления" in response.content.decode()


# Upload, look, accept


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR])
def test_an_uploaded_letterhead_waits_to_be_looked_at(client_of, school, role):
    client = client_of(role)

    response = send(client, letterheads.plain(), "Наш бланк.docx")

    letterhead = Letterhead.objects.get()
    sample = reverse("letterhead-sample", args=[letterhead.pk])
    assert response.status_code == 302 and response.url == sample
    assert (letterhead.school, letterhead.name) == (school, "Наш бланк.docx")
    assert letterhead.lines == LINES
    assert letterhead.uploaded_by is not None and letterhead.accepted_at is None
    assert Letterhead.in_use(school) is None
    page = client.get(sample).content.decode()
    assert "Проверьте образец" in page and "Принять бланк" in page and "Отказаться" in page
    assert all(line in plain(page) for line in LINES)
    assert f'href="{sample}"' in client.get(HEAD).content.decode()


def test_sent_twice_it_waits_once_and_a_new_one_takes_its_place(director):
    content = letterheads.plain()
    for _ in range(2):
        send(director, content)
    first = Letterhead.objects.get()

    send(director, letterheads.in_table())

    assert Letterhead.objects.get().pk != first.pk
    assert Letterhead.objects.get().lines[0] == "МБОУ «СОШ № 94»"


def test_a_sample_to_download(director, school):
    letterhead = proposed(school, letterheads.in_header(), lines=["ШАПКА В КОЛОНТИТУЛЕ"])

    response = director.get(reverse("letterhead-sample-docx", args=[letterhead.pk]))

    assert response["Content-Disposition"] == (
        f'attachment; filename="letterhead-sample-{letterhead.pk}.docx"'
    )
    word = Word(io.BytesIO(response.content))
    assert word.sections[0].first_page_header.paragraphs[0].text == "ШАПКА В КОЛОНТИТУЛЕ"
    assert "№ ОБРАЗЕЦ" in plain("\n".join(p.text for p in word.paragraphs))
    if not can_make_pdf():
        pytest.skip("no PDF on this machine")
    response = director.get(reverse("letterhead-sample-pdf", args=[letterhead.pk]))
    assert response["Content-Disposition"] == (
        f'attachment; filename="letterhead-sample-{letterhead.pk}.pdf"'
    )
    words = words_of_pdf(response.content)
    assert "ШАПКА В КОЛОНТИТУЛЕ" in words and "№ ОБРАЗЕЦ" in words


def test_the_letterhead_comes_back_as_it_was_sent(director, school):
    content = letterheads.in_table()
    letterhead = proposed(school, content)

    response = director.get(reverse("letterhead-file", args=[letterhead.pk]))

    assert response.content == content
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Content-Security-Policy"] == "sandbox"


def test_accepting_retires_the_one_in_use(director, school):
    former = accepted(school, name="прежний.docx")
    letterhead = proposed(school, letterheads.in_table(), name="новый.docx")
    for _ in range(2):
        assert deed(director, "letterhead-accept", letterhead).status_code == 302

    former.refresh_from_db()
    assert Letterhead.in_use(school) == letterhead
    assert former.retired_at is not None
    page = director.get(HEAD).content.decode()
    assert page.index("новый.docx") < page.index("Прежние бланки") < page.index("прежний.docx")
    assert "ШАПКА" in page and "paper-organisation" not in page
    sample = director.get(reverse("letterhead-sample", args=[former.pk])).content.decode()
    assert "не используется" in sample and "Принять бланк" not in sample


def test_history_says_who_uploaded_and_when_it_was_used(client_of, school):
    client = client_of(Role.ADMINISTRATOR, title="Завуч Петрова")
    send(client, letterheads.plain(), "старый.docx")
    letterhead = Letterhead.objects.get()
    deed(client, "letterhead-accept", letterhead)
    deed(client, "letterhead-retire", letterhead)

    history = client.get(HEAD).content.decode().partition("Прежние бланки")[2]

    letterhead.refresh_from_db()
    assert "старый.docx" in history and "Завуч Петрова" in history
    assert f"по {in_figures(letterhead.retired_at)}" in history


def test_discarding_leaves_the_head_as_it_was(director, school):
    used = accepted(school)
    letterhead = proposed(school, letterheads.in_table())

    assert deed(director, "letterhead-discard", letterhead).status_code == 302

    assert list(Letterhead.objects.all()) == [used]
    assert Letterhead.in_use(school) == used


def test_retired_twice_and_accepted_no_more(director, school):
    letterhead = accepted(school)
    for _ in range(2):
        assert deed(director, "letterhead-retire", letterhead).status_code == 302
    letterhead.refresh_from_db()
    assert letterhead.retired_at is not None and Letterhead.in_use(school) is None

    refused = deed(director, "letterhead-accept", letterhead)

    assert refused.status_code == 422
    assert "Загрузите его файл ещё раз" in refused.content.decode()
    assert Letterhead.in_use(school) is None


def test_deeds_out_of_turn_are_refused_in_words(director, school):
    used = accepted(school)
    waiting = proposed(school, letterheads.in_table())

    for name, letterhead, words in (
        ("letterhead-discard", used, "Бланк уже принят"),
        ("letterhead-retire", waiting, "ещё не принят"),
    ):
        response = deed(director, name, letterhead)
        assert response.status_code == 422
        assert words in response.content.decode()
    assert Letterhead.objects.count() == 2 and Letterhead.in_use(school) == used


@pytest.mark.parametrize("verb", [accepting.accept, accepting.retire])
def test_a_letterhead_that_somebody_has_replaced_meanwhile(school, verb):
    seen = Letterhead.objects.get(pk=proposed(school).pk)
    proposed(school, letterheads.in_table())

    with pytest.raises(Refusal) as refusal:
        verb(seen)

    assert "уже удалён" in refusal.value.messages[0]
    assert Letterhead.in_use(school) is None


def test_a_letterhead_discarded_by_two_people_is_gone_once(school):
    seen = Letterhead.objects.get(pk=proposed(school).pk)
    for _ in range(2):
        accepting.discard(Letterhead(pk=seen.pk, school=school))

    assert not Letterhead.objects.exists()


ADDRESSES = ["letterhead-sample", "letterhead-sample-docx", "letterhead-sample-pdf"]
DEEDS = ["letterhead-accept", "letterhead-discard", "letterhead-retire"]


def test_another_school_does_not_reach_it(client_of, school):
    letterhead = proposed(school)
    client = client_of(Role.DIRECTOR, school=recipes.make_school(short_name="Другая"))

    for name in (*ADDRESSES, "letterhead-file"):
        assert client.get(reverse(name, args=[letterhead.pk])).status_code == 404
    for name in DEEDS:
        assert deed(client, name, letterhead).status_code == 404
    letterhead.refresh_from_db()
    assert letterhead.accepted_at is None
    page = client.get(HEAD).content.decode()
    assert letterhead.name not in page
    send(client, letterheads.in_table())
    assert Letterhead.objects.count() == 2


@pytest.mark.parametrize("role", [Role.CURATOR, Role.TEACHER, Role.EXPERT])
def test_others_may_not(client_of, school, role):
    letterhead = proposed(school)
    client = client_of(role)

    assert client.get(HEAD).status_code == 403
    for name in (*ADDRESSES, "letterhead-file"):
        assert client.get(reverse(name, args=[letterhead.pk])).status_code == 403
    for name in DEEDS:
        assert deed(client, name, letterhead).status_code == 403
    assert send(client, letterheads.in_table()).status_code == 403
    assert send(client, PNG, "а.png", EMBLEM).status_code == 403
    assert client.post(reverse("emblem-remove")).status_code == 403
    assert Letterhead.objects.get() == letterhead and letterhead.accepted_at is None


# What is refused


def renamed(kind: str) -> bytes:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    new = f"application/vnd.ms-word.{kind}.main+xml".encode()
    return with_parts(
        letterheads.plain(), {"[Content_Types].xml": lambda xml: xml.replace(main, new)}
    )


def only_a_picture() -> bytes:
    document = Word()
    document.add_paragraph().add_run().add_picture(io.BytesIO(PNG))
    return saved(document)


def whole_paper() -> bytes:
    document = Word()
    for number in range(41):
        document.add_paragraph(f"Строка {number}")
    return saved(document)


def one_long_line() -> bytes:
    document = Word()
    document.add_paragraph("ШКОЛА " * 50_000)
    return saved(document)


@pytest.mark.parametrize(
    ("made", "name", "words"),
    [
        (letterheads.plain, "бланк.dotm", "шаблон с макросами (DOTM)"),
        (lambda: renamed("template.macroEnabledTemplate"), "бланк.docx", "(DOTM)"),
        (lambda: renamed("document.macroEnabled"), "бланк.docx", "(DOCM)"),
        (
            lambda: with_parts(letterheads.plain(), {"word/vbaProject.bin": b"x"}),
            "бланк.docx",
            "есть макросы",
        ),
        (lambda: letterheads.plain()[:900], "бланк.docx", "не открывается как DOCX"),
        (lambda: b"", "бланк.docx", "пуст"),
        (lambda: PNG, "бланк.png", "должен быть файлом DOCX"),
        (only_a_picture, "бланк.docx", "нет текста"),
        (whole_paper, "бланк.docx", "похоже, это целый документ"),
        (one_long_line, "бланк.docx", "длиннее 300 знаков"),
        (lambda: b"PK" + bytes(6 * 1024 * 1024), "бланк.docx", "больше 5 МБ"),
        (lambda: b"PK" + bytes(30 * 1024 * 1024), "бланк.docx", "Файл больше 12 МБ"),
    ],
    ids=[
        *("dotm", "dotm-inside", "docm-inside", "macros", "broken", "empty", "picture"),
        *("no-text", "whole-paper", "long-line", "6MB", "30MB"),
    ],
)
def test_a_bad_file_is_refused_in_the_form(director, school, made, name, words):
    used = accepted(school)

    response = send(director, made(), name)

    assert response.status_code == 422
    (error,) = response.context["form"].errors["letterhead"]
    assert words in error
    assert 'id="error-summary"' in response.content.decode()
    assert Letterhead.objects.get() == used


def test_no_file_at_all(director):
    response = director.post(UPLOAD)

    assert response.status_code == 422
    assert "Выберите файл." in response.content.decode()


# Papers on it


def test_all_formats_of_a_draft_have_the_lines_of_the_letterhead(director, curator, draft):  # noqa: F811
    send(director, letterheads.in_table())
    letterhead = Letterhead.objects.get()
    before = curator.get(reverse("document-detail", args=[draft.pk])).content.decode()
    assert "ул. Школьная" not in before

    deed(director, "letterhead-accept", letterhead)

    page = curator.get(reverse("document-detail", args=[draft.pk])).content.decode()
    word = Word(io.BytesIO(curator.get(reverse("document-docx", args=[draft.pk])).content))
    in_word = plain(" ".join(t.text or "" for t in word.element.body.iter(qn("w:t"))))
    assert "data:image/png;base64," in page
    for line in letterhead.lines:
        assert line in plain(page)
        assert line in in_word
    if not can_make_pdf():
        pytest.skip("no PDF on this machine")
    words = words_of_pdf(curator.get(reverse("document-pdf", args=[draft.pk])).content)
    assert all(line in words for line in letterhead.lines)


def test_a_registered_paper_keeps_its_bytes(director, curator, school, draft):  # noqa: F811
    issuing.register(draft, None)
    kept = {one.format: bytes(one.content) for one in draft.issued.all()}
    docx = reverse("document-docx", args=[draft.pk])
    before = curator.get(docx).content

    send(director, letterheads.in_table())
    deed(director, "letterhead-accept", Letterhead.objects.get())
    send(director, PNG, "герб.png", EMBLEM)

    assert curator.get(docx).content == before == kept["docx"]
    assert {one.format: bytes(one.content) for one in draft.issued.all()} == kept


def test_a_paper_registered_on_a_letterhead_stays_on_it(director, curator, school, draft):  # noqa: F811
    letterhead = accepted(school, lines=LINES)
    issuing.register(draft, None)
    docx = reverse("document-docx", args=[draft.pk])
    before = curator.get(docx).content
    assert LINES[0] in [p.text for p in Word(io.BytesIO(before)).paragraphs]

    deed(director, "letterhead-retire", letterhead)

    assert curator.get(docx).content == before


# The emblem


def test_an_emblem_stands_above_the_head(director, school):
    for _ in range(2):
        response = send(director, picture("JPEG", (2000, 1000)), "герб.JPG", EMBLEM)
        assert response.status_code == 302

    stored = PaperSettings.objects.get(school=school)
    with Image.open(io.BytesIO(base64.b64decode(stored.emblem))) as image:
        assert (image.format, max(image.size)) == ("PNG", 600)
    page = director.get(HEAD).content.decode()
    assert page.count(stored.emblem) == 2
    assert 'width="151" height="76"' in page
    assert stored.history.count() == 1


def test_an_emblem_is_taken_off(director, school):
    send(director, PNG, "герб.png", EMBLEM)
    for _ in range(2):
        assert director.post(reverse("emblem-remove")).status_code == 302

    assert PaperSettings.objects.get().emblem == ""
    assert "data:image/png" not in director.get(HEAD).content.decode()


def test_taking_off_no_emblem_writes_nothing(director):
    director.post(reverse("emblem-remove"))

    assert not PaperSettings.objects.exists()


def test_an_emblem_leaves_the_wordings_as_they_are(director, school):
    PaperSettings.objects.create(school=school, control="standard")

    send(director, PNG, "герб.png", EMBLEM)

    assert PaperSettings.objects.get().control == "standard"


@pytest.mark.parametrize(
    ("made", "name", "words"),
    [
        (lambda: b"<svg/>", "герб.svg", "PNG или JPEG"),
        (lambda: b"<svg/>", "герб.png", "не открывается"),
        (lambda: picture("JPEG"), "герб.png", "не открывается"),
        (lambda: b"\x89PNG" + bytes(3 * 1024 * 1024), "герб.png", "больше 2 МБ"),
        (lambda: b"\x89PNG" + bytes(30 * 1024 * 1024), "герб.png", "Файл больше 12 МБ"),
    ],
    ids=["svg", "svg-as-png", "jpeg-as-png", "3MB", "30MB"],
)
def test_a_bad_picture_is_refused_in_the_form(director, made, name, words):
    response = send(director, made(), name, EMBLEM)

    assert response.status_code == 422
    (error,) = response.context["emblem_form"].errors["emblem"]
    assert words in error
    assert not PaperSettings.objects.exists()
