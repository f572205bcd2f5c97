"""The catalogue of goals, tasks and results: first the instruction's words, then the school's."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history

from programmes.programme.models import MentoringForm, Variant, read_catalogue
from programmes.school.models import School
from programmes.text import Record

MODEL = Path(__file__).with_name("model.json")


@cache
def read_model() -> dict[str, list[str]]:
    """Goals, tasks and expected results of the whole model (instruction, lines 54–78)."""
    return json.loads(MODEL.read_text(encoding="utf-8"))


class Said(models.TextChoices):
    """What a line of the catalogue says of the model or of a form of mentoring."""

    GOAL = "goal", "Цель"
    TASK = "task", "Задачи"
    RESULT = "result", "Ожидаемые результаты"
    MEASURED = "measured", "Оцениваемые результаты"
    SCHEME = "scheme", "Как работает ментор"


OF_MODEL = (Said.GOAL, Said.TASK, Said.RESULT)


class CatalogueItem(Record):
    """One goal, task or result of the model (``form`` is null) or of a form. S1.4; F1–F7.

    A line out of use stays with its history; programmes keep the words that they have chosen.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="catalogue_items")
    form = models.ForeignKey(
        MentoringForm, models.CASCADE, null=True, blank=True, related_name="items"
    )
    kind = models.CharField("что это", max_length=10, choices=Said)
    text = models.CharField("текст", max_length=1000)
    position = models.PositiveIntegerField(default=0, editable=False)
    is_used = models.BooleanField("используется", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "строка каталога"
        verbose_name_plural = "строки каталога"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "text"],
                condition=Q(form__isnull=True),
                name="catalogue_line_once_in_the_model",
                violation_error_message="Такая строка уже есть.",
            ),
            models.UniqueConstraint(
                fields=["form", "kind", "text"],
                name="catalogue_line_once_in_a_form",
                violation_error_message="Такая строка уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def create_for(cls, school: School) -> None:
        """Give a new school the words of the instruction, for the model and for its forms."""
        said = [(None, kind, read_model()[kind]) for kind in OF_MODEL]
        for form in school.forms.all():
            words = words_of_the_instruction(form.code)
            said += [(form, kind, texts) for kind, texts in words.items()]
        lines = [
            cls(school=school, form=form, kind=kind, text=text, position=number)
            for form, kind, texts in said
            for number, text in enumerate(dict.fromkeys(texts), 1)
        ]
        bulk_create_with_history(lines, cls)

    @classmethod
    @transaction.atomic
    def say(
        cls, school: School, form: MentoringForm | None, kind: str, texts: Iterable[str]
    ) -> None:
        """Let exactly ``texts``, in this order, be in use; other lines of the kind go out of use.

        A line that was out of use comes back as the same row, so that its history goes on.
        """
        School.objects.select_for_update().get(pk=school.pk)
        there = {
            item.text: item for item in cls.objects.filter(school=school, form=form, kind=kind)
        }
        wanted = list(dict.fromkeys(texts))
        for number, text in enumerate(wanted, 1):
            item = there.get(text) or cls(school=school, form=form, kind=kind, text=text)
            if item.pk is None or (item.position, item.is_used) != (number, True):
                item.position, item.is_used = number, True
                item.save()
        for text, item in there.items():
            if text not in wanted and item.is_used:
                item.is_used = False
                item.save()


def words_of_the_instruction(code: str) -> dict[str, list[str]]:
    """Kind → lines that the instruction says of the form; a form it is silent about has none."""
    entry = next((entry for entry in read_catalogue() if entry["code"] == code), {})
    return {
        Said.GOAL: [entry["goal"]] if entry.get("goal") else [],
        Said.TASK: entry.get("tasks", []),
        Said.RESULT: [entry["result"]] if entry.get("result") else [],
        Said.MEASURED: entry.get("measured", []),
        Said.SCHEME: entry.get("scheme", []),
    }


def by_kind(items: Iterable[CatalogueItem], kinds: Sequence[Said] = tuple(Said)):
    """(kind, its lines in use) in the order of ``kinds``, without empty ones."""
    found = [(kind, [i for i in items if i.kind == kind and i.is_used]) for kind in kinds]
    return [(kind, lines) for kind, lines in found if lines]


@transaction.atomic
def say_variants(form: MentoringForm, titles: Iterable[str]) -> None:
    """Let exactly ``titles`` be the variants in use; pairs keep the variant they have."""
    School.objects.select_for_update().get(pk=form.school_id)
    there = {variant.title: variant for variant in form.variants.all()}
    wanted = list(dict.fromkeys(titles))
    for number, title in enumerate(wanted, 1):
        variant = there.get(title) or Variant(form=form, title=title)
        variant.position, variant.is_used = number, True
        variant.save()
    for title, variant in there.items():
        if title not in wanted and variant.is_used:
            variant.is_used = False
            variant.save()
