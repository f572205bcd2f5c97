"""A paper as PDF: tagged (PDF/UA-1), in Russian, fonts embedded. Made by WeasyPrint.

WeasyPrint is imported on first use: it is slow to load and needs system libraries, and the
portal works without them (DOCX does).
"""

import gc
import threading
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from documents.paper import Paper
from documents.render import progress
from documents.render.html import render_page

_FOLDER = Path(__file__).parent
_STYLES = (
    _FOLDER.parent / "static" / "documents" / "paper.css",
    _FOLDER / "page.css",
)
_IMAGES = ("data:image/png;", "data:image/png,", "data:image/jpeg;", "data:image/jpeg,")


class PdfUnavailable(Exception):
    """PDF cannot be made on this machine; the message says in Russian what to install."""


class PdfRefused(Exception):
    """The page asks for something from outside, which a paper never does (SEC 07)."""


def render_pdf(paper: Paper) -> bytes:
    """The paper as PDF; equal papers give equal bytes on one machine.

    Raises PdfUnavailable when the system libraries are missing.
    """
    return page_to_pdf(render_page(paper))


def page_to_pdf(html: str) -> bytes:
    """A whole HTML page as PDF, dressed as a paper.

    Nothing is fetched but PNG and JPEG images inside the page itself (``data:``); a page that
    asks for anything else raises PdfRefused.
    """
    engine = _engine()
    # Pango's font map belongs to one thread at a time.
    with _LOCK, _without_collecting():
        try:
            return engine.pdf(html)
        except engine.FetchingError as error:
            raise PdfRefused(str(error)) from error


def pages_to_pdf(htmls: Sequence[str]) -> bytes:
    """Several pages, each dressed as a paper, as one PDF with one tree of tags.

    They are laid out one after another, so that a long set can say how far it has come.
    """
    engine = _engine()
    with _LOCK, _without_collecting():
        try:
            return engine.joined(htmls)
        except engine.FetchingError as error:
            raise PdfRefused(str(error)) from error


@contextmanager
def _without_collecting():
    """No looking for garbage among the boxes of a page being laid out: there is none till the end.

    It takes about a tenth of the time of a set of papers. The first allocations afterwards start a
    collection of the young objects, which all of them still are, so memory does not grow.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_LOCK = threading.Lock()


@cache
def _engine():
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except OSError as error:
        raise PdfUnavailable(
            "PDF пока не получится: на сервере нет системных библиотек. Установите их командой "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 и "
            "перезапустите портал. Документ можно скачать в формате DOCX."
        ) from error

    class Fetcher(URLFetcher):
        """Gives images inside the page, refuses all else before any file or socket is opened."""

        def fetch(self, url, headers=None):
            if not url.lower().startswith(_IMAGES):
                raise FatalURLFetchingError(f"Refused to fetch {url[:100]}")
            return super().fetch(url, headers)

    class Engine:
        FetchingError = FatalURLFetchingError

        def __init__(self):
            self.fetcher = Fetcher(
                allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True
            )
            self.fonts = FontConfiguration()
            self.styles = [
                weasyprint.CSS(
                    string=path.read_text("utf-8"),
                    url_fetcher=self.fetcher,
                    font_config=self.fonts,
                )
                for path in _STYLES
            ]

        def pdf(self, html: str) -> bytes:
            page = weasyprint.HTML(string=html, url_fetcher=self.fetcher)
            return page.write_pdf(
                stylesheets=self.styles, font_config=self.fonts, pdf_variant="pdf/ua-1"
            )

        def joined(self, htmls: Sequence[str]) -> bytes:
            laid_out = []
            for number, html in enumerate(htmls, 1):
                page = weasyprint.HTML(string=html, url_fetcher=self.fetcher)
                laid_out.append(page.render(stylesheets=self.styles, font_config=self.fonts))
                progress.tell(number, len(htmls) + 1)
            pages = [page for document in laid_out for page in document.pages]
            return laid_out[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1")

    return Engine()
