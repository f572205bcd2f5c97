"""Settings of the numbers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from documents.numbering import counting
from documents.numbering.models import NUMBERED, OFFERED, Purpose, Series
from documents.registry.forms import SeriesForm, SkipForm
from programmes.access import Role, allow
from programmes.refusal import Refusal


@allow(Role.ADMINISTRATOR, Role.DIRECTOR)
def series_settings(request: HttpRequest) -> HttpResponse:
    """How numbers look, where the year starts, which numbers were given outside the portal."""
    asked = request.POST.get("purpose") or request.GET.get("purpose")
    purpose = asked if asked in NUMBERED else Purpose.ORDERS
    find = Series.of if request.method == "POST" else Series.found
    series = find(request.user.school, purpose)
    year = series.year_of(timezone.localdate())
    skip_initial = {"year": year, "next_free": counting.next_number(series, year)}
    form, skip_form = SeriesForm(instance=series), SkipForm(initial=skip_initial)
    here = redirect(f"{request.path}?purpose={purpose}")
    if request.method == "POST" and "next_free" in request.POST:
        skip_form = SkipForm(request.POST)
        if skip_form.is_valid():
            data = skip_form.cleaned_data
            try:
                counting.skip_to(
                    series, data["year"], data["next_free"], data["note"], request.user
                )
            except Refusal as refusal:
                skip_form.add_error("next_free", ValidationError(list(refusal.messages)))
            else:
                messages.success(request, "Номера вне портала записаны.")
                return here
    elif request.method == "POST":
        form = SeriesForm(request.POST, instance=series)
        if form.is_valid():
            form.save()
            messages.success(request, "Настройки нумерации сохранены.")
            return here
    number = counting.next_number(series, year)
    return render(
        request,
        "documents/registry/series.html",
        {
            "form": form,
            "skip_form": skip_form,
            "purpose": purpose,
            "purposes": OFFERED,
            "year": series.year_in_words(year),
            "next_number": series.format(number, year) if not form.errors else "",
        },
        status=422 if form.errors or skip_form.errors else 200,
    )
