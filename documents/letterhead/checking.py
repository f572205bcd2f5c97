"""Letterheads and emblems of a school: checked by content, pictures made anew (SEC 09)."""

import base64
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from documents import wording
from documents.letterhead.archive import NOT_DOCX, OTHER_KINDS, check_archive
from documents.paper import Annex, Clause, Paper, Paragraph, Preamble, Resolution, Signature
from programmes.scans import BROKEN_IMAGE, ENDS, TOO_LARGE_IMAGE, check_size

LIMIT_BYTES = 5 * 1024 * 1024
MOST_LINES = 40
LONGEST_LINE = 300

EMBLEM_BYTES = 2 * 1024 * 1024
EMBLEM_SIDE = 600
EMBLEM_KINDS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}


def checked_letterhead(content: bytes, name: str) -> bytes:
    """``content`` of the uploaded file called ``name``, when it is a DOCX to print papers on.

    It must be a plain Word document with nothing that runs, nothing from outside and nothing that
    blows up when unpacked, a sample paper must come out on it, and it must be no longer than the
    head of a paper. Raises ValidationError with words in Russian that say what to change.
    """
    extension = name.rpartition(".")[2].lower()
    if extension in OTHER_KINDS:
        raise ValidationError(OTHER_KINDS[extension])
    if not name.lower().endswith(".docx"):
        raise ValidationError("Бланк должен быть файлом DOCX. Другие файлы не принимаются.")
    if len(content) > LIMIT_BYTES:
        raise ValidationError("Бланк больше 5 МБ. Уменьшите картинки в нём.")
    check_archive(content)
    lines = _lines_of_sample(content)
    if len(lines) > MOST_LINES:
        raise ValidationError(
            f"В файле больше {MOST_LINES} строк: похоже, это целый документ. Оставьте в нём "
            "только шапку."
        )
    if max(map(len, lines), default=0) > LONGEST_LINE:
        raise ValidationError(
            f"В бланке есть строка длиннее {LONGEST_LINE} знаков. Разделите её на несколько "
            "(Enter) или оставьте только шапку."
        )
    return content


_SAMPLE = Paper(
    kind="sample",
    title="ПРИКАЗ",
    organisation=("ОБРАЗЕЦ",),
    short_organisation=("Образец",),
    place=("г. Чита",),
    subject=("О проверке бланка",),
    blocks=(
        Preamble("preamble", ("В целях проверки бланка",)),
        Resolution("resolution"),
        Clause("clause", ("Напечатать образец.",)),
    ),
    signatures=(Signature("signature", ("Директор",), ("И.О. Фамилия",)),),
    annexes=(
        Annex("annex", ("Приложение",), ("Образец",), (Paragraph("text", ("Текст.",)),), (), True),
    ),
)


def _lines_of_sample(content: bytes) -> tuple[str, ...]:
    """The lines of a letterhead on which a sample paper has come out."""
    from docx import Document

    from documents.render.docx import render_docx

    try:
        Document(io.BytesIO(render_docx(_SAMPLE, letterhead=content)))
        return letterhead_lines(content)
    except Exception as error:  # a foreign file may break the library in ways it does not name
        raise ValidationError(NOT_DOCX) from error


# What a letterhead says and shows


def letterhead_lines(content: bytes) -> tuple[str, ...]:
    """The lines of the head of a checked letterhead, which PDF and preview print (Paper.head).

    Header of the first page first, then paragraphs and cells of the body in order; page numbers
    and empty lines left out.
    """
    from docx import Document

    document = Document(io.BytesIO(content))
    found: list[str] = []
    for part in (*_first_headers(document), document.element.body):
        for paragraph in part.iter(_W + "p"):
            if any(True for _ in paragraph.iterancestors(_FALLBACK)):
                continue
            lines = "".join(_pieces(paragraph)).split("\n")
            found += [wording.clean(line).strip(" \u00a0") for line in lines]
    return tuple(line for line in found if line)


# Word repeats a text box for old programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _first_headers(document) -> Iterator:
    """The header that stands on the first page, if there is one."""
    for section in document.sections[:1]:
        is_first = section.different_first_page_header_footer
        header = section.first_page_header if is_first else section.header
        if not header.is_linked_to_previous:
            yield header._element


def _pieces(paragraph) -> Iterator[str]:
    """The words of a paragraph, not those of text boxes in it nor what fields such as PAGE show."""
    fields: list[tuple[str, bool]] = []  # of each open field its code and whether that has ended
    for element in paragraph.iter(*_PIECES):
        if next(element.iterancestors(_W + "p")) is not paragraph:
            continue
        name = element.tag.removeprefix(_W)
        if name == "fldChar":
            kind = element.get(_W + "fldCharType")
            code = "" if kind == "begin" else fields.pop()[0] if fields else ""
            if kind != "end":
                fields.append((code, kind == "separate"))
        elif name == "instrText":
            fields[-1:] = [(fields[-1][0] + (element.text or ""), False)] if fields else []
        elif all(has_ended and "PAGE" not in code for code, has_ended in fields) and not any(
            "PAGE" in field.get(_W + "instr", "")
            for field in element.iterancestors(_W + "fldSimple")
        ):
            yield (element.text or "") if name == "t" else _SIGNS[name]


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PIECES = [_W + name for name in ("t", "fldChar", "instrText", *_SIGNS)]


def letterhead_emblem(content: bytes) -> str:
    """The first picture of a checked letterhead as PNG in base64, "" when it has none.

    Pictures that Pillow cannot read (EMF, WMF) are passed over.
    """
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(content))
    parts = [document.part]
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if not header.is_linked_to_previous:
                parts.append(header.part)
    for part in parts:
        for element in part.element.iter(qn("a:blip"), _VML_IMAGE):
            relation = element.get(qn("r:embed")) or element.get(qn("r:id"))
            picture = part.related_parts.get(relation)
            if picture is None:
                continue
            try:
                return base64.b64encode(_made_anew(picture.blob, None)).decode()
            except ValidationError:
                continue
    return ""


_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"


def checked_emblem(content: bytes, name: str) -> bytes:
    """The uploaded picture called ``name`` as a PNG of at most 600 pixels a side, without metadata.

    Raises ValidationError with words in Russian.
    """
    kind = EMBLEM_KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise ValidationError("Эмблема должна быть картинкой PNG или JPEG.")
    if len(content) > EMBLEM_BYTES:
        raise ValidationError("Эмблема больше 2 МБ. Уменьшите картинку.")
    return _made_anew(content, [kind])


def _made_anew(content: bytes, formats: list[str] | None) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=formats or _READABLE) as image:
            check_size(image)
            if ENDS.get(image.format, b"") not in content:
                raise ValidationError(BROKEN_IMAGE)
            image.draft("RGB", (EMBLEM_SIDE, EMBLEM_SIDE))  # a large JPEG is decoded small
            upright = ImageOps.exif_transpose(image)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            picture = upright.convert("RGBA" if has_alpha else "RGB")
            picture.thumbnail((EMBLEM_SIDE, EMBLEM_SIDE))
            picture.info = {}
            out = io.BytesIO()
            picture.save(out, "PNG", optimize=True)
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_LARGE_IMAGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, ZeroDivisionError) as error:
        raise ValidationError(BROKEN_IMAGE) from error
    return out.getvalue()


_READABLE = ["PNG", "JPEG", "GIF", "BMP", "TIFF"]
