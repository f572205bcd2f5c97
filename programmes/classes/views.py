"""Class teachers, and what one of them sees: the own class."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.applications.models import Application
from programmes.applications.proposal_views import propose
from programmes.classes.forms import ClassTeacherForm
from programmes.classes.models import ClassTeacher, class_name, classes_of
from programmes.mentees.models import Channel
from programmes.models import Programme
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal

KEEPERS = (Role.ADMINISTRATOR, Role.CURATOR)


@require_safe
@allow(*KEEPERS)
def class_list(request: HttpRequest) -> HttpResponse:
    return classes_page(request)


def classes_page(request: HttpRequest, *, form=None, refusals=(), status=200) -> HttpResponse:
    school = request.user.school
    teachers = ClassTeacher.objects.filter(school=school).select_related("person")
    today = timezone.localdate()
    now = list(teachers.ongoing_on(today))
    led = {(one.grade, one.letter) for one in now}
    free = [class_name(*one) for one in classes_of(school.pk) if one not in led]
    return render(
        request,
        "programmes/classes/list.html",
        {
            "teachers": now,
            "later": teachers.filter(started_on__gt=today),
            "past": teachers.filter(ended_on__lt=today).order_by("-ended_on", "grade", "letter"),
            "free": free,
            "form": form or ClassTeacherForm(school=school, initial={"started_on": today}),
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def class_teacher_add(request: HttpRequest) -> HttpResponse:
    school = request.user.school
    form = ClassTeacherForm(request.POST, school=school)
    if not form.is_valid():
        return classes_page(request, form=form, status=422)
    data = form.cleaned_data
    try:
        teacher = ClassTeacher.appoint(
            school, data["person"], *data["class_name"], data["started_on"]
        )
    except Refusal as refusal:
        return classes_page(request, form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"{teacher} {teacher.dates}.")
    return redirect("class-list")


def teacher_of(request: HttpRequest, pk: int) -> ClassTeacher:
    teachers = ClassTeacher.objects.filter(school_id=request.user.school_id)
    return get_object_or_404(teachers.select_related("person"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def class_teacher_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the leading of a class on its last day; what was proposed stays."""
    teacher = teacher_of(request, pk)
    form = EndForm(
        request.POST if request.method == "POST" else None,
        initial={"ended_on": timezone.localdate()},
    )
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            teacher.leave(form.cleaned_data["ended_on"], form.cleaned_data["reason"])
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"{teacher}: по {teacher.ended_on:%d.%m.%Y}.")
            return redirect("class-list")
    return render(
        request,
        "programmes/classes/teacher.html",
        {"teacher": teacher, "form": form, "refusals": refusals},
        status=422 if form.errors or refusals else 200,
    )


@require_POST
@allow(*KEEPERS)
def class_teacher_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a record that should not have been; its history stays."""
    teacher = teacher_of(request, pk)
    teacher.delete()
    messages.success(request, f"{teacher}: запись удалена.")
    return redirect("class-list")


@require_safe
@allow(Role.TEACHER)
def my_class(request: HttpRequest) -> HttpResponse:
    """The pupils of the classes that the user leads, with what has been proposed for them."""
    classes = list(ClassTeacher.objects.of(request.user))
    pupils = list(ClassTeacher.objects.of(request.user).pupils())
    programme = Programme.objects.visible_to(request.user).current()
    proposed: dict[int, list[Application]] = {}
    if programme is not None:
        own = programme.applications.filter(person__in=[p.pk for p in pupils])
        for application in own.filter(submitted_by=request.user).order_by("created_at", "pk"):
            proposed.setdefault(application.person_id, []).append(application)
    return render(
        request,
        "programmes/classes/my.html",
        {
            "classes": classes,
            "rows": [(pupil, proposed.get(pupil.pk, [])) for pupil in pupils],
            "programme": programme,
        },
    )


@require_http_methods(["GET", "POST"])
@allow(Role.TEACHER)
def my_class_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a pupil of the own class; a pupil of another class is nobody here."""
    pupil = get_object_or_404(ClassTeacher.objects.of(request.user).pupils(), pk=pk)
    programme = Programme.objects.visible_to(request.user).current()
    if programme is None:
        return redirect("my-class")
    return propose(request, programme, pupil, (Channel.CLASS_TEACHER,), then=("my-class",))
