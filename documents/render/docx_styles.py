"""The named styles of a paper in Word, as WordprocessingML (domain notes § 3.1).

Each style says everything about itself, so that papers look the same on a school's letterhead.
Distances are in points, widths in millimetres.
"""

from dataclasses import dataclass, replace
from html import escape

from documents.printing import Style
from documents.render.columns import PADDINGS, SIZES, Type
from documents.render.sheet import TEXT_WIDTH

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

FONT = "Times New Roman"
SIZE = 14
STAMP_SIZE = 13
HEAD_SIZE = 12  # founder and organisation: capitals in lines of at most 120 mm
TABLE_SIZE = SIZES[Type.ORDINARY]

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
    outline: int | None = None  # the level of a heading, from 0
    is_spaced_as_one: bool = False  # no space between paragraphs of this style
    is_hyphenated: bool = False
    keeps_lines: bool = False  # all of a paragraph on one page


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
    Style.SIGNATURE: Look("Подпись", before=32, tab=("right", TEXT_WIDTH), keeps_lines=True),
    Style.ACKNOWLEDGEMENT_HEADING: Look("Заголовок ознакомления", before=24, after=4),
    Style.ACKNOWLEDGEMENT: Look("Строка ознакомления", line=1.4, tab=("left", NAME_COLUMN)),
    Style.ANNEX_TITLE: Look(
        "Заголовок приложения", "center", bold=True, before=12, after=6, outline=0
    ),
}

_TABLE_NAMES = {
    Type.ORDINARY: "Таблица документа",
    Type.SMALL: "Широкая таблица документа",
    Type.TINY: "Очень широкая таблица документа",
}

PAGE_NUMBER_ID = "PaperPageNumber"
EMBLEM_ID = "PaperEmblem"


def style_id(style: Style) -> str:
    """The id of a style in the file; its Russian name is in LOOKS."""
    return "Paper" + "".join(word.capitalize() for word in style.value.split("-"))


def table_style_id(style: Style, kind: Type) -> str:
    """The id of the style of words in a table with type of this size."""
    return style_id(style) + kind.value.capitalize()


def table_id(kind: Type) -> str:
    """The id of the style of a table with type of this size."""
    return "PaperTable" + kind.value.capitalize()


def _character(bold: bool, size: int) -> str:
    off = "" if bold else ' w:val="0"'
    return (
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f"<w:b{off}/><w:bCs{off}/>"
        f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/><w:lang w:val="ru-RU"/>'
    )


def _paragraph(look: Look) -> str:
    tab = ""
    if look.tab:
        kind, place = look.tab
        tab = f'<w:tabs><w:tab w:val="{kind}" w:pos="{twips(place)}"/></w:tabs>'
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    return (
        f"{'<w:keepLines/>' if look.keeps_lines else ''}<w:widowControl/>{tab}"
        f"{'' if look.is_hyphenated else '<w:suppressAutoHyphens/>'}"
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" '
        f'w:line="{round(look.line * 240)}" w:lineRule="auto"/>'
        f'<w:ind w:left="{twips(look.left)}" w:right="{twips(look.right)}" '
        f'w:firstLine="{twips(look.first_line)}"/>'
        f"{'<w:contextualSpacing/>' if look.is_spaced_as_one else ''}"
        f'<w:jc w:val="{look.align}"/>{outline}'
    )


def _style(identifier: str, look: Look, is_based: bool = False) -> str:
    based = ""
    if is_based and look.outline is not None:
        based = f'<w:basedOn w:val="Heading{look.outline + 1}"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val="{escape(look.name)}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph(look)}</w:pPr><w:rPr>{_character(look.bold, look.size)}</w:rPr>"
        "</w:style>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides
    )


def custom_styles(*, is_based: bool = False) -> list[str]:
    """Each of our styles as an XML element with the prefix ``w``.

    ``is_based``: headings rest on the built-in ones, which a letterhead may have changed.
    """
    return [
        *(_style(style_id(style), look, is_based) for style, look in LOOKS.items()),
        *(
            _style(
                table_style_id(style, kind),
                replace(
                    LOOKS[style],
                    name=f"{LOOKS[style].name}, {SIZES[kind]} пт",
                    size=SIZES[kind],
                    is_hyphenated=True,
                ),
            )
            for style in (Style.TABLE_HEADER, Style.TABLE_ROW)
            for kind in (Type.SMALL, Type.TINY)
        ),
        _style(PAGE_NUMBER_ID, Look("Номер страницы документа", "center", size=TABLE_SIZE)),
        _style(EMBLEM_ID, Look("Эмблема", "center", after=6)),
        *(_table_style(kind) for kind in Type),
    ]


def _table_style(kind: Type) -> str:
    side = twips(PADDINGS[kind])
    margins = "".join(
        f'<w:{name} w:w="{width}" w:type="dxa"/>'
        for name, width in (("top", 40), ("left", side), ("bottom", 40), ("right", side))
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{table_id(kind)}">'
        f'<w:name w:val="{_TABLE_NAMES[kind]}"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{_borders()}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        "</w:tblPr></w:style>"
    )


def _built_in_headings() -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        for level in (1, 2)
    )


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
        f"{_built_in_headings()}{''.join(custom_styles(is_based=True))}</w:styles>"
    )
