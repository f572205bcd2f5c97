"""Letters of awards as files: one, or all of a programme at once. D15; S7.3."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from documents.letters import making
from documents.registry.files import attachment, no_pdf
from documents.render.pdf import PdfUnavailable
from pairs.awards.models import PAPERS, Award
from pairs.completion.models import FinalEvent
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Programme

OFFICE = (Role.CURATOR, Role.DIRECTOR)


def papers_of(school_id: int):
    """Awards with something to print."""
    rows = Award.objects.filter(programme__school=school_id, kind__in=PAPERS)
    return rows.exclude(state=Award.State.DECLINED).select_related("person", "programme__school")


def answer(request, programme: Programme, awards, name: str, extension: str) -> HttpResponse:
    pages = making.letters(programme, awards)
    if extension == "docx":
        return attachment(making.as_docx(pages), name, "docx")
    try:
        return attachment(making.as_pdf(pages), name, "pdf", inline=True)
    except PdfUnavailable as error:
        return no_pdf(request, error)


def one(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    award = get_object_or_404(papers_of(request.user.school_id), pk=pk)
    return answer(request, award.programme, [award], f"pismo-{award.pk}", extension)


def everything(request: HttpRequest, programme_id: int, extension: str) -> HttpResponse:
    """All letters of a programme, by kind and name. 404 while there is none."""
    programme = programme_of(request, programme_id)
    rows = papers_of(request.user.school_id).filter(programme=programme)
    awards = list(rows.order_by("kind", "person__sort_key", "pk"))
    if not awards:
        raise Http404
    return answer(request, programme, awards, f"pisma-{programme.pk}", extension)


@require_safe
@allow(*OFFICE)
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return one(request, pk, "pdf")


@require_safe
@allow(*OFFICE)
def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return one(request, pk, "docx")


@require_safe
@allow(*OFFICE)
def letters_pdf(request: HttpRequest, programme_id: int) -> HttpResponse:
    return everything(request, programme_id, "pdf")


@require_safe
@allow(*OFFICE)
def letters_docx(request: HttpRequest, programme_id: int) -> HttpResponse:
    return everything(request, programme_id, "docx")


@require_safe
@allow(*OFFICE)
def event_sheet(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The programme of the final event, to print from the browser. 404 without an event."""
    programme = programme_of(request, programme_id)
    events = FinalEvent.objects.filter(programme=programme).select_related("responsible")
    event = get_object_or_404(events)
    context = {
        "programme": programme,
        "event": event,
        "pairs": event.pairs.with_people().order_by("pk"),
    }
    return render(request, "documents/letters/event.html", context)
