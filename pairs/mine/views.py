"""«Мои пары»: the first page of mentors and mentees, and what is to be done today. S6.1, S6.3."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pairs.attention.models import AttentionRules, Reason
from pairs.attention.reasons import Found, found
from pairs.formation.models import Pair
from pairs.formation.views import PARTICIPANTS
from pairs.library.models import Sending
from pairs.meetings.models import Meeting
from programmes.access import allow
from programmes.models import Person
from programmes.study.models import memberships_of

# What is said to a mentor; a consent is the curator's own matter.
TOLD = (Reason.WORRIED, Reason.FIRST, Reason.SILENCE, Reason.STEP, Reason.NEXT)


@dataclass
class MyPair:
    """A pair as one of its participants sees it, and what is due in it."""

    pair: Pair
    is_mentor: bool
    since: datetime.date
    partners: list[Person]
    curators: list[Person]
    following: Meeting | None = None
    unsettled: list[Meeting] = field(default_factory=list)
    unread: list[Sending] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


def kindly(row: Found) -> str:
    """A reason for attention as one says it to a mentor."""
    since = f"{row.since:%d.%m.%Y}"
    return {
        Reason.WORRIED: "Последняя встреча далась трудно. Куратор поможет: напишите ему.",
        Reason.FIRST: "Первой встречи пока не было. Назначьте день – начать проще, чем кажется.",
        Reason.SILENCE: f"Последняя встреча была {since}. Самое время увидеться.",
        Reason.STEP: f"Шаг маршрута ждёт с {since}: отметьте его или поговорите о новом сроке.",
        Reason.NEXT: "Следующая встреча ещё не назначена: запланируйте её.",
    }[row.reason]


@require_safe
@allow(*PARTICIPANTS)
def my_pairs(request: HttpRequest) -> HttpResponse:
    """The pairs the user is in today, as mentor or as mentee."""
    person = request.user.person
    rows = rows_of(person) if person is not None else []
    context = {"rows": rows, "person": person, "in_group": bool(memberships_of(person))}
    return render(request, "pairs/formation/my.html", context)


def rows_of(person: Person) -> list[MyPair]:
    """A constant number of queries, whatever the number of pairs in a programme."""
    today = timezone.localdate()
    rows = []
    curators: dict[int, list[Person]] = {}
    for pair in Pair.objects.of_participant(person).with_people():
        if pair.programme_id not in curators:
            curators[pair.programme_id] = pair.programme.curators_on(today)
        for is_mentor, periods in ((True, pair.mentors), (False, pair.mentees)):
            own = [p for p in periods.all() if p.person_id == person.pk and p.is_ongoing]
            if own:
                partners = pair.current_mentees if is_mentor else [pair.mentor_on(today)]
                named = [p for p in partners if p]
                begun = own[0].started_on
                rows.append(MyPair(pair, is_mentor, begun, named, curators[pair.programme_id]))
    _add_what_is_due(rows, person, today)
    return rows


def _add_what_is_due(rows: list[MyPair], person: Person, today: datetime.date) -> None:
    ids = {row.pair.pk for row in rows}
    if not ids:
        return
    ahead: dict[int, list[Meeting]] = {}
    past: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.planned().filter(pair__in=ids):
        place = ahead if meeting.held_on >= today else past
        place.setdefault(meeting.pair_id, []).append(meeting)
    unread: dict[int, list[Sending]] = {}
    sent = Sending.objects.filter(pair__in=ids).exclude(readings__person=person)
    for sending in sent.select_related("item"):
        unread.setdefault(sending.pair_id, []).append(sending)
    advice: dict[int, list[str]] = {}
    if led := {row.pair.pk for row in rows if row.is_mentor and row.pair.is_confirmed}:
        rules = AttentionRules.of(person.school_id)
        for one in found(Q(pk__in=led), rules, today, TOLD):
            advice.setdefault(one.pair_id, []).append(kindly(one))
    for row in rows:
        pk = row.pair.pk
        row.following = next(iter(ahead.get(pk, ())), None)
        row.unread = unread.get(pk, [])
        if row.is_mentor:
            row.unsettled, row.advice = past.get(pk, []), advice.get(pk, [])
