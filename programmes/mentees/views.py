"""The mentee base of a programme in the browser."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import base_pages, bases
from programmes.access import Role, allow
from programmes.base_import import columns
from programmes.base_pages import Base, Narrowed
from programmes.mentees.forms import MenteeForm
from programmes.mentees.models import Channel
from programmes.models import Mentee, Programme, Rules

READERS = (Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
BASE = Base("mentee", "База наставляемых", "mentees", "menteeships", Mentee, MenteeForm, READERS)
PAIR_FILTER = [("no", "без пары"), ("yes", "в паре или черновике")]


@require_safe
@allow(*READERS)
def mentee_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, bases.programme_of(request, programme_id))


def narrowed(request: HttpRequest, programme: Programme) -> Narrowed:
    """The base of the day as the address narrows it."""
    entries = programme.mentees.ongoing_on(programme.working_day())
    paired = live_places(programme).values("mentees__person_id")
    doubtful = entries.with_hints().values_list("pk", flat=True)
    return (
        Narrowed(request, programme, entries)
        .choice(
            "pair",
            "Пара",
            PAIR_FILTER,
            lambda value: Q(person__in=paired) if value == "yes" else ~Q(person__in=paired),
        )
        .choice("channel", "Откуда", Channel.choices, lambda value: Q(channel=value))
        # Dates are slow to take apart in SQLite: asked once, not for the count and the page.
        .choice("hint", "Подсказка", [("yes", "есть")], lambda value: Q(pk__in=list(doubtful)))
    )


def list_page(
    request: HttpRequest, programme: Programme, *, form=None, chosen=(), refusals=(), status=200
) -> HttpResponse:
    """The base as filtered; with people ``chosen`` to be added when that has not succeeded."""
    entries = programme.mentees.ongoing_on(programme.working_day())
    paired = live_places(programme).values("mentees__person_id")
    shown = narrowed(request, programme)
    page = bases.page_of(shown.sorted(), request.GET.get("page"))
    context = base_pages.list_context(
        request, BASE, programme, entries, form=form, chosen=chosen, refusals=refusals
    )
    pairs = pairs_of(programme, [entry.person_id for entry in page])
    return render(
        request,
        "programmes/mentees/list.html",
        context
        | shown.context
        | {
            "page": page,
            "rows": [
                (entry, entry.hints(context["rules"]), pairs.get(entry.person_id)) for entry in page
            ],
            "found": page.paginator.count,
            "total": entries.count(),
            "free": entries.exclude(person__in=paired).count(),
        },
        status=status,
    )


def live_places(programme: Programme):
    """Pairs and drafts joined with those who are led in them now."""
    return programme.pairs.exclude(state="ended").filter(
        mentees__isnull=False, mentees__ended_on__isnull=True
    )


def pairs_of(programme: Programme, people: list[int]) -> dict[int, tuple[int, str]]:
    """The pair or draft of each mentee: person id → (id of the pair, its state)."""
    rows = programme.pairs.exclude(state="ended").filter(
        mentees__ended_on__isnull=True, mentees__person__in=people
    )
    return {
        person: (pair, state)
        for person, pair, state in rows.values_list("mentees__person_id", "pk", "state")
    }


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def mentee_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What the list shows, in the columns of the import, with pairs and hints beside them."""
    programme = bases.programme_of(request, programme_id)
    entries = list(narrowed(request, programme).sorted().prefetch_related("forms"))
    pairs = pairs_of(programme, [entry.person_id for entry in entries])
    words = {"draft": "черновик", "confirmed": "есть"}
    rules = Rules.of(programme.school_id)
    rows = [
        [
            *columns.texts_of(columns.MENTEES, entry),
            words.get(pairs.get(entry.person_id, (0, ""))[1], "нет"),
            "; ".join(entry.hints(rules)),
        ]
        for entry in entries
    ]
    header = [*(c.title for c in columns.MENTEES), "Пара", "Подсказки"]
    return base_pages.xlsx("mentees", "База наставляемых", header, rows)


@require_POST
@allow(Role.CURATOR)
def mentee_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    return base_pages.join(request, BASE, programme_id, list_page)


@require_safe
@allow(*READERS)
def mentee_card(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return base_pages.card(request, BASE, programme_id, pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def mentee_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return base_pages.edit(request, BASE, programme_id, pk)


@require_POST
@allow(Role.CURATOR)
def mentee_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return base_pages.end(request, BASE, programme_id, pk)
