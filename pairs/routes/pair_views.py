"""What belongs to a pair beside its routes: how it meets, strong and weak sides (S6.1, S6.2)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS
from pairs.routes.forms import FormatForm, StrengthsForm
from pairs.routes.models import Strengths
from pairs.routes.views import WRITERS
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Programme
from programmes.numbers import whole_numbers

USUAL_DAYS = 14


def page(request, form, title: str, pair: Pair) -> HttpResponse:
    refusals = form.conflict()
    context = {
        "title": title,
        "form": form,
        "button": "Сохранить",
        "back_url": reverse("pair-detail", args=[pair.pk]),
        "back_title": "Группа" if pair.is_group else "Пара",
        "refusals": refusals,
    }
    status = 409 if refusals else 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def pair_format(request: HttpRequest, pk: int) -> HttpResponse:
    """How, how often and where the pair meets."""
    pairs = Pair.objects.led_by(request.user)
    pair = get_object_or_404(pairs, pk=pk)
    title = "Как встречается пара"
    if request.method == "GET":
        return page(request, FormatForm(instance=pair), title, pair)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=pair.programme_id)
        form = FormatForm(request.POST, instance=get_object_or_404(pairs, pk=pk))
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Сохранено, как встречается пара.")
            return redirect("pair-detail", pair.pk)
    return page(request, form, title, pair)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def pair_formats(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The same format for many pairs at once; pairs without one are ticked."""
    programme = programme_of(request, programme_id)
    pairs = list(programme.pairs.confirmed().with_people().order_by("pk"))
    form = FormatForm(
        request.POST if request.method == "POST" else None,
        instance=Pair(programme=programme, every_days=USUAL_DAYS, meets=Pair.Meets.IN_PERSON),
    )
    ticked = set(whole_numbers(request.POST.getlist("pairs")))
    refusals = []
    if request.method == "POST" and form.is_valid():
        if not ticked & {pair.pk for pair in pairs}:
            refusals = ["Отметьте хотя бы одну пару."]
        else:
            names = ("meets", "every_days", "place")
            with transaction.atomic():
                Programme.objects.select_for_update().get(pk=programme.pk)
                chosen = programme.pairs.confirmed().filter(pk__in=ticked)
                for pair in chosen:
                    for name in names:
                        if name != "place" or form.cleaned_data["place"]:
                            setattr(pair, name, form.cleaned_data[name])
                    pair.save()
            messages.success(request, f"Формат записан, пар и групп: {len(chosen)}.")
            return redirect("pair-list", programme.pk)
    if request.method == "GET":
        ticked = {pair.pk for pair in pairs if not pair.meets}
    context = {
        "programme": programme,
        "pairs": pairs,
        "form": form,
        "ticked": ticked,
        "refusals": refusals,
    }
    status = 422 if form.errors or refusals else 200
    return render(request, "pairs/routes/formats.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR, *PARTICIPANTS)
def strengths(request: HttpRequest, pk: int, person_id: int) -> HttpResponse:
    """Strong and weak sides of one of the pair: the mentor writes of all, a mentee of oneself."""
    pair = get_object_or_404(Pair.objects.visible_to(request.user).with_people(), pk=pk)
    people = {p.pk: p for p in [pair.mentor, *pair.current_mentees] if p}
    person = people.get(person_id)
    may = Pair.objects.led_by(request.user).filter(pk=pk).exists()
    if person is None or not (may or person.pk == request.user.person_id):
        raise Http404
    title = f"Сильные и слабые стороны: {person}"

    def made(data=None) -> StrengthsForm:
        row = pair.strengths.filter(person=person).first() or Strengths(pair=pair, person=person)
        return StrengthsForm(data, instance=row)

    if request.method == "GET":
        return page(request, made(), title, pair)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=pair.programme_id)
        form = made(request.POST)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Сохранено.")
            return redirect("pair-detail", pair.pk)
    return page(request, form, title, pair)
