"""D7 from stored data: the confirmed pairs and groups that no standing order has formed."""

from collections.abc import Iterable

from django.db.models import QuerySet

from documents.drafting import fields, gates
from documents.drafting.appointment import without_agreement
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import in_order_of_papers, person_facts
from documents.kinds import order_on_pairs as kind
from documents.paper import Paper
from documents.registry.models import Document, Kind, NamedPerson, OrderedPair
from pairs.models import Pair
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.rules import Rules


class PairsForm(DraftForm):
    pairs = fields.LeftOutField(
        what="pair",
        label="Пары и группы приказа",
        help_text="Подтверждённые пары, которых нет в других приказах. Неотмеченные останутся "
        "для следующего приказа.",
    )

    def prepare(self) -> None:
        self.fields["pairs"].choices = [
            (str(pair.pk), f"{pair} – {pair.form.title}") for pair in open_pairs(self.document)
        ]


def pairs_without_order(programme: Programme, besides: int | None = None) -> QuerySet[Pair]:
    """Confirmed pairs of the programme that no standing order has formed.

    ``besides``: the id of an order that does not count, since the paper at hand takes its place.
    """
    standing = programme.documents.registered().filter(kind=Kind.PAIRS)
    if besides is not None:
        standing = standing.exclude(pk=besides)
    return programme.pairs.confirmed().exclude(ordered__document__in=standing)


def open_pairs(document: Document) -> list[Pair]:
    """The pairs that the order may form, with their people."""
    found = pairs_without_order(document.programme, besides=document.changes_id)
    return list(found.with_people().order_by("pk"))


def pairs_of(document: Document) -> list[Pair]:
    """The pairs that the order forms: all open ones but those left out by hand."""
    left_out = {value["pair"] for value in document.facts.get("pairs", ())}
    return [pair for pair in open_pairs(document) if pair.pk not in left_out]


def build(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    curators = drafting.programme.curators_on(drafting.on)
    named: list[Person] = list(curators)
    pair_facts = []
    for pair in pairs_of(document):
        day = max(drafting.on, pair.started_on)
        mentor, mentees = pair.mentor_on(day), pair.mentees_on(day)
        named += [person for person in (mentor, *mentees) if person]
        pair_facts.append(
            kind.PairFacts(
                id=str(pair.pk),
                form_title=pair.form.title,
                is_group=pair.is_group,
                mentor=person_facts(mentor) if mentor else None,
                mentees=[person_facts(mentee) for mentee in mentees],
            )
        )
    return kind.build(
        kind.OrderOnPairsFacts(
            **drafting.order(named),
            basis=drafting.basis(Kind.PLAN),
            pairs=pair_facts,
            curators=[person_facts(curator) for curator in curators],
        )
    )


def gate(document: Document) -> Iterable[Obstacle]:
    """Everybody in the pairs has consented; who helps another worker has an agreement."""
    pairs = pairs_of(document)
    people = in_order_of_papers(gates.people_of(pairs, Drafting(document).on))
    yield from gates.without_consent(document, people)
    of_workers = gates.mentors_of_workers(pairs, Drafting(document).on)
    in_order = {person: of_workers[person] for person in in_order_of_papers(of_workers)}
    yield from gates.without_worker_papers(document, in_order)


def note(document: Document) -> Iterable[Obstacle]:
    """Every mentor of a pair is to be appointed by an order D6 first (domain notes § 7.9)."""
    if not Rules.of(document.school_id).asks_351_8:
        of_workers = gates.mentors_of_workers(pairs_of(document), Drafting(document).on)
        yield from without_agreement(document, in_order_of_papers(of_workers))
    orders = document.programme.documents.registered().filter(
        kind=Kind.APPOINTMENT, is_by_hand=False
    )
    if not orders.exists():
        return
    appointed = set(
        NamedPerson.objects.filter(document__in=orders, role=NamedPerson.Role.MENTOR).values_list(
            "person_id", flat=True
        )
    )
    for mentor in dict.fromkeys(pair.mentor for pair in pairs_of(document)):
        if mentor is not None and mentor.pk not in appointed:
            yield Obstacle(f"{mentor.short_name}: наставник ещё не назначен приказом.")


def when_registered(document: Document) -> None:
    """Remember which pairs the order has formed."""
    OrderedPair.objects.bulk_create(
        OrderedPair(document=document, pair=pair) for pair in pairs_of(document)
    )


PAIRS = PaperKind(
    kind=Kind.PAIRS,
    title="О формировании наставнических пар (групп)",
    form=PairsForm,
    build=build,
    cites=(Kind.PLAN,),
    gate=gate,
    note=note,
    when_registered=when_registered,
)
