"""The agreements of a programme: printing, recording what is signed (D10)."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pairs.agreements import signing
from pairs.agreements.models import Agreement
from pairs.formation.models import Pair, PairMentee, PairMentor
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Person, Programme
from programmes.programme.forms import DayField
from programmes.refusal import Refusal
from programmes.text import clean_text

KEEPERS = (Role.CURATOR, Role.DIRECTOR)
PAGE = 50
STATES = (("", "все"), ("unsigned", "не подписаны"), ("signed", "подписаны"))


class SignForm(forms.Form):
    on = DayField(label="Подписаны")


@require_safe
@allow(*KEEPERS)
def agreements(request: HttpRequest, programme_id: int) -> HttpResponse:
    return page_of(request, programme_of(request, programme_id))


def page_of(request, programme: Programme, *, form=None, refusals=(), status=200):
    state, text = request.GET.get("state", ""), request.GET.get("q", "")
    order = request.GET.get("order", "")
    pairs = chosen_pairs(request, programme).with_people().prefetch_related("agreements")
    everything = list(signing.rows_of(pairs))
    counts = {"signed": sum(row.agreement is not None for row in everything)}
    counts |= {"": len(everything), "unsigned": len(everything) - counts["signed"]}
    rows = [
        row
        for row in everything
        if state not in ("signed", "unsigned") or (row.agreement is not None) == (state == "signed")
    ]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    hints = signing.guardians_of(p for row in page for p in (row.mentee, row.mentor))
    ticked = set(request.POST.getlist("rows"))
    lines = [line_of(row, hints, today, request.POST, ticked) for row in page]
    query = {name: value for name, value in (("state", state), ("order", order), ("q", text))
             if value}  # fmt: skip
    return render(
        request,
        "pairs/agreements/list.html",
        {
            "programme": programme,
            "page": page,
            "lines": lines,
            "tabs": [(value, title, counts[value]) for value, title in STATES],
            "state": state,
            "q": text,
            "order": order,
            "orders": orders_of(programme),
            "query": urlencode(query),
            "is_filtered": bool(query),
            "may_change": request.user.is_any(Role.CURATOR),
            "has_unsigned": any(row.agreement is None for row in page),
            "form": form or SignForm(initial={"on": min(today, programme.ended_on)}),
            "refusals": refusals,
        },
        status=status,
    )


def chosen_pairs(request: HttpRequest, programme: Programme):
    """Confirmed pairs by the filters of the address: an order, words."""
    pairs = Pair.objects.visible_to(request.user).filter(programme=programme).confirmed()
    order, text = request.GET.get("order", ""), request.GET.get("q", "")
    if order.isascii() and order.isdigit() and len(order) < 10:
        pairs = pairs.filter(ordered__document=int(order))
    if text.strip():
        people = Person.objects.filter(school_id=programme.school_id).search(text)
        pairs = pairs.filter(
            pk__in=PairMentor.objects.filter(person__in=people).values("pair_id")
        ) | pairs.filter(pk__in=PairMentee.objects.filter(person__in=people).values("pair_id"))
    return pairs.order_by("pk")


def orders_of(programme: Programme):
    """Registered orders on pairs, the latest first, for the filter."""
    orders = programme.documents.filter(kind="D7").registered()
    return orders.order_by("-date", "-pk").only("pk", "number", "date")


def line_of(row: signing.Row, hints: dict[int, str], today, typed, ticked: set[str]) -> dict:
    """A row with what its fields show: typed just now, else the parent of the last consent."""

    def shown(name: str, person: Person) -> dict | None:
        if not signing.needs_guardian(person, today):
            return None
        key = f"{name}-{row.key}"
        return {"name": key, "value": typed.get(key, hints.get(person.pk, "")), "person": person}

    return {
        "row": row,
        "is_ticked": row.key in ticked,
        "guardians": [
            field for field in (shown("mentee", row.mentee), shown("mentor", row.mentor)) if field
        ],
    }


@require_POST
@allow(Role.CURATOR)
def sign(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Record the ticked agreements as signed on a day."""
    programme = programme_of(request, programme_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        return page_of(request, programme, form=form, status=422)
    keys = request.POST.getlist("rows")
    guardians = {
        key: (
            clean_text(request.POST.get(f"mentee-{key}", "")).strip()[:200],
            clean_text(request.POST.get(f"mentor-{key}", "")).strip()[:200],
        )
        for key in keys
    }
    try:
        count = signing.sign(programme, keys, form.cleaned_data["on"], guardians)
    except Refusal as refusal:
        return page_of(request, programme, form=form, refusals=refusal.messages, status=422)
    if count:
        messages.success(request, f"Записано подписанных соглашений: {count}.")
    else:
        messages.info(request, "Эти соглашения уже записаны.")
    query = request.GET.urlencode()
    address = reverse("agreements", args=[programme.pk])
    return redirect(f"{address}?{query}" if query else address)


@require_POST
@allow(Role.CURATOR)
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Agreement.objects.filter(pair__programme__school=request.user.school_id)
    agreement = get_object_or_404(rows.select_related("pair", "mentee"), pk=pk)
    signing.strike(agreement)
    messages.success(request, f"Отметка снята: {agreement.mentee.short_name}.")
    return redirect("agreements", agreement.pair.programme_id)
