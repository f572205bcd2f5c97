"""What the selection tells the board: criteria, sheets, decisions (S4.1)."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from programmes.models import Assessor, Criterion, Decision, Mentor, MentoringForm, Sheet
from programmes.progress import BUSY, DONE, IDLE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    return {
        "criteria_made": count_of(Criterion),
        "forms_with_criteria": count_of(Criterion, distinct="form"),
        "forms_in_use": count_of(MentoringForm, programme="programmes"),
        "assessors_now": count_of(Assessor.objects.ongoing_on(day)),
        "sheets_done": count_of(Sheet.objects.filter(is_done=True)),
        "candidates": count_of(Mentor.objects.ongoing_on(day), distinct="person"),
        "candidates_decided": count_of(
            Mentor.objects.ongoing_on(day).filter(
                Exists(
                    Decision.objects.filter(
                        programme=OuterRef("programme"), person=OuterRef("person")
                    )
                )
            ),
            distinct="person",
        ),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    page = reverse("selection", args=[programme.pk])
    criteria = reverse("selection-criteria", args=[programme.pk])
    missing = []
    if without := counts["forms_in_use"] - counts["forms_with_criteria"]:
        missing.append(
            Line(f"Критерии составлены не для всех форм (осталось: {without})", criteria)
        )
    if not counts["assessors_now"]:
        missing.append(
            Line("Оценивающие не назначены", reverse("assessor-list", args=[programme.pk]))
        )
    if waiting := max(0, counts["candidates"] - counts["candidates_decided"]):
        missing.append(Line(f"Кандидаты без решения: {waiting}", f"{page}?state=open"))
    facts = (
        f"критериев: {counts['criteria_made']}",
        f"готовых листов: {counts['sheets_done']}",
        f"решений: {counts['candidates_decided']} из {counts['candidates']}",
    )
    if not counts["criteria_made"] and not counts["candidates_decided"]:
        state = IDLE
    else:
        state = BUSY if missing or not counts["candidates"] else DONE
    return [Step("S4.1", state, page, facts, tuple(missing))]
