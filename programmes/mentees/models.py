"""The mentee base: who asks for a mentor in a programme (stage 2)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.periods import Period
from programmes.programme.models import Programme


class Mentee(Period):
    """A person in the mentee base of a programme between two dates. S2.2."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="mentees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentee_entries")
    need = models.CharField("запрос", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставляемый в базе"
        verbose_name_plural = "база наставляемых"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="mentee_once_in_base",
                violation_error_message="Этот человек уже в базе наставляемых.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
