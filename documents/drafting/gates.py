"""What keeps an order that names mentors and mentees from being registered, though not drafted.

Consents of everybody it names (D13; domain notes § 5.2) and the papers of a worker who helps
another worker (D14, art. 351.8; § 2.2). A school's ``Rules`` switch both.
"""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from documents.drafting.base import Drafting, Obstacle
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


def without_worker_papers(document: Document, mentors: Iterable[Person]) -> Iterable[Obstacle]:
    """What of consent, scan and agreement each worker-mentor lacks on the day of the order."""
    mentors = list({person.pk: person for person in mentors}.values())
    if not mentors or not Rules.of(document.school_id).asks_351_8:
        return
    on = Drafting(document).on
    rows = {
        row.person_id: row
        for row in document.programme.worker_mentorings.filter(person__in=mentors).prefetch_related(
            "scans"
        )
    }
    agreements = agreements_of(document, mentors)
    for person in mentors:
        lacks = list(_lacks(rows.get(person.pk), agreements.get(person.pk), on))
        if lacks:
            yield Obstacle(
                f"{person.full_name} помогает другому работнику (статья 351.8 ТК РФ), нет: "
                f"{', '.join(lacks)}.",
                reverse("worker-mentoring", args=[document.programme_id, person.pk]),
            )


def agreements_of(document: Document, mentors: Iterable[Person]) -> dict[int, Document]:
    """The latest agreement D14 in force of each worker that was made and registered here."""
    named = NamedPerson.objects.filter(
        document__in=document.programme.documents.registered().filter(kind=Kind.AGREEMENT),
        role=NamedPerson.Role.WORKER,
        person__in=mentors,
    )
    found: dict[int, Document] = {}
    for row in named.select_related("document").order_by("document__date", "pk"):
        if row.document.facts.get("role", "mentor") == "mentor":
            found[row.person_id] = row.document
    return found


def _lacks(row: WorkerMentoring | None, agreement: Document | None, on: datetime.date):
    consent_on = row.consent_on if row else None
    if consent_on is None and agreement and agreement.facts.get("consent_on"):
        consent_on = datetime.date.fromisoformat(agreement.facts["consent_on"])
    if consent_on is None:
        yield "письменного согласия работника"
    elif consent_on > on:
        yield f"письменного согласия до дня приказа (оно от {consent_on:%d.%m.%Y})"
    if row is None or not row.scans.all():
        yield "скана согласия"
    if agreement is not None and agreement.date <= on:
        return
    lacks = row.lacks_of_agreement() if row else ["дата"]
    if len(lacks) == 7 or row is None:
        yield "дополнительного соглашения"
    elif lacks:
        yield f"в записи о дополнительном соглашении: {', '.join(lacks)}"
    elif row.agreement_on > on:
        yield f"дополнительного соглашения до дня приказа (оно от {row.agreement_on:%d.%m.%Y})"
