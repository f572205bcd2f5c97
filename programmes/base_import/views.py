"""Import into a base in the browser. ``base`` of the address: «mentees» or «mentors»."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.base_import import checking, columns, importing
from programmes.models import BaseImport, Programme
from programmes.numbers import whole_number
from programmes.people import spreadsheet
from programmes.people.forms import ImportForm
from programmes.people.import_views import SHOWN, sheet_of, xlsx
from programmes.programme.forms import DayField
from programmes.text import clean_text

TITLES = {"mentees": "База наставляемых", "mentors": "База наставников"}


class BaseImportForm(ImportForm):
    """A file or pasted rows, and the first day in the base of those whose row names none."""

    started_on = DayField(
        label="В базе с", help_text="Для строк, где не заполнен столбец «В базе с»."
    )

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, initial={"started_on": programme.working_day()}, **kwargs)
        self.programme = programme

    def clean_started_on(self):
        return bases.inside(self.programme, self.cleaned_data["started_on"])


def address(page: str, base: str, *args: int) -> str:
    return reverse(f"{base.removesuffix('s')}-{page}", args=args)


def trail(programme: Programme, base: str) -> list[tuple[str, str]]:
    return [(TITLES[base], address("list", base, programme.pk))]


@require_safe
@allow(Role.CURATOR)
def sample(request: HttpRequest, programme_id: int, base: str) -> HttpResponse:
    bases.programme_of(request, programme_id)
    return xlsx(importing.sample_xlsx(base), f"{base}-sample.xlsx")


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def base_import(request: HttpRequest, programme_id: int, base: str) -> HttpResponse:
    programme = bases.programme_of(request, programme_id)
    is_post = request.method == "POST"
    form = BaseImportForm(
        request.POST if is_post else None, request.FILES if is_post else None, programme=programme
    )
    if is_post:
        if getattr(request, "upload_too_large", False):
            form.add_error("file", "Файл больше 12 МБ: сервер не стал его читать.")
        elif form.is_valid():
            job = read_rows(request, programme, base, form)
            if job is not None:
                return redirect(address("import-check", base, programme.pk, job.pk))
    return render(
        request,
        "programmes/bases/import.html",
        {
            "form": form,
            "trail": trail(programme, base),
            "title": TITLES[base],
            "columns": columns.own(base),
            "sample_url": address("import-sample", base, programme.pk),
            "jobs": [
                (job, address("import-check", base, programme.pk, job.pk))
                for job in programme.base_imports.filter(base=base).order_by("-pk")[:5]
            ],
        },
        status=422 if form.errors else 200,
    )


def read_rows(
    request: HttpRequest, programme: Programme, base: str, form: BaseImportForm
) -> BaseImport | None:
    """Begin an import from what was sent; what cannot be read becomes an error of its field."""
    file = form.cleaned_data["file"]
    try:
        sheet = sheet_of(form)
        rows, unknown = importing.rows_of(base, sheet, may_lack_header=not file)
    except spreadsheet.Unreadable as error:
        form.add_error("file" if file else "pasted", str(error))
        return None
    day = form.cleaned_data["started_on"]
    return importing.begin(programme, base, request.user, day, rows, unknown)


def job_of(request: HttpRequest, programme_id: int, base: str, pk: int) -> BaseImport:
    programme = bases.programme_of(request, programme_id)
    jobs = programme.base_imports.filter(base=base).select_related("programme")
    return get_object_or_404(jobs, pk=pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def check(request: HttpRequest, programme_id: int, base: str, pk: int) -> HttpResponse:
    """The preview: who is new, known, unclear, wrong; repaired and decided on here."""
    job = job_of(request, programme_id, base, pk)
    here = address("import-check", base, programme_id, pk)
    if request.method == "POST":
        outcome = decide(job, request.POST)
        if outcome is not None:
            words = f"Добавлено в базу: {outcome.stored}, обновлено: {outcome.updated}."
            if outcome.refused:
                words += f" Не добавлено: {outcome.refused}, причины – у строк."
            messages.success(request, words)
        return redirect(here)
    checked = checking.check(job)
    by_state: dict[str, list] = {}
    for row in checked:
        by_state.setdefault(row.state, []).append(row)
    waiting = [row for row in checked if row.state in checking.WAITING]
    return render(
        request,
        "programmes/bases/import_check.html",
        {
            "job": job,
            "trail": [
                *trail(job.programme, base),
                ("Загрузка из таблицы", address("import", base, programme_id)),
            ],
            "waiting": waiting[:SHOWN],
            "waiting_count": len(waiting),
            "new": by_state.get(checking.NEW, []),
            "changed": by_state.get(checking.CHANGED, []),
            "same": by_state.get(checking.SAME, []),
            "unknown": [r for r in by_state.get(checking.UNKNOWN, []) if not r.matches],
            "errors_url": address("import-errors", base, programme_id, pk),
            "list_url": address("list", base, programme_id),
        },
    )


@transaction.atomic
def decide(job: BaseImport, data) -> importing.Outcome | None:
    """Repair and, when asked, store the rows as they are now: whoever sends at the same time waits
    here for the lock, so that no repair is lost and nobody is stored twice."""
    Programme.objects.select_for_update().get(pk=job.programme_id)
    fresh = BaseImport.objects.select_for_update(of=("self",)).select_related("programme")
    job = fresh.get(pk=job.pk)
    repair(job, data)
    if "store" not in data:
        return None
    return importing.store(job.pk, job.programme, job.base, update="update" in data)


def repair(job: BaseImport, data) -> None:
    """Take over repaired cells and decisions; with ``create`` all unknown people are to
    be made, but for those whom a slip in the name may hide."""
    for index in data.getlist("row"):
        number = whole_number(index)
        if number is None or number >= len(job.rows) or job.rows[number]["is_done"]:
            continue
        row = job.rows[number]
        for column in columns.COLUMNS[job.base]:
            text = data.get(f"{index}-{column.key}")
            if text is not None:
                row["cells"][column.key] = clean_text(text[:1500])
        decision = data.get(f"{index}-decision")
        if decision is not None:
            row["decision"] = clean_text(decision[:20])
        row["refusal"] = ""
    if "create" in data:
        for checked in checking.check(job):
            if checked.state == checking.UNKNOWN and not checked.matches:
                job.rows[checked.index]["decision"] = "new"
    job.save()


@require_safe
@allow(Role.CURATOR)
def errors(request: HttpRequest, programme_id: int, base: str, pk: int) -> HttpResponse:
    checked = checking.check(job_of(request, programme_id, base, pk))
    return xlsx(importing.wrong_rows_xlsx(base, checked), f"{base}-to-repair-{pk}.xlsx")
