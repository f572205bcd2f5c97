"""Scans that people upload: checked by content, images made anew (SEC 09)."""

import io

from django.core.exceptions import ValidationError

LIMIT_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
KINDS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png"}
# Looked for here: WeasyPrint, once loaded, lets Pillow take pictures that are cut off.
ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
WRONG_KIND = "Скан должен быть файлом PDF, JPEG или PNG. Другие файлы не принимаются."


def checked_scan(uploaded) -> tuple[bytes, str]:
    """The content to keep and its extension: pdf, jpg or png.

    Name, first bytes and a parser must agree; pictures lose their metadata. Raises
    ValidationError with words in Russian.
    """
    extension = KINDS.get(uploaded.name.rpartition(".")[2].lower())
    if extension is None:
        raise ValidationError(WRONG_KIND)
    if uploaded.size > LIMIT_BYTES:
        raise ValidationError(
            "Скан больше 10 МБ. Отсканируйте с меньшим разрешением (150–200 dpi)."
        )
    content = uploaded.read()
    if extension == "pdf":
        return _checked_pdf(content), "pdf"
    return _image_made_anew(content, extension), extension


def _checked_pdf(content: bytes) -> bytes:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise ValidationError("Файл называется PDF, но не открывается как PDF.")
    return content


def _image_made_anew(content: bytes, extension: str) -> bytes:
    from PIL import Image, UnidentifiedImageError

    wanted = {"jpg": "JPEG", "png": "PNG"}[extension]
    try:
        with Image.open(io.BytesIO(content), formats=[wanted]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError("Слишком большое изображение: не более 40 мегапикселей.")
            if ENDS[wanted] not in content:
                raise ValidationError("Изображение не открывается. Сохраните его заново.")
            out = io.BytesIO()
            image.convert("L" if image.mode in ("1", "L") else "RGB").save(
                out, wanted, **({"quality": 88} if wanted == "JPEG" else {"optimize": False})
            )
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError("Изображение не открывается. Сохраните его заново.") from error
    except Image.DecompressionBombError as error:
        raise ValidationError("Слишком большое изображение.") from error
    return out.getvalue()
