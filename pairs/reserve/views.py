"""The reserve of mentors of a school (S7.5)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.reserve import deeds
from pairs.reserve.models import ReserveEntry
from programmes.access import Role, allow
from programmes.base_pages import xlsx
from programmes.bases import page_of, programme_of
from programmes.models import Person, Programme
from programmes.programme.forms import PersonChoice
from programmes.refusal import Refusal
from programmes.school.forms import CleanCharField


class ReserveForm(forms.Form):
    person = PersonChoice(label="Кто", queryset=Person.objects.none())
    came_as = forms.ChoiceField(label="Кем был", choices=ReserveEntry.CameAs.choices)
    programme = forms.ModelChoiceField(
        label="Из программы", queryset=Programme.objects.none(), required=False, empty_label="–"
    )
    note = CleanCharField(label="Заметка", max_length=500, required=False)

    def __init__(self, *args, school_id: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(school=school_id).present()
        self.fields["person"].queryset = people.in_order()
        programmes = Programme.objects.filter(school=school_id)
        self.fields["programme"].queryset = programmes.order_by("-started_on")


def chosen(request: HttpRequest):
    rows = ReserveEntry.objects.filter(school=request.user.school_id, ended_on__isnull=True)
    text, came_as = request.GET.get("q", ""), request.GET.get("came_as", "")
    if text.strip():
        rows = rows.filter(person__in=Person.objects.search(text))
    if came_as in ReserveEntry.CameAs.values:
        rows = rows.filter(came_as=came_as)
    rows = rows.select_related("person", "programme").order_by("person__sort_key", "pk")
    return rows, text, came_as


def list_page(request: HttpRequest, *, refusals=(), status=200) -> HttpResponse:
    rows, text, came_as = chosen(request)
    programme = Programme.objects.visible_to(request.user).current()
    context = {
        "page": page_of(rows, request.GET.get("page")),
        "q": text,
        "came_as": came_as,
        "kinds": ReserveEntry.CameAs.choices,
        "is_filtered": bool(text or came_as),
        "programmes": Programme.objects.visible_to(request.user).order_by("-started_on"),
        "programme": programme,
        "may_change": request.user.is_any(Role.CURATOR),
        "refusals": refusals,
    }
    return render(request, "pairs/reserve/list.html", context, status=status)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def reserve(request: HttpRequest) -> HttpResponse:
    return list_page(request)


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def reserve_export(request: HttpRequest) -> HttpResponse:
    rows, _, _ = chosen(request)
    header = ["Кто", "Кто это", "Кем был", "Программа", "В резерве с", "Заметка"]
    cells = [
        [
            entry.person.full_name,
            entry.person.description,
            entry.get_came_as_display(),
            str(entry.programme or ""),
            f"{entry.started_on:%d.%m.%Y}",
            entry.note,
        ]
        for entry in rows
    ]
    return xlsx("reserve", "Резерв наставников", header, cells)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def reserve_add(request: HttpRequest) -> HttpResponse:
    form = ReserveForm(request.POST or None, school_id=request.user.school_id)
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            deeds.add(request.user.school, **form.cleaned_data)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"В резерве: {form.cleaned_data['person']}.")
            return redirect("reserve")
    context = {
        "title": "Добавить в резерв",
        "form": form,
        "button": "Добавить",
        "back_url": reverse("reserve"),
        "back_title": "Резерв наставников",
        "refusals": refusals,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "components/form_page.html", context, status=status)


@require_POST
@allow(Role.CURATOR)
def reserve_fill(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Take the mentors of the ended pairs of a programme."""
    number = deeds.fill(programme_of(request, programme_id))
    messages.success(request, f"Добавлено в резерв: {number}.")
    return redirect("reserve")


def entry_of(request: HttpRequest, pk: int) -> ReserveEntry:
    rows = ReserveEntry.objects.filter(school=request.user.school_id)
    return get_object_or_404(rows.select_related("person"), pk=pk)


@require_POST
@allow(Role.CURATOR)
def reserve_leave(request: HttpRequest, pk: int) -> HttpResponse:
    deeds.leave(entry_of(request, pk), "убран из резерва")
    messages.success(request, "Человек убран из резерва.")
    return redirect("reserve")


@require_POST
@allow(Role.CURATOR)
def reserve_candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the mentor base of the chosen programme, from its day of today."""
    entry = entry_of(request, pk)
    number = request.POST.get("programme", "")
    programme = (
        Programme.objects.managed_by(request.user).filter(pk=number).first()
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if programme is None:
        return list_page(request, refusals=["Выберите программу."], status=422)
    try:
        is_new = deeds.make_candidate(entry, programme, programme.working_day())
    except Refusal as refusal:
        return list_page(request, refusals=refusal.messages, status=422)
    words = "теперь в базе наставников" if is_new else "уже в базе наставников"
    messages.success(request, f"{entry.person}: {words}.")
    return redirect("reserve")
