"""Pages of pairs and groups."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.formation import forming
from pairs.formation.candidates import mentors_for, unpaired
from pairs.formation.forms import ChangeMentorForm, ConfirmForm, EndPairForm, ProposeForm
from pairs.formation.models import Pair, PairMentee, PairMentor
from programmes.access import Role, allow
from programmes.models import Person, Programme
from programmes.refusal import Refusal

READERS = (Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT)
PARTICIPANTS = (Role.MENTOR, Role.MENTEE, Role.TEACHER)
PAGE = 50
STATES = [("", "все"), *Pair.State.choices]


def visible(request: HttpRequest, programme_id: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)


def working_day(programme: Programme):
    """Today, kept inside the programme."""
    return min(max(timezone.localdate(), programme.started_on), programme.ended_on)


@require_safe
@allow(*READERS)
def pair_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    return list_page(request, visible(request, programme_id))


def list_page(request, programme, *, form=None, refusals=(), chosen=(), status=200):
    pairs = Pair.objects.visible_to(request.user).filter(programme=programme)
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
    may_change = request.user.is_any(Role.CURATOR)
    return render(
        request,
        "pairs/formation/list.html",
        {
            "programme": programme,
            "page": page,
            "total": page.paginator.count,
            "states": STATES,
            "state": state,
            "forms": programme.forms.all(),
            "code": code,
            "q": text,
            "may_change": may_change,
            "has_drafts": may_change and any(pair.is_draft for pair in page),
            "form": form or ConfirmForm(initial={"on": working_day(programme)}),
            "refusals": refusals,
            "chosen": set(chosen),
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def confirm(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Confirm the ticked drafts, all or none."""
    programme = visible(request, programme_id)
    form = ConfirmForm(request.POST)
    ids = [int(i) for i in request.POST.getlist("pairs") if i.isdecimal()]
    if not form.is_valid():
        return list_page(request, programme, form=form, chosen=ids, status=422)
    pairs = list(Pair.objects.managed_by(request.user).filter(programme=programme, pk__in=ids))
    try:
        confirmed = forming.confirm_pairs(programme, pairs, form.cleaned_data["on"])
    except Refusal as refusal:
        return list_page(
            request, programme, form=form, refusals=refusal.messages, chosen=ids, status=422
        )
    messages.success(
        request,
        f"Подтверждено пар и групп: {len(confirmed)}. Следующий шаг – приказ о формировании пар.",
    )
    return redirect("pair-list", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def pair_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Candidates side by side: unpaired mentees at the left, mentors with reasons at the right."""
    programme = visible(request, programme_id)
    refusals: tuple[str, ...] = ()
    form = ProposeForm(request.POST if request.method == "POST" else None, programme=programme)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pair = forming.propose(
                programme,
                data["form"],
                data["mentor"],
                list(data["mentees"]),
                data["on"],
                data["variant"],
            )
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, f"Черновик сохранён: {pair}.")
            return redirect("pair-new", programme.pk)
    return render(
        request,
        "pairs/formation/new.html",
        choosing(request, programme) | {"form": form, "refusals": refusals},
        status=422 if refusals or form.errors else 200,
    )


def choosing(request: HttpRequest, programme: Programme) -> dict:
    """What the page of candidates shows for the choices made so far, typed or linked."""
    source = request.POST if request.method == "POST" else request.GET
    forms = list(programme.forms.prefetch_related("variants"))
    asked = source.get("form", "")
    chosen_form = next((f for f in forms if str(f.pk) == asked), forms[0] if forms else None)
    on = working_day(programme)
    text = source.get("q", "")
    mentees, mentors = [], []
    chosen = {int(i) for i in source.getlist("mentees") if i.isdecimal()}
    if chosen_form:
        entries = unpaired(programme, on, chosen_form)
        if text.strip():
            people = Person.objects.filter(school_id=programme.school_id).search(text)
            entries = entries.filter(person__in=people) | entries.filter(person__in=chosen)
        mentees = list(entries[:100])
        picked = [entry for entry in mentees if entry.person_id in chosen]
        mentors = mentors_for(programme, chosen_form, on, picked)
    return {
        "programme": programme,
        "forms": forms,
        "chosen_form": chosen_form,
        "mentees": mentees,
        "mentors": mentors,
        "chosen": chosen,
        "chosen_mentor": source.get("mentor", ""),
        "chosen_variant": source.get("variant", ""),
        "on": source.get("on") or on.isoformat(),
        "q": text,
        "drafts": programme.pairs.drafts().count(),
    }


def managed(request: HttpRequest, pk: int) -> Pair:
    return get_object_or_404(Pair.objects.managed_by(request.user).with_people(), pk=pk)


@require_safe
@allow(*READERS, *PARTICIPANTS)
def pair_detail(request: HttpRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(Pair.objects.visible_to(request.user).with_people(), pk=pk)
    return detail_page(request, pair)


def detail_page(request, pair, *, end_form=None, change_form=None, refusals=(), status=200):
    day = working_day(pair.programme)
    may_change = request.user.is_any(Role.CURATOR)
    return render(
        request,
        "pairs/formation/detail.html",
        {
            "pair": pair,
            "may_change": may_change,
            "sees_papers": request.user.is_any(Role.CURATOR, Role.DIRECTOR, Role.EXPERT),
            "sees_people": request.user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST),
            "confirm_form": ConfirmForm(initial={"on": day}),
            "end_form": end_form or EndPairForm(initial={"on": day}),
            "change_form": change_form or ChangeMentorForm(pair=pair, initial={"on": day}),
            "opened": "end" if end_form else "change" if change_form else "",
            "refusals": refusals,
            "curators": pair.programme.curators_on(day),
        },
        status=status,
    )


@require_POST
@allow(Role.CURATOR)
def pair_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; both sides are free again."""
    pair = managed(request, pk)
    if not pair.is_draft:
        return detail_page(request, pair, refusals=("Удалить можно только черновик.",), status=422)
    programme_id = pair.programme_id
    pair.delete()
    messages.success(request, "Черновик удалён, участники снова свободны.")
    return redirect("pair-list", programme_id)


@require_POST
@allow(Role.CURATOR)
def pair_end(request: HttpRequest, pk: int) -> HttpResponse:
    pair = managed(request, pk)
    form = EndPairForm(request.POST)
    if not form.is_valid():
        return detail_page(request, pair, end_form=form, status=422)
    try:
        forming.end(pair, form.cleaned_data["on"], form.reason_words)
    except Refusal as refusal:
        return detail_page(request, pair, end_form=form, refusals=refusal.messages, status=422)
    messages.success(request, "Пара завершена. Наставляемые снова в списке без пары.")
    return redirect("pair-detail", pair.pk)


@require_POST
@allow(Role.CURATOR)
def pair_change_mentor(request: HttpRequest, pk: int) -> HttpResponse:
    pair = managed(request, pk)
    form = ChangeMentorForm(request.POST, pair=pair)
    if not form.is_valid():
        return detail_page(request, pair, change_form=form, status=422)
    try:
        forming.change_mentor(
            pair, form.cleaned_data["mentor"], form.cleaned_data["on"], form.reason_words
        )
    except Refusal as refusal:
        return detail_page(request, pair, change_form=form, refusals=refusal.messages, status=422)
    messages.success(request, "Наставник сменён, прежний остался в истории пары.")
    return redirect("pair-detail", pair.pk)


@require_safe
@allow(*PARTICIPANTS)
def my_pairs(request: HttpRequest) -> HttpResponse:
    """The pairs the user is in, as mentor or as mentee."""
    person = request.user.person
    pairs = (
        Pair.objects.filter(programme__school_id=request.user.school_id)
        .exclude(state=Pair.State.DRAFT)
        .with_people()
    )
    lead = pairs.filter(mentors__person=person).distinct() if person else pairs.none()
    led = pairs.filter(mentees__person=person).distinct() if person else pairs.none()
    return render(
        request,
        "pairs/formation/my.html",
        {"lead": mine(lead, person, "mentors"), "led": mine(led, person, "mentees")},
    )


def mine(pairs, person: Person | None, side: str) -> list[Pair]:
    """Pairs in which the person's period on this side still runs."""
    return [
        pair
        for pair in pairs
        if any(p.person_id == person.pk and p.is_ongoing for p in getattr(pair, side).all())
    ]


@require_safe
@allow(Role.PSYCHOLOGIST, Role.CURATOR)
def unpaired_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The queue of mentees without a pair: whom to support while the search goes on (S5.2)."""
    programme = visible(request, programme_id)
    today = timezone.localdate()
    page = Paginator(unpaired(programme, working_day(programme)), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(entry, max(0, (today - entry.started_on).days)) for entry in page]
    return render(
        request,
        "pairs/formation/unpaired.html",
        {
            "programme": programme,
            "page": page,
            "rows": rows,
            "total": page.paginator.count,
            "may_pair": request.user.is_any(Role.CURATOR),
        },
    )
