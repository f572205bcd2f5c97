"""D14 from stored data: the additional agreement with a curator or a worker who is a mentor."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from documents.drafting import fields
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import person_facts
from documents.kinds import additional_agreement as kind
from documents.letterhead.models import LegalCode, LegalReference
from documents.numbering.models import Purpose
from documents.paper import Paper
from documents.registry.models import Document, Kind, NamedPerson
from pairs.models import PairMentee
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person

ROLES = ((kind.AgreementRole.MENTOR, "наставник"), (kind.AgreementRole.CURATOR, "куратор"))
FORMS_OF_WORK = "индивидуальная, очная"


class AgreementForm(DraftForm):
    date_label = "Дата соглашения"
    worker = fields.PersonField(label="С кем")
    role = fields.ChoiceField(label="Поручается работа", choices=ROLES)
    contract_date = fields.DayField(label="Дата трудового договора")
    contract_number = fields.TextField(label="Номер трудового договора", max_length=50)
    consent_on = fields.DayField(
        label="Дата письменного согласия", help_text="Без согласия работника поручать нельзя."
    )
    started_on = fields.DayField(label="Работа поручается с")
    ended_on = fields.DayField(label="по")
    payment = fields.TextField(
        label="Размер и условия выплаты",
        help_text="Например: 10 процентов должностного оклада ежемесячно",
        max_length=1000,
    )
    form_of_work = fields.TextField(label="Форма работы", default=FORMS_OF_WORK)
    content = fields.LinesField(
        label="Содержание работы", help_text="По одной обязанности в строке. Пусто: типовое."
    )
    more = ("form_of_work", "content")


def mentees_of(document: Document, worker: Person) -> list[Person]:
    """Those whom the worker leads in the programme, or is going to lead: an agreement is signed
    before the pair begins, so drafted pairs count as well."""
    led = PairMentee.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=Drafting(document).on),
        pair__programme=document.programme,
        pair__mentors__person=worker,
        pair__mentors__ended_on__isnull=True,
    )
    entries = led.select_related("person").order_by("person__sort_key", "pk")
    return list(dict.fromkeys(entry.person for entry in entries))


def are_workers(mentees: Collection[Person]) -> bool:
    """Whether leading just these is helping workers (art. 351.8) and not extra work."""
    return bool(mentees) and all(mentee.kind == PersonKind.TEACHER for mentee in mentees)


def build(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    asked = drafting.asked
    worker = asked.person("worker")
    role = kind.AgreementRole(asked.text("role", kind.AgreementRole.MENTOR))
    mentees = mentees_of(document, worker) if worker and role == kind.AgreementRole.MENTOR else []
    requisites = drafting.requisites()
    requisites.pop("wordings")
    is_worker_mentoring = are_workers(mentees)
    code = LegalCode.MENTORING if is_worker_mentoring else LegalCode.EXTRA_WORK
    _, instrumental = LegalReference.wording(document.school, code, drafting.on)
    return kind.build(
        kind.AgreementFacts(
            **requisites,
            **drafting.head(),
            worker=person_facts(worker) if worker else None,
            role=role,
            is_worker_mentoring=is_worker_mentoring,
            is_before_order=is_worker_mentoring and drafting.basis(Kind.APPOINTMENT) is None,
            contract_date=asked.date("contract_date"),
            contract_number=asked.text("contract_number"),
            order=drafting.basis(Kind.APPOINTMENT),
            regulation_order=drafting.basis(Kind.REGULATION_ORDER),
            mentees=[person_facts(mentee) for mentee in mentees],
            content=asked.lines("content") or None,
            form_of_work=asked.text("form_of_work", FORMS_OF_WORK),
            started_on=asked.date("started_on"),
            ended_on=asked.date("ended_on"),
            payment=asked.text("payment"),
            consent_on=asked.date("consent_on"),
            labour_reference_instrumental=instrumental,
        )
    )


def check(document: Document) -> Iterable[Obstacle]:
    asked = Drafting(document).asked
    start, end = asked.date("started_on"), asked.date("ended_on")
    if start and end and end < start:
        yield Obstacle("Срок работы кончается раньше, чем начинается.", "#id_ended_on")
    consent = asked.date("consent_on")
    if consent and document.date and consent > document.date:
        yield Obstacle("Согласие работника позже соглашения.", "#id_consent_on")


def when_registered(document: Document) -> None:
    """Remember the worker, and whether the agreement is one of article 351.8: the gate of the
    orders asks for it, when the pairs may have changed."""
    asked = Drafting(document).asked
    worker = asked.person("worker")
    if worker is not None:
        is_mentor = asked.text("role", kind.AgreementRole.MENTOR) == kind.AgreementRole.MENTOR
        document.facts["is_worker_mentoring"] = is_mentor and are_workers(
            mentees_of(document, worker)
        )
        NamedPerson.objects.create(document=document, person=worker, role="worker")


def entitle(document: Document) -> str:
    worker = Drafting(document).asked.person("worker")
    return f"{TITLE}: {worker.short_name}" if worker else TITLE


TITLE = "Дополнительное соглашение к трудовому договору"

AGREEMENT = PaperKind(
    kind=Kind.AGREEMENT,
    title=TITLE,
    entitle=entitle,
    form=AgreementForm,
    build=build,
    cites=(Kind.APPOINTMENT, Kind.REGULATION_ORDER),
    numbering=Purpose.AGREEMENTS,
    is_order=False,
    check=check,
    when_registered=when_registered,
)
