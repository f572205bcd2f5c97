"""What formats and routes tell the board (S6.1, S6.2)."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from pairs.formation.models import Pair, PairMentee
from pairs.routes.models import Route, RouteStep
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of

# About ten working days (Regulation, 2.6): the board does without the school's calendar.
TERM = datetime.timedelta(days=14)


def counts(day: datetime.date) -> dict:
    confirmed = Pair.objects.confirmed()
    has_route = Route.objects.filter(pair=OuterRef("pair"), mentee=OuterRef("person"))
    mentees = PairMentee.objects.ongoing_on(day).filter(pair__state=Pair.State.CONFIRMED)
    bare = mentees.filter(~Exists(has_route))
    return {
        "pairs_working": count_of(confirmed),
        "pairs_without_format": count_of(confirmed.filter(meets="")),
        "mentees_working": count_of(mentees, "pair__programme"),
        "mentees_without_route": count_of(bare, "pair__programme"),
        "routes_overdue": count_of(bare.filter(started_on__lt=day - TERM), "pair__programme"),
        "routes_sent": count_of(Route.objects.filter(state="sent"), "pair__programme"),
        "routes_approved": count_of(
            Route.objects.filter(state__in=("approved", "closed")), "pair__programme"
        ),
        "routes_behind": count_of(
            RouteStep.objects.filter(state="planned", due_on__lt=day, route__state="approved"),
            "route__pair__programme",
            distinct="route",
        ),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    return [_formats(programme, counts), _routes(programme, counts)]


def _formats(programme, counts) -> Step:
    page = reverse("pair-formats", args=[programme.pk])
    working, bare = counts["pairs_working"], counts["pairs_without_format"]
    missing = (Line(f"Не записано, как встречаются: {bare}", page),) if bare else ()
    state = IDLE if not working else BUSY if bare else DONE
    facts = (f"формат и частота записаны у {working - bare} из {working}",) if working else ()
    return Step("S6.1", state, page, facts, missing)


def _routes(programme, counts) -> Step:
    page = reverse("route-list", args=[programme.pk])
    missing, late = [], []
    if bare := counts["mentees_without_route"] - counts["routes_overdue"]:
        missing.append(Line(f"Маршрут ещё не составлен: {bare}", page))
    if sent := counts["routes_sent"]:
        missing.append(Line(f"Маршруты ждут утверждения: {sent}", f"{page}?state=sent"))
    if overdue := counts["routes_overdue"]:
        late.append(Line(f"Маршрут не составлен в срок: {overdue}", page))
    if behind := counts["routes_behind"]:
        late.append(Line(f"Маршруты с отставанием: {behind}", f"{page}?state=late"))
    working = counts["mentees_working"]
    facts = (f"утверждено маршрутов: {counts['routes_approved']}",) if working else ()
    if late:
        state = LATE
    elif not working:
        state = IDLE
    else:
        state = BUSY if missing or counts["routes_approved"] < working else DONE
    return Step("S6.2", state, page, facts, tuple(missing), tuple(late))
