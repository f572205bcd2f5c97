"""Stories of pairs worth showing (S7.4). Deeds: ``publishing``."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.programme.models import Programme
from programmes.text import Record


class Case(Record):
    """The story of one pair. S7.4; domain notes § 5.2.

    A draft becomes ready and is then published inside the portal. A published one is shown only
    while everybody of the pair consents to it: ``publishing.shown`` asks that each time.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        READY = "ready", "готов"
        PUBLISHED = "published", "опубликован"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cases")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="cases", verbose_name="пара")
    title = models.CharField("название", max_length=200)
    text = models.TextField("история", max_length=20000)
    shows_names = models.BooleanField(
        "показывать имена", default=False, help_text="Без имён: наставник и наставляемый."
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "история пары"
        verbose_name_plural = "истории пар"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published", published_on__isnull=False)
                | (~Q(state="published") & Q(published_on__isnull=True)),
                name="published_case_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return self.title
