"""Who assesses, and what an assessor writes on a sheet. S4.1."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction

from programmes.mentors.models import Mentor
from programmes.people.models import Kind, Person
from programmes.programme.models import MentoringForm, Programme
from programmes.refusal import Refusal
from programmes.school.models import User
from programmes.selection.models import Assessor, Criterion, Score, Sheet


def who_may_assess(programme: Programme):
    """Workers of the programme's school, by name."""
    workers = Person.objects.filter(school=programme.school_id, kind=Kind.TEACHER)
    return workers.present().in_order()


@transaction.atomic
def assign(programme: Programme, people: Iterable[Person], on: datetime.date) -> int:
    """Let workers of the school assess candidates from a day on; how many were not there yet."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    people = list(people)
    strangers = [p for p in people if p.school_id != programme.school_id or p.kind != Kind.TEACHER]
    if strangers:
        raise Refusal("Оценивают работники своей школы.")
    if not people:
        raise Refusal("Отметьте хотя бы одного человека.")
    there = set(programme.assessors.overlapping_with(on, None).values_list("person_id", flat=True))
    fresh = [person for person in people if person.pk not in there]
    for person in fresh:
        Assessor.objects.create(programme=programme, person=person, started_on=on)
    return len(fresh)


@transaction.atomic
def dismiss(assessor: Assessor, on: datetime.date, reason: str) -> None:
    """The last day of an assessor; the sheets stay. Twice changes nothing."""
    Programme.objects.select_for_update().get(pk=assessor.programme_id)
    assessor.end_once(on, reason)


@transaction.atomic
def fill(
    assessor: Assessor,
    entry: Mentor,
    form: MentoringForm,
    points: Mapping[Criterion, int],
    *,
    remark: str,
    recommendation: str,
    is_done: bool,
    by: User | None,
) -> Sheet:
    """Store what an assessor says of a candidate; ``is_done`` only when nothing lacks.

    Saving the same twice changes nothing. Refusal for oneself, for a former assessor, beyond the
    scale, after the decision, or when a sheet that is to be done lacks points or a recommendation.
    """
    programme = Programme.objects.select_for_update().get(pk=assessor.programme_id)
    assessor.refresh_from_db()
    reasons = []
    if assessor.person_id == entry.person_id:
        raise Refusal("Себя оценивать нельзя: лист заполнит другой оценивающий.")
    if not assessor.is_ongoing:
        reasons.append(f"{assessor.person} больше не оценивает кандидатов.")
    if programme.decisions.filter(person=entry.person_id).exists():
        reasons.append("По кандидату уже принято решение: оценки больше не меняются.")
    criteria = list(programme.criteria.filter(form=form))
    if not criteria:
        reasons.append(f"У формы {form} нет критериев: куратор сначала составляет их.")
    for criterion, value in points.items():
        if not 0 <= value <= criterion.scale:
            reasons.append(f"«{criterion}»: балл от 0 до {criterion.scale}.")
    if is_done:
        lacking = [str(c) for c in criteria if c not in points]
        if lacking:
            reasons.append(f"Чтобы закончить лист, поставьте баллы: {'; '.join(lacking)}.")
        if not recommendation:
            reasons.append("Чтобы закончить лист, выберите рекомендацию.")
    if reasons:
        raise Refusal(*reasons)
    sheet, _ = Sheet.objects.get_or_create(
        programme=programme,
        assessor_id=assessor.person_id,
        person_id=entry.person_id,
        defaults={"form": form, "typed_by": by},
    )
    values = {
        "form_id": form.pk,
        "remark": remark,
        "recommendation": recommendation,
        "is_done": is_done,
    }
    if any(getattr(sheet, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(sheet, name, value)
        sheet.typed_by = by
        sheet.save()
    _store_points(sheet, points)
    return sheet


def _store_points(sheet: Sheet, points: Mapping[Criterion, int]) -> None:
    stored = {score.criterion_id: score for score in sheet.scores.all()}
    wanted = {criterion.pk: (criterion, value) for criterion, value in points.items()}
    for pk, score in stored.items():
        if pk not in wanted:
            score.delete()
    for pk, (criterion, value) in wanted.items():
        score = stored.get(pk)
        if score is None:
            Score.objects.create(
                sheet=sheet, criterion=criterion, value=value, scale=criterion.scale
            )
        elif (score.value, score.scale) != (value, criterion.scale):
            score.value, score.scale = value, criterion.scale
            score.save()
