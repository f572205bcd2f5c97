"""Whom people of both sides would like to work with: what may be chosen, and storing it (S5.1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from pairs.events.models import Event, Invitation, Preference, Side
from programmes.models import MentoringForm, Person, Programme
from programmes.refusal import Refusal

PLACES = (1, 2, 3)


def other(side: str) -> str:
    return Side.MENTEE if side == Side.MENTOR else Side.MENTOR


def fits(forms: Iterable[MentoringForm], one: Person, side: str, another: Person) -> bool:
    """Whether some form of the programme fits these two, ``one`` being of ``side``."""
    mentor, mentee = (one, another) if side == Side.MENTOR else (another, one)
    return any(form.fits(mentor, mentee) for form in forms)


def offered(invitation: Invitation) -> list[Person]:
    """Whom this person may choose: those of the other side who were asked to the same event."""
    event = invitation.event
    forms = list(event.programme.forms.all())
    people = [
        row.person
        for row in event.invitations.filter(side=other(invitation.side)).select_related("person")
        if row.person_id != invitation.person_id and row.attended is not False
    ]
    return [p for p in people if fits(forms, invitation.person, invitation.side, p)]


def chosen(invitation: Invitation) -> list[Preference]:
    """What this person has chosen in the programme, by rank; those not wanted stand first."""
    return list(
        Preference.objects.filter(
            programme=invitation.event.programme_id,
            side=invitation.side,
            person=invitation.person_id,
        ).order_by("rank", "pk")
    )


@transaction.atomic
def choose(invitation: Invitation, ranked: list[Person], unwanted: list[Person], way: str) -> None:
    """Store whom the person has chosen, first to third; it replaces what was chosen before.

    Refusal for somebody who is not offered, for one named twice, and by link after the last day.
    Saying the same twice changes nothing.
    """
    Programme.objects.select_for_update().get(pk=invitation.event.programme_id)
    invitation = Invitation.objects.select_related("event__programme", "person").get(
        pk=invitation.pk
    )
    event = invitation.event
    if event.removed_at is not None:
        raise Refusal("Встреча отменена: предпочтения больше не принимаются.")
    if way == Invitation.Way.LINK and timezone.localdate() > event.preferences_until:
        raise Refusal(f"Предпочтения принимались по {event.preferences_until:%d.%m.%Y}.")
    named = [*ranked, *unwanted]
    if len({person.pk for person in named}) != len(named):
        raise Refusal("Одного человека можно назвать только один раз.")
    may = {person.pk for person in offered(invitation)}
    strangers = [person for person in named if person.pk not in may]
    if strangers:
        names = ", ".join(str(person) for person in strangers)
        raise Refusal(f"Выбрать можно только тех, кого пригласили на эту встречу: {names}.")
    wanted = {person.pk: rank for rank, person in enumerate(ranked, 1)}
    wanted |= {person.pk: Preference.NOT_WANTED for person in unwanted}
    before = {row.chosen_id: row for row in chosen(invitation)}
    if {pk: row.rank for pk, row in before.items()} != wanted:
        for row in before.values():
            row.delete()
        rows = [
            Preference(
                programme=event.programme,
                event=event,
                side=invitation.side,
                person=invitation.person,
                chosen_id=pk,
                rank=rank,
            )
            for pk, rank in wanted.items()
        ]
        bulk_create_with_history(rows, Preference)
    if invitation.filled_at is None or invitation.way != way:
        invitation.filled_at, invitation.way = timezone.now(), way
        invitation.save()


@dataclass(frozen=True)
class Choice:
    """Two people, one of each side, and the places they gave each other (None: not named)."""

    mentor: Person
    mentee: Person
    by_mentor: int | None
    by_mentee: int | None

    @property
    def is_mutual(self) -> bool:
        return bool(self.by_mentor) and bool(self.by_mentee)

    @property
    def is_unwanted(self) -> bool:
        return Preference.NOT_WANTED in (self.by_mentor, self.by_mentee)

    @property
    def order(self) -> tuple:
        places = [place or 4 for place in (self.by_mentor, self.by_mentee)]
        return (
            self.is_unwanted,
            not self.is_mutual,
            sum(places),
            self.mentee.sort_key,
            self.mentor.sort_key,
        )


def choices(programme: Programme) -> list[Choice]:
    """Everybody who named somebody, mutual choices first. One query."""
    found: dict[tuple[int, int], dict] = {}
    rows = programme.preferences.select_related("person", "chosen")
    for row in rows:
        is_mentor = row.side == Side.MENTOR
        mentor, mentee = (row.person, row.chosen) if is_mentor else (row.chosen, row.person)
        place = found.setdefault(
            (mentor.pk, mentee.pk), {"mentor": mentor, "mentee": mentee, "by": {}}
        )
        place["by"][row.side] = row.rank
    made = [
        Choice(one["mentor"], one["mentee"], one["by"].get(Side.MENTOR), one["by"].get(Side.MENTEE))
        for one in found.values()
    ]
    return sorted(made, key=lambda choice: choice.order)


def not_chosen(event: Event) -> list[Invitation]:
    """Those invited whom nobody of the other side has named."""
    named = set(
        event.programme.preferences.exclude(rank=Preference.NOT_WANTED).values_list(
            "side", "chosen_id"
        )
    )
    return [
        row
        for row in event.invitations.select_related("person")
        if (other(row.side), row.person_id) not in named
    ]
