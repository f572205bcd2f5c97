"""Assessors and their interview sheets in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Assessor, Programme
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal
from programmes.selection import assessing
from programmes.selection.candidates import form_of
from programmes.selection.demand import candidates_on
from programmes.selection.forms import AssessorsForm, SheetForm

READERS = (Role.CURATOR, Role.DIRECTOR)
# Whoever may be an assessor: what they see follows from being one, not from the role.
ASSESSING = (Role.CURATOR, Role.DIRECTOR, Role.TEACHER, Role.PSYCHOLOGIST, Role.MENTOR)

STALE = (
    "Пока страница была открыта, лист изменили. Ваши значения остались в форме: сверьте их и "
    "сохраните ещё раз."
)


@require_safe
@allow(*READERS)
def assessors(request: HttpRequest, programme_id: int) -> HttpResponse:
    return assessors_page(request, programme_of(request, programme_id))


def assessors_page(request, programme, *, form=None, end_form=None, refusals=(), status=200):
    rows = programme.assessors.select_related("person").order_by("person__sort_key", "pk")
    done: dict[int, int] = {}
    for person_id in programme.sheets.filter(is_done=True).values_list("assessor_id", flat=True):
        done[person_id] = done.get(person_id, 0) + 1
    today = timezone.localdate()
    return render(
        request,
        "programmes/selection/assessors.html",
        {
            "programme": programme,
            "rows": [(row, done.get(row.person_id, 0)) for row in rows],
            "form": form or AssessorsForm(programme=programme, initial={"started_on": today}),
            "end_form": end_form or EndForm(initial={"ended_on": today}, auto_id="end_%s"),
            "may_change": request.user.is_any(Role.CURATOR),
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def assessor_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    form = AssessorsForm(request.POST, programme=programme)
    if not form.is_valid():
        return assessors_page(request, programme, form=form, status=422)
    try:
        added = assessing.assign(
            programme, form.cleaned_data["people"], form.cleaned_data["started_on"]
        )
    except Refusal as refusal:
        return assessors_page(request, programme, form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"Назначено оценивающих: {added}.")
    return redirect("assessor-list", programme.pk)


@require_POST
@allow(Role.CURATOR)
def assessor_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    assessor = get_object_or_404(programme.assessors.select_related("person"), pk=pk)
    form = EndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return assessors_page(request, programme, end_form=form, status=422)
    try:
        assessing.dismiss(assessor, form.cleaned_data["ended_on"], form.cleaned_data["reason"])
    except Refusal as refusal:
        return assessors_page(
            request, programme, end_form=form, refusals=refusal.messages, status=422
        )
    messages.success(request, f"{assessor.person}: больше не оценивает. Листы сохранены.")
    return redirect("assessor-list", programme.pk)


@require_safe
@allow(*ASSESSING)
def my_selection(request: HttpRequest) -> HttpResponse:
    """The candidates whom the user is to assess, with the state of each sheet."""
    own = Assessor.objects.none()
    if request.user.person_id:
        own = Assessor.objects.ongoing().filter(person=request.user.person_id)
    parts = []
    for assessor in own.select_related("programme").order_by("-programme__started_on"):
        programme = assessor.programme
        entries = candidates_on(programme, programme.working_day())
        sheets = {
            sheet.person_id: sheet
            for sheet in programme.sheets.filter(assessor=request.user.person_id)
        }
        decided = set(programme.decisions.values_list("person_id", flat=True))
        rows = [
            (entry, sheets.get(entry.person_id), entry.person_id in decided)
            for entry in entries.exclude(person=request.user.person_id)
        ]
        parts.append(
            (assessor, rows, sum(1 for _, s, d in rows if not d and not (s and s.is_done)))
        )
    return render(request, "programmes/selection/my.html", {"parts": parts})


@require_http_methods(["GET", "POST"])
@allow(*ASSESSING)
def sheet(request: HttpRequest, programme_id: int, pk: int, assessor_id: int) -> HttpResponse:
    """One sheet: the assessor fills it in, or the curator types it in from paper."""
    programme: Programme = programme_of(request, programme_id)
    rows = programme.assessors.select_related("person", "programme")
    is_curator = request.user.is_any(Role.CURATOR)
    if not is_curator:
        rows = rows.ongoing().filter(person__isnull=False, person=request.user.person_id)
    assessor = get_object_or_404(rows, pk=assessor_id)
    entries = candidates_on(programme, programme.working_day()).prefetch_related("forms")
    entry = get_object_or_404(entries, pk=pk)
    if entry.person_id in (assessor.person_id, request.user.person_id):
        raise Http404  # Nobody assesses oneself, nor types in what others said of oneself.
    form_of_mentoring = form_of(entry, list(programme.forms.all()))
    criteria = list(programme.criteria.filter(form=form_of_mentoring)) if form_of_mentoring else []
    own = assessor.person_id == request.user.person_id
    back = (
        reverse("my-selection")
        if own
        else reverse("selection-candidate", args=[programme.pk, entry.pk])
    )
    refusals: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    with transaction.atomic():
        if request.method == "POST":
            Programme.objects.select_for_update().get(pk=programme.pk)
        sheets = programme.sheets.filter(assessor=assessor.person_id, person=entry.person_id)
        stored = sheets.first()
        data = request.POST if request.method == "POST" else None
        form = SheetForm(data, criteria=criteria, sheet=stored)
        if request.method == "POST" and form.is_valid():
            if form.is_stale:
                conflict = (STALE, *form.differing())
            else:
                try:
                    saved = assessing.fill(
                        assessor,
                        entry,
                        form_of_mentoring,
                        form.points,
                        remark=form.cleaned_data["remark"],
                        recommendation=form.cleaned_data["recommendation"],
                        is_done="done" in request.POST,
                        by=request.user,
                    )
                except Refusal as refusal:
                    refusals = refusal.messages
                else:
                    words = "лист готов" if saved.is_done else "черновик сохранён"
                    messages.success(request, f"{entry.person}: {words}.")
                    return redirect(back)
    return render(
        request,
        "programmes/selection/sheet.html",
        {
            "programme": programme,
            "entry": entry,
            "assessor": assessor,
            "is_own": own,
            "form": form,
            "form_of_mentoring": form_of_mentoring,
            "sheet": stored,
            "has_criteria": bool(criteria),
            "is_decided": programme.decisions.filter(person=entry.person_id).exists(),
            "back_url": back,
            "refusals": conflict or refusals,
        },
        status=409 if conflict else 422 if form.errors or refusals else 200,
    )
