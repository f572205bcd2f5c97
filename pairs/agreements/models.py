"""Signed agreements of mentor and mentee (D10)."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.people.models import Person
from programmes.text import Record


class Agreement(Record):
    """The agreement that a mentor and one mentee of a pair or group have signed. D10; 2.7.

    For a pupil under 18 on the day of signing the guardian has signed too; a new mentor signs anew.
    """

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="agreements")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="agreements_as_mentor")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="agreements_as_mentee")
    signed_on = models.DateField("подписано")
    mentee_guardian = models.CharField("за наставляемого подписал", max_length=200, blank=True)
    mentor_guardian = models.CharField("за наставника подписал", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "соглашение о взаимодействии"
        verbose_name_plural = "соглашения о взаимодействии"
        ordering = ["pair_id", "mentee__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "mentor", "mentee"], name="agreement_signed_once"
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")), name="agreement_of_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} – {self.mentee}, {self.signed_on:%d.%m.%Y}"
