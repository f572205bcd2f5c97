"""Sheets that inform, as PDF: a poster, a hand-out, the parents' letter for a class."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.registry.files import attachment, no_pdf
from documents.render.pdf import PdfUnavailable, page_to_pdf
from programmes.access import Role, allow
from programmes.applications.models import ApplicationLink, Purpose
from programmes.bases import programme_of
from programmes.classes.models import ClassTeacher, class_name
from programmes.informing.models import NAME_WORDS, Announcement
from programmes.informing.ready_texts import letter_of
from programmes.informing.views import PURPOSE_OF_STAGE
from programmes.models import Person, Programme
from programmes.people.models import Kind, parse_class

LARGEST_CLASS = 60
HANDOUTS = 4  # a sheet


def qr_code(address: str) -> str:
    """The address as a QR code: a PNG in a data address, sharp when printed large."""
    import segno

    return segno.make(address, error="m").png_data_uri(scale=16, border=2)


def address_of(request: HttpRequest, link: ApplicationLink) -> str:
    return request.build_absolute_uri(reverse("apply", args=[link.slug]))


def open_link(programme: Programme, purpose: str) -> ApplicationLink | None:
    """The form that is open, or opens later: a poster may be printed the week before."""
    links = programme.application_links.filter(closed_at__isnull=True, purpose=purpose)
    link = links.first()
    is_over = link is not None and link.ended_on and link.ended_on < timezone.localdate()
    return None if is_over else link


def sheet(request: HttpRequest, programme_id: int, pk: int, template: str, name: str, **more):
    """A sheet with the announcement and the code of its form; where no form is open, its page."""
    programme = programme_of(request, programme_id)
    rows = programme.announcements.select_related("programme__school")
    announcement: Announcement = get_object_or_404(rows, pk=pk)
    link = open_link(programme, PURPOSE_OF_STAGE[announcement.stage])
    if link is None:
        label = PURPOSE_OF_STAGE[announcement.stage].label
        words = f"Код на листе ведёт к форме «{label}», а она закрыта. Откройте её и печатайте."
        return not_yet(request, words, reverse("application-links", args=[programme.pk]))
    address = address_of(request, link)
    page = render_to_string(
        template,
        {
            "announcement": announcement,
            "school": announcement.programme.school,
            "address": address,
            "qr": qr_code(address),
            "link": link,
            **more,
        },
    )
    return pdf(request, page, name)


def not_yet(request: HttpRequest, words: str, url: str) -> HttpResponse:
    """Why there is no sheet, with the page where that is mended."""
    context = {"words": words, "url": url}
    return render(request, "documents/informing/not_yet.html", context, status=409)


def pdf(request: HttpRequest, page: str, name: str) -> HttpResponse:
    try:
        return attachment(page_to_pdf(page), name, "pdf")
    except PdfUnavailable as error:
        return no_pdf(request, error)


@require_safe
@allow(Role.CURATOR)
def poster(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return sheet(request, programme_id, pk, "documents/informing/poster.html", f"poster-{pk}")


@require_safe
@allow(Role.CURATOR)
def handout(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Four to a page, to be cut."""
    return sheet(
        request, programme_id, pk, "documents/informing/handout.html", f"handout-{pk}",
        copies=range(HANDOUTS),
    )  # fmt: skip


@require_safe
@allow(Role.CURATOR, Role.TEACHER)
def letter_file(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The parents' letter for a class, a page a child. Teachers: the own class only. S2.1."""
    programme = get_object_or_404(
        Programme.objects.visible_to(request.user).select_related("school"), pk=programme_id
    )
    try:
        grade, letter = parse_class(request.GET.get("class", ""))
    except ValueError:
        if not request.user.is_any(Role.CURATOR):
            raise Http404 from None
        words = "Выберите класс, для которого печатать письма."
        return not_yet(request, words, reverse("parent-letter", args=[programme.pk]))
    own = ClassTeacher.objects.of(request.user).filter(grade=grade, letter=letter)
    if not request.user.is_any(Role.CURATOR) and not own.exists():
        raise Http404
    pupils = Person.objects.filter(
        school=programme.school_id, kind=Kind.PUPIL, grade=grade, letter=letter
    )
    children = list(pupils.present().in_order()[:LARGEST_CLASS])
    if not children:
        raise Http404
    link = open_link(programme, Purpose.MENTEE)
    address = address_of(request, link) if link else ""
    text = letter_of(programme).text
    day = timezone.localdate()
    curators = programme.curators_on(programme.working_day())
    page = render_to_string(
        "documents/informing/letter.html",
        {
            "pages": [(child.name_in("genitive"), paragraphs(text, child)) for child in children],
            "class_name": class_name(grade, letter),
            "school": programme.school,
            "address": address,
            "qr": qr_code(address) if address else "",
            "curators": curators,
            "day": day,
        },
    )
    return pdf(request, page, f"letters-{grade}{re.sub('[^a-z]', '', letter.lower())}")


def paragraphs(text: str, child: Person) -> list[str]:
    """The letter's paragraphs with the child's name in its cases."""
    for word, case in NAME_WORDS.items():
        text = text.replace(word, child.name_in(case))
    return [line for line in map(str.strip, text.split("\n")) if line]
