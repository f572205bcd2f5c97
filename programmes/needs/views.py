"""The school's categories of needs in the browser."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import OFFICE, allow
from programmes.changes import changes_of
from programmes.models import NeedCategory, School
from programmes.needs.forms import CategoryForm


def categories_of(request: HttpRequest):
    """Categories of the user's school with the number of entries that name them."""
    return NeedCategory.objects.filter(school=request.user.school_id).annotate(
        mentee_count=Count("mentees", distinct=True), mentor_count=Count("mentors", distinct=True)
    )


@require_http_methods(["GET", "POST"])
@allow(*OFFICE)
def category_list(request: HttpRequest) -> HttpResponse:
    """All categories in order; a new one is added at the end."""
    school = request.user.school
    form = CategoryForm(school=school)
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            form = CategoryForm(request.POST, school=school)
            if form.is_valid():
                last = school.need_categories.order_by("-position").first()
                form.instance.position = last.position + 1 if last else 1
                form.save()
                messages.success(request, f"Категория добавлена: {form.instance}.")
                return redirect("category-list")
    return render(
        request,
        "programmes/needs/list.html",
        {
            "groups": [
                (audience.label, [c for c in categories_of(request) if c.audience == audience])
                for audience in NeedCategory.Audience
            ],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(*OFFICE)
def category_edit(request: HttpRequest, pk: int) -> HttpResponse:
    school = request.user.school
    category = get_object_or_404(school.need_categories, pk=pk)
    form = CategoryForm(instance=category, school=school)
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            category = get_object_or_404(school.need_categories, pk=pk)
            form = CategoryForm(request.POST, instance=category, school=school)
            if form.is_valid() and not form.is_stale:
                form.save()
                messages.success(request, f"Категория сохранена: {form.instance}.")
                return redirect("category-list")
    conflict = form.conflict()
    return render(
        request,
        "programmes/needs/category.html",
        {
            "form": form,
            "title": "Категория запросов",
            "refusals": conflict,
            "may_delete": not category.is_taken,
            "delete_url": reverse("category-delete", args=[pk]),
            "back_url": reverse("category-list"),
            "back_title": "Категории запросов",
            "changes": changes_of(category),
        },
        status=409 if conflict else 422 if form.errors else 200,
    )


@require_POST
@allow(*OFFICE)
@transaction.atomic
def category_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a category and its neighbour of the same audience change places."""
    school = School.objects.select_for_update().get(pk=request.user.school_id)
    category = get_object_or_404(school.need_categories, pk=pk)
    swap(school.need_categories.filter(audience=category.audience), category, request.POST)
    return redirect("category-list")


def swap(rows, row, data) -> None:
    """``row`` one place up or down among ``rows``; the caller holds the lock of the school."""
    places = list(rows)
    here = places.index(row)
    there = here + (-1 if data.get("to") == "up" else 1)
    if 0 <= there < len(places):
        places.insert(there, places.pop(here))
        positions = sorted(one.position for one in places)
        for position, one in zip(positions, places, strict=True):
            if one.position != position:
                one.position = position
                one.save()


@require_POST
@allow(*OFFICE)
@transaction.atomic
def category_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a category that nobody has ever named; a used one is only taken out of use."""
    school = School.objects.select_for_update().get(pk=request.user.school_id)
    category = get_object_or_404(school.need_categories, pk=pk)
    if category.is_taken:
        messages.error(request, "Категорией уже пользуются: её можно только не предлагать больше.")
        return redirect("category-edit", pk)
    category.delete()
    messages.success(request, f"Категория удалена: {category.title}.")
    return redirect("category-list")
