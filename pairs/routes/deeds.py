"""What is done with an individual route: begin, write, send, approve, carry out, close (S6.2).

Every verb locks the row of the programme first; it refuses with words or does the whole deed, and
saying the same twice changes nothing.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from pairs.formation.models import Pair
from pairs.routes.models import Goal, ReadyRoute, Route, RouteStep
from programmes.models import Person, Programme, User
from programmes.refusal import Refusal
from programmes.school_calendar.models import Calendar

CLOSED = "Маршрут завершён: чтобы изменить его, куратор возвращает маршрут в работу."
SENT = "Маршрут на утверждении у куратора: отзовите его, чтобы изменить."


def locked(route: Route) -> Route:
    """The route as it is now, its programme locked; the caller is in a transaction."""
    Programme.objects.select_for_update().get(pk=route.pair.programme_id)
    return Route.objects.with_all().get(pk=route.pk)


def _must_be_open(route: Route) -> None:
    """Refusal when nobody may change the words of the route now."""
    if route.is_closed:
        raise Refusal(CLOSED)
    if route.is_sent:
        raise Refusal(SENT)


def changing(route: Route) -> None:
    """Refuse, or note that an approved route was changed afterwards. The caller holds the lock."""
    _must_be_open(route)
    today = timezone.localdate()
    if route.is_approved and route.changed_on != today:
        route.changed_on = today
        route.save()


@transaction.atomic
def begin(pair: Pair, mentee: Person, ready: ReadyRoute | None = None) -> Route:
    """A draft route for a mentee of the pair, with the steps of a ready one if it is named.

    The one that is there already is given back. Refusal for a draft or an ended pair and for
    somebody who is not in it now.
    """
    programme = Programme.objects.select_for_update().get(pk=pair.programme_id)
    pair = Pair.objects.with_people().get(pk=pair.pk)
    there = pair.routes.filter(mentee=mentee).first()
    if there is not None:
        return there
    if not pair.is_confirmed:
        raise Refusal("Маршрут составляют для подтверждённой пары, пока она работает.")
    if mentee.pk not in {person.pk for person in pair.current_mentees}:
        raise Refusal(f"{mentee} сейчас не в этой паре.")
    period = next(p for p in pair.mentees.all() if p.person_id == mentee.pk and not p.ended_on)
    route = Route.objects.create(
        pair=pair,
        mentee=mentee,
        aim=ready.aim if ready else "",
        expected=ready.expected if ready else "",
        started_on=max(pair.started_on, period.started_on),
        ended_on=programme.ended_on,
    )
    if ready is not None:
        add_steps(route, ready)
    return route


def add_steps(route: Route, ready: ReadyRoute) -> None:
    """Put the steps of a ready route on working days inside the route, in their order."""
    calendar = Calendar.of(route.pair.programme.school_id)
    for position, step in enumerate(ready.steps.all(), 1):
        day = route.started_on + datetime.timedelta(weeks=step.week, days=4)
        due = calendar.moved(min(day, route.ended_on), 0)
        if due > route.ended_on:
            due = calendar.moved(route.ended_on, -1)
        RouteStep.objects.create(
            route=route,
            position=position,
            title=step.title,
            expected=step.expected,
            due_on=max(due, route.started_on),
        )


@transaction.atomic
def copy_to(route: Route, mentees: list[Person]) -> list[Route]:
    """The same route for others of the group who have none yet; those made now."""
    route = locked(route)
    made = []
    for mentee in mentees:
        if route.pair.routes.filter(mentee=mentee).exists():
            continue
        twin = begin(route.pair, mentee)
        twin.aim, twin.tasks, twin.expected = route.aim, route.tasks, route.expected
        twin.ended_on = max(route.ended_on, twin.started_on)
        twin.save()
        for step in route.steps.all():
            RouteStep.objects.create(
                route=twin,
                position=step.position,
                title=step.title,
                expected=step.expected,
                due_on=min(max(step.due_on, twin.started_on), twin.ended_on),
            )
        for goal in route.goals.all():
            Goal.objects.create(
                route=twin,
                text=goal.text,
                measure=goal.measure,
                due_on=min(max(goal.due_on, twin.started_on), twin.ended_on),
            )
        made.append(twin)
    return made


@transaction.atomic
def send(route: Route) -> None:
    """Send a route to the curator. Refusal while aim or steps are missing (Regulation 2.6)."""
    route = locked(route)
    if not route.is_draft:
        if route.is_closed:
            raise Refusal(CLOSED)
        return
    reasons = []
    if not route.aim:
        reasons.append("Назовите цель маршрута.")
    if not route.steps.all():
        reasons.append("Добавьте хотя бы один шаг.")
    if reasons:
        raise Refusal(*reasons)
    route.state, route.remark = Route.State.SENT, ""
    route.save()


@transaction.atomic
def take_back(route: Route) -> None:
    """The mentor takes a route back before it is approved."""
    route = locked(route)
    if route.is_sent:
        route.state = Route.State.DRAFT
        route.save()


@transaction.atomic
def approve(routes: list[Route], by: User) -> list[Route]:
    """Approve routes that were sent: all of them or, with Refusal, none; those approved now."""
    fresh = [locked(route) for route in routes]
    reasons = [f"{route}: ещё не отправлен на утверждение." for route in fresh if route.is_draft]
    if reasons:
        raise Refusal(*reasons)
    waiting = [route for route in fresh if route.is_sent]
    for route in waiting:
        route.state = Route.State.APPROVED
        route.approved_on, route.approved_by = timezone.localdate(), by
        route.changed_on = None
        route.save()
    return waiting


@transaction.atomic
def give_back(route: Route, remark: str) -> None:
    """Give a route back to the mentor with a remark; an approved one is a draft again."""
    route = locked(route)
    if route.is_draft and route.remark == remark:
        return
    if not (route.is_sent or route.is_approved):
        raise Refusal("Вернуть можно маршрут, который ждёт утверждения или утверждён.")
    route.state, route.remark = Route.State.DRAFT, remark
    route.approved_on = route.approved_by = None
    route.save()


@transaction.atomic
def do_step(step: RouteStep, on: datetime.date, result: str) -> None:
    """Mark a step of an approved route done. Refusal for a day ahead or before the route."""
    route = locked(step.route)
    step = _step_of(route, step)
    if step.is_done and (step.done_on, step.result) == (on, result):
        return
    if not route.is_approved:
        raise Refusal(
            CLOSED if route.is_closed else "Шаги отмечают, когда куратор утвердил маршрут."
        )
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило: отметьте шаг, когда он выполнен.")
    if on < route.started_on:
        raise Refusal(f"Маршрут начался {route.started_on:%d.%m.%Y}, день раньше.")
    step.state, step.done_on, step.result = RouteStep.State.DONE, on, result
    step.save()


@transaction.atomic
def drop_step(step: RouteStep, why: str) -> None:
    """Say that a step is not needed, and why."""
    route = locked(step.route)
    step = _step_of(route, step)
    if route.is_closed:
        raise Refusal(CLOSED)
    if step.is_done:
        raise Refusal("Шаг уже выполнен: сначала снимите отметку.")
    step.state, step.done_on, step.result = RouteStep.State.DROPPED, None, why
    step.save()


@transaction.atomic
def reopen_step(step: RouteStep) -> None:
    """Back to what lies ahead."""
    route = locked(step.route)
    step = _step_of(route, step)
    if route.is_closed:
        raise Refusal(CLOSED)
    if not step.is_planned:
        step.state, step.done_on, step.result = RouteStep.State.PLANNED, None, ""
        step.save()


@transaction.atomic
def remove_step(step: RouteStep) -> None:
    """Take a step out of a route; of an approved one only what has not been done."""
    route = locked(step.route)
    step = _step_of(route, step)
    changing(route)
    if step.is_done:
        raise Refusal("Выполненный шаг остаётся в маршруте.")
    step.delete()


def _step_of(route: Route, step: RouteStep) -> RouteStep:
    found = next((one for one in route.steps.all() if one.pk == step.pk), None)
    if found is None:
        raise Refusal("Этого шага уже нет в маршруте.")
    found.route = route
    return found


@transaction.atomic
def close(route: Route, outcome: str, summary: str, on: datetime.date) -> None:
    """Close a route with its outcome (S7.4; Regulation 2.6). The same twice changes nothing."""
    route = locked(route)
    if route.is_closed:
        if (route.outcome, route.summary, route.closed_on) == (outcome, summary, on):
            return
        raise Refusal("Маршрут уже завершён.")
    if on < route.started_on:
        raise Refusal(f"Маршрут начался {route.started_on:%d.%m.%Y}, день раньше.")
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило.")
    route.state, route.outcome = Route.State.CLOSED, outcome
    route.summary, route.closed_on = summary, on
    route.save()


@transaction.atomic
def reopen(route: Route) -> None:
    """Let the curator take a closed route up again."""
    route = locked(route)
    if route.is_closed:
        route.state = Route.State.APPROVED if route.approved_on else Route.State.DRAFT
        route.outcome, route.summary, route.closed_on = "", "", None
        route.save()


@transaction.atomic
def judge_goal(goal: Goal, is_reached: bool | None, result: str) -> None:
    """Store whether a goal was reached (None: too early to say) and what came of it."""
    route = locked(goal.route)
    if route.is_closed:
        raise Refusal(CLOSED)
    goal.refresh_from_db()
    if (goal.is_reached, goal.result) != (is_reached, result):
        goal.is_reached, goal.result = is_reached, result
        goal.save()


@transaction.atomic
def remove_goal(goal: Goal) -> None:
    route = locked(goal.route)
    changing(route)
    Goal.objects.get(pk=goal.pk).delete()
