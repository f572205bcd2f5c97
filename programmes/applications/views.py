"""The curator's inbox of applications."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programmes import bases
from programmes.access import Role, allow
from programmes.applications import deciding, inbox
from programmes.applications.curator_forms import DeclineForm
from programmes.applications.models import Application, Purpose
from programmes.bases import programme_of
from programmes.mentees.models import hints_for
from programmes.models import Person, Programme, Rules
from programmes.numbers import whole_number, whole_numbers
from programmes.people.import_views import xlsx
from programmes.people.models import Kind, age_on
from programmes.people.spreadsheet import write_xlsx
from programmes.refusal import Refusal

PAGE = 50
SHOWN_REASONS = 10


@require_safe
@allow(Role.CURATOR)
def application_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, programme_of(request, programme_id))


def list_page(request: HttpRequest, programme: Programme, *, refusals=(), chosen=(), status=200):
    asked = inbox.Asked.of(request.GET)
    rows = inbox.found(programme, asked).prefetch_related("categories")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    rules = Rules.of(programme.school_id)
    return render(
        request,
        "programmes/applications/list.html",
        {
            "programme": programme,
            "asked": asked,
            "page": page,
            "rows": [(row, hints_of(row, rules, programme)) for row in page],
            "found": page.paginator.count,
            "numbers": [
                (state, inbox.STATE_TITLES[state], number)
                for state, number in inbox.numbers(programme).items()
            ],
            "choices": inbox.choices(programme),
            "chosen": set(chosen),
            "form": bases.JoinForm(programme=programme),
            "decline_form": DeclineForm(auto_id="decline_%s"),
            "refusals": refusals,
        },
        status=status,
    )


def hints_of(application: Application, rules: Rules, programme: Programme) -> list[str]:
    """What to look at before accepting; explains and forbids nothing. S2.2, S3.2."""
    day = programme.working_day()
    application.programme = programme
    if application.purpose != Purpose.MENTOR:
        found = list(hints_for(application.as_person(), day, rules, application.is_new_here))
    elif application.kind == Kind.PUPIL and application.birth_date:
        age = age_on(application.birth_date, day)
        young = age < rules.mentor_age_from
        found = [f"возраст {age}: наставник обычно не младше {rules.mentor_age_from}"] * young
    else:
        found = []
    if application.repeats:
        found.append("подана ещё раз")
    return found


@require_safe
@allow(Role.CURATOR)
def application_export(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What the list shows, as a spreadsheet of texts."""
    programme = programme_of(request, programme_id)
    rows = inbox.found(programme, inbox.Asked.of(request.GET))
    rows = rows.prefetch_related("categories", "forms")
    cells = [inbox.cells_of(application) for application in rows]
    return xlsx(write_xlsx("Заявки", inbox.HEADER, cells), "applications.xlsx")


@require_POST
@allow(Role.CURATOR)
def application_bulk(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Accept or decline the ticked applications, each on its own; whoever is refused is told."""
    programme = programme_of(request, programme_id)
    ids = whole_numbers(request.POST.getlist("applications"))[:PAGE]
    ticked = list(programme.applications.filter(pk__in=ids).order_by("sort_key", "pk"))
    if not ticked:
        refusals = ("Отметьте хотя бы одну заявку.",)
        return list_page(request, programme, refusals=refusals, status=422)
    if request.POST.get("deed") == "decline":
        form = DeclineForm(request.POST)

        def deed(one):
            return deciding.decline(one, form.cleaned_data["reason"], request.user)
    else:
        form = bases.JoinForm(request.POST, programme=programme)

        def deed(one):
            return deciding.accept_if_certain(one, form.cleaned_data["started_on"], request.user)

    if not form.is_valid():
        wrong = [f"{form.fields[name].label}: {words[0]}" for name, words in form.errors.items()]
        return list_page(request, programme, refusals=wrong, chosen=ids, status=422)
    done, refused = deciding.each(ticked, deed)
    if done:
        verb = "Отклонено" if request.POST.get("deed") == "decline" else "Принято"
        messages.success(request, f"{verb}: {len(done)}.")
    if refused:
        more = len(refused) - SHOWN_REASONS
        shown = refused[:SHOWN_REASONS] + ([f"И ещё {more}."] if more > 0 else [])
        return list_page(request, programme, refusals=shown, chosen=ids, status=422)
    return redirect(f"{reverse('application-list', args=[programme.pk])}?{request.GET.urlencode()}")


def application_of(request: HttpRequest, programme_id: int, pk: int) -> Application:
    programme = programme_of(request, programme_id)
    rows = programme.applications.select_related("programme", "person", "submitted_by__person",
                                                 "decided_by__person")  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@require_safe
@allow(Role.CURATOR)
def application_detail(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return detail_page(request, application_of(request, programme_id, pk))


def detail_page(
    request: HttpRequest, application: Application, *, form=None, decline_form=None, refusals=(),
    status=200,
) -> HttpResponse:  # fmt: skip
    programme = application.programme
    wanted = request.GET.get("q", "")[:200]
    people = Person.objects.filter(school=programme.school_id).present()
    searched = list(people.search(wanted).in_order()[:20]) if wanted.strip() else []
    return render(
        request,
        "programmes/applications/detail.html",
        {
            "programme": programme,
            "application": application,
            "hints": hints_of(application, Rules.of(programme.school_id), programme),
            "matches": searched or deciding.matches(application),
            "certain": deciding.certain_match(application),
            "q": wanted,
            "history": history_of(application),
            "form": form or bases.JoinForm(programme=programme),
            "decline_form": decline_form or DeclineForm(auto_id="decline_%s"),
            "refusals": refusals,
            "today": timezone.localdate(),
        },
        status=status,
    )


def history_of(application: Application) -> list:
    """Decisions, the newest first."""
    return list(application.history.select_related("history_user__person").order_by("-history_id"))


@require_POST
@allow(Role.CURATOR)
def application_person(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Say who the application speaks of: somebody of the school, or a new person."""
    application = application_of(request, programme_id, pk)
    chosen = request.POST.get("person", "")
    try:
        if chosen == "new":
            person = deciding.make_person(application)
        else:
            people = Person.objects.filter(school=request.user.school_id).present()
            person = people.filter(pk=whole_number(chosen)).first()
            if person is None:
                raise Refusal("Выберите, кто это, или «новый человек».")
            deciding.name_person(application, person)
    except Refusal as refusal:
        return detail_page(request, application, refusals=refusal.messages, status=422)
    messages.success(request, f"Заявка относится к человеку: {person.full_name}.")
    return redirect("application-detail", programme_id, pk)


@require_POST
@allow(Role.CURATOR)
def application_accept(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    application = application_of(request, programme_id, pk)
    form = bases.JoinForm(request.POST, programme=application.programme)
    if not form.is_valid():
        return detail_page(request, application, form=form, status=422)
    try:
        words = deciding.accept(application, form.cleaned_data["started_on"], request.user)
    except Refusal as refusal:
        return detail_page(request, application, form=form, refusals=refusal.messages, status=422)
    messages.success(request, words)
    return redirect("application-detail", programme_id, pk)


@require_POST
@allow(Role.CURATOR)
def application_decline(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    application = application_of(request, programme_id, pk)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    if not form.is_valid():
        return detail_page(request, application, decline_form=form, status=422)
    try:
        deciding.decline(application, form.cleaned_data["reason"], request.user)
    except Refusal as refusal:
        return detail_page(
            request, application, decline_form=form, refusals=refusal.messages, status=422
        )
    messages.success(request, f"{application.full_name}: заявка отклонена, её можно вернуть.")
    return redirect("application-detail", programme_id, pk)


@require_POST
@allow(Role.CURATOR)
def application_return(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Let a declined application wait again."""
    return decided(request, programme_id, pk, deciding.take_back, "снова ждёт решения")


@require_POST
@allow(Role.CURATOR)
def application_turn(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Make an application of a preliminary request."""
    purpose = request.POST.get("purpose", "")
    return decided(
        request,
        programme_id,
        pk,
        lambda application: deciding.turn_into(application, purpose),
        f"теперь это {Purpose(purpose).label}" if purpose in Purpose.values else "",
    )


def decided(request: HttpRequest, programme_id: int, pk: int, deed, words: str) -> HttpResponse:
    application = application_of(request, programme_id, pk)
    try:
        deed(application)
    except Refusal as refusal:
        return detail_page(request, application, refusals=refusal.messages, status=422)
    messages.success(request, f"{application.full_name}: {words}.")
    return redirect("application-detail", programme_id, pk)
