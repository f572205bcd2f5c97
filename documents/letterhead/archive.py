"""What an uploaded DOCX may hold: nothing that runs, nothing from outside (SEC 09)."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError

LIMIT_ENTRIES = 200
LIMIT_UNPACKED = 50 * 1024 * 1024
LIMIT_XML = 4 * 1024 * 1024
LIMIT_RATIO = 100

SAVE_ANEW = "Откройте файл в Word и сохраните как «Документ Word (.docx)»"
NOT_DOCX = f"Файл не открывается как DOCX. {SAVE_ANEW}, без пароля."
TOO_BIG = "Бланк слишком велик внутри. Оставьте в нём только шапку и уменьшите картинки."
OTHER_KINDS = {
    "doc": f"Это старый формат DOC. {SAVE_ANEW}.",
    "dot": f"Это шаблон DOT. {SAVE_ANEW}.",
    "dotx": f"Это шаблон DOTX. {SAVE_ANEW}.",
    "dotm": f"Это шаблон с макросами (DOTM). {SAVE_ANEW}: макросы в бланке не принимаются.",
    "docm": f"Это документ с макросами (DOCM). {SAVE_ANEW}: макросы в бланке не принимаются.",
    "odt": f"Это ODT. {SAVE_ANEW}.",
    "rtf": f"Это RTF. {SAVE_ANEW}.",
}
_MACROS = f"В бланке есть макросы. {SAVE_ANEW}."
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
_FIELD = (
    "В бланке есть поле, которое портал не принимает ({}). Нажмите в Word Alt+F9, чтобы увидеть "
    "поля, и замените его текстом."
)
_NESTED_FIELD = (
    "В бланке есть поле внутри другого поля. Нажмите в Word Alt+F9, чтобы увидеть поля, и "
    "замените их текстом."
)
_ENTITIES = f"В файле есть определения, которых в документах Word не бывает. {SAVE_ANEW}."

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORD}.document.main+xml"
_FORBIDDEN_FOLDERS = ("word/embeddings/", "word/activex/", "customui/", "word/afchunk")
_FORBIDDEN_RELATIONS = {
    "aFChunk", "oleObject", "package", "control", "subDocument", "frame", "attachedToolbars",
}  # fmt: skip
_FORBIDDEN_ELEMENTS = {"altChunk", "OLEObject", "control", "subDoc", "object"}
# Fields that show what the file itself says. QUOTE is not one of them: it spells other fields.
_FIELDS = {
    "PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE",
    "AUTHOR", "TITLE", "FILENAME", "SYMBOL", "STYLEREF", "SEQ",
}  # fmt: skip

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError),
)


def check_archive(content: bytes) -> None:
    """Refuse what is not a plain Word document with text and pictures of its own.

    Raises ValidationError with words in Russian that say what to change.
    """
    if content[:4] != b"PK\x03\x04":
        raise ValidationError(NOT_DOCX)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive, len(content))
    except _BROKEN as error:
        raise ValidationError(NOT_DOCX) from error


def _check_entries(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    text = sum(e.file_size for e, name in zip(entries, names, strict=True) if _is_xml(name))
    if len(entries) > LIMIT_ENTRIES or unpacked > LIMIT_UNPACKED or text > LIMIT_XML:
        raise ValidationError(TOO_BIG)
    if unpacked > LIMIT_RATIO * packed:
        raise ValidationError(TOO_BIG)
    if min((entry.header_offset for entry in entries), default=0) > 0:
        raise ValidationError(NOT_DOCX)  # something else stands before the archive
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise ValidationError(NOT_DOCX)
    if any(entry.flag_bits & 1 for entry in entries) or archive.testzip() is not None:
        raise ValidationError(NOT_DOCX)
    _check_kinds(archive, names)
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
    """By name alone: no part of another name may have a content type of XML (_check_kinds)."""
    return name.endswith((".xml", ".rels", ".vml"))


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _check_kinds(archive: zipfile.ZipFile, names: list[str]) -> None:
    """The content types say what Word reads a part as, whatever the part is called.

    The main part must be that of a plain document, and XML be called .xml or .rels, so that the
    other checks meet it.
    """
    defaults: dict[str, str] = {}  # by extension
    kinds: dict[str, str] = {}  # by name of the part
    for element in _elements(archive, "[Content_Types].xml"):
        kind = element.get("ContentType", "")
        if "vbaProject" in kind or "vbaData" in kind:
            raise ValidationError(_MACROS)
        if any(word in kind for word in ("oleObject", "activeX", "ms-office.package")):
            raise ValidationError(_EMBEDDED)
        for key, there in (("PartName", kinds), ("Extension", defaults)):
            name = element.get(key)
            if name is not None and there.setdefault(name.lower(), kind) != kind:
                raise ValidationError(NOT_DOCX)
    by_default = {f"/{name}": defaults.get(name.rpartition(".")[2], "") for name in names}
    for name, kind in (by_default | kinds).items():
        kind = kind.partition(";")[0].strip().lower()
        if kind == "image/svg+xml":
            raise ValidationError(_SVG)
        if kind.endswith(("+xml", "/xml")) and not name.endswith((".xml", ".rels")):
            raise ValidationError(NOT_DOCX)
    _check_main_kind(archive, kinds)


def _check_main_kind(archive: zipfile.ZipFile, kinds: dict[str, str]) -> None:
    mains = [
        element.get("Target", "").lstrip("/").lower()
        for element in _elements(archive, "_rels/.rels")
        if element.get("Type", "").endswith("/officeDocument")
    ]
    main = kinds.get(f"/{mains[0]}", "") if len(mains) == 1 else ""
    if main == _MAIN:
        return
    for sign, words in (
        ("template.macroEnabledTemplate", OTHER_KINDS["dotm"]),
        ("macroEnabled", OTHER_KINDS["docm"]),
        (f"{_WORD}.template", OTHER_KINDS["dotx"]),
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
    stray: list[str] = []  # pieces of code that stand in no field
    fields: list[list[str] | None] = []  # of each open field its code, None once it has been read
    for element in _elements(archive, entry):
        tag = str(element.tag).rpartition("}")[2]
        if tag in _FORBIDDEN_ELEMENTS:
            raise ValidationError(_EMBEDDED)
        if tag == "mailMerge":
            raise ValidationError(_LINKED_OTHER)
        for key, value in element.items():
            if key.rpartition("}")[2] == "instr":
                _check_field(value)
        code = fields[-1] if fields else None
        if tag == "fldChar":
            _turn(fields, next((v for k, v in element.items() if k.endswith("fldCharType")), ""))
        elif tag in _CODE or (tag in _TEXT and code is not None):
            (stray if code is None else code).append(element.text or "")
        elif tag in _SPACE and code is not None:
            code.append(" ")
    for code in (stray, *fields):
        _check_field("".join(code or ()))


_CODE = {"instrText", "delInstrText"}
_TEXT = {"t", "delText"}
_SPACE = {"tab", "br", "cr"}


def _turn(fields: list[list[str] | None], kind: str) -> None:
    """A mark of a field: where its code begins, where what it shows begins, where it ends."""
    if kind == "begin":
        if fields and fields[-1] is not None:
            raise ValidationError(_NESTED_FIELD)
        fields.append([])
    elif fields:
        _check_field("".join(fields.pop() or ()))
        if kind != "end":
            fields.append(None)


def _check_field(code: str) -> None:
    word = re.match(r"[\W_]*(\w+)", code)
    kind = word[1].upper() if word else code.strip()
    if kind == "HYPERLINK":
        raise ValidationError(_LINKED["hyperlink"])
    if kind and kind not in _FIELDS:
        raise ValidationError(_FIELD.format(kind[:40]))
