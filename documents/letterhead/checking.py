"""Letterheads and emblems of a school: checked by content, pictures made anew (SEC 09)."""

import base64
import io
import zipfile
import zlib
from collections.abc import Iterator

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError

from documents import wording
from documents.paper import Annex, Clause, Paper, Paragraph, Preamble, Resolution, Signature

LIMIT_BYTES = 5 * 1024 * 1024
LIMIT_ENTRIES = 200
LIMIT_UNPACKED = 50 * 1024 * 1024
LIMIT_XML = 4 * 1024 * 1024
LIMIT_RATIO = 100

EMBLEM_BYTES = 2 * 1024 * 1024
EMBLEM_PIXELS = 40_000_000
EMBLEM_SIDE = 600
EMBLEM_KINDS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}

_SAVE = "Откройте файл в Word и сохраните как «Документ Word (.docx)»"
NOT_DOCX = f"Файл не открывается как DOCX. {_SAVE}, без пароля."
TOO_BIG = "Бланк слишком велик внутри. Оставьте в нём только шапку и уменьшите картинки."
_OTHER_KINDS = {
    "doc": f"Это старый формат DOC. {_SAVE}.",
    "dot": f"Это шаблон DOT. {_SAVE}.",
    "dotx": f"Это шаблон DOTX. {_SAVE}.",
    "dotm": f"Это шаблон с макросами (DOTM). {_SAVE}: макросы в бланке не принимаются.",
    "docm": f"Это документ с макросами (DOCM). {_SAVE}: макросы в бланке не принимаются.",
    "odt": f"Это ODT. {_SAVE}.",
    "rtf": f"Это RTF. {_SAVE}.",
}
_MACROS = f"В бланке есть макросы. {_SAVE}."
_EMBEDDED = (
    "В бланк вставлен другой файл или объект (таблица Excel, формула, элемент управления). "
    "Удалите его: картинку вставьте как PNG или JPEG."
)
_LINKED = {
    "hyperlink": "В бланке есть ссылка (адрес сайта или почты). Щёлкните её правой кнопкой, "
    "выберите «Удалить гиперссылку» – текст останется.",
    "image": "В бланке есть картинка, которая хранится вне файла. Вставьте её в сам файл.",
    "attachedTemplate": "Бланк связан с шаблоном на другом компьютере. Скопируйте содержимое "
    "бланка в новый документ и сохраните его.",
}
_LINKED_OTHER = (
    "Бланк связан с файлом снаружи. Скопируйте его содержимое в новый документ и сохраните."
)
_SVG = "В бланке есть картинка SVG. Замените её картинкой PNG или JPEG."
_FIELD = "В бланке есть поле, которое берёт данные из других файлов ({}). Замените его текстом."
_ENTITIES = f"В файле есть определения, которых в документах Word не бывает. {_SAVE}."

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORD}.document.main+xml"
_FORBIDDEN_FOLDERS = ("word/embeddings/", "word/activex/", "customui/", "word/afchunk")
_FORBIDDEN_RELATIONS = {
    "aFChunk", "oleObject", "package", "control", "subDocument", "frame", "attachedToolbars",
}  # fmt: skip
_FORBIDDEN_ELEMENTS = {"altChunk", "OLEObject", "control", "subDoc", "object"}
_FORBIDDEN_FIELDS = {
    "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "DDE", "DDEAUTO", "LINK", "DATABASE",
    "MACROBUTTON", "RD",
}  # fmt: skip


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError),
)


def checked_letterhead(content: bytes, name: str) -> bytes:
    """``content`` of the uploaded file called ``name``, when it is a DOCX to print papers on.

    It must be a plain Word document with nothing that runs, nothing from outside and nothing that
    blows up when unpacked, and a sample paper must come out on it. Raises ValidationError with
    words in Russian that say what to change.
    """
    extension = name.rpartition(".")[2].lower()
    if extension in _OTHER_KINDS:
        raise ValidationError(_OTHER_KINDS[extension])
    if extension != "docx":
        raise ValidationError("Бланк должен быть файлом DOCX. Другие файлы не принимаются.")
    if len(content) > LIMIT_BYTES:
        raise ValidationError("Бланк больше 5 МБ. Уменьшите картинки в нём.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, len(content))
    except _BROKEN as error:
        raise ValidationError(NOT_DOCX) from error
    _print_sample(content)
    return content


def _check_archive(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    text = sum(e.file_size for e, name in zip(entries, names, strict=True) if _is_xml(name))
    if len(entries) > LIMIT_ENTRIES or unpacked > LIMIT_UNPACKED or text > LIMIT_XML:
        raise ValidationError(TOO_BIG)
    if unpacked > LIMIT_RATIO * packed:
        raise ValidationError(TOO_BIG)
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise ValidationError(NOT_DOCX)
    if any(entry.flag_bits & 1 for entry in entries) or archive.testzip() is not None:
        raise ValidationError(NOT_DOCX)
    _check_kind(archive)
    for entry, name in zip(entries, names, strict=True):
        if "vbaproject" in name or "vbadata" in name:
            raise ValidationError(_MACROS)
        if name.startswith(_FORBIDDEN_FOLDERS):
            raise ValidationError(_EMBEDDED)
        if name.endswith(".svg"):
            raise ValidationError(_SVG)
        if name.endswith(".rels"):
            _check_relations(archive, entry)
        elif _is_xml(name):
            _check_part(archive, entry)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _check_kind(archive: zipfile.ZipFile) -> None:
    """The main part must be that of a plain document, whatever the file is called."""
    kinds: dict[str, str] = {}
    for element in _elements(archive, "[Content_Types].xml"):
        kind = element.get("ContentType", "")
        kinds[element.get("PartName", "").lower()] = kind
        if "vbaProject" in kind or "vbaData" in kind:
            raise ValidationError(_MACROS)
        if any(word in kind for word in ("oleObject", "activeX", "ms-office.package")):
            raise ValidationError(_EMBEDDED)
    mains = [
        element.get("Target", "").lstrip("/").lower()
        for element in _elements(archive, "_rels/.rels")
        if element.get("Type", "").endswith("/officeDocument")
    ]
    main = kinds.get(f"/{mains[0]}", "") if len(mains) == 1 else ""
    if main == _MAIN:
        return
    for sign, words in (
        ("template.macroEnabledTemplate", _OTHER_KINDS["dotm"]),
        ("macroEnabled", _OTHER_KINDS["docm"]),
        (f"{_WORD}.template", _OTHER_KINDS["dotx"]),
    ):
        if sign in main:
            raise ValidationError(words)
    raise ValidationError(NOT_DOCX)


def _elements(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> Iterator:
    """Every element of a part, each let go as soon as it was seen."""
    parents: list = []
    try:
        with archive.open(name) as part:
            for event, element in ElementTree.iterparse(part, ("start", "end"), forbid_dtd=True):
                if event == "start":
                    parents.append(element)
                    continue
                yield parents.pop()
                if parents:
                    del parents[-1][:]
    except DefusedXmlException as error:
        raise ValidationError(_ENTITIES) from error
    except (SyntaxError, LookupError) as error:
        raise ValidationError(NOT_DOCX) from error


def _check_relations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    for element in _elements(archive, entry):
        kind = element.get("Type", "").rpartition("/")[2]
        if kind in _FORBIDDEN_RELATIONS:
            raise ValidationError(_EMBEDDED)
        if element.get("TargetMode", "Internal").lower() != "internal":
            raise ValidationError(_LINKED.get(kind, _LINKED_OTHER))


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Word splits the code of a field into pieces as it likes, so they are read as one text."""
    code: list[str] = []
    for element in _elements(archive, entry):
        tag = str(element.tag).rpartition("}")[2]
        if tag in _FORBIDDEN_ELEMENTS:
            raise ValidationError(_EMBEDDED)
        if tag == "instrText":
            code.append(element.text or "")
            continue
        if tag == "fldChar":
            _check_field("".join(code))
            code = []
        for key, value in element.items():
            if key.endswith("}instr"):
                _check_field(value)
    _check_field("".join(code))


def _check_field(code: str) -> None:
    kind = code.upper().strip(' "\t').partition(" ")[0]
    if kind in _FORBIDDEN_FIELDS:
        raise ValidationError(_FIELD.format(kind))


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


def _print_sample(content: bytes) -> None:
    from docx import Document

    from documents.render.docx import render_docx

    try:
        Document(io.BytesIO(render_docx(_SAMPLE, letterhead=content)))
        letterhead_lines(content)
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
            if image.width * image.height > EMBLEM_PIXELS:
                raise ValidationError("Слишком большое изображение: не более 40 мегапикселей.")
            if _ENDS.get(image.format, b"") not in content:
                raise ValidationError(_BROKEN_IMAGE)
            image.draft("RGB", (EMBLEM_SIDE, EMBLEM_SIDE))  # a large JPEG is decoded small
            upright = ImageOps.exif_transpose(image)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            picture = upright.convert("RGBA" if has_alpha else "RGB")
            picture.thumbnail((EMBLEM_SIDE, EMBLEM_SIDE))
            picture.info = {}
            out = io.BytesIO()
            picture.save(out, "PNG", optimize=True)
    except Image.DecompressionBombError as error:
        raise ValidationError("Слишком большое изображение.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, ZeroDivisionError) as error:
        raise ValidationError(_BROKEN_IMAGE) from error
    return out.getvalue()


_BROKEN_IMAGE = "Изображение не открывается. Сохраните его заново."
# Looked for here: WeasyPrint, once loaded, lets Pillow take pictures that are cut off.
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_READABLE = ["PNG", "JPEG", "GIF", "BMP", "TIFF"]
