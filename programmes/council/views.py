"""The pedagogical council in the browser."""

import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from programmes.access import Role, allow
from programmes.correcting import GOES_ON
from programmes.council.forms import DutyForm, IncludeForm, MembershipDatesForm
from programmes.council.models import Duty, council_on
from programmes.models import CouncilMember, Person, Programme, School
from programmes.numbers import whole_numbers
from programmes.programme.forms import EndForm, teachers_of
from programmes.refusal import Refusal

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


def day_of(text: str) -> datetime.date:
    """The day that an address asks for; today when it names none."""
    try:
        return parse_date(text) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def usual_start(school: School) -> datetime.date:
    """When somebody usually enters the council: on 1 September of the current programme's year.

    On the programme's first day where that is earlier; never later than today.
    """
    today = timezone.localdate()
    programme = Programme.objects.filter(school=school).current()
    began = programme.started_on if programme else today
    first_of_september = datetime.date(began.year - (began.month < 7), 9, 1)
    return min(first_of_september, began, today)


@require_safe
@allow(*KEEPERS)
def council(request: HttpRequest) -> HttpResponse:
    return council_page(request, day_of(request.GET.get("on", "")))


def council_page(
    request: HttpRequest, day: datetime.date, *, form=None, chosen=(), refusals=(), status=200
) -> HttpResponse:
    school = request.user.school
    periods = school.council.select_related("person")
    members = council_on(school, day)
    coming = periods.filter(started_on__gt=day).order_by("started_on", "person__sort_key")
    past = periods.filter(ended_on__lt=day).order_by("-ended_on", "person__sort_key", "pk")
    open_now = school.council.filter(ended_on__isnull=True).values("person_id")
    return render(
        request,
        "programmes/council/council.html",
        {
            "day": day,
            "members": members,
            "duties": {member.duty: member.person for member in members},
            "coming": coming,
            "past": past,
            "is_empty": not school.council.exists(),
            "teachers": teachers_of(school).exclude(pk__in=open_now),
            "chosen": chosen,
            "form": form or IncludeForm(initial={"started_on": usual_start(school)}),
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def council_add(request: HttpRequest) -> HttpResponse:
    """Include chosen teachers from a day; those already there are told, not doubled."""
    chosen = whole_numbers(request.POST.getlist("people"))
    people = teachers_of(request.user.school).filter(pk__in=chosen)
    if not people:
        return refuse(request, chosen, "Отметьте хотя бы одного человека.")
    return include(request, people, chosen)


@require_POST
@allow(*KEEPERS)
def council_add_all(request: HttpRequest) -> HttpResponse:
    """Include every teacher of the school from a day."""
    people = teachers_of(request.user.school)
    if not people:
        return refuse(request, (), "В списке людей пока нет педагогических работников.")
    return include(request, people, ())


def refuse(request: HttpRequest, chosen, *words: str, form=None) -> HttpResponse:
    form = form or IncludeForm(request.POST)
    return council_page(
        request, timezone.localdate(), form=form, chosen=chosen, refusals=words, status=422
    )


def include(request: HttpRequest, people, chosen) -> HttpResponse:
    form = IncludeForm(request.POST)
    if not form.is_valid():
        return refuse(request, chosen, form=form)
    day = form.cleaned_data["started_on"]
    added = len(CouncilMember.include(request.user.school, people, day))
    there = len(people) - added
    words = f"Включено в совет с {day:%d.%m.%Y}: {added}"
    words += f", уже были в нём: {there}." if there else "."
    periods = request.user.school.council.filter(person__in=people, ended_on__isnull=True)
    if later := periods.filter(started_on__gt=day).count():
        words += f" С более позднего дня: {later}. Откройте запись человека и исправьте дату."
    messages.success(request, words)
    return redirect("council")


def member_of(request: HttpRequest, pk: int) -> CouncilMember:
    members = CouncilMember.objects.filter(school=request.user.school)
    return get_object_or_404(members.select_related("person", "school"), pk=pk)


@require_safe
@allow(*KEEPERS)
def council_member(request: HttpRequest, pk: int) -> HttpResponse:
    return member_page(request, member_of(request, pk))


def member_page(
    request: HttpRequest,
    member,
    *,
    duty_form=None,
    end_form=None,
    dates_form=None,
    refusals=(),
    status=200,
) -> HttpResponse:
    today = timezone.localdate()
    person: Person = member.person
    periods = member.school.council.filter(person=person)
    held = member.school.council.filter(ended_on__isnull=True).exclude(duty=Duty.MEMBER)
    appoint_from = today if held.count() == 2 else min(today, member.started_on)
    return render(
        request,
        "programmes/council/member.html",
        {
            "member": member,
            "periods": periods.order_by("-started_on", "-pk"),
            "duty_form": duty_form
            or DutyForm(initial={"duty": member.duty, "started_on": appoint_from}),
            "holders": held.exclude(person=person).select_related("person").order_by("duty"),
            "dates_form": dates_form or MembershipDatesForm(instance=member, auto_id="dates_%s"),
            "end_form": end_form or EndForm(initial={"ended_on": today}, auto_id="end_%s"),
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def council_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member another duty from a day; the former holder becomes a member."""
    member = member_of(request, pk)
    form = DutyForm(request.POST)
    if not form.is_valid():
        return member_page(request, member, duty_form=form, status=422)
    duty, day = form.cleaned_data["duty"], form.cleaned_data["started_on"]
    try:
        member = member.take(duty, day)
    except Refusal as refusal:
        return member_page(request, member, duty_form=form, refusals=refusal.messages, status=422)
    messages.success(
        request,
        f"{member.person}: {member.get_duty_display()} с {member.started_on:%d.%m.%Y}.",
    )
    return redirect("council")


@require_POST
@allow(*KEEPERS)
def council_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership on its last day; earlier minutes still name the member."""
    member = member_of(request, pk)
    form = EndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return member_page(request, member, end_form=form, status=422)
    try:
        member.leave(form.cleaned_data["ended_on"], form.cleaned_data["reason"])
    except Refusal as refusal:
        return member_page(request, member, end_form=form, refusals=refusal.messages, status=422)
    messages.success(
        request, f"{member.person}: в совете по {member.ended_on:%d.%m.%Y}, история сохранена."
    )
    return redirect("council")


@require_POST
@allow(*KEEPERS)
def council_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right the dates of a membership that were recorded wrongly."""
    shown = member_of(request, pk)
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        School.objects.select_for_update().get(pk=shown.school_id)
        member = member_of(request, pk)
        form = MembershipDatesForm(request.POST, instance=member, auto_id="dates_%s")
        if form.is_valid() and not form.is_stale:
            try:
                member.correct(*form.dates)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, f"Исправлено: {member} {member.dates}.")
                return redirect("council")
    conflict = form.conflict()
    status = 409 if conflict else 422
    return member_page(
        request, shown, dates_form=form, refusals=conflict or refusals, status=status
    )


@require_POST
@allow(*KEEPERS)
def council_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out a membership recorded by mistake; registered papers and the history keep it."""
    member = member_of(request, pk)
    before = member.before()
    member.delete()
    messages.success(request, f"Запись удалена: {member} {member.dates}.")
    if before is None:
        return redirect("council")
    messages.info(request, f"Прежняя запись осталась: {before} {before.dates}. {GOES_ON}")
    return redirect("council-member", before.pk)
