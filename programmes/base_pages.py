"""What the pages of the mentee base and of the mentor base have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from programmes import bases
from programmes.access import OFFICE, Role
from programmes.changes import changes_of
from programmes.models import NeedCategory, Programme, Rules
from programmes.needs.demand import demand_and_supply
from programmes.needs.weekdays import WEEKDAYS
from programmes.people.spreadsheet import write_xlsx
from programmes.programme.forms import EndForm
from programmes.refusal import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNSEEN = ("person__case_forms", "person__manual_parts", "person__search_key")
SORTS = {
    "": ("по фамилии", ("person__sort_key", "pk")),
    "class": ("по классу", ("person__grade", "person__letter", "person__sort_key", "pk")),
    "new": ("сначала новые", ("-started_on", "person__sort_key", "pk")),
    "old": ("сначала давние", ("started_on", "person__sort_key", "pk")),
}


@dataclass(frozen=True)
class Base:
    """Which of the two bases a page speaks of.

    ``name`` begins the names of its addresses, ``entries`` is what a programme calls its entries
    and ``periods`` what a person calls the periods in pairs (see ``bases.store``).
    """

    name: str
    title: str
    entries: str
    periods: str
    model: type[models.Model]
    form: type[bases.EntryForm]
    readers: tuple[Role, ...]

    def of(self, programme: Programme):
        return getattr(programme, self.entries)

    def url(self, page: str, *args: int) -> str:
        return reverse(f"{self.name}-{page}", args=args)


@dataclass(frozen=True)
class Filter:
    """A choice in the filter bar: what it is called and which of ``options`` is chosen."""

    name: str
    title: str
    options: list[tuple[str, str]]
    chosen: str


class Narrowed:
    """The entries of a base as the address narrows and sorts them, and the bar that says so."""

    def __init__(self, request: HttpRequest, programme: Programme, entries) -> None:
        get = request.GET
        self.asked = get
        self.q, self.grade = get.get("q", ""), get.get("grade", "")
        self.entries = bases.found(entries, self.q, self.grade)
        self.is_filtered = bool(self.q or self.grade)
        self.filters: list[Filter] = []
        categories = NeedCategory.objects.filter(school=programme.school_id)
        self._choice(
            "category",
            "Категория",
            [*((str(c.pk), c.title) for c in categories), ("none", "без категории")],
            lambda value: Q(categories=None) if value == "none" else Q(categories=int(value)),
        )
        self._choice(
            "form",
            "Форма",
            [(form.code, form.title) for form in programme.forms.all()],
            lambda value: Q(forms__code=value),
        )
        self.entries = self.entries.annotate(days_text=Cast("days", TextField()))
        self._choice(
            "day",
            "Свободный день",
            [(str(number), title) for number, title in WEEKDAYS],
            lambda value: Q(days_text__contains=value),
        )

    def choice(
        self, name: str, title: str, options: list[tuple[str, str]], narrow: Callable[[str], Q]
    ) -> "Narrowed":
        """A filter of this base only; ``narrow`` says what a chosen value asks of an entry."""
        self._choice(name, title, options, narrow)
        return self

    def _choice(self, name, title, options, narrow) -> None:
        chosen = self.asked.get(name, "")
        if chosen not in dict(options):
            chosen = ""
        if chosen:
            self.entries = self.entries.filter(narrow(chosen))
            self.is_filtered = True
        self.filters.append(Filter(name, title, options, chosen))

    def sorted(self):
        """The entries in the order asked for, each with its categories."""
        asked = self.asked.get("sort", "")
        self.sort = asked if asked in SORTS else ""
        # A database sorts whole rows: what the list does not show stays out of them.
        entries = self.entries.defer(*UNSEEN).order_by(*SORTS[self.sort][1])
        return entries.prefetch_related("categories")

    @property
    def context(self) -> dict:
        return {
            "q": self.q,
            "grade": self.grade,
            "filters": self.filters,
            "has_more": any(f.chosen for f in self.filters[2:]) or bool(self.sort),
            "sort": self.sort,
            "sorts": [(key, title) for key, (title, _) in SORTS.items()],
            "is_filtered": self.is_filtered,
        }


def list_context(request, base: Base, programme: Programme, entries, *, form, chosen, refusals):
    """What both lists show beside their rows; ``chosen`` people could not be added just now."""
    may_change = request.user.is_any(Role.CURATOR)
    day = programme.working_day()
    wanted = request.GET.get("add", "")
    there = base.of(programme).overlapping_with(day, None)
    candidates = bases.candidates(programme, there, wanted) if may_change else []
    return {
        "programme": programme,
        "rules": Rules.of(programme.school_id),
        "may_open_rules": request.user.is_any(*OFFICE),
        "grades": bases.grades_of(entries),
        "may_change": may_change,
        "may_export": request.user.is_any(Role.CURATOR, Role.DIRECTOR),
        "add": wanted,
        "candidates": chosen or candidates,
        "chosen": {person.pk for person in chosen},
        "form": form or bases.JoinForm(programme=programme),
        "refusals": refusals,
        "later": bases.entries_after(base.of(programme), day),
        "demand": demand_and_supply(programme, day),
    }


def join(request: HttpRequest, base: Base, programme_id: int, list_page) -> HttpResponse:
    """Put chosen people into the base; those already there are told, not doubled."""
    programme = bases.programme_of(request, programme_id)
    form = bases.JoinForm(request.POST, programme=programme)
    chosen = bases.chosen_people(programme, request.POST.getlist("people"))
    refusals = () if chosen else ("Отметьте хотя бы одного человека.",)
    if form.is_valid() and not refusals:
        added = bases.add(
            programme,
            lambda person, day: base.model(programme=programme, person=person, started_on=day),
            base.of(programme),
            chosen,
            form.cleaned_data["started_on"],
        )
        if added.fresh or not added.kept_out:
            messages.success(request, added.words)
        if not added.kept_out:
            return redirect(base.url("list", programme.pk))
        chosen, refusals = added.kept_out, added.reasons
    return list_page(request, programme, form=form, chosen=chosen, refusals=refusals, status=422)


def entry_of(request: HttpRequest, base: Base, programme_id: int, pk: int):
    programme = bases.programme_of(request, programme_id)
    entries = base.of(programme).select_related("person", "programme")
    return get_object_or_404(entries, pk=pk)


def card(request: HttpRequest, base: Base, programme_id: int, pk: int, **more) -> HttpResponse:
    """Everything known of a person in the base, to read. ``more`` is what only this base has."""
    entry = entry_of(request, base, programme_id, pk)
    rules = Rules.of(entry.programme.school_id)
    periods = getattr(entry.person, base.periods).filter(pair__programme=programme_id)
    pairs = entry.programme.pairs.filter(pk__in=periods.values("pair_id"))
    return render(
        request,
        f"programmes/{base.entries}/card.html",
        {
            "entry": entry,
            "programme": entry.programme,
            "categories": list(entry.categories.all()),
            "preferred": list(entry.forms.all()),
            "pairs": pairs.with_people().order_by("pk"),
            "hints": entry.hints(rules),
            "rules": rules,
            "may_open_rules": request.user.is_any(*OFFICE),
            "may_change": request.user.is_any(Role.CURATOR),
            "changes": changes_of(entry),
            "edit_url": base.url("edit", programme_id, pk),
            "back_url": base.url("list", programme_id),
            "back_title": base.title,
            **{name: find(entry) for name, find in more.items()},
        },
    )


def edit(request: HttpRequest, base: Base, programme_id: int, pk: int) -> HttpResponse:
    entry = entry_of(request, base, programme_id, pk)
    if request.method == "GET":
        return entry_page(request, base, entry)
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=entry.programme_id)
        form = base.form(request.POST, instance=entry_of(request, base, programme_id, pk))
        if form.is_valid() and not form.is_stale:
            try:
                bases.store(form, base.of(entry.programme), base.periods)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, f"{form.instance.person}: сохранено.")
                return redirect(base.url("card", programme_id, pk))
    conflict = form.conflict()
    status = 409 if conflict else 422
    return entry_page(request, base, entry, form=form, refusals=conflict or refusals, status=status)


def entry_page(request, base: Base, entry, *, form=None, end_form=None, refusals=(), status=200):
    args = (entry.programme_id, entry.pk)
    return render(
        request,
        "programmes/base_entry.html",
        {
            "entry": entry,
            "hints": entry.hints(Rules.of(entry.programme.school_id)),
            "form": form or base.form(instance=entry),
            "end_form": end_form or EndForm(initial={"ended_on": timezone.localdate()}),
            "refusals": refusals,
            "save_url": base.url("edit", *args),
            "end_url": base.url("end", *args),
            "card_url": base.url("card", *args),
            "back_url": base.url("list", entry.programme_id),
            "back_title": base.title,
        },
        status=status,
    )


def end(request: HttpRequest, base: Base, programme_id: int, pk: int) -> HttpResponse:
    """Take a person out of the base on a day, unless the person is in a pair that goes on."""
    entry = entry_of(request, base, programme_id, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return entry_page(request, base, entry, end_form=form, status=422)
    data = form.cleaned_data
    try:
        bases.leave(entry, base.periods, data["ended_on"], data["reason"])
    except Refusal as refusal:
        return entry_page(
            request, base, entry, end_form=form, refusals=refusal.messages, status=422
        )
    messages.success(request, f"{entry.person}: больше не в базе. История сохранена.")
    return redirect(base.url("list", programme_id))


def xlsx(name: str, title: str, header: list[str], rows: list[list[str]]) -> HttpResponse:
    """A list as a spreadsheet to download."""
    response = HttpResponse(write_xlsx(title, header, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
