"""States of a plan's items, and moving the whole plan, in the browser. S1.5."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Programme
from programmes.preparation import shifting
from programmes.preparation.forms import ItemStateForm, ShiftForm
from programmes.preparation.models import Plan
from programmes.preparation.plan_views import item_of, plan_of, plan_url
from programmes.refusal import Refusal

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def plan_item_state(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Say how far an item is: planned, being done, done on a day, or not needed."""
    item = item_of(request, programme_id, pk)
    if request.method == "GET":
        return state_page(request, ItemStateForm(instance=item))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=item.programme_id)
        item = item_of(request, programme_id, pk)
        form = ItemStateForm(request.POST, instance=item)
        if form.is_valid() and not form.is_stale:
            item = form.save()
            messages.success(request, f"{item.title}: {item.state_words}.")
            return redirect(plan_url(programme_id, item.plan))
    return state_page(request, form)


def state_page(request: HttpRequest, form: ItemStateForm) -> HttpResponse:
    item = form.instance
    refusals = form.conflict()
    return render(
        request,
        "programmes/preparation/item_state.html",
        {
            "form": form,
            "refusals": refusals,
            "item": item,
            "plan": Plan(item.plan),
            "back_url": plan_url(item.programme_id, item.plan),
        },
        status=409 if refusals else 422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def plan_shift(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Move the open items: a GET with the choices shows what would become of them."""
    programme = programme_of(request, programme_id)
    source = request.POST if request.method == "POST" else request.GET
    chosen = plan_of(source.get("plan", ""))
    asked = any(name in source for name in ("days", "start_on"))
    form = ShiftForm(source if asked or request.method == "POST" else None, plan=chosen)
    shown, refusals = None, ()
    if form.is_bound and form.is_valid():
        choices = {"stage": None} | form.cleaned_data
        try:
            if request.method == "POST":
                version = request.POST.get("version", "")
                made = shifting.shift(programme, chosen, version, request.user, **choices)
                messages.success(
                    request, f"Сдвинуто пунктов: {len(made.changes)}. Сдвиг можно отменить."
                )
                return redirect(plan_url(programme.pk, chosen))
            shown = shifting.preview(programme, chosen, **choices)
        except Refusal as refusal:
            refusals = refusal.messages
            if request.method == "POST":
                shown = _shown_again(programme, chosen, choices)
    status = 200
    if form.errors or refusals:
        status = 409 if shown else 422
    return render(
        request,
        "programmes/preparation/shift.html",
        {
            "programme": programme,
            "plan": chosen,
            "form": form,
            "refusals": refusals,
            "shown": shown,
            "back_url": plan_url(programme.pk, chosen),
        },
        status=status,
    )


def _shown_again(programme: Programme, plan: Plan, choices: dict) -> shifting.Preview | None:
    """The preview of the plan as it is now, where there is one."""
    try:
        return shifting.preview(programme, plan, **choices)
    except Refusal:
        return None


@require_POST
@allow(*KEEPERS)
def plan_shift_undo(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take the latest shift back; what was changed by hand since stays."""
    programme = programme_of(request, programme_id)
    made = get_object_or_404(programme.plan_shifts.select_related("programme"), pk=pk)
    try:
        back, left = shifting.undo(made)
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        words = f"Сроки возвращены, пунктов: {back}."
        if left:
            words += f" Изменены после сдвига и оставлены как есть: {left}."
        messages.success(request, words)
    return redirect(plan_url(programme.pk, made.plan))
