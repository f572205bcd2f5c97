"""D11 as DOCX and PDF: one route, or all of a programme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from documents.consents.views import answer
from documents.registry.files import attachment, no_pdf
from documents.render.pdf import PdfUnavailable
from documents.routes.facts import Printing
from pairs.routes.models import Route
from pairs.routes.views import SEERS, seen
from programmes.access import Role, allow
from programmes.bases import programme_of


@require_safe
@allow(*SEERS)
def route_paper(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    route = seen(request, pk)
    programme = route.pair.programme
    paper = Printing(programme, programme.working_day()).paper(route)
    return answer(request, paper, f"marshrut-{route.pk}", extension)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def routes_pdf(request: HttpRequest, programme_id: int) -> HttpResponse:
    """All routes of the programme by name, one PDF. 404 while there is none."""
    from documents.render.bundle import render_set_pdf

    programme = programme_of(request, programme_id)
    routes = list(Route.objects.filter(pair__programme=programme).with_all())
    if not routes:
        raise Http404
    printing = Printing(programme, programme.working_day())
    try:
        content = render_set_pdf(list(printing.papers(routes)), "Индивидуальные маршруты")
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, "marshruty", "pdf", inline=True)
