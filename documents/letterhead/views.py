"""The school's pages about its papers: wordings, letterhead and emblem, legal references."""

import dataclasses
import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.letterhead import accepting
from documents.letterhead.forms import (
    BY_INSTRUCTION,
    EmblemForm,
    LegalReferenceForm,
    LetterheadForm,
    PaperSettingsForm,
)
from documents.letterhead.models import (
    DEFAULT_REFERENCES,
    LegalCode,
    LegalReference,
    Letterhead,
    PaperSettings,
)
from documents.letterhead.sample import sample_order
from documents.registry.files import attachment
from documents.render.emblem import emblem_of
from documents.render.pdf import PdfUnavailable
from programmes.access import Role, allow
from programmes.refusal import Refusal
from programmes.school.models import School

KEEPERS = (Role.ADMINISTRATOR, Role.DIRECTOR)
_PIXELS_IN_MM = 96 / 25.4


# Wordings


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def paper_settings(request: HttpRequest) -> HttpResponse:
    """What the instruction leaves to the school: K13–K15, «слушали», quorum, lists."""
    if request.method == "GET":
        form = PaperSettingsForm(instance=PaperSettings.of(request.user.school))
        return _settings_page(request, form)
    with transaction.atomic():
        stored = PaperSettings.of(accepting.lock(request.user.school))
        form = PaperSettingsForm(request.POST, instance=stored)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Правила документов сохранены.")
            return redirect("paper-settings")
    conflict = form.conflict()
    return _settings_page(request, form, conflict, status=409 if conflict else 422)


def _settings_page(
    request: HttpRequest,
    form: PaperSettingsForm,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    stored = PaperSettings.of(request.user.school)
    is_by_instruction = all(
        getattr(stored, name) == PaperSettings._meta.get_field(name).default
        for name in BY_INSTRUCTION
    )
    context = {"form": form, "refusals": refusals, "is_by_instruction": is_by_instruction}
    return render(request, "documents/letterhead/settings.html", context, status=status)


@require_POST
@allow(*KEEPERS)
@transaction.atomic
def reset_settings(request: HttpRequest) -> HttpResponse:
    """Word the papers as the instruction does. Quorum and lists are the school's own and stay."""
    settings = PaperSettings.of(accepting.lock(request.user.school))
    if settings.pk:
        for name in BY_INSTRUCTION:
            setattr(settings, name, PaperSettings._meta.get_field(name).default)
        settings.save()
    messages.success(request, "Формулировки снова как в инструкции.")
    return redirect("paper-settings")


# Letterhead and emblem


@require_safe
@allow(*KEEPERS)
def head_of_papers(request: HttpRequest) -> HttpResponse:
    return _head_page(request)


def _head_page(
    request: HttpRequest,
    *,
    form: LetterheadForm | None = None,
    emblem_form: EmblemForm | None = None,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """How the head of papers looks now, and what can be done about it."""
    from documents.render.html import render_html

    school = request.user.school
    settings = PaperSettings.of(school)
    paper = sample_order(school, timezone.localdate())
    emblem = emblem_of(dataclasses.replace(paper, emblem=settings.emblem))
    letterheads = school.letterheads.defer("content", "emblem").select_related("uploaded_by")
    context = {
        "sheet": render_html(paper),
        "in_use": letterheads.filter(accepted_at__isnull=False, retired_at__isnull=True).first(),
        "waiting": letterheads.filter(accepted_at__isnull=True).first(),
        "former": letterheads.filter(retired_at__isnull=False).order_by("-retired_at"),
        "emblem": settings.emblem if emblem else "",
        "emblem_width": round(emblem.width * _PIXELS_IN_MM) if emblem else 0,
        "emblem_height": round(emblem.height * _PIXELS_IN_MM) if emblem else 0,
        "form": form or LetterheadForm(),
        "emblem_form": emblem_form or EmblemForm(),
        "wrong_form": form or emblem_form,
        "refusals": refusals,
    }
    return render(request, "documents/letterhead/head.html", context, status=status)


def _letterhead(request: HttpRequest, pk: int) -> Letterhead:
    return get_object_or_404(request.user.school.letterheads.select_related("uploaded_by"), pk=pk)


def _upload_form(form: type, request: HttpRequest):
    files = request.FILES  # the request is read here, and may turn out to be too large
    is_too_large = getattr(request, "upload_too_large", False)
    return form(request.POST, files, is_too_large=is_too_large)


@require_POST
@allow(*KEEPERS)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a letterhead; a sample of it is looked at before it is used."""
    form = _upload_form(LetterheadForm, request)
    if not form.is_valid():
        return _head_page(request, form=form, status=422)
    letterhead = accepting.propose(
        request.user.school,
        name=form.cleaned_data["letterhead"].name[-200:],
        content=form.content,
        lines=form.lines,
        emblem=form.emblem,
        by=request.user,
    )
    return redirect("letterhead-sample", letterhead.pk)


@require_safe
@allow(*KEEPERS)
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    return _sample_page(request, _letterhead(request, pk))


def _sample_page(
    request: HttpRequest, letterhead: Letterhead, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """A sample order on the letterhead, to be accepted or discarded."""
    from documents.render.html import render_html

    paper = sample_order(request.user.school, timezone.localdate(), letterhead)
    context = {"letterhead": letterhead, "sheet": render_html(paper), "refusals": refusals}
    return render(request, "documents/letterhead/sample.html", context, status=status)


@require_safe
@allow(*KEEPERS)
def sample_docx(request: HttpRequest, pk: int) -> HttpResponse:
    from documents.render.docx import render_docx

    letterhead = _letterhead(request, pk)
    paper = sample_order(request.user.school, timezone.localdate(), letterhead)
    content = render_docx(paper, bytes(letterhead.content))
    return attachment(content, f"letterhead-sample-{pk}", "docx")


@require_safe
@allow(*KEEPERS)
def sample_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    from documents.render.pdf import render_pdf

    letterhead = _letterhead(request, pk)
    paper = sample_order(request.user.school, timezone.localdate(), letterhead)
    try:
        content = render_pdf(paper)
    except PdfUnavailable as error:
        return _sample_page(request, letterhead, (str(error),), status=503)
    return attachment(content, f"letterhead-sample-{pk}", "pdf")


@require_safe
@allow(*KEEPERS)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The letterhead as it was uploaded."""
    letterhead = _letterhead(request, pk)
    response = attachment(bytes(letterhead.content), f"letterhead-{pk}", "docx")
    response["Content-Security-Policy"] = "sandbox"
    return response


def _deed(request: HttpRequest, pk: int, verb, done: str) -> HttpResponse:
    letterhead = _letterhead(request, pk)
    try:
        verb(letterhead)
    except Refusal as refusal:
        return _head_page(request, refusals=refusal.messages, status=422)
    messages.success(request, done)
    return redirect("letterhead")


@require_POST
@allow(*KEEPERS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Бланк принят: новые документы печатаются на нём. Выданные раньше не изменились."
    return _deed(request, pk, accepting.accept, done)


@require_POST
@allow(*KEEPERS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, accepting.discard, "Файл удалён: шапка осталась прежней.")


@require_POST
@allow(*KEEPERS)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Бланк больше не используется: шапку составляет портал."
    return _deed(request, pk, accepting.retire, done)


@require_POST
@allow(*KEEPERS)
def upload_emblem(request: HttpRequest) -> HttpResponse:
    form = _upload_form(EmblemForm, request)
    if not form.is_valid():
        return _head_page(request, emblem_form=form, status=422)
    accepting.set_emblem(request.user.school, form.png)
    messages.success(request, "Эмблема сохранена.")
    return redirect("letterhead")


@require_POST
@allow(*KEEPERS)
def remove_emblem(request: HttpRequest) -> HttpResponse:
    accepting.set_emblem(request.user.school, b"")
    messages.success(request, "Эмблема убрана.")
    return redirect("letterhead")


# Legal references


@dataclass(frozen=True)
class Act:
    """An act with the wordings that the school's papers have for it.

    ``now`` is the own wording that holds today, None while the default does; ``later`` and
    ``earlier`` are the school's other ones.
    """

    code: LegalCode
    printed: str
    default: tuple[str, str, datetime.date | None]
    now: LegalReference | None
    later: list[LegalReference]
    earlier: list[LegalReference]


_PRINTED = {
    LegalCode.MENTORING: "Положение о наставничестве, п. 2.9 о поощрении; приказ о назначении "
    "куратора и наставников, дополнительный пункт о соглашениях; дополнительное соглашение "
    "с наставником работников.",
    LegalCode.EXTRA_WORK: "дополнительное соглашение с куратором и с наставником обучающихся.",
}


def acts_of(school: School, on: datetime.date) -> list[Act]:
    """Every act that papers name, with the school's wordings round the day ``on``."""
    rows = list(school.legal_references.order_by("-valid_from"))
    found = []
    for code in LegalCode:
        own = [row for row in rows if row.code == code]
        begun = [row for row in own if row.valid_from <= on]
        found.append(
            Act(
                code=code,
                printed=_PRINTED[code],
                default=DEFAULT_REFERENCES[code],
                now=begun[0] if begun else None,
                later=[row for row in own if row.valid_from > on][::-1],
                earlier=begun[1:],
            )
        )
    return found


@require_safe
@allow(*KEEPERS)
def references(request: HttpRequest) -> HttpResponse:
    context = {"acts": acts_of(request.user.school, timezone.localdate())}
    return render(request, "documents/letterhead/references.html", context)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def new_reference(request: HttpRequest) -> HttpResponse:
    school = request.user.school
    if request.method == "GET":
        asked = request.GET.get("code")
        initial = {"code": asked} if asked in LegalCode.values else {}
        return _reference_page(request, LegalReferenceForm(school=school, initial=initial))
    with transaction.atomic():
        form = LegalReferenceForm(request.POST, school=accepting.lock(school))
        if form.is_valid():
            if form.already is None:
                form.save()
            messages.success(request, "Формулировка записана.")
            return redirect("legal-references")
    return _reference_page(request, form, status=422)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def edit_reference(request: HttpRequest, pk: int) -> HttpResponse:
    school = request.user.school
    row = get_object_or_404(school.legal_references, pk=pk)
    if request.method == "GET":
        return _reference_page(request, LegalReferenceForm(instance=row, school=school))
    with transaction.atomic():
        row = get_object_or_404(accepting.lock(school).legal_references, pk=pk)
        form = LegalReferenceForm(request.POST, instance=row, school=school)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Формулировка исправлена.")
            return redirect("legal-references")
    conflict = form.conflict()
    return _reference_page(request, form, conflict, status=409 if conflict else 422)


def _reference_page(
    request: HttpRequest,
    form: LegalReferenceForm,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    is_new = form.instance.pk is None
    context = {
        "title": "Новая формулировка" if is_new else "Формулировка ссылки",
        "lead": "Меняются только черновики и новые документы: выданные остаются как есть.",
        "form": form,
        "refusals": refusals,
        "button": "Записать формулировку" if is_new else "Сохранить формулировку",
        "back_url": reverse("legal-references"),
        "back_title": "Правовые ссылки",
    }
    return render(request, "documents/letterhead/reference.html", context, status=status)


@require_POST
@allow(*KEEPERS)
def delete_reference(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.school.legal_references, pk=pk).delete()
    messages.success(request, "Формулировка удалена.")
    return redirect("legal-references")
