"""Events for forming pairs, with people who were invited: rows for tests."""

import datetime

from pairs.models import Event, Invitation, Petition, SupportCase
from programmes.models import Programme
from tests import recipes

EVENT_DAY = datetime.date(2026, 11, 2)


def event(programme: Programme, **fields) -> Event:
    return Event.objects.create(
        **{
            "programme": programme,
            "title": "Встреча знакомства",
            "held_on": EVENT_DAY,
            "starts_at": datetime.time(15, 0),
            "preferences_until": datetime.date(2026, 12, 31),
        }
        | fields
    )


def invitation(of: Event, side: str, person=None, **fields) -> Invitation:
    """Somebody invited; without a person, a fresh one from the base of this side."""
    if person is None:
        add = recipes.mentor_in_base if side == "mentor" else recipes.mentee_in_base
        person = add(of.programme).person
    return Invitation.objects.create(event=of, person=person, side=side, **fields)


def support_case(programme: Programme, psychologist=None, **fields) -> SupportCase:
    """An open case of somebody without a pair, with one contact; of this psychologist."""
    case = SupportCase.objects.create(
        **{
            "programme": programme,
            "person": recipes.mentee_in_base(programme).person,
            "psychologist": psychologist or recipes.teacher(programme.school),
            "started_on": datetime.date(2026, 11, 10),
        }
        | fields
    )
    case.contacts.create(held_on=datetime.date(2026, 11, 12), notes="ТАЙНАЯЗАМЕТКА")
    return case


def petition(pair, author=None, text: str = "не совпадает расписание") -> Petition:
    author = author or pair.mentor
    return Petition.objects.create(
        pair=pair,
        author=author,
        side="mentor" if author == pair.mentor else "mentee",
        text=text,
        made_on=datetime.date(2026, 11, 20),
    )
