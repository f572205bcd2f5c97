"""Pages about people: the list, one person, the case forms."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.consents import standing
from programmes.consents.wording import Purpose
from programmes.models import Person
from programmes.people.filters import PersonFilter
from programmes.people.forms import CASE_TITLES, PART_TITLES, CasesForm, LeftForm, PersonForm
from programmes.people.models import PARTS
from programmes.programme.models import Programme

READERS = (Role.ADMINISTRATOR, Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
KEEPERS = (Role.ADMINISTRATOR, Role.CURATOR)
PAGE = 50


def filtered(request: HttpRequest) -> PersonFilter:
    """The people this user may see, as the filter bar narrows them."""
    return PersonFilter(request.GET, queryset=Person.objects.visible_to(request.user).in_order())


@require_safe
@allow(*READERS)
def person_list(request: HttpRequest) -> HttpResponse:
    people = filtered(request)
    page = Paginator(people.qs, PAGE).get_page(request.GET.get("page"))
    may_change = request.user.is_any(*KEEPERS)
    programme = (
        Programme.objects.managed_by(request.user).current()
        if request.user.is_any(Role.CURATOR)
        else None
    )
    return render(
        request,
        "programmes/people/list.html",
        {
            "filter": people,
            "page": page,
            "found": page.paginator.count,
            "is_filtered": any(request.GET.get(k) for k in ("q", "kind", "grade", "left")),
            "may_change": may_change,
            "programme": programme,
        },
    )


@require_safe
@allow(*READERS)
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    now = standing.standings([person], today, Purpose.values)[person.pk]
    return render(
        request,
        "programmes/people/detail.html",
        {
            "person": person,
            "sees_consents": request.user.is_any(Role.CURATOR, Role.DIRECTOR),
            "consents": list(now.values()),
            "may_change": request.user.is_any(*KEEPERS),
            "cases": case_table(person),
            "case_titles": list(CASE_TITLES.values()),
            "curatorships": person.curatorships.select_related("programme"),
            "mentor_entries": person.mentor_entries.select_related("programme"),
            "mentee_entries": person.mentee_entries.select_related("programme"),
            "changes": changes_of(person),
            "left_form": LeftForm(initial={"left_on": timezone.localdate()}),
        },
    )


def case_table(person: Person) -> list[tuple[str, bool, list[str]]]:
    """Title, whether corrected by hand, six forms: a row a part of the name."""
    return [
        (PART_TITLES[part], part in person.manual_parts, [forms[c] for c in CASE_TITLES])
        for part in PARTS
        if (forms := person.case_forms.get(part, {})).get("nominative")
    ]


def changes_of(person: Person, limit: int = 10) -> list[dict]:
    """The latest changes: when, who, what; the first row is how the person came in."""
    records = list(person.history.select_related("history_user__person")[: limit + 1])
    found = []
    for newer, older in zip(records, [*records[1:], None], strict=True):
        if older is None:
            fields = []
        else:
            delta = newer.diff_against(
                older, excluded_fields=["case_forms", "manual_parts", "version"]
            )
            fields = [str(Person._meta.get_field(f).verbose_name) for f in delta.changed_fields]
            if newer.case_forms != older.case_forms:
                fields.append("склонение")
        found.append(
            {"at": newer.history_date, "by": newer.history_user, "fields": fields,
             "is_first": older is None and newer.history_type == "+"}
        )  # fmt: skip
    return found[:limit]


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def person_new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        instance=Person(school=request.user.school),
    )
    if request.method == "POST" and form.is_valid():
        person = form.save()
        messages.success(request, "Человек записан. Проверьте склонение: так он попадёт в приказы.")
        return redirect("person-detail", person.pk)
    return render(
        request,
        "programmes/people/edit.html",
        {"form": form, "title": "Новый человек"},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    people = Person.objects.managed_by(request.user)
    if request.method == "GET":
        person = get_object_or_404(people, pk=pk)
        return edit_page(request, person, PersonForm(instance=person))
    with transaction.atomic():
        person = get_object_or_404(people.select_for_update(), pk=pk)
        stored_version = person.version
        form = PersonForm(request.POST, instance=person)
        if form.is_valid():
            if form.cleaned_data["version"] != stored_version:
                return conflict(request, form, pk)
            form.instance.version = stored_version + 1
            form.save()
            messages.success(request, "Изменения сохранены.")
            return redirect("person-detail", person.pk)
    return edit_page(request, person, form, status=422)


def edit_page(
    request: HttpRequest, person: Person, form: PersonForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "person": person, "title": f"{person.full_name}: данные"}
    return render(request, "programmes/people/edit.html", context, status=status)


def conflict(request: HttpRequest, form: PersonForm, pk: int) -> HttpResponse:
    """Somebody saved meanwhile: what was typed and what is stored, side by side (SEC 14)."""
    stored = Person.objects.get(pk=pk)
    now = PersonForm(instance=stored)
    rows = [
        (form.fields[name].label, form[name].value() or "", now[name].value() or "")
        for name in PersonForm.Meta.fields
        if str(form[name].value() or "") != str(now[name].value() or "")
    ]
    form.data = form.data.copy()
    form.data["version"] = stored.version
    last = stored.history.select_related("history_user__person").first()
    return render(
        request,
        "programmes/people/edit.html",
        {"form": form, "person": stored, "title": f"{stored.full_name}: данные",
         "conflict": rows, "last": last},
        status=409,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def person_cases(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.managed_by(request.user), pk=pk)
    if request.method == "POST" and request.POST.get("reset") in PARTS:
        person.reset_case_forms(request.POST["reset"])
        person.save()
        messages.success(request, "Возвращено автоматическое склонение.")
        return redirect("person-cases", person.pk)
    form = CasesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        form.store()
        messages.success(request, "Склонение сохранено: документы возьмут эти формы.")
        return redirect("person-detail", person.pk)
    return render(
        request,
        "programmes/people/cases.html",
        {"form": form, "person": person},
        status=422 if form.errors else 200,
    )


@require_POST
@allow(*KEEPERS)
def person_left(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a person as having left, or undo it with an empty date."""
    person = get_object_or_404(Person.objects.managed_by(request.user), pk=pk)
    if "undo" in request.POST:
        person.left_on = None
        person.save()
        messages.success(request, "Отметка о выбытии снята.")
        return redirect("person-detail", person.pk)
    form = LeftForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Дата выбытия не понята: выберите день.")
        return redirect("person-detail", person.pk)
    person.left_on = form.cleaned_data["left_on"]
    person.save()
    messages.success(request, "Отмечено, что человек выбыл. Отметку можно снять.")
    return redirect("person-detail", person.pk)
