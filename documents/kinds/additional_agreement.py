"""D14: the additional agreement to an employment contract, with a curator or a mentor.

Contents by domain notes § 2.2. With a mentor of other workers it rests on article 351.8 of the
Labour Code; with a curator, and a mentor of pupils, on additional work (articles 60.2, 151; § 0.4).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents import wording
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.kinds.order import (
    basis_date_and_number,
    closed,
    day,
    description,
    full_name,
    letterhead,
    marks,
    named_with_description,
    short_name,
    typed,
)
from documents.paper import Blank, Clause, Inline, Paper, Paragraph, Table, Words, fact

KIND = "D14"


class AgreementRole(StrEnum):
    """As whom the worker signs."""

    CURATOR = "curator"
    MENTOR = "mentor"


CURATOR_CONTENT = (
    "сбор и ведение базы наставников и базы наставляемых",
    "организация обучения наставников",
    "формирование и сопровождение наставнических пар (групп)",
    "мониторинг и сбор обратной связи от участников",
    "отчеты руководителю проектной группы о реализации цикла наставнической работы",
)
MENTOR_CONTENT = (
    "разработка индивидуального маршрута совместно с наставляемым и его выполнение",
    "встречи с наставляемым по графику",
    "помощь наставляемому в решении задач маршрута",
    "отчеты куратору о выполнении маршрута",
)
CURATOR_REFERENCE = "статьями 60.2, 72 и 151 Трудового кодекса Российской Федерации"
MENTOR_OF_WORKERS_REFERENCE = "статьей 351.8 Трудового кодекса Российской Федерации"
# How an agreement about helping workers names the work; a stored paper is recognised by it.
WORKER_MENTORING = "по оказанию другому работнику помощи"
MENTOR_OF_PUPILS_REFERENCE = "статьями 60.2 и 151 Трудового кодекса Российской Федерации"


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """All that the agreement says.

    ``order`` (D6) appointed the worker, ``regulation_order`` (D5) approved the Regulation.
    ``head_acts_on`` is in the genitive: Устава; доверенности от … . ``is_worker_mentoring``: the
    mentees are workers. ``is_before_order``: signed before the order, which is then not cited; the
    order itself waits for the agreement (art. 351.8). ``content`` lists the work, nouns in the
    nominative; None takes what is usual for the role. ``form_of_work``: «индивидуальная, очная».
    ``payment`` in the nominative: «стимулирующая выплата 2000 рублей в месяц».
    ``labour_reference_instrumental``: «статьей 351.8 …»; empty takes the one of the role.
    """

    school: SchoolFacts | None = None
    date: datetime.date | None = None
    number: str = ""
    head: PersonFacts | None = None
    is_head_acting: bool = False
    head_acts_on: str = "Устава"
    worker: PersonFacts | None = None
    role: AgreementRole = AgreementRole.MENTOR
    is_worker_mentoring: bool = True
    is_before_order: bool = False
    contract_date: datetime.date | None = None
    contract_number: str = ""
    consent_on: datetime.date | None = None
    order: BasisFacts | None = None
    regulation_order: BasisFacts | None = None
    mentees: Sequence[PersonFacts] = ()
    content: Sequence[str] | None = None
    form_of_work: str = ""
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    payment: str = ""
    labour_reference_instrumental: str = ""


def build(facts: AgreementFacts) -> Paper:
    """The agreement as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    is_curator = facts.role == AgreementRole.CURATOR
    return Paper(
        kind=KIND,
        title="ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ",
        subtitle="к трудовому договору",
        **letterhead(school),
        date=facts.date,
        number=facts.number or "",
        place=(fact(school.place, f"{school.source}.place", "место составления"),),
        subject=(
            ("О выполнении обязанностей куратора", "целевой модели наставничества")
            if is_curator
            else ("О выполнении работы", "по наставничеству")
        ),
        blocks=(
            Paragraph("parties", _parties(facts, school)),
            Clause("assignment", _assignment(facts)),
            *(() if is_curator else (Clause("mentees", _mentees(facts.mentees)),)),
            Clause("content", ("Содержание работы:",), _content(facts)),
            Clause(
                "form",
                (
                    "Форма выполнения работы: ",
                    *typed(facts.form_of_work, "document.form_of_work", "форма работы"),
                ),
            ),
            Clause(
                "term",
                closed(
                    (
                        "Срок выполнения работы: с ",
                        day(facts.started_on, "document.started_on", "начало работы"),
                        " по ",
                        day(facts.ended_on, "document.ended_on", "окончание работы"),
                    )
                ),
            ),
            Clause(
                "payment",
                (
                    "Размер и условия выплаты: ",
                    *typed(facts.payment, "document.payment", "размер и условия выплаты"),
                    " Выплата производится в дни выплаты заработной платы.",
                ),
            ),
            Clause(
                "withdrawal",
                (
                    "Работник имеет право досрочно отказаться от выполнения работы, а работодатель "
                    "– досрочно отменить поручение о ее выполнении, предупредив об этом другую "
                    "сторону в письменной форме не менее чем за три рабочих дня.",
                ),
            ),
            Clause("rest", ("Остальные условия трудового договора не изменяются.",)),
            Clause(
                "copies",
                (
                    "Соглашение является частью трудового договора, вступает в силу со дня "
                    "подписания и составлено в двух экземплярах, имеющих одинаковую юридическую "
                    "силу, по одному для каждой стороны.",
                ),
            ),
            _signatures(facts, school),
            Paragraph("received", _received(facts.worker)),
        ),
    )


def _parties(facts: AgreementFacts, school: SchoolFacts) -> Words:
    acting = "исполняющего обязанности директора " if facts.is_head_acting else "директора "
    head = (
        full_name(facts.head, "genitive", "руководитель")
        if facts.head
        else Blank(f"{school.source}.head", "руководитель организации")
    )
    worker: Words = (
        named_with_description(facts.worker, "nominative", "работник")
        if facts.worker
        else (Blank("worker", "работник"),)
    )
    date = wording.date_in_words(facts.contract_date) if facts.contract_date else ""
    return (
        fact(school.name, f"{school.source}.name", "полное наименование организации"),
        f" (далее – работодатель) в лице {acting}",
        head,
        ", действующего на основании ",
        fact(facts.head_acts_on, "document.head_acts_on", "на основании чего действует директор"),
        ", с одной стороны, и ",
        *worker,
        " (далее – работник), с другой стороны, заключили дополнительное соглашение к трудовому "
        "договору от ",
        fact(date, "document.contract_date", "дата трудового договора"),
        " № ",
        fact(facts.contract_number, "document.contract_number", "номер трудового договора"),
        " (далее – соглашение) о нижеследующем:",
    )


def _assignment(facts: AgreementFacts) -> Words:
    if facts.role == AgreementRole.CURATOR:
        work = (
            "дополнительную работу – исполнение обязанностей куратора реализации целевой модели "
            "наставничества"
        )
        reference = CURATOR_REFERENCE
    elif facts.is_worker_mentoring:
        work = (
            f"работу по наставничеству – {WORKER_MENTORING} в овладении навыками "
            "работы на производстве и (или) рабочем месте по полученной (получаемой) другим "
            "работником профессии (специальности)"
        )
        reference = MENTOR_OF_WORKERS_REFERENCE
    else:
        work = "дополнительную работу – наставничество в отношении обучающихся"
        reference = MENTOR_OF_PUPILS_REFERENCE
    reference = facts.labour_reference_instrumental.strip() or reference
    consent = wording.date_in_words(facts.consent_on) if facts.consent_on else ""
    return (
        "Работодатель поручает, а работник на основании своего письменного согласия от ",
        fact(consent, "document.consent_on", "дата письменного согласия работника"),
        f" выполняет {work} – в соответствии {wording.with_preposition(reference)} ",
        fact(
            reference,
            "document.labour_reference",
            "статья Трудового кодекса",
        ),
        *(
            ()
            if facts.is_before_order
            else (
                ", приказом директора ",
                *basis_date_and_number(facts.order, "D6", "приказа о назначении"),
            )
        ),
        " и Положением о наставничестве, утвержденным приказом директора ",
        *basis_date_and_number(facts.regulation_order, "D5", "приказа об утверждении Положения"),
        ".",
    )


def _mentees(mentees: Sequence[PersonFacts]) -> Words:
    """«Наставляемый: Гладких Денис Олегович, учитель физики.»"""
    genders = [mentee.gender for mentee in mentees]
    lead = wording.agree(genders, "Наставляемый", "Наставляемая", "Наставляемые")
    words: list[Inline] = [f"{lead}: "]
    for index, mentee in enumerate(mentees):
        words += ["; "] if index else []
        words += named_with_description(mentee, "nominative", "наставляемый")
    return closed((*words, *(() if mentees else (Blank("mentees", "наставляемый"),))))


def _content(facts: AgreementFacts) -> tuple[Paragraph, ...]:
    usual = CURATOR_CONTENT if facts.role == AgreementRole.CURATOR else MENTOR_CONTENT
    given = usual if facts.content is None else facts.content
    entries = [text for text in given if wording.ended(text.strip(), "")[0]] or [""]
    return tuple(
        Paragraph(
            f"content-{number}",
            typed(text.strip(), "document.content", "содержание работы", mark),
            is_entry=True,
        )
        for number, (text, mark) in enumerate(
            zip(entries, marks(len(entries)), strict=True), start=1
        )
    )


_SIGNING = "____________"
_DATE = "«__» ________ 20__ г."


def _signatures(facts: AgreementFacts, school: SchoolFacts) -> Table:
    """The parties side by side: who they are, the line to sign on, the name, the day."""
    worker = facts.worker or PersonFacts(source="worker")
    head: Inline = (
        fact(
            wording.signature_name(facts.head.short or ""),
            f"{facts.head.source}.short",
            "фамилия и инициалы руководителя",
        )
        if facts.head
        else Blank(f"{school.source}.head", "руководитель организации")
    )
    signed = fact(
        wording.signature_name(worker.short or ""),
        f"{worker.source}.short",
        "фамилия и инициалы работника",
    )
    post = "Исполняющий обязанности директора" if facts.is_head_acting else "Директор"
    rows: tuple[tuple[Words, Words], ...] = (
        (("Работодатель",), ("Работник",)),
        ((short_name(school),), (full_name(worker, "nominative", "работник"),)),
        ((post,), (description(worker, "nominative"),)),
        ((f"{_SIGNING} ", head), (f"{_SIGNING} ", signed)),
        ((_DATE,), (_DATE,)),
    )
    return Table("signatures", (), rows, (50, 50), is_plain=True)


def _received(worker: PersonFacts | None) -> Words:
    gender = worker.gender if worker else ""
    verb = {"m": "получил", "f": "получила"}.get(gender, "получил(а)")
    return (f"Экземпляр соглашения {verb}: {_SIGNING} {_DATE}",)
