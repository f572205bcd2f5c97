"""The mentor base: who is ready to be a mentor in a programme (stage 3)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.needs.models import NeedCategory
from programmes.needs.weekdays import check_weekdays, in_words
from programmes.people.models import Kind, Person, age_on
from programmes.periods import Period
from programmes.programme.models import MentoringForm, Programme
from programmes.school.rules import Rules


class Mentor(Period):
    """A person in the mentor base of a programme between two dates. S3.2."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="mentors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentor_entries")
    capacity = models.PositiveSmallIntegerField(
        "наставляемых, не более",
        null=True,
        blank=True,
        help_text="Пусто: как задано для формы наставничества.",
    )
    competences = models.CharField("компетенции", max_length=500, blank=True)
    achievements = models.CharField("важные для программы достижения", max_length=500, blank=True)
    categories = models.ManyToManyField(
        NeedCategory, related_name="mentors", blank=True, verbose_name="в чём поможет"
    )
    interests = models.CharField("интересы", max_length=500, blank=True)
    motivation = models.CharField("почему хочет быть наставником", max_length=1000, blank=True)
    days = models.JSONField("свободные дни", default=list, blank=True, validators=[check_weekdays])
    times = models.CharField("в какое время", max_length=200, blank=True)
    forms = models.ManyToManyField(
        MentoringForm, related_name="mentors", blank=True, verbose_name="предпочитаемые формы"
    )
    age_from = models.PositiveSmallIntegerField("наставляемый не младше", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("наставляемый не старше", null=True, blank=True)

    history = HistoricalRecords(m2m_fields=[categories, forms])

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставник в базе"
        verbose_name_plural = "база наставников"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="mentor_once_in_base",
                violation_error_message="Этот человек уже в базе наставников.",
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=models.F("age_from")),
                name="mentor_prefers_ages_in_order",
                violation_error_message="Возраст «не старше» меньше возраста «не младше».",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def hints(self, rules: Rules) -> list[str]:
        """What to look at before offering this mentor; nothing of it forbids anything. S3.2."""
        person = self.person
        if person.kind != Kind.PUPIL:
            return []
        if person.birth_date is None:
            return ["дата рождения не указана"]
        age = age_on(person.birth_date, self.started_on)
        if age >= rules.mentor_age_from:
            return []
        return [f"возраст {age}: обучающийся наставник – с {rules.mentor_age_from} лет"]

    @property
    def days_in_words(self) -> str:
        return in_words(self.days)

    @property
    def ages_in_words(self) -> str:
        """«10–12», «от 10», «до 12», or empty."""
        if self.age_from and self.age_to:
            return f"{self.age_from}–{self.age_to}"
        if self.age_from:
            return f"от {self.age_from}"
        return f"до {self.age_to}" if self.age_to else ""
