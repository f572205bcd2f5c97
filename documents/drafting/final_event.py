"""D8 from stored data: the final event, the pairs that present, those who are thanked."""

from collections.abc import Iterable
from typing import Any

from documents.drafting import fields, gates
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import in_order_of_papers, person_facts
from documents.kinds import order_on_final_event as kind
from documents.paper import Paper
from documents.registry.models import Document, Kind, NamedPerson
from pairs.models import FinalEvent, Pair
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person
from programmes.programme.models import Programme

AWARDS = (
    (kind.Award.GRATITUDE, "вынести благодарность"),
    (kind.Award.LETTERS, "вручить благодарственные письма"),
    (kind.Award.CERTIFICATES, "вручить почётные грамоты"),
)


class FinalEventForm(DraftForm):
    event_on = fields.DayField(label="Провести итоговое мероприятие")
    event_executors = fields.PeopleField(
        label="Ответственный за мероприятие", help_text="Не выбран: куратор."
    )
    pairs = fields.LeftOutField(what="pair", label="Представляют результаты")
    award = fields.ChoiceField(label="По итогам работы", choices=AWARDS)
    awarded = fields.LeftOutField(what="person", label="Кому")
    award_executors = fields.PeopleField(label="Ответственный за поощрение")

    def prepare(self) -> None:
        pairs = pairs_at_work(self.document)
        self.fields["pairs"].choices = [(str(pair.pk), str(pair)) for pair in pairs]
        self.fields["awarded"].choices = [
            (str(person.pk), f"{person.full_name}, {person.title}") for person in mentors_of(pairs)
        ]


def pairs_at_work(document: Document) -> list[Pair]:
    """Pairs of the programme that have worked: confirmed or ended, each with its last people."""
    return list(
        document.programme.pairs.exclude(state=Pair.State.DRAFT).with_people().order_by("pk")
    )


def mentors_of(pairs: Iterable[Pair]) -> list[Person]:
    return in_order_of_papers(pair.mentor for pair in pairs if pair.mentor)


def awarded_in(document: Document, pairs: Iterable[Pair]) -> list[Person]:
    left_out = {value["person"] for value in document.facts.get("awarded", ())}
    return [person for person in mentors_of(pairs) if person.pk not in left_out]


def proposed(programme: Programme) -> dict[str, Any]:
    """What the planned final event says already: day, who is responsible, who does not present."""
    event = FinalEvent.objects.filter(programme=programme).prefetch_related("pairs").first()
    if event is None:
        return {}
    facts: dict[str, Any] = {"event_on": event.held_on.isoformat()}
    if event.responsible_id:
        facts["event_executors"] = [{"person": event.responsible_id}]
    presenting = {pair.pk for pair in event.pairs.all()}
    at_work = programme.pairs.exclude(state=Pair.State.DRAFT).order_by("pk")
    left_out = [pk for pk in at_work.values_list("pk", flat=True) if pk not in presenting]
    if presenting and left_out:
        facts["pairs"] = [{"pair": pk} for pk in left_out]
    return facts


def build(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    asked = drafting.asked
    at_work = pairs_at_work(document)
    left_out = {value["pair"] for value in document.facts.get("pairs", ())}
    awarded = awarded_in(document, at_work)
    event_executors = asked.people("event_executors") or drafting.programme.curators_on(drafting.on)
    award_executors = asked.people("award_executors")
    pupils = [person for person in awarded if person.kind == PersonKind.PUPIL]
    parents = pupils if "parents" in asked.options() else []
    return kind.build(
        kind.FinalEventFacts(
            **drafting.order([*event_executors, *award_executors]),
            plan_order=drafting.basis(Kind.PLAN),
            event_on=asked.date("event_on"),
            event_executors=[person_facts(person) for person in event_executors],
            pairs=[
                kind.PresentedPairFacts(
                    id=str(pair.pk),
                    mentor=person_facts(pair.mentor) if pair.mentor else None,
                    mentees=[person_facts(mentee) for mentee in pair.current_mentees],
                )
                for pair in at_work
                if pair.pk not in left_out
            ],
            award=kind.Award(asked.text("award", kind.Award.GRATITUDE)),
            awarded=[person_facts(person) for person in awarded],
            award_executors=[person_facts(person) for person in award_executors],
            parents=[person_facts(person) for person in parents],
        )
    )


def check(document: Document) -> Iterable[Obstacle]:
    day = Drafting(document).asked.date("event_on")
    if day and document.date and day < document.date:
        yield Obstacle(f"Мероприятие {day:%d.%m.%Y} раньше даты приказа.", "#id_event_on")


def gate(document: Document) -> Iterable[Obstacle]:
    """Whom the order names, presenting or thanked, has consented."""
    pairs = pairs_at_work(document)
    left_out = {value["pair"] for value in document.facts.get("pairs", ())}
    named = [
        person
        for pair in pairs
        if pair.pk not in left_out
        for person in (pair.mentor, *pair.current_mentees)
        if person
    ]
    people = in_order_of_papers([*named, *awarded_in(document, pairs)])
    return gates.without_consent(document, people)


def when_registered(document: Document) -> None:
    """Remember whom the order has thanked."""
    NamedPerson.objects.bulk_create(
        NamedPerson(document=document, person=person, role="awarded")
        for person in awarded_in(document, pairs_at_work(document))
    )


FINAL_EVENT = PaperKind(
    kind=Kind.FINAL_EVENT,
    title="О проведении итогового мероприятия в рамках реализации целевой модели наставничества",
    form=FinalEventForm,
    build=build,
    cites=(Kind.PLAN,),
    options=kind.OPTIONS,
    proposed=proposed,
    check=check,
    gate=gate,
    when_registered=when_registered,
)
