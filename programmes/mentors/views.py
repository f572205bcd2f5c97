"""The mentor base of a programme in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.mentors.forms import MentorForm
from programmes.mentors.places import places_of
from programmes.models import Mentor, Programme
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def mentor_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, bases.programme_of(request, programme_id))


def list_page(
    request: HttpRequest, programme: Programme, *, form=None, chosen=(), refusals=(), status=200
) -> HttpResponse:
    """The base as filtered; with people ``chosen`` to be added when that has not succeeded."""
    day = programme.working_day()
    may_change = request.user.is_any(Role.CURATOR)
    entries = programme.mentors.ongoing_on(day)
    places = places_of(programme, entries)
    text, grade = request.GET.get("q", ""), request.GET.get("grade", "")
    with_places = request.GET.get("places", "")
    shown = bases.found(entries, text, grade)
    if with_places in ("free", "full"):
        wanted = [pk for pk, p in places.items() if bool(p.free) == (with_places == "free")]
        shown = shown.filter(pk__in=wanted)
    page = bases.page_of(shown, request.GET.get("page"))
    wanted = request.GET.get("add", "")
    there = programme.mentors.overlapping_with(day, None)
    candidates = bases.candidates(programme, there, wanted) if may_change else []
    return render(
        request,
        "programmes/mentors/list.html",
        {
            "programme": programme,
            "page": page,
            "rows": [(entry, places[entry.pk]) for entry in page],
            "q": text,
            "grade": grade,
            "grades": bases.grades_of(entries),
            "with_places": with_places,
            "is_filtered": bool(text or grade or with_places),
            "found": page.paginator.count,
            "total": len(places),
            "free": sum(p.free for p in places.values()),
            "may_change": may_change,
            "add": wanted,
            "candidates": chosen or candidates,
            "chosen": {person.pk for person in chosen},
            "form": form or bases.JoinForm(programme=programme),
            "refusals": refusals,
            "later": bases.entries_after(programme.mentors, day),
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def mentor_add(request: HttpRequest, programme_id: int) -> HttpResponse:
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
        lambda person, day: Mentor(programme=programme, person=person, started_on=day),
        programme.mentors,
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
    return redirect("mentor-list", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def mentor_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    entry = entry_of(request, programme_id, pk)
    if request.method == "GET":
        return entry_page(request, entry)
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=entry.programme_id)
        form = MentorForm(request.POST, instance=entry_of(request, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            try:
                bases.store(form, entry.programme.mentors, "mentorships")
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, f"{form.instance.person}: сохранено.")
                return redirect("mentor-list", programme_id)
    conflict = form.conflict()
    status = 409 if conflict else 422
    return entry_page(request, entry, form=form, refusals=conflict or refusals, status=status)


def entry_of(request: HttpRequest, programme_id: int, pk: int) -> Mentor:
    programme = bases.programme_of(request, programme_id)
    return get_object_or_404(programme.mentors.select_related("person", "programme"), pk=pk)


def entry_page(request, entry, *, form=None, end_form=None, refusals=(), status=200):
    programme_id = entry.programme_id
    return render(
        request,
        "programmes/base_entry.html",
        {
            "entry": entry,
            "form": form or MentorForm(instance=entry),
            "end_form": end_form or EndForm(initial={"ended_on": timezone.localdate()}),
            "refusals": refusals,
            "save_url": reverse("mentor-edit", args=[programme_id, entry.pk]),
            "end_url": reverse("mentor-end", args=[programme_id, entry.pk]),
            "back_url": reverse("mentor-list", args=[programme_id]),
            "back_title": "База наставников",
            "selection_url": reverse("selection-candidate", args=[programme_id, entry.pk]),
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def mentor_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take a person out of the base on a day, unless the person is in a pair that goes on."""
    entry = entry_of(request, programme_id, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return entry_page(request, entry, end_form=form, status=422)
    data = form.cleaned_data
    try:
        bases.leave(entry, "mentorships", data["ended_on"], data["reason"])
    except Refusal as refusal:
        return entry_page(request, entry, end_form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"{entry.person}: больше не в базе. История сохранена.")
    return redirect("mentor-list", programme_id)
