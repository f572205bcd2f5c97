"""What is done with pairs and groups: proposing, confirming, changing, ending (stage 5).

Every verb locks the row of the programme first, so that two clicks or two curators follow one
another; it refuses with every reason in words, or does the whole deed.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Count, Q

from pairs.formation.models import Pair, PairMentee, PairMentor
from programmes.consents import standing
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.people.models import Person
from programmes.programme.models import MentoringForm, Programme, Variant
from programmes.readiness import reasons_against_leading
from programmes.refusal import Refusal

LIVE = (Pair.State.DRAFT, Pair.State.CONFIRMED)


def capacity_of(mentor: Mentor, form: MentoringForm) -> int:
    """How many mentees the mentor may lead: as agreed with the mentor, else as set for the form."""
    return mentor.capacity if mentor.capacity is not None else form.capacity


def places_taken(
    programme: Programme, states: Iterable[str] = LIVE, besides: Collection[int] = ()
) -> Counter:
    """Mentees each mentor leads now in the programme, pairs ``besides`` left out: id → number."""
    rows = (
        PairMentor.objects.filter(
            pair__programme=programme, pair__state__in=states, ended_on__isnull=True
        )
        .exclude(pair__in=list(besides))
        .values("person_id")
        .annotate(taken=Count("pair__mentees", filter=Q(pair__mentees__ended_on__isnull=True)))
    )
    return Counter({row["person_id"]: row["taken"] for row in rows})


@transaction.atomic
def propose(
    programme: Programme,
    form: MentoringForm,
    mentor: Person,
    mentees: list[Person],
    on: datetime.date,
    variant: Variant | None = None,
) -> Pair:
    """Draft a pair, or a group when there are several mentees; ``on`` is the day it is to begin.

    Raises Refusal with every reason: a wrong form, nobody's base, already together, no free place.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    reasons = list(reasons_against(programme, form, mentor, mentees, on))
    if reasons:
        raise Refusal(*reasons)
    pair = Pair.objects.create(
        programme=programme, form=form, variant=variant, is_group=len(mentees) > 1
    )
    PairMentor.objects.create(pair=pair, person=mentor, started_on=on)
    for mentee in mentees:
        PairMentee.objects.create(pair=pair, person=mentee, started_on=on)
    return pair


@transaction.atomic
def confirm_pairs(programme: Programme, pairs: list[Pair], on: datetime.date) -> list[Pair]:
    """Confirm drafts from ``on``: all of them or, with Refusal, none. Returns those confirmed now.

    Everything that could have changed since drafting is checked again: bases, dates, consents,
    selection and training of the mentors (S4.2), capacity (drafts that stay drafts do not take a
    place from those confirmed here). A pair that was already confirmed from the same day is passed
    over: a second click changes nothing.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    asked = list(programme.pairs.with_people().filter(pk__in=[pair.pk for pair in pairs]))
    if not asked:
        raise Refusal("Отметьте хотя бы одну пару.")
    drafts = [pair for pair in asked if not (pair.is_confirmed and pair.started_on == on)]
    if not drafts:
        return []
    reasons = [
        *outside(programme, on),
        *(f"{pair}: это уже не черновик." for pair in drafts if not pair.is_draft),
        *_reasons_against_confirming(programme, drafts, on),
    ]
    if reasons:
        raise Refusal(*reasons)
    for pair in drafts:
        for period in [*pair.mentors.all(), *pair.mentees.all()]:
            period.started_on = on
            period.save()
        pair.state, pair.started_on, pair.is_locked = Pair.State.CONFIRMED, on, True
        pair.save()
    return drafts


def _reasons_against_confirming(
    programme: Programme, drafts: list[Pair], on: datetime.date
) -> Iterator[str]:
    mentors = {
        entry.person_id: entry
        for entry in Mentor.objects.ongoing_on(on)
        .filter(programme=programme)
        .select_related("person")
    }
    mentees = set(
        Mentee.objects.ongoing_on(on)
        .filter(programme=programme)
        .values_list("person_id", flat=True)
    )
    people = [mentee for pair in drafts for mentee in pair.current_mentees]
    busy = _busy(programme, people, on, [pair.pk for pair in drafts])
    everybody = [person for pair in drafts for person in (pair.mentor, *pair.current_mentees)]
    yield from standing.reasons_against(everybody, on, standing.PAIR, programme.school_id)
    needed: Counter = Counter()
    capacity: dict[int, int] = {}
    for pair in drafts:
        mentor = pair.mentor
        yield from left(mentor, on)
        for mentee in pair.current_mentees:
            yield from left(mentee, on)
            if mentee.pk not in mentees:
                yield f"{mentee} не в базе наставляемых на {on:%d.%m.%Y}."
            if other := busy.get((mentee.pk, pair.form_id)):
                yield _together(other)
        if mentor.pk not in mentors:
            yield f"{mentor} не в базе наставников на {on:%d.%m.%Y}."
            continue
        needed[mentor.pk] += len(pair.current_mentees)
        capacity[mentor.pk] = capacity_of(mentors[mentor.pk], pair.form)
    leading = [mentors[person_id].person for person_id in capacity]
    yield from reasons_against_leading(programme, leading, on)
    taken = places_taken(programme, [Pair.State.CONFIRMED])
    for person_id, places in capacity.items():
        yield from crowded(mentors[person_id].person, places, taken[person_id], needed[person_id])


@transaction.atomic
def discard(pair: Pair) -> None:
    """Throw a draft away; both sides are free again."""
    _, pair = _locked(pair)
    if not pair.is_draft:
        raise Refusal("Удалить можно только черновик.")
    pair.delete()


@transaction.atomic
def end(pair: Pair, on: datetime.date, reason: str) -> None:
    """End a confirmed pair on its last day ``on``; its periods end with it.

    Ending it again with the same day and reason changes nothing.
    """
    programme, pair = _locked(pair)
    if pair.is_ended and (pair.ended_on, pair.end_reason) == (on, reason):
        return
    if not pair.is_confirmed:
        raise Refusal("Завершить можно только подтверждённую пару.")
    if on < pair.started_on:
        raise Refusal(
            f"Пара не может закончиться раньше, чем началась: {pair.started_on:%d.%m.%Y}."
        )
    if on > programme.ended_on:
        raise Refusal(f"Программа заканчивается {programme.ended_on:%d.%m.%Y}.")
    open_periods = [p for p in [*pair.mentors.all(), *pair.mentees.all()] if p.ended_on is None]
    reasons = [
        f"{period.person} в паре только с {period.started_on:%d.%m.%Y}."
        for period in open_periods
        if on < period.started_on
    ]
    if reasons:
        raise Refusal(*reasons)
    for period in open_periods:
        period.end(on, reason)
    pair.state, pair.ended_on, pair.end_reason = Pair.State.ENDED, on, reason
    pair.save()


@transaction.atomic
def change_mentor(pair: Pair, mentor: Person, on: datetime.date, reason: str) -> None:
    """Let ``mentor`` lead the pair from ``on``; the former one ends the day before.

    The same change a second time changes nothing.
    """
    programme, pair = _locked(pair)
    if not pair.is_confirmed:
        raise Refusal("Сменить наставника можно только в подтверждённой паре.")
    current = pair.mentors.get(ended_on__isnull=True)
    if current.person_id == mentor.pk:
        if current.started_on == on and pair.mentors.count() > 1:
            return
        raise Refusal(f"{mentor} и сейчас наставник этой пары.")
    if on <= current.started_on:
        raise Refusal(
            f"Новый наставник может начать не раньше дня после "
            f"{current.started_on:%d.%m.%Y}, когда начал прежний."
        )
    mentees = pair.current_mentees
    reasons = list(reasons_against(programme, pair.form, mentor, mentees, on, besides=pair))
    reasons += reasons_against_leading(programme, [mentor], on)
    if reasons:
        raise Refusal(*reasons)
    current.end(on - datetime.timedelta(days=1), reason)
    PairMentor.objects.create(pair=pair, person=mentor, started_on=on)


@transaction.atomic
def add_mentee(pair: Pair, mentee: Person, on: datetime.date) -> None:
    """Let one more mentee into a pair from ``on``; with the second one it is a group."""
    programme, pair = _locked(pair)
    if pair.is_ended:
        raise Refusal("Пара завершена: составьте новую.")
    if pair.is_confirmed and on < pair.started_on:
        raise Refusal(f"Пара работает только с {pair.started_on:%d.%m.%Y}.")
    own = pair.mentees.overlapping_with(on, None).filter(person=mentee).first()
    if own is not None:
        if own.started_on == on and own.ended_on is None:
            return
        raise Refusal(
            f"{mentee} уже в этой паре с {own.started_on:%d.%m.%Y}"
            + (f" по {own.ended_on:%d.%m.%Y}." if own.ended_on else ".")
        )
    reasons = list(reasons_against(programme, pair.form, pair.mentor, [mentee], on, besides=pair))
    if reasons:
        raise Refusal(*reasons)
    PairMentee.objects.create(pair=pair, person=mentee, started_on=on)
    if not (pair.is_group and pair.is_locked):
        pair.is_group = pair.is_locked = True  # What somebody has put together is kept.
        pair.save()


@transaction.atomic
def remove_mentee(pair: Pair, mentee: Person, on: datetime.date, reason: str) -> None:
    """Let a mentee leave a group after the last day ``on``; the others go on.

    Out of a draft the mentee goes without a trace: nothing had begun. Twice is as once.
    """
    _, pair = _locked(pair)
    periods = [p for p in pair.mentees.all() if p.person_id == mentee.pk]
    period = next((p for p in periods if p.ended_on is None), None)
    if period is None:
        if any((p.ended_on, p.end_reason) == (on, reason) for p in periods):
            return
        raise Refusal(f"{mentee} уже не в группе.")
    staying = len(pair.current_mentees) - 1
    if not staying:
        raise Refusal("Это последний наставляемый: завершите пару или удалите черновик.")
    if pair.is_draft:
        period.delete()
        pair.is_group = staying > 1
        pair.save()
        return
    if on < period.started_on:
        raise Refusal(f"{mentee} в группе только с {period.started_on:%d.%m.%Y}.")
    period.end(on, reason)


def reasons_against(
    programme: Programme,
    form: MentoringForm,
    mentor: Person,
    mentees: list[Person],
    on: datetime.date,
    besides: Pair | None = None,
) -> Iterator[str]:
    """Yield, in words, what forbids this mentor for these mentees from ``on``.

    ``besides`` is the pair being changed: it is not counted against itself.
    """
    if not mentees:
        yield "Выберите хотя бы одного наставляемого."
    yield from outside(programme, on)
    if not programme.forms.filter(pk=form.pk).exists():
        yield f"Форма {form} не выбрана в программе."
    yield from left(mentor, on)
    entry = Mentor.objects.ongoing_on(on).filter(programme=programme, person=mentor).first()
    if entry is None:
        yield f"{mentor} не в базе наставников на {on:%d.%m.%Y}."
    in_base = set(
        Mentee.objects.ongoing_on(on)
        .filter(programme=programme, person__in=mentees)
        .values_list("person_id", flat=True)
    )
    busy = _busy(programme, mentees, on, [besides.pk] if besides else [])
    for mentee in mentees:
        yield from left(mentee, on)
        if mentee.pk == mentor.pk:
            yield f"{mentor} не может быть наставником самому себе."
        if mentee.pk not in in_base:
            yield f"{mentee} не в базе наставляемых на {on:%d.%m.%Y}."
        if not form.fits(mentor, mentee):
            yield f"Форма {form} не подходит: {mentor} – {mentee}."
        if other := busy.get((mentee.pk, form.pk)):
            yield _together(other)
    yield from standing.reasons_against([mentor, *mentees], on, standing.PAIR, programme.school_id)
    if entry is not None:
        taken = places_taken(programme)[mentor.pk]
        yield from crowded(mentor, capacity_of(entry, form), taken, len(mentees))


def outside(programme: Programme, on: datetime.date) -> Iterator[str]:
    if not programme.started_on <= on <= programme.ended_on:
        yield (
            f"Дата начала должна быть внутри программы: с {programme.started_on:%d.%m.%Y} "
            f"по {programme.ended_on:%d.%m.%Y}."
        )


def left(person: Person, on: datetime.date) -> Iterator[str]:
    if person.has_left_by(on):
        yield f"{person} {person.leaving}."


def crowded(mentor: Person, capacity: int, taken: int, needed: int) -> Iterator[str]:
    if taken + needed > capacity:
        yield (
            f"У наставника {mentor.short_name} мест: {capacity}, занято: {taken}, "
            f"нужно ещё: {needed}."
        )


def _busy(
    programme: Programme, people: list[Person], on: datetime.date, besides: list[int]
) -> dict[tuple[int, int], PairMentee]:
    """Periods in other pairs that last on ``on`` or later: (person id, form id) → period."""
    periods = (
        PairMentee.objects.overlapping_with(on, None)
        .filter(person__in=people, pair__programme=programme)
        .exclude(pair__in=besides)
        .select_related("person", "pair")
    )
    return {(period.person_id, period.pair.form_id): period for period in periods}


def _together(period: PairMentee) -> str:
    pair = period.pair
    if period.ended_on:
        return f"{period.person} в прежней паре по {period.ended_on:%d.%m.%Y}: начните позже."
    return f"{period.person} уже в паре: наставник – {pair.mentor} ({pair.get_state_display()})."


def _locked(pair: Pair) -> tuple[Programme, Pair]:
    """The programme, locked, and the pair as it is now."""
    programme = Programme.objects.select_for_update().get(pk=pair.programme_id)
    found = programme.pairs.with_people().filter(pk=pair.pk).first()
    if found is None:
        raise Refusal("Этой пары уже нет: черновик удалён.")
    return programme, found
