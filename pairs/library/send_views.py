"""Sending materials to pairs and saying that one has read them. S6.3."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS
from pairs.library import sending as deeds
from pairs.library.forms import SendForm
from pairs.library.models import LibraryItem, Reading, Sending
from pairs.library.views import managed
from programmes.access import Role, allow
from programmes.models import Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """A material: to which pairs it went, who has read it, and to whom to send it."""
    one = managed(request, pk)
    if request.method == "GET":
        return item_page(request, one, SendForm())
    form = SendForm(request.POST)
    chosen = whole_numbers(request.POST.getlist("pairs"))
    if not form.is_valid():
        return item_page(request, one, form, chosen=chosen, status=422)
    pairs = Pair.objects.managed_by(request.user).filter(pk__in=chosen)
    try:
        number = deeds.send(one, pairs, form.cleaned_data["note"], request.user)
    except Refusal as refusal:
        return item_page(request, one, form, refusals=refusal.messages, chosen=chosen, status=422)
    if number:
        messages.success(request, f"Отправлено: {one}, пар: {number}.")
    else:
        messages.info(request, "У этих пар материал уже есть.")
    return redirect("library-item", one.pk)


def item_page(request, one: LibraryItem, form, *, refusals=(), chosen=(), status=200):
    programme = Programme.objects.visible_to(request.user).current()
    code = request.GET.get("form", "")
    readings = Prefetch("readings", Reading.objects.select_related("person"))
    sent = list(one.sendings.filter(pair__programme=programme).prefetch_related(readings))
    named = Pair.objects.filter(pk__in=[row.pair_id for row in sent]).with_people()
    pairs = {pair.pk: pair for pair in named}
    for row in sent:
        row.pair = pairs[row.pair_id]
    waiting = Pair.objects.none()
    if programme is not None:
        waiting = programme.pairs.confirmed().exclude(sendings__item=one).with_people()
        if code:
            waiting = waiting.filter(form__code=code)
    return render(
        request,
        "pairs/library/item.html",
        {
            "item": one,
            "sent": sent,
            "waiting": waiting.order_by("pk"),
            "forms": programme.forms.all() if programme else (),
            "code": code,
            "form": form,
            "refusals": refusals,
            "chosen": set(chosen),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def pair_library(request: HttpRequest, pk: int) -> HttpResponse:
    """What fits this pair, to be sent to it."""
    pair = get_object_or_404(Pair.objects.managed_by(request.user).with_people(), pk=pk)
    form = SendForm(request.POST if request.method == "POST" else None)
    refusals: tuple[str, ...] = ()
    chosen = whole_numbers(request.POST.getlist("items"))
    if request.method == "POST" and form.is_valid():
        items = list(LibraryItem.objects.managed_by(request.user).filter(pk__in=chosen))
        try:
            if not items:
                raise Refusal("Отметьте хотя бы один материал.")
            note = form.cleaned_data["note"]
            number = sum(deeds.send(one, [pair], note, request.user) for one in items)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Отправлено материалов: {number}.")
            return redirect("pair-detail", pair.pk)
    context = {
        "pair": pair,
        "items": deeds.recommended(pair),
        "form": form,
        "refusals": refusals,
        "chosen": set(chosen),
    }
    status = 422 if refusals or form.errors else 200
    return render(request, "pairs/library/pair.html", context, status=status)


@require_POST
@allow(*PARTICIPANTS)
def sending_read(request: HttpRequest, pk: int) -> HttpResponse:
    """«Прочитано», said by somebody of the pair; twice is once."""
    person = request.user.person
    mine = Pair.objects.of_participant(person) if person else Pair.objects.none()
    rows = Sending.objects.filter(pair__in=mine.values("pk")).select_related("pair", "item")
    row = get_object_or_404(rows, pk=pk)
    deeds.read(row, person)
    messages.success(request, f"Отмечено: вы прочитали {row.item}.")
    return redirect("pair-detail", row.pair_id)


@require_POST
@allow(Role.CURATOR)
def sending_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent by mistake."""
    mine = Pair.objects.managed_by(request.user).values("pk")
    row = get_object_or_404(
        Sending.objects.filter(pair__in=mine).select_related("pair", "item"), pk=pk
    )
    item_id = row.item_id
    try:
        deeds.take_back(row)
    except Refusal as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "Отправка отменена.")
    return redirect("library-item", item_id)
