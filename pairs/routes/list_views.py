"""All routes of a programme for the curator: state, progress, what is late (S6.2)."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pairs.formation.models import PairMentee
from pairs.routes import deeds
from pairs.routes.models import Route, RouteStep
from programmes.access import Role, allow
from programmes.base_pages import xlsx
from programmes.bases import programme_of
from programmes.models import Person, Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal
from programmes.school_calendar.models import Calendar

PAGE = 50
LATE = "late"
TERM = 10  # working days for making a route (Regulation, 2.6)


def listed(programme: Programme, day: datetime.date):
    """Routes with the numbers of their steps and the first late day, by name of the mentee."""
    counted = ~Q(steps__state=RouteStep.State.DROPPED)
    behind = Q(steps__state=RouteStep.State.PLANNED, steps__due_on__lt=day)
    return (
        Route.objects.filter(pair__programme=programme)
        .select_related("mentee", "pair__form")
        .prefetch_related("pair__mentors__person")
        .annotate(
            number=Count("steps", filter=counted),
            done=Count("steps", filter=Q(steps__state=RouteStep.State.DONE)),
            late_since=Min("steps__due_on", filter=behind),
        )
        .order_by("mentee__sort_key", "pk")
    )


def without_route(programme: Programme, day: datetime.date):
    """Mentees of working pairs who have no route yet, the longest in a pair first."""
    has = Route.objects.filter(pair__programme=programme)
    return (
        PairMentee.objects.ongoing_on(day)
        .filter(pair__programme=programme, pair__state="confirmed")
        .exclude(Q(pair__in=has.values("pair_id")) & Q(person__in=has.values("mentee_id")))
        .select_related("person", "pair")
        .prefetch_related("pair__mentors__person")
        .order_by("started_on", "person__sort_key", "pk")
    )


def chosen(request: HttpRequest, programme: Programme):
    rows = listed(programme, programme.working_day())
    state, text = request.GET.get("state", ""), request.GET.get("q", "")
    if state in Route.State.values:
        rows = rows.filter(state=state)
    elif state == LATE:
        rows = rows.filter(late_since__isnull=False, state=Route.State.APPROVED)
    if text.strip():
        people = Person.objects.filter(school_id=programme.school_id).search(text)
        led = Q(pair__mentors__person__in=people)
        rows = rows.filter(pk__in=Route.objects.filter(Q(mentee__in=people) | led).values("pk"))
    return rows, state, text


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def route_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, programme_of(request, programme_id))


def list_page(request, programme: Programme, *, refusals=(), ticked=(), status=200):
    rows, state, text = chosen(request, programme)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    day = programme.working_day()
    everything = Route.objects.filter(pair__programme=programme)
    counts = dict(everything.values_list("state").annotate(n=Count("pk")).order_by())
    late = (
        everything.filter(state="approved", steps__state="planned", steps__due_on__lt=day)
        .distinct()
        .count()
    )
    missing = list(without_route(programme, day)[: PAGE + 1])
    calendar = Calendar.of(programme.school_id)
    for period in missing:
        period.due_on = calendar.moved(period.started_on, TERM)
        period.is_late = period.due_on < day
    may_approve = request.user.is_any(Role.CURATOR)
    context = {
        "programme": programme,
        "page": page,
        "total": page.paginator.count,
        "state": state,
        "q": text,
        "is_filtered": bool(state or text),
        "tabs": [
            ("", "все", sum(counts.values())),
            *((v, title, counts.get(v, 0)) for v, title in Route.State.choices),
            (LATE, "с отставанием", late),
        ],
        "missing": missing[:PAGE],
        "has_more_missing": len(missing) > PAGE,
        "may_approve": may_approve,
        "has_waiting": may_approve and any(route.is_sent for route in page),
        "today": timezone.localdate(),
        "refusals": refusals,
        "ticked": set(ticked),
    }
    return render(request, "pairs/routes/list.html", context, status=status)


@require_POST
@allow(Role.CURATOR)
def route_approve_many(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Approve the ticked routes, all or none."""
    programme = programme_of(request, programme_id)
    ids = whole_numbers(request.POST.getlist("routes"))
    routes = list(
        Route.objects.written_by(request.user)
        .filter(pair__programme=programme, pk__in=ids)
        .select_related("pair")
    )
    if not routes:
        return list_page(
            request, programme, refusals=["Отметьте хотя бы один маршрут."], status=422
        )
    try:
        approved = deeds.approve(routes, request.user)
    except Refusal as refusal:
        return list_page(request, programme, refusals=refusal.messages, ticked=ids, status=422)
    messages.success(request, f"Утверждено маршрутов: {len(approved)}.")
    return redirect(reverse("route-list", args=[programme.pk]))


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def route_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What the list shows, as XLSX."""
    programme = programme_of(request, programme_id)
    rows, _, _ = chosen(request, programme)
    header = ["Наставляемый", "Наставник", "Форма", "Цель", "Состояние", "Срок", "Шагов", "Сделано"]
    header += ["Отставание с", "Итог"]
    cells = [
        [
            route.mentee.full_name,
            route.pair.mentor.full_name if route.pair.mentor else "",
            route.pair.form.title,
            route.aim,
            route.get_state_display(),
            f"{route.started_on:%d.%m.%Y} – {route.ended_on:%d.%m.%Y}",
            str(route.number),
            str(route.done),
            f"{route.late_since:%d.%m.%Y}" if route.late_since and not route.is_closed else "",
            route.get_outcome_display(),
        ]
        for route in rows
    ]
    return xlsx("routes", "Маршруты", header, cells)
