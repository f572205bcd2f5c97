"""Awards of a programme: proposals, decisions, giving (S6.6, S7.3)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.awards import deeds, proposing
from pairs.awards.forms import AwardForm, GivenForm
from pairs.awards.models import Award
from programmes.access import Role, allow
from programmes.base_pages import xlsx
from programmes.bases import programme_of
from programmes.models import Person, Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal

PAGE = 50


def chosen(request: HttpRequest, programme: Programme):
    """The awards that the filter shows."""
    rows = programme.awards.select_related("person", "rule")
    state, text = request.GET.get("state", ""), request.GET.get("q", "")
    if state in Award.State.values:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(person__in=Person.objects.search(text))
    return rows, state, text


def list_page(request, programme, *, refusals=(), ticked=(), form=None, status=200):
    rows, state, text = chosen(request, programme)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may_change = request.user.is_any(Role.CURATOR)
    context = {
        "programme": programme,
        "page": page,
        "state": state,
        "q": text,
        "states": Award.State.choices,
        "is_filtered": bool(state or text),
        "proposals": proposing.proposals(programme),
        "rules": list(programme.award_rules.all()),
        "may_change": may_change,
        "has_waiting": may_change and any(a.state == Award.State.DECIDED for a in page),
        "has_papers": any(award.is_paper for award in page),
        "form": form or GivenForm(initial={"given_on": timezone.localdate()}),
        "refusals": refusals,
        "ticked": set(ticked),
    }
    return render(request, "pairs/awards/list.html", context, status=status)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def award_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, programme_of(request, programme_id))


@require_POST
@allow(Role.CURATOR)
def award_decide(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Decide on the ticked proposals: to give, or with a reason not to."""
    programme = programme_of(request, programme_id)
    keys = request.POST.getlist("proposals")
    why = " ".join(request.POST.get("why", "").split())[:300]
    words = []
    if not keys:
        words.append("Отметьте хотя бы одно предложение.")
    if "decline" in request.POST and not why:
        words.append("Напишите, почему отклоняете.")
    if words:
        return list_page(request, programme, refusals=words, ticked=keys, status=422)
    number = deeds.decide(programme, set(keys), why if "decline" in request.POST else "")
    done = "Отклонено" if "decline" in request.POST else "Решено вручить"
    messages.success(request, f"{done}: {number}.")
    return redirect("award-list", programme.pk)


@require_POST
@allow(Role.CURATOR)
def award_give(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Say that the ticked awards were given."""
    programme = programme_of(request, programme_id)
    ids = whole_numbers(request.POST.getlist("awards"))
    form = GivenForm(request.POST)
    words: tuple[str, ...] = () if ids else ("Отметьте хотя бы одну награду.",)
    if form.is_valid() and not words:
        try:
            number = deeds.hand_over(programme, set(ids), form.cleaned_data["given_on"])
        except Refusal as refusal:
            words = refusal.messages
        else:
            messages.success(request, f"Вручено: {number}.")
            return redirect("award-list", programme.pk)
    return list_page(request, programme, refusals=words, ticked=ids, form=form, status=422)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def award_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """An award by hand."""
    programme = programme_of(request, programme_id)
    form = AwardForm(request.POST or None, programme=programme)
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            deeds.propose(programme, **form.cleaned_data)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, "Решение о награде записано.")
            return redirect("award-list", programme.pk)
    context = {
        "title": "Наградить",
        "form": form,
        "button": "Записать решение",
        "back_url": reverse("award-list", args=[programme.pk]),
        "back_title": "Поощрения",
        "refusals": refusals,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "components/form_page.html", context, status=status)


def award_of(request: HttpRequest, pk: int) -> Award:
    rows = Award.objects.filter(programme__school=request.user.school_id)
    return get_object_or_404(rows.select_related("programme", "person"), pk=pk)


@require_POST
@allow(Role.CURATOR)
def award_remove(request: HttpRequest, pk: int) -> HttpResponse:
    award = award_of(request, pk)
    try:
        deeds.remove(award)
    except Refusal as refusal:
        return list_page(request, award.programme, refusals=refusal.messages, status=422)
    messages.success(request, "Решение убрано.")
    return redirect("award-list", award.programme_id)


@require_POST
@allow(Role.CURATOR)
def award_not_given(request: HttpRequest, pk: int) -> HttpResponse:
    award = award_of(request, pk)
    deeds.not_given(award)
    messages.success(request, "Отмечено: награда ещё не вручена.")
    return redirect("award-list", award.programme_id)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def award_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    rows, _, _ = chosen(request, programme)
    header = ["Кому", "Кто это", "Чем", "За что", "По данным", "Состояние", "Вручено", "Причина"]
    cells = [
        [
            award.person.full_name,
            award.person.description,
            award.get_kind_display(),
            award.reason,
            award.facts,
            award.get_state_display(),
            f"{award.given_on:%d.%m.%Y}" if award.given_on else "",
            award.why,
        ]
        for award in rows
    ]
    return xlsx("awards", "Поощрения", header, cells)
