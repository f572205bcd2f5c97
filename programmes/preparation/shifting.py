"""Moving the open items of a plan by working days, with a preview and a way back. S1.5."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from programmes.careful import digest
from programmes.preparation.models import OPEN, PlanItem, PlanShift, term_of
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import User
from programmes.school_calendar.models import Calendar

Term = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True)
class Move:
    """Where an item stands and where it would stand."""

    item: PlanItem
    before: Term
    after: Term

    @property
    def was(self) -> str:
        return term_of(*self.before)

    @property
    def will_be(self) -> str:
        return term_of(*self.after)


@dataclass(frozen=True)
class Preview:
    """What a shift would do. ``version`` is a sign of the dates it was worked out from."""

    moves: list[Move]
    version: str


def preview(
    programme: Programme,
    plan: str,
    *,
    stage: int | None,
    days: int | None,
    start_on: datetime.date | None,
) -> Preview:
    """The open items from ``stage`` on, moved by ``days`` working days, or so that the earliest
    begins on ``start_on``. Items without a date stay. Refusal when nothing is there to move, the
    day is a day off, or a date would leave the programme.
    """
    calendar = Calendar.of(programme.school_id)
    rows = programme.plan_items.filter(plan=plan, state__in=OPEN).order_by("position", "pk")
    if stage is not None:
        rows = rows.filter(stage__gte=stage)
    items = [item for item in rows if item.started_on or item.ended_on]
    if not items:
        raise Refusal("Сдвигать нечего: незавершённых пунктов со сроком здесь нет.")
    if start_on is not None:
        if not calendar.is_working(start_on):
            raise Refusal(f"{start_on:%d.%m.%Y} – нерабочий день по календарю школы.")
        days = _distance(calendar, min(_first(item) for item in items), start_on)
    moves = []
    for item in items:
        before = (item.started_on, item.ended_on)
        started, ended = (day and calendar.moved(day, days or 0) for day in before)
        moves.append(Move(item, before, (started, ended)))
    _must_stay_inside(programme, moves)
    return Preview(moves, digest([[m.item.pk, m.item.state, *m.before] for m in moves]))


def _first(item: PlanItem) -> datetime.date:
    return min(day for day in (item.started_on, item.ended_on) if day)


def _distance(calendar: Calendar, first: datetime.date, to: datetime.date) -> int:
    """How many working days lie from ``first`` to ``to``; negative when ``to`` is earlier."""
    first = calendar.moved(first, 0)
    step, count = (1, 0) if to >= first else (-1, 0)
    while first != to and abs(count) <= 3660:
        first += datetime.timedelta(days=step)
        count += step * calendar.is_working(first)
    return count


def _must_stay_inside(programme: Programme, moves: list[Move]) -> None:
    first, last = programme.started_on, programme.ended_on
    outside = [
        (move, day) for move in moves for day in move.after if day and not first <= day <= last
    ]
    if outside:
        move, day = outside[0]
        more = len({move.item.pk for move, _ in outside}) - 1
        raise Refusal(
            f"Срок пункта «{move.item}» ушёл бы на {day:%d.%m.%Y}, а программа идёт "
            f"с {first:%d.%m.%Y} по {last:%d.%m.%Y}. "
            + (f"Так же вышли бы за её пределы и другие пункты: {more}. " if more else "")
            + "Сдвиньте на меньшее число дней или продлите программу."
        )


@transaction.atomic
def shift(programme: Programme, plan: str, version: str, by: User | None, **asked) -> PlanShift:
    """Move the items as the preview with ``version`` has shown; ``asked`` as for ``preview``.

    Refusal when the plan has changed since, so that a second click does not move it twice.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    found = preview(programme, plan, **asked)
    if found.version != version:
        raise Refusal("План за это время изменился. Посмотрите новые сроки и подтвердите ещё раз.")
    changes = []
    for move in found.moves:
        move.item.started_on, move.item.ended_on = move.after
        move.item.save()
        changes.append(
            {
                "item": move.item.pk,
                "before": [day and day.isoformat() for day in move.before],
                "after": [day and day.isoformat() for day in move.after],
            }
        )
    return PlanShift.objects.create(programme=programme, plan=plan, made_by=by, changes=changes)


def last_shift(programme: Programme, plan: str) -> PlanShift | None:
    """The latest shift of the plan while it can be undone."""
    latest = programme.plan_shifts.filter(plan=plan).order_by("-pk").first()
    return latest if latest and latest.undone_at is None else None


@transaction.atomic
def undo(made: PlanShift) -> tuple[int, int]:
    """Put the dates back; (items put back, items left as somebody has changed them since).

    Twice changes nothing. Refusal for a shift after which the plan was moved again.
    """
    Programme.objects.select_for_update().get(pk=made.programme_id)
    made.refresh_from_db()
    if made.undone_at is not None:
        return 0, 0
    if made.programme.plan_shifts.filter(plan=made.plan, pk__gt=made.pk).exists():
        raise Refusal("После этого план сдвигали ещё раз: вернуть можно только последний сдвиг.")
    items = {item.pk: item for item in made.programme.plan_items.filter(plan=made.plan)}
    back = left = 0
    for change in made.changes:
        item = items.get(change["item"])
        if item is None:
            continue
        if [day and day.isoformat() for day in (item.started_on, item.ended_on)] != change["after"]:
            left += 1
            continue
        item.started_on, item.ended_on = (
            day and datetime.date.fromisoformat(day) for day in change["before"]
        )
        item.save()
        back += 1
    made.undone_at = timezone.now()
    made.save()
    return back, left
