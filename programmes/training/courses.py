"""What is done with a course: enrolling, marking attendance, results. S4.2."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.selection.models import Outcome, agreed, decisions_on
from programmes.training.models import Course, Enrolment, Result, Session

READY_TITLE = "Школа наставника"
READY_HOURS = 12
READY_TOPICS = (
    "Целевая модель наставничества: роли, этапы, документы школы",
    "Наставник и наставляемый: установление контакта, границы, «не навреди»",
    "Запрос, цель и индивидуальный маршрут наставляемого",
    "Форматы встреч, обратная связь, трудные ситуации",
    "Права и обязанности наставника, персональные данные, отчёт",
)


@transaction.atomic
def take_ready(programme: Programme) -> Course:
    """The school's own course «Школа наставника» with its topics; a second click finds the same."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    there = programme.courses.filter(title=READY_TITLE, is_outside=False).first()
    if there is not None:
        return there
    start = programme.working_day()
    return Course.objects.create(
        programme=programme,
        title=READY_TITLE,
        hours=READY_HOURS,
        about="\n".join(READY_TOPICS),
        started_on=start,
        ended_on=max(start, min(start + datetime.timedelta(days=14), programme.ended_on)),
    )


def who_may_learn(programme: Programme) -> list[Person]:
    """Mentors of the base who are selected or let in, by name."""
    decided = decisions_on(programme)
    selected = {pk for pk, row in decided.items() if row.outcome == Outcome.SELECTED}
    selected |= set(programme.waivers.values_list("person_id", flat=True))
    entries = programme.mentors.ongoing_on(programme.working_day())
    return list(
        Person.objects.filter(
            pk__in=selected & set(entries.values_list("person_id", flat=True))
        ).in_order()
    )


@transaction.atomic
def enrol(course: Course, people: Iterable[Person]) -> int:
    """Put selected mentors on a course, nobody twice; how many are new. Refusal for others."""
    programme = Programme.objects.select_for_update().get(pk=course.programme_id)
    people = list(people)
    if not people:
        raise Refusal("Отметьте хотя бы одного человека.")
    may = {person.pk for person in who_may_learn(programme)}
    strangers = [person for person in people if person.pk not in may]
    if strangers:
        raise Refusal(
            *(
                f"{person} {agreed('не отобран', person)} в наставники: на курс записывают "
                "отобранных."
                for person in strangers
            )
        )
    there = set(course.enrolments.values_list("person_id", flat=True))
    fresh = [person for person in people if person.pk not in there]
    for person in fresh:
        Enrolment.objects.create(course=course, person=person)
    return len(fresh)


@transaction.atomic
def strike(enrolment: Enrolment) -> None:
    """Take somebody off a course who has neither attended nor got a result."""
    Programme.objects.select_for_update().get(pk=enrolment.course.programme_id)
    enrolment.refresh_from_db()
    if enrolment.result or enrolment.attended.exists() or enrolment.certificates.exists():
        raise Refusal(f"{enrolment.person} уже учится: запись с курса не снять.")
    enrolment.delete()


def percent_of(attended: int, sessions: int) -> int:
    """Attendance in whole per cent, rounded down: 79.9 % is not yet 80 %."""
    return 100 * attended // sessions if sessions else 0


@transaction.atomic
def mark(session: Session, present: Iterable[int]) -> None:
    """Store who of the course attended a session (ids of enrolments); others did not.

    Refusal before the session's day, and when somebody with a valid certificate would come below
    the course's minimum. Marking the same twice changes nothing; a change takes back the results
    that attendance gave (see ``reopen``).
    """
    course = session.course
    Programme.objects.select_for_update().get(pk=course.programme_id)
    session.refresh_from_db()
    if session.held_on > timezone.localdate():
        raise Refusal(
            f"Занятие {session.held_on:%d.%m.%Y} ещё не прошло: посещаемость отмечают в его день."
        )
    present = set(present)
    sessions = course.sessions.count()
    enrolments = list(
        course.enrolments.select_related("person").prefetch_related("attended", "certificates")
    )
    reasons = []
    for enrolment in enrolments:
        others = len([s for s in enrolment.attended.all() if s.pk != session.pk])
        percent = percent_of(others + (enrolment.pk in present), sessions)
        certified = any(c.is_valid for c in enrolment.certificates.all())
        if certified and percent < course.minimum_percent:
            reasons.append(
                f"У {enrolment.person.name_in('genitive')} есть сертификат, а посещаемость станет "
                f"{percent} %: сначала аннулируйте сертификат."
            )
    if reasons:
        raise Refusal(*reasons)
    was_there = {e.pk for e in enrolments if any(s.pk == session.pk for s in e.attended.all())}
    for enrolment in enrolments:
        if enrolment.pk in present - was_there:
            enrolment.attended.add(session)
        elif enrolment.pk in was_there - present:
            enrolment.attended.remove(session)
    if was_there != present & {enrolment.pk for enrolment in enrolments}:
        reopen(course)
    if not session.is_marked:
        session.is_marked = True
        session.save()


def reopen(course: Course) -> None:
    """Take back the results of an own course whose sessions or attendance have changed.

    Results follow from attendance, so they have to be settled anew; those with a valid certificate
    stay. The caller holds the lock of the programme.
    """
    if course.is_outside:
        return
    for enrolment in course.enrolments.exclude(result="").prefetch_related("certificates"):
        if not any(certificate.is_valid for certificate in enrolment.certificates.all()):
            _store(enrolment, result="", hours=None, result_on=None)


@transaction.atomic
def settle(course: Course, on: datetime.date) -> tuple[int, int]:
    """Give everybody on an own course the result that attendance says; (passed, failed).

    Refusal for an outside course, before its last session, on a day that has not come, while a
    session is not marked, and when somebody with a valid certificate would fail. The same day
    twice changes nothing.
    """
    Programme.objects.select_for_update().get(pk=course.programme_id)
    course.refresh_from_db()
    sessions = list(course.sessions.all())
    reasons = []
    if course.is_outside:
        reasons.append("Результаты курса другой организации вносят по её удостоверениям.")
    elif not sessions:
        reasons.append("На курсе не было занятий: внесите занятия и отметьте посещаемость.")
    if on > timezone.localdate():
        reasons.append(f"{on:%d.%m.%Y} ещё не наступило.")
    last = max((session.held_on for session in sessions), default=None)
    if last and on < last:
        reasons.append(f"Последнее занятие {last:%d.%m.%Y}: итоги не раньше этого дня.")
    if on < course.ended_on:
        reasons.append(
            f"Курс идёт по {course.ended_on:%d.%m.%Y}: итоги не раньше. Если он закончился, "
            "исправьте его последний день."
        )
    reasons += [f"Отметьте посещаемость занятия {s}." for s in sessions if not s.is_marked]
    if not course.enrolments.exists():
        reasons.append("На курс никто не записан.")
    if reasons:
        raise Refusal(*reasons)
    passed = failed = 0
    rows = course.enrolments.select_related("person").prefetch_related("attended", "certificates")
    for enrolment in rows:
        percent = percent_of(len(enrolment.attended.all()), len(sessions))
        is_passed = percent >= course.minimum_percent
        if not is_passed and any(c.is_valid for c in enrolment.certificates.all()):
            raise Refusal(
                f"У {enrolment.person.name_in('genitive')} есть сертификат, а посещаемость "
                f"{percent} %: сначала аннулируйте сертификат."
            )
        passed, failed = passed + is_passed, failed + (not is_passed)
        _store(
            enrolment,
            result=Result.PASSED if is_passed else Result.FAILED,
            hours=course.hours if is_passed else None,
            # Whoever has passed before keeps the day.
            result_on=(
                enrolment.result_on if enrolment.result == Result.PASSED and is_passed else on
            ),
        )
    return passed, failed


@transaction.atomic
def settle_outside(enrolment: Enrolment, **values) -> None:
    """Store what an outside organisation's certificate says: ``result``, ``hours``, ``result_on``,
    ``outside_number``, ``outside_date``.

    Refusal for an own course (attendance says), for a day before the course or one that has not
    come, and for a pass without hours.
    """
    course = enrolment.course
    Programme.objects.select_for_update().get(pk=course.programme_id)
    enrolment.refresh_from_db()
    reasons = []
    if not course.is_outside:
        reasons.append("Результат своего курса следует из посещаемости.")
    day = values.get("result_on")
    if values.get("result") and day is None:
        reasons.append("Назовите дату результата.")
    if day and day > timezone.localdate():
        reasons.append(f"{day:%d.%m.%Y} ещё не наступило.")
    if day and day < course.started_on:
        reasons.append(f"Курс начался только {course.started_on:%d.%m.%Y}.")
    if values.get("result") == Result.PASSED and not values.get("hours"):
        reasons.append("Напишите, сколько часов пройдено.")
    if reasons:
        raise Refusal(*reasons)
    _store(enrolment, **values)


def _store(enrolment: Enrolment, **values) -> None:
    if any(getattr(enrolment, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(enrolment, name, value)
        enrolment.save()
