"""Lists of papers: the chain, the director's desk, the register, settings of the numbers."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.registry import drafting, life
from documents.registry.forms import ByHandForm, SeriesForm, SkipForm
from documents.registry.models import Basis, Document, Kind
from documents.registry.views import KEEPERS, READERS
from programmes.access import Role, allow
from programmes.numbers import whole_number
from programmes.programme.models import Programme
from programmes.refusal import Refusal


@dataclass(frozen=True)
class Link:
    """One place in the chain D1 → D8 with the papers that stand there."""

    kind: str
    title: str
    documents: list[Document]
    is_written_here: bool


@require_safe
@allow(*READERS)
def document_list(request: HttpRequest) -> HttpResponse:
    """The chain of the programme's papers, then the school's other ones."""
    programmes = Programme.objects.visible_to(request.user)
    chosen = whole_number(request.GET.get("programme", ""))
    programme = get_object_or_404(programmes, pk=chosen) if chosen else programmes.current()
    documents = list(
        Document.objects.visible_to(request.user)
        .prefetch_related("basis_links__basis")
        .order_by("date", "pk")
    )
    mine = [d for d in documents if programme and d.programme_id == programme.pk]
    chain = [
        Link(kind, title, [d for d in mine if d.kind == kind], kind in drafting.WRITTEN)
        for kind, title in Kind.choices
        if kind != Kind.OTHER
    ]
    return render(
        request,
        "documents/registry/list.html",
        {
            "programme": programme,
            "programmes": programmes.order_by("-started_on"),
            "chain": chain,
            "others": [d for d in mine if d.kind == Kind.OTHER]
            + [d for d in documents if d.programme_id is None],
            "may_change": request.user.is_any(*KEEPERS),
            "open_pairs": open_pair_count(programme) if programme else 0,
        },
    )


def open_pair_count(programme: Programme) -> int:
    """Confirmed pairs that no standing order has formed."""
    standing = programme.documents.filter(kind=Kind.PAIRS, state__in=Document.REGISTERED_STATES)
    return programme.pairs.confirmed().exclude(ordered__document__in=standing).count()


@require_safe
@allow(Role.DIRECTOR)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the director: to sign, to scan; and what was registered last."""
    documents = Document.objects.visible_to(request.user).select_related("programme")
    return render(
        request,
        "documents/registry/desk.html",
        {
            "waiting": documents.filter(state=Document.State.FOR_SIGNATURE).order_by("pk"),
            "drafts": documents.filter(state=Document.State.DRAFT).order_by("pk"),
            "unsigned": documents.filter(
                state=Document.State.REGISTERED, is_by_hand=False
            ).order_by("date"),
            "latest": documents.registered().order_by("-date", "-pk")[:10],
        },
    )


@require_safe
@allow(*READERS)
def register_book(request: HttpRequest) -> HttpResponse:
    """The register of a series and year, printable."""
    school = request.user.school
    series = life.series_of(school)
    years = life.years_of(series)
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked in years else years[0]
    return render(
        request,
        "documents/registry/book.html",
        {
            "series": series,
            "year": year,
            "years": years,
            "rows": life.register_book(school, series, year),
        },
    )


@allow(*KEEPERS)
def by_hand(request: HttpRequest) -> HttpResponse:
    """Enter a paper that exists on paper; it becomes the basis of the draft that sent us here."""
    documents = Document.objects.managed_by(request.user)
    target_id = whole_number(request.POST.get("for") or request.GET.get("for") or "")
    target = (
        get_object_or_404(documents.filter(state__in=Document.OPEN_STATES), pk=target_id)
        if target_id
        else None
    )
    form = ByHandForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": request.GET.get("kind", Kind.PLAN)},
    )
    if request.method == "POST" and form.is_valid():
        programme = (
            target.programme
            if target
            else Programme.objects.visible_to(request.user).current(form.cleaned_data["date"])
        )
        try:
            document = life.register_by_hand(
                request.user.school, programme=programme, by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error("number", ValidationError(list(refusal.messages)))
        else:
            messages.success(request, f"Документ № {document.number} внесён в журнал.")
            if target is None:
                return redirect("document-detail", document.pk)
            if document.kind in drafting.CITES.get(target.kind, ()):
                Basis.objects.get_or_create(document=target, basis=document)
            return redirect("document-detail", target.pk)
    return render(
        request,
        "documents/registry/by_hand.html",
        {"form": form, "target": target},
        status=422 if form.errors else 200,
    )


@allow(Role.ADMINISTRATOR, Role.DIRECTOR)
def series_settings(request: HttpRequest) -> HttpResponse:
    """How numbers look, where the year starts, which numbers were given outside the portal."""
    series = life.series_of(request.user.school)
    year = timezone.localdate().year
    skip_initial = {"year": year, "next_free": life.next_number(series, year)}
    form, skip_form = SeriesForm(instance=series), SkipForm(initial=skip_initial)
    if request.method == "POST" and "next_free" in request.POST:
        skip_form = SkipForm(request.POST)
        if skip_form.is_valid():
            data = skip_form.cleaned_data
            try:
                life.skip_to(series, data["year"], data["next_free"], data["note"], request.user)
            except Refusal as refusal:
                skip_form.add_error("next_free", ValidationError(list(refusal.messages)))
            else:
                messages.success(request, "Номера вне портала записаны.")
                return redirect("series-settings")
    elif request.method == "POST":
        form = SeriesForm(request.POST, instance=series)
        if form.is_valid():
            form.save()
            messages.success(request, "Настройки нумерации сохранены.")
            return redirect("series-settings")
    number = life.next_number(series, year)
    return render(
        request,
        "documents/registry/series.html",
        {
            "form": form,
            "skip_form": skip_form,
            "year": year,
            "next_number": series.format(number, year) if not form.errors else "",
        },
        status=422 if form.errors or skip_form.errors else 200,
    )
