"""The mentee base of a programme in the browser."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.models import Mentee, Programme
from programmes.programme.forms import EndForm, MenteeForm


def visible(request: HttpRequest, programme_id: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
def mentee_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = visible(request, programme_id)
    may_change = request.user.is_any(Role.CURATOR)
    entries = programme.mentees.ongoing_on(day_of(programme))
    text = request.GET.get("q", "")
    shown = bases.found(entries, text)
    if request.GET.get("free"):
        shown = shown.exclude(person__in=paired_people(programme))
    page = bases.page_of(shown, request.GET.get("page"))
    wanted = request.GET.get("add", "")
    return render(
        request,
        "programmes/mentees/list.html",
        {
            "programme": programme,
            "page": page,
            "q": text,
            "total": page.paginator.count,
            "may_change": may_change,
            "add": wanted,
            "candidates": bases.candidates(programme, entries, wanted) if may_change else [],
            "free": request.GET.get("free", ""),
            "paired": set(paired_people(programme)),
        },
    )


def day_of(programme: Programme):
    """Today, kept inside the programme: a base is looked at while its programme lasts."""
    return min(max(timezone.localdate(), programme.started_on), programme.ended_on)


@require_POST
@allow(Role.CURATOR)
def mentee_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Put chosen people into the base; those already there are told, not doubled."""
    programme = visible(request, programme_id)
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
    programme = visible(request, programme_id)
    entry = get_object_or_404(programme.mentees.select_related("person"), pk=pk)
    form = MenteeForm(
        request.POST if request.method == "POST" else None, initial={"need": entry.need}
    )
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(entry, name, value)
        entry.save()
        messages.success(request, f"{entry.person}: сохранено.")
        return redirect("mentee-list", programme.pk)
    return render(
        request,
        "programmes/base_entry.html",
        {
            "entry": entry,
            "form": form,
            "end_form": EndForm(initial={"ended_on": timezone.localdate()}),
            "end_url": reverse("mentee-end", args=[programme.pk, entry.pk]),
            "back_url": reverse("mentee-list", args=[programme.pk]),
            "back_title": "База наставляемых",
        },
        status=422 if form.errors else 200,
    )


@require_POST
@allow(Role.CURATOR)
def mentee_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take a person out of the base on a day, unless the person is in a pair that goes on."""
    programme = visible(request, programme_id)
    entry = get_object_or_404(programme.mentees.select_related("person"), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Нужны последний день и причина.")
    elif entry.person.menteeships.filter(pair__programme=programme, ended_on__isnull=True).exists():
        messages.error(request, f"{entry.person} в паре: сначала завершите её.")
    elif form.cleaned_data["ended_on"] < entry.started_on:
        messages.error(request, f"В базе только с {entry.started_on:%d.%m.%Y}.")
    else:
        entry.end(form.cleaned_data["ended_on"], form.cleaned_data["reason"])
        messages.success(request, f"{entry.person}: больше не в базе. История сохранена.")
        return redirect("mentee-list", programme.pk)
    return redirect("mentee-edit", programme.pk, entry.pk)


def paired_people(programme: Programme):
    """Ids of the mentees that are in a draft or a pair now (reverse names come from the pairs)."""
    return (
        programme.pairs.exclude(state="ended")
        .filter(mentees__ended_on__isnull=True)
        .values_list("mentees__person_id", flat=True)
    )
