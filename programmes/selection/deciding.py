"""Decisions on candidates, and letting somebody in without selection or training. S4.1, S4.2."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import User
from programmes.selection.models import Decision, Waiver, decisions_on


def _must_be_usable(programme: Programme, people: list[Person], reason: str) -> None:
    reasons = []
    if not people:
        reasons.append("Отметьте хотя бы одного кандидата.")
    if not reason.strip():
        reasons.append("Напишите причину: она останется в истории.")
    base = set(programme.mentors.values_list("person_id", flat=True))
    reasons += [f"{person} не в базе наставников." for person in people if person.pk not in base]
    if reasons:
        raise Refusal(*reasons)


@transaction.atomic
def decide(
    programme: Programme,
    people: Iterable[Person],
    outcome: str,
    reason: str,
    on: datetime.date,
    by: User | None,
) -> int:
    """Decide on candidates, all with one reason; how many decisions are new.

    An earlier decision stays as it was, a new row holds from its day. The same decision once more
    changes nothing. Refusal without a reason, for somebody outside the base, for a day that has
    not come, or one before the last decision on the person.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    people = list(people)
    _must_be_usable(programme, people, reason)
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило: назовите день, когда решение принято.")
    before = decisions_on(programme)
    reasons, fresh = [], []
    for person in people:
        last = before.get(person.pk)
        if last and (last.outcome, last.reason, last.decided_on) == (outcome, reason.strip(), on):
            continue
        if last and last.decided_on > on:
            reasons.append(
                f"{person}: последнее решение от {last.decided_on:%d.%m.%Y}, новое не раньше его."
            )
        fresh.append(person)
    if reasons:
        raise Refusal(*reasons)
    for person in fresh:
        Decision.objects.create(
            programme=programme,
            person=person,
            outcome=outcome,
            reason=reason,
            decided_on=on,
            by=by,
            by_name=by.get_full_name() if by else "",
        )
    return len(fresh)


@transaction.atomic
def let_in(
    programme: Programme, people: Iterable[Person], reason: str, on: datetime.date, by: User | None
) -> int:
    """Let people be mentors from a day on whatever they lack; the reason stays in the history.

    The same once more changes nothing; a later decision against somebody takes it back. Returns how
    many were let in now. Refusal for a day that has not come or is before the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    people = list(people)
    _must_be_usable(programme, people, reason)
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило: назовите день, когда решили допустить.")
    if on < programme.started_on:
        raise Refusal(f"Программа началась {programme.started_on:%d.%m.%Y}: допуск не раньше.")
    there = set(
        programme.waivers.filter(given_on=on, reason=reason.strip()).values_list(
            "person_id", flat=True
        )
    )
    fresh = [person for person in people if person.pk not in there]
    for person in fresh:
        Waiver.objects.create(
            programme=programme,
            person=person,
            reason=reason,
            given_on=on,
            by=by,
            by_name=by.get_full_name() if by else "",
        )
    return len(fresh)
