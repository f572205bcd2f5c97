"""The library of materials in the browser. S6.3."""

from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.library import sending as deeds
from pairs.library.checking import TYPES
from pairs.library.forms import ItemForm
from pairs.library.models import LibraryItem
from programmes.access import Role, allow
from programmes.models import NeedCategory, School
from programmes.numbers import whole_number
from programmes.text import clean_text, search_key

READERS = (
    *(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT),
    *(Role.MENTOR, Role.TEACHER),
)
PAGE = 50


@require_safe
@allow(*READERS)
def library(request: HttpRequest) -> HttpResponse:
    """All materials: by form, by need, by words."""
    school = request.user.school
    items = LibraryItem.objects.visible_to(request.user)
    asked = {name: request.GET.get(name, "") for name in ("form", "category", "q", "used")}
    may_change = request.user.is_any(Role.CURATOR)
    if asked["used"] != "no" or not may_change:
        items = items.filter(is_used=True)
    else:
        items = items.filter(is_used=False)
    if asked["form"]:
        items = items.filter(forms__code=asked["form"])
    if number := whole_number(asked["category"]):
        items = items.filter(categories=number)
    for word in search_key(clean_text(asked["q"])).split():
        items = items.filter(search_key__contains=word)
    items = deeds.with_numbers(items).prefetch_related("forms", "categories")
    page = Paginator(items.order_by("title", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "pairs/library/list.html",
        {
            "page": page,
            "asked": asked,
            "is_filtered": any(asked.values()),
            "forms": school.forms.all(),
            "categories": NeedCategory.objects.filter(school=school, is_used=True),
            "may_change": may_change,
            "may_take": may_change and not school.library.filter(title=deeds.READY[0][0]).exists(),
        },
    )


@require_POST
@allow(Role.CURATOR)
def library_ready(request: HttpRequest) -> HttpResponse:
    """Titles to begin with; a second click adds nothing."""
    number = deeds.take_ready(request.user.school)
    messages.success(request, f"Добавлено материалов: {number}. Приложите файл или ссылку.")
    return redirect("library")


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def item_new(request: HttpRequest) -> HttpResponse:
    item = LibraryItem(school=request.user.school)
    if request.method == "GET":
        return form_page(request, ItemForm(instance=item))
    with transaction.atomic():
        School.objects.select_for_update().get(pk=item.school_id)
        form = filled(request, item)
        if form.is_valid():
            item = stored(form)
            messages.success(request, f"Добавлено: {item}. Дальше – отправьте парам.")
            return redirect("library-item", item.pk)
    return form_page(request, form)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = managed(request, pk)
    if request.method == "GET":
        return form_page(request, ItemForm(instance=item))
    with transaction.atomic():
        School.objects.select_for_update().get(pk=item.school_id)
        form = filled(request, managed(request, pk))
        if form.is_valid() and not form.is_stale:
            item = stored(form)
            messages.success(request, f"Сохранено: {item}.")
            return redirect("library-item", item.pk)
    return form_page(request, form)


def managed(request: HttpRequest, pk: int) -> LibraryItem:
    return get_object_or_404(LibraryItem.objects.managed_by(request.user), pk=pk)


def filled(request: HttpRequest, item: LibraryItem) -> ItemForm:
    too_large = getattr(request, "upload_too_large", False)
    return ItemForm(request.POST, request.FILES, instance=item, too_large=too_large)


def stored(form: ItemForm) -> LibraryItem:
    """Save the row, and its file where one was uploaded; the old file goes once all is saved."""
    item = form.instance
    if form.kept is None:
        form.save()
        return item
    content, item.extension, item.file_title = form.kept
    old = item.file.name if item.file else ""
    storage = item.file.storage
    item.file.save("file", ContentFile(content), save=False)
    form.save()
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    return item


def form_page(request: HttpRequest, form: ItemForm) -> HttpResponse:
    item = form.instance
    conflict = form.conflict() if item.pk else ()
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Материал" if item.pk else "Новый материал",
            "form": form,
            "refusals": conflict,
            "back_url": reverse("library"),
            "back_title": "Библиотека",
        },
        status=409 if conflict else 422 if form.errors else 200,
    )


@require_safe
@allow(*READERS, Role.MENTEE)
def item_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a material, to be saved."""
    item = get_object_or_404(LibraryItem.objects.visible_to(request.user), pk=pk)
    if not item.file:
        raise Http404
    response = FileResponse(
        item.file.open("rb"),
        as_attachment=True,
        filename=f"material-{item.pk}.{item.extension}",
        content_type=TYPES[item.extension],
    )
    response["Content-Security-Policy"] = "sandbox"
    return response
