"""The curator's reports to the head of the project (D12; D7, clause 2.3)."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.reports import deeds
from pairs.reports.forms import CuratorReportForm
from pairs.reports.models import CuratorReport
from programmes.access import Role, allow
from programmes.base_pages import xlsx
from programmes.bases import programme_of
from programmes.models import Programme

READERS = (Role.CURATOR, Role.DIRECTOR)
FIGURES = (
    ("pairs", "пар работало"),
    ("groups", "групп работало"),
    ("started", "сформировано за период"),
    ("held", "встреч проведено"),
    ("missed", "встреч не состоялось"),
    ("routes", "утверждённых маршрутов"),
    ("steps_due", "шагов маршрутов со сроком в этом периоде"),
    ("steps_done", "шагов маршрутов выполнено"),
    ("reports", "отчётов наставников сдано"),
    ("changes", "смен наставника"),
)


def in_words(figures: dict) -> list[tuple[str, str]]:
    """Figures with their titles, then the reasons of ended pairs."""
    rows = [(title, str(figures.get(name, 0))) for name, title in FIGURES]
    ended = figures.get("ended", [])
    rows.append(("пар и групп завершено", str(sum(number for _, number in ended))))
    return rows + [(f"из них: {reason}", str(number)) for reason, number in ended]


@require_safe
@allow(*READERS)
def curator_report_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    rows = list(programme.curator_reports.select_related("made_by__person"))
    context = {
        "programme": programme,
        "reports": [row for row in rows if not row.removed_at],
        "removed": [row for row in rows if row.removed_at],
        "may_edit": request.user.is_any(Role.CURATOR),
    }
    return render(request, "pairs/reports/curator_list.html", context)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def curator_report_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    return edit(request, programme, CuratorReport(programme=programme), usual_period(programme))


def usual_period(programme: Programme) -> dict[str, datetime.date]:
    """From the day after the last report, or the first of the programme, to today."""
    last = programme.curator_reports.filter(removed_at=None).order_by("-ended_on").first()
    day = programme.working_day()
    first = last.ended_on + datetime.timedelta(days=1) if last else programme.started_on
    return {"started_on": min(first, day), "ended_on": day}


def report_of(request: HttpRequest, programme_id: int, pk: int) -> CuratorReport:
    programme = programme_of(request, programme_id)
    return get_object_or_404(programme.curator_reports.select_related("programme__school"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*READERS)
def curator_report(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """A report; the curator edits it, the director reads."""
    report = report_of(request, programme_id, pk)
    if request.method == "POST" and not request.user.is_any(Role.CURATOR):
        raise PermissionDenied
    return edit(request, report.programme, report)


def edit(request, programme: Programme, report: CuratorReport, initial=None) -> HttpResponse:
    if request.method == "GET":
        return page(request, report, CuratorReportForm(instance=report, initial=initial))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        if report.pk:
            report = report_of(request, programme.pk, report.pk)
        form = CuratorReportForm(request.POST, instance=report)
        if form.is_valid() and not (report.pk and form.is_stale):
            report = form.save(commit=False)
            report.figures = deeds.figures(programme, report.started_on, report.ended_on)
            report.made_by = request.user
            report.save()
            messages.success(request, "Отчёт сохранён, показатели посчитаны за этот период.")
            return redirect("curator-report", programme.pk, report.pk)
    return page(request, report, form)


def page(request, report: CuratorReport, form: CuratorReportForm) -> HttpResponse:
    refusals = form.conflict() if report.pk else ()
    if report.pk and report.figures:
        figures = report.figures
    else:
        first = form.initial.get("started_on") or timezone.localdate()
        last = form.initial.get("ended_on") or first
        figures = deeds.figures(report.programme, first, last)
    context = {
        "programme": report.programme,
        "report": report,
        "form": form,
        "figures": in_words(figures),
        "refusals": refusals,
        "may_edit": request.user.is_any(Role.CURATOR),
    }
    status = 409 if refusals else 422 if form.errors else 200
    return render(request, "pairs/reports/curator_report.html", context, status=status)


@require_POST
@allow(Role.CURATOR)
def curator_report_remove(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take a report out of the list, or put it back with ``to=back``."""
    report = report_of(request, programme_id, pk)
    report.removed_at = None if request.POST.get("to") == "back" else timezone.now()
    report.save()
    messages.success(request, "Отчёт возвращён." if not report.removed_at else "Отчёт удалён.")
    return redirect(reverse("curator-report-list", args=[programme_id]))


@require_safe
@allow(*READERS)
def curator_report_xlsx(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    report = report_of(request, programme_id, pk)
    rows = [[title, value] for title, value in in_words(report.figures)]
    return xlsx(f"curator-report-{report.pk}", "Отчёт", ["Показатель", "Значение"], rows)
