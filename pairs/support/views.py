"""The queue of those without a pair and the cases of their support (S5.2)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.formation.candidates import unpaired, waiting_since
from pairs.support import deeds
from pairs.support.forms import CloseForm, ConclusionForm, ContactForm
from pairs.support.models import SupportCase, SupportContact
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Person
from programmes.refusal import Refusal
from programmes.study.models import memberships_of

PAGE = 50


@require_safe
@allow(Role.PSYCHOLOGIST, Role.CURATOR)
def unpaired_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The queue of mentees without a pair: whom to support while the search goes on."""
    return queue(request, programme_of(request, programme_id))


def queue(request, programme, *, refusals=(), status=200) -> HttpResponse:
    today = timezone.localdate()
    entries = unpaired(programme, programme.working_day())
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    since = waiting_since(programme, list(page))
    cases = {
        case.person_id: case
        for case in programme.support_cases.filter(ended_on__isnull=True)
        .select_related("psychologist", "person")
        .annotate(number=Count("contacts"), last=Max("contacts__held_on"))
    }
    rows = [
        (entry, max(0, (today - since[entry.person_id]).days), cases.get(entry.person_id))
        for entry in page
    ]
    waiting = set(entries.values_list("person_id", flat=True))
    is_curator = request.user.is_any(Role.CURATOR)
    context = {
        "programme": programme,
        "page": page,
        "rows": rows,
        "total": page.paginator.count,
        "paired": [case for pk, case in cases.items() if pk not in waiting],
        "in_base": programme.mentees.ongoing_on(programme.working_day()).exists(),
        "may_pair": is_curator,
        "psychologists": deeds.psychologists(programme) if is_curator else [],
        "may_open": request.user.is_any(Role.PSYCHOLOGIST) and request.user.person_id,
        "in_group": bool(memberships_of(request.user.person)),
        "refusals": refusals,
    }
    return render(request, "pairs/formation/unpaired.html", context, status=status)


@require_POST
@allow(Role.PSYCHOLOGIST, Role.CURATOR)
def support_open(request: HttpRequest, programme_id: int, person_id: int) -> HttpResponse:
    """Open a case: a psychologist for oneself, a curator for the psychologist named."""
    programme = programme_of(request, programme_id)
    person = get_object_or_404(Person, pk=person_id, school=programme.school_id)
    leading = {p.pk: p for p in deeds.psychologists(programme)}
    asked = request.POST.get("psychologist", "")
    if request.user.is_any(Role.CURATOR) and asked:
        psychologist = leading.get(int(asked)) if asked.isdecimal() else None
    else:
        psychologist = leading.get(request.user.person_id)
    if psychologist is None:
        words = (
            "Выберите психолога. Его вход в портал с ролью «психолог» создаёт администратор и "
            "связывает с человеком из списка школы."
        )
        return queue(request, programme, refusals=[words], status=422)
    try:
        case = deeds.begin(programme, person, psychologist)
    except Refusal as refusal:
        return queue(request, programme, refusals=refusal.messages, status=422)
    messages.success(request, f"Сопровождение открыто: {person}, психолог {case.psychologist}.")
    return redirect("support-case", case.pk)


def seen(request: HttpRequest, pk: int) -> SupportCase:
    rows = SupportCase.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("person", "psychologist", "programme"), pk=pk)


def kept(request: HttpRequest, pk: int) -> SupportCase:
    rows = SupportCase.objects.kept_by(request.user)
    return get_object_or_404(rows.select_related("person", "psychologist", "programme"), pk=pk)


@require_safe
@allow(Role.PSYCHOLOGIST, Role.CURATOR)
def support_case(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, seen(request, pk))


def page_of(request, case: SupportCase, *, refusals=(), forms=None, status=200) -> HttpResponse:
    """The case: contacts with notes for its psychologist, numbers and dates for others."""
    is_own = SupportCase.objects.kept_by(request.user).filter(pk=case.pk).exists()
    contacts = list(case.contacts.all() if is_own else case.contacts.defer("notes"))
    paired = case.person.menteeships.filter(
        pair__programme=case.programme_id, pair__state="confirmed", ended_on__isnull=True
    ).exists()
    given = forms or {}
    conclusion = {"words": case.conclusion, "is_search_on": case.is_search_on}
    context = {
        "case": case,
        "programme": case.programme,
        "is_own": is_own,
        "is_paired": paired,
        "contacts": contacts,
        "conclusion_form": given.get("conclusion", ConclusionForm(initial=conclusion)),
        "close_form": given.get(
            "close",
            CloseForm(
                initial={
                    "on": timezone.localdate(),
                    "reason": "пара сформирована" if paired else "",
                },
                auto_id="close_%s",
            ),
        ),
        "may_pair": request.user.is_any(Role.CURATOR),
        "refusals": refusals,
        "form": given.get("conclusion") or given.get("close"),
    }
    return render(request, "pairs/support/case.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(Role.PSYCHOLOGIST)
def support_contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    return contact_page(request, kept(request, pk), SupportContact())


@require_http_methods(["GET", "POST"])
@allow(Role.PSYCHOLOGIST)
def support_contact(request: HttpRequest, pk: int) -> HttpResponse:
    rows = SupportContact.objects.filter(case__in=SupportCase.objects.kept_by(request.user))
    contact = get_object_or_404(rows.select_related("case__person", "case__programme"), pk=pk)
    return contact_page(request, contact.case, contact)


def contact_page(request, case: SupportCase, contact: SupportContact) -> HttpResponse:
    with transaction.atomic():
        if request.method == "POST":
            deeds.locked(case)
            if contact.pk:
                contact.refresh_from_db()
        data = request.POST if request.method == "POST" else None
        form = ContactForm(data, instance=contact, case=case)
        if form.is_valid() and not (contact.pk and form.is_stale):
            form.save()
            messages.success(request, "Контакт записан.")
            return redirect("support-case", case.pk)
    is_stale = contact.pk is not None and form.is_bound and not form.errors
    context = {
        "title": "Контакт" if contact.pk else "Новый контакт",
        "lead": "Заметки видите только вы: ни куратор, ни директор, ни администратор их не увидят.",
        "form": form,
        "button": "Сохранить",
        "back_url": reverse("support-case", args=[case.pk]),
        "back_title": str(case),
        "refusals": ["Запись изменили в другом окне. Сверьте и сохраните ещё раз."]
        if is_stale
        else (),
    }
    if is_stale:
        form.differing()
    status = 409 if is_stale else 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@require_POST
@allow(Role.PSYCHOLOGIST)
def support_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    case = kept(request, pk)
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return page_of(request, case, forms={"conclusion": form}, status=422)
    try:
        deeds.conclude(case, form.cleaned_data["words"], form.cleaned_data["is_search_on"])
    except Refusal as refusal:
        return page_of(
            request, case, refusals=refusal.messages, forms={"conclusion": form}, status=422
        )
    messages.success(request, "Заключение видит куратор.")
    return redirect("support-case", case.pk)


@require_POST
@allow(Role.PSYCHOLOGIST, Role.CURATOR)
def support_close(request: HttpRequest, pk: int) -> HttpResponse:
    case = seen(request, pk)
    form = CloseForm(request.POST, auto_id="close_%s")
    refusals: tuple[str, ...] = ()
    if form.is_valid():
        try:
            deeds.close(case, form.cleaned_data["on"], form.cleaned_data["reason"])
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, "Сопровождение завершено.")
            return redirect("unpaired-list", case.programme_id)
    return page_of(request, case, refusals=refusals, forms={"close": form}, status=422)
