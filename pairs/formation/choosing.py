"""Choosing who is to work with whom: unpaired mentees and mentors side by side."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pairs.formation import forming
from pairs.formation.candidates import mentors_for, unpaired, waiting_since
from pairs.formation.forms import ProposeForm
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import MentoringForm, Person, Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal

# What of the choice is kept in the address.
CHOICES = ("form", "q", "mq", "mentees", "mentor", "variant", "on")
SHOWN = 100  # mentees at once; search finds the rest
SHOWN_MENTORS = 30
COMPARED = 3


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def pair_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Candidates side by side: unpaired mentees at the left, mentors with reasons at the right.

    Choosing is kept in the address (``look``), saving is a POST.
    """
    programme = programme_of(request, programme_id)
    if request.method == "POST" and "look" in request.POST:
        kept = {k: request.POST.getlist(k) for k in CHOICES if any(request.POST.getlist(k))}
        return redirect(f"{request.path}?{urlencode(kept, doseq=True)}")
    refusals: tuple[str, ...] = ()
    form = ProposeForm(request.POST if request.method == "POST" else None, programme=programme)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pair = forming.propose(
                programme,
                data["form"],
                data["mentor"],
                list(data["mentees"]),
                data["on"],
                data["variant"],
            )
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Черновик сохранён: {pair}.")
            address = reverse("pair-new", args=[programme.pk])
            return redirect(f"{address}?form={data['form'].pk}")
    return render(
        request,
        "pairs/formation/new.html",
        choosing(request, programme) | {"form": form, "refusals": refusals},
        status=422 if refusals or form.errors else 200,
    )


def choosing(request: HttpRequest, programme: Programme) -> dict:
    """What the page of candidates shows for the choices made so far, typed or linked."""
    source = request.POST if request.method == "POST" else request.GET
    forms = list(programme.forms.prefetch_related("variants"))
    chosen = set(whole_numbers(source.getlist("mentees")))
    chosen_mentor = source.get("mentor", "")
    chosen_form = form_for(programme, forms, source.get("form", ""), chosen)
    on = programme.working_day()
    text, mentor_text = source.get("q", ""), source.get("mq", "")
    mentees, mentors, picked, since, more_mentees, more_mentors = [], [], [], {}, 0, 0
    if chosen_form:
        entries = unpaired(programme, on, chosen_form).prefetch_related("categories", "forms")
        if text.strip():
            entries = entries.filter(Q(person__in=found(programme, text)) | Q(person__in=chosen))
        mentees = sorted(entries, key=lambda entry: entry.person_id not in chosen)
        more_mentees, mentees = max(0, len(mentees) - SHOWN), mentees[:SHOWN]
        picked = [entry for entry in mentees if entry.person_id in chosen]
        since = waiting_since(programme, picked)
        mentors = mentors_for(programme, chosen_form, on, picked)
        if mentor_text.strip():
            ids = set(found(programme, mentor_text).values_list("pk", flat=True))
            mentors = [m for m in mentors if m.entry.person_id in ids]
        more_mentors = max(0, len(mentors) - SHOWN_MENTORS)
        mentors = [
            m
            for place, m in enumerate(mentors)
            if place < SHOWN_MENTORS or str(m.entry.person_id) == chosen_mentor
        ]
    return {
        "programme": programme,
        "forms": forms,
        "chosen_form": chosen_form,
        "mentees": mentees,
        "more_mentees": more_mentees,
        "mentors": mentors,
        "more_mentors": more_mentors,
        "picked": picked,
        "compared": [m for m in mentors if m.free][:COMPARED] if picked else [],
        "chosen": chosen,
        "chosen_mentor": chosen_mentor,
        "chosen_variant": source.get("variant", ""),
        "on": source.get("on") or max([on, *since.values()]).isoformat(),
        "q": text,
        "mq": mentor_text,
        "drafts": programme.pairs.drafts().count(),
    }


def found(programme: Programme, text: str):
    return Person.objects.filter(school_id=programme.school_id).search(text)


def form_for(
    programme: Programme, forms: list[MentoringForm], asked: str, chosen: set[int]
) -> MentoringForm | None:
    """The form asked for, else the first one that fits those chosen, else the first one."""
    for form in forms:
        if str(form.pk) == asked:
            return form
    kinds = set(
        programme.mentees.filter(person__in=chosen).values_list("person__kind", flat=True)
        if chosen
        else ()
    )
    fitting = [form for form in forms if kinds <= set(form.mentee_kinds)]
    return next(iter(fitting or forms), None)
