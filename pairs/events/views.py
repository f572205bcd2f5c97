"""Events for forming pairs in the curator's browser (S5.1)."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.events import inviting, preferring
from pairs.events.forms import EventForm, InviteForm, PreferenceForm
from pairs.events.models import Event, Invitation, Side
from programmes.access import Role, allow
from programmes.base_pages import xlsx
from programmes.bases import programme_of
from programmes.numbers import whole_number, whole_numbers
from programmes.refusal import Refusal


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def event_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    rows = programme.events.annotate(
        invited=Count("invitations"),
        came=Count("invitations", filter=Q(invitations__attended=True)),
        filled=Count("invitations", filter=Q(invitations__filled_at__isnull=False)),
    )
    context = {
        "programme": programme,
        "events": [row for row in rows if row.removed_at is None],
        "removed": [row for row in rows if row.removed_at is not None],
        "may_edit": request.user.is_any(Role.CURATOR),
        "today": timezone.localdate(),
    }
    return render(request, "pairs/events/list.html", context)


def event_of(request: HttpRequest, pk: int) -> Event:
    rows = Event.objects.managed_by(request.user).select_related("programme")
    return get_object_or_404(rows, pk=pk)


def form_page(request, form, title, button, back_url, back_title) -> HttpResponse:
    refusals = form.conflict() if getattr(form, "instance", None) and form.instance.pk else ()
    context = {
        "title": title,
        "form": form,
        "button": button,
        "back_url": back_url,
        "back_title": back_title,
        "refusals": refusals,
    }
    status = 409 if refusals else 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def event_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    data = request.POST if request.method == "POST" else None
    form = EventForm(data, programme=programme)
    if request.method == "POST" and form.is_valid():
        event = form.save()
        messages.success(request, "Встреча назначена. Теперь пригласите участников.")
        return redirect("event-invite", event.pk)
    back = reverse("event-list", args=[programme.pk])
    return form_page(request, form, "Новая встреча", "Назначить встречу", back, "Встречи")


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    back = reverse("event", args=[pk])
    if request.method == "GET":
        form = EventForm(instance=event, programme=event.programme)
        return form_page(request, form, "Встреча", "Сохранить", back, event.title)
    with transaction.atomic():
        event = inviting.locked(event)
        form = EventForm(request.POST, instance=event, programme=event.programme)
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Сохранено.")
            return redirect("event", pk)
    return form_page(request, form, "Встреча", "Сохранить", back, event.title)


@require_safe
@allow(Role.CURATOR)
def event(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, event_of(request, pk))


def page(request, event: Event, *, refusals=(), link=None, status=200) -> HttpResponse:
    """The event with those invited; ``link`` is (invitation, address) of a link just made."""
    rows = list(event.invitations.select_related("person"))
    sides = [(side, [row for row in rows if row.side == side]) for side in Side]
    filled = sum(row.filled_at is not None for row in rows)
    today = timezone.localdate()
    context = {
        "event": event,
        "programme": event.programme,
        "sides": sides,
        "rates": [(s.label, sum(r.filled_at is not None for r in of), len(of)) for s, of in sides],
        "total": len(rows),
        "filled": filled,
        "is_past": event.held_on <= today,
        "is_open": event.preferences_until >= today and event.removed_at is None,
        "not_chosen": preferring.not_chosen(event) if filled else [],
        "refusals": refusals,
        "link": link,
    }
    return render(request, "pairs/events/event.html", context, status=status)


def attempt(request, event: Event, deed, done: str) -> HttpResponse:
    try:
        deed()
    except Refusal as refusal:
        return page(request, event_of(request, event.pk), refusals=refusal.messages, status=422)
    messages.success(request, done)
    return redirect("event", event.pk)


@require_POST
@allow(Role.CURATOR)
def event_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the event out, or put it back with ``to=back``."""
    event = event_of(request, pk)
    if request.POST.get("to") == "back":
        return attempt(request, event, lambda: inviting.put_back(event), "Встреча возвращена.")
    inviting.remove(event)
    messages.success(request, "Встреча удалена, личные ссылки отозваны. Вернуть можно в списке.")
    return redirect("event-list", event.programme_id)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def event_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick people of both bases; those invited already are not offered."""
    event = event_of(request, pk)
    there = set(event.invitations.values_list("side", "person_id"))
    free = {
        side: [p for p in inviting.people_of(event, side) if (side, p.pk) not in there]
        for side in (Side.MENTOR, Side.MENTEE)
    }
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, mentors=free[Side.MENTOR], mentees=free[Side.MENTEE])
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            number = inviting.invite(
                event, form.cleaned_data["mentors"], form.cleaned_data["mentees"]
            )
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Приглашено: {number}.")
            return redirect("event", pk)
    context = {"event": event, "form": form, "refusals": refusals, "free": free}
    status = 422 if form.errors or refusals else 200
    return render(request, "pairs/events/invite.html", context, status=status)


def invitation_of(request: HttpRequest, pk: int) -> Invitation:
    rows = Invitation.objects.filter(event__in=Event.objects.managed_by(request.user))
    return get_object_or_404(rows.select_related("event__programme", "person"), pk=pk)


@require_POST
@allow(Role.CURATOR)
def invitation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = invitation_of(request, pk)
    return attempt(request, row.event, lambda: inviting.uninvite(row), "Приглашение отозвано.")


@require_POST
@allow(Role.CURATOR)
def invitation_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new personal link, shown once to be copied; the one before ends."""
    row = invitation_of(request, pk)
    try:
        (_, token), *_ = inviting.issue_links(row.event, [row])
    except Refusal as refusal:
        return page(request, row.event, refusals=refusal.messages, status=422)
    address = request.build_absolute_uri(reverse("choose-open", args=[token]))
    return page(request, row.event, link=(row, address))


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def event_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    rows = list(event.invitations.select_related("person"))
    refusals: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            number = inviting.mark(event, set(whole_numbers(request.POST.getlist("present"))))
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Посещаемость сохранена: пришли {number} из {len(rows)}.")
            return redirect("event", pk)
    context = {
        "event": event,
        "sides": [(side, [row for row in rows if row.side == side]) for side in Side],
        "refusals": refusals,
    }
    status = 422 if refusals else 200
    return render(request, "pairs/events/attendance.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def event_typing(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in the sheets one after another: the next person comes by itself."""
    event = event_of(request, pk)
    rows = list(event.invitations.select_related("person", "event__programme"))
    asked = whole_number(request.GET.get("who", ""))
    waiting = [row for row in rows if row.filled_at is None]
    row = next((r for r in rows if r.pk == asked), waiting[0] if waiting else None)
    if row is None:
        messages.info(request, "Все листы введены.")
        return redirect("event", pk)
    data = request.POST if request.method == "POST" else None
    form = PreferenceForm(
        data, people=preferring.offered(row), chosen=preferring.chosen(row), auto_id="id_%s"
    )
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            preferring.choose(row, form.ranked, form.unwanted, Invitation.Way.SHEET)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Лист введён: {row.person}.")
            return redirect("event-typing", pk)
    context = {
        "event": event,
        "invitation": row,
        "form": form,
        "refusals": refusals,
        "rows": rows,
        "left": len(waiting),
    }
    status = 422 if form.errors or refusals else 200
    return render(request, "pairs/events/typing.html", context, status=status)


@require_safe
@allow(Role.CURATOR)
def preference_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Who chose whom, mutual choices first."""
    programme = programme_of(request, programme_id)
    context = {"programme": programme, "choices": preferring.choices(programme)}
    return render(request, "pairs/events/preferences.html", context)


@require_safe
@allow(Role.CURATOR)
def preference_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    header = ["Наставник", "Наставляемый", "Выбор наставника", "Выбор наставляемого", "Взаимно"]
    rows = [
        [
            choice.mentor.full_name,
            choice.mentee.full_name,
            _place(choice.by_mentor),
            _place(choice.by_mentee),
            "да" if choice.is_mutual else "",
        ]
        for choice in preferring.choices(programme)
    ]
    return xlsx("preferences", "Предпочтения", header, rows)


def _place(rank: int | None) -> str:
    return "" if rank is None else str(rank) if rank else "не хотел(а) бы"
