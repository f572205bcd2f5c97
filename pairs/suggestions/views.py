"""Pages of suggesting pairs (S5.1)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.formation.matching import DEFAULTS
from pairs.formation.models import Pair
from pairs.suggestions import suggesting
from pairs.suggestions.forms import DeclineForm, SuggestForm, WeightsForm
from pairs.suggestions.gathering import gather
from pairs.suggestions.missing import without_pair
from pairs.suggestions.models import DeclinedSuggestion, MatchWeights
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal

PAGE = 50


@require_safe
@allow(Role.CURATOR)
def suggestions(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Drafts with their reasons, and who is without a pair."""
    return page_of(request, programme_of(request, programme_id))


def page_of(request, programme: Programme, *, form=None, weights=None, refusals=(), chosen=(),
            status=200) -> HttpResponse:  # fmt: skip
    if form is None:
        form = SuggestForm(programme=programme, initial=asked(request, programme))
    forms, on = scope(form, programme)
    entries = list(suggesting.waiting(programme, forms, on))
    ground = gather(programme, forms, on, entries)
    page = Paginator(entries_of(ground), PAGE).get_page(request.GET.get("waiting"))
    drafts = Paginator(
        programme.pairs.drafts().with_people().order_by("is_locked", "pk"), PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "pairs/suggestions/page.html",
        {
            "programme": programme,
            "form": form,
            "weights": weights
            or WeightsForm(instance=MatchWeights.of(programme), auto_id="weight_%s"),
            "page": drafts,
            "has_open": programme.pairs.drafts().filter(is_locked=False).exists(),
            "waiting": page,
            "without": without_pair(programme, ground, list(page)),
            "left_out": ground.left_out[:PAGE],
            "more_left_out": max(0, len(ground.left_out) - PAGE),
            "left_out_total": len(ground.left_out),
            "declined": programme.declined_suggestions.count(),
            "has_mentors": bool(ground.mentors or ground.left_out),
            "refusals": refusals,
            "chosen": set(chosen),
        },
        status=status,
    )


def entries_of(ground) -> list:
    return [ground.mentees[seeker.id] for seeker in ground.task.mentees]


def asked(request: HttpRequest, programme: Programme) -> dict:
    """What the address says of forms and day, else all forms of the programme and today."""
    forms = programme.forms.filter(pk__in=whole_numbers(request.GET.getlist("forms")))
    return {"forms": list(forms) or list(programme.forms.all()), "on": programme.working_day()}


def scope(form: SuggestForm, programme: Programme):
    """The forms and the day that the page is about, whatever was typed."""
    if form.is_bound and form.is_valid():
        return list(form.cleaned_data["forms"]), form.cleaned_data["on"]
    if form.is_bound:
        return list(programme.forms.all()), programme.working_day()
    return form.initial["forms"], form.initial["on"]


@require_POST
@allow(Role.CURATOR)
def run(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Suggest pairs; drafts that are not locked are suggested anew."""
    programme = programme_of(request, programme_id)
    form = SuggestForm(request.POST, programme=programme)
    if not form.is_valid():
        return page_of(request, programme, form=form, status=422)
    data = form.cleaned_data
    try:
        done = suggesting.suggest(
            programme, list(data["forms"]), data["on"], even_without_reason=data["even"]
        )
    except Refusal as refusal:
        return page_of(request, programme, form=form, refusals=refusal.messages, status=422)
    messages.success(request, done.words)
    query = urlencode({"forms": [one.pk for one in data["forms"]]}, doseq=True)
    return redirect(f"{reverse('suggestions', args=[programme.pk])}?{query}")


@require_POST
@allow(Role.CURATOR)
def take_away(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    gone = suggesting.take_away(programme)
    messages.success(request, f"Убрано незакреплённых черновиков: {gone}. Закреплённые остались.")
    return redirect("suggestions", programme.pk)


@require_POST
@allow(Role.CURATOR)
def lock(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Lock the ticked drafts, or with ``open`` let them go."""
    programme = programme_of(request, programme_id)
    ids = whole_numbers(request.POST.getlist("pairs"))
    is_locked = "open" not in request.POST
    try:
        changed = suggesting.lock(programme, ids, is_locked)
    except Refusal as refusal:
        return page_of(request, programme, refusals=refusal.messages, chosen=ids, status=422)
    done = "Закреплено" if is_locked else "Откреплено"
    messages.success(request, f"{done} черновиков: {changed}.")
    return redirect("suggestions", programme.pk)


@require_POST
@allow(Role.CURATOR)
def weights(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Keep the weights of the programme; ``reset`` brings the usual ones back."""
    programme = programme_of(request, programme_id)
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=programme.pk)
        row = MatchWeights.of(programme)
        if "reset" in request.POST:
            for name, value in DEFAULTS.items():
                setattr(row, name, value)
            row.save()
            messages.success(request, "Веса снова обычные.")
            return redirect("suggestions", programme.pk)
        form = WeightsForm(request.POST, instance=row, auto_id="weight_%s")
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Веса сохранены: подберите пары заново.")
            return redirect("suggestions", programme.pk)
    conflict = form.conflict()
    status = 409 if conflict else 422
    return page_of(request, programme, weights=form, refusals=conflict, status=status)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a draft, or some mentees of a group, with a reason."""
    pair = get_object_or_404(Pair.objects.managed_by(request.user).with_people(), pk=pk)
    form = DeclineForm(request.POST if request.method == "POST" else None, pair=pair)
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            suggesting.decline(pair, list(data["mentees"]), data["reason"], request.user)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, "Отклонено: этих людей портал вместе больше не предложит.")
            return redirect("suggestions", pair.programme_id)
    return render(
        request,
        "pairs/suggestions/decline.html",
        {"pair": pair, "form": form, "refusals": refusals},
        status=422 if refusals or form.errors else 200,
    )


@require_safe
@allow(Role.CURATOR)
def declined(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Who is not suggested to whom, and why."""
    programme = programme_of(request, programme_id)
    rows = programme.declined_suggestions.select_related("mentor", "mentee")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page}
    return render(request, "pairs/suggestions/declined.html", context)


@require_POST
@allow(Role.CURATOR)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    rows = DeclinedSuggestion.objects.filter(programme__school=request.user.school_id)
    row = get_object_or_404(rows.select_related("mentor", "mentee"), pk=pk)
    suggesting.take_back(row)
    messages.success(
        request, f"{row.mentor.short_name} и {row.mentee.short_name} снова могут быть предложены."
    )
    return redirect("suggestions-declined", row.programme_id)
