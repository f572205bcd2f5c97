"""Courses of a programme in the browser."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Course, Enrolment, Programme
from programmes.refusal import Refusal
from programmes.training import courses as deeds
from programmes.training.forms import CourseForm, DayForm, EnrolForm, RevokeForm

READERS = (Role.CURATOR, Role.DIRECTOR)


@require_safe
@allow(*READERS)
def training(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    rows = programme.courses.annotate(
        learners=Count("enrolments", distinct=True),
        passed=Count("enrolments", filter=Q(enrolments__result="passed"), distinct=True),
        held=Count("sessions", distinct=True),
        certificates=Count(
            "enrolments__certificates",
            filter=Q(enrolments__certificates__revoked_on__isnull=True),
            distinct=True,
        ),
    )
    return render(
        request,
        "programmes/training/list.html",
        {
            "programme": programme,
            "courses": rows,
            "has_ready": any(row.title == deeds.READY_TITLE for row in rows),
            "may_change": request.user.is_any(Role.CURATOR),
        },
    )


@require_POST
@allow(Role.CURATOR)
def course_ready(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The school's own course with its topics; a second click opens the same one."""
    programme = programme_of(request, programme_id)
    course = deeds.take_ready(programme)
    messages.success(request, f"Курс {course}: проверьте сроки и внесите занятия.")
    return redirect("course", programme.pk, course.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def course_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    course = Course(programme=programme)
    back = reverse("training", args=[programme.pk])
    if request.method == "GET":
        return form_page(request, CourseForm(instance=course), "Новый курс", back, "Обучение")
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        form = CourseForm(request.POST, instance=course)
        if form.is_valid():
            form.save()
            messages.success(request, "Курс создан. Дальше – занятия и слушатели.")
            return redirect("course", programme.pk, course.pk)
    return form_page(request, form, "Новый курс", back, "Обучение")


def form_page(request, form, title, back_url, back_title, *, refusals=(), button="Сохранить"):
    conflict = form.conflict() if getattr(form, "instance", None) and form.instance.pk else ()
    status = 409 if conflict else 422 if form.errors or refusals else 200
    return render(
        request,
        "components/form_page.html",
        {
            "title": title,
            "form": form,
            "back_url": back_url,
            "back_title": back_title,
            "refusals": conflict or refusals,
            "button": button,
        },
        status=status,
    )


def course_of(request: HttpRequest, programme_id: int, pk: int) -> Course:
    programme = programme_of(request, programme_id)
    return get_object_or_404(programme.courses.select_related("programme__school"), pk=pk)


def course_url(course: Course) -> str:
    return reverse("course", args=[course.programme_id, course.pk])


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def course_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    course = course_of(request, programme_id, pk)
    where = (course_url(course), course.title)
    if request.method == "GET":
        return form_page(request, CourseForm(instance=course), "Курс", *where)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=course.programme_id)
        form = CourseForm(request.POST, instance=course_of(request, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Курс сохранён.")
            return redirect(where[0])
    return form_page(request, form, "Курс", *where)


@require_safe
@allow(*READERS)
def course(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return course_page(request, course_of(request, programme_id, pk))


def course_page(request, course: Course, *, form=None, refusals=(), chosen=(), status=200):
    """Sessions, the matrix of attendance, results and certificates."""
    sessions = list(course.sessions.select_related("leader"))
    rows = [row_of(enrolment, course, sessions) for enrolment in enrolments_of(course)]
    enrol_form = form if isinstance(form, EnrolForm) else EnrolForm(course=course)
    return render(
        request,
        "programmes/training/course.html",
        {
            "programme": course.programme,
            "course": course,
            "sessions": sessions,
            "rows": rows,
            "topics": course.topics,
            "enrol_form": enrol_form,
            "may_enrol": enrol_form.fields["people"].queryset.exists(),
            "settle_form": form if form and "day" in form.fields else DayForm(),
            "revoke_form": RevokeForm(auto_id=False),
            "form": form,
            "chosen": set(chosen),
            "refusals": refusals,
            "has_passed": any(row["enrolment"].result == "passed" for row in rows),
            "has_certificates": any(row["certificate"] for row in rows),
            "may_change": request.user.is_any(Role.CURATOR),
        },
        status=status,
    )


def enrolments_of(course: Course):
    rows = course.enrolments.select_related("person").prefetch_related("attended", "certificates")
    return rows.order_by("person__sort_key", "pk")


def row_of(enrolment: Enrolment, course: Course, sessions: list) -> dict:
    there = {session.pk for session in enrolment.attended.all()}
    percent = deeds.percent_of(len(there), len(sessions))
    valid = next((c for c in enrolment.certificates.all() if c.is_valid), None)
    return {
        "enrolment": enrolment,
        "marks": [
            "да" if session.pk in there else "нет" if session.is_marked else ""
            for session in sessions
        ],
        "percent": percent,
        "is_enough": percent >= course.minimum_percent,
        "certificate": valid,
        "revoked": [c for c in enrolment.certificates.all() if not c.is_valid],
    }


@require_POST
@allow(Role.CURATOR)
def enrol(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Put ticked selected mentors on the course."""
    course = course_of(request, programme_id, pk)
    form = EnrolForm(request.POST, course=course)
    if not form.is_valid():
        return course_page(request, course, form=form, status=422)
    try:
        added = deeds.enrol(course, form.cleaned_data["people"])
    except Refusal as refusal:
        return course_page(request, course, form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"Записано на курс: {added}.")
    return redirect(course_url(course))


@require_safe
@allow(Role.MENTOR)
def my_training(request: HttpRequest) -> HttpResponse:
    """A mentor's own courses, dates and certificates."""
    rows = Enrolment.objects.none()
    if request.user.person_id:
        rows = Enrolment.objects.filter(person=request.user.person_id)
    rows = rows.select_related("course", "person").order_by("-course__started_on", "-pk")
    rows = rows.prefetch_related("attended", "certificates", "course__sessions__leader")
    parts = []
    for enrolment in rows:
        sessions = list(enrolment.course.sessions.all())
        parts.append(row_of(enrolment, enrolment.course, sessions) | {"sessions": sessions})
    for part in parts:
        part["sessions"] = list(zip(part["sessions"], part["marks"], strict=True))
    return render(request, "programmes/training/my.html", {"parts": parts})
