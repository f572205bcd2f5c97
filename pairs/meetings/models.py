"""Meetings of a pair: planned, held, missed (S6.1, S6.2)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from pairs.routes.models import RouteStep
from programmes.access import Role
from programmes.people.models import Person
from programmes.school.models import User
from programmes.text import Record

USUAL_MINUTES = 60  # how long a meeting lasts of which nobody has said it


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Meetings of the pairs that the user may see."""
        return self.filter(pair__in=Pair.objects.visible_to(user).values("pk"))

    def led_by(self, user: User):
        """Meetings of the pairs in which the user may write."""
        return self.filter(pair__in=Pair.objects.led_by(user).values("pk"))

    def changed_by(self, user: User):
        """What the user may change: of the held ones a mentor only the own entries."""
        mine = self.led_by(user)
        if user.is_any(Role.CURATOR):
            return mine
        settled = Q(state__in=[Meeting.State.HELD, Meeting.State.MISSED])
        return mine.filter(~settled | Q(logged_by=user.pk))

    def planned(self):
        return self.filter(state=Meeting.State.PLANNED)

    def held(self):
        return self.filter(state=Meeting.State.HELD)


class Meeting(Record):
    """One meeting of a pair or group: planned ahead, then held, missed or called off.

    ``mood`` says how it went, 1 (hard) … 5 (very well); 1 and 2 worry the curator.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "запланирована"
        HELD = "held", "прошла"
        MISSED = "missed", "не состоялась"
        CALLED_OFF = "called_off", "отменена"

    class Mood(models.IntegerChoices):
        HARD = 1, "трудно"
        SO_SO = 2, "не очень"
        EVEN = 3, "ровно"
        WELL = 4, "хорошо"
        VERY_WELL = 5, "отлично"

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="meetings")
    held_on = models.DateField("дата")
    starts_at = models.TimeField("время", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "сколько минут", null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    place = models.CharField("где", max_length=200, blank=True)
    is_remote = models.BooleanField("дистанционно", default=False)
    topic = models.CharField("о чём", max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED, editable=False)
    done = models.TextField("что сделали", max_length=3000, blank=True)
    mood = models.PositiveSmallIntegerField(
        "как прошло",
        choices=Mood,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    steps = models.ManyToManyField(
        RouteStep, related_name="meetings", blank=True, verbose_name="шаги маршрута"
    )
    absent = models.ManyToManyField(
        Person, related_name="missed_meetings", blank=True, verbose_name="кто не пришёл"
    )
    why = models.CharField("почему не состоялась", max_length=300, blank=True)
    logged_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    logged_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[steps, absent], excluded_fields=["changed_at"])

    class Meta:
        verbose_name = "встреча пары"
        verbose_name_plural = "встречи пар"
        ordering = ["held_on", "starts_at", "pk"]
        indexes = [
            models.Index(fields=["pair", "state", "held_on"], name="meetings_of_a_pair"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", logged_at__isnull=False) | ~Q(state="held"),
                name="held_meeting_was_logged",
            )
        ]

    def __str__(self) -> str:
        return f"Встреча {self.held_on:%d.%m.%Y}"

    @property
    def title(self) -> str:
        """«24.11.2026, 15:00»."""
        at = f", {self.starts_at:%H:%M}" if self.starts_at else ""
        return f"{self.held_on:%d.%m.%Y}{at}"

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_missed(self) -> bool:
        return self.state == self.State.MISSED

    @property
    def is_called_off(self) -> bool:
        return self.state == self.State.CALLED_OFF
