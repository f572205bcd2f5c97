"""The log of a pair's meetings in the browser: done in a minute on a phone. S6.1."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS, READERS
from pairs.meetings import log as deeds
from pairs.meetings.forms import LogForm
from pairs.meetings.models import Meeting
from pairs.meetings.sight import may_write, sees_mood, sees_words, shown
from programmes.access import Role, allow
from programmes.models import Programme
from programmes.refusal import Refusal

WRITERS = (Role.CURATOR, Role.MENTOR, Role.TEACHER)
PAGE = 30


def led(request: HttpRequest, pk: int) -> Pair:
    """The pair, if the user may write in it; with its people."""
    return get_object_or_404(Pair.objects.led_by(request.user).with_people(), pk=pk)


def changed(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, if the user may change it; its pair with its people."""
    meeting = get_object_or_404(Meeting.objects.changed_by(request.user), pk=pk)
    meeting.pair = Pair.objects.with_people().get(pk=meeting.pair_id)
    return meeting


@require_safe
@allow(*READERS, *PARTICIPANTS)
def meeting_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All meetings of a pair, the latest first."""
    pair = get_object_or_404(Pair.objects.visible_to(request.user).with_people(), pk=pk)
    rows = pair.meetings.order_by("-held_on", "-starts_at", "-pk")
    rows = rows.prefetch_related("steps", "absent").select_related("logged_by__person")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "pairs/meetings/list.html",
        {
            "pair": pair,
            "page": page,
            "rows": shown(request.user, pair, page),
            "may_write": may_write(request.user, pair),
            "today": timezone.localdate(),
            "panel": {
                "sees_mood": sees_mood(request.user, pair),
                "sees_words": sees_words(request.user),
                "takes_ics": request.user.is_any(Role.CURATOR, *PARTICIPANTS),
            },
        },
    )


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def meeting_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a meeting that was held; a second click stores nothing twice."""
    pair = led(request, pk)
    meeting = Meeting(pair=pair)
    if request.method == "GET":
        return log_page(request, pair, LogForm(instance=meeting))
    form = LogForm(request.POST, instance=meeting)
    return stored(request, pair, form, None)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned meeting was held, or a held one was written down wrongly."""
    meeting = changed(request, pk)
    pair = meeting.pair
    if request.method == "GET":
        return log_page(request, pair, LogForm(instance=meeting))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=pair.programme_id)
        meeting = changed(request, pk)
        form = LogForm(request.POST, instance=meeting)
        if form.is_valid() and form.is_stale:
            return log_page(request, pair, form, conflict=form.conflict())
        return stored(request, meeting.pair, form, meeting)


def stored(request: HttpRequest, pair: Pair, form: LogForm, meeting: Meeting | None):
    """Do what the form says, or show it again with the reasons."""
    if not form.is_valid():
        return log_page(request, pair, form)
    steps = form.cleaned_data.get("steps", ())
    try:
        if meeting is not None and meeting.is_held:
            done = deeds.correct(meeting, form.values, steps)
        else:
            done = deeds.log(
                pair,
                form.values,
                steps=steps,
                next_on=form.cleaned_data.get("next_on"),
                next_at=form.cleaned_data.get("next_at"),
                by=request.user,
                meeting=meeting,
            )
    except Refusal as refusal:
        return log_page(request, pair, form, refusals=refusal.messages)
    words = f"Встреча {done.meeting.title} записана."
    if done.following:
        words += f" Следующая – {done.following.title}."
    messages.success(request, words)
    for warning in done.warnings:
        messages.warning(request, f"Проверьте время. {warning}")
    return redirect("pair-detail", pair.pk)


def log_page(request, pair, form, *, refusals=(), conflict=()) -> HttpResponse:
    status = 409 if conflict else 422 if form.errors or refusals else 200
    return render(
        request,
        "pairs/meetings/log.html",
        {
            "pair": pair,
            "meeting": form.instance if form.instance.pk else None,
            "form": form,
            "refusals": conflict or refusals,
            "is_opened": any(form[name].errors for name in MORE)
            or bool(form.instance.pk and (form.instance.minutes or form.instance.place)),
        },
        status=status,
    )


MORE = ("starts_at", "minutes", "place", "is_remote")


@require_POST
@allow(*WRITERS)
def meeting_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out. Steps it had ticked lie ahead again."""
    meeting = changed(request, pk)
    title, pair_id = meeting.title, meeting.pair_id
    try:
        deeds.remove(meeting)
    except Refusal as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"Запись о встрече {title} удалена.")
    return redirect("pair-detail", pair_id)
