"""Sessions of a course and who attended them, in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.careful import digest
from programmes.models import Programme, Session
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal
from programmes.training import courses as deeds
from programmes.training.forms import SessionForm
from programmes.training.views import course_of, course_page, course_url, form_page


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def session_new(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    course = course_of(request, programme_id, pk)
    where = (course_url(course), course.title)
    if course.is_outside:
        words = "Занятия курса другой организации портал не ведёт."
        return course_page(request, course, refusals=(words,), status=422)
    session = Session(course=course)
    if request.method == "GET":
        taken = set(course.sessions.values_list("topic", flat=True))
        session.topic = next((topic for topic in course.topics if topic not in taken), "")
        return form_page(request, SessionForm(instance=session), "Новое занятие", *where)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=course.programme_id)
        form = SessionForm(request.POST, instance=session)
        if form.is_valid():
            form.save()
            deeds.reopen(course)
            messages.success(request, "Занятие добавлено.")
            return redirect(where[0])
    return form_page(request, form, "Новое занятие", *where)


def session_of(request: HttpRequest, programme_id: int, pk: int) -> Session:
    programme = programme_of(request, programme_id)
    rows = Session.objects.filter(course__programme=programme)
    return get_object_or_404(rows.select_related("course__programme__school", "leader"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def session_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    session = session_of(request, programme_id, pk)
    where = (course_url(session.course), session.course.title)
    if request.method == "GET":
        return form_page(request, SessionForm(instance=session), "Занятие", *where)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=session.course.programme_id)
        form = SessionForm(request.POST, instance=session_of(request, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Занятие сохранено.")
            return redirect(where[0])
    return form_page(request, form, "Занятие", *where)


@require_POST
@allow(Role.CURATOR)
def session_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take out a session of which no attendance has been marked."""
    session = session_of(request, programme_id, pk)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=session.course.programme_id)
        session.refresh_from_db()
        if session.is_marked:
            words = "Посещаемость занятия уже отмечена: удалить его нельзя."
            return course_page(request, session.course, refusals=(words,), status=422)
        session.delete()
        deeds.reopen(session.course)
    messages.success(request, f"Занятие удалено: {session.topic}.")
    return redirect(course_url(session.course))


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def attendance(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Who was there: a list of ticks that fits a phone."""
    session = session_of(request, programme_id, pk)
    refusals: tuple[str, ...] = ()
    status = 200
    present = there_at(session)
    version = digest_of(session, present)
    if request.method == "POST":
        typed = set(whole_numbers(request.POST.getlist("present")))
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=session.course.programme_id)
            stored = there_at(session)
            version = digest_of(session, stored)
            if request.POST.get("version") != version and typed != stored:
                status = 409
                refusals = (
                    "Пока страница была открыта, список или отметки изменились. Ваши отметки "
                    "остались: сверьте их и сохраните ещё раз.",
                )
            else:
                try:
                    deeds.mark(session, typed)
                except Refusal as refusal:
                    status, refusals = 422, refusal.messages
                else:
                    messages.success(request, f"Посещаемость отмечена: {session}.")
                    return redirect(course_url(session.course))
        present = typed
    enrolments = session.course.enrolments.select_related("person").order_by("person__sort_key")
    return render(
        request,
        "programmes/training/attendance.html",
        {
            "session": session,
            "course": session.course,
            "enrolments": enrolments,
            "present": present,
            "version": version,
            "is_ahead": session.held_on > timezone.localdate(),
            "back_url": course_url(session.course),
            "refusals": refusals,
        },
        status=status,
    )


def there_at(session: Session) -> set[int]:
    """Ids of the enrolments that are marked as present."""
    return set(session.attendees.values_list("pk", flat=True))


def digest_of(session: Session, present: set[int]) -> str:
    """A sign of who is on the course and who is marked, against lost updates (SEC 14)."""
    enrolled = sorted(session.course.enrolments.values_list("pk", flat=True))
    return digest([enrolled, sorted(present)])
