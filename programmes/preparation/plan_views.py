"""The plans of a programme in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import PlanItem, Programme
from programmes.preparation.forms import PlanItemForm
from programmes.preparation.listing import LATE, PlanList
from programmes.preparation.models import ItemState, Plan, add_item, move
from programmes.preparation.ready_plan import take_ready_plan
from programmes.preparation.shifting import last_shift
from programmes.preparation.timeline import timeline_of
from programmes.stages import STAGES

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


def plan_of(text: str) -> Plan:
    """The plan that an address or a form asks for; the implementation plan when it names none."""
    return Plan.MENTORSHIP if text == Plan.MENTORSHIP else Plan.IMPLEMENTATION


def plan_url(programme_id: int, plan: str) -> str:
    query = "?plan=mentorship" if plan == Plan.MENTORSHIP else ""
    return reverse("plan", args=[programme_id]) + query


@require_safe
@allow(*KEEPERS)
def plan(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    chosen = plan_of(request.GET.get("plan", ""))
    listed = PlanList.of(programme, chosen, request.GET)
    today = timezone.localdate()
    return render(
        request,
        "programmes/preparation/plan.html",
        {
            "programme": programme,
            "plan": chosen,
            "plans": [(other.label, plan_url(programme.pk, other), other) for other in Plan],
            "has_stages": chosen == Plan.IMPLEMENTATION,
            "listed": listed,
            "items": listed.items,
            "last": listed.items[-1].pk if listed.items else None,
            "stages": STAGES,
            "states": [*ItemState.choices, (LATE, "просрочено")],
            "picture": timeline_of(
                listed.numbered, programme.started_on, programme.ended_on, today
            ),
            "last_shift": last_shift(programme, chosen),
        },
    )


@require_POST
@allow(*KEEPERS)
def plan_ready(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Fill an empty plan with the ready one; a second click adds nothing."""
    programme = programme_of(request, programme_id)
    chosen = plan_of(request.POST.get("plan", ""))
    if take_ready_plan(programme, chosen):
        messages.success(request, "Типовой план готов. Проверьте сроки и ответственных.")
    else:
        messages.info(request, "В плане уже есть пункты: типовой план не понадобился.")
    return redirect(plan_url(programme.pk, chosen))


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def plan_item_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    chosen = plan_of(request.GET.get("plan", ""))
    title = "Новый пункт плана"
    if request.method == "GET":
        return item_page(request, PlanItemForm(programme=programme, plan=chosen), title=title)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        form = PlanItemForm(request.POST, programme=programme, plan=chosen)
        if form.is_valid():
            add_item(programme, chosen, **form.cleaned_data)
            messages.success(request, "Пункт добавлен в план.")
            return redirect(plan_url(programme.pk, chosen))
    return item_page(request, form, title=title)


def item_page(request: HttpRequest, form: PlanItemForm, *, title: str) -> HttpResponse:
    item = form.instance
    refusals = form.conflict() if item.pk else ()
    return render(
        request,
        "programmes/preparation/item.html",
        {
            "title": title,
            "form": form,
            "refusals": refusals,
            "item": item if item.pk else None,
            "plan": Plan(item.plan),
            "back_url": plan_url(item.programme_id, item.plan),
        },
        status=409 if refusals else 422 if form.errors else 200,
    )


def item_of(request: HttpRequest, programme_id: int, pk: int) -> PlanItem:
    programme = programme_of(request, programme_id)
    items = programme.plan_items.select_related("programme__school")
    return get_object_or_404(items, pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def plan_item_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    title = "Пункт плана"
    if request.method == "GET":
        return item_page(request, edit_form(item_of(request, programme_id, pk)), title=title)
    programme = programme_of(request, programme_id)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        item = item_of(request, programme_id, pk)
        form = edit_form(item, request.POST)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Пункт плана сохранён.")
            return redirect(plan_url(programme_id, item.plan))
    return item_page(request, form, title=title)


def edit_form(item: PlanItem, data: QueryDict | None = None) -> PlanItemForm:
    return PlanItemForm(data, programme=item.programme, plan=item.plan, instance=item)


@require_POST
@allow(*KEEPERS)
def plan_item_move(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """One place up or down in its plan."""
    item = item_of(request, programme_id, pk)
    rows = item.programme.plan_items.filter(plan=item.plan).order_by("position", "pk")
    move(rows, item, up=request.POST.get("to") == "up")
    return redirect(plan_url(programme_id, item.plan))


@require_POST
@allow(*KEEPERS)
def plan_item_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take an item out of its plan; its versions stay in the history."""
    item = item_of(request, programme_id, pk)
    item.delete()
    messages.success(request, f"Удалено из плана: {item.title}.")
    return redirect(plan_url(programme_id, item.plan))
