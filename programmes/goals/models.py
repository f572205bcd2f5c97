"""What a programme is for, and by which numbers one will see it. S1.4."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.catalogue.models import OF_MODEL, CatalogueItem, Said
from programmes.programme.models import MentoringForm, Programme
from programmes.removable import Removable
from programmes.text import Record

_LARGEST = Decimal("9999999.99")
_LIMITS = [MinValueValidator(-_LARGEST), MaxValueValidator(_LARGEST)]


class Aim(Record):
    """A goal, task or expected result of the programme, in the words that were chosen. S1.4.

    The words are kept here, so that a later change of the catalogue leaves this year's as they are.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="aims")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in OF_MODEL])
    text = models.CharField("текст", max_length=1000)
    position = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "цель, задача или результат программы"
        verbose_name_plural = "цели, задачи и результаты программы"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "text"],
                name="aim_once_a_programme",
                violation_error_message="Это уже выбрано.",
            )
        ]

    def __str__(self) -> str:
        return self.text


@transaction.atomic
def set_aims(programme: Programme, kind: str, texts: Iterable[str]) -> None:
    """Let exactly ``texts``, in this order, be the programme's aims of a kind."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    wanted = list(dict.fromkeys(texts))
    there = {aim.text: aim for aim in programme.aims.filter(kind=kind)}
    for text, aim in there.items():
        if text not in wanted:
            aim.delete()
    for number, text in enumerate(wanted, 1):
        aim = there.get(text) or Aim(programme=programme, kind=kind, text=text)
        if aim.pk is None or aim.position != number:
            aim.position = number
            aim.save()


def offered(programme: Programme) -> list[CatalogueItem]:
    """Lines of the catalogue for this programme: of the model, then of its forms, in order.

    Measured results of a form are results too; the scheme of mentorship is no aim.
    """
    items = CatalogueItem.objects.filter(
        Q(form__isnull=True) | Q(form__in=programme.forms.all()),
        school=programme.school_id,
        is_used=True,
    ).exclude(kind=Said.SCHEME)
    found = items.select_related("form")
    order = list(Said.values)
    return sorted(
        found,
        key=lambda i: (i.form.code if i.form else "", order.index(i.kind), i.position, i.pk),
    )


class Indicator(Removable):
    """An expected result as a number: from ``baseline`` to ``target`` by a day. S1.4.

    ``baseline`` may be missing until it has been measured; the target may equal it («сохранить»).
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="expected_indicators")
    title = models.CharField("показатель", max_length=300)
    unit = models.CharField("единица измерения", max_length=60)
    method = models.CharField("как измеряется", max_length=300, blank=True)
    form = models.ForeignKey(
        MentoringForm,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="форма наставничества",
    )
    baseline = models.DecimalField(
        "сейчас", max_digits=9, decimal_places=2, null=True, blank=True, validators=_LIMITS
    )
    target = models.DecimalField("ожидаем", max_digits=9, decimal_places=2, validators=_LIMITS)
    due_on = models.DateField("к какому дню")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "показатель"
        verbose_name_plural = "показатели"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                condition=Q(removed_at__isnull=True),
                name="indicator_once_a_programme",
                violation_error_message="Такой показатель уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_outside(self) -> bool:
        """Whether the day lies outside the programme, whose dates may have changed since."""
        return not self.programme.started_on <= self.due_on <= self.programme.ended_on
