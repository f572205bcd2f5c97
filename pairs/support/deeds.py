"""What is done with a support case: open, conclude, close (S5.2). Twice is as once."""

import datetime

from django.db import transaction
from django.utils import timezone

from pairs.support.models import SupportCase
from programmes.access import Role
from programmes.models import Person, Programme, User
from programmes.refusal import Refusal


def psychologists(programme: Programme) -> list[Person]:
    """People of the school who hold the role of psychologist today, by name."""
    today = timezone.localdate()
    users = User.objects.filter(
        school=programme.school_id,
        is_active=True,
        person__isnull=False,
        grants__role=Role.PSYCHOLOGIST,
        grants__started_on__lte=today,
    ).exclude(grants__role=Role.PSYCHOLOGIST, grants__ended_on__lt=today)
    return list(Person.objects.filter(pk__in=users.values("person_id")).in_order())


@transaction.atomic
def begin(programme: Programme, person: Person, psychologist: Person) -> SupportCase:
    """Open a case for somebody of the mentee base; the open one is given back."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    there = programme.support_cases.filter(person=person, ended_on__isnull=True).first()
    if there is not None:
        return there
    day = programme.working_day()
    if not programme.mentees.ongoing_on(day).filter(person=person).exists():
        raise Refusal(f"{person} не в базе наставляемых на {day:%d.%m.%Y}.")
    return SupportCase.objects.create(
        programme=programme, person=person, psychologist=psychologist, started_on=day
    )


def locked(case: SupportCase) -> SupportCase:
    Programme.objects.select_for_update().get(pk=case.programme_id)
    return SupportCase.objects.select_related("person", "programme").get(pk=case.pk)


@transaction.atomic
def conclude(case: SupportCase, words: str, is_search_on: bool) -> None:
    """Tell the curator what the psychologist recommends."""
    case = locked(case)
    if (case.conclusion, case.is_search_on) == (words, is_search_on):
        return
    if not case.is_open:
        raise Refusal("Сопровождение завершено: заключение остаётся таким, как было.")
    case.conclusion, case.is_search_on = words, is_search_on
    case.concluded_on = timezone.localdate()
    case.save()


@transaction.atomic
def close(case: SupportCase, on: datetime.date, reason: str) -> None:
    case = locked(case)
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило.")
    case.end_once(on, reason)
