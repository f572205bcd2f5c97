"""How a programme motivates its mentors: what is planned, what was given (S3.3; M1–M10).

``Measure`` is the school's catalogue, ``PlannedMeasure`` a plan, ``GivenMeasure`` a fact. An award
of stages 6 and 7 may rest on a ``GivenMeasure``: it says what, to whom, on which day.
"""

import datetime

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history

from programmes.motivation.catalogue import MEASURES
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import School
from programmes.text import Record


class Measure(Record):
    """A way to motivate mentors, as the school knows it: M1–M10 and the school's own ones.

    One that is out of use stays with what was planned and given.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="measures")
    code = models.CharField("номер", max_length=5, blank=True, editable=False)
    title = models.CharField("мера", max_length=150)
    description = models.CharField("что это значит", max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    is_used = models.BooleanField("используется", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "мера мотивации"
        verbose_name_plural = "меры мотивации"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "title"],
                name="measure_once_a_school",
                violation_error_message="Такая мера уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def create_for(cls, school: School) -> None:
        """Give a new school the ten measures of the instruction."""
        measures = [
            cls(school=school, code=code, title=title, description=description, position=number)
            for number, (code, title, description) in enumerate(MEASURES, 1)
        ]
        bulk_create_with_history(measures, cls)


class PlannedMeasure(Record):
    """A measure that the programme plans: what exactly, by when, who, for whom. S3.3.

    Without ``people`` it is for all mentors of the programme. What has been done has a day and
    gives rise to ``GivenMeasure`` rows; what turned out not to be needed says why in ``result``.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "запланирована"
        DONE = "done", "проведена"
        NOT_NEEDED = "not_needed", "не понадобилась"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="planned_measures")
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="planned", verbose_name="мера"
    )
    what = models.CharField("что именно", max_length=500)
    started_on = models.DateField("начало", null=True, blank=True)
    ended_on = models.DateField("срок")
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_measures",
        verbose_name="ответственный",
    )
    people = models.ManyToManyField(
        Person, related_name="measures_for", blank=True, verbose_name="для кого"
    )
    cost = models.DecimalField(
        "стоимость, ₽",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    state = models.CharField(
        "состояние", max_length=10, choices=State, default=State.PLANNED, editable=False
    )
    done_on = models.DateField("проведена", null=True, blank=True, editable=False)
    result = models.CharField("итог", max_length=1000, blank=True, editable=False)

    history = HistoricalRecords(m2m_fields=[people])

    class Meta:
        verbose_name = "запланированная мера"
        verbose_name_plural = "запланированные меры"
        indexes = [models.Index(fields=["programme", "ended_on"], name="measures_by_term")]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="measure_ends_after_start",
                violation_error_message="Срок заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="done_measure_has_its_day",
                violation_error_message="У проведённой меры должен быть день.",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="measure_costs_nothing_or_more",
                violation_error_message="Стоимость не бывает меньше нуля.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.what}"

    @property
    def term(self) -> str:
        """«19.10.2026 – 23.10.2026» or «до 23.10.2026»."""
        last = f"{self.ended_on:%d.%m.%Y}"
        return f"{self.started_on:%d.%m.%Y} – {last}" if self.started_on else f"до {last}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    def is_late_on(self, day: datetime.date) -> bool:
        return self.is_open and self.ended_on < day

    @transaction.atomic
    def carry_out(self, on: datetime.date, result: str, people: list[Person]) -> None:
        """Say that the measure was carried out ``on`` a day, for ``people`` or for everybody.

        Keeps what was given to each of them. The same words twice change nothing. Refusal when the
        day is in the future, before the term or outside the programme, or the measure is closed.
        """
        programme = Programme.objects.select_for_update().get(pk=self.programme_id)
        self.refresh_from_db()
        if (self.state, self.done_on, self.result) == (self.State.DONE, on, result):
            return
        self._must_be_open()
        check_day(programme, on)
        if self.started_on is not None and on < self.started_on:
            raise Refusal(
                f"По плану мера начинается {self.started_on:%d.%m.%Y}. Если она прошла раньше, "
                "сначала исправьте начало срока."
            )
        self.state, self.done_on, self.result = self.State.DONE, on, result
        self.save()
        for person in people or [None]:
            give(programme, self.measure, person, on, self.what, planned=self)

    @transaction.atomic
    def drop(self, why: str) -> None:
        """Say that the measure is not needed, and why. Twice changes nothing."""
        Programme.objects.select_for_update().get(pk=self.programme_id)
        self.refresh_from_db()
        if (self.state, self.result) == (self.State.NOT_NEEDED, why):
            return
        self._must_be_open()
        self.state, self.result = self.State.NOT_NEEDED, why
        self.save()

    @transaction.atomic
    def reopen(self) -> None:
        """Back to the plan; what was given by it is taken back. Twice changes nothing."""
        Programme.objects.select_for_update().get(pk=self.programme_id)
        self.refresh_from_db()
        if self.is_open:
            return
        for given in self.given.all():
            given.delete()
        self.state, self.done_on, self.result = self.State.PLANNED, None, ""
        self.save()

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Refusal(
                f"Мера уже {self.get_state_display()}. Чтобы изменить это, верните её в план."
            )


class GivenMeasureQuerySet(models.QuerySet):
    def to(self, person: Person):
        """What a mentor got, alone or with all mentors of the programme, the latest first."""
        mine = self.filter(Q(person=person) | Q(person__isnull=True))
        return mine.select_related("measure").order_by("-given_on", "-pk")


class GivenMeasure(Record):
    """What a mentor got on a day, or without ``person`` what all mentors of the programme got.

    S3.3; M1–M10. ``planned`` is the plan it came from, where it was planned.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="given_measures")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="given", verbose_name="мера")
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_measures",
        verbose_name="кому",
    )
    given_on = models.DateField("день")
    what = models.CharField("что именно", max_length=500)
    planned = models.ForeignKey(
        PlannedMeasure, models.SET_NULL, null=True, blank=True, related_name="given"
    )

    objects = GivenMeasureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "применённая мера"
        verbose_name_plural = "применённые меры"
        indexes = [models.Index(fields=["programme", "given_on"], name="given_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "measure", "person", "given_on", "what"],
                condition=Q(person__isnull=False),
                name="given_once_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["programme", "measure", "given_on", "what"],
                condition=Q(person__isnull=True),
                name="given_once_to_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.person or 'все наставники'}"


def check_day(programme: Programme, on: datetime.date) -> None:
    """Refusal unless something can have been given ``on`` that day."""
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило: мера не может быть проведена в будущем.")
    if not programme.started_on <= on <= programme.ended_on:
        raise Refusal(
            "Этот день вне программы: она идёт "
            f"с {programme.started_on:%d.%m.%Y} по {programme.ended_on:%d.%m.%Y}."
        )


def give(
    programme: Programme,
    measure: Measure,
    person: Person | None,
    on: datetime.date,
    what: str,
    planned: PlannedMeasure | None = None,
) -> bool:
    """Keep that ``person`` (None: all mentors) got something; False when that is kept already.

    The caller holds the lock of the programme and has checked the day.
    """
    _, is_fresh = GivenMeasure.objects.get_or_create(
        programme=programme,
        measure=measure,
        person=person,
        given_on=on,
        what=what,
        defaults={"planned": planned},
    )
    return is_fresh


@transaction.atomic
def give_unplanned(
    programme: Programme, measure: Measure, people: list[Person], on: datetime.date, what: str
) -> int:
    """Keep what was given without a plan, to ``people`` or to all; how many rows are new.

    Refusal when the day is in the future or outside the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    check_day(programme, on)
    return sum(give(programme, measure, person, on, what) for person in people or [None])
