"""Several papers at once: one PDF of all, or one ZIP of their files."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from documents.paper import Paper
from documents.render.docx_package import archive
from documents.render.html import render_set_page
from documents.render.pdf import page_to_pdf, pages_to_pdf

TITLE = "Документы программы"
LAID_OUT_AT_ONCE = 20  # papers


def render_set_pdf(papers: Sequence[Paper], title: str = TITLE) -> bytes:
    """The papers in order as one tagged PDF with an outline of them.

    Each begins a new page and counts its pages from 1, as do its annexes. Raises ValueError when
    there is no paper, PdfUnavailable as ``render_pdf`` does.
    """
    if not papers:
        raise ValueError("A set of papers without a paper")
    if len(papers) <= LAID_OUT_AT_ONCE:
        return page_to_pdf(render_set_page(papers, title))
    starts = range(0, len(papers), LAID_OUT_AT_ONCE)
    parts = [papers[start : start + LAID_OUT_AT_ONCE] for start in starts]
    return pages_to_pdf([render_set_page(part, title) for part in parts])


def render_set_zip(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of (file name, content); equal files give equal bytes.

    Files of the same name get a number: «Приказ.docx», «Приказ (2).docx». A name never leads out
    of the folder in which the archive is opened.
    """
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for name, content in entries:
        name = "".join(c if c.isprintable() else " " for c in name).strip()
        path = PurePosixPath(name.replace("\\", "/").replace(":", " ").rpartition("/")[2] or "файл")
        whole = PurePosixPath(path.name.lstrip(".") or "файл")
        free, count = whole.name, 1
        while free.lower() in taken:
            count += 1
            free = f"{whole.stem} ({count}){whole.suffix}"
        taken.add(free.lower())
        files[free] = content
    return archive(files)
