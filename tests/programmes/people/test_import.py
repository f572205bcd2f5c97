"""Import of people: in the browser and from the command line."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from programmes.access import Role
from programmes.models import PeopleImport, Person
from programmes.people import columns, importing, spreadsheet
from tests import recipes

HEADER = [column.title for column in columns.COLUMNS]
RIGHT = ["Ёлкин", "Пётр", "Ильич", "м", "14.03.2011", "обучающийся", "7а", "", "", "", ""]


def book(*rows, header=HEADER) -> bytes:
    return spreadsheet.write_xlsx("Люди", header, [list(map(str, row)) for row in rows])


def upload(client, content: bytes, name="люди.xlsx"):
    return client.post(reverse("person-import"), {"file": SimpleUploadedFile(name, content)})


def store(client, job: PeopleImport, **data):
    return client.post(reverse("person-import-check", args=[job.pk]), {"store": "1"} | data)


def test_rows_are_previewed_then_stored_once(curator, school):
    answer = upload(curator, book(RIGHT))
    job = PeopleImport.objects.get()
    assert answer.headers["Location"] == reverse("person-import-check", args=[job.pk])
    assert not Person.objects.exists()

    for _ in range(2):
        store(curator, job)

    person = Person.objects.get()
    assert (person.full_name, person.class_name) == ("Ёлкин Пётр Ильич", "7 «А»")
    assert person.name_in("dative") == "Ёлкину Петру Ильичу"
    assert person.history.count() == 1


def test_the_same_people_again_double_nothing(curator, school):
    for _ in range(2):
        upload(curator, book(RIGHT))
        store(curator, PeopleImport.objects.latest("pk"))

    assert Person.objects.count() == 1


def test_pasted_rows_without_a_header(curator):
    curator.post(reverse("person-import"), {"pasted": "\t".join(RIGHT)})
    store(curator, PeopleImport.objects.get())

    assert Person.objects.get().surname == "Ёлкин"


def test_full_name_in_one_column(curator):
    header = ["ФИО", "Пол", "Кто", "Класс"]
    upload(curator, book(["Алиев Самед Гасан оглы", "м", "ученик", "6В"], header=header))
    store(curator, PeopleImport.objects.get())

    assert Person.objects.get().patronymic == "Гасан оглы"


def test_wrong_rows_are_named_repaired_and_stored(curator):
    wrong = ["Иванов", "Никита", "", "", "31.02.2011", "обучающийся", "", "", "", "нет", ""]
    upload(curator, book(RIGHT, wrong))
    job = PeopleImport.objects.get()
    page = curator.get(reverse("person-import-check", args=[job.pk])).content.decode()
    for words in ("Строка 3", "Пол не указан", "Дата пишется так", "Адрес написан с ошибкой"):
        assert words in page

    store(curator, job)
    assert Person.objects.count() == 1
    repaired = {
        "row": "1", "1-gender": "м", "1-birth_date": "01.02.2011", "1-class": "5б", "1-email": "",
    }  # fmt: skip
    store(curator, job, **repaired)

    assert Person.objects.get(surname="Иванов").class_name == "5 «Б»"


def test_wrong_rows_come_back_as_xlsx(curator):
    upload(curator, book(["Иванов", "", "", "м", "", "обучающийся", "7а", "", "", "", ""]))
    job = PeopleImport.objects.get()

    answer = curator.get(reverse("person-import-errors", args=[job.pk]))

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.cell(2, len(HEADER) + 1).value == "Имя: Не заполнено."


def test_two_people_of_one_name_are_asked_about(curator, school):
    known = recipes.pupil(school, "Ёлкин Пётр Ильич", grade=3, letter="Б")
    upload(curator, book(["Елкин", *RIGHT[1:4], "", "обучающийся", "7а", "", "", "", ""]))
    job = PeopleImport.objects.get()

    store(curator, job)
    assert Person.objects.count() == 1
    assert "Это он?" in curator.get(reverse("person-import-check", args=[job.pk])).content.decode()

    store(curator, job, row="0", **{"0-decision": "new"})
    assert Person.objects.exclude(pk=known.pk).get().class_name == "7 «А»"


def test_changes_are_stored_only_when_ticked(curator, school):
    upload(curator, book(RIGHT))
    store(curator, PeopleImport.objects.latest("pk"))
    moved = [*RIGHT[:6], "8а", *RIGHT[7:]]
    upload(curator, book(moved))
    job = PeopleImport.objects.latest("pk")

    store(curator, job)
    assert Person.objects.get().grade == 7
    store(curator, job, update="1")
    assert Person.objects.get().grade == 8


def merged() -> bytes:
    workbook = Workbook()
    workbook.active.append(HEADER)
    workbook.active.append(RIGHT)
    workbook.active.merge_cells("A2:B2")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def formula() -> bytes:
    workbook = Workbook()
    workbook.active.append(HEADER)
    workbook.active.append(["=A1", *RIGHT[1:]])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return out.getvalue()


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(RIGHT))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"plain text", "не файл XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "старый формат XLS"),
        (b"PK\x03\x04" + b"0" * 600, "повреждён"),
        (b"0" * (6 * 1024 * 1024), "больше 5 МБ"),
        (b"0" * (50 * 1024 * 1024), "12 МБ"),
        (bomb(), "распаковывается"),
        (entities(), "повреждён"),
        (merged(), "объединённые ячейки (A2:B2)"),
        (book(), "ни одной строки"),
        (book(["Иванов"], header=["Фамилия"]), "«Имя», «Пол», «Кто»"),
        (book(*[RIGHT] * 5001), "больше 5000 строк"),
    ],
    ids=range(11),
)
def test_bad_files_get_words_by_the_field(curator, content, words):
    answer = upload(curator, content)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PeopleImport.objects.exists()


def test_a_formula_is_named_in_its_row(curator):
    upload(curator, formula())
    job = PeopleImport.objects.get()

    page = curator.get(reverse("person-import-check", args=[job.pk])).content.decode()

    assert "В ячейке формула" in page


def test_pasted_text_is_kept_when_it_is_refused(curator):
    answer = curator.post(reverse("person-import"), {"pasted": "Фамилия\tИмя\nИванов\tНикита"})

    assert answer.status_code == 422
    assert "Иванов\tНикита" in answer.content.decode()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(content=st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail))
def test_random_bytes_never_break_the_reader(content):
    with pytest.raises(spreadsheet.Unreadable):
        spreadsheet.read_xlsx(content)


CELL = st.sampled_from(["=1+1", "+7 914 000-00-01", "-", "@x", "с\u00a0пробелом", "😀", "обычный"])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_written_cells_come_back_equal_and_are_no_formulas(rows):
    content = spreadsheet.write_xlsx("Л", ["а", "б"], [list(row) for row in rows])

    sheet = load_workbook(io.BytesIO(content)).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert found == [list(row) for row in rows]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row)


def test_export_then_import_changes_nothing(curator, school):
    recipes.pupil(school, "Алиев Самед Гасан оглы", phone="+7 914 000-00-01")
    recipes.teacher(school, "Непомнящая Ольга Фёдоровна", gender="f")
    content = curator.get(reverse("person-export")).content

    rows, _ = importing.rows_of(spreadsheet.read_xlsx(content))

    assert [row.state for row in importing.check(school, rows)] == ["same", "same"]


def test_command_lists_wrong_rows_and_stores_nothing_unless_partial(school, tmp_path, capsys):
    file = tmp_path / "люди.xlsx"
    file.write_bytes(book(RIGHT, ["Иванов", "", "", "м", "", "обучающийся", "7а", "", "", "", ""]))
    for options, stored in (([], 0), (["--dry-run"], 0), (["--partial"], 1)):
        with pytest.raises(SystemExit):
            call_command("import_people", str(file), "--school", str(school.pk), *options)
        assert Person.objects.count() == stored
    assert "Строка 3: Имя: Не заполнено." in capsys.readouterr().err
    assert (tmp_path / "люди-ошибки.xlsx").exists()


def test_somebody_elses_import_is_not_there(client_of, curator):
    upload(curator, book(RIGHT))
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))

    address = reverse("person-import-check", args=[PeopleImport.objects.get().pk])

    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("element", [b"<row/>", b"<c/>"])
def test_sec11_a_sheet_of_empty_elements_is_refused_before_it_is_read(element):
    whole = spreadsheet.write_xlsx("Л", ["Фамилия", "Имя"], [["Ким", "Вера"]])
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bomb,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", element * 400_000 + b"</sheetData>")
            bomb.writestr(entry.filename, content)

    with pytest.raises(spreadsheet.Unreadable, match="слишком много ячеек"):
        spreadsheet.read_xlsx(out.getvalue())


def test_sec08_control_characters_of_pasted_rows_are_dropped():
    sheet = spreadsheet.read_pasted("Фамилия;Имя\nИва\x01нов;Пётр\x02")

    assert sheet.rows[1][1] == ["Иванов", "Пётр"]
