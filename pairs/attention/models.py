"""When a pair needs the curator's attention, and what was put off (S6.1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.school.models import School, User
from programmes.text import Record

_DAYS = [MinValueValidator(1), MaxValueValidator(365)]


class Reason(models.TextChoices):
    """Why a pair is looked at; in the order of weight."""

    CONSENT = "consent", "согласие отозвано"
    WORRIED = "worried", "трудная встреча"
    FIRST = "first", "нет первой встречи"
    SILENCE = "silence", "давно не встречались"
    STEP = "step", "шаг маршрута просрочен"
    NEXT = "next", "следующая встреча не назначена"


class AttentionRules(Record):
    """After how many days a school looks at a pair; without a row the defaults hold. S6.1."""

    school = models.OneToOneField(School, models.CASCADE, related_name="attention_rules")
    first_meeting_days = models.PositiveSmallIntegerField(
        "первой встречи нет, дней с начала пары", default=10, validators=_DAYS
    )
    silence_days = models.PositiveSmallIntegerField(
        "не встречались, дней", default=21, validators=_DAYS
    )
    late_step_days = models.PositiveSmallIntegerField(
        "шаг маршрута просрочен, дней", default=7, validators=_DAYS
    )
    worried_mood = models.PositiveSmallIntegerField(
        "трудная встреча – отметка не выше",
        default=2,
        choices=[(1, "«трудно»"), (2, "«трудно» и «не очень»"), (3, "и «ровно» тоже")],
    )
    asks_next = models.BooleanField("напоминать о следующей встрече", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "правила внимания"
        verbose_name_plural = "правила внимания"

    def __str__(self) -> str:
        return f"Правила внимания: {self.school}"

    @classmethod
    def of(cls, school: School | int) -> "AttentionRules":
        """The rules of a school (or of its id); unsaved defaults where nobody has changed them."""
        if isinstance(school, School):  # it may have come with its rules
            return getattr(school, "attention_rules", None) or cls(school=school)
        return cls.objects.filter(school_id=school).first() or cls(school_id=school)


class Postponed(Record):
    """A reason for attention that the curator knows of and looks at again after a day. S6.1."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="postponed")
    reason = models.CharField("причина", max_length=8, choices=Reason)
    until = models.DateField("отложено до")
    why = models.CharField("почему", max_length=300)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "отложенное внимание"
        verbose_name_plural = "отложенное внимание"
        constraints = [
            models.UniqueConstraint(fields=["pair", "reason"], name="reason_postponed_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: отложено до {self.until:%d.%m.%Y}"
