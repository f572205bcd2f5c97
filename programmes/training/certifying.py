"""Issuing, revoking and verifying certificates of the school's own courses. S4.2, D15."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import School, User
from programmes.training.courses import percent_of
from programmes.training.models import Certificate, CertificateYear, Course, Enrolment, Result


@dataclass(frozen=True)
class Issued:
    """Certificates made now, and how many were there already; ``refused`` are words on others."""

    fresh: list[Certificate]
    there: int
    refused: list[str]


@transaction.atomic
def issue(
    course: Course, enrolments: list[Enrolment], on: datetime.date, by: User | None
) -> Issued:
    """Give each of ``enrolments`` a certificate, numbered without a gap in the school and year.

    Who has a valid one keeps it: a second click gives the same. Whoever has not passed, or has
    attended less than the course's minimum, is refused in words; the others get theirs. Refusal
    for an outside course, without a head of the school on that day, for a day to come.
    """
    Programme.objects.select_for_update().get(pk=course.programme_id)
    course = Course.objects.select_related("programme__school").get(pk=course.pk)
    school = course.programme.school
    if course.is_outside:
        raise Refusal("Сертификат другой организации выдаёт она сама: внесите его номер и дату.")
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило: сертификат выдают не раньше.")
    head = school.head_on(on)
    if head is None:
        raise Refusal(f"На {on:%d.%m.%Y} не записан директор школы: сертификат некому подписать.")
    sessions = course.sessions.count()
    rows = course.enrolments.filter(pk__in=[e.pk for e in enrolments]).select_related("person")
    rows = rows.prefetch_related("attended", "certificates").order_by("person__sort_key", "pk")
    fresh, there, refused = [], 0, []
    for enrolment in rows:
        if any(c.is_valid for c in enrolment.certificates.all()):
            there += 1
        elif words := _against(enrolment, course, sessions, on):
            refused.append(f"{enrolment.person}: {words}.")
        else:
            fresh.append(enrolment)
    if fresh:
        counter = _lock_counter(school, on.year)
        post = head.person.title or "директор"
        for place, enrolment in enumerate(fresh):
            counter.last_number += 1
            fresh[place] = _make(enrolment, course, counter, on, head, post, by)
        counter.save()
    return Issued(fresh, there, refused)


def _against(enrolment: Enrolment, course: Course, sessions: int, on: datetime.date) -> str:
    """Why somebody gets no certificate; empty when nothing is against it."""
    attended = len(enrolment.attended.all())
    percent = percent_of(attended, sessions)
    if not attended or percent < course.minimum_percent:
        return (
            f"посещено {attended} из {sessions} занятий ({percent} %), "
            f"для сертификата нужно не менее {max(course.minimum_percent, 1)} %"
        )
    if enrolment.result != Result.PASSED:
        return "итоги курса не подведены"
    if enrolment.result_on > on:
        return f"курс пройден {enrolment.result_on:%d.%m.%Y}, сертификат не раньше этого дня"
    return ""


def _lock_counter(school: School, year: int) -> CertificateYear:
    counter, _ = CertificateYear.objects.get_or_create(school=school, year=year)
    return CertificateYear.objects.select_for_update().get(pk=counter.pk)


def _make(enrolment, course, counter, on, head, post, by) -> Certificate:
    person = enrolment.person
    if head.is_acting:
        post = "Исполняющий обязанности директора"
    return Certificate.objects.create(
        school_id=counter.school_id,
        enrolment=enrolment,
        year=counter.year,
        sequence=counter.last_number,
        issued_on=on,
        holder=person.full_name,
        holder_dative=person.name_in("dative") or person.full_name,
        holder_short=person.short_name,
        course_title=course.title,
        hours=enrolment.hours,
        started_on=course.started_on,
        ended_on=course.ended_on,
        signer=head.person.short_name,
        signer_post=post[:1].upper() + post[1:],
        issued_by=by,
    )


@transaction.atomic
def revoke(certificate: Certificate, reason: str, on: datetime.date) -> None:
    """Say that a certificate is not valid any more; its number stays taken. Twice is as once."""
    Programme.objects.select_for_update().get(pk=certificate.enrolment.course.programme_id)
    certificate.refresh_from_db()
    if not certificate.is_valid:
        return
    if not reason.strip():
        raise Refusal("Напишите, почему сертификат аннулирован.")
    if on < certificate.issued_on:
        raise Refusal(
            f"Сертификат выдан {certificate.issued_on:%d.%m.%Y}: назовите более поздний день."
        )
    certificate.revoked_on, certificate.revoke_reason = on, reason
    certificate.save()


# A school that was loaded twice has each certificate twice; the revoked one is the true one.
_REVOKED_FIRST = (F("revoked_on").desc(nulls_last=True), "pk")


def find(key: str) -> Certificate | None:
    """The certificate whose QR code holds ``key``."""
    return Certificate.objects.filter(key=key).order_by(*_REVOKED_FIRST).first() if key else None


def find_by_number(number: str, code: str) -> Certificate | None:
    """The certificate with this number and code, typed in any letter case and with any spaces."""
    code = "".join(code.split()).upper().replace("-", "")
    number = "".join(number.split()).lstrip("№")
    found = Certificate.objects.filter(code=code).order_by(*_REVOKED_FIRST) if code else ()
    return next((one for one in found if one.number == number), None)
