"""What the curator has told the portal about suggesting pairs: weights, and who does not fit."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from pairs.formation.matching import DEFAULTS
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import User
from programmes.text import Record


def _weight(title: str, name: str, help_text: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        title, default=DEFAULTS[name], validators=[MaxValueValidator(10)], help_text=help_text
    )


class MatchWeights(Record):
    """How much each thing counts when pairs of a programme are suggested, 0…10. S5.1.

    A programme without a row follows the defaults (``matching.DEFAULTS``).
    """

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="stored_weights")
    mutual = _weight("Взаимный выбор", "mutual", "После встречи выбрали друг друга.")
    one_sided = _weight("Выбор одной стороны", "one_sided", "Выбрал только один из двоих.")
    category = _weight("Категория запроса", "category", "Запрос и компетенция в одной категории.")
    words = _weight("Слова запроса", "words", "Слова запроса есть в компетенциях.")
    interests = _weight("Общие интересы", "interests", "")
    days = _weight("Общие свободные дни", "days", "")
    age = _weight("Возраст", "age", "Наставляемый того возраста, который назвал наставник.")
    form = _weight("Предпочитаемая форма", "form", "")
    older = _weight(
        "Наставник старше",
        "older",
        "На столько теряет пара, где наставник-ученик не старше классом.",
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "веса подбора пар"
        verbose_name_plural = "веса подбора пар"

    def __str__(self) -> str:
        return f"Веса подбора: {self.programme}"

    @classmethod
    def of(cls, programme: Programme) -> "MatchWeights":
        """The weights of a programme; unsaved defaults where nobody has changed them."""
        return cls.objects.filter(programme=programme).first() or cls(programme=programme)

    @property
    def values(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in DEFAULTS}


class DeclinedSuggestion(Record):
    """A mentor and a mentee whom the curator does not want together, and why. S5.1.

    Not suggested again until it is taken back (the row goes, its history stays).
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="declined_suggestions")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="declined_as_mentor")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="declined_as_mentee")
    reason = models.CharField("причина", max_length=300)
    declined_on = models.DateField("когда")
    declined_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="кто"
    )
    by_name = models.CharField(max_length=310, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "отклонённое предложение"
        verbose_name_plural = "отклонённые предложения"
        ordering = ["mentee__sort_key", "mentor__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "mentor", "mentee"], name="suggestion_declined_once"
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")), name="declined_suggestion_of_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} – {self.mentee}: {self.reason}"
