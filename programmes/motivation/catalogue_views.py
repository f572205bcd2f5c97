"""The school's catalogue of measures in the browser."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import OFFICE, allow
from programmes.changes import changes_of
from programmes.models import Measure, School
from programmes.motivation.forms import MeasureForm
from programmes.needs.views import swap


@require_http_methods(["GET", "POST"])
@allow(*OFFICE)
def measure_list(request: HttpRequest) -> HttpResponse:
    """All measures in order; a new one is added at the end."""
    school = request.user.school
    form = MeasureForm(school=school)
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            form = MeasureForm(request.POST, school=school)
            if form.is_valid():
                last = school.measures.order_by("-position").first()
                form.instance.position = last.position + 1 if last else 1
                form.save()
                messages.success(request, f"Мера добавлена: {form.instance}.")
                return redirect("measure-list")
    measures = Measure.objects.filter(school=school).annotate(
        planned_count=Count("planned", distinct=True), given_count=Count("given", distinct=True)
    )
    return render(
        request,
        "programmes/motivation/catalogue.html",
        {"measures": list(measures), "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(*OFFICE)
def measure_edit(request: HttpRequest, pk: int) -> HttpResponse:
    school = request.user.school
    measure = get_object_or_404(school.measures, pk=pk)
    form = MeasureForm(instance=measure, school=school)
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            measure = get_object_or_404(school.measures, pk=pk)
            form = MeasureForm(request.POST, instance=measure, school=school)
            if form.is_valid() and not form.is_stale:
                form.save()
                messages.success(request, f"Мера сохранена: {form.instance}.")
                return redirect("measure-list")
    conflict = form.conflict()
    return render(
        request,
        "programmes/needs/category.html",
        {
            "form": form,
            "title": "Мера мотивации",
            "refusals": conflict,
            "back_url": reverse("measure-list"),
            "back_title": "Меры мотивации",
            "changes": changes_of(measure),
        },
        status=409 if conflict else 422 if form.errors else 200,
    )


@require_POST
@allow(*OFFICE)
@transaction.atomic
def measure_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a measure and its neighbour change places."""
    school = School.objects.select_for_update().get(pk=request.user.school_id)
    swap(school.measures.all(), get_object_or_404(school.measures, pk=pk), request.POST)
    return redirect("measure-list")
