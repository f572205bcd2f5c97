"""Consents in the browser: who lacks what, a pile recorded at once, one person's consents (D13)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.consents import listing, recording, standing
from programmes.consents.forms import (
    CompleteForm,
    ConsentScanForm,
    RecordForm,
    UndoForm,
    WithdrawForm,
)
from programmes.consents.models import Consent, ConsentScan, WithdrawalTask
from programmes.consents.wording import SHORT, Purpose
from programmes.models import Person, Programme
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal

READERS = (Role.CURATOR, Role.DIRECTOR)
PAGE = 50
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
TOO_LARGE = "Файл больше 12 МБ: сервер не стал его читать."


@require_safe
@allow(*READERS)
def consent_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Who of the programme, a class or the school has which consent, and who lacks one."""
    programme = bases.programme_of(request, programme_id)
    today = timezone.localdate()
    asked = listing.Asked.of(request.GET)
    people = listing.people_of(programme, asked, programme.working_day())
    rows = listing.rows_of(programme, people, today, asked.purpose)
    shown = listing.narrowed(rows, asked.state)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "programmes/consents/list.html",
        {
            "programme": programme,
            "page": page,
            "asked": asked,
            "found": len(shown),
            "total": len(rows),
            "lacking": sum(bool(row.lacking) for row in rows),
            "soon": listing.narrowed(rows, "soon"),
            "who": listing.WHO,
            "states": listing.STATES,
            "classes": listing.classes_of(programme, asked, programme.working_day()),
            "purposes": Purpose.choices,
            "columns": SHORT.values(),
            "untouched": listing.without_any(programme),
            "default_purposes": page[0].asked if page else (),
            "tasks": listing.open_tasks(programme),
            "today": today,
            "may_change": request.user.is_any(Role.CURATOR),
            "people_value": ",".join(map(str, asked.people)),
        },
    )


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def consent_record(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Record a pile of signed papers: one day, several people."""
    programme = bases.programme_of(request, programme_id)
    source = request.POST if request.method == "POST" else request.GET
    ids = whole_numbers(n for one in source.getlist("people") for n in one.split(","))
    people = list(Person.objects.filter(school=programme.school_id, pk__in=ids).in_order())[:PAGE]
    guardians = listing.last_guardians(people)
    refusals: tuple[str, ...] = ()
    if request.method == "POST":
        form = RecordForm(request.POST, people=people, guardians=guardians)
        if form.is_valid():
            try:
                done = recording.record(programme.school, form.papers(), request.user)
            except Refusal as refusal:
                refusals = refusal.messages
            else:
                messages.success(request, f"Записано согласий: {len(done)}.")
                if len(people) == 1:
                    return redirect("person-consents", people[0].pk)
                return redirect(standing.list_address(programme.pk, people))
    else:
        asked = request.GET.getlist("purposes") or [Purpose.PROCESSING, Purpose.PARTICIPATION]
        form = RecordForm(people=people, guardians=guardians, initial={"purposes": asked})
    return render(
        request,
        "programmes/consents/record.html",
        {"programme": programme, "form": form, "people": people, "refusals": refusals},
        status=422 if request.method == "POST" else 200,
    )


def person_of(request: HttpRequest, pk: int) -> Person:
    people = Person.objects.filter(school_id=request.user.school_id)
    return get_object_or_404(people, pk=pk)


@require_safe
@allow(*READERS)
def person_consents(request: HttpRequest, pk: int) -> HttpResponse:
    return person_page(request, person_of(request, pk))


def person_page(request, person: Person, *, refusals=(), status=200) -> HttpResponse:
    """All consents of one person: what holds today, the history, what can be done."""
    today = timezone.localdate()
    consents = person.consents.select_related("text", "task", "recorded_by__person")
    now = standing.standings([person], today, Purpose.values)[person.pk]
    may_change = request.user.is_any(Role.CURATOR)
    return render(
        request,
        "programmes/consents/person.html",
        {
            "person": person,
            "signers": standing.signers_of(person, today).value,
            "standings": list(now.values()),
            "soon": listing.soon_of(person, today),
            "consents": consents.prefetch_related("scans"),
            "refusals": refusals,
            "today": today,
            "may_change": may_change,
            # An application that waits for these papers: the way back to it.
            "waiting": person.applications.filter(state="waiting") if may_change else (),
            "programme": Programme.objects.visible_to(request.user).current(),
        },
        status=status,
    )


def wrong(form: Form) -> tuple[str, ...]:
    """What is wrong with a small form on the page, in words."""
    return tuple(
        f"{form.fields[name].label}: {error}"
        for name, errors in form.errors.items()
        for error in errors
    )


def consent_of(request: HttpRequest, pk: int) -> Consent:
    consents = Consent.objects.filter(person__school_id=request.user.school_id)
    return get_object_or_404(consents.select_related("person"), pk=pk)


@require_POST
@allow(Role.CURATOR)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a consent: it blocks at once; issued papers stay."""
    consent = consent_of(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return person_page(request, consent.person, refusals=wrong(form), status=422)
    try:
        task = recording.withdraw(
            consent, form.cleaned_data["withdrawn_on"], form.cleaned_data["reason"]
        )
    except Refusal as refusal:
        return person_page(request, consent.person, refusals=refusal.messages, status=422)
    messages.success(
        request, f"Согласие отозвано. До {task.due_on:%d.%m.%Y}: {task.words}. Приказы сохранены."
    )
    return redirect("person-consents", consent.person_id)


@require_POST
@allow(Role.CURATOR)
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the task after the withdrawal of this consent is done."""
    consent = consent_of(request, pk)
    form = CompleteForm(request.POST)
    if not form.is_valid():
        return person_page(request, consent.person, refusals=wrong(form), status=422)
    task = WithdrawalTask.objects.filter(consent=consent).first()
    try:
        if task is None:
            raise Refusal("Согласие не отозвано: выполнять нечего.")
        recording.complete(task, form.cleaned_data["done_on"])
    except Refusal as refusal:
        return person_page(request, consent.person, refusals=refusal.messages, status=422)
    messages.success(request, f"Выполнено: {task.words}.")
    return redirect("person-consents", consent.person_id)


@require_POST
@allow(Role.CURATOR)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a consent that was recorded by mistake."""
    consent = consent_of(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return person_page(request, consent.person, refusals=wrong(form), status=422)
    try:
        recording.undo(consent, form.cleaned_data["reason"])
    except Refusal as refusal:
        return person_page(request, consent.person, refusals=refusal.messages, status=422)
    messages.success(request, "Ошибочная запись больше не считается.")
    return redirect("person-consents", consent.person_id)


@require_POST
@allow(Role.CURATOR)
def upload_scan(request: HttpRequest, pk: int) -> HttpResponse:
    consent = consent_of(request, pk)
    form = scan_form(request)
    if not form.is_valid():
        return person_page(request, consent.person, refusals=wrong(form), status=422)
    recording.attach_scan(consent, form.content, form.extension, request.user)
    messages.success(request, "Скан сохранён.")
    return redirect("person-consents", consent.person_id)


def scan_form(request: HttpRequest) -> ConsentScanForm:
    form = ConsentScanForm(request.POST, request.FILES)
    if getattr(request, "upload_too_large", False):
        form.add_error("scan", TOO_LARGE)
    return form


@require_safe
@allow(*READERS)
def scan_file(request: HttpRequest, pk: int, scan_id: int) -> HttpResponse:
    return scan_answer(get_object_or_404(consent_of(request, pk).scans, pk=scan_id))


def scan_answer(scan: ConsentScan) -> HttpResponse:
    response = FileResponse(
        scan.file.open("rb"),
        as_attachment=True,
        filename=f"soglasie-{scan.pk}.{scan.extension}",
        content_type=TYPES[scan.extension],
    )
    response["Content-Security-Policy"] = "sandbox"
    return response
