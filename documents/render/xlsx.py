"""A list as XLSX: texts only, ready to filter on the screen and to print sideways (SEC 10)."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from documents import wording
from documents.render.docx_package import UNDATED, archive

# What a spreadsheet takes for the beginning of a formula.
_FORMULA_MARKS = ("=", "+", "-", "@")
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH = 31
_A4 = 9
_NARROWEST, _WIDEST = 5, 40
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def render_xlsx(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[float] | None = None,
) -> bytes:
    """A sheet named ``title`` with a bold header that stays in sight and on every printed page.

    ``widths`` are those of the columns in letters; without them they follow the texts. All cells
    are texts, none a formula, and no sign is added to them: «+7 914 …» and «-» read back as they
    were. Equal lists give equal bytes.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    texts = [[wording.clean(text or "") for text in row] for row in rows]
    book = Workbook(write_only=True)
    book.properties.creator = "Портал наставничества"
    name = wording.clean(_FORBIDDEN_IN_NAME.sub(" ", title)).strip(" '")[:_NAME_LENGTH]
    sheet = book.create_sheet(name or "Список")
    for column, width in enumerate(widths or _fitting(header, texts), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = f"{get_column_letter(len(header) or 1)}{len(texts) + 1}"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True

    thin = Side(style="thin")
    looks = {
        "alignment": Alignment(wrap_text=True, vertical="top"),
        "border": Border(left=thin, right=thin, top=thin, bottom=thin),
        "number_format": "@",
    }

    def model(**more):
        cell = WriteOnlyCell(sheet)
        for attribute, look in (looks | more).items():
            setattr(cell, attribute, look)
        return cell

    bold = model(font=Font(bold=True), alignment=Alignment(wrap_text=True, vertical="center"))
    ordinary, quoted = model(), model(quotePrefix=True)

    def cell(text: str, look):
        made = WriteOnlyCell(sheet)
        made._style = look._style  # a look is shared by thousands of cells; setting it anew is slow
        if text:
            made.value = text
            made.data_type = "s"
        return made

    sheet.append([cell(wording.clean(text), bold) for text in header])
    for line in texts:
        sheet.append(
            [cell(text, quoted if text.startswith(_FORMULA_MARKS) else ordinary) for text in line]
        )
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _fitting(header: Sequence[str], texts: Sequence[Sequence[str]]) -> list[int]:
    """Widths by the longest word of the header and the longest text, within limits."""
    widths = []
    for column, name in enumerate(header):
        longest_word = max(map(len, name.split() or [""]))
        longest_text = max((len(line[column]) for line in texts), default=0)
        # Room for the button of the filter.
        widths.append(min(_WIDEST, max(_NARROWEST, longest_word + 3, longest_text + 2)))
    return widths


def _undated(content: bytes) -> bytes:
    """The file without the time of its making."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        read = {entry: parts.read(entry) for entry in parts.namelist()}
    core = "docProps/core.xml"
    read[core] = _CHANGED.sub(rf"\g<1>{UNDATED}T00:00:00Z".encode(), read[core])
    return archive(read)
