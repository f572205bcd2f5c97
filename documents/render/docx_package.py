"""The file round the words of a Word document: its parts and how they hang together."""

import datetime
import io
import zipfile
from functools import cache
from html import escape

from documents import wording
from documents.paper import Paper
from documents.printing import author_of
from documents.render import docx_styles as sheet
from documents.render.docx_words import paragraph_xml

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
NAMES = f'xmlns:w="{sheet.NAMESPACE}" xmlns:r="{sheet.RELATIONS}"'
# A file without a date of its own says it was made on this day: equal papers, equal bytes.
UNDATED = datetime.date(2000, 1, 1)
# The relationship from the document to the picture of the emblem.
EMBLEM = "rId6"


def package(paper: Paper, body: str, emblem: bytes | None = None) -> bytes:
    """A whole DOCX with the XML of ``body`` and the PNG picture that it shows, if any."""
    parts = _fixed_parts(emblem is not None) | {
        "word/document.xml": f"{XML}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": _core_properties(paper),
    }
    content = {name: part.encode() for name, part in parts.items()}
    if emblem is not None:
        content["word/media/emblem.png"] = emblem
    return archive(content)


@cache
def _fixed_parts(has_emblem: bool) -> dict[str, str]:
    office = "application/vnd.openxmlformats-officedocument"
    word = f"{office}.wordprocessingml"
    package = "http://schemas.openxmlformats.org/package/2006"
    overrides = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/word/header1.xml": f"{word}.header+xml",
        "/word/header2.xml": f"{word}.header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{office}.extended-properties+xml",
    }
    types = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    if has_emblem:
        types = f'<Default Extension="png" ContentType="image/png"/>{types}'
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}</Types>",
        "_rels/.rels": _relationships(
            f"{sheet.RELATIONS}/officeDocument", "word/document.xml",
            f"{package}/relationships/metadata/core-properties", "docProps/core.xml",
            f"{sheet.RELATIONS}/extended-properties", "docProps/app.xml",
        ),
        "word/_rels/document.xml.rels": _relationships(
            f"{sheet.RELATIONS}/styles", "styles.xml",
            f"{sheet.RELATIONS}/settings", "settings.xml",
            f"{sheet.RELATIONS}/header", "header1.xml",
            f"{sheet.RELATIONS}/header", "header2.xml",
            f"{sheet.RELATIONS}/fontTable", "fontTable.xml",
            *((f"{sheet.RELATIONS}/image", "media/emblem.png") if has_emblem else ()),
        ),
        "word/styles.xml": sheet.styles_part(),
        "word/settings.xml": f'{XML}<w:settings {NAMES}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="708"/><w:autoHyphenation/><w:hyphenationZone w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>",
        "word/fontTable.xml": f'{XML}<w:fonts {NAMES}><w:font w:name="{sheet.FONT}">'
        '<w:altName w:val="Liberation Serif"/><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="CC"/><w:family w:val="roman"/><w:pitch w:val="variable"/>'
        "</w:font></w:fonts>",
        "word/header1.xml": f"{XML}<w:hdr {NAMES}>{page_number_xml()}</w:hdr>",
        "word/header2.xml": f"{XML}<w:hdr {NAMES}>{paragraph_xml(sheet.PAGE_NUMBER_ID)}</w:hdr>",
        "docProps/app.xml": f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/extended-properties"><Application>Портал наставничества'
        "</Application></Properties>",
    }  # fmt: skip


def _relationships(*pairs: str) -> str:
    relations = "".join(
        f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(zip(pairs[::2], pairs[1::2], strict=True), start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{package}">{relations}</Relationships>'


def page_number_xml() -> str:
    """The paragraph of a header that shows the number of its page."""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return paragraph_xml(sheet.PAGE_NUMBER_ID, field)


def _core_properties(paper: Paper) -> str:
    author = escape(author_of(paper))
    day = f"{paper.date or UNDATED}T00:00:00Z"
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(wording.plain(paper.full_title))}</dc:title>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "<dc:language>ru-RU</dc:language></cp:coreProperties>"
    )


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive with the same bytes for the same parts: no time of making in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as out_zip:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix on every machine, so that the bytes are the same
            info.external_attr = 0o644 << 16
            out_zip.writestr(info, content)
    return out.getvalue()
