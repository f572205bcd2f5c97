"""The mentor base of a programme in the browser."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import base_pages, bases
from programmes.access import Role, allow
from programmes.base_import import columns
from programmes.base_pages import Base, Narrowed
from programmes.mentors.forms import MentorForm
from programmes.mentors.places import places_of
from programmes.models import Mentor, Programme, Rules

READERS = (Role.CURATOR, Role.DIRECTOR)
BASE = Base("mentor", "База наставников", "mentors", "mentorships", Mentor, MentorForm, READERS)
PLACES_FILTER = [("free", "есть свободные"), ("full", "заняты все")]


@require_safe
@allow(*READERS)
def mentor_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, bases.programme_of(request, programme_id))


def narrowed(request: HttpRequest, programme: Programme, places) -> Narrowed:
    """The base of the day as the address narrows it."""
    entries = programme.mentors.ongoing_on(programme.working_day())
    return Narrowed(request, programme, entries).choice(
        "places",
        "Места",
        PLACES_FILTER,
        lambda value: Q(
            pk__in=[pk for pk, p in places.items() if bool(p.free) == (value == "free")]
        ),
    )


def list_page(
    request: HttpRequest, programme: Programme, *, form=None, chosen=(), refusals=(), status=200
) -> HttpResponse:
    """The base as filtered; with people ``chosen`` to be added when that has not succeeded."""
    entries = programme.mentors.ongoing_on(programme.working_day())
    places = places_of(programme, entries)
    shown = narrowed(request, programme, places)
    page = bases.page_of(shown.sorted(), request.GET.get("page"))
    context = base_pages.list_context(
        request, BASE, programme, entries, form=form, chosen=chosen, refusals=refusals
    )
    return render(
        request,
        "programmes/mentors/list.html",
        context
        | shown.context
        | {
            "page": page,
            "rows": [(entry, entry.hints(context["rules"]), places[entry.pk]) for entry in page],
            "found": page.paginator.count,
            "total": len(places),
            "free": sum(p.free for p in places.values()),
        },
        status=status,
    )


@require_safe
@allow(*READERS)
def mentor_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What the list shows, in the columns of the import, with places and hints beside them."""
    programme = bases.programme_of(request, programme_id)
    places = places_of(programme, programme.mentors.ongoing_on(programme.working_day()))
    rules = Rules.of(programme.school_id)
    rows = [
        [
            *columns.texts_of(columns.MENTORS, entry),
            f"{places[entry.pk].taken} из {places[entry.pk].capacity}",
            "; ".join(entry.hints(rules)),
        ]
        for entry in narrowed(request, programme, places).sorted().prefetch_related("forms")
    ]
    header = [*(c.title for c in columns.MENTORS), "Занято мест", "Подсказки"]
    return base_pages.xlsx("mentors", "База наставников", header, rows)


@require_POST
@allow(Role.CURATOR)
def mentor_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    return base_pages.join(request, BASE, programme_id, list_page)


@require_safe
@allow(*READERS)
def mentor_card(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return base_pages.card(
        request,
        BASE,
        programme_id,
        pk,
        places=lambda entry: places_of(
            entry.programme, entry.programme.mentors.filter(pk=entry.pk)
        )[entry.pk],
        given=lambda entry: entry.programme.given_measures.to(entry.person),
    )


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def mentor_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return base_pages.edit(request, BASE, programme_id, pk)


@require_POST
@allow(Role.CURATOR)
def mentor_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return base_pages.end(request, BASE, programme_id, pk)
