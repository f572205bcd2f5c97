"""What stage 1 tells the board: team, goals, plan and resources (S1.3, S1.4, S1.5)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from programmes.catalogue.models import Said
from programmes.goals.models import Aim, Indicator
from programmes.preparation.models import GroupMember, Plan, PlanItem
from programmes.programme.models import Curator, MentoringForm, Programme
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of
from programmes.resources.models import Resource
from programmes.study.models import Material, StudyRecord


def counts(day: datetime.date) -> dict[str, Any]:
    """Expressions for the programme; the group and the curators as of ``day``."""
    group = GroupMember.objects.ongoing_on(day)
    plan = PlanItem.objects.filter(plan=Plan.IMPLEMENTATION)
    indicators = Indicator.objects.kept()
    resources = Resource.objects.kept()
    # Ticks of the day's members for materials that are still on the list of their programme.
    here = group.filter(programme=OuterRef("material__programme"), person=OuterRef("person"))
    ticks = StudyRecord.objects.filter(Exists(here), material__removed_at__isnull=True)
    return {
        "prep_group": count_of(group, distinct="person"),
        "prep_leaders": count_of(group.filter(is_leader=True)),
        "prep_curators": count_of(Curator.objects.ongoing_on(day)),
        "prep_materials": count_of(Material.objects.kept()),
        "prep_ticks": count_of(ticks, "material__programme"),
        "prep_forms": count_of(MentoringForm, "programmes"),
        "prep_goals": count_of(Aim.objects.filter(kind=Said.GOAL)),
        "prep_tasks": count_of(Aim.objects.filter(kind=Said.TASK)),
        "prep_results": count_of(Aim.objects.filter(kind=Said.RESULT)),
        "prep_indicators": count_of(indicators),
        "prep_unmeasured": count_of(indicators.filter(baseline__isnull=True)),
        "prep_plan": count_of(plan),
        "prep_done": count_of(plan.filter(state="done")),
        "prep_late": count_of(plan.late_on(day)),
        "prep_undated": count_of(plan.filter(ended_on__isnull=True).exclude(state="dropped")),
        "prep_unowned": count_of(plan.filter(responsible__isnull=True).exclude(state="dropped")),
        "prep_resources": count_of(resources),
        "prep_needed": count_of(resources.filter(state=Resource.State.NEEDED)),
    }


def steps(programme: Programme, counts: Mapping[str, Any], day: datetime.date) -> tuple[Step, ...]:
    """S1.3, S1.4 and S1.5 in words."""
    return (
        _team(programme, counts),
        _goals(programme, counts),
        _plan(programme, counts),
    )


def _step(row: str, url: str, facts, missing, late=()) -> Step:
    """Late beats missing, missing beats done; nothing there at all is «не начато»."""
    state = LATE if late else BUSY if missing and facts else IDLE if missing else DONE
    return Step(row, state, url, tuple(facts), tuple(missing), tuple(late))


def _team(programme: Programme, n: Mapping[str, Any]) -> Step:
    group, concept = (reverse(name, args=[programme.pk]) for name in ("project-group", "concept"))
    facts, missing = [], []
    if n["prep_group"]:
        facts.append(f"в проектной группе: {n['prep_group']}")
    else:
        missing.append(Line("собрать проектную группу", group))
    if not n["prep_leaders"]:
        missing.append(Line("назначить руководителя группы", group))
    if n["prep_curators"]:
        facts.append("куратор назначен")
    else:
        missing.append(Line("назначить куратора", reverse("programme-edit", args=[programme.pk])))
    if not n["prep_materials"]:
        missing.append(Line("составить список материалов для изучения концепции", concept))
    elif n["prep_group"]:
        left = n["prep_group"] * n["prep_materials"] - n["prep_ticks"]
        if left > 0:
            missing.append(Line(f"изучить концепцию: не хватает отметок {left}", concept))
        else:
            facts.append("концепция изучена")
    return _step("S1.3", group, facts, missing)


def _goals(programme: Programme, n: Mapping[str, Any]) -> Step:
    url = reverse("goals", args=[programme.pk])
    facts, missing = [], []
    if not n["prep_forms"]:
        edit = reverse("programme-edit", args=[programme.pk])
        missing.append(Line("выбрать формы наставничества", edit))
    for name, words, verb in (
        ("prep_goals", "целей", "выбрать цель"),
        ("prep_tasks", "задач", "выбрать задачи"),
        ("prep_results", "ожидаемых результатов", "выбрать ожидаемые результаты"),
        ("prep_indicators", "показателей", "записать результаты показателями"),
    ):
        if n[name]:
            facts.append(f"{words}: {n[name]}")
        else:
            missing.append(Line(verb, url))
    if n["prep_unmeasured"]:
        missing.append(Line(f"измерить показатели сейчас: {n['prep_unmeasured']}", url))
    return _step("S1.4", url, facts, missing)


def _plan(programme: Programme, n: Mapping[str, Any]) -> Step:
    url, resources = (reverse(name, args=[programme.pk]) for name in ("plan", "resource-list"))
    facts, missing, late = [], [], []
    if n["prep_plan"]:
        facts.append(f"в плане выполнено {n['prep_done']} из {n['prep_plan']}")
    else:
        missing.append(Line("составить план реализации", url))
    if n["prep_undated"]:
        missing.append(Line(f"назвать сроки пунктов плана: {n['prep_undated']}", url))
    if n["prep_unowned"]:
        missing.append(Line(f"назначить ответственных за пункты: {n['prep_unowned']}", url))
    if n["prep_late"]:
        late.append(Line(f"просрочено пунктов плана: {n['prep_late']}", f"{url}?state=late"))
    if n["prep_resources"]:
        facts.append(f"ресурсов: {n['prep_resources']}")
    else:
        missing.append(Line("записать ресурсы, внутренние и внешние", resources))
    if n["prep_needed"]:
        needed = f"{resources}?state=needed"
        missing.append(Line(f"найти недостающие ресурсы: {n['prep_needed']}", needed))
    return _step("S1.5", url, facts, missing, late)
