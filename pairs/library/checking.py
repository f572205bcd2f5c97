"""Files of materials: PDF and pictures as scans are, office files by what is inside (SEC 09)."""

import io
import zipfile

from django.core.exceptions import ValidationError

from programmes.scans import KINDS, checked_scan

OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OFFICE_LIMIT = 5 * 1024 * 1024
UNPACKED_LIMIT = 50 * 1024 * 1024
PARTS_LIMIT = 2000
WRONG_KIND = "Файл должен быть PDF, JPEG, PNG, DOCX, XLSX или PPTX. Другие файлы не принимаются."
BROKEN = "Файл не открывается. Откройте его у себя и сохраните заново."
MACROS = "В файле есть макросы или вложенные программы. Сохраните его без них."
# Parts that run something, or carry a file that might.
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "/embeddings/", "oleobject")


def checked_file(uploaded) -> tuple[bytes, str]:
    """The content to keep and its extension. Raises ValidationError with words in Russian."""
    extension = uploaded.name.rpartition(".")[2].lower()
    if extension in KINDS:
        return checked_scan(uploaded)
    if extension not in OFFICE:
        raise ValidationError(WRONG_KIND)
    if uploaded.size > OFFICE_LIMIT:
        raise ValidationError("Файл больше 5 МБ. Уменьшите картинки в нём и сохраните заново.")
    content = uploaded.read()
    check_office(content, extension)
    return content, extension


def check_office(content: bytes, extension: str) -> None:
    """An office file that is what it is called, of a sane size, with nothing in it that runs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            size = sum(part.file_size for part in parts)
            if len(parts) > PARTS_LIMIT or size > UNPACKED_LIMIT:
                raise ValidationError("Файл внутри слишком большой.")
            if not {"[Content_Types].xml", OFFICE[extension]} <= names:
                raise ValidationError(BROKEN)
            if any(sign in name.lower() for name in names for sign in _ACTIVE):
                raise ValidationError(MACROS)
            if b"macroenabled" in package.read("[Content_Types].xml").lower():
                raise ValidationError(MACROS)
            if package.testzip() is not None:
                raise ValidationError(BROKEN)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ValidationError(BROKEN) from error
