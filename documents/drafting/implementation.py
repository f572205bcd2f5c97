"""D1 from stored data: the project group, the order it follows, terms and responsible persons."""

from collections.abc import Iterable

from django.urls import reverse

from documents.drafting import fields
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import person_facts
from documents.kinds import order_on_implementation as kind
from documents.paper import Paper
from documents.registry.models import Document, Kind
from programmes.preparation.models import group_on


class ImplementationForm(DraftForm):
    basis_body = fields.TextField(
        label="На основании приказа (чьего?)",
        help_text="В родительном падеже: Министерства образования и науки Забайкальского края",
    )
    basis_date = fields.DayField(label="Дата этого приказа")
    basis_number = fields.TextField(label="Его номер", max_length=50)
    basis_title = fields.TextField(label="Его заголовок", default=kind.BASIS_TITLE)
    study_until = fields.DayField(label="Изучить концепцию и разработать план в срок до")
    plan_council_on = fields.DayField(label="Рассмотреть план на педсовете")
    plan_rework_until = fields.DayField(label="Доработать план в срок до")
    plan_executors = fields.PeopleField(
        label="Ответственный за план", help_text="Не выбран: руководитель группы."
    )
    regulation_council_on = fields.DayField(
        label="Рассмотреть Положение на педсовете", help_text="Не указано: в тот же день."
    )
    regulation_rework_until = fields.DayField(
        label="Доработать Положение в срок до", help_text="Не указано: в тот же срок."
    )
    regulation_executors = fields.PeopleField(label="Ответственный за Положение")
    supply_executors = fields.PeopleField(label="Ответственный за материально-техническую часть")
    monitoring_text = fields.TextField(
        label="Сроки мониторинга", help_text="Для дополнительного пункта."
    )
    results_text = fields.TextField(
        label="Планируемые результаты", help_text="Для дополнительного пункта."
    )
    more = ("basis_title", "supply_executors", "monitoring_text", "results_text")


def build(document: Document, number: str = "") -> Paper:
    """The order: leader and members as they are in the project group on its day."""
    drafting = Drafting(document, number)
    asked = drafting.asked
    group = group_on(drafting.programme, drafting.on)
    leader = next((member.person for member in group if member.is_leader), None)
    members = [member.person for member in group if not member.is_leader]
    plan_executors = asked.people("plan_executors") or ([leader] if leader else [])
    regulation_executors = asked.people("regulation_executors")
    supply = asked.people("supply_executors")
    everybody = [*([leader] if leader else []), *members]
    named = [*everybody, *plan_executors, *regulation_executors]
    named += supply if "supply" in asked.options() else []
    plan_council_on = asked.date("plan_council_on")
    plan_rework_until = asked.date("plan_rework_until")
    return kind.build(
        kind.ImplementationFacts(
            **drafting.order(named, keep_order=True),
            basis_body=asked.text("basis_body"),
            basis_date=asked.date("basis_date"),
            basis_number=asked.text("basis_number"),
            basis_title=asked.text("basis_title", kind.BASIS_TITLE),
            leader=person_facts(leader) if leader else None,
            members=[person_facts(person) for person in members],
            study_until=asked.date("study_until"),
            plan_council_on=plan_council_on,
            plan_rework_until=plan_rework_until,
            regulation_council_on=asked.date("regulation_council_on") or plan_council_on,
            regulation_rework_until=asked.date("regulation_rework_until") or plan_rework_until,
            plan_executors=[person_facts(person) for person in plan_executors],
            regulation_executors=[person_facts(person) for person in regulation_executors],
            supply_executors=[person_facts(person) for person in supply],
            monitoring_text=asked.text("monitoring_text"),
            results_text=asked.text("results_text"),
        )
    )


def check(document: Document) -> Iterable[Obstacle]:
    asked = Drafting(document).asked
    day, basis = document.date, asked.date("basis_date")
    if day and basis and basis > day:
        yield Obstacle(
            f"Приказ, на основании которого издаётся этот ({basis:%d.%m.%Y}), позже даты "
            f"документа ({day:%d.%m.%Y}).",
            "#id_basis_date",
        )
    for name in ("study_until", "plan_council_on", "plan_rework_until"):
        term = asked.date(name)
        if day and term and term < day:
            label = ImplementationForm.base_fields[name].label
            yield Obstacle(f"{label}: {term:%d.%m.%Y} раньше даты приказа.", f"#id_{name}")


def note(document: Document) -> Iterable[Obstacle]:
    programme = document.programme
    if programme and not group_on(programme, Drafting(document).on):
        yield Obstacle(
            "На дату приказа в проектной группе никого нет.",
            reverse("project-group", args=[programme.pk]),
        )


IMPLEMENTATION = PaperKind(
    kind=Kind.IMPLEMENTATION,
    title="О внедрении целевой модели наставничества",
    form=ImplementationForm,
    build=build,
    options=kind.OPTIONS,
    check=check,
    note=note,
)
