"""Petitions of a mentor or a mentee for another partner, seen by the curator alone (S6.1)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from pairs.events.models import Side
from pairs.formation.models import Pair
from programmes.access import Role
from programmes.people.models import Person
from programmes.school.models import User
from programmes.text import Record


class PetitionQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The curator sees those of the school, anybody else the own ones; nobody others'."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(pair__programme__school_id=user.school_id)
        if user.is_any(Role.CURATOR):
            return school
        return school.filter(author=user.person_id) if user.person_id else self.none()


class Petition(Record):
    """Somebody of a pair asks for another mentor or mentee. Regulation 3.4; domain notes § 2.1."""

    class State(models.TextChoices):
        NEW = "new", "ждёт решения"
        ACCEPTED = "accepted", "удовлетворена"
        DECLINED = "declined", "отклонена"
        WITHDRAWN = "withdrawn", "отозвана"

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="petitions")
    author = models.ForeignKey(Person, models.PROTECT, related_name="petitions")
    side = models.CharField(max_length=6, choices=Side)
    text = models.TextField("о чём просите и почему", max_length=3000)
    state = models.CharField(max_length=9, choices=State, default=State.NEW, editable=False)
    answer = models.CharField("ответ", max_length=1000, blank=True, editable=False)
    made_on = models.DateField("подана", editable=False)
    decided_on = models.DateField("решение", null=True, blank=True, editable=False)

    objects = PetitionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "просьба о замене"
        verbose_name_plural = "просьбы о замене"
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "author"], condition=Q(state="new"), name="one_open_petition"
            )
        ]

    def __str__(self) -> str:
        return f"Просьба о замене: {self.author}"

    @property
    def is_new(self) -> bool:
        return self.state == self.State.NEW
