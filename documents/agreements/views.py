"""Agreements of mentor and mentee on paper: one as DOCX or PDF, many at once (D10)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.agreements import facts
from documents.consents.views import answer
from documents.exports.asking import most, refused
from documents.registry.files import attachment, no_pdf
from documents.render.pdf import PdfUnavailable
from pairs.agreements.signing import rows_of
from pairs.agreements.views import KEEPERS, chosen_pairs
from pairs.models import Pair
from programmes.access import allow
from programmes.bases import programme_of

LIMIT = 150  # a PDF of more would not be ready before the server gives up (60 s)
NAME = "soglasheniya"


@require_safe
@allow(*KEEPERS)
def one(request: HttpRequest, pk: int, mentee_id: int, extension: str) -> HttpResponse:
    """The agreement of one mentee of a pair or group."""
    pair = get_object_or_404(facts.with_all(Pair.objects.visible_to(request.user)), pk=pk)
    rows = [row for row in rows_of([pair]) if row.mentee.pk == mentee_id]
    if not rows:
        raise Http404
    paper = next(facts.papers_of(rows))
    return answer(request, paper, f"soglashenie-{pair.pk}", extension)


@require_safe
@allow(*KEEPERS)
def many(request: HttpRequest, programme_id: int, extension: str) -> HttpResponse:
    """Agreements of the chosen pairs as one PDF or as an archive of DOCX.

    The address has the filters of the list: ``order`` (D7), ``q``, ``state``.
    """
    programme = programme_of(request, programme_id)
    pairs = list(facts.with_all(chosen_pairs(request, programme)))
    state = request.GET.get("state", "")
    rows = list(rows_of(pairs))
    if state in ("signed", "unsigned"):
        rows = [row for row in rows if (row.agreement is not None) == (state == "signed")]
    words = ""
    if not rows:
        words = "Печатать нечего: подтверждённых пар по этому отбору нет."
    elif len(rows) > (limit := most(request, LIMIT)):
        words = (
            f"Сразу печатается не больше {limit} соглашений, здесь {len(rows)}: выберите приказ "
            "или подготовьте файл в фоне."
        )
    if words:
        context = {"programme": programme, "is_too_much": bool(rows)}
        return refused(request, "documents/agreements/nothing.html", context, words)
    papers = facts.papers_of(rows)
    try:
        if extension == "zip":
            return attachment(facts.as_zip(papers), NAME, "zip")
        return attachment(facts.as_pdf(papers), NAME, "pdf", inline=True)
    except PdfUnavailable as error:
        return no_pdf(request, error)
