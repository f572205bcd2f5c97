import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from documents import wording
from documents.render.xlsx import render_xlsx
from programmes.people.spreadsheet import read_xlsx

HEADER = ("№", "ФИО наставника", "Контактные данные")
PAYLOADS = ("=1+1", "+7 914 000-00-00", "-", "@SUM(A1)", "=HYPERLINK(1)", "=", "001", "Черных")


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("text", PAYLOADS)
def test_sec10_no_text_becomes_a_formula_or_changes(text):
    content = render_xlsx("База", HEADER, [[text, text, text]])
    cells = sheet_of(content)[2]
    assert [cell.value for cell in cells] == [text] * 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells} == {text[0] in "=+-@"}
    assert {cell.number_format for cell in cells} == {"@"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_it_is_ready_to_filter_and_to_print():
    sheet = sheet_of(render_xlsx("База", HEADER, [["1", "Черных", ""], ["2", "Ли", ""]]))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert all(cell.font.bold for cell in sheet[1])
    assert all(cell.alignment.wrap_text for row in sheet["A1:C3"] for cell in row)
    assert all(cell.border.left.style == "thin" for row in sheet["A1:C3"] for cell in row)


def test_widths_follow_the_texts_within_limits_or_are_given():
    rows = [["1", "Тимофеева-Цыренова Сэсэгма Дашиевна", "а" * 300]]
    fitted = sheet_of(render_xlsx("База", HEADER, rows)).column_dimensions
    assert (fitted["A"].width, fitted["C"].width) == (5, 40)
    assert fitted["B"].width >= len(rows[0][1])
    given_widths = sheet_of(render_xlsx("База", HEADER, rows, widths=(4, 30, 20)))
    assert given_widths.column_dimensions["B"].width == 30


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("База: наставников", "База наставников"),
        ("Журнал регистрации приказов по основной деятельности", "Журнал регистрации приказов по "),
        ("", "Список"),
        ("[*]", "Список"),
    ],
)
def test_any_title_makes_a_name_of_a_sheet(title, name):
    assert sheet_of(render_xlsx(title, HEADER, [])).title == name


def test_equal_lists_give_equal_bytes_without_the_time_of_making():
    content = render_xlsx("База", HEADER, [["1", "Ли", "-"]])
    assert render_xlsx("База", HEADER, [["1", "Ли", "-"]]) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        days = re.findall(r"\d{4}-\d\d-\d\dT", parts.read("docProps/core.xml").decode())
        assert days == ["2000-01-01T"] * 2
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=5))
def test_whatever_is_in_the_list_reads_back_the_same(rows):
    content = render_xlsx("База", HEADER, rows)
    read = [[cell.value or "" for cell in row] for row in sheet_of(content).iter_rows()]
    assert read == [list(HEADER), *([wording.clean(text) for text in row] for row in rows)]
    assert "(формула)" not in str(read_xlsx(content).rows)
