"""From stored data to a Paper: gathers the facts of each kind and says what is missing.

The kinds themselves (``documents.kinds``) know no models; this module knows no wording.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from documents import printing, storing, wording
from documents.kinds import order_on_pairs
from documents.kinds.order import BasisFacts, PersonFacts, SchoolFacts
from documents.paper import Paper
from documents.registry.models import Document, Kind
from pairs.models import Pair
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person

# Which registered papers a kind cites.
CITES: dict[str, tuple[str, ...]] = {Kind.PAIRS: (Kind.PLAN,)}
# Kinds the portal writes itself.
WRITTEN = frozenset({Kind.PAIRS})


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps a paper from being registered, and where to put it right."""

    text: str
    url: str = ""


def paper_of(document: Document) -> Paper | None:
    """The Paper as it stands: the issued one, or the draft from today's data.

    None for a paper that exists on paper only.
    """
    if document.number:
        issued = document.issued.filter(format="json").first()
        return storing.from_json(bytes(issued.content).decode()) if issued else None
    return build(document)


def build(document: Document, number: str = "") -> Paper:
    """The draft's Paper from stored data; ``number`` is given while registering."""
    if document.kind != Kind.PAIRS:
        raise LookupError(f"The portal does not write papers of kind {document.kind}")
    return order_on_pairs.build(gather_order_on_pairs(document, number))


def open_pairs(document: Document) -> list[Pair]:
    """Confirmed pairs of the programme that no standing order has formed yet."""
    ordered = document.programme.documents.filter(
        kind=Kind.PAIRS, state__in=Document.REGISTERED_STATES
    ).exclude(pk=document.pk)
    return list(
        document.programme.pairs.confirmed()
        .with_people()
        .exclude(ordered__document__in=ordered)
        .order_by("pk")
    )


def pairs_of(document: Document) -> list[Pair]:
    """The pairs that the order forms: all open ones but those left out by hand."""
    excluded = set(document.facts.get("excluded_pairs", ()))
    return [pair for pair in open_pairs(document) if pair.pk not in excluded]


def gather_order_on_pairs(document: Document, number: str = "") -> order_on_pairs.OrderOnPairsFacts:
    """The facts of D7 from the programme, its confirmed pairs and the register."""
    school, programme = document.school, document.programme
    on = document.date or timezone.localdate()
    pairs = pairs_of(document)
    curators = programme.curators_on(on)
    head = school.head_on(on)
    pair_facts = []
    named: list[Person] = list(curators)
    for pair in pairs:
        day = max(on, pair.started_on)
        mentor, mentees = pair.mentor_on(day), pair.mentees_on(day)
        named += [person for person in (mentor, *mentees) if person]
        pair_facts.append(
            order_on_pairs.PairFacts(
                id=str(pair.pk),
                form_title=pair.form.title,
                is_group=pair.is_group,
                mentor=person_facts(mentor) if mentor else None,
                mentees=[person_facts(mentee) for mentee in mentees],
            )
        )
    basis = document.basis(Kind.PLAN)
    return order_on_pairs.OrderOnPairsFacts(
        school=SchoolFacts(
            name=school.name,
            short_name=school.short_name,
            place=school.place,
            founder=school.founder,
        ),
        date=document.date,
        number=number,
        basis=BasisFacts(date=basis.date, number=basis.number) if basis else None,
        pairs=pair_facts,
        curators=[person_facts(curator) for curator in curators],
        head=person_facts(head.person) if head else None,
        is_head_acting=bool(head and head.is_acting),
        acquainted=[person_facts(person) for person in workers_in_order(named)],
    )


def workers_in_order(people: Iterable[Person]) -> list[Person]:
    """Those who sign the acknowledgement sheet: workers of the school, each once, by alphabet."""
    workers = {person.pk: person for person in people if person.kind == PersonKind.TEACHER}
    return sorted(workers.values(), key=lambda person: person.sort_key)


def person_facts(person: Person) -> PersonFacts:
    return PersonFacts(
        name={case: person.name_in(case) for case in wording.CASES},
        short=person.short_name,
        gender=person.gender,
        post=person.case_forms.get("position", {}),
        class_name=person.class_name if person.kind == PersonKind.PUPIL else None,
        source=f"person.{person.pk}",
    )


def obstacles(document: Document) -> list[Obstacle]:
    """Everything that keeps the draft from being registered; empty when nothing does."""
    found = [
        Obstacle(f"Не хватает: {blank.label}.", place_of(blank.source, document))
        for blank in printing.missing(build(document))
    ]
    if document.date is None:
        found.insert(0, Obstacle("Не хватает: дата документа.", "#id_date"))
    for link in document.basis_links.select_related("basis"):
        basis = link.basis
        if not basis.is_registered:
            found.append(Obstacle(f"Основание отменено: {basis}.", "#id_basis"))
        elif document.date and basis.date > document.date:
            found.append(
                Obstacle(
                    f"Основание – № {basis.number} от {basis.date:%d.%m.%Y} – позже даты документа "
                    f"({document.date:%d.%m.%Y}).",
                    "#id_date",
                )
            )
    return found


def place_of(source: str, document: Document) -> str:
    """The page where a missing fact is filled in."""
    kind, _, rest = source.partition(".")
    if kind == "basis":
        return f"{reverse('document-by-hand')}?kind={Kind.PLAN}&for={document.pk}"
    if kind == "school":
        return reverse("school-settings")
    if kind == "person" and rest.partition(".")[0].isdigit():
        return reverse("person-edit", args=[rest.partition(".")[0]])
    if kind == "curator":
        return reverse("programme-edit", args=[document.programme_id])
    if kind in ("pair", "pairs"):
        return reverse("pair-list", args=[document.programme_id])
    return ""
