"""The curator opens, closes and renews the public forms of a programme."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from programmes.access import Role, allow
from programmes.applications.curator_forms import LinkForm
from programmes.applications.models import ApplicationLink, Purpose
from programmes.bases import programme_of


@dataclass(frozen=True)
class FormRow:
    """One form of the programme: its open link if there is one, and the dates to choose."""

    purpose: Purpose
    link: ApplicationLink | None
    address: str
    form: LinkForm


@require_safe
@allow(Role.CURATOR)
def application_links(request: HttpRequest, programme_id: int) -> HttpResponse:
    return links_page(request, programme_of(request, programme_id))


def links_page(request: HttpRequest, programme, *, wrong: LinkForm | None = None, status=200):
    there = {
        link.purpose: link for link in programme.application_links.filter(closed_at__isnull=True)
    }
    wrong_purpose = wrong.data.get("purpose") if wrong is not None else None
    rows = []
    for purpose in Purpose:
        link = there.get(purpose)
        address = ""
        if link is not None:
            address = request.build_absolute_uri(reverse("apply", args=[link.slug]))
        form = LinkForm(
            initial={
                "purpose": purpose.value,
                "started_on": link.started_on if link else programme.working_day(),
                "ended_on": link.ended_on if link else None,
            },
            auto_id=f"{purpose.value}_%s",
        )
        rows.append(FormRow(purpose, link, address, wrong if wrong_purpose == purpose else form))
    return render(
        request,
        "programmes/applications/links.html",
        {"programme": programme, "rows": rows, "wrong": wrong},
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def application_link_open(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Open a form, or change the days of an open one."""
    programme = programme_of(request, programme_id)
    purpose = request.POST.get("purpose", "")
    form = LinkForm(request.POST, auto_id=f"{purpose}_%s" if purpose in Purpose.values else "id_%s")
    if not form.is_valid():
        return links_page(request, programme, wrong=form, status=422)
    link = ApplicationLink.open(programme, **form.cleaned_data)
    messages.success(request, f"{link.get_purpose_display().capitalize()}: форма {link.dates}.")
    return redirect("application-links", programme.pk)


def link_of(request: HttpRequest, programme_id: int, pk: int) -> ApplicationLink:
    programme = programme_of(request, programme_id)
    return get_object_or_404(programme.application_links.select_related("programme"), pk=pk)


@require_POST
@allow(Role.CURATOR)
def application_link_close(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    link = link_of(request, programme_id, pk)
    link.close()
    messages.success(request, "Форма закрыта: по этой ссылке больше не подать заявку.")
    return redirect("application-links", programme_id)


@require_POST
@allow(Role.CURATOR)
def application_link_renew(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """A new address instead of this one. A second click renews nothing: the old one is closed."""
    link = link_of(request, programme_id, pk)
    if link.closed_at is None:
        link.renew()
        messages.success(
            request, "Адрес новый: напечатайте объявления заново, старые не действуют."
        )
    return redirect("application-links", programme_id)
