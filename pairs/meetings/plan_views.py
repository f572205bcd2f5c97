"""Meetings that lie ahead in the browser: plan, move, miss, call off, take to a calendar. S6.1."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pairs.calendar import ics
from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS
from pairs.meetings import log, planning
from pairs.meetings.forms import CallOffForm, MissedForm, MoveForm, PlanForm
from pairs.meetings.models import Meeting
from pairs.meetings.views import WRITERS, changed, led
from programmes.access import Role, allow
from programmes.models import Programme
from programmes.refusal import Refusal


def form_page(request, pair: Pair, form, title, button, *, lead="", refusals=(), conflict=()):
    status = 409 if conflict else 422 if form.errors or refusals else 200
    return render(
        request,
        "components/form_page.html",
        {
            "title": title,
            "lead": lead,
            "form": form,
            "button": button,
            "refusals": conflict or refusals,
            "back_url": reverse("pair-detail", args=[pair.pk]),
            "back_title": str(pair),
        },
        status=status,
    )


def warn(request: HttpRequest, warnings) -> None:
    for warning in warnings:
        messages.warning(request, f"Проверьте время. {warning}")


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def meeting_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting, or a series clear of the school's days off."""
    pair = led(request, pk)
    page = ("Запланировать встречи", "Запланировать")
    if request.method == "GET":
        initial = {"place": pair.place}
        return form_page(request, pair, PlanForm(pair=pair, initial=initial), *page)
    form = PlanForm(request.POST, pair=pair)
    if not form.is_valid():
        return form_page(request, pair, form, *page)
    data = form.cleaned_data
    try:
        done = planning.plan(pair, form.values, until=data["until"], every=data["every"])
    except Refusal as refusal:
        return form_page(request, pair, form, *page, refusals=refusal.messages)
    if len(done.fresh) == 1 and not done.there:
        messages.success(request, f"Встреча {done.fresh[0].title} запланирована.")
    elif done.fresh:
        words = f"Запланировано встреч: {len(done.fresh)}, последняя {done.fresh[-1].title}."
        messages.success(request, words)
    if done.there:
        messages.info(request, f"В эти дни встречи уже были записаны: {done.there}.")
    warn(request, done.warnings)
    return redirect("pair-detail", pair.pk)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def meeting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, time or place."""
    meeting = changed(request, pk)
    pair = meeting.pair
    page = ("Перенести встречу", "Перенести")
    if request.method == "GET":
        return form_page(request, pair, MoveForm(instance=meeting), *page)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=pair.programme_id)
        meeting = changed(request, pk)
        form = MoveForm(request.POST, instance=meeting)
        if not form.is_valid():
            return form_page(request, pair, form, *page)
        if form.is_stale:
            return form_page(request, pair, form, *page, conflict=form.conflict())
        try:
            warnings = planning.move(meeting, form.values)
        except Refusal as refusal:
            return form_page(request, pair, form, *page, refusals=refusal.messages)
    messages.success(request, f"Встреча: {meeting.title}.")
    warn(request, warnings)
    return redirect("pair-detail", pair.pk)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def meeting_missed(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did not come, and why."""
    meeting = changed(request, pk)
    pair = meeting.pair
    page = (f"Встреча {meeting.title} не состоялась", "Записать")
    if request.method == "GET":
        initial = {"why": meeting.why, "absent": [p.pk for p in meeting.absent.all()]}
        return form_page(request, pair, MissedForm(meeting=meeting, initial=initial), *page)
    form = MissedForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return form_page(request, pair, form, *page)
    try:
        log.miss(meeting, form.cleaned_data["absent"], form.cleaned_data["why"], request.user)
    except Refusal as refusal:
        return form_page(request, pair, form, *page, refusals=refusal.messages)
    messages.success(request, "Записано. Назначьте новый день, чтобы встреча не потерялась.")
    return redirect("pair-detail", pair.pk)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def meeting_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned meeting will not take place."""
    meeting = changed(request, pk)
    pair = meeting.pair
    page = (f"Отменить встречу {meeting.title}", "Отменить встречу")
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return form_page(request, pair, form, *page)
    try:
        planning.call_off(meeting, form.cleaned_data["why"])
    except Refusal as refusal:
        return form_page(request, pair, form, *page, refusals=refusal.messages)
    messages.success(request, f"Встреча {meeting.title} отменена.")
    return redirect("pair-detail", pair.pk)


@require_safe
@allow(Role.CURATOR, *PARTICIPANTS)
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a file for the calendar of a telephone."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    meeting.pair = Pair.objects.with_people().get(pk=meeting.pair_id)
    return ics.answer(ics.calendar([ics.of_meeting(meeting)]), f"vstrecha-{meeting.held_on}")
