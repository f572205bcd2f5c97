"""Ready routes in the settings of the school (S6.2, F6, F7)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.routes.forms import ReadyRouteForm
from pairs.routes.models import ReadyRoute
from pairs.routes.ready import take_ready
from programmes.access import Role, allow
from programmes.models import School


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def ready_list(request: HttpRequest) -> HttpResponse:
    rows = ReadyRoute.objects.filter(school=request.user.school_id)
    rows = list(rows.select_related("form", "category").prefetch_related("steps"))
    context = {
        "used": [row for row in rows if row.is_used],
        "unused": [row for row in rows if not row.is_used],
        "may_edit": request.user.is_any(Role.CURATOR),
    }
    return render(request, "pairs/routes/ready.html", context)


@require_POST
@allow(Role.CURATOR)
def ready_take(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        School.objects.select_for_update().get(pk=request.user.school_id)
        added = take_ready(request.user.school)
    if added:
        messages.success(request, f"Добавлено готовых маршрутов: {added}.")
    else:
        messages.info(request, "Все готовые маршруты уже есть.")
    return redirect("ready-route-list")


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def ready_new(request: HttpRequest) -> HttpResponse:
    return edit(request, None)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def ready_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit(request, pk)


def edit(request: HttpRequest, pk: int | None) -> HttpResponse:
    school = request.user.school
    with transaction.atomic():
        if request.method == "POST":
            School.objects.select_for_update().get(pk=school.pk)
        row = get_object_or_404(ReadyRoute, school=school, pk=pk) if pk else None
        form = ReadyRouteForm(
            request.POST if request.method == "POST" else None, instance=row, school=school
        )
        if form.is_valid() and not (pk and form.is_stale):
            row = form.save()
            messages.success(request, f"Сохранено: {row}.")
            return redirect("ready-route-list")
    refusals = form.conflict() if pk else ()
    context = {
        "title": "Готовый маршрут" if pk else "Новый готовый маршрут",
        "form": form,
        "button": "Сохранить",
        "back_url": reverse("ready-route-list"),
        "back_title": "Готовые маршруты",
        "refusals": refusals,
    }
    status = 409 if refusals else 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)
