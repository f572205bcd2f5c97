"""Sheets of an event on paper: preference sheets to fill in, personal links to cut out (S5.1)."""

from pathlib import Path

import segno
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from documents.informing.views import pdf
from pairs.events import inviting, preferring
from pairs.events.views import event_of, page
from programmes.access import Role, allow
from programmes.refusal import Refusal

STYLE = Path(__file__).with_name("sheets.css")


def rows_of(event):
    return list(event.invitations.select_related("person", "event__programme"))


@require_safe
@allow(Role.CURATOR)
def event_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """A preference sheet for everybody invited, a page each."""
    event = event_of(request, pk)
    rows = rows_of(event)
    if not rows:
        return page(request, event, refusals=["Сначала пригласите участников."], status=422)
    pages = [(row, [p.full_name for p in preferring.offered(row)]) for row in rows]
    context = {"event": event, "pages": pages, "style": STYLE.read_text("utf-8")}
    html = render_to_string("documents/events/sheets.html", context)
    return pdf(request, html, f"preference-sheets-{pk}")


@require_POST
@allow(Role.CURATOR)
def event_links(request: HttpRequest, pk: int) -> HttpResponse:
    """New personal links of all who have not filled in the form, with a code each, to cut out."""
    event = event_of(request, pk)
    rows = [row for row in rows_of(event) if row.filled_at is None]
    if not rows:
        words = "Все приглашённые уже заполнили лист, или приглашённых ещё нет."
        return page(request, event, refusals=[words], status=422)
    try:
        issued = inviting.issue_links(event, rows)
    except Refusal as refusal:
        return page(request, event, refusals=refusal.messages, status=422)
    cards = []
    for row, token in issued:
        address = request.build_absolute_uri(reverse("choose-open", args=[token]))
        code = segno.make(address, error="m").png_data_uri(scale=4, border=2)
        cards.append((row.person, address, code))
    context = {"event": event, "cards": cards, "style": STYLE.read_text("utf-8")}
    html = render_to_string("documents/events/links.html", context)
    return pdf(request, html, f"preference-links-{pk}")
