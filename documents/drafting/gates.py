"""What keeps an order that names mentors and mentees from being registered, though not drafted.

Consents of everybody it names (D13; domain notes § 5.2) and the papers of a worker who helps
another worker (D14, art. 351.8; § 2.2). A school's ``Rules`` switch both.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse

from documents.drafting.asked import Asked
from documents.drafting.base import Drafting, Obstacle
from documents.kinds.additional_agreement import WORKER_MENTORING
from documents.registry.models import Document, Kind, NamedPerson
from pairs.models import Pair
from programmes.consents import standing
from programmes.consents.models import WorkerMentoring
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person
from programmes.school.rules import Rules


def without_consent(document: Document, people: Iterable[Person]) -> Iterable[Obstacle]:
    """An obstacle for everybody named who lacks a consent on the day of the paper."""
    people = list({person.pk: person for person in people}.values())
    on = Drafting(document).on
    lacks = standing.lacking(people, on, standing.PAIR, document.school_id)
    for person in people:
        if person.pk in lacks:
            yield Obstacle(
                f"{person.full_name}: {'; '.join(lacks[person.pk])}. Напечатайте и запишите "
                "согласие.",
                reverse("person-consents", args=[person.pk]),
            )


def day_in(pair: Pair, on: datetime.date) -> datetime.date:
    """The day on which a paper of ``on`` finds the people of a pair: its first one if later."""
    return max(on, pair.started_on or pair.proposed_on or on)


def people_of(pairs: Iterable[Pair], on: datetime.date) -> list[Person]:
    """Mentors and mentees of the pairs on a day, or on their first one if that is later."""
    found = []
    for pair in pairs:
        day = day_in(pair, on)
        found += [person for person in (pair.mentor_on(day), *pair.mentees_on(day)) if person]
    return found


def mentors_of_workers(
    pairs: Iterable[Pair], on: datetime.date, *, or_later: bool = False
) -> dict[Person, set[datetime.date]]:
    """Workers who lead at least one worker, whom article 351.8 speaks of (§ 0.4), with the days.

    Looked up for the same day as ``people_of``, which the order prints: who leads today says
    nothing of the day of the order. ``or_later`` counts every change in the pair after it as well.
    """
    found: dict[Person, set[datetime.date]] = {}
    for pair in pairs:
        first = day_in(pair, on)
        days = {first}
        if or_later:
            periods = [*pair.mentors.all(), *pair.mentees.all()]
            days |= {period.started_on for period in periods if period.started_on > first}
        for day in sorted(days):
            mentor = pair.mentor_on(day)
            is_of_workers = any(m.kind == PersonKind.TEACHER for m in pair.mentees_on(day))
            if mentor and mentor.kind == PersonKind.TEACHER and is_of_workers:
                found.setdefault(mentor, set()).add(day)
    return found


def without_worker_papers(
    document: Document, mentors: Mapping[Person, Collection[datetime.date]]
) -> Iterable[Obstacle]:
    """What of consent, scan and agreement each worker-mentor lacks.

    Consent and agreement are dated no later than the order; the term of the agreement covers the
    days of ``mentors`` on which each leads a worker.
    """
    if not mentors or not Rules.of(document.school_id).asks_351_8:
        return
    on = Drafting(document).on
    rows = {
        row.person_id: row
        for row in document.programme.worker_mentorings.filter(
            person__in=list(mentors)
        ).prefetch_related("scans")
    }
    agreements = agreements_of(document, mentors)
    for person, days in mentors.items():
        lacks = list(_lacks(rows.get(person.pk), agreements.get(person.pk, ()), on, days))
        if lacks:
            yield Obstacle(
                f"{person.full_name} помогает другому работнику (статья 351.8 ТК РФ), нет: "
                f"{', '.join(lacks)}.",
                reverse("worker-mentoring", args=[document.programme_id, person.pk]),
            )


def agreements_of(document: Document, mentors: Iterable[Person]) -> dict[int, list[Document]]:
    """The agreements D14 in force about helping workers, made here: person id → latest first.

    An agreement about leading pupils is extra work by articles 60.2 and 151, not 351.8 (§ 0.4).
    """
    named = NamedPerson.objects.filter(
        document__in=document.programme.documents.registered().filter(kind=Kind.AGREEMENT),
        role=NamedPerson.Role.WORKER,
        person__in=list(mentors),
    )
    found: dict[int, list[Document]] = {}
    for row in named.select_related("document").order_by("-document__date", "-pk"):
        if _is_of_worker_mentoring(row.document):
            found.setdefault(row.person_id, []).append(row.document)
    return found


def _is_of_worker_mentoring(agreement: Document) -> bool:
    """As it was made; of papers registered before that was stored their own words tell."""
    if agreement.facts.get("role", "mentor") != "mentor":
        return False
    stored = agreement.facts.get("is_worker_mentoring")
    if stored is not None:
        return bool(stored)
    issued = agreement.issued.filter(format="json").first()
    return issued is not None and WORKER_MENTORING in bytes(issued.content).decode()


def _covers(
    start: datetime.date | None, end: datetime.date | None, days: Collection[datetime.date]
) -> bool:
    return bool(start and end) and all(start <= day <= end for day in days)


def _lacks(
    row: WorkerMentoring | None,
    agreements: Iterable[Document],
    on: datetime.date,
    days: Collection[datetime.date],
) -> Iterable[str]:
    terms = [(one, Asked(one)) for one in agreements if one.date <= on]
    fitting = [
        asked
        for _, asked in terms
        if _covers(asked.date("started_on"), asked.date("ended_on"), days)
    ]
    latest = fitting[0] if fitting else None
    consent_on = row.consent_on if row else None
    if consent_on is None and latest:
        consent_on = latest.date("consent_on")
    if consent_on is None:
        yield "письменного согласия работника"
    elif consent_on > on:
        yield f"письменного согласия до дня приказа (оно от {consent_on:%d.%m.%Y})"
    if row is None or not row.scans.all():
        yield "скана согласия"
    if latest:
        return
    lacks = row.lacks_of_agreement() if row else []
    if row is None or len(lacks) == 7:
        yield (
            f"дополнительного соглашения, срок которого включает {_in_words(days)}"
            if terms
            else "дополнительного соглашения о помощи работнику"
        )
    elif lacks:
        yield f"в записи о дополнительном соглашении: {', '.join(lacks)}"
    elif row.agreement_on > on:
        yield f"дополнительного соглашения до дня приказа (оно от {row.agreement_on:%d.%m.%Y})"
    elif not _covers(row.started_on, row.ended_on, days):
        yield (
            f"дополнительного соглашения, срок которого включает {_in_words(days)} (в записи – с "
            f"{row.started_on:%d.%m.%Y} по {row.ended_on:%d.%m.%Y})"
        )


def _in_words(days: Collection[datetime.date]) -> str:
    return ", ".join(f"{day:%d.%m.%Y}" for day in sorted(days))
