"""The school's days off in the browser."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import Role, allow
from programmes.careful import CarefulForm
from programmes.models import DaysOff, Programme, School
from programmes.programme.forms import DayField
from programmes.school.forms import CleanCharField
from programmes.school_calendar.models import BREAKS, breaks_of, propose_breaks

KEEPERS = (Role.CURATOR, Role.DIRECTOR)
LONGEST = 120  # days: summer holidays fit


class DaysOffForm(CarefulForm):
    """Days off from the first to the last."""

    title = CleanCharField(label="Название", max_length=150)
    started_on = DayField(label="Первый день")
    ended_on = DayField(label="Последний день", required=False, help_text="Пусто: один день.")

    class Meta:
        model = DaysOff
        fields = ["kind", "title", "started_on", "ended_on", "is_yearly"]

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        if self.instance.pk is None:
            del self.fields["version"]
            self.initial.setdefault("kind", DaysOff.Kind.BREAK)
        self.fields["is_yearly"].help_text = "Для праздников: год в датах не важен."

    def clean(self):
        data = super().clean()
        started = data.get("started_on")
        if started and not data.get("ended_on") and "ended_on" not in self.errors:
            data["ended_on"] = started
        ended = data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "Последний день раньше первого.")
        elif started and ended and (ended - started).days >= LONGEST:
            self.add_error("ended_on", f"Больше {LONGEST} дней подряд: проверьте даты.")
        same = DaysOff.objects.filter(
            school=self.instance.school,
            started_on=started,
            ended_on=ended,
            is_yearly=bool(data.get("is_yearly")),
        )
        if not self.errors and same.exclude(pk=self.instance.pk).exists():
            self.add_error("started_on", "Эти дни уже записаны.")
        return data

    def save(self, commit: bool = True) -> DaysOff:
        self.instance.is_proposed = False  # somebody has looked at the dates
        return super().save(commit)


def year_of_proposal(school: School) -> int | None:
    """The school year whose breaks the portal can propose and the school has not entered yet."""
    programme = Programme.objects.filter(school=school).current()
    if programme is None:
        today = timezone.localdate()
        year = today.year - (today.month < 7)
    else:
        year = programme.started_on.year - (programme.started_on.month < 7)
    return year if year in BREAKS and not breaks_of(school, year).exists() else None


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def calendar(request: HttpRequest) -> HttpResponse:
    school = request.user.school
    form = DaysOffForm(school=school)
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            form = DaysOffForm(request.POST, school=school)
            if form.is_valid():
                row = form.save()
                messages.success(request, f"Добавлено: {row}, {row.terms}.")
                return redirect("calendar")
    rows = list(school.days_off.order_by("started_on", "pk"))
    year = year_of_proposal(school)
    return render(
        request,
        "programmes/school_calendar/calendar.html",
        {
            "form": form,
            "groups": [
                ("Дни этого и других учебных годов", [row for row in rows if not row.is_yearly]),
                ("Каждый год", [row for row in rows if row.is_yearly]),
            ],
            "has_proposed": any(row.is_proposed for row in rows),
            "proposal": f"{year}/{(year + 1) % 100:02d}" if year else "",
        },
        status=422 if form.errors else 200,
    )


@require_POST
@allow(*KEEPERS)
def calendar_proposal(request: HttpRequest) -> HttpResponse:
    """Add the proposed school breaks; a second click adds nothing."""
    school = request.user.school
    year = year_of_proposal(school)
    with transaction.atomic():
        made = propose_breaks(school, year) if year else 0
    if made:
        messages.warning(request, "Каникулы предложены. Проверьте даты по приказу школы.")
    else:
        messages.info(request, "Каникулы этого года уже записаны или предложить нечего.")
    return redirect("calendar")


def days_of(request: HttpRequest, pk: int) -> DaysOff:
    return get_object_or_404(request.user.school.days_off.select_related("school"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def calendar_edit(request: HttpRequest, pk: int) -> HttpResponse:
    school = request.user.school
    if request.method == "GET":
        row = days_of(request, pk)
        return edit_page(request, DaysOffForm(instance=row, school=school))
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        form = DaysOffForm(request.POST, instance=days_of(request, pk), school=school)
        if form.is_valid() and not form.is_stale:
            row = form.save()
            messages.success(request, f"Сохранено: {row}, {row.terms}.")
            return redirect("calendar")
    return edit_page(request, form)


def edit_page(request: HttpRequest, form: forms.ModelForm) -> HttpResponse:
    refusals = form.conflict()
    return render(
        request,
        "programmes/school_calendar/edit.html",
        {"form": form, "row": form.instance, "refusals": refusals},
        status=409 if refusals else 422 if form.errors else 200,
    )


@require_POST
@allow(*KEEPERS)
def calendar_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the days out of the calendar; the history keeps them."""
    row = days_of(request, pk)
    row.delete()
    messages.success(request, f"Удалено: {row}, {row.terms}. Вернуть можно новой записью.")
    return redirect("calendar")
