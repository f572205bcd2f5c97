"""The mentor base: who is ready to be a mentor in a programme (stage 3)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.periods import Period
from programmes.programme.models import Programme


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

    history = HistoricalRecords()

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
        ]

    def __str__(self) -> str:
        return str(self.person)
