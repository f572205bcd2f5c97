"""How the consents of both bases stand, for the board: part of S2.2 and S3.2 (D13)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from programmes.consents import listing, standing
from programmes.consents.models import WithdrawalTask
from programmes.models import Mentee, Mentor, Person, Programme, Rules
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
    purposes = standing.asked_for(Rules.of(programme.school_id), standing.PAIR)
    people = list(_people(programme, day))
    lacks = standing.missing(people, day, purposes) if purposes else {}
    return [
        _step(programme, row, who, title, people, lacks, counts, day) for row, who, title in BASES
    ]


def _people(programme: Programme, day: datetime.date):
    """Everybody of both bases on the day, marked with the base."""
    entry = {"person": OuterRef("pk"), "programme": programme}
    mentees = Mentee.objects.ongoing_on(day).filter(**entry)
    mentors = Mentor.objects.ongoing_on(day).filter(**entry)
    marked = Person.objects.filter(school=programme.school_id).annotate(
        is_mentees=Exists(mentees), is_mentors=Exists(mentors)
    )
    return marked.filter(Q(is_mentees=True) | Q(is_mentors=True))


def _step(programme, row, who, title, people, lacks, counts, day) -> Step:
    mine = [person for person in people if getattr(person, f"is_{who}")]
    page = f"{reverse('consent-list', args=[programme.pk])}?who={who}"
    without = sum(person.pk in lacks for person in mine)
    soon = sum(listing.soon_of(person, day) is not None for person in mine)
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
