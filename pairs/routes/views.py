"""An individual route in the browser, as the mentor writes it and the mentee reads it (S6.2)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS
from pairs.routes import deeds
from pairs.routes.forms import (
    BeginForm,
    CloseForm,
    GoalForm,
    GoalResultForm,
    RemarkForm,
    RouteForm,
    StepDoneForm,
    StepForm,
    WhyForm,
)
from pairs.routes.models import Goal, Route, RouteStep
from pairs.routes.ready import fitting
from programmes.access import Role, allow
from programmes.changes import changes_of
from programmes.models import Mentee
from programmes.refusal import Refusal

WRITERS = (Role.CURATOR, Role.MENTOR, Role.TEACHER)
SEERS = (Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, *PARTICIPANTS)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def route_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a route for a mentee of the pair, from a ready one or from nothing."""
    pair = get_object_or_404(Pair.objects.led_by(request.user).with_people(), pk=pk)
    has = set(pair.routes.values_list("mentee_id", flat=True))
    mentees = [person for person in pair.current_mentees if person.pk not in has]
    if not mentees or not pair.is_confirmed:
        messages.info(request, "Маршруты этой пары уже составлены или пара не работает.")
        return redirect("pair-detail", pair.pk)
    entry = Mentee.objects.filter(
        programme=pair.programme_id, person__in=mentees, ended_on__isnull=True
    ).first()
    ready = fitting(pair, entry)
    form = BeginForm(
        request.POST if request.method == "POST" else None, mentees=mentees, ready=ready
    )
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            route = deeds.begin(pair, data["mentee"], data["ready"])
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            return redirect("route", route.pk)
    context = {"pair": pair, "form": form, "ready": ready, "refusals": refusals}
    status = 422 if form.errors or refusals else 200
    return render(request, "pairs/routes/new.html", context, status=status)


def seen(request: HttpRequest, pk: int) -> Route:
    return get_object_or_404(Route.objects.visible_to(request.user).with_all(), pk=pk)


def written(request: HttpRequest, pk: int) -> Route:
    return get_object_or_404(Route.objects.written_by(request.user).with_all(), pk=pk)


def step_of(request: HttpRequest, pk: int) -> RouteStep:
    rows = RouteStep.objects.filter(route__in=Route.objects.written_by(request.user))
    return get_object_or_404(rows.select_related("route__pair"), pk=pk)


def goal_of(request: HttpRequest, pk: int) -> Goal:
    rows = Goal.objects.filter(route__in=Route.objects.written_by(request.user))
    return get_object_or_404(rows.select_related("route__pair"), pk=pk)


@require_safe
@allow(*SEERS)
def route(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, seen(request, pk))


def page(request, route: Route, *, refusals=(), tried=None, tried_name="", status=200):
    """The page of a route; ``tried`` is the form just refused, named ``tried_name``."""
    today = timezone.localdate()
    may_write = Route.objects.written_by(request.user).filter(pk=route.pk).exists()
    is_curator = request.user.is_any(Role.CURATOR)
    is_open = route.is_draft or route.is_approved
    forms = {}
    if may_write and is_open:
        forms["step"] = StepForm(route=route, auto_id="step_%s")
        forms["goal"] = GoalForm(route=route, auto_id="goal_%s")
    if may_write and route.is_approved:
        forms["done"] = StepDoneForm(initial={"on": today}, auto_id="done_%s")
    if is_curator and (route.is_sent or route.is_approved):
        forms["remark"] = RemarkForm(auto_id="remark_%s")
    if tried is not None:
        forms[tried_name] = tried
    has = set(route.pair.routes.values_list("mentee_id", flat=True))
    steps = list(route.steps.all())
    context = {
        "route": route,
        "pair": route.pair,
        "steps": [(step, step.is_late_on(today)) for step in steps],
        "done": sum(step.is_done for step in steps),
        "counted": sum(step.state != RouteStep.State.DROPPED for step in steps),
        "goals": route.goals.all(),
        "may_write": may_write,
        "may_change": may_write and is_open,
        "may_tick": may_write and route.is_approved,
        "is_curator": is_curator,
        "forms": forms,
        "tried_name": tried_name,
        "others": [p for p in route.pair.current_mentees if p.pk not in has] if may_write else [],
        "form": tried,
        "refusals": refusals,
        "changes": changes_of(route) if is_curator else [],
        "sees_list": request.user.is_any(Role.CURATOR, Role.DIRECTOR),
    }
    return render(request, "pairs/routes/route.html", context, status=status)


def attempt(request, route: Route, deed, done: str) -> HttpResponse:
    """Do a deed on the route and say so, or show its page with the reasons against."""
    try:
        deed()
    except Refusal as refusal:
        return page(request, seen(request, route.pk), refusals=refusal.messages, status=422)
    messages.success(request, done)
    return redirect("route", route.pk)


def row_page(request, form, title: str, route: Route, button: str = "Сохранить", refusals=()):
    status = 422 if refusals or form.errors else 200
    if not refusals and is_stale(form):
        refusals, status = form.conflict(), 409
    context = {
        "title": title,
        "form": form,
        "button": button,
        "back_url": reverse("route", args=[route.pk]),
        "back_title": str(route),
        "refusals": refusals,
    }
    return render(request, "components/form_page.html", context, status=status)


def is_stale(form) -> bool:
    """Whether a form of a stored row would undo somebody's change; a new row never does."""
    row = getattr(form, "instance", None)
    return row is not None and row.pk is not None and bool(form.conflict())


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def route_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Aim, tasks, results and term."""
    route = written(request, pk)
    title = f"Маршрут: {route.mentee}"
    if request.method == "GET":
        return row_page(request, RouteForm(instance=route), title, route)
    return stored(request, route, title, lambda now: RouteForm(request.POST, instance=now))


def stored(request, route: Route, title: str, make) -> HttpResponse:
    """Save a form of the route or of a row of it, made from the route as it is now."""
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        now = deeds.locked(route)
        form = make(now)
        if form.is_valid() and not is_stale(form):
            try:
                deeds.changing(now)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                if isinstance(form.instance, Route):
                    form.instance.changed_on = now.changed_on
                form.save()
                messages.success(request, "Сохранено.")
                return redirect("route", route.pk)
    return row_page(request, form, title, route, refusals=refusals)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    if request.method == "GET":
        return row_page(request, StepForm(route=route), "Новый шаг", route)
    return stored(request, route, "Новый шаг", lambda now: StepForm(request.POST, route=now))


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_of(request, pk)
    if request.method == "GET":
        form = StepForm(instance=step, route=step.route)
        return row_page(request, form, "Шаг маршрута", step.route)

    def make(now: Route) -> StepForm:
        row = get_object_or_404(RouteStep.objects.filter(route=now), pk=pk)
        return StepForm(request.POST, instance=row, route=now)

    return stored(request, step.route, "Шаг маршрута", make)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def step_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a step done with its result."""
    step = step_of(request, pk)
    initial = {"on": step.done_on or timezone.localdate(), "result": step.result}
    form = StepDoneForm(request.POST if request.method == "POST" else None, initial=initial)
    return deed_page(
        request,
        step.route,
        form,
        f"Шаг выполнен: {step}",
        "Отметить выполненным",
        lambda data: deeds.do_step(step, data["on"], data["result"]),
        "Шаг отмечен.",
    )


def deed_page(request, route, form, title, button, deed, done) -> HttpResponse:
    """A page that asks for what a deed needs, and does it."""
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, done)
            return redirect("route", route.pk)
    return row_page(request, form, title, route, button, refusals)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def step_drop(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_of(request, pk)
    return deed_page(
        request,
        step.route,
        WhyForm(request.POST if request.method == "POST" else None),
        f"Шаг не понадобился: {step}",
        "Отметить",
        lambda data: deeds.drop_step(step, data["why"]),
        "Шаг отмечен как ненужный.",
    )


@require_POST
@allow(*WRITERS)
def step_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_of(request, pk)
    return attempt(request, step.route, lambda: deeds.reopen_step(step), "Отметка снята.")


@require_POST
@allow(*WRITERS)
def step_remove(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_of(request, pk)
    return attempt(request, step.route, lambda: deeds.remove_step(step), "Шаг удалён.")


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def goal_new(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    if request.method == "GET":
        return row_page(request, GoalForm(route=route), "Новая цель", route)
    return stored(request, route, "Новая цель", lambda now: GoalForm(request.POST, route=now))


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    goal = goal_of(request, pk)
    if request.method == "GET":
        return row_page(request, GoalForm(instance=goal, route=goal.route), "Цель", goal.route)

    def make(now: Route) -> GoalForm:
        row = get_object_or_404(Goal.objects.filter(route=now), pk=pk)
        return GoalForm(request.POST, instance=row, route=now)

    return stored(request, goal.route, "Цель", make)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def goal_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a goal was reached."""
    goal = goal_of(request, pk)
    answer = {True: "yes", False: "no", None: ""}[goal.is_reached]
    form = GoalResultForm(
        request.POST if request.method == "POST" else None,
        initial={"is_reached": answer, "result": goal.result},
    )
    return deed_page(
        request,
        goal.route,
        form,
        f"Итог по цели: {goal}",
        "Сохранить итог",
        lambda data: deeds.judge_goal(goal, data["is_reached"], data["result"]),
        "Итог сохранён.",
    )


@require_POST
@allow(*WRITERS)
def goal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    goal = goal_of(request, pk)
    return attempt(request, goal.route, lambda: deeds.remove_goal(goal), "Цель удалена.")


@require_POST
@allow(*WRITERS)
def route_send(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    return attempt(request, route, lambda: deeds.send(route), "Маршрут отправлен куратору.")


@require_POST
@allow(*WRITERS)
def route_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    return attempt(request, route, lambda: deeds.take_back(route), "Маршрут отозван.")


@require_POST
@allow(Role.CURATOR)
def route_approve(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    deed = lambda: deeds.approve([route], request.user)  # noqa: E731
    return attempt(request, route, deed, "Маршрут утверждён.")


@require_POST
@allow(Role.CURATOR)
def route_return(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    form = RemarkForm(request.POST, auto_id="remark_%s")
    if not form.is_valid():
        return page(request, route, tried=form, tried_name="remark", status=422)
    deed = lambda: deeds.give_back(route, form.cleaned_data["remark"])  # noqa: E731
    return attempt(request, route, deed, "Маршрут возвращён с замечанием.")


@require_POST
@allow(*WRITERS)
def route_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same route for the others of the group who have none."""
    route = written(request, pk)
    made = deeds.copy_to(route, route.pair.current_mentees)
    if made:
        names = ", ".join(str(twin.mentee) for twin in made)
        messages.success(request, f"Маршрут скопирован: {names}.")
    else:
        messages.info(request, "У всех наставляемых группы маршруты уже есть.")
    return redirect("pair-detail", route.pair_id)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def route_close(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    return deed_page(
        request,
        route,
        CloseForm(request.POST if request.method == "POST" else None),
        f"Итог маршрута: {route.mentee}",
        "Завершить маршрут",
        lambda data: deeds.close(route, data["outcome"], data["summary"], data["on"]),
        "Маршрут завершён, итог сохранён.",
    )


@require_POST
@allow(Role.CURATOR)
def route_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    route = written(request, pk)
    return attempt(request, route, lambda: deeds.reopen(route), "Маршрут снова в работе.")
