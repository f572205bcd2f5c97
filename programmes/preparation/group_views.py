"""The project group of a programme in the browser."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.correcting import GOES_ON
from programmes.models import GroupMember, Programme
from programmes.preparation.forms import (
    DutiesForm,
    JoinGroupForm,
    LeaderForm,
    MembershipDatesForm,
)
from programmes.preparation.models import in_paper_order, move
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


@require_safe
@allow(*KEEPERS)
def project_group(request: HttpRequest, programme_id: int) -> HttpResponse:
    return group_page(request, programme_of(request, programme_id))


def group_page(
    request: HttpRequest, programme: Programme, *, form=None, refusals=(), status=200
) -> HttpResponse:
    today = timezone.localdate()
    here = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    members = list(in_paper_order(programme.group.filter(here)))
    return render(
        request,
        "programmes/preparation/group.html",
        {
            "programme": programme,
            "members": members,
            "movable": [member.pk for member in movable(programme)],
            "has_leader": any(m.is_leader and m.ended_on is None for m in members),
            "past": programme.group.exclude(here)
            .select_related("person")
            .order_by("-ended_on", "person__sort_key", "pk"),
            "form": form
            or JoinGroupForm(
                programme=programme, initial={"started_on": min(today, programme.started_on)}
            ),
            "refusals": refusals,
        },
        status=status,
    )


def movable(programme: Programme):
    """Members whose place on the paper can be changed: the leader always comes first."""
    return in_paper_order(programme.group.filter(ended_on__isnull=True, is_leader=False))


@require_POST
@allow(*KEEPERS)
def group_add(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    form = JoinGroupForm(request.POST, programme=programme)
    if not form.is_valid():
        return group_page(request, programme, form=form, status=422)
    try:
        member = GroupMember.join(programme, **form.cleaned_data)
    except Refusal as refusal:
        return group_page(request, programme, form=form, refusals=refusal.messages, status=422)
    messages.success(request, f"{member}.")
    return redirect("project-group", programme.pk)


def member_of(request: HttpRequest, programme_id: int, pk: int) -> GroupMember:
    programme = programme_of(request, programme_id)
    members = programme.group.select_related("person", "programme")
    return get_object_or_404(members, pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def group_member(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    member = member_of(request, programme_id, pk)
    if request.method == "GET":
        return member_page(request, member)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=member.programme_id)
        form = DutiesForm(request.POST, instance=member_of(request, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, f"{member.person}: обязанности сохранены.")
            return redirect("project-group", programme_id)
    refusals = form.conflict()
    status = 409 if refusals else 422
    return member_page(request, member, form=form, refusals=refusals, status=status)


def member_page(
    request: HttpRequest,
    member: GroupMember,
    *,
    form=None,
    leader_form=None,
    end_form=None,
    dates_form=None,
    refusals=(),
    status=200,
) -> HttpResponse:
    today = timezone.localdate()
    has_leader = member.programme.group.filter(is_leader=True, ended_on__isnull=True).exists()
    lead_from = today if has_leader else min(today, member.started_on)
    return render(
        request,
        "programmes/preparation/member.html",
        {
            "member": member,
            "periods": member.programme.group.filter(person=member.person).order_by(
                "-started_on", "-pk"
            ),
            "form": form or DutiesForm(instance=member),
            "leader_form": leader_form
            or LeaderForm(initial={"started_on": lead_from}, auto_id="leader_%s"),
            "end_form": end_form or EndForm(initial={"ended_on": today}, auto_id="end_%s"),
            "dates_form": dates_form or MembershipDatesForm(instance=member, auto_id="dates_%s"),
            "refusals": refusals,
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def group_leader(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Make a member the leader from a day; the former leader stays in the group."""
    member = member_of(request, programme_id, pk)
    form = LeaderForm(request.POST, auto_id="leader_%s")
    if not form.is_valid():
        return member_page(request, member, leader_form=form, status=422)
    try:
        member = member.lead(form.cleaned_data["started_on"])
    except Refusal as refusal:
        return member_page(request, member, leader_form=form, refusals=refusal.messages, status=422)
    messages.success(
        request, f"{member.person}: руководитель группы с {member.started_on:%d.%m.%Y}."
    )
    return redirect("project-group", programme_id)


@require_POST
@allow(*KEEPERS)
def group_move(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """One place up or down on the paper."""
    member = member_of(request, programme_id, pk)
    move(movable(member.programme), member, up=request.POST.get("to") == "up")
    return redirect("project-group", programme_id)


@require_POST
@allow(*KEEPERS)
def group_end(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """End a membership on its last day; earlier orders still name the member."""
    member = member_of(request, programme_id, pk)
    form = EndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return member_page(request, member, end_form=form, status=422)
    try:
        member.leave(form.cleaned_data["ended_on"], form.cleaned_data["reason"])
    except Refusal as refusal:
        return member_page(request, member, end_form=form, refusals=refusal.messages, status=422)
    messages.success(
        request, f"{member.person}: в группе по {member.ended_on:%d.%m.%Y}, история сохранена."
    )
    return redirect("project-group", programme_id)


@require_POST
@allow(*KEEPERS)
def group_correct(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Put right the dates of a membership that were recorded wrongly."""
    shown = member_of(request, programme_id, pk)
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=shown.programme_id)
        member = member_of(request, programme_id, pk)
        form = MembershipDatesForm(request.POST, instance=member, auto_id="dates_%s")
        if form.is_valid() and not form.is_stale:
            try:
                member.correct(*form.dates)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, f"Исправлено: {member} {member.dates}.")
                return redirect("project-group", programme_id)
    conflict = form.conflict()
    status = 409 if conflict else 422
    return member_page(
        request, shown, dates_form=form, refusals=conflict or refusals, status=status
    )


@require_POST
@allow(*KEEPERS)
def group_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take out a membership recorded by mistake; registered papers and the history keep it."""
    member = member_of(request, programme_id, pk)
    before = member.before()
    member.delete()
    messages.success(request, f"Запись удалена: {member} {member.dates}.")
    if before is None:
        return redirect("project-group", programme_id)
    messages.info(request, f"Прежняя запись осталась: {before} {before.dates}. {GOES_ON}")
    return redirect("group-member", programme_id, before.pk)
