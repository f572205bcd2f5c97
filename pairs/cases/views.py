"""Stories of pairs in the browser (S7.4)."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.cases import publishing
from pairs.cases.models import Case
from pairs.formation.models import Pair
from programmes.access import Role, allow
from programmes.bases import page_of, programme_of
from programmes.careful import CarefulForm
from programmes.models import Programme
from programmes.refusal import Refusal

WRITERS = (Role.CURATOR, Role.MENTOR)
READERS = (*WRITERS, Role.DIRECTOR)


class CaseForm(CarefulForm):
    class Meta:
        model = Case
        fields = ["pair", "title", "text", "shows_names"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}

    def __init__(self, *args, pairs, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pair"].queryset = pairs.exclude(state="draft").with_people().order_by("pk")
        if self.instance.pk is None:
            del self.fields["version"]


@require_safe
@allow(*READERS)
def case_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Published stories, and for those who write also their drafts."""
    programme = programme_of(request, programme_id)
    cases = publishing.with_people(programme.cases.all())
    shown = publishing.shown(cases)
    visible = {case.pk for case in shown}
    mine = set(
        publishing.written_by(request.user).filter(programme=programme).values_list("pk", flat=True)
    )
    rows = [(c, c.pk in visible) for c in cases if c.pk in visible or c.pk in mine]
    page = page_of(rows, request.GET.get("page"))
    context = {"programme": programme, "page": page, "may_write": request.user.is_any(*WRITERS)}
    return render(request, "pairs/cases/list.html", context)


def case_of(request: HttpRequest, pk: int) -> tuple[Case, bool, bool]:
    """The case, whether it is shown, whether the user may change it; 404 for anybody else."""
    rows = publishing.with_people(Case.objects.filter(programme__school=request.user.school_id))
    case = get_object_or_404(rows, pk=pk)
    is_shown = bool(publishing.shown([case]))
    may_write = publishing.written_by(request.user).filter(pk=pk).exists()
    if not is_shown and not may_write:
        raise Http404
    return case, is_shown, may_write


def page(request: HttpRequest, pk: int, refusals=(), status=200) -> HttpResponse:
    case, is_shown, may_write = case_of(request, pk)
    context = {
        "case": case,
        "people": publishing.people_of(case) if case.shows_names else [],
        "is_shown": is_shown,
        "may_write": may_write,
        "is_curator": request.user.is_any(Role.CURATOR),
        "refusals": refusals,
    }
    return render(request, "pairs/cases/case.html", context, status=status)


@require_safe
@allow(*READERS)
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, pk)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def case_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    return _edit(request, programme_of(request, programme_id), None)


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def case_edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(publishing.written_by(request.user).select_related("programme"), pk=pk)
    return _edit(request, case.programme, case)


def _edit(request: HttpRequest, programme: Programme, case: Case | None) -> HttpResponse:
    """A changed story is a draft again: the consents were given to what was read."""
    pairs = Pair.objects.led_by(request.user).filter(programme=programme)
    with transaction.atomic():
        if request.method == "POST":
            Programme.objects.select_for_update().get(pk=programme.pk)
            if case is not None:
                case.refresh_from_db()
        row = case or Case(programme=programme)
        form = CaseForm(request.POST or None, instance=row, pairs=pairs)
        if form.is_valid() and not (case is not None and form.is_stale):
            if form.has_changed():
                form.instance.state, form.instance.published_on = Case.State.DRAFT, None
            form.save()
            messages.success(request, "История сохранена.")
            return redirect("case", form.instance.pk)
    status = 422 if request.method == "POST" else 200
    refusals: tuple[str, ...] = ()
    if case is not None and (conflict := form.conflict()):
        refusals, status = conflict, 409
    context = {
        "title": "История пары",
        "lead": "Что было, что делали, что изменилось.",
        "form": form,
        "back_url": reverse("case-list", args=[programme.pk]),
        "back_title": "Истории пар",
        "refusals": refusals,
    }
    return render(request, "components/form_page.html", context, status=status)


def _deed(request: HttpRequest, pk: int, deed, words: str) -> HttpResponse:
    case = get_object_or_404(publishing.written_by(request.user), pk=pk)
    try:
        deed(case)
    except Refusal as refusal:
        return page(request, pk, refusal.messages, 422)
    messages.success(request, words)
    return redirect("case", pk)


@require_POST
@allow(*WRITERS)
def case_ready(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, publishing.make_ready, "История готова: куратор может опубликовать.")


@require_POST
@allow(Role.CURATOR)
def case_publish(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, publishing.publish, "История опубликована на портале.")


@require_POST
@allow(*WRITERS)
def case_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, publishing.take_back, "История снова черновик.")


@require_POST
@allow(*WRITERS)
def case_remove(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(publishing.written_by(request.user), pk=pk)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=case.programme_id)
        case.delete()
    messages.success(request, "История удалена.")
    return redirect("case-list", case.programme_id)
