"""D6 from stored data: curators of the programme, mentors of the base, training."""

import datetime
from collections.abc import Iterable

from documents.drafting import fields, gates
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import in_order_of_papers, person_facts
from documents.kinds import order_on_appointment as kind
from documents.letterhead.models import LegalCode, LegalReference
from documents.paper import Paper
from documents.registry.models import Document, Kind, NamedPerson
from programmes.mentors.models import Mentor
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person
from programmes.readiness import reasons_against_leading


class AppointmentForm(DraftForm):
    mentors = fields.LeftOutField(
        what="person",
        label="Назначить наставниками",
        help_text="Наставники базы, которых ещё не назначал другой приказ.",
    )
    training_from = fields.DayField(label="Обучение наставников с")
    training_to = fields.DayField(label="по")
    training_executors = fields.PeopleField(
        label="Ответственный за обучение", help_text="Не выбран: куратор."
    )
    worker_executors = fields.PeopleField(
        label="Ответственный за соглашения с наставниками", help_text="Для дополнительного пункта."
    )
    more = ("worker_executors",)

    def prepare(self) -> None:
        self.fields["mentors"].choices = [
            (str(person.pk), f"{person.full_name}, {person.title}")
            for person in candidates(self.document)
        ]


def candidates(document: Document) -> list[Person]:
    """People of the mentor base whom no standing order of the programme has appointed."""
    standing = document.programme.documents.registered().filter(kind=Kind.APPOINTMENT)
    appointed = NamedPerson.objects.filter(
        document__in=standing.exclude(pk=document.changes_id), role=NamedPerson.Role.MENTOR
    )
    base = Mentor.objects.ongoing_on(Drafting(document).on).filter(programme=document.programme)
    entries = base.exclude(person__in=appointed.values("person")).select_related("person")
    return in_order_of_papers(entry.person for entry in entries)


def mentors_of(document: Document) -> list[Person]:
    left_out = {value["person"] for value in document.facts.get("mentors", ())}
    return [person for person in candidates(document) if person.pk not in left_out]


def build(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    asked = drafting.asked
    curators = drafting.programme.curators_on(drafting.on)
    mentors = mentors_of(document)
    executors = asked.people("training_executors") or curators
    worker_executors = asked.people("worker_executors")
    nominative, _ = LegalReference.wording(document.school, LegalCode.MENTORING, drafting.on)
    extra = worker_executors if asked.options() else []
    return kind.build(
        kind.AppointmentFacts(
            **drafting.order([*curators, *mentors, *executors, *extra]),
            plan_order=drafting.basis(Kind.PLAN),
            regulation_order=drafting.basis(Kind.REGULATION_ORDER),
            curators=[person_facts(person) for person in curators],
            mentors=[person_facts(person) for person in mentors],
            training_from=asked.date("training_from"),
            training_to=asked.date("training_to"),
            training_executors=[person_facts(person) for person in executors],
            worker_executors=[person_facts(person) for person in worker_executors],
            labour_reference=nominative,
        )
    )


def check(document: Document) -> Iterable[Obstacle]:
    asked = Drafting(document).asked
    start, end = asked.date("training_from"), asked.date("training_to")
    if start and end and end < start:
        yield Obstacle("Обучение кончается раньше, чем начинается.", "#id_training_to")
    if start and document.date and start < document.date:
        yield Obstacle(
            f"Обучение начинается {start:%d.%m.%Y}, раньше даты приказа.", "#id_training_from"
        )


def gate(document: Document) -> Iterable[Obstacle]:
    """Everybody appointed has consented and is selected; who leads a worker has papers.

    Trained too, or with a place on a course: clause 4 of this very order sets the days of the
    training, so nobody can have passed it before. The pair then asks for the training itself
    (``pairs.formation.forming``). S4.2; domain notes §§ 2.2, 5.2.
    """
    mentors = mentors_of(document)
    yield from gates.without_consent(document, mentors)
    yield from gates.without_worker_papers(document, of_workers(document, mentors))
    on = Drafting(document).on
    for words in reasons_against_leading(document.programme, mentors, on, training_follows=True):
        yield Obstacle(words, words.url)


def of_workers(document: Document, mentors: Iterable[Person]) -> dict[Person, set[datetime.date]]:
    """Those of the mentors who lead a worker in a pair or in a draft of the programme, on the day
    of the order or later, with the days on which they do."""
    pairs = document.programme.pairs.live().with_people()
    leading = gates.mentors_of_workers(pairs, Drafting(document).on, or_later=True)
    return {person: leading[person] for person in mentors if person in leading}


def note(document: Document) -> Iterable[Obstacle]:
    """Workers who lead nobody yet: the agreement is asked for before the order on pairs."""
    mentors = mentors_of(document)
    leading = of_workers(document, mentors)
    return without_agreement(document, [person for person in mentors if person not in leading])


def without_agreement(document: Document, mentors: Iterable[Person]) -> Iterable[Obstacle]:
    """Worker-mentors need their written consent and an additional agreement (art. 351.8)."""
    workers = [p for p in mentors if p.kind == PersonKind.TEACHER]
    agreed = set(
        NamedPerson.objects.filter(
            document__in=document.school.documents.registered().filter(kind=Kind.AGREEMENT),
            role=NamedPerson.Role.WORKER,
        ).values_list("person_id", flat=True)
    )
    for person in workers:
        if person.pk not in agreed:
            yield Obstacle(
                f"{person.short_name}: нет дополнительного соглашения о наставничестве. Для помощи "
                "другому работнику нужны письменное согласие и соглашение (статья 351.8 ТК РФ)."
            )


def when_registered(document: Document) -> None:
    """Remember whom the order has appointed."""
    day = Drafting(document).on
    curators = document.programme.curators_on(day)
    named = (("curator", curators), ("mentor", mentors_of(document)))
    NamedPerson.objects.bulk_create(
        NamedPerson(document=document, person=person, role=role)
        for role, people in named
        for person in people
    )


APPOINTMENT = PaperKind(
    kind=Kind.APPOINTMENT,
    title="О назначении куратора и наставников внедрения целевой модели наставничества",
    form=AppointmentForm,
    build=build,
    cites=(Kind.PLAN, Kind.REGULATION_ORDER),
    options=kind.OPTIONS,
    check=check,
    gate=gate,
    note=note,
    when_registered=when_registered,
)
