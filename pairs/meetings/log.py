"""What is written down of a meeting: held, missed, corrected, taken out. S6.1, S6.2."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pairs.formation.models import Pair
from pairs.meetings import planning
from pairs.meetings.checks import clashes, must_be_the_pairs_day, must_not_be_ahead, people_of
from pairs.meetings.models import Meeting
from pairs.routes.models import Route, RouteStep
from programmes.models import Person, Programme, User
from programmes.refusal import Refusal

# What a mentor says of a meeting that was held.
WORDS = ("held_on", "starts_at", "minutes", "place", "is_remote", "done", "mood")


@dataclass(frozen=True)
class Logged:
    """A meeting that is stored, the next one if it was named, and what to look at."""

    meeting: Meeting
    following: Meeting | None = None
    warnings: tuple[str, ...] = ()


def steps_to_tick(pair: Pair, meeting: Meeting | None = None):
    """Steps of the pair's approved routes that lie ahead, and those this meeting has."""
    steps = RouteStep.objects.filter(route__pair=pair).select_related("route__mentee")
    ahead = steps.filter(route__state=Route.State.APPROVED, state=RouteStep.State.PLANNED)
    return ahead | steps.filter(meetings=meeting) if meeting and meeting.pk else ahead


@transaction.atomic
def log(
    pair: Pair,
    values: dict,
    *,
    steps: Iterable[RouteStep] = (),
    next_on: datetime.date | None = None,
    next_at: datetime.time | None = None,
    by: User | None,
    meeting: Meeting | None = None,
) -> Logged:
    """Store a meeting that was held, and plan the next one; saying the same twice stores one.

    ``values``: fields named in ``WORDS``. A planned meeting of that day becomes this one. Refusal
    for a day that has not come and for days on which the pair did not work.
    """
    Programme.objects.select_for_update().get(pk=pair.programme_id)
    on = values["held_on"]
    must_be_the_pairs_day(pair, on)
    must_not_be_ahead(on)
    same = None if meeting else _same(pair, values)
    if same is None:
        meeting = meeting or _planned_for(pair, on) or Meeting(pair=pair)
        _keep(meeting, values, by)
    else:
        meeting = same
    _tick(meeting, steps)
    following = planning.plan_next(pair, next_on, next_at, like=meeting) if next_on else None
    looked_at = [meeting, *([following] if following else [])]
    return Logged(meeting, following, tuple(clashes(looked_at, pair)))


def _same(pair: Pair, values: dict) -> Meeting | None:
    """The meeting that a first click has stored: of that day and time, with the same words."""
    named = {name: values[name] for name in ("held_on", "done", "mood") if name in values}
    at = values.get("starts_at")
    when = {"starts_at": at} if at else {"starts_at__isnull": True}
    found = pair.meetings.held().filter(**when)
    mood = named.pop("mood", None)
    found = found.filter(mood=mood) if mood else found.filter(mood__isnull=True)
    return found.filter(**named).first()


def _planned_for(pair: Pair, on: datetime.date) -> Meeting | None:
    return pair.meetings.planned().filter(held_on=on).first()


def _keep(meeting: Meeting, values: dict, by: User | None) -> None:
    """Store what was said of a meeting that was held."""
    for name in WORDS:
        if name in values:
            setattr(meeting, name, values[name])
    if not meeting.is_held:
        meeting.state, meeting.why = Meeting.State.HELD, ""
        meeting.logged_by, meeting.logged_at = by, timezone.now()
    meeting.save()


def _tick(meeting: Meeting, steps: Iterable[RouteStep]) -> None:
    """Ticked steps are done on the day of the meeting; a tick taken away takes that back."""
    wanted = {step.pk: step for step in steps}
    there = {step.pk: step for step in meeting.steps.all()}
    for pk, step in there.items():
        if step.is_done and (pk not in wanted or step.done_on != meeting.held_on):
            others = step.meetings.exclude(pk=meeting.pk).exists()
            if not others:
                step.undo()
    for pk, step in wanted.items():
        (there.get(pk) or step).do(meeting.held_on)
    if set(wanted) != set(there):
        meeting.steps.set(wanted.values())


@transaction.atomic
def correct(meeting: Meeting, values: dict, steps: Iterable[RouteStep]) -> Logged:
    """Store a held meeting that was written down wrongly; who wrote it down stays."""
    pair = meeting.pair
    Programme.objects.select_for_update().get(pk=pair.programme_id)
    must_be_the_pairs_day(pair, values["held_on"])
    must_not_be_ahead(values["held_on"])
    _keep(meeting, values, meeting.logged_by)
    _tick(meeting, steps)
    return Logged(meeting, warnings=tuple(clashes([meeting], pair)))


@transaction.atomic
def miss(meeting: Meeting, absent: Iterable[Person], why: str, by: User | None) -> None:
    """A planned meeting that did not take place: who did not come, and why."""
    pair = meeting.pair
    Programme.objects.select_for_update().get(pk=pair.programme_id)
    meeting.refresh_from_db()
    absent = list(absent)
    if meeting.is_missed and meeting.why == why:
        return
    if not meeting.is_planned and not meeting.is_missed:
        raise Refusal(f"Встреча {meeting.title}: {meeting.get_state_display()}, а не впереди.")
    if meeting.held_on > timezone.localdate():
        raise Refusal(f"Встреча {meeting.title} ещё впереди: её можно перенести или отменить.")
    if not why and not absent:
        raise Refusal("Отметьте, кто не пришёл, или напишите, почему встреча не состоялась.")
    strangers = {p.pk for p in absent} - {p.pk for p in people_of(pair, meeting.held_on)}
    if strangers:
        raise Refusal("Отмечен человек не из этой пары.")
    meeting.state, meeting.why = Meeting.State.MISSED, why
    meeting.logged_by, meeting.logged_at = by, timezone.now()
    meeting.save()
    meeting.absent.set(absent)


@transaction.atomic
def remove(meeting: Meeting) -> None:
    """Take an entry out; its history stays, steps it had ticked lie ahead again."""
    Programme.objects.select_for_update().get(pk=meeting.pair.programme_id)
    if meeting.is_planned:
        raise Refusal("Будущую встречу отменяют или переносят: так о ней узнают все.")
    _tick(meeting, ())
    meeting.delete()
