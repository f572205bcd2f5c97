"""The mentee base of a programme in the browser."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.mentees.forms import MenteeForm
from programmes.models import Mentee, Programme
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
def mentee_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = bases.programme_of(request, programme_id)
    may_change = request.user.is_any(Role.CURATOR)
    entries = programme.mentees.ongoing_on(programme.working_day())
    paired = live_places(programme).values("mentees__person_id")
    text, grade = request.GET.get("q", ""), request.GET.get("grade", "")
    with_pair = request.GET.get("pair", "")
    shown = bases.found(entries, text, grade)
    if with_pair == "no":
        shown = shown.exclude(person__in=paired)
    elif with_pair == "yes":
        shown = shown.filter(person__in=paired)
    page = bases.page_of(shown, request.GET.get("page"))
    pairs = pairs_of(programme, [entry.person_id for entry in page])
    wanted = request.GET.get("add", "")
    return render(
        request,
        "programmes/mentees/list.html",
        {
            "programme": programme,
            "page": page,
            "rows": [(entry, entry.hints(), pairs.get(entry.person_id)) for entry in page],
            "q": text,
            "grade": grade,
            "grades": bases.grades_of(entries),
            "with_pair": with_pair,
            "is_filtered": bool(text or grade or with_pair),
            "found": page.paginator.count,
            "total": entries.count(),
            "free": entries.exclude(person__in=paired).count(),
            "may_change": may_change,
            "add": wanted,
            "candidates": bases.candidates(programme, entries, wanted) if may_change else [],
        },
    )


def live_places(programme: Programme):
    """Pairs and drafts joined with those who are led in them now."""
    return programme.pairs.exclude(state="ended").filter(
        mentees__isnull=False, mentees__ended_on__isnull=True
    )


def pairs_of(programme: Programme, people: list[int]) -> dict[int, tuple[int, str]]:
    """The pair or draft of each mentee: person id → (id of the pair, its state)."""
    rows = programme.pairs.exclude(state="ended").filter(
        mentees__ended_on__isnull=True, mentees__person__in=people
    )
    return {
        person: (pair, state)
        for person, pair, state in rows.values_list("mentees__person_id", "pk", "state")
    }


@require_POST
@allow(Role.CURATOR)
def mentee_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Put chosen people into the base; those already there are told, not doubled."""
    programme = bases.programme_of(request, programme_id)
    counts = bases.add(
        programme,
        lambda person, day: Mentee(programme=programme, person=person, started_on=day),
        programme.mentees,
        request.POST.getlist("people"),
    )
    if sum(counts):
        messages.success(request, bases.added_words(counts))
    else:
        messages.error(request, "Отметьте хотя бы одного человека.")
    return redirect("mentee-list", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def mentee_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    programme = bases.programme_of(request, programme_id)
    entry = get_object_or_404(programme.mentees.select_related("person"), pk=pk)
    form = MenteeForm(
        request.POST if request.method == "POST" else None, initial={"need": entry.need}
    )
    if request.method == "POST" and form.is_valid():
        entry.need = form.cleaned_data["need"]
        entry.save()
        messages.success(request, f"{entry.person}: запрос сохранён.")
        return redirect("mentee-list", programme.pk)
    return entry_page(request, entry, form=form, status=422 if form.errors else 200)


def entry_page(request, entry, *, form=None, end_form=None, refusals=(), status=200):
    programme_id = entry.programme_id
    return render(
        request,
        "programmes/base_entry.html",
        {
            "entry": entry,
            "hints": entry.hints(),
            "form": form or MenteeForm(initial={"need": entry.need}),
            "end_form": end_form or EndForm(initial={"ended_on": timezone.localdate()}),
            "refusals": refusals,
            "save_url": reverse("mentee-edit", args=[programme_id, entry.pk]),
            "end_url": reverse("mentee-end", args=[programme_id, entry.pk]),
            "back_url": reverse("mentee-list", args=[programme_id]),
            "back_title": "База наставляемых",
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def mentee_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take a person out of the base on a day, unless the person is in a pair that goes on."""
    programme = bases.programme_of(request, programme_id)
    entry = get_object_or_404(programme.mentees.select_related("person"), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return entry_page(request, entry, end_form=form, status=422)
    data = form.cleaned_data
    try:
        bases.leave(entry, "menteeships", data["ended_on"], data["reason"])
    except Refusal as refusal:
        return entry_page(request, entry, end_form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"{entry.person}: больше не в базе. История сохранена.")
    return redirect("mentee-list", programme.pk)
