"""Results and certificates of a course in the browser."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Certificate, Enrolment
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal
from programmes.training import certifying
from programmes.training import courses as deeds
from programmes.training.forms import DayForm, OutsideResultForm, RevokeForm
from programmes.training.views import course_of, course_page, course_url, form_page


@require_POST
@allow(Role.CURATOR)
def settle(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Results of everybody on an own course, from attendance."""
    course = course_of(request, programme_id, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return course_page(request, course, form=form, status=422)
    try:
        passed, failed = deeds.settle(course, form.cleaned_data["day"])
    except Refusal as refusal:
        return course_page(request, course, form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"Итоги подведены: прошли {passed}, не прошли {failed}.")
    return redirect(course_url(course))


@require_POST
@allow(Role.CURATOR)
def certificates(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Certificates for the ticked, or for all who have passed when nobody is ticked."""
    course = course_of(request, programme_id, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return course_page(request, course, form=form, status=422)
    chosen = whole_numbers(request.POST.getlist("enrolments"))
    rows = (
        course.enrolments.filter(pk__in=chosen)
        if chosen
        else course.enrolments.filter(result="passed")
    )
    rows = list(rows)
    try:
        if not rows:
            raise Refusal("Курс пока никто не прошёл: отметьте посещаемость и подведите итоги.")
        issued = certifying.issue(course, rows, form.cleaned_data["day"], request.user)
    except Refusal as refusal:
        return course_page(
            request, course, form=form, refusals=refusal.messages, chosen=chosen, status=422
        )
    refused = tuple(f"Сертификат не выдан. {words}" for words in issued.refused)
    if refused and not issued.fresh and not issued.there:
        return course_page(request, course, form=form, refusals=refused, chosen=chosen, status=422)
    for words in refused:
        messages.warning(request, words)
    words = f"Выдано сертификатов: {len(issued.fresh)}."
    messages.success(request, words + (f" Были уже: {issued.there}." if issued.there else ""))
    return redirect(course_url(course))


def enrolment_of(request: HttpRequest, programme_id: int, pk: int) -> Enrolment:
    programme = programme_of(request, programme_id)
    rows = Enrolment.objects.filter(course__programme=programme)
    return get_object_or_404(rows.select_related("person", "course__programme__school"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def outside_result(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """What the outside organisation's certificate says of one mentor."""
    enrolment = enrolment_of(request, programme_id, pk)
    where = (course_url(enrolment.course), enrolment.course.title)
    title = f"{enrolment.person}: результат"
    if request.method == "GET":
        form = OutsideResultForm(instance=enrolment)
        # A proposal, not what is stored: the form's version must not know of it.
        form.initial["hours"] = enrolment.hours or enrolment.course.hours
        return form_page(request, form, title, *where)
    form = OutsideResultForm(request.POST, instance=enrolment)
    refusals: tuple[str, ...] = ()
    if form.is_valid() and not form.is_stale:
        try:
            deeds.settle_outside(enrolment_of(request, programme_id, pk), **form.cleaned_values)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"{enrolment.person}: результат сохранён.")
            return redirect(where[0])
    return form_page(request, form, title, *where, refusals=refusals)


@require_POST
@allow(Role.CURATOR)
def strike(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    enrolment = enrolment_of(request, programme_id, pk)
    try:
        deeds.strike(enrolment)
    except Refusal as refusal:
        return course_page(request, enrolment.course, refusals=refusal.messages, status=422)
    messages.success(request, f"{enrolment.person}: запись с курса снята.")
    return redirect(course_url(enrolment.course))


@require_POST
@allow(Role.CURATOR)
def revoke(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Declare a certificate invalid; the public page says so from then on."""
    programme = programme_of(request, programme_id)
    rows = Certificate.objects.filter(enrolment__course__programme=programme)
    rows = rows.select_related("enrolment__course__programme__school")
    certificate = get_object_or_404(rows, pk=pk)
    course = certificate.enrolment.course
    form = RevokeForm(request.POST)
    if not form.is_valid():
        words = tuple(f"Аннулировать: {e}" for errors in form.errors.values() for e in errors)
        return course_page(request, course, refusals=words, status=422)
    try:
        certifying.revoke(certificate, form.cleaned_data["reason"], form.cleaned_data["day"])
    except Refusal as refusal:
        return course_page(request, course, refusals=refusal.messages, status=422)
    messages.success(request, f"{certificate} аннулирован.")
    return redirect(course_url(course))
