"""How the consents of both bases stand, for the board: part of S2.2 and S3.2 (D13)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse

from programmes.consents import listing, standing
from programmes.consents.models import Consent, WithdrawalTask
from programmes.models import Mentee, Mentor, Programme, Rules
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of

BASES = (("S2.2", "mentees", "наставляемые"), ("S3.2", "mentors", "наставники"))


def counts(day: datetime.date) -> dict[str, Any]:
    """What one query for all rooms brings: open tasks after withdrawals and those overdue."""
    tasks = WithdrawalTask.objects.filter(done_on__isnull=True)
    school = "consent__person__school__programmes"
    return {
        "withdrawal_tasks": count_of(tasks, school),
        "late_withdrawal_tasks": count_of(tasks.filter(due_on__lt=day), school),
    }


def steps(programme: Programme, counts: Mapping[str, Any], day: datetime.date) -> list[Step]:
    """S2.2 and S3.2 as far as consents go; three queries more, whatever the size of the bases.

    Who signs depends on the age on the day, which no two databases reckon alike: so people are
    judged here and not in SQL.
    """
    purposes = set(standing.asked_for(Rules.of(programme.school_id), standing.PAIR))
    entries = [
        model.objects.ongoing_on(day).filter(programme=programme).order_by()
        for model in (Mentee, Mentor)
    ]
    mentees, mentors = _who(entries)
    everybody = mentees | mentors
    lacks: set[int] = set()
    if purposes and everybody:
        people = entries[0].values("person").union(entries[1].values("person"))
        there = Consent.objects.filter(person__in=people)
        lacks = standing.short_of(everybody, there, day, purposes)
    return [
        _step(programme, base, people, lacks, counts, day)
        for base, people in zip(BASES, (mentees, mentors), strict=True)
    ]


def _who(bases: list[QuerySet]) -> list[dict[int, tuple[datetime.date | None, str]]]:
    """For each of the bases the people in it: id → birth date and kind. One query."""
    found: list[dict[int, tuple[datetime.date | None, str]]] = [{} for _ in bases]
    first, *others = (
        entries.values_list(Value(place), "person", "person__birth_date", "person__kind")
        for place, entries in enumerate(bases)
    )
    for place, pk, birth_date, kind in first.union(*others, all=True):
        found[place][pk] = birth_date, kind
    return found


def _step(programme, base, mine, lacks, counts, day) -> Step:
    row, who, title = base
    page = f"{reverse('consent-list', args=[programme.pk])}?who={who}"
    without = sum(pk in lacks for pk in mine)
    soon = sum(listing.next_birthday(born, day) is not None for born, _ in mine.values())
    missing = [Line(f"Нет согласий: {title} – {without}", f"{page}&state=missing")]
    missing = missing if without else []
    if soon:
        missing.append(Line(f"Скоро 14 или 18 лет, нужно новое: {soon}", f"{page}&state=soon"))
    late: list[Line] = []
    if row == "S2.2" and counts["withdrawal_tasks"]:
        overdue = counts["late_withdrawal_tasks"]
        words = f"После отзыва согласий, задач: {counts['withdrawal_tasks']}"
        if overdue:
            late.append(Line(f"{words}, просрочено: {overdue}", page))
        else:
            missing.append(Line(words, page))
    if not mine:
        state = IDLE
    elif late:
        state = LATE
    else:
        state = BUSY if missing else DONE
    facts = (f"согласия: {len(mine) - without} из {len(mine)}",) if mine else ()
    return Step(row, state, page, facts, tuple(missing), tuple(late))
