"""Deciding on awards and giving them (S6.6, S7.3).

Every verb locks the row of the programme first; the same deed twice changes nothing.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from pairs.awards import proposing
from pairs.awards.models import MEASURES, Award, AwardKind, AwardRule
from programmes.consents import standing
from programmes.consents.wording import Purpose
from programmes.models import Measure, Mentor, Person, Programme
from programmes.motivation.models import check_day, give
from programmes.people.models import Kind as PersonKind
from programmes.refusal import Refusal

K, C = AwardKind, AwardRule.Criterion

# A scheme to begin with; the school changes it.
READY = (
    ("Регулярные встречи", C.MEETINGS, 8, K.GRATITUDE),
    ("Маршрут выполнен", C.STEPS, 80, K.DIPLOMA),
    ("Участие в программе", C.MEETINGS, 1, K.CERTIFICATE),
    ("Цель маршрута достигнута", C.OUTCOME, None, K.PARENTS),
    ("Отчёты в срок", C.REPORTS, None, K.BADGE),
    ("Лучшие наставники года", C.FREE, None, K.BOARD),
    ("Особый вклад в программу", C.FREE, None, K.GIFT),
)


def _lock(programme_id: int) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme_id)


@transaction.atomic
def take_ready(programme: Programme) -> int:
    """Put the ready scheme into a programme that has none; how many lines are new."""
    programme = _lock(programme.pk)
    if programme.award_rules.exists():
        return 0
    for title, criterion, threshold, kind in READY:
        programme.award_rules.create(
            title=title, criterion=criterion, threshold=threshold, kind=kind
        )
    return len(READY)


@transaction.atomic
def decide(programme: Programme, keys: set[str], declined: str = "") -> int:
    """Decide on the proposals with these keys: to give, or with ``declined`` why not.

    How many awards are new; proposals that are decided on already are passed over.
    """
    programme = _lock(programme.pk)
    chosen = [one for one in proposing.proposals(programme) if one.key in keys]
    for one in chosen:
        Award.objects.create(
            programme=programme,
            rule=one.rule,
            person=one.work.mentor,
            pair=one.work.pair,
            kind=one.rule.kind,
            reason=one.rule.title,
            facts=one.work.words,
            state=Award.State.DECLINED if declined else Award.State.DECIDED,
            decided_on=timezone.localdate(),
            why=declined,
        )
    return len(chosen)


@transaction.atomic
def propose(programme: Programme, person: Person, kind: str, reason: str) -> Award:
    """Decide on an award by hand. One with the same reason is given back.

    Refusal when the person has a decision on this kind with another reason, or is no pupil and
    the award is a letter to parents.
    """
    programme = _lock(programme.pk)
    there = Award.objects.filter(programme=programme, person=person, kind=kind).first()
    if there is not None:
        if there.reason == reason and not there.is_declined:
            return there
        raise Refusal(
            f"{person}: решение «{there.get_kind_display()}» уже есть "
            f"({there.get_state_display()}). Чтобы изменить его, сначала уберите решение."
        )
    if kind == AwardKind.PARENTS and person.kind != PersonKind.PUPIL:
        raise Refusal(f"{person} – не обучающийся: письмо родителям не пишут.")
    return Award.objects.create(
        programme=programme,
        person=person,
        kind=kind,
        reason=reason,
        decided_on=timezone.localdate(),
    )


@transaction.atomic
def hand_over(programme: Programme, ids: set[int], on: datetime.date) -> int:
    """Say that awards were given ``on`` a day; how many were given now.

    What is a measure of motivation too is kept among the given measures of a mentor. Refusal, and
    nothing is given, for a day to come or outside the programme and for the Board of Honour
    without consent to publication with the name.
    """
    programme = _lock(programme.pk)
    check_day(programme, on)
    rows = programme.awards.filter(pk__in=ids, state=Award.State.DECIDED)
    awards = list(rows.select_related("person"))
    early = [award for award in awards if on < award.decided_on]
    if early:
        raise Refusal(
            *(f"{a.person}: решение принято {a.decided_on:%d.%m.%Y}, позже." for a in early)
        )
    board = [award.person for award in awards if award.kind == AwardKind.BOARD]
    if reasons := against_showing(board, on, {"name"}):
        raise Refusal(*reasons)
    codes = set(MEASURES.values())
    measures = {m.code: m for m in Measure.objects.filter(school=programme.school_id)}
    people = [award.person_id for award in awards]
    mentors = set(
        Mentor.objects.filter(programme=programme, person__in=people).values_list(
            "person_id", flat=True
        )
    )
    for award in awards:
        award.state, award.given_on = Award.State.GIVEN, on
        award.save()
        code = MEASURES.get(AwardKind(award.kind), "")
        if code in codes and code in measures and award.person_id in mentors:
            give(programme, measures[code], award.person, on, _what(award))
    return len(awards)


def against_showing(people: list[Person], on: datetime.date, categories: set[str]) -> list[str]:
    """Why these people may not be shown publicly with these categories, in words."""
    found = standing.standings(people, on, [Purpose.DISTRIBUTION]) if people else {}
    reasons = []
    for person in people:
        one = found[person.pk][Purpose.DISTRIBUTION]
        if not one.is_valid:
            reasons += standing.refusals([person], {person.pk: [one.words]})
        elif not categories <= set(one.consent.categories):
            words = "в согласии на распространение не отмечено всё нужное"
            reasons += standing.refusals([person], {person.pk: [words]})
    return reasons


def _what(award: Award) -> str:
    return f"{award.get_kind_display()}: {award.reason}"[:500]


@transaction.atomic
def remove(award: Award) -> None:
    """Take back a decision that was not carried out. Refusal when the award is given."""
    programme = _lock(award.programme_id)
    there = programme.awards.filter(pk=award.pk).first()
    if there is None:
        return
    if there.is_given:
        raise Refusal("Награда уже вручена: сначала отметьте, что её не вручали.")
    there.delete()


@transaction.atomic
def not_given(award: Award) -> None:
    """The award was marked as given by a slip: back to the decision. Twice changes nothing."""
    programme = _lock(award.programme_id)
    there = programme.awards.select_related("person").get(pk=award.pk)
    if not there.is_given:
        return
    code = MEASURES.get(AwardKind(there.kind), "")
    same = programme.given_measures.filter(
        measure__code=code, person=there.person, given_on=there.given_on, what=_what(there)
    )
    for row in same.filter(planned__isnull=True) if code else ():
        row.delete()
    there.state, there.given_on = Award.State.DECIDED, None
    there.save()
