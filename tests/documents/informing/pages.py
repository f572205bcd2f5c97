"""The pages of a PDF as texts."""

import io

from pypdf import PdfReader


def texts_of(pdf: bytes) -> list[str]:
    """The words of each page, one space between them."""
    reader = PdfReader(io.BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]
