"""«Мотивация наставников» of a programme in the browser (S3.3; M1–M10)."""

import datetime

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.base_pages import xlsx
from programmes.bases import page_of, programme_of
from programmes.changes import changes_of
from programmes.models import GivenMeasure, Measure, PlannedMeasure, Programme
from programmes.motivation.forms import (
    DoneForm,
    DropForm,
    GivenForm,
    PlannedMeasureForm,
    mentors_of,
)
from programmes.motivation.models import give_unplanned
from programmes.numbers import whole_number
from programmes.refusal import Refusal

KEEPERS = (Role.CURATOR, Role.DIRECTOR)
STATES = [("late", "просрочены"), *PlannedMeasure.State.choices]


def planned_of(programme: Programme):
    """Planned measures by their term, each with what its row shows."""
    rows = programme.planned_measures.select_related("measure", "responsible")
    return rows.prefetch_related("people").order_by("ended_on", "pk")


def narrowed(request: HttpRequest, programme: Programme, day: datetime.date):
    """(planned, given, what is asked): both lists as the address narrows them."""
    planned = planned_of(programme)
    given = programme.given_measures.select_related("measure", "person").order_by(
        "-given_on", "measure__position", "person__sort_key", "pk"
    )
    measure = whole_number(request.GET.get("measure", ""))
    person = whole_number(request.GET.get("person", ""))
    state = request.GET.get("state", "")
    if measure is not None:
        planned, given = planned.filter(measure=measure), given.filter(measure=measure)
    if person is not None:
        of_person = programme.planned_measures.filter(Q(people=person) | Q(people=None))
        planned = planned.filter(pk__in=of_person.values("pk"))
        given = given.filter(Q(person=person) | Q(person=None))
    if state == "late":
        planned = planned.filter(state=PlannedMeasure.State.PLANNED, ended_on__lt=day)
    elif state in PlannedMeasure.State.values:
        planned = planned.filter(state=state)
    return planned, given, {"measure": measure, "person": person, "state": state}


@require_safe
@allow(*KEEPERS)
def motivation(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What is planned, then what was given; late ones marked."""
    programme = programme_of(request, programme_id)
    day = timezone.localdate()
    planned, given, asked = narrowed(request, programme, day)
    page = page_of(given, request.GET.get("page"))
    return render(
        request,
        "programmes/motivation/list.html",
        {
            "programme": programme,
            "rows": [(one, one.is_late_on(day)) for one in planned],
            "page": page,
            "found": page.paginator.count,
            "asked": asked,
            "is_filtered": any(value not in (None, "") for value in asked.values()),
            "has_any": programme.planned_measures.exists() or programme.given_measures.exists(),
            "measures": Measure.objects.filter(school=programme.school_id),
            "mentors": mentors_of(programme),
            "states": STATES,
            "cost": planned.aggregate(sum=Sum("cost"))["sum"],
        },
    )


@require_safe
@allow(*KEEPERS)
def motivation_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Both lists as narrowed, in one sheet: the plan first."""
    programme = programme_of(request, programme_id)
    day = timezone.localdate()
    planned, given, _ = narrowed(request, programme, day)
    rows = [
        [
            str(one.measure),
            one.what,
            one.term,
            one.responsible.full_name if one.responsible else "",
            "; ".join(person.full_name for person in one.people.all()) or "все наставники",
            "просрочена" if one.is_late_on(day) else one.get_state_display(),
            f"{one.done_on:%d.%m.%Y}" if one.done_on else "",
            one.result,
            "" if one.cost is None else str(one.cost),
        ]
        for one in planned
    ]
    rows += [
        [
            str(one.measure),
            one.what,
            "",
            "",
            one.person.full_name if one.person else "все наставники",
            "записана",
            f"{one.given_on:%d.%m.%Y}",
            "",
            "",
        ]
        for one in given
    ]
    header = [
        *("Мера", "Что именно", "Срок", "Ответственный", "Для кого", "Состояние", "День"),
        *("Итог", "Стоимость, ₽"),
    ]
    return xlsx("motivation", "Мотивация", header, rows)


def one_of(request: HttpRequest, programme_id: int, pk: int) -> PlannedMeasure:
    programme = programme_of(request, programme_id)
    rows = programme.planned_measures.select_related("programme__school", "measure")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def planned_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    measure = whole_number(request.GET.get("measure", ""))
    if request.method == "GET":
        form = PlannedMeasureForm(programme=programme, initial={"measure": measure})
        return planned_page(request, form)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        form = PlannedMeasureForm(request.POST, programme=programme)
        if form.is_valid():
            if not is_there(programme, form.cleaned_data):
                form.save()
            messages.success(request, "Мера запланирована.")
            return redirect("motivation", programme.pk)
    return planned_page(request, form)


def is_there(programme: Programme, data) -> bool:
    """Whether a second click would plan the same once more."""
    same = programme.planned_measures.filter(
        measure=data["measure"], what=data["what"], ended_on=data["ended_on"]
    )
    return same.exists()


def planned_page(
    request, form: PlannedMeasureForm, *, done_form=None, drop_form=None, refusals=()
) -> HttpResponse:
    one = form.instance if form.instance.pk else None
    conflict = form.conflict() if one else ()
    has_errors = any(f is not None and f.errors for f in (form, done_form, drop_form))
    return render(
        request,
        "programmes/motivation/planned.html",
        {
            "title": "Запланированная мера" if one else "Запланировать меру",
            "programme": form.instance.programme,
            "form": form,
            "one": one,
            "given": one.given.select_related("person") if one else (),
            "done_form": done_form or (one and DoneForm(planned=one)),
            "drop_form": drop_form or DropForm(),
            "refusals": conflict or refusals,
            "changes": changes_of(one) if one else (),
        },
        status=409 if conflict else 422 if has_errors or refusals else 200,
    )


def edit_form(one: PlannedMeasure, data=None) -> PlannedMeasureForm:
    return PlannedMeasureForm(data, programme=one.programme, instance=one)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def planned_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    one = one_of(request, programme_id, pk)
    if request.method == "GET":
        return planned_page(request, edit_form(one))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=one.programme_id)
        form = edit_form(one_of(request, programme_id, pk), request.POST)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Мера сохранена.")
            return redirect("motivation", programme_id)
    return planned_page(request, form)


@require_POST
@allow(*KEEPERS)
def planned_done(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """The measure was carried out; what was given stands in the cards of the mentors."""
    one = one_of(request, programme_id, pk)
    form = DoneForm(request.POST, planned=one)
    refusals: tuple[str, ...] = ()
    if form.is_valid():
        data = form.cleaned_data
        try:
            one.carry_out(data["done_on"], data["result"], list(data["people"]))
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Записано: {one.measure}, {one.done_on:%d.%m.%Y}.")
            return redirect("motivation", programme_id)
    return planned_page(request, edit_form(one), done_form=form, refusals=refusals)


@require_POST
@allow(*KEEPERS)
def planned_drop(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    one = one_of(request, programme_id, pk)
    form = DropForm(request.POST)
    refusals: tuple[str, ...] = ()
    if form.is_valid():
        try:
            one.drop(form.cleaned_data["why"])
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, "Отмечено: мера не понадобилась.")
            return redirect("motivation", programme_id)
    return planned_page(request, edit_form(one), drop_form=form, refusals=refusals)


@require_POST
@allow(*KEEPERS)
def planned_reopen(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    one = one_of(request, programme_id, pk)
    one.reopen()
    messages.success(request, "Мера снова в плане.")
    return redirect("planned-measure-edit", programme_id, pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def given_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Keep something that was given without a plan."""
    programme = programme_of(request, programme_id)
    form = GivenForm(request.POST if request.method == "POST" else None, programme=programme)
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            fresh = give_unplanned(
                programme, data["measure"], list(data["people"]), data["given_on"], data["what"]
            )
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            words = f"Записано: {fresh}." if fresh else "Это уже записано."
            messages.success(request, words)
            return redirect("motivation", programme.pk)
    return render(
        request,
        "programmes/motivation/given.html",
        {"programme": programme, "form": form, "refusals": refusals},
        status=422 if form.errors or refusals else 200,
    )


@require_POST
@allow(*KEEPERS)
def given_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take back a record made by mistake; its version stays in the history."""
    programme = programme_of(request, programme_id)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        given: GivenMeasure = get_object_or_404(programme.given_measures, pk=pk)
        given.delete()
    messages.success(request, f"Запись убрана: {given}.")
    return redirect("motivation", programme.pk)


@require_safe
@allow(Role.MENTOR)
def my_measures(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What a mentor has got in the programme, and what is planned for the mentor."""
    programme = programme_of(request, programme_id)
    person = request.user.person
    is_mentor = person is not None and programme.mentors.filter(person=person).exists()
    planned = planned_of(programme).filter(state=PlannedMeasure.State.PLANNED)
    mine = programme.planned_measures.filter(Q(people=person) | Q(people=None)).values("pk")
    return render(
        request,
        "programmes/motivation/mine.html",
        {
            "programme": programme,
            "given": programme.given_measures.to(person) if is_mentor else (),
            "planned": planned.filter(pk__in=mine) if is_mentor else (),
        },
    )
