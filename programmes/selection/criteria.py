"""Criteria of selection: the ready sets, changing, taking out. S4.1."""

import json
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from programmes.programme.models import MentoringForm, Programme
from programmes.refusal import Refusal
from programmes.selection.models import Criterion

READY = Path(__file__).with_name("ready_criteria.json")


@cache
def ready_criteria() -> dict[str, list]:
    """Code of a form → [title, hint, weight, audience of the needs it is about], from the portrait
    of a mentor (domain notes § 1.7); for F3–F7 by the same measure."""
    return json.loads(READY.read_text(encoding="utf-8"))


@transaction.atomic
def take_ready(programme: Programme) -> int:
    """Give each form of the programme that has no criteria its ready set; how many were made.

    The set is what the school used the year before, else the usual one. A second click adds
    nothing.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    made = 0
    there = set(programme.criteria.values_list("form_id", flat=True))
    needs: dict[str, list] = {}
    for category in programme.school.need_categories.filter(is_used=True):
        needs.setdefault(category.audience, []).append(category)
    for form in programme.forms.all():
        if form.pk in there:
            continue
        rows = own_criteria(programme, form) or [
            (title, hint, weight, 5, needs.get(audience, ()))
            for title, hint, weight, audience in ready_criteria().get(form.code, ())
        ]
        for place, (title, hint, weight, scale, categories) in enumerate(rows, 1):
            criterion = Criterion.objects.create(
                programme=programme,
                form=form,
                title=title,
                hint=hint,
                weight=weight,
                scale=scale,
                position=place,
            )
            criterion.categories.set(categories)
            made += 1
    return made


def own_criteria(programme: Programme, form: MentoringForm) -> list[tuple]:
    """What the school used for the form in its last programme before this one, if it did."""
    last = (
        Programme.objects.filter(school=programme.school_id, started_on__lt=programme.started_on)
        .filter(criteria__form=form)
        .order_by("-started_on")
        .first()
    )
    if last is None:
        return []
    return [
        (row.title, row.hint, row.weight, row.scale, list(row.categories.all()))
        for row in last.criteria.filter(form=form).prefetch_related("categories")
    ]


def must_be_open(programme: Programme, form: MentoringForm) -> None:
    """Refusal while sheets of the form are done: other criteria would change what they say."""
    done = programme.sheets.filter(form=form, is_done=True).select_related("assessor", "person")
    if sheet := done.first():
        raise Refusal(
            f"По форме {form} уже есть готовые листы, например: {sheet}. Набор критериев, веса и "
            "шкалы теперь не меняются. Верните листы в черновик, если критерии нужно исправить."
        )


def next_place(programme: Programme, form: MentoringForm) -> int:
    places = programme.criteria.filter(form=form).aggregate(last=Max("position"))
    return (places["last"] or 0) + 1


@transaction.atomic
def take_out(criterion: Criterion) -> None:
    """Delete a criterion by which nobody has been assessed; its versions stay in the history."""
    programme = Programme.objects.select_for_update().get(pk=criterion.programme_id)
    must_be_open(programme, criterion.form)
    if criterion.scores.exists():
        raise Refusal(f"По критерию «{criterion}» уже есть оценки: его не удалить.")
    criterion.delete()


def shares(criteria: list[Criterion]) -> dict[int, float]:
    """Criterion id → which per cent of the sum of the weights it has."""
    whole = sum(criterion.weight for criterion in criteria)
    return {c.pk: 100 * c.weight / whole for c in criteria} if whole else {}
