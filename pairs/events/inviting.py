"""Who is invited to an event, who came, and the verbs for it (S5.1)."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from pairs.events.models import Event, Invitation, Side
from programmes.consents import standing
from programmes.models import Person, Programme
from programmes.refusal import Refusal

READY_PLAN = """Знакомство: куратор рассказывает о программе и правилах встречи (10 минут).
Представление наставников: кто чем может помочь (по 2 минуты).
Общее задание в малых группах, составы меняются (20 минут).
Короткие беседы: каждый наставляемый – с каждым наставником (по 3 минуты).
Листы предпочтений: кого вы хотели бы видеть рядом (10 минут).
Завершение: когда станут известны пары, ответы на вопросы."""


def locked(event: Event) -> Event:
    Programme.objects.select_for_update().get(pk=event.programme_id)
    return Event.objects.select_related("programme").get(pk=event.pk)


def people_of(event: Event, side: str) -> list[Person]:
    """Who of the base of this side may be invited on the day of the event, by name."""
    programme = event.programme
    base = programme.mentors if side == Side.MENTOR else programme.mentees
    entries = base.ongoing_on(event.held_on).filter(person__left_on__isnull=True)
    return list(Person.objects.filter(pk__in=entries.values("person_id")).in_order())


@transaction.atomic
def invite(event: Event, mentors: Iterable[Person], mentees: Iterable[Person]) -> int:
    """Invite people of both bases; those invited already stay. How many were invited now.

    Refusal, with the missing papers, when somebody has no valid consent (domain notes § 5.2).
    """
    event = locked(event)
    if event.removed_at is not None:
        raise Refusal("Встреча удалена: сначала верните её.")
    asked = {Side.MENTOR: list(mentors), Side.MENTEE: list(mentees)}
    there = set(event.invitations.values_list("side", "person_id"))
    fresh = [
        (side, person)
        for side, people in asked.items()
        for person in people
        if (side, person.pk) not in there
    ]
    people = list({person.pk: person for _, person in fresh}.values())
    reasons = standing.reasons_against(
        people, event.held_on, standing.BASE, event.programme.school_id
    )
    if reasons:
        raise Refusal(*reasons)
    rows = [Invitation(event=event, person=person, side=side) for side, person in fresh]
    bulk_create_with_history(rows, Invitation)
    return len(rows)


@transaction.atomic
def uninvite(invitation: Invitation) -> None:
    """Take an invitation back. Refusal once the person has chosen or was marked present."""
    locked(invitation.event)
    found = Invitation.objects.filter(pk=invitation.pk).first()
    if found is None:
        return
    if found.filled_at or found.attended:
        raise Refusal(f"{found.person} уже был на встрече или заполнил лист: запись остаётся.")
    found.delete()


@transaction.atomic
def mark(event: Event, present: set[int]) -> int:
    """Say who came: ids of invitations. Refusal before the day. Returns how many came."""
    event = locked(event)
    if event.held_on > timezone.localdate():
        raise Refusal(
            f"Встреча назначена на {event.held_on:%d.%m.%Y}: посещаемость отмечают после неё."
        )
    number = 0
    for invitation in event.invitations.all():
        came = invitation.pk in present
        number += came
        if invitation.attended != came:
            invitation.attended = came
            invitation.save()
    event.is_marked = True
    event.save()
    return number


@transaction.atomic
def remove(event: Event) -> None:
    """Take the event out; personal links to its forms end at once."""
    event = locked(event)
    if event.removed_at is None:
        event.removed_at = timezone.now()
        event.save()
        event.invitations.update(token_hash="", token_expires_at=None)


@transaction.atomic
def put_back(event: Event) -> None:
    event = locked(event)
    if event.removed_at is not None:
        event.removed_at = None
        event.save()


@transaction.atomic
def issue_links(event: Event, invitations: Iterable[Invitation]) -> list[tuple[Invitation, str]]:
    """A new personal link for each invitation; links given out before end. With their tokens."""
    event = locked(event)
    if event.removed_at is not None:
        raise Refusal("Встреча удалена.")
    if closes_on(event) < timezone.localdate():
        raise Refusal(f"Предпочтения принимались по {event.preferences_until:%d.%m.%Y}.")
    return [(invitation, invitation.issue_link()) for invitation in invitations]


def closes_on(event: Event) -> datetime.date:
    return event.preferences_until
