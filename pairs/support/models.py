"""Support of those who are without a pair: a case, contacts, a conclusion (S5.2; line 187)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.people.models import Person
from programmes.periods import Period, PeriodQuerySet
from programmes.programme.models import Programme
from programmes.school.models import User
from programmes.text import Record


class SupportCaseQuerySet(PeriodQuerySet):
    def visible_to(self, user: User):
        """Psychologists and curators of the school; what was talked about is not part of it."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        if user.is_any(Role.PSYCHOLOGIST, Role.CURATOR):
            return self.filter(programme__school_id=user.school_id)
        return self.none()

    def kept_by(self, user: User):
        """Cases that this psychologist leads."""
        if not user.is_authenticated or user.person_id is None:
            return self.none()
        if not user.is_any(Role.PSYCHOLOGIST):
            return self.none()
        return self.filter(programme__school_id=user.school_id, psychologist=user.person_id)


class SupportCase(Period):
    """A mentee without a pair whom a psychologist supports while the search goes on. S5.2.

    ``conclusion`` is written for the curator; what the psychologist keeps of each contact is not.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="support_cases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="support_cases")
    psychologist = models.ForeignKey(
        Person, models.PROTECT, related_name="led_support_cases", verbose_name="психолог"
    )
    conclusion = models.TextField("заключение для куратора", max_length=3000, blank=True)
    concluded_on = models.DateField("дата заключения", null=True, blank=True, editable=False)
    is_search_on = models.BooleanField("поиск наставника продолжается", default=True)

    objects = SupportCaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "сопровождение"
        verbose_name_plural = "сопровождения"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="one_open_support_case",
            ),
        ]

    def __str__(self) -> str:
        return f"Сопровождение: {self.person}"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class SupportContact(Record):
    """One contact of a case. ``notes`` are the psychologist's alone: they are shown to nobody
    else, kept in no history and written into no file (domain notes § 5)."""

    class Way(models.TextChoices):
        TALK = "talk", "беседа"
        LESSON = "lesson", "занятие"
        PARENTS = "parents", "с родителями"
        TEACHER = "teacher", "с классным руководителем"

    case = models.ForeignKey(SupportCase, models.CASCADE, related_name="contacts")
    held_on = models.DateField("дата")
    way = models.CharField("как", max_length=7, choices=Way, default=Way.TALK)
    notes = models.TextField("заметки, видны только вам", max_length=5000, blank=True)

    class Meta:
        verbose_name = "контакт"
        verbose_name_plural = "контакты"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.held_on:%d.%m.%Y}"
