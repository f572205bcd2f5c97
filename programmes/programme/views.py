"""The programmes of a school and their curators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.models import Curator, Programme
from programmes.programme.forms import CuratorForm, ProgrammeForm, school_year_of

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
    }
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, school=school, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        programme = form.save()
        messages.success(request, "Программа создана. Назначьте куратора и наполните базы.")
        return redirect("board", programme.pk)
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Новая программа",
            "lead": "Одна программа – один учебный год и семь этапов.",
            "form": form,
            "button": "Создать программу",
            "back_url": reverse("programme-list"),
            "back_title": "Программы",
        },
        status=422 if form.errors else 200,
    )


def visible(request: HttpRequest, programme_id: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user).select_related("school")
    return get_object_or_404(programmes, pk=programme_id)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def programme_edit(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = visible(request, programme_id)
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        school=programme.school,
        instance=programme,
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Программа изменена.")
        return redirect("board", programme.pk)
    return edit_page(request, programme, form=form, status=422 if form.errors else 200)


def edit_page(request, programme, *, form=None, curator_form=None, status=200) -> HttpResponse:
    return render(
        request,
        "programmes/programme/edit.html",
        {
            "programme": programme,
            "form": form or ProgrammeForm(school=programme.school, instance=programme),
            "curator_form": curator_form
            or CuratorForm(school=programme.school, initial={"started_on": timezone.localdate()}),
            "curators": programme.curators.select_related("person").order_by("started_on", "pk"),
            "today": timezone.localdate(),
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def curator_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = visible(request, programme_id)
    form = CuratorForm(request.POST, school=programme.school)
    if form.is_valid():
        curator = Curator(programme=programme, **form.cleaned_data)
        try:
            curator.validate_constraints()
        except ValidationError as error:
            form.add_error("person", error.messages)
        else:
            curator.save()
            messages.success(request, f"{curator.person}: куратор программы.")
            return redirect("programme-edit", programme.pk)
    return edit_page(request, programme, curator_form=form, status=422)


@require_POST
@allow(*KEEPERS)
def curator_end(request: HttpRequest, programme_id: int, curator_id: int) -> HttpResponse:
    """End a curator's period today; the orders of its time still name this curator."""
    programme = visible(request, programme_id)
    curator = get_object_or_404(programme.curators, pk=curator_id)
    today = timezone.localdate()
    if curator.ended_on is None:
        curator.end(max(today, curator.started_on))
        messages.success(request, f"{curator.person}: больше не куратор.")
    return redirect("programme-edit", programme.pk)
