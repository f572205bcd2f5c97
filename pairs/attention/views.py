"""«Требуют внимания» in the browser: the list, putting off, and the school's own days. S6.1."""

import datetime
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.attention.models import AttentionRules, Postponed, Reason
from pairs.attention.reasons import Found, found
from pairs.formation.models import Pair
from programmes.access import OFFICE, Role, allow
from programmes.bases import programme_of
from programmes.careful import CarefulForm
from programmes.models import Programme, School
from programmes.programme.forms import DayField
from programmes.school.forms import CleanCharField

PAGE = 50


class PostponeForm(forms.Form):
    """Until when a reason is known of, and why."""

    reason = forms.ChoiceField(choices=Reason.choices, widget=forms.HiddenInput)
    until = DayField(label="Отложить до")
    why = CleanCharField(label="Почему", max_length=300)

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= timezone.localdate():
            raise forms.ValidationError("Назовите день впереди.")
        if until > self.programme.ended_on:
            last = f"{self.programme.ended_on:%d.%m.%Y}"
            raise forms.ValidationError(f"Программа идёт по {last}: отложите не дальше.")
        return until


class AttentionRulesForm(CarefulForm):
    """The days of the school."""

    class Meta:
        model = AttentionRules
        fields = [
            *("first_meeting_days", "silence_days", "late_step_days", "worried_mood"),
            "asks_next",
        ]
        help_texts = {
            "first_meeting_days": "После этого пара без первой встречи попадает в список.",
            "silence_days": "Считается от последней прошедшей встречи.",
            "late_step_days": "Считается от срока шага утверждённого маршрута.",
            "worried_mood": "Смотрит на последнюю встречу с отметкой «как прошло».",
            "asks_next": "Пара уже встречалась, а новой встречи впереди нет.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = field.label and field.label[:1].upper() + field.label[1:]


@dataclass(frozen=True)
class Row:
    """A pair on the list, and what is said of it."""

    pair: Pair
    found: Found
    days: int

    @property
    def words(self) -> str:
        since = f"{self.found.since:%d.%m.%Y}"
        return {
            Reason.CONSENT: f"согласие участника отозвано {since}",
            Reason.WORRIED: f"встреча {since} прошла трудно",
            Reason.FIRST: f"первой встречи нет {self.days} дн., пара работает с {since}",
            Reason.SILENCE: f"не встречались {self.days} дн., последняя встреча {since}",
            Reason.STEP: f"шаг маршрута просрочен на {self.days} дн., срок был {since}",
            Reason.NEXT: f"следующая встреча не назначена, последняя была {since}",
        }[self.found.reason]


@require_safe
@allow(Role.CURATOR)
def attention(request: HttpRequest, programme_id: int) -> HttpResponse:
    return attention_page(request, programme_of(request, programme_id))


def attention_page(request, programme, *, form=None, wrong=None, status=200) -> HttpResponse:
    """Pairs with their reasons; ``wrong``: the pair and reason whose putting off was refused."""
    today = timezone.localdate()
    rules = AttentionRules.of(programme.school_id)
    everything = found(Q(programme=programme), rules, today)
    code = request.GET.get("reason", "")
    chosen = [row for row in everything if not code or row.reason == code]
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    wanted = {row.pair_id for row in page}
    pairs = {pair.pk: pair for pair in Pair.objects.filter(pk__in=wanted).with_people()}
    put_off = Postponed.objects.filter(pair__programme=programme, until__gt=today)
    put_off = list(put_off.order_by("until", "pk")[:PAGE])
    named = Pair.objects.filter(pk__in={row.pair_id for row in put_off}).with_people()
    named = {pair.pk: pair for pair in named}
    for row in put_off:
        row.pair = named[row.pair_id]
    numbers = {reason: sum(row.reason == reason for row in everything) for reason in Reason}
    return render(
        request,
        "pairs/attention/list.html",
        {
            "programme": programme,
            "page": page,
            "rows": [Row(pairs[x.pair_id], x, (today - x.since).days) for x in page],
            "tabs": [
                ("", "все", len(everything)),
                *((reason.value, reason.label, numbers[reason]) for reason in Reason),
            ],
            "code": code,
            "put_off": put_off,
            "form": form,
            "wrong": wrong,
            "usual_day": today + datetime.timedelta(days=7),
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a reason of a pair off until a day, or change that day."""
    pair = get_object_or_404(Pair.objects.managed_by(request.user).with_people(), pk=pk)
    form = PostponeForm(request.POST, programme=pair.programme)
    if not form.is_valid():
        wrong = (pair.pk, request.POST.get("reason", ""))
        return attention_page(request, pair.programme, form=form, wrong=wrong, status=422)
    data = form.cleaned_data
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=pair.programme_id)
        row = pair.postponed.filter(reason=data["reason"]).first()
        row = row or Postponed(pair=pair, reason=data["reason"])
        if (row.until, row.why) != (data["until"], data["why"]):
            row.until, row.why, row.by = data["until"], data["why"], request.user
            row.save()
    messages.success(request, f"Отложено до {data['until']:%d.%m.%Y}: {pair}.")
    return redirect("attention", pair.programme_id)


@require_POST
@allow(Role.CURATOR)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it again at once: what was put off comes back."""
    rows = Postponed.objects.filter(pair__in=Pair.objects.managed_by(request.user).values("pk"))
    row = get_object_or_404(rows.select_related("pair"), pk=pk)
    programme_id = row.pair.programme_id
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme_id)
        row.delete()
    messages.success(request, "Снова в списке.")
    return redirect("attention", programme_id)


@require_http_methods(["GET", "POST"])
@allow(*OFFICE)
def attention_rules(request: HttpRequest) -> HttpResponse:
    """After how many days the school looks at a pair."""
    school = request.user.school
    form = AttentionRulesForm(instance=AttentionRules.of(school))
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            form = AttentionRulesForm(request.POST, instance=AttentionRules.of(school))
            if form.is_valid() and not form.is_stale:
                form.save()
                messages.success(request, "Правила внимания сохранены.")
                return redirect("attention-rules")
    conflict = form.conflict()
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Когда пара требует внимания",
            "lead": "Сроки этой школы. По ним портал составляет список «Требуют внимания».",
            "form": form,
            "refusals": conflict,
            "back_url": reverse("home"),
            "back_title": "Портал",
        },
        status=409 if conflict else 422 if form.errors else 200,
    )
