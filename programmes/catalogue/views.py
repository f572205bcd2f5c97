"""The catalogue of the model and of its forms in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.catalogue.forms import WordsForm
from programmes.catalogue.models import (
    OF_MODEL,
    CatalogueItem,
    by_kind,
    read_model,
    say_variants,
    words_of_the_instruction,
)
from programmes.models import MentoringForm, School
from programmes.programme.models import read_catalogue

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


@require_safe
@allow(*KEEPERS)
def catalogue(request: HttpRequest) -> HttpResponse:
    school = request.user.school
    items = list(CatalogueItem.objects.filter(school=school))
    forms = school.forms.prefetch_related("variants")
    return render(
        request,
        "programmes/catalogue/catalogue.html",
        {
            "of_model": by_kind([i for i in items if i.form_id is None], OF_MODEL),
            "rows": [(form, by_kind([i for i in items if i.form_id == form.pk])) for form in forms],
        },
    )


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def catalogue_general(request: HttpRequest) -> HttpResponse:
    """Goals, tasks and results of the whole model."""
    return words_page(request, None)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def catalogue_form(request: HttpRequest, pk: int) -> HttpResponse:
    """What the catalogue says of one form of mentoring."""
    return words_page(request, pk)


def form_of(request: HttpRequest, pk: int | None) -> MentoringForm | None:
    if pk is None:
        return None
    return get_object_or_404(request.user.school.forms.prefetch_related("variants"), pk=pk)


def words_page(request: HttpRequest, pk: int | None) -> HttpResponse:
    school = request.user.school
    if request.method == "GET":
        form = WordsForm(school=school, form=form_of(request, pk))
    else:
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            form = WordsForm(request.POST, school=school, form=form_of(request, pk))
            if form.is_valid() and not form.is_stale:
                form.save()
                messages.success(request, "Каталог сохранён.")
                return redirect("catalogue")
    refusals = form.conflict()
    unused = CatalogueItem.objects.filter(school=school, form=form.form, is_used=False)
    context = {
        "mentoring_form": form.form,
        "form": form,
        "refusals": refusals,
        "unused": unused.order_by("kind", "position", "pk"),
        "unused_variants": [v for v in form.form.variants.all() if not v.is_used]
        if form.form
        else [],
    }
    status = 409 if refusals else 422 if form.errors else 200
    return render(request, "programmes/catalogue/words.html", context, status=status)


@require_POST
@allow(*KEEPERS)
def catalogue_general_restore(request: HttpRequest) -> HttpResponse:
    """Say of the model what the instruction says; other lines go out of use."""
    with transaction.atomic():
        for kind in OF_MODEL:
            CatalogueItem.say(request.user.school, None, kind, read_model()[kind])
    messages.success(request, "Слова инструкции вернулись. Остальные строки отложены, не удалены.")
    return redirect("catalogue-general")


@require_POST
@allow(*KEEPERS)
def catalogue_form_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of a form what the instruction says, with its variants; the capacity stays."""
    form = form_of(request, pk)
    variants = next((e["variants"] for e in read_catalogue() if e["code"] == form.code), [])
    with transaction.atomic():
        for kind, texts in words_of_the_instruction(form.code).items():
            CatalogueItem.say(request.user.school, form, kind, texts)
        say_variants(form, variants)
    messages.success(request, "Слова инструкции вернулись. Остальные строки отложены, не удалены.")
    return redirect("catalogue-form", form.pk)
