"""The page of a paper: its text, its facts, its life."""

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from documents import storing
from documents.drafting.base import DraftForm
from documents.drafting.kinds import KINDS
from documents.numbering import counting
from documents.registry import issuing, life, text
from documents.registry.forms import ReasonForm, ScanForm
from documents.registry.models import Basis, Change, Document, Kind
from programmes.access import Role, allow
from programmes.programme.models import Programme
from programmes.refusal import Refusal

READERS = (Role.CURATOR, Role.DIRECTOR, Role.EXPERT)
KEEPERS = (Role.CURATOR, Role.DIRECTOR)


def with_all(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Documents with what their pages read again and again."""
    bases = Prefetch("basis_links", Basis.objects.select_related("basis"))
    related = ("school", "programme", "series", "changes", "registered_by__person")
    return documents.select_related(*related).prefetch_related(bases)


def managed(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(with_all(Document.objects.managed_by(request.user)), pk=pk)


def visible(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(with_all(Document.objects.visible_to(request.user)), pk=pk)


@require_POST
@allow(*KEEPERS)
def start(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Open the draft of a kind of paper, making it when there is none."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)
    kind = request.POST.get("kind", "")
    if kind not in KINDS or kind == Kind.CHANGE:
        raise Http404
    return redirect("document-detail", life.open_draft(programme, kind, request.user).pk)


@require_safe
@allow(*READERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, visible(request, pk))


def form_of(document: Document, data=None) -> DraftForm:
    kind = KINDS[document.kind]
    return kind.form(data, document=document, kind=kind)


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
    kind = text.kind_of(document)
    is_draft = document.is_open and kind is not None
    is_director = request.user.is_any(Role.DIRECTOR)
    may_edit = may_change and (document.state == Document.State.DRAFT or is_director)
    edited = text.edited(document) if is_draft else None
    paper = edited.paper if edited else text.paper_of(document)
    if is_draft and may_edit and draft_form is None:
        draft_form = form_of(document)
    context = {
        "document": document,
        "kind": kind,
        "sheet": render_html(paper, link=lambda source: text.place_of(source, document))
        if paper
        else "",
        "has_paper": paper is not None,
        "edited": edited,
        "may_change": may_change,
        "may_edit": may_edit and is_draft,
        "fingerprint": storing.fingerprint(paper) if is_draft else "",
        "issued_with": text.issued_with(document) if is_draft else [],
        "draft_form": draft_form,
        "scan_form": scan_form or ScanForm(),
        "reason_form": reason_form or ReasonForm(),
        "obstacles": text.obstacles(document, text=edited) if is_draft else [],
        "is_approved_by_order": is_draft and kind.approved_by is not None,
        "notes": text.notes(document) if is_draft else [],
        "next_number": next_number(document),
        "bases": [link.basis for link in document.basis_links.all()],
        "resting": document.resting.visible_to(request.user),
        "changed_by": document.changed_by.visible_to(request.user).order_by("pk"),
        "scans": document.scans.order_by("-uploaded_at"),
        "refusals": refusals,
    }
    return render(request, "documents/registry/detail.html", context, status=status)


def next_number(document: Document) -> str:
    """The number the draft will get when it is registered now, as it will be printed."""
    if not document.is_open or document.series is None or document.date is None:
        return ""
    year = document.series.year_of(document.date)
    return document.series.format(counting.next_number(document.series, year), year)


@require_POST
@allow(*KEEPERS)
def update_facts(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    if not document.is_open or document.kind not in KINDS:
        refusal = "Документ уже зарегистрирован и больше не меняется."
        return page(request, document, refusals=(refusal,), status=422)
    form = form_of(document, request.POST)
    if not form.is_valid():
        return page(request, document, draft_form=form, status=422)
    try:
        life.update_draft(
            document,
            request.user,
            version=form.cleaned_data["version"],
            date=form.cleaned_data.get("date"),
            bases=form.bases,
            facts=form.facts,
        )
    except Document.DoesNotExist as error:
        raise Http404 from error
    except Refusal as refusal:
        return _stale(request, document, form, refusal)
    messages.success(request, "Данные документа сохранены.")
    return redirect("document-detail", document.pk)


def _stale(request, document: Document, form: DraftForm, refusal: Refusal) -> HttpResponse:
    """What was typed stays in the form; beside it, what somebody else has stored meanwhile."""
    status = 409 if document.is_open else 422
    document.refresh_from_db()
    stored = form_of(document)
    form.data = form.data.copy()
    form.data["version"] = document.version
    differing = []
    if document.is_open:
        for name, field in form.fields.items():
            now, mine = stored[name].initial, form[name].value()
            if name != "version" and field.has_changed(now, mine):
                differing.append(f"{field.label}: сохранено другое – {in_words(stored[name])}")
    refusals = (*refusal.messages, *differing)
    return page(request, document, draft_form=form, refusals=refusals, status=status)


def in_words(field) -> str:
    """The value of a bound field as a person reads it."""
    value = field.initial
    choices = getattr(field.field, "choices", None) or getattr(field.field.widget, "choices", ())
    titles = {str(key): str(title) for key, title in choices}
    values = value if isinstance(value, list) else [value]
    words = [titles.get(str(one), str(one)) for one in values if one not in (None, "")]
    if hasattr(value, "strftime"):
        words = [f"{value:%d.%m.%Y}"]
    return "; ".join(words) or "пусто"


def deed(request: HttpRequest, document: Document, verb, done: str, *args) -> HttpResponse:
    """Do one verb on the paper and come back to its page, with its refusal where it refuses."""
    try:
        verb(document, *args)
    except Document.DoesNotExist as error:  # Somebody has thrown the draft away meanwhile.
        raise Http404 from error
    except Refusal as refusal:
        document.refresh_from_db()
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, done)
    return redirect("document-detail", document.pk)


@require_POST
@allow(*KEEPERS)
def send_for_signature(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Документ ждёт подписи директора."
    return deed(request, managed(request, pk), life.send_for_signature, done, request.user)


@require_POST
@allow(*KEEPERS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return deed(request, managed(request, pk), life.take_back, "Документ снова черновик.")


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
        read = request.POST.get("read") or None
        registered = issuing.register(document, request.user, read=read)
    except Document.DoesNotExist as error:
        raise Http404 from error
    except Refusal as refusal:
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, f"Документ зарегистрирован под номером {registered.number}.")
    return redirect("document-detail", document.pk)


@require_POST
@allow(*KEEPERS)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the order that replaces, amends or cancels this paper."""
    document = managed(request, pk)
    change = request.POST.get("change", "")
    if change not in Change.values:
        return page(request, document, refusals=("Выберите, что сделать.",), status=422)
    try:
        draft = life.renew(document, change, request.user)
    except Refusal as refusal:
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, "Черновик нового приказа готов. Этот документ пока действует.")
    return redirect("document-detail", draft.pk)


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
        life.delete_draft(document, request.user)
    except Refusal as refusal:
        return page(request, document, refusals=refusal.messages, status=422)
    messages.success(request, "Черновик удалён. Люди, пары и план остались на месте.")
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
