"""Files of papers: DOCX and PDF of one, the whole set, scans, acknowledgement sheets."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from documents import storing
from documents.drafting.people import person_facts, school_facts
from documents.kinds import acknowledgement_sheet
from documents.letterhead.models import Letterhead, PaperSettings
from documents.paper import Paper
from documents.registry import text
from documents.registry.models import CHAIN, Document, IssuedFile
from documents.registry.views import KEEPERS, READERS, visible
from documents.render import progress
from documents.render.pdf import PdfUnavailable
from programmes.access import allow
from programmes.people.models import Kind as PersonKind
from programmes.programme.models import Programme

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
}


def attachment(content: bytes, name: str, extension: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[extension])
    place = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}.{extension}"'
    return response


def no_pdf(request: HttpRequest, error: PdfUnavailable, document=None) -> HttpResponse:
    context = {"document": document, "error": error}
    return render(request, "documents/registry/no_pdf.html", context, status=503)


@require_safe
@allow(*READERS)
def download(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The DOCX or PDF: the issued file of a registered paper, a fresh one of a draft."""
    document = visible(request, pk)
    try:
        content = file_of(document, extension)
    except PdfUnavailable as error:
        return no_pdf(request, error, document)
    is_inline = extension == "pdf" and "print" in request.GET
    return attachment(content, file_name(document), extension, inline=is_inline)


def file_of(document: Document, extension: str) -> bytes:
    """Bytes of the paper in a format. Http404 when it exists on paper only."""
    issued = document.issued.filter(format=extension).first()
    if issued is not None:
        return bytes(issued.content)
    paper = text.paper_of(document)
    if paper is None:
        raise Http404
    return rendered(document, paper, extension)


def rendered(document: Document, paper: Paper, extension: str) -> bytes:
    """A paper of the school in a format, on its letterhead where it has one."""
    from documents.render.docx import render_docx
    from documents.render.pdf import render_pdf

    if extension == "pdf":
        return render_pdf(paper)
    letterhead = Letterhead.in_use(document.school) if paper.head else None
    return render_docx(paper, bytes(letterhead.content) if letterhead else None)


# What files of each kind are called, in Latin letters: they go through mail and old programs.
NAMES = {
    "D1": "prikaz-o-vnedrenii",
    "D2": "protokol-pedsoveta",
    "D3": "prikaz-o-plane",
    "D4": "polozhenie",
    "D5": "prikaz-o-polozhenii",
    "D6": "prikaz-o-kuratore-i-nastavnikah",
    "D7": "prikaz-o-parah",
    "D8": "prikaz-ob-itogovom-meropriyatii",
    "D9": "plan",
    "D14": "dop-soglashenie",
    "change": "prikaz-ob-izmenenii",
}


def file_name(document: Document) -> str:
    """A plain ASCII name without anybody's name in it: ``prikaz-o-parah-178-2026``."""
    name = NAMES.get(document.kind, "dokument")
    if document.sequence:
        return f"{name}-{document.sequence}-{document.year}"
    return f"{name}-{'chernovik-' if document.is_open else ''}{document.pk}"


@require_safe
@allow(*READERS)
def download_scan(request: HttpRequest, pk: int, scan_id: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    scan = get_object_or_404(document.scans, pk=scan_id)
    response = FileResponse(
        scan.file.open("rb"),
        as_attachment=True,
        filename=f"{file_name(document)}-scan.{scan.extension}",
        content_type=TYPES[scan.extension],
    )
    response["Content-Security-Policy"] = "sandbox"
    return response


def set_of(request: HttpRequest, programme_id: int) -> list[tuple[Document, Paper]]:
    """The papers of a programme in the order of the chain, then the others, with their texts.

    Cancelled and replaced ones stay out, and so does what exists on paper only.
    """
    programmes = Programme.objects.visible_to(request.user)
    programme = get_object_or_404(programmes, pk=programme_id)
    place = {kind: number for number, kind in enumerate(CHAIN)}
    documents = Document.objects.visible_to(request.user).filter(programme=programme)
    issued = {
        file.document_id: storing.from_json(bytes(file.content).decode())
        for file in IssuedFile.objects.filter(document__in=documents, format="json")
    }
    found = []
    for document in sorted(
        documents.in_force().select_related("school", "programme", "series", "changes"),
        key=lambda d: (place.get(d.kind, 99), d.date is None, d.date, d.pk),
    ):
        paper = issued.get(document.pk) if document.is_issued else text.paper_of(document)
        if paper is not None:
            found.append((document, paper))
    return found


@require_safe
@allow(*READERS)
def set_pdf(request: HttpRequest, programme_id: int) -> HttpResponse:
    """All papers of the programme in one PDF, in the order of the chain."""
    from documents.render.bundle import render_set_pdf

    papers = [paper for _, paper in set_of(request, programme_id)]
    if not papers:
        raise Http404
    try:
        content = render_set_pdf(papers)
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, "documents", "pdf", inline="print" in request.GET)


@require_safe
@allow(*READERS)
def set_zip(request: HttpRequest, programme_id: int) -> HttpResponse:
    """All papers of the programme as DOCX and PDF, with the scans, in one archive."""
    from documents.render.bundle import render_set_zip

    entries: list[tuple[str, bytes]] = []
    papers = set_of(request, programme_id)
    if not papers:
        raise Http404
    for number, (document, paper) in enumerate(papers, 1):
        name = f"{number:02d}-{file_name(document)}"
        for extension in ("docx", "pdf"):
            issued = document.issued.filter(format=extension).first()
            try:
                content = bytes(issued.content) if issued else rendered(document, paper, extension)
            except PdfUnavailable:
                continue
            entries.append((f"{name}.{extension}", content))
        for place, scan in enumerate(document.scans.order_by("pk"), 1):
            with scan.file.open("rb") as file:
                entries.append((f"{name}-scan-{place}.{scan.extension}", file.read()))
        progress.tell(number, len(papers))
    return attachment(render_set_zip(entries), "documents", "zip")


@require_safe
@allow(*KEEPERS)
def acknowledgement_sheet_of(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """A sheet on which all workers of the school sign that they have read the paper (D16)."""
    document = visible(request, pk)
    if extension not in ("docx", "pdf"):
        raise Http404
    workers = document.school.people.present().filter(kind=PersonKind.TEACHER).in_order()
    paper = acknowledgement_sheet.build(
        acknowledgement_sheet.SheetFacts(
            school=school_facts(document.school, PaperSettings.of(document.school)),
            document_instrumental=in_instrumental(document),
            people=[person_facts(person) for person in workers],
        )
    )
    try:
        content = rendered(document, paper, extension)
    except PdfUnavailable as error:
        return no_pdf(request, error, document)
    return attachment(content, f"sheet-{file_name(document)}", extension)


def in_instrumental(document: Document) -> str:
    """«приказом от 09.11.2026 № 178-од «О формировании …»»: with what people get acquainted."""
    words = {
        "D2": "протоколом заседания педагогического совета",
        "D4": "Положением о наставничестве",
        "D9": "планом",
        "D14": "дополнительным соглашением",
    }
    name = words.get(document.kind, "приказом")
    if document.date and document.is_issued:
        name += f" от {document.date:%d.%m.%Y} № {document.number}"
    kind = text.kind_of(document)
    return f"{name} «{document.title}»" if kind is None or kind.is_order else name
