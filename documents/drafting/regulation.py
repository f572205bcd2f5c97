"""D4 and D5 from stored data: the Regulation and the order that approves it."""

from collections.abc import Iterable

from documents.drafting import fields
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import person_facts
from documents.kinds import order_on_regulation
from documents.kinds import regulation as kind
from documents.letterhead.models import LegalCode, LegalReference
from documents.paper import Paper
from documents.registry.models import Change, Document, Kind
from programmes.programme.models import Programme
from programmes.stages import STAGES

ANNEXES = (
    ("route", "1. Форма индивидуального маршрута наставляемого"),
    ("agreement", "2. Форма соглашения о взаимодействии"),
    ("report", "3. Форма отчёта наставника"),
)
DEFAULTS = kind.RegulationFacts()


class RegulationForm(DraftForm):
    date_label = "Дата Положения"
    interim_report_on = fields.DayField(label="Промежуточный отчёт наставника до")
    final_report_on = fields.DayField(label="Итоговый отчёт наставника до")
    attached = fields.ManyField(label="Напечатать вместе с Положением формы", choices=ANNEXES)
    problems = fields.LinesField(
        label="На решение каких проблем направлена модель",
        default=DEFAULTS.problems,
        help_text="По одной в строке.",
    )
    mentor_grades = fields.TextField(
        label="Наставники-обучающиеся: классы", default=DEFAULTS.mentor_grades, max_length=20
    )
    frequency = fields.TextField(label="Как часто встречаются", default=DEFAULTS.frequency)
    satisfaction = fields.NumberField(
        label="Удовлетворённость наставляемого не ниже, из 10",
        default=DEFAULTS.satisfaction,
        min_value=1,
        max_value=10,
    )
    list_working_days = fields.NumberField(
        label="Список наставников утверждается, рабочих дней",
        default=DEFAULTS.list_working_days,
        min_value=1,
        max_value=99,
    )
    route_working_days = fields.NumberField(
        label="Маршрут разрабатывается, рабочих дней",
        default=DEFAULTS.route_working_days,
        min_value=1,
        max_value=99,
    )
    awards = fields.LinesField(
        label="Формы поощрения", default=DEFAULTS.awards, help_text="По одной в строке."
    )
    more = (
        *("problems", "mentor_grades", "frequency", "satisfaction", "list_working_days"),
        *("route_working_days", "awards"),
    )


def build(document: Document, number: str = "") -> Paper:
    """The Regulation: forms in use with their capacity, the seven stages, reports, awards."""
    drafting = Drafting(document, number)
    asked = drafting.asked
    requisites = drafting.requisites()
    for name in ("date", "number", "wordings"):
        requisites.pop(name)
    _, instrumental = LegalReference.wording(document.school, LegalCode.MENTORING, drafting.on)
    return kind.build(
        kind.RegulationFacts(
            **requisites,
            minutes=drafting.basis(Kind.MINUTES),
            order=drafting.basis(Kind.REGULATION_ORDER),
            forms=[
                kind.FormFacts(
                    code=form.code,
                    title=form.title,
                    variants=[variant.title for variant in form.used_variants],
                    capacity=form.capacity,
                    mentee_kinds=form.mentee_kinds,
                    mentor_kinds=form.mentor_kinds,
                )
                for form in drafting.programme.forms.prefetch_related("variants")
            ],
            stages=[stage.title for stage in STAGES],
            problems=asked.lines("problems", DEFAULTS.problems),
            mentor_grades=asked.text("mentor_grades", DEFAULTS.mentor_grades),
            frequency=asked.text("frequency", DEFAULTS.frequency),
            satisfaction=asked.number("satisfaction", DEFAULTS.satisfaction),
            list_working_days=asked.number("list_working_days", DEFAULTS.list_working_days),
            route_working_days=asked.number("route_working_days", DEFAULTS.route_working_days),
            interim_report_on=asked.date("interim_report_on"),
            final_report_on=asked.date("final_report_on"),
            awards=asked.lines("awards", DEFAULTS.awards),
            attached=frozenset(asked.lines("attached")),
            labour_reference_instrumental=instrumental,
        )
    )


def proposed(_programme: Programme) -> dict:
    return {"attached": [code for code, _ in ANNEXES]}


def check(document: Document) -> Iterable[Obstacle]:
    asked = Drafting(document).asked
    interim, final = asked.date("interim_report_on"), asked.date("final_report_on")
    if interim and final and final <= interim:
        yield Obstacle("Итоговый отчёт не позже промежуточного.", "#id_final_report_on")


class RegulationOrderForm(DraftForm):
    approve_until = fields.DayField(
        label="Утвердить в срок до", help_text="Формулировка инструкции; убирается в настройках."
    )
    approve_executors = fields.PeopleField(label="Ответственный за утверждение")
    inform_until = fields.DayField(label="Донести до сведения в срок до")
    inform_executors = fields.PeopleField(label="Ответственный за ознакомление")
    audience = fields.TextField(
        label="До чьего сведения", default=order_on_regulation.AUDIENCE, help_text="Кого? чьего?"
    )
    more = ("audience",)


def build_order(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    asked = drafting.asked
    approve, inform = asked.people("approve_executors"), asked.people("inform_executors")
    return order_on_regulation.build(
        order_on_regulation.RegulationOrderFacts(
            **drafting.order([*approve, *inform]),
            minutes=drafting.basis(Kind.MINUTES),
            approve_until=asked.date("approve_until"),
            approve_executors=[person_facts(person) for person in approve],
            audience=asked.text("audience", order_on_regulation.AUDIENCE),
            inform_until=asked.date("inform_until"),
            inform_executors=[person_facts(person) for person in inform],
        )
    )


def check_order(document: Document) -> Iterable[Obstacle]:
    asked = Drafting(document).asked
    if document.change == Change.REPLACES:
        return  # The days of the order that it replaces may have passed.
    for name in ("approve_until", "inform_until"):
        day = asked.date(name)
        if day and document.date and day < document.date:
            label = RegulationOrderForm.base_fields[name].label
            yield Obstacle(f"{label}: {day:%d.%m.%Y} раньше даты приказа.", f"#id_{name}")


REGULATION = PaperKind(
    kind=Kind.REGULATION,
    title="Положение о наставничестве",
    form=RegulationForm,
    build=build,
    cites=(Kind.MINUTES,),
    numbering=None,
    approved_by=Kind.REGULATION_ORDER,
    is_order=False,
    proposed=proposed,
    check=check,
)
REGULATION_ORDER = PaperKind(
    kind=Kind.REGULATION_ORDER,
    title="Об утверждении Положения о наставничестве",
    form=RegulationOrderForm,
    build=build_order,
    cites=(Kind.MINUTES,),
    check=check_order,
)
