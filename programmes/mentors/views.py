"""The mentor base of a programme in the browser."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.models import Mentor, Programme
from programmes.programme.forms import EndForm, MentorForm


def visible(request: HttpRequest, programme_id: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def mentor_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = visible(request, programme_id)
    may_change = request.user.is_any(Role.CURATOR)
    entries = programme.mentors.ongoing_on(day_of(programme))
    text = request.GET.get("q", "")
    shown = bases.found(entries, text)
    page = bases.page_of(shown, request.GET.get("page"))
    wanted = request.GET.get("add", "")
    return render(
        request,
        "programmes/mentors/list.html",
        {
            "programme": programme,
            "page": page,
            "q": text,
            "total": page.paginator.count,
            "may_change": may_change,
            "add": wanted,
            "candidates": bases.candidates(programme, entries, wanted) if may_change else [],
            "taken": places(programme),
        },
    )


def day_of(programme: Programme):
    """Today, kept inside the programme: a base is looked at while its programme lasts."""
    return min(max(timezone.localdate(), programme.started_on), programme.ended_on)


@require_POST
@allow(Role.CURATOR)
def mentor_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Put chosen people into the base; those already there are told, not doubled."""
    programme = visible(request, programme_id)
    counts = bases.add(
        programme,
        lambda person, day: Mentor(programme=programme, person=person, started_on=day),
        programme.mentors,
        request.POST.getlist("people"),
    )
    if sum(counts):
        messages.success(request, bases.added_words(counts))
    else:
        messages.error(request, "Отметьте хотя бы одного человека.")
    return redirect("mentor-list", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def mentor_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    programme = visible(request, programme_id)
    entry = get_object_or_404(programme.mentors.select_related("person"), pk=pk)
    form = MentorForm(
        request.POST if request.method == "POST" else None,
        initial={"competences": entry.competences, "capacity": entry.capacity},
    )
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(entry, name, value)
        entry.save()
        messages.success(request, f"{entry.person}: сохранено.")
        return redirect("mentor-list", programme.pk)
    return render(
        request,
        "programmes/base_entry.html",
        {
            "entry": entry,
            "form": form,
            "end_form": EndForm(initial={"ended_on": timezone.localdate()}),
            "end_url": reverse("mentor-end", args=[programme.pk, entry.pk]),
            "back_url": reverse("mentor-list", args=[programme.pk]),
            "back_title": "База наставников",
        },
        status=422 if form.errors else 200,
    )


@require_POST
@allow(Role.CURATOR)
def mentor_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take a person out of the base on a day, unless the person is in a pair that goes on."""
    programme = visible(request, programme_id)
    entry = get_object_or_404(programme.mentors.select_related("person"), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Нужны последний день и причина.")
    elif entry.person.mentorships.filter(pair__programme=programme, ended_on__isnull=True).exists():
        messages.error(request, f"{entry.person} в паре: сначала завершите её.")
    elif form.cleaned_data["ended_on"] < entry.started_on:
        messages.error(request, f"В базе только с {entry.started_on:%d.%m.%Y}.")
    else:
        entry.end(form.cleaned_data["ended_on"], form.cleaned_data["reason"])
        messages.success(request, f"{entry.person}: больше не в базе. История сохранена.")
        return redirect("mentor-list", programme.pk)
    return redirect("mentor-edit", programme.pk, entry.pk)


def places(programme: Programme) -> dict[int, int]:
    """How many mentees each mentor has in drafts and pairs now: person id → number."""
    rows = (
        programme.pairs.exclude(state="ended")
        .filter(mentors__ended_on__isnull=True, mentees__ended_on__isnull=True)
        .values_list("mentors__person_id", "mentees__id")
        .distinct()
    )
    return Counter(person_id for person_id, _ in rows)
