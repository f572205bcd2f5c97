"""D3 and D9 from stored data: the order that approves the plan, and the plan as a paper."""

from collections.abc import Iterable

from django.urls import reverse

from documents.drafting import fields
from documents.drafting.asked import Asked
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import person_facts
from documents.kinds import order_on_plan, plan
from documents.kinds.plan import PlanItemFacts
from documents.paper import Paper
from documents.registry.models import Change, Document, Kind
from programmes.preparation.models import Plan, group_on
from programmes.programme.models import Programme


class PlanOrderForm(DraftForm):
    start_on = fields.DayField(label="Начать внедрение")
    start_executors = fields.PeopleField(
        label="Ответственный за внедрение", help_text="Не выбран: руководитель группы."
    )
    report_on = fields.DayField(label="Отчёт о промежуточных результатах заслушать на педсовете")


def items_of(programme: Programme, which: str = Plan.IMPLEMENTATION) -> list[PlanItemFacts]:
    """The items of a plan of the programme in their order, with those responsible."""
    return [
        PlanItemFacts(
            id=str(item.pk),
            title=item.title,
            started_on=item.started_on,
            ended_on=item.ended_on,
            responsible=[person_facts(person) for person in item.responsible.all()],
            result=item.result,
        )
        for item in programme.plan_items.of(which)
    ]


def leader_of(drafting: Drafting):
    group = group_on(drafting.programme, drafting.on)
    return next((member.person for member in group if member.is_leader), None)


def build_order(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    asked = drafting.asked
    leader = leader_of(drafting)
    executors = asked.people("start_executors") or ([leader] if leader else [])
    return order_on_plan.build(
        order_on_plan.PlanOrderFacts(
            **drafting.order(executors),
            minutes=drafting.basis(Kind.MINUTES),
            start_on=asked.date("start_on"),
            start_executors=[person_facts(person) for person in executors],
            report_on=asked.date("report_on"),
            items=items_of(drafting.programme),
        )
    )


def check_order(document: Document) -> Iterable[Obstacle]:
    asked = Drafting(document).asked
    if document.change == Change.REPLACES:
        return  # The days of the order that it replaces may have passed.
    for name in ("start_on", "report_on"):
        day = asked.date(name)
        if day and document.date and day < document.date:
            label = PlanOrderForm.base_fields[name].label
            yield Obstacle(f"{label}: {day:%d.%m.%Y} раньше даты приказа.", f"#id_{name}")


def note_on_order(document: Document) -> Iterable[Obstacle]:
    """Items of the plan that end before the order that approves it."""
    if document.date is None:
        return
    items = document.programme.plan_items.of(Plan.IMPLEMENTATION)
    late = items.filter(ended_on__lt=document.date).count()
    if late:
        yield Obstacle(
            f"Пунктов плана со сроком раньше даты приказа: {late}.",
            reverse("plan", args=[document.programme_id]),
        )


class PlanPaperForm(DraftForm):
    date_label = "Дата плана"
    plan = fields.ChoiceField(label="Какой план", choices=Plan.choices)


def build_plan(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    which = drafting.asked.text("plan", Plan.IMPLEMENTATION)
    title = Plan(which).label
    requisites = drafting.requisites()
    requisites.pop("wordings")
    return plan.build(
        plan.PlanFacts(
            **requisites,
            approved_by=drafting.basis(Kind.PLAN),
            items=items_of(drafting.programme, which),
            title=title,
        )
    )


PLAN_ORDER = PaperKind(
    kind=Kind.PLAN,
    title="Об утверждении плана реализации целевой модели наставничества и начале реализации "
    "проекта",
    form=PlanOrderForm,
    build=build_order,
    cites=(Kind.MINUTES,),
    check=check_order,
    note=note_on_order,
)
PLAN_PAPER = PaperKind(
    kind=Kind.PLAN_PAPER,
    title=Plan.IMPLEMENTATION.label,
    form=PlanPaperForm,
    build=build_plan,
    numbering=None,
    approved_by=Kind.PLAN,
    is_order=False,
    entitle=lambda document: Plan(Asked(document).text("plan", Plan.IMPLEMENTATION)).label,
)
