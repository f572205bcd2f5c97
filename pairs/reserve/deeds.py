"""Who comes into the reserve of mentors, and who goes from it into a mentor base (S7.5)."""

import datetime

from django.db import transaction
from django.utils import timezone

from pairs.formation.models import Pair
from pairs.reserve.models import ReserveEntry
from programmes import bases
from programmes.models import Mentor, Person, Programme, School
from programmes.refusal import Refusal

CameAs = ReserveEntry.CameAs


def _ongoing(school_id: int) -> set[int]:
    rows = ReserveEntry.objects.filter(school=school_id, ended_on__isnull=True)
    return set(rows.values_list("person_id", flat=True))


@transaction.atomic
def fill(programme: Programme) -> int:
    """Take the last mentors of the ended pairs of a programme; how many are new.

    Nobody twice, nobody who has left the school.
    """
    School.objects.select_for_update().get(pk=programme.school_id)
    there = _ongoing(programme.school_id)
    today = timezone.localdate()
    number = 0
    for pair in programme.pairs.filter(state=Pair.State.ENDED).with_people():
        mentor = pair.mentor
        if mentor is None or mentor.pk in there or mentor.has_left_by(today):
            continue
        there.add(mentor.pk)
        _put(programme.school_id, mentor, CameAs.MENTOR, programme, "")
        number += 1
    return number


@transaction.atomic
def add(school: School, person: Person, came_as: str, programme, note: str) -> ReserveEntry:
    """Put somebody into the reserve by hand; who is there already stays as is."""
    School.objects.select_for_update().get(pk=school.pk)
    there = ReserveEntry.objects.filter(school=school, person=person, ended_on=None).first()
    if there is not None:
        return there
    if person.has_left_by(timezone.localdate()):
        raise Refusal(f"{person.full_name}: {person.leaving}.")
    return _put(school.pk, person, came_as, programme, note)


def _put(school_id: int, person: Person, came_as: str, programme, note: str) -> ReserveEntry:
    return ReserveEntry.objects.create(
        school_id=school_id,
        person=person,
        came_as=came_as,
        programme=programme,
        note=note,
        started_on=timezone.localdate(),
    )


@transaction.atomic
def leave(entry: ReserveEntry, reason: str) -> None:
    """Take somebody out of the reserve today. Twice changes nothing."""
    School.objects.select_for_update().get(pk=entry.school_id)
    entry.refresh_from_db()
    if entry.ended_on is None:
        entry.ended_on, entry.end_reason = timezone.localdate(), reason
        entry.save()


def make_candidate(entry: ReserveEntry, programme: Programme, day: datetime.date) -> bool:
    """Put somebody of the reserve into the mentor base of a programme; False who is in it.

    Stays in the reserve. Refusal in the words of the base: no consent, has left the school.
    """
    if not programme.started_on <= day <= programme.ended_on:
        raise Refusal(f"Программа идёт {bases.programme_days(programme)}.")
    added = bases.add(
        programme,
        lambda person, on: Mentor(programme=programme, person=person, started_on=on),
        programme.mentors,
        [entry.person],
        day,
    )
    if added.kept_out:
        raise Refusal(*added.reasons)
    return bool(added.fresh)
