"""The criteria of a programme in the browser, beside what mentees ask for."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Criterion, Programme
from programmes.refusal import Refusal
from programmes.selection import criteria as deeds
from programmes.selection.demand import demand_on, lines
from programmes.selection.forms import CriterionForm

READERS = (Role.CURATOR, Role.DIRECTOR)


@require_safe
@allow(*READERS)
def criteria(request: HttpRequest, programme_id: int) -> HttpResponse:
    return criteria_page(request, programme_of(request, programme_id))


def criteria_page(request, programme, *, refusals=(), status=200):
    rows = list(programme.criteria.select_related("form").prefetch_related("categories"))
    groups = []
    for form in programme.forms.all():
        own = [criterion for criterion in rows if criterion.form_id == form.pk]
        shares = deeds.shares(own)
        groups.append((form, [(criterion, shares[criterion.pk]) for criterion in own]))
    return render(
        request,
        "programmes/selection/criteria.html",
        {
            "programme": programme,
            "groups": groups,
            "has_gaps": any(not own for _, own in groups),
            "lines": lines(programme, demand_on(programme, programme.working_day())),
            "may_change": request.user.is_any(Role.CURATOR),
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def criteria_ready(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Fill the forms without criteria with the ready sets; a second click adds nothing."""
    programme = programme_of(request, programme_id)
    if deeds.take_ready(programme):
        messages.success(request, "Типовые критерии готовы. Поправьте веса и слова под свою школу.")
    else:
        messages.info(request, "У всех форм программы критерии уже есть.")
    return redirect("selection-criteria", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def criterion_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    forms = programme.forms.all()
    code = request.GET.get("form", "")
    form_of_mentoring = forms.filter(code=code).first() if code else forms.first()
    if form_of_mentoring is None:
        raise Http404
    criterion = Criterion(programme=programme, form=form_of_mentoring)
    title = f"Новый критерий: {form_of_mentoring.title}"
    if request.method == "GET":
        return criterion_page(request, CriterionForm(instance=criterion), title)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        form = CriterionForm(request.POST, instance=criterion)
        refusals: tuple[str, ...] = ()
        if form.is_valid():
            try:
                deeds.must_be_open(programme, form_of_mentoring)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                criterion.position = deeds.next_place(programme, form_of_mentoring)
                form.save()
                messages.success(request, "Критерий добавлен.")
                return redirect("selection-criteria", programme.pk)
    return criterion_page(request, form, title, refusals=refusals)


def criterion_page(request, form, title, *, refusals=(), conflict=()):
    criterion = form.instance
    status = 409 if conflict else 422 if form.errors or refusals else 200
    return render(
        request,
        "programmes/selection/criterion.html",
        {
            "title": title,
            "form": form,
            "criterion": criterion if criterion.pk else None,
            "refusals": conflict or refusals,
            "back_url": reverse("selection-criteria", args=[criterion.programme_id]),
        },
        status=status,
    )


def criterion_of(request: HttpRequest, programme_id: int, pk: int) -> Criterion:
    programme = programme_of(request, programme_id)
    return get_object_or_404(programme.criteria.select_related("programme__school", "form"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def criterion_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    criterion = criterion_of(request, programme_id, pk)
    title = f"Критерий: {criterion.form.title}"
    if request.method == "GET":
        return criterion_page(request, CriterionForm(instance=criterion), title)
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=criterion.programme_id)
        form = CriterionForm(request.POST, instance=criterion_of(request, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            try:
                if {"weight", "scale"} & set(form.changed_data):
                    deeds.must_be_open(programme, criterion.form)
                highest = criterion.scores.order_by("-value").first()
                if highest and highest.value > form.cleaned_data["scale"]:
                    raise Refusal(
                        f"Уже поставлен балл {highest.value}: шкала не может быть короче."
                    )
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                form.save()
                messages.success(request, "Критерий сохранён.")
                return redirect("selection-criteria", programme_id)
    return criterion_page(request, form, title, refusals=refusals, conflict=form.conflict())


@require_POST
@allow(Role.CURATOR)
def criterion_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    criterion = criterion_of(request, programme_id, pk)
    try:
        deeds.take_out(criterion)
    except Refusal as refusal:
        return criteria_page(request, criterion.programme, refusals=refusal.messages, status=422)
    messages.success(request, f"Удалено: {criterion.title}.")
    return redirect("selection-criteria", programme_id)
