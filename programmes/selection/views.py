"""The candidates of a programme in the browser, and what is decided on them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import PAGE, chosen_people, programme_of
from programmes.models import Programme
from programmes.numbers import whole_number
from programmes.refusal import Refusal
from programmes.selection import deciding
from programmes.selection.candidates import SORTS, STATES, Candidate, candidates_of
from programmes.selection.demand import demand_on, match
from programmes.selection.forms import DecisionForm
from programmes.text import search_key

READERS = (Role.CURATOR, Role.DIRECTOR)


def shown_candidates(request: HttpRequest, programme: Programme) -> list[Candidate]:
    """The candidates whom the address asks for, in its order: the page and its export agree."""
    found = candidates_of(programme, programme.working_day())
    asked = request.GET
    words = search_key(asked.get("q", "")).split()
    found = [c for c in found if all(word in c.person.search_key for word in words)]
    if form := asked.get("form"):
        found = [c for c in found if c.form and c.form.code == form]
    if asked.get("state") in STATES:
        found = [c for c in found if STATES[asked["state"]][1](c)]
    return sorted(found, key=SORTS.get(asked.get("sort", ""), SORTS["name"]))


@require_safe
@allow(*READERS)
def selection(request: HttpRequest, programme_id: int) -> HttpResponse:
    return selection_page(request, programme_of(request, programme_id))


def selection_page(request, programme, *, form=None, chosen=(), refusals=(), status=200):
    found = shown_candidates(request, programme)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET.get(name, "") for name in ("q", "form", "state", "sort")}
    return render(
        request,
        "programmes/selection/list.html",
        {
            "programme": programme,
            "page": page,
            "found": len(found),
            "asked": asked,
            "is_filtered": any(asked[name] for name in ("q", "form", "state")),
            "states": [(key, title) for key, (title, _) in STATES.items()],
            "forms": programme.forms.all(),
            "sort": asked["sort"] if asked["sort"] in SORTS else "name",
            "has_criteria": programme.criteria.exists(),
            "may_change": request.user.is_any(Role.CURATOR),
            "form": form or DecisionForm(),
            "chosen": {person.pk for person in chosen},
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def decide(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Write one decision for all ticked candidates."""

    def deed(programme, people, data):
        fresh = deciding.decide(
            programme, people, data["outcome"], data["reason"], data["day"], request.user
        )
        return f"Решение записано: {fresh}." if fresh else "Такое решение уже записано."

    return _do(request, programme_id, DecisionForm(request.POST), deed)


@require_POST
@allow(Role.CURATOR)
def let_in(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Let the ticked candidates be mentors without selection or training, with a reason."""

    def deed(programme, people, data):
        fresh = deciding.let_in(programme, people, data["reason"], data["day"], request.user)
        return f"Допущены с причиной: {fresh}." if fresh else "Такой допуск уже записан."

    return _do(request, programme_id, DecisionForm(request.POST, is_letting_in=True), deed)


def _do(request: HttpRequest, programme_id: int, form: DecisionForm, deed) -> HttpResponse:
    programme = programme_of(request, programme_id)
    people = chosen_people(programme, request.POST.getlist("people"))
    refusals: tuple[str, ...] = () if people else ("Отметьте хотя бы одного кандидата.",)
    if form.is_valid() and not refusals:
        try:
            messages.success(request, deed(programme, people, form.cleaned_data))
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            return redirect(_back(request, programme))
    return selection_page(
        request, programme, form=form, chosen=people, refusals=refusals, status=422
    )


def _back(request: HttpRequest, programme: Programme) -> str:
    """The candidate's page where the form stood there, else the list as it was filtered."""
    entry = whole_number(request.POST.get("candidate", ""))
    if entry is not None and programme.mentors.filter(pk=entry).exists():
        return reverse("selection-candidate", args=[programme.pk, entry])
    query = request.GET.urlencode()
    return reverse("selection", args=[programme.pk]) + (f"?{query}" if query else "")


@require_safe
@allow(*READERS)
def candidate(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Everything about one candidate: points side by side, agreement, decisions, training."""
    programme = programme_of(request, programme_id)
    entry = get_object_or_404(programme.mentors.select_related("person"), pk=pk)
    day = programme.working_day()
    found = next(iter(candidates_of(programme, day, only=entry.person)), None)
    person = entry.person
    assessors = programme.assessors.ongoing().exclude(person=person).select_related("person")
    sheets = {sheet.assessor_id: sheet for sheet in found.sheets} if found else {}
    return render(
        request,
        "programmes/selection/candidate.html",
        {
            "programme": programme,
            "entry": entry,
            "person": person,
            "candidate": found,
            "rows": criteria_rows(programme, found, day) if found else [],
            "totals": [found.total_of(sheet) for sheet in found.sheets] if found else [],
            "assessors": [(a, sheets.get(a.person_id)) for a in assessors],
            "decisions": programme.decisions.filter(person=person).order_by("-decided_on", "-pk"),
            "waivers": programme.waivers.filter(person=person).order_by("-given_on", "-pk"),
            "enrolments": person.enrolments.filter(course__programme=programme)
            .select_related("course", "person")
            .order_by("course__started_on"),
            "may_change": request.user.is_any(Role.CURATOR) and entry.ended_on is None,
            "form": DecisionForm(),
        },
    )


def criteria_rows(programme: Programme, found: Candidate, day) -> list[dict]:
    """A row a criterion: share of the weight, points of each sheet, range, match with the needs."""
    demand = demand_on(programme, day)
    whole = sum(criterion.weight for criterion in found.criteria)
    agreement = found.agreement
    rows = []
    for criterion in found.criteria:
        named = [category.pk for category in criterion.categories.all()]
        matched = match(demand, found.person.pk, named) if named else None
        rows.append(
            {
                "criterion": criterion,
                "share": 100 * criterion.weight / whole,
                "points": [found.points.get(s.pk, {}).get(criterion.pk) for s in found.sheets],
                "range": agreement.ranges[criterion.pk] if agreement else None,
                "is_apart": agreement is not None and criterion.pk in agreement.apart,
                "match": matched,
                "match_points": matched.points(criterion.scale) if matched else None,
            }
        )
    return rows
