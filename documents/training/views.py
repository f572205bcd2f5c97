"""Certificates as PDF: one, or all of a course at once."""

from collections.abc import Iterable
from pathlib import Path

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents import wording
from documents.registry.files import attachment, no_pdf
from documents.render.bundle import LAID_OUT_AT_ONCE
from documents.render.pdf import PdfUnavailable, page_to_pdf, pages_to_pdf
from programmes.access import Role, allow
from programmes.models import Certificate, Course

STYLE = Path(__file__).with_name("certificate.css")


def rendered(certificates: Iterable[Certificate], base: str) -> bytes:
    """Landscape A4, a page a certificate; ``base`` is the portal's address for the QR code."""
    pages = []
    for certificate in certificates:
        url = base + reverse("certificate-open", args=[certificate.key])
        qr = segno.make(url, error="m").png_data_uri(scale=6, border=2)
        pages.append(
            {
                "certificate": certificate,
                "school": certificate.school,
                "school_name": wording.typographic(certificate.school.name),
                "signer": wording.signature_name(certificate.signer),
                "qr": qr,
            }
        )
    context = {
        "style": STYLE.read_text("utf-8"),
        "check_url": base + reverse("certificate-check"),
        "is_one": len(pages) == 1,
    }
    parts = [
        render_to_string(
            "documents/training/certificate.html",
            context | {"pages": pages[start : start + LAID_OUT_AT_ONCE]},
        )
        for start in range(0, len(pages), LAID_OUT_AT_ONCE)
    ]
    return page_to_pdf(parts[0]) if len(parts) == 1 else pages_to_pdf(parts)


def answer(request: HttpRequest, certificates: list[Certificate], name: str) -> HttpResponse:
    try:
        content = rendered(certificates, request.build_absolute_uri("/").rstrip("/"))
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, name, "pdf", inline=True)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR, Role.MENTOR)
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate: for the office any of the school, for a mentor the own ones."""
    rows = Certificate.objects.filter(school=request.user.school_id).select_related("school")
    if not request.user.is_any(Role.CURATOR, Role.DIRECTOR):
        rows = rows.filter(
            enrolment__person__isnull=False, enrolment__person=request.user.person_id
        )
    certificate = get_object_or_404(rows, pk=pk)
    return answer(request, [certificate], f"certificate-{certificate.sequence}-{certificate.year}")


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def certificates_pdf(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """The valid certificates of a course in the order of their numbers. 404 while there is none."""
    courses = Course.objects.filter(programme__school=request.user.school_id)
    course = get_object_or_404(courses, programme=programme_id, pk=pk)
    rows = Certificate.objects.filter(enrolment__course=course, revoked_on__isnull=True)
    certificates = list(rows.select_related("school"))
    if not certificates:
        raise Http404
    return answer(request, certificates, f"certificates-{course.pk}")
