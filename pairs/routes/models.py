"""The individual route of a mentee: aim, steps, results; and what it is made from (S6.2; D11)."""

import datetime

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.needs.models import NeedCategory
from programmes.people.models import Person
from programmes.programme.models import MentoringForm
from programmes.school.models import School, User
from programmes.text import Record


class Strengths(Record):
    """Strong and weak sides of one participant of a pair, as the pair sees them. S6.2."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="strengths")
    person = models.ForeignKey(Person, models.PROTECT, related_name="strengths")
    strong = models.TextField("сильные стороны", max_length=2000, blank=True)
    weak = models.TextField("слабые стороны", max_length=2000, blank=True)
    opportunities = models.TextField("возможности", max_length=2000, blank=True)
    threats = models.TextField("риски", max_length=2000, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "сильные и слабые стороны"
        verbose_name_plural = "сильные и слабые стороны"
        constraints = [
            models.UniqueConstraint(fields=["pair", "person"], name="strengths_once_in_a_pair")
        ]

    def __str__(self) -> str:
        return f"Сильные и слабые стороны: {self.person}"


class Route(Record):
    """The individual route of one mentee of a pair or group. S6.2; D11; Regulation 2.6.

    The mentor writes it with the mentee and sends it in; the curator approves it or returns it
    with a remark; an approved one is carried out and closed with its result.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        SENT = "sent", "на утверждении"
        APPROVED = "approved", "утверждён"
        CLOSED = "closed", "завершён"

    class Outcome(models.TextChoices):
        REACHED = "reached", "цель достигнута"
        PARTLY = "partly", "цель достигнута частично"
        NOT_REACHED = "not_reached", "цель не достигнута"

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="routes")
    mentee = models.ForeignKey(
        Person, models.PROTECT, related_name="routes", verbose_name="наставляемый"
    )
    aim = models.CharField("цель", max_length=1000, blank=True)
    tasks = models.TextField("задачи", max_length=3000, blank=True)
    expected = models.TextField("ожидаемые результаты", max_length=3000, blank=True)
    started_on = models.DateField("начало")
    ended_on = models.DateField("окончание")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    remark = models.CharField("замечание куратора", max_length=1000, blank=True, editable=False)
    approved_on = models.DateField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    outcome = models.CharField("итог", max_length=11, choices=Outcome, blank=True, editable=False)
    summary = models.TextField("итог в словах", max_length=3000, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "индивидуальный маршрут"
        verbose_name_plural = "индивидуальные маршруты"
        ordering = ["mentee__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "mentee"], name="route_once_for_a_mentee"),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="route_ends_after_start",
                violation_error_message="Маршрут заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed") & ~Q(outcome="") & Q(closed_on__isnull=False))
                | (~Q(state="closed") & Q(outcome="") & Q(closed_on__isnull=True)),
                name="closed_route_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Маршрут: {self.mentee}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class Goal(Record):
    """A goal of a route for a period, with a result that can be measured. S6.2."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="goals")
    text = models.CharField("цель", max_length=500)
    measure = models.CharField("по чему увидим результат", max_length=500, blank=True)
    due_on = models.DateField("к какому дню")
    is_reached = models.BooleanField("достигнута", null=True, blank=True, editable=False)
    result = models.CharField("что получилось", max_length=500, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "цель маршрута"
        verbose_name_plural = "цели маршрута"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class RouteStep(Record):
    """One step of a route: what is done by which day, what it gave. S6.2; Regulation 2.6."""

    class State(models.TextChoices):
        PLANNED = "planned", "впереди"
        DONE = "done", "выполнен"
        DROPPED = "dropped", "не понадобился"

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField("что делаем", max_length=500)
    expected = models.CharField("ожидаемый результат", max_length=500, blank=True)
    due_on = models.DateField("срок")
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED, editable=False)
    done_on = models.DateField("выполнен", null=True, blank=True, editable=False)
    result = models.CharField("результат", max_length=1000, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "шаг маршрута"
        verbose_name_plural = "шаги маршрута"
        ordering = ["due_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="done_step_has_its_day",
                violation_error_message="У выполненного шага должен быть день.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    def is_late_on(self, day: datetime.date) -> bool:
        return self.is_planned and self.due_on < day

    def do(self, on: datetime.date, result: str = "") -> None:
        """Mark the step done on a day; one that is done already keeps its day and result.

        The caller holds the lock of the programme.
        """
        if self.is_planned:
            self.state, self.done_on, self.result = self.State.DONE, on, result
            self.save()

    def undo(self) -> None:
        """Back to what lies ahead: the tick was a slip. The caller holds the lock."""
        if self.is_done:
            self.state, self.done_on, self.result = self.State.PLANNED, None, ""
            self.save()


class ReadyRoute(Record):
    """A route that mentors start from, by form and category of need; the school may change it.

    F6 and F7 come with the instruction's own scheme: explain by stages, show, do under control,
    feedback by criteria (rows S6.2, F6, F7).
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="ready_routes")
    form = models.ForeignKey(MentoringForm, models.CASCADE, related_name="ready_routes")
    category = models.ForeignKey(
        NeedCategory, models.SET_NULL, null=True, blank=True, related_name="ready_routes"
    )
    title = models.CharField("название", max_length=200)
    aim = models.CharField("цель", max_length=1000, blank=True)
    expected = models.TextField("ожидаемые результаты", max_length=3000, blank=True)
    is_used = models.BooleanField("используется", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "готовый маршрут"
        verbose_name_plural = "готовые маршруты"
        ordering = ["form__code", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "form", "title"],
                name="ready_route_once_a_form",
                violation_error_message="Такой готовый маршрут для этой формы уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ReadyStep(Record):
    """A step of a ready route, ``week`` weeks after the beginning (0 is the first week)."""

    ready_route = models.ForeignKey(ReadyRoute, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField("что делаем", max_length=500)
    expected = models.CharField("ожидаемый результат", max_length=500, blank=True)
    week = models.PositiveSmallIntegerField("неделя", default=0)

    class Meta:
        verbose_name = "шаг готового маршрута"
        verbose_name_plural = "шаги готового маршрута"
        ordering = ["week", "position", "pk"]

    def __str__(self) -> str:
        return self.title
