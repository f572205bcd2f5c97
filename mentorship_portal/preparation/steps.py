"""Stage 1 as the instruction tells it: the eight steps of the algorithm, the five mechanisms.

A1–A8: instruction, lines 209–222; T1: table 1. Everything is worked out from stored data.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from documents.models import Document
from documents.registry.models import Kind
from pairs.formation.candidates import unpaired
from programmes.people.models import Kind as PersonKind
from programmes.preparation import progress
from programmes.preparation.models import Plan
from programmes.programme.models import Programme
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, counted

WORDS = {DONE: "готово", BUSY: "в работе", LATE: "просрочено", IDLE: "не начато"}
MENTORSHIP = ("F6", "F7")
# Papers that give the programme its legal form (S1.1), with their steps.
LEGAL = (
    Kind.IMPLEMENTATION,
    Kind.MINUTES,
    Kind.PLAN,
    Kind.REGULATION,
    Kind.REGULATION_ORDER,
)


@dataclass(frozen=True)
class Task:
    """A step or a mechanism on the page, with what is there, missing and late."""

    title: str
    step: Step

    @property
    def state_words(self) -> str:
        return WORDS[self.step.state]


@dataclass(frozen=True)
class Preparation:
    steps: list[Task]
    mechanisms: list[Task]
    rows: list[Task]

    @property
    def done(self) -> int:
        return sum(task.step.state == DONE for task in self.steps)


def preparation_of(programme: Programme, today: datetime.date) -> Preparation:
    """What the page of stage 1 says on ``today``, in a fixed number of queries."""
    day = min(max(today, programme.started_on), programme.ended_on)
    found = _Found(programme, day)
    titles = {"S1.3": "Команда и куратор", "S1.4": "Цели и результаты", "S1.5": "План и ресурсы"}
    rows = progress.steps(programme, found.counts, day)
    return Preparation(
        steps=_steps(found),
        mechanisms=_mechanisms(found),
        rows=[Task(titles[step.row], step) for step in rows],
    )


class _Found:
    """Stored data of the programme, read once."""

    def __init__(self, programme: Programme, day: datetime.date) -> None:
        self.programme, self.day = programme, day
        self.counts: Mapping[str, Any] = counted(programme, [progress], day)
        papers = programme.documents.in_force().defer("edits").order_by("date", "pk")
        self.papers: list[Document] = list(papers)
        self.forms = list(programme.forms.all())
        self.mentorship_items = programme.plan_items.filter(plan=Plan.MENTORSHIP).count()
        people = programme.school.people.present().filter(kind=PersonKind.TEACHER)
        # Positions are kept as typed; «педагог-психолог» is how the staff list calls the post.
        psychologists = people.filter(position__icontains="психолог").in_order()
        self.psychologists = [person.short_name for person in psychologists[:5]]
        self.unpaired = unpaired(programme, day).count()
        self.team, self.goals, self.plan = progress.steps(programme, self.counts, day)

    def url(self, name: str, query: str = "") -> str:
        return reverse(name, args=[self.programme.pk]) + query

    @property
    def papers_url(self) -> str:
        return f"{reverse('document-list')}?programme={self.programme.pk}"

    def registered(self, kind: str) -> Document | None:
        return next((d for d in self.papers if d.kind == kind and d.is_registered), None)

    def paper(self, kind: str, what: str) -> tuple[list[str], list[Line]]:
        """(facts, missing) on a paper: its number and date, or the next thing to do with it."""
        if (there := self.registered(kind)) is not None:
            number = f" № {there.number}" if there.number else ""
            return [f"{what}{number} от {there.date:%d.%m.%Y}"], []
        draft = next((d for d in self.papers if d.kind == kind and d.is_open), None)
        if draft is not None:
            url = reverse("document-detail", args=[draft.pk])
            return [], [Line(f"{what}: закончить и зарегистрировать", url)]
        return [], [Line(f"{what}: составить", self.papers_url)]


def _task(title: str, row: str, url: str, facts, missing, late=()) -> Task:
    state = LATE if late else BUSY if missing and facts else IDLE if missing else DONE
    return Task(title, Step(row, state, url, tuple(facts), tuple(missing), tuple(late)))


def _steps(f: _Found) -> list[Task]:
    n, group = f.counts, f.url("project-group")
    order, no_order = f.paper(Kind.IMPLEMENTATION, "приказ о внедрении")
    minutes, no_minutes = f.paper(Kind.MINUTES, "протокол педсовета")
    plan, no_plan = f.paper(Kind.PLAN, "приказ об утверждении плана")
    rules, no_rules = f.paper(Kind.REGULATION_ORDER, "приказ об утверждении Положения")
    has_draft = any(d.kind == Kind.REGULATION for d in f.papers)
    return [
        _task(
            "Назначить руководителя проектной группы", "A1", group,
            [*(["руководитель назван"] if n["prep_leaders"] else []), *order],
            [*([] if n["prep_leaders"] else [Line("назвать руководителя группы", group)]),
             *no_order],
        ),
        _task(
            "Утвердить состав проектной группы", "A2", group,
            [*([f"в группе: {n['prep_group']}"] if n["prep_group"] else []), *order],
            [*([] if n["prep_group"] > 1 else [Line("добавить членов группы", group)]),
             *no_order],
        ),
        _study(f),
        _task(
            "Разработать, рассмотреть и утвердить план внедрения", "A4", f.url("plan"),
            [*([f"пунктов в плане: {n['prep_plan']}"] if n["prep_plan"] else []),
             *minutes, *plan],
            [*([] if n["prep_plan"] else [Line("составить план", f.url("plan"))]),
             *no_minutes, *no_plan],
            f.plan.late,
        ),
        _task(
            "Разработать, рассмотреть и утвердить Положение", "A5", f.papers_url,
            [*(["Положение составлено"] if has_draft or rules else []), *minutes, *rules],
            [*([] if has_draft or rules else f.paper(Kind.REGULATION, "Положение")[1]),
             *no_minutes, *no_rules],
        ),
        _mentorship(f),
        _publication(f, bool(plan), bool(rules)),
        _launch(f, no_plan),
    ]  # fmt: skip


def _study(f: _Found) -> Task:
    n, url = f.counts, f.url("concept")
    facts, missing = [], []
    if n["prep_materials"]:
        facts.append(f"материалов: {n['prep_materials']}")
    else:
        missing.append(Line("составить список материалов", url))
    if not n["prep_group"]:
        missing.append(Line("собрать проектную группу", f.url("project-group")))
    left = n["prep_group"] * n["prep_materials"] - n["prep_ticks"]
    if left > 0:
        missing.append(Line(f"не хватает отметок об изучении: {left}", url))
    return _task("Изучить цель, задачи и содержание концепции", "A3", url, facts, missing)


def _mentorship(f: _Found) -> Task:
    url, facts, missing = f.url("plan", "?plan=mentorship"), [], []
    chosen = [form for form in f.forms if form.code in MENTORSHIP]
    if chosen:
        facts.append(", ".join(f"форма {form}" for form in chosen))
    else:
        words = "выбрать форму менторства (если школа её не вводит, шаг не нужен)"
        missing.append(Line(words, f.url("programme-edit")))
    if f.mentorship_items:
        facts.append(f"пунктов в плане менторства: {f.mentorship_items}")
    elif chosen:
        missing.append(Line("составить план менторства", url))
    return _task("Разработать систему менторства", "A6", url, facts, missing)


def _publication(f: _Found, has_plan: bool, has_rules: bool) -> Task:
    facts = ["план и Положение утверждены: их можно размещать"] if has_plan and has_rules else []
    missing = [
        Line("разместить на сайте план, Положение и план менторства: раздел «Образование», "
             "отдельная вкладка", f.papers_url)
    ]  # fmt: skip
    return _task("Разместить документы на сайте школы", "A7", f.papers_url, facts, missing)


def _launch(f: _Found, no_plan: list[Line]) -> Task:
    order = f.registered(Kind.PLAN)
    facts, missing = f.paper(Kind.PLAN, "приказ о начале реализации")[0], list(no_plan)
    text = order.facts.get("start_on") if order else None
    if text:
        start = datetime.date.fromisoformat(text)
        facts.append(f"внедрение с {start:%d.%m.%Y}")
        if start > f.day:
            missing.append(Line(f"начало {start:%d.%m.%Y}", f.url("plan")))
    return _task("Запустить деятельность", "A8", f.url("board"), facts, missing)


def _mechanisms(f: _Found) -> list[Task]:
    n = f.counts
    there = [kind for kind in LEGAL if f.registered(kind)]
    if Kind.REGULATION_ORDER in there and Kind.REGULATION not in there:
        there.append(Kind.REGULATION)  # it is approved by that order
    absent = [kind for kind in LEGAL if kind not in there]
    planning = [Line(line.text, line.url) for line in f.plan.missing if "ресурс" not in line.text]
    team = [
        *([] if n["prep_leaders"] else [Line("назвать руководителя", f.url("project-group"))]),
        *([] if n["prep_curators"] else [Line("назначить куратора", f.url("programme-edit"))]),
    ]
    support = list(f.psychologists)
    return [
        _task(
            "Нормативно-правовое оформление", "T1", f.papers_url,
            [f"документов {len(there)} из {len(LEGAL)}"] if there else [],
            [Line(kind.label, f.papers_url) for kind in absent],
        ),
        _task(
            "Планирование реализации и управление", "T1", f.url("plan"),
            [*([f"в плане выполнено {n['prep_done']} из {n['prep_plan']}"]
               if n["prep_plan"] else []),
             *(["куратор назначен"] if n["prep_curators"] else [])],
            [*planning, *team], f.plan.late,
        ),
        _task(
            "Организация системы наставничества с учётом форм", "T1", f.url("goals"),
            [*[f"форма {form}" for form in f.forms], *f.goals.facts], f.goals.missing,
        ),
        _task(
            "Обеспечение ресурсами", "T1", f.url("resource-list"),
            [f"ресурсов: {n['prep_resources']}"] if n["prep_resources"] else [],
            [line for line in f.plan.missing if "ресурс" in line.text],
        ),
        _task(
            "Психолого-педагогическое сопровождение", "T1", f.url("unpaired-list"),
            [f"педагог-психолог: {', '.join(support)}"] if support else [],
            [*([] if support else
               [Line("внести педагога-психолога в список людей", reverse("person-list"))]),
             *([Line(f"наставляемых без пары: {f.unpaired}", f.url("unpaired-list"))]
               if f.unpaired else [])],
        ),
    ]  # fmt: skip
