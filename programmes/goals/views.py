"""Goals, tasks and expected results of a programme in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.catalogue.models import OF_MODEL
from programmes.goals.forms import TITLES, AimsForm, IndicatorForm
from programmes.keeping import Keeping
from programmes.models import Programme

KEEPERS = (Role.CURATOR, Role.DIRECTOR)
INDICATORS = Keeping(
    rows="expected_indicators",
    form=IndicatorForm,
    page="goals",
    page_title="Цели и ожидаемые результаты",
    one="Показатель",
    new="Новый показатель",
    remove_address="indicator-remove",
)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def goals(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    if request.method == "GET":
        return goals_page(request, programme, AimsForm(programme=programme))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        form = AimsForm(request.POST, programme=programme)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Цели, задачи и результаты сохранены.")
            return redirect("goals", programme.pk)
    return goals_page(request, programme, form)


def goals_page(request: HttpRequest, programme: Programme, form: AimsForm) -> HttpResponse:
    refusals = form.conflict()
    aims = list(programme.aims.all())
    indicators = programme.expected_indicators.select_related("form", "programme")
    return render(
        request,
        "programmes/goals/goals.html",
        {
            "programme": programme,
            "form": form,
            "refusals": refusals,
            "chosen": [(TITLES[kind], [a for a in aims if a.kind == kind]) for kind in OF_MODEL],
            "has_aims": bool(aims),
            "indicators": indicators.kept().order_by("due_on", "pk"),
            "removed": indicators.removed()[:20],
        },
        status=409 if refusals else 422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def indicator_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    return INDICATORS.add(request, programme_id)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def indicator_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return INDICATORS.change(request, programme_id, pk)


@require_POST
@allow(*KEEPERS)
def indicator_remove(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return INDICATORS.remove(request, programme_id, pk)
