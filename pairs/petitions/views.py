"""Asking for another partner, and the curator's answer (S6.1; Regulation 3.4)."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.events.models import Side
from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS
from pairs.petitions.models import Petition
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Programme
from programmes.school.forms import CleanCharField


class PetitionForm(forms.Form):
    text = CleanCharField(
        label="О чём просите и почему",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Это прочитает только куратор.",
    )


class AnswerForm(forms.Form):
    answer = CleanCharField(
        label="Ответ",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Его увидит тот, кто просил.",
    )


def side_of(pair: Pair, person_id: int | None) -> str | None:
    """As whom somebody is in the pair now; None for those who are not in it."""
    if person_id is None or not pair.is_confirmed:
        return None
    if pair.mentor and pair.mentor.pk == person_id:
        return Side.MENTOR
    return Side.MENTEE if person_id in {p.pk for p in pair.current_mentees} else None


@require_http_methods(["GET", "POST"])
@allow(*PARTICIPANTS)
def petition_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another partner; an open petition is not doubled."""
    pair = get_object_or_404(Pair.objects.visible_to(request.user).with_people(), pk=pk)
    side = side_of(pair, request.user.person_id)
    if side is None:
        raise Http404
    form = PetitionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=pair.programme_id)
            own = pair.petitions.filter(author=request.user.person_id, state="new").first()
            petition = own or Petition(
                pair=pair, author=request.user.person, side=side, made_on=timezone.localdate()
            )
            if petition.text != form.cleaned_data["text"]:
                petition.text = form.cleaned_data["text"]
                petition.save()
        messages.success(request, "Просьба передана куратору. Её видит только он.")
        return redirect("pair-detail", pair.pk)
    context = {
        "title": "Просьба о замене",
        "lead": "Если работать вместе не получается, напишите куратору. Другая сторона пары, "
        "директор и учителя эту просьбу не увидят.",
        "form": form,
        "button": "Передать куратору",
        "back_url": reverse("pair-detail", args=[pair.pk]),
        "back_title": "Пара",
    }
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@require_safe
@allow(Role.CURATOR)
def petition_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, programme_of(request, programme_id))


def list_page(request, programme: Programme, *, tried=None, form=None, status=200):
    rows = Petition.objects.visible_to(request.user).filter(pair__programme=programme)
    rows = rows.select_related("author", "pair__programme").prefetch_related(
        "pair__mentors__person", "pair__mentees__person"
    )
    context = {
        "programme": programme,
        "new": [
            (row, form if row.pk == tried else AnswerForm(auto_id=f"p{row.pk}_%s"))
            for row in rows
            if row.is_new
        ],
        "decided": [row for row in rows if not row.is_new],
        "form": form,
    }
    return render(request, "pairs/petitions/list.html", context, status=status)


@require_POST
@allow(Role.CURATOR)
def petition_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a petition: ``accept`` leads to the pair, where mentor or pair is changed."""
    rows = Petition.objects.visible_to(request.user)
    petition = get_object_or_404(rows.select_related("pair__programme"), pk=pk)
    form = AnswerForm(request.POST, auto_id=f"p{pk}_%s")
    if not form.is_valid():
        return list_page(request, petition.pair.programme, tried=petition.pk, form=form, status=422)
    is_accepted = "accept" in request.POST
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=petition.pair.programme_id)
        petition = Petition.objects.get(pk=pk)
        if petition.is_new:
            state = Petition.State.ACCEPTED if is_accepted else Petition.State.DECLINED
            petition.state, petition.answer = state, form.cleaned_data["answer"]
            petition.decided_on = timezone.localdate()
            petition.save()
            messages.success(request, f"Ответ сохранён: просьба {petition.get_state_display()}.")
        else:
            messages.info(request, f"Просьба уже {petition.get_state_display()}.")
    if petition.state == Petition.State.ACCEPTED:
        messages.info(request, "Теперь смените наставника или завершите пару на этой странице.")
        return redirect("pair-detail", petition.pair_id)
    return redirect("petition-list", petition.pair.programme_id)


@require_POST
@allow(*PARTICIPANTS)
def petition_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The author takes the petition back; a decided one stays as it is."""
    rows = Petition.objects.visible_to(request.user).filter(author=request.user.person_id)
    petition = get_object_or_404(rows.select_related("pair"), pk=pk)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=petition.pair.programme_id)
        petition.refresh_from_db()
        if petition.is_new:
            petition.state = Petition.State.WITHDRAWN
            petition.save()
    messages.success(request, f"Просьба {petition.get_state_display()}.")
    return redirect("pair-detail", petition.pair_id)
