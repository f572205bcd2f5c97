"""What the programme needs, inside the school and from outside. S1.5; T1."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.removable import Removable


class Resource(Removable):
    """A resource: what it is, what for, who sees to it, whether it is there (instruction, S1.5)."""

    class Kind(models.TextChoices):
        MATERIAL = "material", "материально-технический"
        PEOPLE = "people", "кадровый"
        MONEY = "money", "финансовый"
        INFORMATION = "information", "информационный"
        PARTNER = "partner", "партнёр"

    class State(models.TextChoices):
        THERE = "there", "есть"
        PROMISED = "promised", "обещан"
        NEEDED = "needed", "требуется"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="resources")
    is_outside = models.BooleanField("внешний", default=False)
    kind = models.CharField("вид", max_length=12, choices=Kind)
    title = models.CharField("ресурс", max_length=300)
    purpose = models.CharField("для чего", max_length=300, blank=True)
    responsible = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ответственный",
    )
    state = models.CharField("состояние", max_length=10, choices=State, default=State.NEEDED)
    note = models.CharField("примечание", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "ресурс"
        verbose_name_plural = "ресурсы"
        ordering = ["is_outside", "kind", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                condition=Q(removed_at__isnull=True),
                name="resource_once_a_programme",
                violation_error_message="Такой ресурс уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title
