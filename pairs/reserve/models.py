"""The reserve of mentors across programmes (S7.5). Deeds: ``deeds``."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.periods import Period
from programmes.programme.models import Programme
from programmes.school.models import School


class ReserveEntry(Period):
    """Somebody the school may ask to be a mentor again, or for the first time. S7.5."""

    class CameAs(models.TextChoices):
        MENTOR = "mentor", "наставник"
        MENTEE = "mentee", "бывший наставляемый"

    school = models.ForeignKey(School, models.CASCADE, related_name="reserve")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reserve_entries")
    came_as = models.CharField("кем был", max_length=6, choices=CameAs)
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="reserve_entries"
    )
    note = models.CharField("заметка", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "человек в резерве"
        verbose_name_plural = "резерв наставников"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["school", "person"],
                condition=Q(ended_on__isnull=True),
                name="once_in_the_reserve",
                violation_error_message="Этот человек уже в резерве.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
