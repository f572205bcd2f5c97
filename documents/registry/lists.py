"""Lists of papers: the chain, the director's desk, the register, papers entered by hand."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from documents.drafting.kinds import KINDS
from documents.drafting.pairs import pairs_without_order
from documents.numbering import counting
from documents.numbering.models import NUMBERED, OFFERED, Purpose, Series
from documents.registry import issuing
from documents.registry.forms import ByHandForm
from documents.registry.models import CHAIN, Document, Kind
from documents.registry.views import KEEPERS, READERS
from programmes.access import Role, allow
from programmes.numbers import whole_number, whole_numbers
from programmes.programme.models import Programme
from programmes.refusal import Refusal


@dataclass
class Link:
    """One place in the chain D1 → D8 with the papers that stand there."""

    kind: str
    title: str
    documents: list[Document]
    needs: list[str]
    is_next: bool = False

    @property
    def is_done(self) -> bool:
        return any(document.is_registered for document in self.documents)

    @property
    def draft(self) -> Document | None:
        return next((document for document in self.documents if document.is_open), None)


def chain_of(documents: list[Document]) -> list[Link]:
    """The chain with the papers of a programme; the first one to be done is marked."""
    registered = {document.kind for document in documents if document.is_registered}
    chain = [
        Link(
            kind,
            kind.label,
            [document for document in documents if document.kind == kind],
            [Kind(other).label for other in KINDS[kind].needs if other not in registered],
        )
        for kind in CHAIN
    ]
    for link in chain:
        if not link.is_done:
            link.is_next = True
            break
    return chain


@require_safe
@allow(*READERS)
def document_list(request: HttpRequest) -> HttpResponse:
    """The chain of the programme's papers, then the school's other ones."""
    programmes = Programme.objects.visible_to(request.user)
    chosen = whole_number(request.GET.get("programme", ""))
    programme = get_object_or_404(programmes, pk=chosen) if chosen else programmes.current()
    documents = list(
        Document.objects.visible_to(request.user)
        .filter(Q(programme=programme) | Q(programme=None))
        .defer("facts", "edits")
        .prefetch_related("basis_links__basis", "changed_by")
        .select_related("changes")
        .order_by("date", "pk")
    )
    mine = [d for d in documents if programme and d.programme_id == programme.pk]
    return render(
        request,
        "documents/registry/list.html",
        {
            "programme": programme,
            "programmes": programmes.order_by("-started_on"),
            "chain": chain_of(mine),
            "others": [d for d in mine if d.kind not in CHAIN]
            + [d for d in documents if d.programme_id is None],
            "may_change": request.user.is_any(*KEEPERS),
            "open_pairs": pairs_without_order(programme).count() if programme else 0,
            "has_papers": any(d.kind in KINDS and not d.is_by_hand for d in mine),
        },
    )


@require_safe
@allow(Role.DIRECTOR)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the director: to sign, to scan; and what was registered last."""
    return desk_page(request)


def desk_page(request: HttpRequest, *, outcomes=(), chosen=(), status: int = 200) -> HttpResponse:
    documents = Document.objects.visible_to(request.user).select_related("programme")
    return render(
        request,
        "documents/registry/desk.html",
        {
            "waiting": documents.filter(state=Document.State.FOR_SIGNATURE).order_by("date", "pk"),
            "drafts": documents.filter(state=Document.State.DRAFT).order_by("pk"),
            "unsigned": documents.filter(
                state=Document.State.REGISTERED, is_by_hand=False
            ).order_by("date", "pk"),
            "latest": documents.registered().order_by("-date", "-pk")[:10],
            "refused": [outcome for outcome in outcomes if outcome.reasons],
            "chosen": chosen,
        },
        status=status,
    )


@require_POST
@allow(Role.DIRECTOR)
def register_chosen(request: HttpRequest) -> HttpResponse:
    """Register the ticked papers at once; each refusal is told beside those that went through."""
    ids = whole_numbers(request.POST.getlist("documents"))
    chosen = Document.objects.managed_by(request.user).filter(pk__in=ids)
    documents = list(
        chosen.filter(state__in=Document.OPEN_STATES).select_related(
            "school", "programme", "series"
        )
    )
    if not documents and chosen.exists():
        messages.success(request, "Отмеченные документы уже зарегистрированы.")
        return redirect("director-desk")
    if not documents:
        messages.error(request, "Отметьте хотя бы один документ.")
        return desk_page(request, status=422)
    outcomes = issuing.register_several(documents, request.user)
    done = [outcome.document for outcome in outcomes if not outcome.reasons]
    if done:
        numbers = ", ".join(f"№ {document.number}" for document in done)
        messages.success(request, f"Зарегистрировано: {numbers}.")
    if len(done) == len(outcomes):
        return redirect("director-desk")
    return desk_page(request, outcomes=outcomes, chosen=ids, status=422)


@require_safe
@allow(*READERS)
def register_book(request: HttpRequest) -> HttpResponse:
    """The register of a series and year, printable."""
    series, year = asked_series(request)
    return render(
        request,
        "documents/registry/book.html",
        {
            "series": series,
            "purposes": OFFERED,
            "year": year,
            "year_in_words": series.year_in_words(year),
            "years": [(other, series.year_in_words(other)) for other in counting.years_of(series)],
            "rows": counting.register_book(series, year),
            "may_open": set(
                Document.objects.visible_to(request.user)
                .filter(series_id=series.pk, year=year)
                .values_list("pk", flat=True)
            ),
        },
    )


def asked_series(request: HttpRequest) -> tuple[Series, int]:
    """The series and the year that the address asks for, the school's orders by default."""
    asked = request.GET.get("purpose", "")
    purpose = asked if asked in NUMBERED else Purpose.ORDERS
    if purpose == Purpose.AGREEMENTS and not request.user.is_any(*KEEPERS):
        purpose = Purpose.ORDERS
    series = Series.found(request.user.school, purpose)
    years = counting.years_of(series)
    year = whole_number(request.GET.get("year", ""))
    return series, year if year in years else years[0]


@allow(*KEEPERS)
def by_hand(request: HttpRequest) -> HttpResponse:
    """Enter a paper that exists on paper; it becomes the basis of the draft that sent us here."""
    documents = Document.objects.managed_by(request.user)
    asked = request.POST.get("for") or request.GET.get("for") or ""
    open_ones = documents.filter(state__in=Document.OPEN_STATES)
    target = get_object_or_404(open_ones, pk=whole_number(asked) or 0) if asked else None
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
            document = issuing.register_by_hand(
                request.user.school, programme=programme, by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error("number", ValidationError(list(refusal.messages)))
        else:
            messages.success(request, f"Документ № {document.number} внесён в журнал.")
            if target is None:
                return redirect("document-detail", document.pk)
            if target.kind in KINDS and document.kind in KINDS[target.kind].needs:
                issuing.rest_on(target, document)
            return redirect("document-detail", target.pk)
    return render(
        request,
        "documents/registry/by_hand.html",
        {"form": form, "target": target},
        status=422 if form.errors else 200,
    )
