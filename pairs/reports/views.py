"""Reports of mentors in the browser: written, sent, accepted (D12; Regulation 2.8)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.formation.models import Pair
from pairs.reports import deeds
from pairs.reports.forms import RemarkForm, ReportForm, TermsForm
from pairs.reports.models import MentorReport, ReportKind, ReportTerm, terms_of
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Person, Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal

WRITERS = (Role.CURATOR, Role.MENTOR, Role.TEACHER)


def asked(request: HttpRequest, pk: int, person_id: int, kind: str) -> tuple[Pair, Person]:
    """The pair and its mentor: any for the curator, oneself for a mentor, past ones too."""
    if kind not in ReportKind.values:
        raise Http404
    pairs = Pair.objects.exclude(state=Pair.State.DRAFT).filter(
        programme__school=request.user.school_id
    )
    pair = get_object_or_404(pairs.with_people(), pk=pk)
    mentor = next((p.person for p in pair.mentors.all() if p.person_id == person_id), None)
    if mentor is None or not (
        request.user.is_any(Role.CURATOR) or mentor.pk == request.user.person_id
    ):
        raise Http404
    return pair, mentor


@require_http_methods(["GET", "POST"])
@allow(*WRITERS)
def report_edit(request: HttpRequest, pk: int, person_id: int, kind: str) -> HttpResponse:
    """A report in words; ``send`` hands it in. One that was handed in is read only."""
    pair, mentor = asked(request, pk, person_id, kind)
    report = deeds.begun(pair, mentor, kind)
    if request.method == "GET":
        return page(request, report, ReportForm(instance=report))
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=pair.programme_id)
        report = deeds.begun(pair, mentor, kind)
        form = ReportForm(request.POST, instance=report)
        if not report.is_draft:
            refusals = ("Отчёт уже сдан: куратор может вернуть его вам.",)
        elif form.is_valid() and not (report.pk and form.is_stale):
            form.save()
            if "send" not in request.POST:
                messages.success(request, "Черновик отчёта сохранён.")
                return redirect(request.path)
            try:
                with transaction.atomic():
                    deeds.send(report)
            except Refusal as refusal:
                form = ReportForm(instance=report)
                refusals = refusal.messages
            else:
                messages.success(request, "Отчёт сдан куратору.")
                return redirect("pair-detail", pair.pk)
    return page(request, report, form, refusals)


def page(request, report: MentorReport, form: ReportForm, refusals=()) -> HttpResponse:
    status = 422 if refusals or form.errors else 200
    if not refusals and report.pk and (conflict := form.conflict()):
        refusals, status = conflict, 409
    context = {
        "report": report,
        "pair": report.pair,
        "facts": deeds.facts_of(report),
        "due_on": terms_of(report.pair.programme)[report.kind],
        "form": form,
        "refusals": refusals,
        "is_curator": request.user.is_any(Role.CURATOR),
        "remark_form": RemarkForm(auto_id="remark_%s"),
    }
    return render(request, "pairs/reports/report.html", context, status=status)


def report_of(request: HttpRequest, pk: int) -> MentorReport:
    rows = MentorReport.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("pair__programme", "mentor"), pk=pk)


def address(report: MentorReport) -> str:
    return reverse("report-edit", args=[report.pair_id, report.mentor_id, report.kind])


@require_POST
@allow(Role.CURATOR)
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    form = RemarkForm(request.POST, auto_id="remark_%s")
    words = () if form.is_valid() else form.errors.get("remark", ())
    if not words:
        try:
            deeds.give_back(report, form.cleaned_data["remark"])
        except Refusal as refusal:
            words = refusal.messages
        else:
            messages.success(request, "Отчёт возвращён наставнику с замечанием.")
            return redirect(address(report))
    return page(request, report, ReportForm(instance=report), tuple(words))


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def report_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, programme_of(request, programme_id))


def list_page(request, programme: Programme, *, refusals=(), ticked=(), status=200):
    """Who has handed in a report of a kind, who has not, what is late."""
    terms = terms_of(programme)
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    if kind not in ReportKind.values:
        kind = "interim" if today <= terms["interim"] else "final"
    reports = {
        (report.pair_id, report.mentor_id): report
        for report in MentorReport.objects.filter(pair__programme=programme, kind=kind)
        .select_related("mentor", "pair__form")
        .prefetch_related("pair__mentees__person")
    }
    rows = []
    for period in deeds.expected(programme, kind):
        report = reports.pop((period.pair_id, period.person_id), None)
        is_late = terms[kind] < today and (report is None or report.is_draft)
        rows.append((period.pair, period.person, report, is_late))
    rows += [(report.pair, report.mentor, report, False) for report in reports.values()]
    may_accept = request.user.is_any(Role.CURATOR)
    context = {
        "programme": programme,
        "kinds": [(k, title, terms[k]) for k, title in ReportKind.choices],
        "kind": kind,
        "due_on": terms[kind],
        "rows": rows,
        "sent": sum(bool(report and not report.is_draft) for _, _, report, _ in rows),
        "may_accept": may_accept,
        "has_waiting": may_accept and any(r and r.is_sent for _, _, r, _ in rows),
        "refusals": refusals,
        "ticked": set(ticked),
    }
    return render(request, "pairs/reports/list.html", context, status=status)


@require_POST
@allow(Role.CURATOR)
def report_accept(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Accept the ticked reports, all or none."""
    programme = programme_of(request, programme_id)
    ids = whole_numbers(request.POST.getlist("reports"))
    reports = list(
        MentorReport.objects.filter(pair__programme=programme, pk__in=ids).select_related("pair")
    )
    if not reports:
        return list_page(request, programme, refusals=["Отметьте хотя бы один отчёт."], status=422)
    try:
        number = deeds.accept(reports)
    except Refusal as refusal:
        return list_page(request, programme, refusals=refusal.messages, ticked=ids, status=422)
    messages.success(request, f"Принято отчётов: {number}.")
    return redirect(f"{reverse('report-list', args=[programme.pk])}?kind={reports[0].kind}")


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def report_terms(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    form = TermsForm(request.POST if request.method == "POST" else None, programme=programme)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=programme.pk)
            for kind in ReportKind.values:
                row = programme.report_terms.filter(kind=kind).first() or ReportTerm(
                    programme=programme, kind=kind
                )
                if row.due_on != form.cleaned_data[kind]:
                    row.due_on = form.cleaned_data[kind]
                    row.save()
        messages.success(request, "Сроки отчётов сохранены.")
        return redirect("report-list", programme.pk)
    context = {
        "title": "Сроки отчётов наставников",
        "lead": "По Положению – до 15 января и до 14 мая. Если школа записала в Положении другие "
        "дни, укажите их.",
        "form": form,
        "button": "Сохранить сроки",
        "back_url": reverse("report-list", args=[programme.pk]),
        "back_title": "Отчёты наставников",
    }
    return render(request, "components/form_page.html", context, status=422 if form.errors else 200)
