"""Reading and writing XLSX safely. Knows no models (SEC 10, 11).

A table is a list of rows, a row a list of texts; line numbers are those a person sees in the file.
"""

import datetime
import io
import zipfile
import zlib
from dataclasses import dataclass, field

from programmes.text import clean_text

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ROWS = 5000
MAX_COLUMNS = 60
# Elements that a reader has to walk through, whatever is asked of it: empty rows and cells too.
MAX_ELEMENTS = {b"row": 20_000, b"c": 320_000, b"si": 320_000}
FORMULA = "(формула)"  # stands for a cell whose value nobody has worked out


class Unreadable(Exception):
    """The file cannot be used; the message says why and what to do, in Russian."""


@dataclass
class Sheet:
    """``rows``: (line number, texts) of the rows that are not empty."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read_xlsx(content: bytes) -> Sheet:
    """The first sheet of an XLSX. Raises Unreadable; never trusts sizes, links or entities."""
    check_archive(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = _rows_of(sheet)
        finally:
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # a broken file can break the reader in any way
        raise Unreadable(
            "Файл повреждён: таблица не читается. Откройте его в редакторе таблиц и сохраните "
            "заново как XLSX."
        ) from error
    merged = _merged_ranges(content)
    if merged:
        raise Unreadable(
            f"В таблице есть объединённые ячейки ({', '.join(merged[:3])}). "
            "Снимите объединение: каждая строка – один человек."
        )
    if not rows:
        raise Unreadable("В таблице нет ни одной заполненной строки.")
    return Sheet(rows)


def check_archive(content: bytes) -> None:
    """Refuse what is no XLSX, or unpacks to more than it should, before reading it."""
    if len(content) > MAX_BYTES:
        raise Unreadable("Файл больше 5 МБ. В списке школы столько не бывает: проверьте файл.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "Это старый формат XLS или файл с паролем. Сохраните таблицу как XLSX без пароля."
        )
    if not content.startswith(b"PK"):
        raise Unreadable("Это не файл XLSX. Сохраните таблицу как «Книга Excel (XLSX)».")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(1, sum(entry.compress_size for entry in entries))
            names = {entry.filename for entry in entries}
            is_heavy = (
                len(entries) <= MAX_ENTRIES
                and unpacked <= MAX_UNPACKED
                and any(_is_heavy(archive, entry) for entry in entries)
            )
            has_doctype = len(entries) <= MAX_ENTRIES and any(
                b"<!" in archive.open(entry).read(512)
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError) as error:
        raise Unreadable("Файл повреждён: он не открывается. Сохраните его заново.") from error
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise Unreadable("Файл распаковывается в слишком большой. Портал его не принимает.")
    if is_heavy:
        raise Unreadable(
            f"В таблице больше {MAX_ROWS} строк или слишком много ячеек, хотя бы и пустых. "
            "Скопируйте нужные строки в новую таблицу."
        )
    if has_doctype:
        raise Unreadable("Файл повреждён: в нём есть то, чего в таблицах не бывает.")
    if "xl/workbook.xml" not in names:
        raise Unreadable("Это не таблица XLSX, хотя файл похож на неё.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("В файле есть макросы. Сохраните таблицу как XLSX без макросов.")


def _is_heavy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part holds more rows, cells or texts than ``MAX_ELEMENTS``, read as a stream."""
    if not (entry.filename.startswith("xl/") and entry.filename.endswith(".xml")):
        return False
    counts = dict.fromkeys(MAX_ELEMENTS, 0)
    with archive.open(entry) as part:
        rest = b""
        while chunk := part.read(1 << 20):
            text = rest + chunk
            rest = text[-20:]
            for name in counts:
                counts[name] += text.count(b"<" + name + b" ") + text.count(b"<" + name + b">")
                counts[name] += text.count(b"<" + name + b"/")
                for end in (b" ", b">", b"/"):  # those in the overlap are counted next time
                    counts[name] -= rest.count(b"<" + name + end)
                if counts[name] > MAX_ELEMENTS[name]:
                    return True
    return False


def _rows_of(sheet) -> list[tuple[int, list[str]]]:
    rows = []
    for line, cells in enumerate(
        sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS), start=1
    ):
        texts = [FORMULA if cell.data_type == "f" else as_text(cell.value) for cell in cells]
        if any(texts):
            rows.append((line, texts))
    if rows and rows[-1][0] > MAX_ROWS + 1:
        raise Unreadable(f"В таблице больше {MAX_ROWS} строк. Разделите её на части.")
    return rows


def as_text(value) -> str:
    """A cell as a person would type it: dates as 09.11.2026, whole numbers without «.0»."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean_text(str(value)).strip()


def _merged_ranges(content: bytes) -> list[str]:
    """Merged ranges of the first sheet; the quick reader above does not see them."""
    import re

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
        if not sheets:
            return []
        tail = archive.read(sheets[0])[-200_000:]
    return [m.decode() for m in re.findall(rb'<mergeCell ref="([A-Z0-9:]{1,20})"', tail)]


def read_pasted(text: str) -> Sheet:
    """Rows pasted from a spreadsheet: cells part with tabs (or semicolons when there is no tab)."""
    lines = clean_text(text).split("\n")
    mark = "\t" if "\t" in text else ";"
    rows = [
        (number, [cell.strip() for cell in line.split(mark)][:MAX_COLUMNS])
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not rows:
        raise Unreadable("Вставьте строки таблицы: фамилия, имя, отчество и так далее.")
    if len(rows) > MAX_ROWS + 1:
        raise Unreadable(f"Вставлено больше {MAX_ROWS} строк. Разделите их на части.")
    return Sheet(rows)


def write_xlsx(
    title: str,
    header: list[str],
    rows: list[list[str]],
    choices: dict[int, list[str]] | None = None,
) -> bytes:
    """A sheet of texts with a bold header. No cell ever becomes a formula (SEC 10).

    ``choices`` gives the drop-down values of a column by its number from 0.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for number, line in enumerate([header, *rows], start=1):
        for column, text in enumerate(line, start=1):
            if not text and number > 1:
                continue
            cell = sheet.cell(number, column)
            cell.value = text
            cell.data_type = "s"
            if text[:1] in ("=", "+", "-", "@", "\t"):
                cell.quotePrefix = True
            cell.number_format = "@"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column, name in enumerate(header, start=1):
        longest = max([len(name), *(len(line[column - 1]) for line in rows[:200])])
        sheet.column_dimensions[get_column_letter(column)].width = min(60, longest + 4)
    for column, values in (choices or {}).items():
        letter = get_column_letter(column + 1)
        rule = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{MAX_ROWS}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
