"""Awards, the final event, stories and the reserve: rows for tests."""

import datetime

from django.utils import timezone

from pairs.models import Award, AwardRule, Case, FinalEvent, Meeting, Pair, ReserveEntry
from programmes.consents.recording import text_in_use
from programmes.models import Consent, Person, Programme

DAY = datetime.date(2026, 11, 24)


def rule(programme: Programme, criterion="meetings", threshold=1, kind="diploma", **fields):
    if criterion not in ("meetings", "steps"):
        threshold = None
    return AwardRule.objects.create(
        **{
            "programme": programme,
            "title": f"За дело: {criterion}, {kind}",
            "criterion": criterion,
            "threshold": threshold,
            "kind": kind,
        }
        | fields
    )


def award(pair: Pair, kind: str = "diploma", state: str = "decided", **fields) -> Award:
    """An award of the pair's mentor; a given one was given on 24.11.2026."""
    days = {"given_on": DAY} if state == "given" else {}
    return Award.objects.create(
        **{
            "programme": pair.programme,
            "person": pair.mentor,
            "pair": pair,
            "kind": kind,
            "reason": "Регулярные встречи",
            "state": state,
            "decided_on": datetime.date(2026, 11, 20),
        }
        | days
        | fields
    )


def held(pair: Pair, number: int) -> None:
    """So many meetings, a day after another from 10.11.2026 on."""
    for place in range(number):
        Meeting.objects.create(
            pair=pair,
            held_on=datetime.date(2026, 11, 10) + datetime.timedelta(days=place),
            state="held",
            logged_at=timezone.now(),
            done="дроби",
        )


def final_event(programme: Programme, **fields) -> FinalEvent:
    return FinalEvent.objects.create(
        **{"programme": programme, "held_on": datetime.date(2027, 5, 21)} | fields
    )


def may_be_shown(person: Person, *categories: str) -> Consent:
    """Consent to publication with these categories of data."""
    consent = Consent.objects.filter(person=person, purpose="processing").get()
    consent.pk, consent.purpose = None, "distribution"
    consent.text = text_in_use(person.school, "distribution")
    consent.site = "https://school.example"
    consent.categories = list(categories)
    consent.save()
    return consent


def case(pair: Pair, state: str = "draft", **fields) -> Case:
    days = {"published_on": DAY} if state == "published" else {}
    return Case.objects.create(
        **{
            "programme": pair.programme,
            "pair": pair,
            "title": "Дроби больше не страшны",
            "text": "Было трудно, стало легче.",
            "state": state,
        }
        | days
        | fields
    )


def in_reserve(person: Person, **fields) -> ReserveEntry:
    return ReserveEntry.objects.create(
        **{"school": person.school, "person": person, "came_as": "mentor", "started_on": DAY}
        | fields
    )
