"""The mentee base: who asks for a mentor in a programme (stage 2)."""

import datetime

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Kind, Person, age_on
from programmes.periods import Period
from programmes.programme.models import Programme

# Whom the model means: domain notes § 1.1 (pupils) and the instruction, line 89 (teachers).
PUPIL_AGES = (10, 19)
YOUNG_TEACHER_YEARS = 3


class Mentee(Period):
    """A person in the mentee base of a programme between two dates. S2.2."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="mentees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentee_entries")
    need = models.CharField("запрос", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставляемый в базе"
        verbose_name_plural = "база наставляемых"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="mentee_once_in_base",
                violation_error_message="Этот человек уже в базе наставляемых.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def hints(self) -> list[str]:
        """What to look at before offering a mentor; nothing of it forbids anything. S2.2."""
        person, day = self.person, self.started_on
        if person.kind == Kind.PUPIL:
            return list(_age_hints(person.birth_date, day))
        if person.kind == Kind.TEACHER:
            return list(_experience_hints(person.started_work_on, day))
        return []


def _age_hints(birth_date: datetime.date | None, day: datetime.date):
    first, last = PUPIL_AGES
    if birth_date is None:
        yield "дата рождения не указана"
    elif not first <= age_on(birth_date, day) <= last:
        yield f"возраст {age_on(birth_date, day)}: модель рассчитана на {first}–{last} лет"


def _experience_hints(started_work_on: datetime.date | None, day: datetime.date):
    if started_work_on and age_on(started_work_on, day) > YOUNG_TEACHER_YEARS:
        yield (
            f"стаж больше {YOUNG_TEACHER_YEARS} лет: подходит, если место работы новое "
            "или нужна помощь"
        )
