"""The programmes of a school and their curators."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.catalogue.models import by_kind
from programmes.models import Curator, Programme
from programmes.programme.forms import (
    CuratorForm,
    EndForm,
    NewProgrammeForm,
    ProgrammeForm,
    school_year_of,
)
from programmes.refusal import Refusal

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR, Role.ADMINISTRATOR)
def programme_list(request: HttpRequest) -> HttpResponse:
    programmes = Programme.objects.visible_to(request.user).order_by("-started_on")
    return render(
        request,
        "programmes/programme/list.html",
        {"programmes": programmes, "may_change": request.user.is_any(*KEEPERS)},
    )


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def programme_new(request: HttpRequest) -> HttpResponse:
    school = request.user.school
    started_on, ended_on = school_year_of(timezone.localdate())
    initial = {
        "started_on": started_on,
        "ended_on": ended_on,
        "forms": school.forms.filter(code__in=["F1", "F2"]),
        "curator": request.user.person if request.user.is_any(Role.CURATOR) else None,
    }
    form = NewProgrammeForm(
        request.POST if request.method == "POST" else None, school=school, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        programme = form.save()
        messages.success(request, f"{programme} создана. Дальше – то, что подсказывает доска.")
        return redirect("board", programme.pk)
    return render(
        request,
        "programmes/programme/new.html",
        {"form": form, "catalogue": words_of(school.forms.all())},
        status=422 if form.errors else 200,
    )


def words_of(forms) -> list[tuple]:
    """Each form with what the school's catalogue says of it."""
    found = forms.prefetch_related("variants", "items")
    return [(form, by_kind(form.items.all())) for form in found]


def visible(request: HttpRequest, programme_id: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user).select_related("school")
    return get_object_or_404(programmes, pk=programme_id)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def programme_edit(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = visible(request, programme_id)
    if request.method == "GET":
        return edit_page(request, programme)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        stored = visible(request, programme_id)
        form = ProgrammeForm(request.POST, school=programme.school, instance=stored)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Программа изменена.")
            return redirect("board", programme.pk)
    conflict = form.conflict()
    status = 409 if conflict else 422
    return edit_page(request, programme, form=form, refusals=conflict, status=status)


def edit_page(
    request,
    programme,
    *,
    form=None,
    curator_form=None,
    end_form=None,
    ending=None,
    refusals=(),
    status=200,
) -> HttpResponse:
    today = timezone.localdate()
    return render(
        request,
        "programmes/programme/edit.html",
        {
            "programme": programme,
            "form": form or ProgrammeForm(school=programme.school, instance=programme),
            "curator_form": curator_form
            or CuratorForm(programme=programme, initial={"started_on": today}),
            "end_form": end_form or EndForm(initial={"ended_on": today}),
            "ending": ending,
            "refusals": refusals,
            "curators": programme.curators.select_related("person").order_by("started_on", "pk"),
            "catalogue": words_of(programme.forms.all()),
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def curator_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Appoint a curator from a day; the same person is not appointed twice at a time."""
    programme = visible(request, programme_id)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        form = CuratorForm(request.POST, programme=programme)
        if form.is_valid():
            curator = Curator.objects.create(programme=programme, **form.cleaned_data)
            messages.success(request, f"{curator.person}: куратор программы.")
            return redirect("programme-edit", programme.pk)
    return edit_page(request, programme, curator_form=form, status=422)


@require_POST
@allow(*KEEPERS)
def curator_end(request: HttpRequest, programme_id: int, curator_id: int) -> HttpResponse:
    """End a curator's period on a day; the orders of its time still name this curator."""
    programme = visible(request, programme_id)
    curator = get_object_or_404(programme.curators.select_related("person"), pk=curator_id)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                Programme.objects.select_for_update().get(pk=programme.pk)
                curator.end_once(form.cleaned_data["ended_on"], form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error("ended_on", list(refusal.messages))
    if form.errors:
        return edit_page(request, programme, end_form=form, ending=curator, status=422)
    messages.success(
        request, f"{curator.person}: куратор по {curator.ended_on:%d.%m.%Y}, история сохранена."
    )
    return redirect("programme-edit", programme.pk)
