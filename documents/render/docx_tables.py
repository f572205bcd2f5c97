"""Tables of a Word document: those of the paper and the one that sets two stamps side by side."""

from documents.printing import Line, Style
from documents.render import docx_styles as sheet
from documents.render.columns import type_of, widths_of
from documents.render.docx_styles import style_id, table_style_id, twips
from documents.render.docx_words import paragraph_xml, runs_xml, words_xml

_BARE = (
    '<w:tblCellMar><w:top w:w="{high}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="{high}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar>'
)


def table_xml(rows: list[Line], width: float, keep: bool = False) -> str:
    """A table ``width`` mm wide; ``keep`` its last row with the paragraph after it."""
    table = rows[0].table
    kind = type_of(table)
    widths = [twips(column) for column in widths_of(rows, width)]
    body = []
    for line in rows:
        is_header = line.style is Style.TABLE_HEADER
        kept = is_header or (keep and line is rows[-1])
        middle = '<w:vAlign w:val="center"/>' if is_header else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/>{middle}</w:tcPr>'
            f"{paragraph_xml(table_style_id(line.style, kind), runs_xml(runs), keep=kept)}</w:tc>"
            for column, runs in zip(widths, line.parts, strict=True)
        )
        head = "<w:tblHeader/>" if is_header else ""
        body.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
    style = "" if table.is_plain else f'<w:tblStyle w:val="{sheet.table_id(kind)}"/>'
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_BARE.format(high=40, right=170) if table.is_plain else ""}'
        f"</w:tblPr>{_grid(widths)}{''.join(body)}</w:tbl>"
    )


def stamps_xml(stamped: list[Line], width: float) -> str:
    """«ПРИНЯТО» and «УТВЕРЖДЕНО» level with each other, in a table without borders."""
    widths = [twips(width - sheet.STAMP_WIDTH), twips(sheet.STAMP_WIDTH)]
    cells = []
    for style in (Style.STAMP_LEFT, Style.STAMP):
        cells.append(
            "".join(
                paragraph_xml(style_id(style), words_xml(line), keep=True, left=0, right=0)
                for line in stamped
                if line.style is style
            )
        )
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for share, cell in zip(widths, cells, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_BARE.format(high=0, right=113)}</w:tblPr>{_grid(widths)}'
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def _grid(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"
