"""Bases from a spreadsheet: preview, repair, store once (S2.2, S3.2)."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from programmes.access import Role
from programmes.base_import.views import decide
from programmes.models import Person
from programmes.people.spreadsheet import write_xlsx
from tests import recipes

TITLES = "ФИО\tКласс\tЗапрос\tКатегории запроса\tСвободные дни\tОткуда заявка"


def begin(client, programme, pasted="", base="mentee", file=None):
    """The address of the preview, or the answer that refuses the table."""
    data = {"pasted": pasted, "started_on": "2026-10-19"} | ({"file": file} if file else {})
    answer = client.post(reverse(f"{base}-import", args=[programme.pk]), data)
    return answer.url if answer.status_code == 302 else answer


def states(client, address):
    context = client.get(address).context
    return {
        "new": len(context["new"]), "same": len(context["same"]),
        "changed": len(context["changed"]), "waiting": context["waiting_count"],
    }  # fmt: skip


def file_of(rows, name="base.xlsx"):
    content = write_xlsx("База", rows[0], rows[1:])
    return SimpleUploadedFile(name, content)


@pytest.fixture
def tkach(school):
    return recipes.pupil(school, "Ткач Ольга Ивановна", grade=7, letter="А", gender="f")


def test_s2_2_base_is_filled_from_pasted_rows_only_when_confirmed(curator, programme, tkach):
    row = "Ткач Ольга Ивановна\t7а\tдроби\tматематика и точные науки; спорт\tвт, чт\tродитель"
    address = begin(curator, programme, f"{TITLES}\n{row}")

    assert states(curator, address) == {"new": 1, "same": 0, "changed": 0, "waiting": 0}
    assert not programme.mentees.exists()
    for _ in range(2):
        curator.post(address, {"store": "1"})

    entry = programme.mentees.get()
    assert (entry.person, entry.need, entry.days) == (tkach, "дроби", [2, 4])
    assert (entry.channel, entry.started_on) == ("parent", datetime.date(2026, 10, 19))
    assert {c.title for c in entry.categories.all()} == {"математика и точные науки", "спорт"}


def test_page_read_before_another_one_stored_undoes_nothing(curator, programme, tkach):
    address = begin(curator, programme, f"{TITLES}\nТкач Ольга Ивановна\t7а\tдроби\t\t\t")
    stale = programme.base_imports.get()
    curator.post(address, {"store": "1"})

    decide(stale, QueryDict("row=0&0-need=шахматы&store=1"))

    row = programme.base_imports.get().rows[0]
    assert row["is_done"] and row["cells"]["need"] == "дроби"
    assert programme.base_imports.get().stored == programme.mentees.count() == 1


def test_same_table_again_changes_nothing_and_another_one_only_when_asked(
    curator, programme, tkach
):
    first = f"{TITLES}\nТкач Ольга Ивановна\t7а\tдроби\tспорт\tвт\t"
    curator.post(begin(curator, programme, first), {"store": "1"})

    again = begin(curator, programme, first)
    assert states(curator, again)["same"] == 1
    changed = begin(curator, programme, f"{TITLES}\nТкач Ольга Ивановна\t7а\tшахматы\t\tср\t")
    curator.post(changed, {"store": "1"})
    assert programme.mentees.get().need == "дроби"
    curator.post(changed, {"store": "1", "update": "1"})

    entry = programme.mentees.get()
    assert (entry.need, entry.days) == ("шахматы", [3])
    assert entry.categories.get().title == "спорт"  # an empty cell erases nothing


def test_errors_stand_by_row_and_are_repaired_on_the_spot(curator, programme, tkach):
    wrong = "Ткач Ольга Ивановна\t7а\tдроби\tшахматы\tвс\tсорока"
    address = begin(curator, programme, f"{TITLES}\n{wrong}")

    page = curator.get(address).content.decode()
    for words in ("Нет категории «шахматы»", "Подходят дни с пн по сб", "Пишется одно из:"):
        assert words in page
    curator.post(address, {"store": "1"})
    assert not programme.mentees.exists()

    fixed = {"row": "0", "0-categories": "спорт", "0-days": "пт", "0-channel": ""}
    curator.post(address, fixed | {"check": "1"})
    curator.post(address, {"store": "1"})
    assert programme.mentees.get().days == [5]


def test_wrong_rows_come_back_with_the_reason(curator, programme, tkach):
    address = begin(curator, programme, f"{TITLES}\nТкач Ольга Ивановна\t7а\t=1+1\tшахматы\t\t")
    errors = curator.get(address + "errors.xlsx")

    header, row = load_workbook(io.BytesIO(errors.content)).active.iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["Фамилия"] == "Ткач" and "Нет категории" in found["Ошибка"]
    assert found["Запрос"] == "=1+1"


def test_unknown_person_is_created_or_skipped(curator, programme):
    titles = "ФИО\tПол\tКто\tКласс\tЗапрос"
    rows = "Новый Пётр Ильич\tм\tобучающийся\t6а\tфутбол\nЛишний Олег\tм\tобучающийся\t6а\tфутбол"
    address = begin(curator, programme, f"{titles}\n{rows}")
    assert states(curator, address)["waiting"] == 2
    curator.post(address, {"store": "1"})
    assert not Person.objects.filter(surname="Новый").exists()

    decided = {"row": ["0", "1"], "0-decision": "new", "1-decision": "skip", "check": "1"}
    curator.post(address, decided)
    curator.post(address, {"store": "1"})
    created = Person.objects.get(surname="Новый")
    assert "нет согласия на обработку" in curator.get(address).content.decode()
    assert not programme.mentees.exists()
    recipes.consents(created)
    for _ in range(2):
        curator.post(address, {"store": "1"})

    assert programme.mentees.get().person.full_name == "Новый Пётр Ильич"
    assert not Person.objects.filter(surname="Лишний").exists()


def test_created_person_needs_what_the_people_import_needs(curator, programme):
    address = begin(curator, programme, "ФИО\tЗапрос\nНовый Пётр Ильич\tфутбол")

    curator.post(address, {"create": "1"})

    page = curator.get(address).content.decode()
    assert "Пол не указан" in page and states(curator, address)["new"] == 0


def test_namesakes_are_asked_about(curator, programme, school):
    first = recipes.pupil(school, "Ким Олег Ильич", grade=5)
    second = recipes.pupil(school, "Ким Олег Ильич", grade=6)
    by_class = begin(curator, programme, "ФИО\tКласс\nКим Олег Ильич\t6а")
    assert [row.person for row in curator.get(by_class).context["new"]] == [second]

    address = begin(curator, programme, "ФИО\tЗапрос\nКим Олег\tдроби")
    assert "Который из них?" in curator.get(address).content.decode()
    curator.post(address, {"row": "0", "0-decision": str(first.pk), "check": "1"})
    curator.post(address, {"store": "1"})
    assert programme.mentees.get().person == first


def test_patronymic_may_be_missing_and_a_slip_in_it_is_asked_about(curator, programme, tkach):
    assert states(curator, begin(curator, programme, "ФИО\nТкач Ольга"))["new"] == 1

    address = begin(curator, programme, "ФИО\tЗапрос\nТкач Ольга Игоревна\tдроби")
    assert f"Это он: {tkach.full_name}" in curator.get(address).content.decode()
    curator.post(address, {"row": "0", "0-decision": str(tkach.pk), "check": "1"})
    curator.post(address, {"store": "1"})
    assert programme.mentees.get().person == tkach


def test_one_person_has_one_row_and_those_who_left_none(curator, programme, school, tkach):
    recipes.pupil(school, "Ушедший Иван Ильич", left_on=datetime.date(2026, 9, 1))
    rows = "Ткач Ольга Ивановна\nТкач Ольга Ивановна\nУшедший Иван Ильич"
    address = begin(curator, programme, f"ФИО\n{rows}")

    page = curator.get(address).content.decode()
    assert states(curator, address) == {"new": 1, "same": 0, "changed": 0, "waiting": 2}
    assert "уже есть в строке 2" in page and "Выбытие отмечено 01.09.2026" in page


def test_s3_2_mentors_come_from_a_table_too(curator, programme, school):
    recipes.teacher(school, "Ким Анна Львовна")
    rows = [
        ["ФИО", "Компетенции", "Наставляемых, не более", "Возраст от", "Возраст до", "В базе с"],
        ["Ким Анна Львовна", "методика", "4", "10", "13", "01.10.2026"],
    ]
    address = begin(curator, programme, base="mentor", file=file_of(rows))
    curator.post(address, {"store": "1"})

    entry = programme.mentors.get()
    assert (entry.capacity, entry.age_from, entry.age_to) == (4, 10, 13)
    assert entry.started_on == datetime.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["0", "", "", ""], "Целое число от 1 до 50."),
        (["999", "", "", ""], "Целое число от 1 до 50."),
        (["", "14", "10", ""], "Возраст «до» меньше возраста «от»."),
        (["", "", "", "01.09.2020"], "День вне программы"),
    ],
)
def test_wrong_numbers_and_days_are_told(curator, programme, school, cells, words):
    recipes.teacher(school, "Ким Анна Львовна")
    titles = "ФИО\tНаставляемых, не более\tВозраст от\tВозраст до\tВ базе с"
    pasted = f"{titles}\nКим Анна Львовна\t" + "\t".join(cells)
    address = begin(curator, programme, pasted, base="mentor")

    assert words in curator.get(address).content.decode()
    curator.post(address, {"store": "1"})
    assert not programme.mentors.exists()


def formula_book():
    book = Workbook()
    book.active.append(["ФИО", "Запрос"])
    book.active.append(["Ткач Ольга Ивановна", "=HYPERLINK(1)"])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("f.xlsx", out.getvalue())


def test_formulas_are_told_not_stored(curator, programme, tkach):
    address = begin(curator, programme, file=formula_book())

    assert "В ячейке формула" in curator.get(address).content.decode()
    curator.post(address, {"store": "1"})
    assert not programme.mentees.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04broken", "Файл повреждён"), (b"hello", "Это не файл XLSX")],
)
def test_broken_file_is_refused_with_words(curator, programme, content, words):
    answer = begin(curator, programme, file=SimpleUploadedFile("b.xlsx", content))

    assert answer.status_code == 422 and words in answer.content.decode()
    assert not programme.base_imports.exists()


def test_5001_rows_and_a_table_without_names_are_refused(curator, programme):
    many = begin(curator, programme, "ФИО\n" + "Ким Олег\n" * 5001)
    nameless = begin(curator, programme, "Запрос\tСвободные дни\nматематика\tвт")

    assert "больше 5000 строк" in many.content.decode()
    assert "нет столбца «ФИО»" in nameless.content.decode()


def test_export_of_what_is_seen_changes_nothing_when_imported(curator, programme, tkach, school):
    entry = recipes.mentee_in_base(
        programme, tkach, need="=дроби", days=[1, 5], interests="+7", channel="parent"
    )
    entry.categories.set(school.need_categories.filter(title__in=["спорт", "творчество"]))
    entry.forms.add(programme.forms.get(code="F1"))
    recipes.mentee_in_base(programme, recipes.pupil(school, "Ким Олег Ильич", grade=5))

    file = curator.get(reverse("mentee-export", args=[programme.pk]), {"grade": "7"})
    address = begin(curator, programme, file=SimpleUploadedFile("m.xlsx", file.content))

    assert states(curator, address) == {"new": 0, "same": 1, "changed": 0, "waiting": 0}


def test_missing_consent_stands_at_its_row_and_the_others_go_in(curator, programme, tkach, school):
    recipes.pupil(school, "Ким Олег Ильич", grade=5)
    tkach.consents.all().delete()
    address = begin(curator, programme, "ФИО\nТкач Ольга Ивановна\nКим Олег Ильич")
    curator.post(address, {"store": "1"})

    assert [e.person.surname for e in programme.mentees.all()] == ["Ким"]
    page = curator.get(address).content.decode()
    assert "нет согласия на обработку" in page and "&lt;a" not in page
    recipes.consents(tkach)
    curator.post(address, {"store": "1"})
    assert programme.mentees.count() == 2


def test_categories_go_into_the_new_entry_only(curator, programme, tkach, school):
    before = {"started_on": datetime.date(2026, 9, 14), "ended_on": datetime.date(2026, 9, 30)}
    ended = recipes.mentee_in_base(programme, tkach, **before)
    refused = recipes.pupil(school, "Ким Олег Ильич", grade=5)
    past = recipes.mentee_in_base(programme, refused, **before)
    refused.consents.all().delete()
    rows = "ФИО\tКатегории запроса\nТкач Ольга Ивановна\tспорт\nКим Олег Ильич\tспорт"
    curator.post(begin(curator, programme, rows), {"store": "1"})

    new = programme.mentees.get(started_on=datetime.date(2026, 10, 19))
    assert new.person == tkach and new.categories.get().title == "спорт"
    assert not ended.categories.exists() and not past.categories.exists()


def queries_to_store(curator, programme, school, number, grade):
    rows = []
    for n in range(number):
        who = recipes.pupil(
            school, f"Ким{'абвгдежзик'[n // 10]}{'абвгдежзик'[n % 10]} Олег", grade=grade
        )
        rows.append(f"{who.full_name}\t{grade}а\tспорт; творчество")
    table = "\n".join(["ФИО\tКласс\tКатегории запроса", *rows])
    address = begin(curator, programme, table)
    with CaptureQueriesContext(connection) as queries:
        curator.post(address, {"store": "1"})
    return len(queries)


def test_fifty_rows_take_hardly_more_queries_than_five(curator, programme, school):
    few = queries_to_store(curator, programme, school, 5, 5)
    many = queries_to_store(curator, programme, school, 50, 6)

    assert programme.mentees.count() == 55
    assert many - few <= 3
    entry = programme.mentees.last()
    assert {c.title for c in entry.categories.all()} == {"спорт", "творчество"}
    record = entry.history.get()
    assert {row.needcategory.title for row in record.categories.all()} == {"спорт", "творчество"}
    assert record.history_user is not None


def test_another_school_and_a_reader_do_not_import(client_of, curator, programme, tkach):
    address = begin(curator, programme, "ФИО\nТкач Ольга Ивановна")
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))

    assert stranger.post(address, {"store": "1"}).status_code == 404
    assert client_of(Role.DIRECTOR).post(address, {"store": "1"}).status_code == 403
    assert curator.get(address.replace("/mentees/", "/mentors/")).status_code == 404
    assert not programme.mentees.exists()
