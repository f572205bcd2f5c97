"""The mentee base: who asks for a mentor in a programme (stage 2)."""

import datetime

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThan
from simple_history.models import HistoricalRecords

from programmes.needs.models import NeedCategory
from programmes.needs.weekdays import check_weekdays, in_words
from programmes.people.models import Kind, Person, age_on
from programmes.periods import Period, PeriodQuerySet
from programmes.programme.models import MentoringForm, Programme
from programmes.school.rules import Rules


class Channel(models.TextChoices):
    """Where a candidate came from: instruction, table 2, stage 2; domain notes § 1.1."""

    CURATOR = "curator", "внёс куратор"
    SELF = "self", "заявка самого участника"
    CLASS_TEACHER = "class_teacher", "классный руководитель"
    PSYCHOLOGIST = "psychologist", "педагог-психолог"
    PARENT = "parent", "родитель"
    CAREER_TEST = "career_test", "профориентационный тест"
    IMPORT = "import", "таблица"


class MenteeQuerySet(PeriodQuerySet):
    def with_hints(self):
        """Those of whom ``Mentee.hints`` has something to say, by the rules of their school."""
        usual = Rules()
        entries = self.annotate(
            _age=_whole_years("person__birth_date"),
            _years=_whole_years("person__started_work_on"),
            _from=_rule("mentee_age_from", usual),
            _to=_rule("mentee_age_to", usual),
            _young=_rule("young_teacher_years", usual),
        )
        age = Q(_age__isnull=True) | Q(_age__lt=F("_from")) | Q(_age__gt=F("_to"))
        return entries.filter(
            (Q(person__kind=Kind.PUPIL) & age)
            | Q(person__kind=Kind.TEACHER, is_new_here=False, _years__gt=F("_young"))
        )


def _rule(name: str, usual: Rules):
    return Coalesce(F(f"programme__school__stored_rules__{name}"), getattr(usual, name))


def _whole_years(since: str):
    """``age_on`` of the day ``since`` on the first day in the base, as an expression."""

    def in_the_year(day: str):
        return ExtractMonth(day) * 100 + ExtractDay(day)

    is_ahead = GreaterThan(in_the_year(since), in_the_year("started_on"))
    return ExtractYear("started_on") - ExtractYear(since) - Case(When(is_ahead, then=1), default=0)


class Mentee(Period):
    """A person in the mentee base of a programme between two dates. S2.2."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="mentees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentee_entries")
    need = models.CharField("запрос", max_length=500, blank=True)
    categories = models.ManyToManyField(
        NeedCategory, related_name="mentees", blank=True, verbose_name="категории запроса"
    )
    channel = models.CharField(
        "откуда заявка", max_length=15, choices=Channel, default=Channel.CURATOR
    )
    interests = models.CharField("интересы", max_length=500, blank=True)
    days = models.JSONField("свободные дни", default=list, blank=True, validators=[check_weekdays])
    times = models.CharField("в какое время", max_length=200, blank=True)
    forms = models.ManyToManyField(
        MentoringForm, related_name="mentees", blank=True, verbose_name="предпочитаемые формы"
    )
    is_new_here = models.BooleanField("новое место работы", default=False)

    objects = MenteeQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[categories, forms])

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

    def hints(self, rules: Rules) -> list[str]:
        """What to look at before offering a mentor; nothing of it forbids anything. S2.2."""
        return list(hints_for(self.person, self.started_on, rules, self.is_new_here))

    @property
    def days_in_words(self) -> str:
        return in_words(self.days)


def hints_for(person: Person, day: datetime.date, rules: Rules, is_new_here: bool = False):
    """Words on whether the model means this person as a mentee on ``day``. S2.2."""
    if person.kind == Kind.PUPIL:
        yield from _age_hints(person.birth_date, day, rules)
    elif person.kind == Kind.TEACHER and not is_new_here:
        yield from _experience_hints(person.started_work_on, day, rules.young_teacher_years)


def _age_hints(birth_date: datetime.date | None, day: datetime.date, rules: Rules):
    first, last = rules.mentee_age_from, rules.mentee_age_to
    if birth_date is None:
        yield "дата рождения не указана"
    elif not first <= age_on(birth_date, day) <= last:
        yield f"возраст {age_on(birth_date, day)}: модель рассчитана на {first}–{last} лет"


def _experience_hints(started_work_on: datetime.date | None, day: datetime.date, years: int):
    if started_work_on and age_on(started_work_on, day) > years:
        yield (f"стаж больше {years} лет: подходит, если место работы новое или нужна помощь")
