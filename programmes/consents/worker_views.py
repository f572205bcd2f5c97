"""The consent and the agreement of a worker who is a mentor of a worker (D14, art. 351.8)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import allow
from programmes.consents import recording
from programmes.consents.forms import ConsentScanForm, WorkerMentoringForm
from programmes.consents.models import WorkerMentoring
from programmes.consents.views import READERS, scan_answer, scan_form
from programmes.models import Person, Programme
from programmes.people.models import Kind
from programmes.refusal import Refusal


def found(request: HttpRequest, programme_id: int, person_id: int) -> tuple[Programme, Person]:
    programme = bases.programme_of(request, programme_id)
    workers = Person.objects.filter(school=programme.school_id, kind=Kind.TEACHER)
    return programme, get_object_or_404(workers, pk=person_id)


@require_http_methods(["GET", "POST"])
@allow(*READERS)
def worker_mentoring(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    programme, person = found(request, programme_id, person_id)
    if request.method == "GET":
        return page(request, programme, person, row_of(programme, person))
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        row = row_of(programme, person)
        form = form_of(programme, person, row, request.POST)
        if form.is_valid() and not form.is_stale:
            values = {name: form.cleaned_data[name] for name in form.Meta.fields}
            try:
                recording.keep_worker_papers(programme, person, **values)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, "Сохранено.")
                return redirect("worker-mentoring", programme.pk, person.pk)
    conflict = form.conflict()
    status = 409 if conflict else 422
    return page(
        request, programme, person, row, form=form, refusals=conflict or refusals, status=status
    )


def row_of(programme: Programme, person: Person) -> WorkerMentoring | None:
    return programme.worker_mentorings.filter(person=person).first()


def form_of(programme, person, row: WorkerMentoring | None, data=None) -> WorkerMentoringForm:
    """The form of the row; a new one proposes the days of the programme."""
    new = WorkerMentoring(
        programme=programme,
        person=person,
        started_on=programme.started_on,
        ended_on=programme.ended_on,
    )
    return WorkerMentoringForm(data, instance=row or new)


def page(
    request: HttpRequest,
    programme: Programme,
    person: Person,
    row: WorkerMentoring | None,
    *,
    form=None,
    upload=None,
    refusals=(),
    status=200,
) -> HttpResponse:
    return render(
        request,
        "programmes/consents/worker.html",
        {
            "programme": programme,
            "person": person,
            "row": row,
            "form": form or form_of(programme, person, row),
            "scan_form": upload or ConsentScanForm(),
            "refusals": refusals,
            "scans": row.scans.order_by("-uploaded_at") if row else (),
        },
        status=status,
    )


@require_POST
@allow(*READERS)
def upload(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    """Keep the scan of the worker's consent."""
    programme, person = found(request, programme_id, person_id)
    row = programme.worker_mentorings.filter(person=person).first()
    form = scan_form(request)
    if not form.is_valid():
        return page(request, programme, person, row, upload=form, status=422)
    if row is None:
        row = recording.keep_worker_papers(programme, person)
    recording.attach_scan(row, form.content, form.extension, request.user)
    messages.success(request, "Скан сохранён.")
    return redirect("worker-mentoring", programme.pk, person.pk)


@require_safe
@allow(*READERS)
def scan_file(
    request: HttpRequest, programme_id: int, person_id: int, scan_id: int
) -> HttpResponse:
    programme, person = found(request, programme_id, person_id)
    row = get_object_or_404(programme.worker_mentorings, person=person)
    return scan_answer(get_object_or_404(row.scans, pk=scan_id))
