"""Pages of a paper: text, facts, life, files."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from documents.registry import drafting, life
from documents.registry.forms import DraftForm, ReasonForm, ScanForm
from documents.registry.models import Document, Kind
from documents.render.pdf import PdfUnavailable
from programmes.access import Role, allow
from programmes.programme.models import Programme
from programmes.refusal import Refusal

READERS = (Role.CURATOR, Role.DIRECTOR, Role.EXPERT)
KEEPERS = (Role.CURATOR, Role.DIRECTOR)
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}


def managed(request: HttpRequest, pk: int) -> Document:
    documents = Document.objects.managed_by(request.user).select_related(
        "school", "programme", "series"
    )
    return get_object_or_404(documents, pk=pk)


@require_POST
@allow(Role.CURATOR, Role.DIRECTOR)
def order_on_pairs(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Open the draft of the order D7, making it when there is none."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)
    return redirect("document-detail", life.open_draft(programme, Kind.PAIRS, request.user).pk)


@require_safe
@allow(*READERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    documents = Document.objects.visible_to(request.user).select_related(
        "school", "programme", "series", "registered_by"
    )
    return page(request, get_object_or_404(documents, pk=pk))


def page(
    request: HttpRequest,
    document: Document,
    *,
    draft_form: DraftForm | None = None,
    scan_form: ScanForm | None = None,
    reason_form: ReasonForm | None = None,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of one paper: the sheet at the left, facts and deeds at the right."""
    from documents.render.html import render_html

    may_change = request.user.is_any(*KEEPERS)
    paper = drafting.paper_of(document)
    is_draft = document.is_open
    if is_draft and may_change and draft_form is None:
        draft_form = DraftForm(document=document)
    context = {
        "document": document,
        "sheet": render_html(paper) if paper else "",
        "has_paper": paper is not None,
        "may_change": may_change,
        "draft_form": draft_form,
        "scan_form": scan_form or ScanForm(),
        "reason_form": reason_form or ReasonForm(),
        "obstacles": drafting.obstacles(document) if is_draft else [],
        "next_number": next_number(document),
        "bases": [link.basis for link in document.basis_links.select_related("basis")],
        "resting": document.resting.visible_to(request.user),
        "scans": document.scans.order_by("-uploaded_at"),
        "refusals": refusals,
    }
    return render(request, "documents/registry/detail.html", context, status=status)


def next_number(document: Document) -> str:
    """The number the draft will get when it is registered now, as it will be printed."""
    if not document.is_open or document.series is None or document.date is None:
        return ""
    year = document.date.year
    return document.series.format(life.next_number(document.series, year), year)


@require_POST
@allow(*KEEPERS)
def update_facts(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    form = DraftForm(request.POST, document=document)
    if not form.is_valid():
        return page(request, document, draft_form=form, status=422)
    basis = form.cleaned_data["basis"]
    try:
        life.update_draft(
            document,
            version=form.cleaned_data["version"],
            date=form.cleaned_data["date"],
            bases=[basis] if basis else [],
            excluded_pairs=form.excluded_pairs,
        )
    except Refusal as refusal:
        status = 409 if document.is_open else 422
        document.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = document.version
        return page(request, document, draft_form=form, refusals=refusal.messages, status=status)
    messages.success(request, "Данные приказа сохранены.")
    return redirect("document-detail", document.pk)


def deed(request: HttpRequest, document: Document, verb, done: str, *args) -> HttpResponse:
    """Do one verb on the paper and come back to its page, with its refusal where it refuses."""
    try:
        verb(document, *args)
    except Refusal as refusal:
        document.refresh_from_db()
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, done)
    return redirect("document-detail", document.pk)


@require_POST
@allow(*KEEPERS)
def send_for_signature(request: HttpRequest, pk: int) -> HttpResponse:
    return deed(
        request, managed(request, pk), life.send_for_signature, "Документ ждёт подписи директора."
    )


@require_POST
@allow(Role.DIRECTOR)
def return_with_remark(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, document, reason_form=form, status=422)
    done = "Документ возвращён куратору с замечанием."
    return deed(request, document, life.return_with_remark, done, form.cleaned_data["reason"])


@require_POST
@allow(*KEEPERS)
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the paper; a second click finds it registered and shows it."""
    document = managed(request, pk)
    try:
        registered = life.register(document, request.user)
    except Refusal as refusal:
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, f"Приказ зарегистрирован под номером {registered.number}.")
    return redirect("document-detail", document.pk)


@require_POST
@allow(*KEEPERS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, document, reason_form=form, status=422)
    return deed(
        request, document, life.cancel, "Документ отменён, его номер сохранён.",
        form.cleaned_data["reason"],
    )  # fmt: skip


@require_POST
@allow(*KEEPERS)
def delete_draft(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    try:
        life.delete_draft(document)
    except Refusal as refusal:
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, "Черновик удалён. Данные и пары остались на месте.")
    return redirect("document-list")


@require_POST
@allow(*KEEPERS)
def upload_scan(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    form = ScanForm(request.POST, request.FILES)
    if getattr(request, "upload_too_large", False):
        form.add_error("scan", "Файл больше 12 МБ: сервер не стал его читать.")
    if not form.is_valid():
        return page(request, document, scan_form=form, status=422)
    try:
        life.attach_scan(document, form.content, form.extension, request.user)
    except Refusal as refusal:
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, "Скан сохранён, документ отмечен подписанным.")
    return redirect("document-detail", document.pk)


@require_safe
@allow(*READERS)
def download(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The DOCX or PDF: the issued file of a registered paper, a fresh one of a draft."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("school", "programme"), pk=pk
    )
    try:
        content = file_of(document, extension)
    except PdfUnavailable as error:
        return render(
            request, "documents/registry/no_pdf.html", {"document": document, "error": error},
            status=503,
        )  # fmt: skip
    response = HttpResponse(content, content_type=TYPES[extension])
    place = "inline" if extension == "pdf" and "print" in request.GET else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{file_name(document)}.{extension}"'
    return response


def file_of(document: Document, extension: str) -> bytes:
    """Bytes of the paper in a format. Http404 when it exists on paper only."""
    from documents.render.docx import render_docx
    from documents.render.pdf import render_pdf

    issued = document.issued.filter(format=extension).first()
    if issued is not None:
        return bytes(issued.content)
    paper = drafting.paper_of(document)
    if paper is None:
        raise Http404
    return render_pdf(paper) if extension == "pdf" else render_docx(paper)


def file_name(document: Document) -> str:
    """A plain ASCII name without anybody's name in it: ``d7-178-2026``."""
    if document.sequence:
        return f"{document.kind.lower()}-{document.sequence}-{document.year}"
    return f"{document.kind.lower()}-draft-{document.pk}"


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
