"""Who has consented to what on a day, and what is missing, in words: two queries for any number.

By age on the day a child under 14 needs a guardian's signature, from 14 to 17 the child's and the
guardian's, from 18 the person's own; on both birthdays a new consent is asked for, and the old one
holds 30 days more (domain notes § 5.1). Where the birth date of a child is not known, both sign.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from programmes.consents.models import Consent
from programmes.consents.wording import TO_WHAT, Purpose
from programmes.people.models import Kind, Person, age_on
from programmes.school.rules import Rules

GRACE = datetime.timedelta(days=30)
BIRTHDAYS = (14, 18)

# One day for everybody, or person id → day.
Days = datetime.date | Mapping[int, datetime.date]

BASE = "base"
PAIR = "pair"


class Signers(Enum):
    """Who has to sign."""

    GUARDIAN = "родитель (законный представитель)"
    BOTH = "обучающийся и родитель (законный представитель)"
    PERSON = "сам участник"


def signers_of(person: Person, on: datetime.date) -> Signers:
    """Who signs for this person on a day. Domain notes § 5.1."""
    return signers_at(person.birth_date, person.kind, on)


def signers_at(birth_date: datetime.date | None, kind: str, on: datetime.date) -> Signers:
    """Who signs for somebody of this kind born on this day; without the day a pupil as a minor."""
    if birth_date is None:
        return Signers.BOTH if kind in (Kind.PUPIL, Kind.STUDENT) else Signers.PERSON
    age = age_on(birth_date, on)
    if age < 14:
        return Signers.GUARDIAN
    return Signers.BOTH if age < 18 else Signers.PERSON


def birthday(birth_date: datetime.date, age: int) -> datetime.date:
    """The day on which somebody becomes ``age``; born on 29 February: 1 March."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return datetime.date(birth_date.year + age, 3, 1)


def renewal_day(person: Person, signed_on: datetime.date) -> datetime.date | None:
    """The first birthday (14, 18) after signing: a new consent is asked for from it on."""
    if person.birth_date is None:
        return None
    days = (birthday(person.birth_date, age) for age in BIRTHDAYS)
    return next((day for day in days if day > signed_on), None)


def last_day(person: Person, consent: Consent) -> datetime.date | None:
    """The last day on which the consent holds; None while nothing ends it."""
    renewal = renewal_day(person, consent.signed_on)
    ends = [consent.valid_until, renewal + GRACE if renewal else None]
    return min(filter(None, ends), default=None)


@dataclass(frozen=True)
class Standing:
    """Whether a person's consent holds on the day asked for, and what there is.

    ``renew_by`` is the day on which it lapses when a birthday has passed and no new one is there.
    """

    person: Person
    purpose: str
    consent: Consent | None = None
    is_valid: bool = False
    renew_by: datetime.date | None = None
    reason: str = ""

    @property
    def title(self) -> str:
        return Purpose(self.purpose).label

    @property
    def words(self) -> str:
        """«нет согласия на обработку персональных данных», with why; empty when it holds."""
        if self.is_valid:
            return ""
        why = f" ({self.reason})" if self.reason else ""
        return f"нет согласия {TO_WHAT[self.purpose]}{why}"


def is_signed_rightly(person: Person, consent: Consent) -> bool:
    """Whether those signed who had to on that day, by the birth date as it is known now."""
    asked = signers_of(person, consent.signed_on)
    return _is_enough(asked, consent.signed_by_person, consent.guardian_name)


def _is_enough(asked: Signers, by_person: bool, guardian_name: str) -> bool:
    if asked is Signers.PERSON:
        return by_person
    return bool(guardian_name) and (asked is Signers.GUARDIAN or by_person)


def judge(person: Person, purpose: str, consents: Sequence[Consent], on: datetime.date) -> Standing:
    """What of the person's consents to one purpose, whatever their state, holds on a day.

    Withdrawn ones count for no day at all: nothing new may rest on them.
    """
    standing = [consent for consent in consents if consent.is_standing]
    for consent in sorted(standing, key=lambda c: (c.signed_on, c.pk or 0), reverse=True):
        if consent.signed_on > on or not is_signed_rightly(person, consent):
            continue
        end = last_day(person, consent)
        if end is None or on <= end:
            renewal = renewal_day(person, consent.signed_on)
            renew_by = end if renewal is not None and renewal <= on else None
            return Standing(person, purpose, consent, True, renew_by)
    return Standing(person, purpose, reason=_why(person, consents, standing, on))


def _why(person, consents, standing, on: datetime.date) -> str:
    earlier = [consent for consent in standing if consent.signed_on <= on]
    if earlier:
        rightly = [consent for consent in earlier if is_signed_rightly(person, consent)]
        if not rightly:
            latest = max(earlier, key=lambda c: c.signed_on)
            who = signers_of(person, latest.signed_on).value
            return f"{latest.signed_on:%d.%m.%Y} подписано не тем: подписывает {who}"
        latest = max(rightly, key=lambda c: c.signed_on)
        end = last_day(person, latest)
        renewal = renewal_day(person, latest.signed_on)
        if renewal is not None and renewal + GRACE == end:
            age = age_on(person.birth_date, renewal)
            return f"исполнилось {age} лет {renewal:%d.%m.%Y}, нужно новое"
        return f"действовало по {end:%d.%m.%Y}"
    if standing:
        first = min(consent.signed_on for consent in standing)
        return f"подписано {first:%d.%m.%Y}, позже {on:%d.%m.%Y}"
    withdrawn = [consent.withdrawn_on for consent in consents if consent.withdrawn_on]
    return f"отозвано {max(withdrawn):%d.%m.%Y}" if withdrawn else ""


def standings(
    people: Iterable[Person], on: Days, purposes: Iterable[str]
) -> dict[int, dict[str, Standing]]:
    """Person id → purpose → how it stands; one query whatever the number of people."""
    people, purposes = list(people), list(purposes)
    there: dict[tuple[int, str], list[Consent]] = {}
    found = Consent.objects.filter(person__in=[person.pk for person in people])
    for consent in found.filter(purpose__in=purposes, voided_at__isnull=True):
        there.setdefault((consent.person_id, consent.purpose), []).append(consent)
    return {
        person.pk: {
            purpose: judge(
                person,
                purpose,
                there.get((person.pk, purpose), ()),
                on if isinstance(on, datetime.date) else on[person.pk],
            )
            for purpose in purposes
        }
        for person in people
    }


def missing(people: Iterable[Person], on: Days, purposes: Iterable[str]) -> dict[int, list[str]]:
    """Person id → what is missing on the day, in words; only people who lack something."""
    found = {
        pk: [standing.words for standing in by_purpose.values() if not standing.is_valid]
        for pk, by_purpose in standings(people, on, purposes).items()
    }
    return {pk: words for pk, words in found.items() if words}


def short_of(
    people: Mapping[int, tuple[datetime.date | None, str]],
    consents: QuerySet,
    on: datetime.date,
    purposes: set,
) -> set[int]:
    """Who of many lacks a consent on the day: the ids in ``missing``, without its words.

    ``people``: id → birth date and kind; ``consents``: those that may be of these people. One query
    for a few columns: the board counts a whole base so.
    """
    found = consents.standing().filter(purpose__in=purposes, signed_on__lte=on)
    found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    holds: dict[int, set[str]] = {}
    columns = ("person", "purpose", "signed_on", "signed_by_person", "guardian_name")
    for pk, purpose, signed_on, *signed in found.order_by().values_list(*columns):
        if pk not in people:
            continue
        born, kind = people[pk]
        rightly = _is_enough(signers_at(born, kind, signed_on), *signed)
        if rightly and not _has_outgrown(born, signed_on, on):
            holds.setdefault(pk, set()).add(purpose)
    return {pk for pk in people if holds.get(pk) != purposes}


def _has_outgrown(born: datetime.date | None, signed_on: datetime.date, on: datetime.date) -> bool:
    """Whether the first birthday after signing lies more than the days of grace back."""
    if born is None or on.year - born.year < BIRTHDAYS[0]:
        return False
    return any(signed_on < birthday(born, age) < on - GRACE for age in BIRTHDAYS)


def asked_for(rules: Rules, deed: str) -> list[str]:
    """Purposes without which nobody enters a base (BASE), a pair or an order (PAIR)."""
    purposes = [Purpose.PROCESSING] if rules.asks_consent else []
    if deed == PAIR and rules.asks_participation:
        purposes.append(Purpose.PARTICIPATION)
    return purposes


def lacking(people: Iterable[Person], on: Days, deed: str, school_id: int) -> dict[int, list[str]]:
    """Person id → what keeps the person out of a base, or out of a pair or an order, in words."""
    people = list(people)
    purposes = asked_for(Rules.of(school_id), deed)
    return missing(people, on, purposes) if people and purposes else {}


def reasons_against(
    people: Iterable[Person], on: datetime.date, deed: str, school_id: int
) -> list[str]:
    """A refusal for each person who lacks a consent, with a link to the page that prints it."""
    people = list({person.pk: person for person in people}.values())
    return refusals(people, lacking(people, on, deed, school_id))


def refusals(people: Iterable[Person], lacks: dict[int, list[str]]) -> list[str]:
    """What ``lacking`` found, as words for the person who tried, each with its link."""
    return [
        format_html(
            '{}: {}. <a href="{}">Напечатать и записать согласия</a>',
            person.full_name,
            "; ".join(lacks[person.pk]),
            reverse("person-consents", args=[person.pk]),
        )
        for person in people
        if person.pk in lacks
    ]


def list_address(programme_id: int, people: Iterable[Person]) -> str:
    """The page of consents showing just these people."""
    chosen = urlencode({"people": ",".join(str(person.pk) for person in people)})
    return f"{reverse('consent-list', args=[programme_id])}?{chosen}"


def link_to_print(programme_id: int, people: Iterable[Person]) -> str:
    """«Напечатать недостающее для всех»: to the page of consents of these people."""
    return format_html(
        '<a href="{}">Напечатать недостающее для всех</a>', list_address(programme_id, people)
    )
