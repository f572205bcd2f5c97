"""The named styles and the sheet of a paper in Word, as WordprocessingML (domain notes § 3.1).

Each style says everything about itself, so that papers look the same on a school's letterhead.
Distances are in points, widths of the sheet in millimetres.
"""

from dataclasses import dataclass
from html import escape

from documents.printing import Style

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

FONT = "Times New Roman"
SIZE = 14
STAMP_SIZE = 13
HEAD_SIZE = 12  # founder and organisation: capitals in lines of at most 120 mm
TABLE_SIZE = 12

PORTRAIT = (210, 297)
MARGINS = (20, 10, 20, 30)  # top, right, bottom, left
# The binding edge is the upper one of a sheet turned sideways.
LANDSCAPE_MARGINS = (30, 20, 10, 20)
HEADER_DISTANCE = 10
TEXT_WIDTH = PORTRAIT[0] - MARGINS[1] - MARGINS[3]
LANDSCAPE_TEXT_WIDTH = PORTRAIT[1] - LANDSCAPE_MARGINS[1] - LANDSCAPE_MARGINS[3]
STAMP_WIDTH = 80
HEAD_INDENT = (TEXT_WIDTH - 120) / 2  # a centred requisite is at most 120 mm wide
NAME_COLUMN = 70

FIRST_LINE = 12.5


def twips(millimetres: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Look:
    """How paragraphs of one style look. ``line`` is the line spacing, ``tab`` a tab stop."""

    name: str
    align: str = "left"
    bold: bool = False
    size: int = SIZE
    before: float = 0
    after: float = 0
    line: float = 1.0
    first_line: float = 0
    left: float = 0
    right: float = 0
    tab: tuple[str, float] | None = None
    outline: int | None = None
    is_spaced_as_one: bool = False  # no space between paragraphs of this style


def _body(name: str) -> Look:
    return Look(name, align="both", line=1.15, first_line=FIRST_LINE)


LOOKS = {
    Style.FOUNDER: Look(
        "Учредитель", "center", size=HEAD_SIZE, after=6, left=HEAD_INDENT, right=HEAD_INDENT
    ),
    Style.ORGANISATION: Look(
        "Наименование организации",
        "center",
        bold=True,
        size=HEAD_SIZE,
        left=HEAD_INDENT,
        right=HEAD_INDENT,
    ),
    Style.SHORT_ORGANISATION: Look(
        "Сокращённое наименование", "center", before=4, left=HEAD_INDENT, right=HEAD_INDENT
    ),
    Style.LETTERHEAD: Look(
        "Строка бланка", "center", size=HEAD_SIZE, left=HEAD_INDENT, right=HEAD_INDENT
    ),
    Style.MARK: Look(
        "Отметка о приложении", size=STAMP_SIZE, after=8, left=TEXT_WIDTH - STAMP_WIDTH
    ),
    Style.STAMP: Look(
        "Гриф утверждения",
        size=STAMP_SIZE,
        after=12,
        left=TEXT_WIDTH - STAMP_WIDTH,
        is_spaced_as_one=True,
    ),
    Style.STAMP_LEFT: Look(
        "Гриф принятия",
        size=STAMP_SIZE,
        after=12,
        right=TEXT_WIDTH - STAMP_WIDTH,
        is_spaced_as_one=True,
    ),
    Style.TITLE: Look("Вид документа", "center", bold=True, before=18, after=12, outline=0),
    Style.SUBTITLE: Look("Вид документа, вторая строка", "center", bold=True, after=12),
    Style.REGISTRATION: Look("Дата и номер", tab=("right", TEXT_WIDTH)),
    Style.PLACE: Look("Место составления", "center", before=6),
    Style.SUBJECT: Look(
        "Заголовок к тексту", bold=True, before=18, after=18, is_spaced_as_one=True
    ),
    Style.PREAMBLE: _body("Преамбула"),
    Style.RESOLUTION: Look("Распорядительное слово", before=8, after=8, line=1.15),
    Style.HEADING: Look("Подзаголовок текста", before=8, line=1.15, outline=1),
    Style.SECTION: Look("Раздел", "center", bold=True, before=12, after=6, outline=1),
    Style.CLAUSE: _body("Пункт"),
    Style.SUBCLAUSE: _body("Подпункт"),
    Style.ITEM: _body("Позиция перечня"),
    Style.TEXT: _body("Абзац документа"),
    Style.ENTRY: _body("Строка перечня"),
    Style.EXECUTOR: _body("Ответственный"),
    Style.TABLE_HEADER: Look("Заголовок таблицы", "center", size=TABLE_SIZE),
    Style.TABLE_ROW: Look("Текст таблицы", size=TABLE_SIZE),
    Style.SIGNATURE: Look("Подпись", before=32, tab=("right", TEXT_WIDTH)),
    Style.ACKNOWLEDGEMENT_HEADING: Look("Заголовок ознакомления", before=24, after=4),
    Style.ACKNOWLEDGEMENT: Look("Строка ознакомления", line=1.4, tab=("left", NAME_COLUMN)),
    Style.ANNEX_TITLE: Look(
        "Заголовок приложения", "center", bold=True, before=12, after=6, outline=0
    ),
}

PAGE_NUMBER_ID = "PaperPageNumber"
TABLE_ID = "PaperTable"


def style_id(style: Style) -> str:
    """The id of a style in the file; its Russian name is in LOOKS."""
    return "Paper" + "".join(word.capitalize() for word in style.value.split("-"))


def _character(bold: bool, size: int) -> str:
    return (
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f"{'<w:b/><w:bCs/>' if bold else ''}"
        f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/><w:lang w:val="ru-RU"/>'
    )


def _paragraph(look: Look) -> str:
    tab = ""
    if look.tab:
        kind, place = look.tab
        tab = f'<w:tabs><w:tab w:val="{kind}" w:pos="{twips(place)}"/></w:tabs>'
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    return (
        f"<w:widowControl/>{tab}"
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" '
        f'w:line="{round(look.line * 240)}" w:lineRule="auto"/>'
        f'<w:ind w:left="{twips(look.left)}" w:right="{twips(look.right)}" '
        f'w:firstLine="{twips(look.first_line)}"/>'
        f"{'<w:contextualSpacing/>' if look.is_spaced_as_one else ''}"
        f'<w:jc w:val="{look.align}"/>{outline}'
    )


def _style(identifier: str, look: Look) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val="{escape(look.name)}"/><w:qFormat/>'
        f"<w:pPr>{_paragraph(look)}</w:pPr><w:rPr>{_character(look.bold, look.size)}</w:rPr>"
        "</w:style>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides
    )


def custom_styles() -> list[str]:
    """Each of our styles as an XML element with the prefix ``w``."""
    return [
        *(_style(style_id(style), look) for style, look in LOOKS.items()),
        _style(PAGE_NUMBER_ID, Look("Номер страницы документа", "center", size=TABLE_SIZE)),
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_ID}">'
        '<w:name w:val="Таблица документа"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style>",
    ]


def styles_part() -> str:
    """The whole styles part of a file without a letterhead."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults>'
        f"<w:rPrDefault><w:rPr>{_character(False, SIZE)}</w:rPr></w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        f"{''.join(custom_styles())}</w:styles>"
    )
