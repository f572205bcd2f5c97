"""Pages of pairs and groups."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from pairs.formation import forming
from pairs.formation.candidates import unpaired, waiting_since
from pairs.formation.forms import (
    AddMenteeForm,
    ChangeMentorForm,
    ConfirmForm,
    EndPairForm,
    RemoveMenteeForm,
    common_day,
)
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.panels import panels
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Person
from programmes.numbers import whole_numbers
from programmes.refusal import Refusal
from programmes.study.models import memberships_of

READERS = (Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT)
PARTICIPANTS = (Role.MENTOR, Role.MENTEE, Role.TEACHER)
PAGE = 50


@require_safe
@allow(*READERS)
def pair_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, programme_of(request, programme_id))


def list_page(request, programme, *, form=None, refusals=(), chosen=(), status=200):
    everything = Pair.objects.visible_to(request.user).filter(programme=programme)
    pairs = everything
    state, text = request.GET.get("state", ""), request.GET.get("q", "")
    code = request.GET.get("form", "")
    if state in Pair.State.values:
        pairs = pairs.filter(state=state)
    if code:
        pairs = pairs.filter(form__code=code)
    if text.strip():
        people = Person.objects.filter(school_id=programme.school_id).search(text)
        pairs = pairs.filter(
            pk__in=PairMentor.objects.filter(person__in=people).values("pair_id")
        ) | pairs.filter(pk__in=PairMentee.objects.filter(person__in=people).values("pair_id"))
    pairs = pairs.with_people().order_by("pk").prefetch_related("documents")
    page = Paginator(pairs, PAGE).get_page(request.GET.get("page"))
    drafts = [pair for pair in page if pair.is_draft]
    may_change = request.user.is_any(Role.CURATOR)
    return render(
        request,
        "pairs/formation/list.html",
        {
            "programme": programme,
            "page": page,
            "total": page.paginator.count,
            "states": state_counts(everything),
            "state": state,
            "is_filtered": bool(state or code or text),
            "forms": programme.forms.all(),
            "code": code,
            "q": text,
            "may_change": may_change,
            "sees_papers": request.user.is_any(Role.CURATOR, Role.DIRECTOR, Role.EXPERT),
            "has_drafts": may_change and bool(drafts),
            "form": form or ConfirmForm(initial={"on": common_day(drafts)}),
            "refusals": refusals,
            "chosen": set(chosen),
        },
        status=status,
    )


def state_counts(pairs) -> list[tuple[str, str, int]]:
    """The tabs of the list: value, title, how many."""
    counts = dict(pairs.values_list("state").annotate(n=Count("pk")).order_by())
    titles = zip(Pair.State.values, ("черновики", "подтверждённые", "завершённые"), strict=True)
    return [
        ("", "все", sum(counts.values())),
        *((value, title, counts.get(value, 0)) for value, title in titles),
    ]


@require_POST
@allow(Role.CURATOR)
def confirm(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Confirm the ticked drafts, all or none."""
    programme = programme_of(request, programme_id)
    form = ConfirmForm(request.POST)
    ids = whole_numbers(request.POST.getlist("pairs"))
    if not form.is_valid():
        return list_page(request, programme, form=form, chosen=ids, status=422)
    pairs = Pair.objects.managed_by(request.user).filter(programme=programme, pk__in=ids)
    pairs = list(pairs.with_people())
    day = form.day_for(pairs)
    if pairs and day is None:
        form.add_error("on", "У отмеченных черновиков разные дни начала: назовите один для всех.")
        return list_page(request, programme, form=form, chosen=ids, status=422)
    try:
        confirmed = forming.confirm_pairs(programme, pairs, day)
    except Refusal as refusal:
        return list_page(
            request, programme, form=form, refusals=refusal.messages, chosen=ids, status=422
        )
    if confirmed:
        messages.success(
            request,
            f"Подтверждено пар и групп: {len(confirmed)}. "
            "Следующий шаг – приказ о формировании пар.",
        )
    else:
        messages.info(request, "Эти пары уже подтверждены с этого дня.")
    return redirect("pair-list", programme.pk)


def managed(request: HttpRequest, pk: int) -> Pair:
    return get_object_or_404(Pair.objects.managed_by(request.user).with_people(), pk=pk)


@require_safe
@allow(*READERS, *PARTICIPANTS)
def pair_detail(request: HttpRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(Pair.objects.visible_to(request.user).with_people(), pk=pk)
    return detail_page(request, pair)


def detail_page(request, pair, *, opened="", form=None, refusals=(), status=200):
    """The page of a pair; ``form`` is the one just tried, ``opened`` the name of its deed."""
    day = pair.programme.working_day()
    may_change = request.user.is_any(Role.CURATOR)
    forms = deeds_of(pair, day) if may_change else {}
    if opened:
        forms[opened] = form
    return render(
        request,
        "pairs/formation/detail.html",
        {
            "pair": pair,
            "may_change": may_change,
            "sees_papers": request.user.is_any(Role.CURATOR, Role.DIRECTOR, Role.EXPERT),
            "sees_people": request.user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST),
            "sees_list": request.user.is_any(*READERS),
            "forms": forms,
            "panels": panels(pair, request.user),
            "form": form,
            "opened": opened,
            "refusals": refusals,
            "curators": pair.programme.curators_on(day),
        },
        status=status,
    )


def deeds_of(pair: Pair, day) -> dict:
    """The empty forms of what may be done with the pair now."""
    initial = {"on": max(filter(None, (day, pair.started_on)))}
    forms: dict = {}
    if pair.is_draft:
        proposed = {"on": pair.proposed_on}
        forms["confirm"] = ConfirmForm(initial=proposed, auto_id="confirm_%s")
    if pair.is_confirmed:
        forms["change"] = ChangeMentorForm(pair=pair, initial=initial, auto_id="change_%s")
        forms["end"] = EndPairForm(initial=initial, auto_id="end_%s")
    if not pair.is_ended:
        start = {"on": pair.proposed_on} if pair.is_draft else initial
        forms["add"] = AddMenteeForm(pair=pair, initial=start, auto_id="add_%s")
        if len(pair.current_mentees) > 1:
            forms["remove"] = RemoveMenteeForm(pair=pair, initial=initial, auto_id="remove_%s")
    return forms


def attempt(request, pair: Pair, opened: str, form, deed, done: str) -> HttpResponse:
    """Read the form, do the deed, say so; or show the page with everything typed and why not."""
    if not form.is_valid():
        return detail_page(request, pair, opened=opened, form=form, status=422)
    try:
        deed(form.cleaned_data)
    except Refusal as refusal:
        return detail_page(
            request, pair, opened=opened, form=form, refusals=refusal.messages, status=422
        )
    messages.success(request, done)
    return redirect("pair-detail", pair.pk)


@require_POST
@allow(Role.CURATOR)
def pair_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; both sides are free again. The answer leads back to the same choice."""
    pair = managed(request, pk)
    choice = urlencode(
        {
            "form": pair.form_id,
            "mentees": [mentee.pk for mentee in pair.current_mentees],
            "mentor": pair.mentor.pk,
            "variant": pair.variant_id or "",
        },
        doseq=True,
    )
    try:
        forming.discard(pair)
    except Refusal as refusal:
        return detail_page(request, pair, refusals=refusal.messages, status=422)
    address = reverse("pair-new", args=[pair.programme_id])
    messages.success(
        request,
        format_html(
            'Черновик удалён, участники снова свободны. <a href="{}?{}">Составить снова</a>',
            address,
            choice,
        ),
    )
    return redirect("pair-list", pair.programme_id)


@require_POST
@allow(Role.CURATOR)
def pair_end(request: HttpRequest, pk: int) -> HttpResponse:
    pair = managed(request, pk)
    form = EndPairForm(request.POST, auto_id="end_%s")
    return attempt(
        request,
        pair,
        "end",
        form,
        lambda data: forming.end(pair, data["on"], form.reason_words),
        "Пара завершена. Наставляемые снова в списке без пары.",
    )


@require_POST
@allow(Role.CURATOR)
def pair_change_mentor(request: HttpRequest, pk: int) -> HttpResponse:
    pair = managed(request, pk)
    form = ChangeMentorForm(request.POST, pair=pair, auto_id="change_%s")
    return attempt(
        request,
        pair,
        "change",
        form,
        lambda data: forming.change_mentor(pair, data["mentor"], data["on"], form.reason_words),
        "Наставник сменён, прежний остался в истории пары.",
    )


@require_POST
@allow(Role.CURATOR)
def pair_add_mentee(request: HttpRequest, pk: int) -> HttpResponse:
    pair = managed(request, pk)
    return attempt(
        request,
        pair,
        "add",
        AddMenteeForm(request.POST, pair=pair, auto_id="add_%s"),
        lambda data: forming.add_mentee(pair, data["mentee"], data["on"]),
        "Наставляемый добавлен в группу.",
    )


@require_POST
@allow(Role.CURATOR)
def pair_remove_mentee(request: HttpRequest, pk: int) -> HttpResponse:
    pair = managed(request, pk)
    form = RemoveMenteeForm(request.POST, pair=pair, auto_id="remove_%s")
    return attempt(
        request,
        pair,
        "remove",
        form,
        lambda data: forming.remove_mentee(pair, data["mentee"], data["on"], form.reason_words),
        "Наставляемый вышел из группы, его срок в ней сохранён.",
    )


@require_safe
@allow(Role.PSYCHOLOGIST, Role.CURATOR)
def unpaired_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The queue of mentees without a pair: whom to support while the search goes on (S5.2)."""
    programme = programme_of(request, programme_id)
    today = timezone.localdate()
    entries = unpaired(programme, programme.working_day())
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    since = waiting_since(programme, list(page))
    rows = [(entry, max(0, (today - since[entry.person_id]).days)) for entry in page]
    return render(
        request,
        "pairs/formation/unpaired.html",
        {
            "programme": programme,
            "page": page,
            "rows": rows,
            "total": page.paginator.count,
            "in_base": programme.mentees.ongoing_on(programme.working_day()).exists(),
            "may_pair": request.user.is_any(Role.CURATOR),
            "in_group": bool(memberships_of(request.user.person)),
        },
    )
