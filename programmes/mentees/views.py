"""The mentee base of a programme in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.mentees.forms import MenteeForm
from programmes.models import Mentee, Programme, Rules
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
def mentee_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, bases.programme_of(request, programme_id))


def list_page(
    request: HttpRequest, programme: Programme, *, form=None, chosen=(), refusals=(), status=200
) -> HttpResponse:
    """The base as filtered; with people ``chosen`` to be added when that has not succeeded."""
    day = programme.working_day()
    may_change = request.user.is_any(Role.CURATOR)
    entries = programme.mentees.ongoing_on(day)
    paired = live_places(programme).values("mentees__person_id")
    text, grade = request.GET.get("q", ""), request.GET.get("grade", "")
    with_pair = request.GET.get("pair", "")
    shown = bases.found(entries, text, grade)
    if with_pair == "no":
        shown = shown.exclude(person__in=paired)
    elif with_pair == "yes":
        shown = shown.filter(person__in=paired)
    rules = Rules.of(programme.school_id)
    page = bases.page_of(shown, request.GET.get("page"))
    pairs = pairs_of(programme, [entry.person_id for entry in page])
    wanted = request.GET.get("add", "")
    there = programme.mentees.overlapping_with(day, None)
    candidates = bases.candidates(programme, there, wanted) if may_change else []
    return render(
        request,
        "programmes/mentees/list.html",
        {
            "programme": programme,
            "page": page,
            "rows": [(entry, entry.hints(rules), pairs.get(entry.person_id)) for entry in page],
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
            "candidates": chosen or candidates,
            "chosen": {person.pk for person in chosen},
            "form": form or bases.JoinForm(programme=programme),
            "refusals": refusals,
            "later": bases.entries_after(programme.mentees, day),
        },
        status=status,
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
    form = bases.JoinForm(request.POST, programme=programme)
    chosen = bases.chosen_people(programme, request.POST.getlist("people"))
    refusals = () if chosen else ("Отметьте хотя бы одного человека.",)
    if not form.is_valid() or refusals:
        return list_page(
            request, programme, form=form, chosen=chosen, refusals=refusals, status=422
        )
    added = bases.add(
        programme,
        lambda person, day: Mentee(programme=programme, person=person, started_on=day),
        programme.mentees,
        chosen,
        form.cleaned_data["started_on"],
    )
    if added.kept_out:
        if added.fresh:
            messages.success(request, added.words)
        return list_page(
            request, programme, form=form, chosen=added.kept_out, refusals=added.reasons, status=422
        )
    messages.success(request, added.words)
    return redirect("mentee-list", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def mentee_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    entry = entry_of(request, programme_id, pk)
    if request.method == "GET":
        return entry_page(request, entry)
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=entry.programme_id)
        form = MenteeForm(request.POST, instance=entry_of(request, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            try:
                bases.store(form, entry.programme.mentees, "menteeships")
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, f"{form.instance.person}: сохранено.")
                return redirect("mentee-list", programme_id)
    conflict = form.conflict()
    status = 409 if conflict else 422
    return entry_page(request, entry, form=form, refusals=conflict or refusals, status=status)


def entry_of(request: HttpRequest, programme_id: int, pk: int) -> Mentee:
    programme = bases.programme_of(request, programme_id)
    return get_object_or_404(programme.mentees.select_related("person", "programme"), pk=pk)


def entry_page(request, entry, *, form=None, end_form=None, refusals=(), status=200):
    programme_id = entry.programme_id
    return render(
        request,
        "programmes/base_entry.html",
        {
            "entry": entry,
            "hints": entry.hints(Rules.of(entry.programme.school_id)),
            "form": form or MenteeForm(instance=entry),
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
    entry = entry_of(request, programme_id, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return entry_page(request, entry, end_form=form, status=422)
    data = form.cleaned_data
    try:
        bases.leave(entry, "menteeships", data["ended_on"], data["reason"])
    except Refusal as refusal:
        return entry_page(request, entry, end_form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"{entry.person}: больше не в базе. История сохранена.")
    return redirect("mentee-list", programme_id)
