"""Which agreements there are to sign, and recording those that are signed (D10)."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pairs.agreements.models import Agreement
from pairs.formation.models import Pair
from programmes.consents.models import Consent
from programmes.consents.standing import Signers, signers_of
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Refusal


@dataclass(frozen=True)
class Row:
    """The agreement that a mentor and one mentee of a pair have, or are to sign."""

    pair: Pair
    mentor: Person
    mentee: Person
    agreement: Agreement | None

    @property
    def key(self) -> str:
        """How a form names the row."""
        return f"{self.pair.pk}-{self.mentee.pk}"


def rows_of(pairs: Iterable[Pair]) -> Iterator[Row]:
    """One row for each mentee of these pairs now; ``with_people`` and ``agreements`` are there."""
    for pair in pairs:
        mentor = pair.mentor
        if mentor is None:
            continue
        there = {
            agreement.mentee_id: agreement
            for agreement in pair.agreements.all()
            if agreement.mentor_id == mentor.pk
        }
        for mentee in pair.current_mentees:
            yield Row(pair, mentor, mentee, there.get(mentee.pk))


def needs_guardian(person: Person, on: datetime.date) -> bool:
    """Whether a parent signs too: for a pupil under 18 on that day (Regulation 2.7)."""
    return signers_of(person, on) is not Signers.PERSON


def guardians_of(people: Iterable[Person]) -> dict[int, str]:
    """Who signed the last consent of each: person id → name, as a hint for the form."""
    found = Consent.objects.filter(person__in=list(people), voided_at__isnull=True)
    named = found.exclude(guardian_name="").order_by("signed_on", "pk")
    return dict(named.values_list("person_id", "guardian_name"))


@transaction.atomic
def sign(
    programme: Programme,
    keys: Iterable[str],
    on: datetime.date,
    guardians: Mapping[str, tuple[str, str]],
) -> int:
    """Record that the agreements of these rows were signed on a day: all of them or none.

    ``guardians``: row key → who signed for the mentee and for the mentor. One that is signed
    already stays as it is. Returns how many were recorded; raises Refusal with every reason.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    wanted = set(keys)
    pairs = programme.pairs.confirmed().with_people().prefetch_related("agreements")
    rows = [row for row in rows_of(pairs) if row.key in wanted]
    if not rows:
        raise Refusal("Отметьте хотя бы одно соглашение.")
    reasons = list(_reasons(programme, rows, on, guardians))
    if reasons:
        raise Refusal(*reasons)
    fresh = [row for row in rows if row.agreement is None]
    for row in fresh:
        for_mentee, for_mentor = guardians.get(row.key, ("", ""))
        Agreement.objects.create(
            pair=row.pair,
            mentor=row.mentor,
            mentee=row.mentee,
            signed_on=on,
            mentee_guardian=for_mentee if needs_guardian(row.mentee, on) else "",
            mentor_guardian=for_mentor if needs_guardian(row.mentor, on) else "",
        )
    return len(fresh)


def _reasons(programme: Programme, rows, on: datetime.date, guardians) -> Iterator[str]:
    if on > timezone.localdate():
        yield f"{on:%d.%m.%Y} ещё не наступило: назовите день, когда подписали."
    if not programme.started_on <= on <= programme.ended_on:
        yield (
            f"День подписания должен быть внутри программы: с {programme.started_on:%d.%m.%Y} "
            f"по {programme.ended_on:%d.%m.%Y}."
        )
    for row in rows:
        if row.agreement is not None:
            continue
        named = guardians.get(row.key, ("", ""))
        for person, name in zip((row.mentee, row.mentor), named, strict=True):
            if needs_guardian(person, on) and not name.strip():
                yield f"{person}: напишите, кто из родителей (законных представителей) подписал."


@transaction.atomic
def strike(agreement: Agreement) -> None:
    """Take back a mark made by mistake; it stays in the history."""
    Programme.objects.select_for_update().get(pk=agreement.pair.programme_id)
    Agreement.objects.filter(pk=agreement.pk).delete()
