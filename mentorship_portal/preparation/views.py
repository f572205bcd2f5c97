"""The page of stage 1, and the files that come out of it."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.drafting.people import person_facts
from documents.kinds import acknowledgement_sheet
from documents.registry.files import attachment
from documents.registry.registers import answer, head_of_papers
from mentorship_portal.preparation.steps import preparation_of
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.preparation.listing import PlanList
from programmes.preparation.models import group_on
from programmes.preparation.plan_views import plan_of

KEEPERS = (Role.CURATOR, Role.DIRECTOR)
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@allow(*KEEPERS)
def preparation(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Eight steps and five mechanisms: what is done, missing and late, each line a link."""
    programme = programme_of(request, programme_id)
    found = preparation_of(programme, timezone.localdate())
    return render(request, "preparation/preparation.html", {"programme": programme, "found": found})


@require_safe
@allow(*KEEPERS)
def study_sheet(request: HttpRequest, programme_id: int, extension: str) -> HttpResponse:
    """The sheet on which the project group signs that it has studied the concept (A3, D16)."""
    programme = programme_of(request, programme_id)
    if extension not in ("docx", "pdf"):
        raise Http404
    titles = [material.title for material in programme.study_materials.kept()]
    members = group_on(programme, programme.working_day())
    words = "содержанием концепции «Целевая модель наставничества»"
    if titles:
        words += f" ({'; '.join(titles)})"
    paper = acknowledgement_sheet.build(
        acknowledgement_sheet.SheetFacts(
            school=head_of_papers(programme.school),
            document_instrumental=words,
            people=[person_facts(member.person) for member in members],
        )
    )
    return answer(request, paper, "list-oznakomleniya-koncepciya", extension)


HEADER = (
    *("№", "Этап", "Мероприятие", "Начало", "Окончание", "Ответственный", "Ожидаемый результат"),
    *("Состояние", "Выполнено", "Чем закончилось"),
)
WIDTHS = (6, 7, 44, 12, 12, 24, 30, 16, 12, 30)


@require_safe
@allow(*KEEPERS)
def plan_states(request: HttpRequest, programme_id: int, extension: str) -> HttpResponse:
    """The plan with the states of its items as XLSX or CSV, as the filter in the address has it."""
    programme = programme_of(request, programme_id)
    chosen = plan_of(request.GET.get("plan", ""))
    rows = [
        (
            str(number),
            str(item.stage or ""),
            item.title,
            *(f"{day:%d.%m.%Y}" if day else "" for day in (item.started_on, item.ended_on)),
            ", ".join(person.short_name for person in item.responsible.all()),
            item.result,
            "просрочено" if item.is_late else item.get_state_display(),
            f"{item.done_on:%d.%m.%Y}" if item.done_on else "",
            item.outcome,
        )
        for number, item in PlanList.of(programme, chosen, request.GET).numbered
    ]
    if extension == "xlsx":
        from documents.render.xlsx import render_xlsx

        return attachment(render_xlsx(chosen.label, HEADER, rows, widths=WIDTHS), "plan", "xlsx")
    if extension != "csv":
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([HEADER, *([_harmless(cell) for cell in row] for row in rows)])
    # The mark at the beginning lets spreadsheets know the letters.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plan.csv"'
    return response


def _harmless(cell: str) -> str:
    """No cell that a spreadsheet would take for a formula (SEC 10)."""
    return f"'{cell}" if cell.startswith(_FORMULA_MARKS) else cell
