"""Lists and registers on demand (D16)."""

import datetime
import io

import pytest
from django.urls import reverse
from docx import Document as Word
from openpyxl import load_workbook
from pypdf import PdfReader

from programmes.access import Role
from tests import recipes
from tests.documents.registry import chain
from tests.documents.registry.chain import plain

# Domain notes § 1.6, word for word.
MENTEES = [
    "№",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого на сайте",
    "Отметка о прохождении программы",
]
MENTORS = [
    "№",
    "ФИО наставника",
    "Контактные данные",
    "Место работы/учёбы",
    "Основные компетенции",
    "Важные для программы достижения",
    "Интересы",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу",
    "Дата вхождения",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы/учёбы наставляемого",
    "Дата завершения",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника на сайте",
]


@pytest.fixture
def book(curator, ready):
    """Two orders of 2026, a hole before them, one cancelled."""
    data = {"kind": "other", "title": "О режиме", "date": "2026-09-01", "number": "145-од"}
    curator.post(reverse("document-by-hand"), data)
    done = chain.registered(curator, ready, "D1")
    chain.press(curator, "cancel", done["D1"], reason="ошибка в составе")
    return done


def journal(client, extension: str, **asked):
    address = reverse("journal-file", args=[extension])
    return client.get(address, {"purpose": "orders", "year": 2026} | asked)


def sheet(content: bytes) -> list[list[str]]:
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def words_of(content: bytes) -> str:
    word = Word(io.BytesIO(content))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return plain("\n".join([*(p.text for p in word.paragraphs), *cells]))


def test_d16_journal_is_gap_free_and_says_why(curator, book):
    rows = sheet(journal(curator, "xlsx").content)

    start = next(i for i, row in enumerate(rows) if row[0] == "Номер")
    assert [(row[0], row[1], row[4]) for row in rows[start + 1 :]] == [
        ("1–144", "", "документы вне портала"),
        ("145-од", "01.09.2026", ""),
        ("146-од", "21.09.2026", "отменён: ошибка в составе"),
    ]
    assert plain(rows[start + 3][3]) == "Очирова Г.Ц."


def test_journal_names_who_signed_whoever_leads_the_school_now(curator, school, book):
    head = school.heads.get()
    head.end(on=datetime.date(2026, 9, 10))
    recipes.head_of(school, "Базарова Оюна Дашиевна")
    school.heads.exclude(pk=head.pk).update(started_on="2026-09-11")

    rows = sheet(journal(curator, "xlsx").content)

    assert [plain(row[3]) for row in rows[-2:]] == ["Очирова Г.Ц.", "Очирова Г.Ц."]


def test_journal_as_docx_and_pdf(curator, book):
    words = words_of(journal(curator, "docx").content)
    assert "Журнал регистрации приказов" in words.replace("ЖУРНАЛ", "Журнал")
    for text in ("146-од", "21.09.2026", "О внедрении целевой модели", "отменён: ошибка"):
        assert text in words
    answer = journal(curator, "pdf")
    if answer.status_code == 503:
        pytest.skip("PDF cannot be made on this machine")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert "146-од" in plain("".join(page.extract_text() for page in pages))


def test_journal_of_a_year_without_papers_is_todays(curator, book):
    assert journal(curator, "xlsx", year=1999).status_code == 200
    assert journal(curator, "xlsx", purpose="spells").status_code == 200


@pytest.mark.parametrize("extension", ["txt", "exe", "xls"])
def test_journal_in_no_other_format(curator, book, extension):
    assert journal(curator, extension).status_code == 404


def test_expert_reads_the_journal(client_of, book):
    expert = client_of(Role.EXPERT)

    assert journal(expert, "xlsx").status_code == 200
    assert expert.get(reverse("register-book")).status_code == 200
    assert journal(client_of(Role.TEACHER), "xlsx").status_code == 403


def test_journal_is_of_the_own_school(stranger, book):
    assert "145-од" not in str(sheet(journal(stranger, "xlsx").content))


def test_mentor_list_names_the_order_and_the_appointed(curator, ready):
    done = chain.registered(curator, ready, "D2", "D3", "D5", "D6")
    recipes.mentor_in_base(ready, recipes.pupil(ready.school, "Новый Олег Ильич", grade=9))

    answer = curator.get(reverse("mentor-list-file", args=[ready.pk, "docx"]))

    words = words_of(answer.content)
    assert done["D6"].number in words
    for entry in done["D6"].named.filter(role="mentor"):
        assert plain(entry.person.full_name) in words
    assert "Новый Олег Ильич" not in words


def base(client, programme, which: str, extension: str = "xlsx"):
    return client.get(reverse("base-register", args=[programme.pk, which, extension]))


@pytest.mark.parametrize(("which", "columns"), [("mentees", MENTEES), ("mentors", MENTORS)])
def test_d16_base_has_exactly_the_columns_of_the_ministry(curator, ready, which, columns):
    rows = sheet(base(curator, ready, which).content)

    header = next(i for i, row in enumerate(rows) if row[0] == "№")
    assert rows[header] == columns
    assert [row[0] for row in rows[header + 1 :]] == ["1", "2"]


def test_base_of_mentees_is_filled_from_pairs(curator, ready):
    pair = ready.pairs.order_by("pk").first()
    mentee = pair.current_mentees[0]
    mentee.birth_date, mentee.guardian_contact = "2014-03-01", "мама, 8 914 000-00-00"
    mentee.save()

    rows = sheet(base(curator, ready, "mentees").content)

    row = next(row for row in rows if row[1] == mentee.full_name and row[3])
    assert row[2:4] == ["мама, 8 914 000-00-00", "2014"]
    assert row[5] == "14.09.2026"
    assert row[6:8] == [pair.mentor.full_name, pair.form.title]
    assert "МБОУ" in row[8] and row[12] == ""


@pytest.mark.parametrize("which", ["mentees", "mentors"])
def test_base_as_docx(curator, ready, which):
    words = words_of(base(curator, ready, which, "docx").content)

    for column in {"mentees": MENTEES, "mentors": MENTORS}[which]:
        assert column in words


@pytest.mark.parametrize(("which", "extension"), [("directors", "xlsx"), ("mentors", "pdf")])
def test_no_other_base(curator, ready, which, extension):
    assert base(curator, ready, which, extension).status_code == 404


def test_acknowledgement_sheet_of_all_teachers(curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]

    answer = curator.get(reverse("document-sheet", args=[order.pk, "docx"]))

    words = words_of(answer.content)
    assert "приказом от 21.09.2026 № 1-од «О внедрении целевой модели наставничества»" in words
    for person in ready.school.people.filter(kind="teacher"):
        assert plain(person.short_name) in words or plain(person.full_name) in words


def test_another_school_gets_nothing(stranger, curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]

    for answer in (
        base(stranger, ready, "mentees"),
        stranger.get(reverse("mentor-list-file", args=[ready.pk, "docx"])),
        stranger.get(reverse("document-sheet", args=[order.pk, "docx"])),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MENTOR, Role.EXPERT])
def test_contacts_are_for_keepers_only(client_of, ready, role):
    assert base(client_of(role), ready, "mentees").status_code == 403
