"""Stage 1: the project group of a programme and its plans."""

import datetime

from django.db import models, transaction
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.periods import PUT_RIGHT_FIRST, Period
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import User
from programmes.stages import STAGES
from programmes.text import Record

LEADER_CHANGED = "смена руководителя"


class GroupMember(Period):
    """A person in the project group of a programme between two dates. S1.3; D1.

    ``position`` is the place on the paper: the order of entry until somebody moves it. A change of
    the leader ends periods and begins others, so that an earlier order still names the earlier one.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="group")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_memberships")
    is_leader = models.BooleanField("руководитель группы", default=False)
    duties = models.CharField("обязанности", max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "член проектной группы"
        verbose_name_plural = "проектная группа"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="group_member_once_at_a_time",
                violation_error_message="Этот человек уже в проектной группе.",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(ended_on__isnull=True, is_leader=True),
                name="one_leader_of_the_group",
                violation_error_message="Руководитель у группы уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {'руководитель' if self.is_leader else 'член'} проектной группы"

    @classmethod
    @transaction.atomic
    def join(
        cls,
        programme: Programme,
        person: Person,
        started_on: datetime.date,
        duties: str = "",
        is_leader: bool = False,
    ) -> "GroupMember":
        """Put ``person`` into the group, last on the paper. Refusal when there already."""
        Programme.objects.select_for_update().get(pk=programme.pk)
        there = programme.group.filter(person=person).overlapping_with(started_on, None).first()
        if there is not None:
            raise Refusal(f"{person} уже в группе: {there.dates}. {PUT_RIGHT_FIRST}")
        if is_leader:
            cls._make_room(programme, person, started_on)
        last_place = programme.group.aggregate(last=models.Max("position"))["last"] or 0
        return cls.objects.create(
            programme=programme,
            person=person,
            started_on=started_on,
            duties=duties,
            is_leader=is_leader,
            position=last_place + 1,
        )

    @transaction.atomic
    def lead(self, started_on: datetime.date) -> "GroupMember":
        """Make this member the leader from a day on; the former leader stays a member.

        Twice changes nothing. Refusal for somebody who has left, or when a period that is in the
        way begins or lasts later than the day.
        """
        programme = Programme.objects.select_for_update().get(pk=self.programme_id)
        own = programme.group.filter(person=self.person, ended_on__isnull=True).first()
        if own is None:
            raise Refusal(f"{self.person} уже не в проектной группе.")
        if own.is_leader and own.started_on <= started_on:
            return own
        self._make_room(programme, self.person, started_on)
        return own.turn(started_on, LEADER_CHANGED, is_leader=True)

    @transaction.atomic
    def leave(self, on: datetime.date, reason: str) -> None:
        """Leave the group after the day ``on``; earlier orders still name the member.

        Twice changes nothing. Refusal when the end is stored already or the day is too early.
        """
        Programme.objects.select_for_update().get(pk=self.programme_id)
        self.end_once(on, reason)

    @transaction.atomic
    def correct(self, started_on: datetime.date, ended_on: datetime.date | None, reason: str):
        """Store dates that were recorded wrongly.

        Refusal when another period of the person, or of another leader, shares a day with them.
        """
        programme = Programme.objects.select_for_update().get(pk=self.programme_id)
        in_the_way = Q(person=self.person)
        if self.is_leader:
            in_the_way |= Q(is_leader=True)
        others = programme.group.exclude(pk=self.pk).filter(in_the_way).select_related("person")
        others.must_leave_free(started_on, ended_on)
        super().correct(started_on, ended_on, reason)

    def before(self) -> "GroupMember | None":
        """The period of the same person that ends the day before this one begins."""
        eve = self.started_on - datetime.timedelta(days=1)
        return self.programme.group.filter(person=self.person, ended_on=eve).first()

    @classmethod
    def _make_room(cls, programme: Programme, person: Person, on: datetime.date) -> None:
        leaders = programme.group.filter(is_leader=True).exclude(person=person)
        leaders.must_end_before(on)
        former = leaders.filter(ended_on__isnull=True).select_related("person").first()
        if former is not None:
            former.turn(on, LEADER_CHANGED, is_leader=False)


def in_paper_order(members):
    """Members of the group as the order names them: the leader first, then by their places."""
    return members.select_related("person").order_by("-is_leader", "position", "pk")


def group_on(programme: Programme, date: datetime.date) -> list[GroupMember]:
    """The project group on ``date``, the leader first, then by position; each with the person."""
    return list(in_paper_order(programme.group.ongoing_on(date)))


class Plan(models.TextChoices):
    IMPLEMENTATION = "implementation", "План реализации целевой модели наставничества"
    MENTORSHIP = "mentorship", "План менторства"


class ItemState(models.TextChoices):
    PLANNED = "planned", "запланировано"
    BUSY = "busy", "в работе"
    DONE = "done", "выполнено"
    DROPPED = "dropped", "не понадобилось"


OPEN = (ItemState.PLANNED, ItemState.BUSY)


class PlanQuerySet(models.QuerySet):
    def of(self, plan: str):
        """Items of one plan in their order, with the people responsible by name."""
        people = Prefetch("responsible", Person.objects.in_order())
        return self.filter(plan=plan).order_by("position", "pk").prefetch_related(people)

    def late_on(self, day: datetime.date):
        """Open items whose last day is before ``day``."""
        return self.filter(state__in=OPEN, ended_on__lt=day)


class PlanItem(Record):
    """One line of a plan of the programme: what, by when, who, with what result. S1.5; D3; D9.

    Without ``started_on`` the term is «до …»; ``ended_on`` may be missing while one still plans.
    Lateness is never stored: it follows from the day.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_items")
    plan = models.CharField("план", max_length=20, choices=Plan, default=Plan.IMPLEMENTATION)
    stage = models.PositiveSmallIntegerField(
        "этап",
        null=True,
        blank=True,
        choices=[(stage.number, f"{stage.number}. {stage.title}") for stage in STAGES],
    )
    title = models.CharField("мероприятие", max_length=500)
    started_on = models.DateField("начало", null=True, blank=True)
    ended_on = models.DateField("окончание", null=True, blank=True)
    responsible = models.ManyToManyField(
        Person, related_name="plan_items", blank=True, verbose_name="ответственные"
    )
    result = models.CharField("результат", max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(
        "состояние", max_length=10, choices=ItemState, default=ItemState.PLANNED
    )
    done_on = models.DateField("выполнено", null=True, blank=True)
    outcome = models.CharField("чем закончилось", max_length=500, blank=True)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[responsible])

    class Meta:
        verbose_name = "пункт плана"
        verbose_name_plural = "пункты планов"
        indexes = [models.Index(fields=["programme", "plan", "position"], name="plan_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="plan_item_ends_after_start",
                violation_error_message="Срок заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(stage__isnull=True) | Q(stage__range=(1, len(STAGES))),
                name="plan_item_stage_is_one_of_seven",
                violation_error_message="Такого этапа нет.",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="plan_item_done_has_its_day",
                violation_error_message="У выполненного пункта есть день, у других его нет.",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(outcome=""),
                name="plan_item_dropped_has_its_reason",
                violation_error_message="Напишите, почему пункт не понадобился.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def term(self) -> str:
        """«19.10.2026 – 23.10.2026», «до 09.11.2026», «21.05.2027», or empty."""
        return term_of(self.started_on, self.ended_on)

    @property
    def is_outside(self) -> bool:
        """Whether a date lies outside the programme, whose dates may have changed since."""
        programme = self.programme
        dates = filter(None, (self.started_on, self.ended_on))
        return any(not programme.started_on <= date <= programme.ended_on for date in dates)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Open though its last day has passed."""
        return self.is_open and self.ended_on is not None and self.ended_on < timezone.localdate()

    @property
    def shown_state(self) -> str:
        """The name of the sign of its state: done, late, busy or idle."""
        if self.is_late:
            return "late"
        return {ItemState.DONE: "done", ItemState.BUSY: "busy"}.get(ItemState(self.state), "idle")

    @property
    def state_words(self) -> str:
        """«просрочено», «выполнено 22.10.2026», «в работе»."""
        if self.is_late:
            return "просрочено"
        day = f" {self.done_on:%d.%m.%Y}" if self.done_on else ""
        return f"{self.get_state_display()}{day}"


def term_of(started_on: datetime.date | None, ended_on: datetime.date | None) -> str:
    """A term in figures: from–to, one day, only the last day, only the first one, or empty."""
    first, last = (date and f"{date:%d.%m.%Y}" for date in (started_on, ended_on))
    if first and last:
        return first if first == last else f"{first} – {last}"
    return f"до {last}" if last else f"с {first}" if first else ""


class PlanShift(models.Model):
    """One moving of a plan's dates, with the dates before and after, so that it can be undone.

    ``changes``: rows {"item", "before", "after"}, the two last as [first day, last day] or null.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_shifts")
    plan = models.CharField(max_length=20, choices=Plan)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changes = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "сдвиг плана"
        verbose_name_plural = "сдвиги планов"

    def __str__(self) -> str:
        return f"Сдвиг плана, пунктов: {len(self.changes)}"


@transaction.atomic
def add_item(programme: Programme, plan: str, responsible=(), **fields) -> PlanItem:
    """A new last item of the plan."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    items = programme.plan_items.filter(plan=plan)
    last_place = items.aggregate(last=models.Max("position"))["last"] or 0
    item = PlanItem.objects.create(
        programme=programme, plan=plan, position=last_place + 1, **fields
    )
    item.responsible.set(responsible)
    return item


@transaction.atomic
def move(rows, row, up: bool) -> None:
    """Let ``row`` and its neighbour in ``rows`` (a query in paper order) change places."""
    Programme.objects.select_for_update().get(pk=row.programme_id)
    places = list(rows)
    here = next((number for number, other in enumerate(places) if other.pk == row.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if there is None or not 0 <= there < len(places):
        return
    one, other = places[here], places[there]
    one.position, other.position = other.position, one.position
    one.save()
    other.save()
