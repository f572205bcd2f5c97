"""The completion of a programme: pairs closed with results, the final event (S7.4)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.awards.models import Award
from pairs.completion import deeds
from pairs.completion.forms import CloseForm, FinalEventForm
from pairs.completion.models import FinalEvent
from pairs.routes.models import Route
from programmes.access import Role, allow
from programmes.bases import page_of, programme_of
from programmes.models import Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal


def page(request, programme: Programme, *, form=None, refusals=(), ticked=(), status=200):
    working = programme.pairs.confirmed().with_people().prefetch_related("routes__mentee")
    shown = page_of(working.order_by("pk"), request.GET.get("page"))
    rows = [(pair, [_asked(request, route) for route in pair.routes.all()]) for pair in shown]
    context = {
        "programme": programme,
        "event": FinalEvent.objects.filter(programme=programme)
        .select_related("responsible")
        .prefetch_related("pairs")
        .first(),
        "page": shown,
        "rows": rows,
        "outcomes": Route.Outcome.choices,
        "ended": programme.pairs.filter(state="ended").count(),
        "awards": programme.awards.exclude(state=Award.State.DECLINED).count(),
        "cases": programme.cases.count(),
        "may_change": request.user.is_any(Role.CURATOR),
        "form": form or CloseForm(initial={"on": timezone.localdate()}),
        "refusals": refusals,
        "ticked": set(ticked),
    }
    return render(request, "pairs/completion/page.html", context, status=status)


def _asked(request: HttpRequest, route: Route) -> tuple[Route, str, str]:
    """A route with what was typed for it just now, else what is stored."""
    return (
        route,
        request.POST.get(f"outcome-{route.pk}", route.outcome),
        request.POST.get(f"summary-{route.pk}", route.summary),
    )


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def completion(request: HttpRequest, programme_id: int) -> HttpResponse:
    return page(request, programme_of(request, programme_id))


@require_POST
@allow(Role.CURATOR)
def close_pairs(request: HttpRequest, programme_id: int) -> HttpResponse:
    """End the ticked pairs with the results typed beside them."""
    programme = programme_of(request, programme_id)
    ids = whole_numbers(request.POST.getlist("pairs"))
    pairs = list(programme.pairs.filter(pk__in=ids))
    form = CloseForm(request.POST)
    words: tuple[str, ...] = () if pairs else ("Отметьте хотя бы одну пару.",)
    if form.is_valid() and not words:
        results = {
            route: deeds.Result(
                request.POST.get(f"outcome-{route}", ""),
                request.POST.get(f"summary-{route}", "").strip()[:3000],
            )
            for route in Route.objects.filter(pair__in=pairs).values_list("pk", flat=True)
        }
        try:
            number = deeds.close_pairs(programme, pairs, results, form.cleaned_data["on"])
        except Refusal as refusal:
            words = refusal.messages
        else:
            messages.success(request, f"Завершено пар: {number}.")
            return redirect("completion", programme.pk)
    return page(request, programme, form=form, refusals=words, ticked=ids, status=422)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def final_event(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Day, place, programme of the final event and the pairs that present."""
    programme = programme_of(request, programme_id)
    with transaction.atomic():
        if request.method == "POST":
            Programme.objects.select_for_update().get(pk=programme.pk)
        event = FinalEvent.objects.filter(programme=programme).first()
        form = FinalEventForm(request.POST or None, instance=event, programme=programme)
        if form.is_valid() and not (event is not None and form.is_stale):
            form.save()
            messages.success(request, "Итоговое мероприятие сохранено.")
            return redirect("completion", programme.pk)
    status = 422 if request.method == "POST" else 200
    refusals: tuple[str, ...] = ()
    if event is not None and (conflict := form.conflict()):
        refusals, status = conflict, 409
    context = {
        "title": "Итоговое мероприятие",
        "form": form,
        "back_url": reverse("completion", args=[programme.pk]),
        "back_title": "Завершение",
        "refusals": refusals,
    }
    return render(request, "components/form_page.html", context, status=status)
