"""«Мои выгрузки»: asked for, waited for, taken, cancelled."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from documents.exports.asking import ask
from documents.exports.models import Export
from programmes.access import EVERYBODY, allow
from programmes.refusal import Refusal

PAGE = 30


@require_safe
@allow(*EVERYBODY)
def export_list(request: HttpRequest) -> HttpResponse:
    return list_page(request)


def list_page(request, *, refusals=(), status=200) -> HttpResponse:
    rows = Export.objects.of(request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "is_busy": any(export.is_open for export in page),
        "waits_long": any(export.waits_long for export in page),
        "refusals": refusals,
    }
    return render(request, "documents/exports/list.html", context, status=status)


@require_POST
@allow(*EVERYBODY)
def export_ask(request: HttpRequest) -> HttpResponse:
    """Begin a long work; the same one asked twice is begun once."""
    try:
        ask(request, request.POST.get("address", ""))
    except Refusal as refusal:
        return list_page(request, refusals=refusal.messages, status=422)
    messages.success(request, "Файл готовится. Можно работать дальше: он появится здесь.")
    return redirect("export-list")


def own(request: HttpRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.of(request.user), pk=pk)


@require_safe
@allow(*EVERYBODY)
def export_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to its user only. 404 while it is not there."""
    export = own(request, pk)
    if not export.is_done or not export.path.is_file():
        raise Http404
    response = FileResponse(export.path.open("rb"), as_attachment=True, filename=export.name)
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@allow(*EVERYBODY)
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what waits or runs; the worker leaves it within a second."""
    own(request, pk)
    stopped = Export.objects.of(request.user).open().filter(pk=pk)
    if stopped.update(state=Export.State.CANCELLED, finished_at=timezone.now(), claim=""):
        messages.success(request, "Выгрузка отменена.")
    else:
        messages.info(request, "Отменять уже нечего.")
    return redirect("export-list")


@require_POST
@allow(*EVERYBODY)
def export_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same file anew, from what is stored now."""
    export = own(request, pk)
    try:
        ask(request, export.address)
    except Refusal as refusal:
        return list_page(request, refusals=refusal.messages, status=422)
    return redirect("export-list")


@require_POST
@allow(*EVERYBODY)
def export_delete(request: HttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        export = get_object_or_404(Export.objects.of(request.user).select_for_update(), pk=pk)
        if export.is_open:
            messages.info(request, "Сначала отмените выгрузку.")
        else:
            export.forget()
            messages.success(request, "Выгрузка удалена.")
    return redirect("export-list")
