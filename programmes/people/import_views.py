"""Import and export of people in the browser."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from programmes.access import allow
from programmes.models import PeopleImport
from programmes.numbers import whole_number
from programmes.people import columns, importing, spreadsheet
from programmes.people.forms import ImportForm
from programmes.people.views import KEEPERS, filtered
from programmes.text import clean_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50  # rows in need of a hand that one page shows


def xlsx(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@allow(*KEEPERS)
def sample(request: HttpRequest) -> HttpResponse:
    return xlsx(importing.sample_xlsx(), "people-sample.xlsx")


@require_safe
@allow(*KEEPERS)
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, in the columns of the import."""
    return xlsx(importing.people_xlsx(filtered(request).qs), "people.xlsx")


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def person_import(request: HttpRequest) -> HttpResponse:
    form = ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if request.method == "POST":
        if getattr(request, "upload_too_large", False):
            form.add_error("file", "Файл больше 12 МБ: сервер не стал его читать.")
        elif form.is_valid():
            job = read_rows(request, form)
            if job is not None:
                return redirect("person-import-check", job.pk)
    return render(
        request,
        "programmes/people/import.html",
        {
            "form": form,
            "columns": columns.COLUMNS,
            "jobs": PeopleImport.objects.filter(school=request.user.school).order_by("-pk")[:5],
        },
        status=422 if form.errors else 200,
    )


def read_rows(request: HttpRequest, form: ImportForm) -> PeopleImport | None:
    """Begin an import from what was sent; what cannot be read becomes an error of its field."""
    file = form.cleaned_data["file"]
    try:
        rows, unknown = importing.rows_of(sheet_of(form), may_lack_header=not file)
    except spreadsheet.Unreadable as error:
        form.add_error("file" if file else "pasted", str(error))
        return None
    return importing.begin(request.user.school, request.user, rows, unknown)


def sheet_of(form: ImportForm) -> spreadsheet.Sheet:
    """The rows of the file or of the paste; raises Unreadable."""
    file = form.cleaned_data["file"]
    if not file:
        return spreadsheet.read_pasted(form.cleaned_data["pasted"])
    if file.size > spreadsheet.MAX_BYTES:
        raise spreadsheet.Unreadable("Файл больше 5 МБ. Проверьте, тот ли это файл.")
    return spreadsheet.read_xlsx(file.read())


def job_of(request: HttpRequest, pk: int) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.filter(school_id=request.user.school_id), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def person_import_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: what is new, known, unclear, wrong; repaired and decided on here."""
    job = job_of(request, pk)
    if request.method == "POST":
        outcome = decide(job, request.POST)
        if outcome is not None:
            messages.success(request, f"Добавлено: {outcome.stored}, обновлено: {outcome.updated}.")
        return redirect("person-import-check", job.pk)
    checked = importing.check(request.user.school, job.rows)
    by_state: dict[str, list] = {}
    for row in checked:
        by_state.setdefault(row.state, []).append(row)
    waiting = [r for r in checked if r.state in (importing.WRONG, importing.UNCLEAR)]
    return render(
        request,
        "programmes/people/import_check.html",
        {
            "job": job,
            "states": by_state,
            "waiting": waiting[:SHOWN],
            "waiting_count": len(waiting),
            "new": by_state.get("new", []),
            "changed": by_state.get("changed", []),
            "same": by_state.get("same", []),
            "ready": len(by_state.get("new", [])),
        },
    )


@transaction.atomic
def decide(job: PeopleImport, data) -> importing.Outcome | None:
    """Take over what was repaired, and store when that was asked for: under one lock, so that a
    page sent twice neither undoes the other's marks nor makes anybody twice."""
    locked = (
        PeopleImport.objects.select_for_update(of=("self",)).select_related("school").get(pk=job.pk)
    )
    repair(locked, data)
    if "store" not in data:
        return None
    return importing.store(locked.pk, locked.school, update="update" in data)


def repair(job: PeopleImport, data) -> None:
    """Take over repaired cells and decisions for the rows that the page showed."""
    for index in data.getlist("row"):
        number = whole_number(index)
        if number is None or number >= len(job.rows):
            continue
        row = job.rows[number]
        if row["is_done"]:
            continue
        for column in columns.COLUMNS:
            text = data.get(f"{index}-{column.key}")
            if text is not None:
                row["cells"][column.key] = clean_text(text[:500])
        decision = data.get(f"{index}-decision")
        if decision is not None:
            row["decision"] = clean_text(decision[:20])
    job.save()


@require_safe
@allow(*KEEPERS)
def person_import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    checked = importing.check(request.user.school, job_of(request, pk).rows)
    return xlsx(importing.wrong_rows_xlsx(checked), f"people-to-repair-{pk}.xlsx")
