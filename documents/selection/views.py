"""Papers of the selection: interview sheets to print, the table of candidates."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from documents.registry.files import attachment, no_pdf
from documents.render.pdf import PdfUnavailable, page_to_pdf
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.numbers import whole_number
from programmes.selection.candidates import Candidate, candidates_of
from programmes.selection.models import Recommendation
from programmes.selection.views import shown_candidates

READERS = (Role.CURATOR, Role.DIRECTOR)
STYLE = Path(__file__).with_name("sheet.css")
COLUMNS = (
    *("Кандидат", "Класс или должность", "Форма", "Итог, %", "Готовых листов", "Согласие оценок"),
    *("Закрывает запросы", "Решение", "Дата решения", "Причина", "Обучение", "Можно назначить"),
)


@require_safe
@allow(*READERS)
def sheets_pdf(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Interview sheets to fill in by hand: of all candidates, or of one (``?candidate=``)."""
    programme = programme_of(request, programme_id)
    found = candidates_of(programme, programme.working_day())
    wanted = request.GET.get("candidate", "")
    if wanted:
        found = [c for c in found if c.entry.pk == whole_number(wanted)]
    if not found:
        raise Http404
    context = {
        "programme": programme,
        "school": programme.school,
        "candidates": found,
        "recommendations": Recommendation.labels,
        "style": STYLE.read_text("utf-8"),
    }
    try:
        content = page_to_pdf(render_to_string("documents/selection/sheets.html", context))
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, "interview-sheets", "pdf", inline=True)


@require_safe
@allow(*READERS)
def candidates_xlsx(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The candidates as the page shows them: same filters, same order, all pages."""
    from documents.render.xlsx import render_xlsx

    programme = programme_of(request, programme_id)
    rows = [cells(candidate) for candidate in shown_candidates(request, programme)]
    return attachment(render_xlsx("Отбор наставников", COLUMNS, rows), "selection", "xlsx")


def cells(candidate: Candidate) -> tuple[str, ...]:
    decision = candidate.decision
    return (
        candidate.person.full_name,
        candidate.person.description,
        candidate.form.title if candidate.form else "",
        "" if candidate.mean is None else f"{candidate.mean:.1f}".replace(".", ","),
        candidate.progress,
        candidate.agreement.words if candidate.agreement else "",
        f"{candidate.match.helped} из {candidate.match.asking}" if candidate.match.asking else "",
        decision.words if decision else "",
        f"{decision.decided_on:%d.%m.%Y}" if decision else "",
        decision.reason if decision else "",
        "обучение пройдено" if candidate.is_trained else "",
        "да" if candidate.is_ready else f"нет: {', '.join(candidate.lacking)}",
    )
