"""Mentoring pairs and groups and the periods of those in them (stage 5). Deeds: ``forming``."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.people.models import Person
from programmes.periods import Period
from programmes.programme.models import MentoringForm, Programme, Variant
from programmes.school.models import User
from programmes.text import Record


class PairQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The office, psychologist and expert see the school's pairs; participants their own."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(programme__school_id=user.school_id)
        if user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT):
            return school
        return school.of_participant(user.person) if user.person_id else self.none()

    def of_participant(self, person: Person):
        """Confirmed pairs in which the person is mentor or mentee today."""
        lead = PairMentor.objects.ongoing().filter(person=person).values("pair_id")
        led = PairMentee.objects.ongoing().filter(person=person).values("pair_id")
        return self.exclude(state=Pair.State.DRAFT).filter(Q(pk__in=lead) | Q(pk__in=led))

    def led_by(self, user: User):
        """Pairs the user may write in: all for the curator, a mentor's confirmed ones of today."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        if user.is_any(Role.CURATOR):
            return self.filter(programme__school_id=user.school_id)
        if user.person_id is None:
            return self.none()
        lead = PairMentor.objects.ongoing().filter(person=user.person_id).values("pair_id")
        return self.confirmed().filter(pk__in=lead)

    def managed_by(self, user: User):
        if user.is_authenticated and user.is_any(Role.CURATOR):
            return self.filter(programme__school_id=user.school_id)
        return self.none()

    def drafts(self):
        return self.filter(state=Pair.State.DRAFT)

    def confirmed(self):
        return self.filter(state=Pair.State.CONFIRMED)

    def live(self):
        """Drafts and confirmed pairs: those that take up a mentor's places."""
        return self.exclude(state=Pair.State.ENDED)

    def with_people(self):
        """Pairs with all their mentors and mentees, in a fixed number of queries."""
        return self.select_related("form", "variant", "programme").prefetch_related(
            Prefetch(
                "mentors", PairMentor.objects.select_related("person").order_by("started_on", "pk")
            ),
            Prefetch(
                "mentees",
                PairMentee.objects.select_related("person").order_by("person__sort_key", "pk"),
            ),
        )


class Pair(Record):
    """One mentor for one or several mentees in a programme. S5.1; D7.

    A draft is a proposal; confirming gives it its first day; ending keeps reason and last day.
    Who the mentor and the mentees were on a day is told by the periods below it. A draft that is
    not locked came from the suggestion of the portal and goes when pairs are suggested anew;
    ``why`` keeps the words of the suggestion. ``meets``, ``every_days`` and ``place``: S6.1.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        CONFIRMED = "confirmed", "подтверждена"
        ENDED = "ended", "завершена"

    class Meets(models.TextChoices):
        IN_PERSON = "personal", "очно"
        REMOTE = "remote", "дистанционно"
        MIXED = "mixed", "очно и дистанционно"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="pairs")
    form = models.ForeignKey(
        MentoringForm, models.PROTECT, related_name="pairs", verbose_name="форма"
    )
    variant = models.ForeignKey(
        Variant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="вариант"
    )
    is_group = models.BooleanField("группа", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    started_on = models.DateField("с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)
    end_reason = models.CharField("причина окончания", max_length=300, blank=True)
    is_locked = models.BooleanField("закреплена", default=True)
    why = models.CharField("почему предложена", max_length=1000, blank=True, editable=False)
    meets = models.CharField("как встречаются", max_length=8, choices=Meets, blank=True)
    every_days = models.PositiveSmallIntegerField(
        "встречи не реже, дней", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    place = models.CharField("где и когда встречаются", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PairQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "наставническая пара (группа)"
        verbose_name_plural = "наставнические пары (группы)"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", started_on=None, ended_on=None)
                | Q(state="confirmed", started_on__isnull=False, ended_on=None)
                | Q(state="ended", started_on__isnull=False, ended_on__gte=models.F("started_on")),
                name="pair_dates_follow_its_state",
            )
        ]

    def __str__(self) -> str:
        mentor = self.mentor
        names = ", ".join(str(mentee) for mentee in self.current_mentees)
        return f"{mentor or 'без наставника'} – {names}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_ended(self) -> bool:
        return self.state == self.State.ENDED

    @property
    def proposed_on(self) -> datetime.date | None:
        """The day a draft is to begin: by then everybody in it is to be there."""
        days = [period.started_on for period in [*self.mentors.all(), *self.mentees.all()]]
        return max(days, default=None) if self.is_draft else None

    def mentor_on(self, date: datetime.date) -> Person | None:
        return next((p.person for p in self.mentors.all() if _holds(p, date)), None)

    def mentees_on(self, date: datetime.date) -> list[Person]:
        return [p.person for p in self.mentees.all() if _holds(p, date)]

    @property
    def mentor(self) -> Person | None:
        """The mentor of the last period: today's, or the last one of an ended pair."""
        periods = list(self.mentors.all())
        return periods[-1].person if periods else None

    @property
    def current_mentees(self) -> list[Person]:
        periods = list(self.mentees.all())
        if self.state == self.State.ENDED:
            return [p.person for p in periods if p.ended_on == self.ended_on]
        return [p.person for p in periods if p.ended_on is None]


def _holds(period: Period, date: datetime.date) -> bool:
    return period.started_on <= date and (period.ended_on is None or period.ended_on >= date)


class PairMentor(Period):
    """Who leads a pair between two dates."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="mentors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentorships")

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставник пары"
        verbose_name_plural = "наставники пар"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["pair"], condition=Q(ended_on__isnull=True), name="one_mentor_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class PairMentee(Period):
    """Who is led in a pair or a group between two dates."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="mentees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="menteeships")

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставляемый пары"
        verbose_name_plural = "наставляемые пар"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["pair", "person"],
                condition=Q(ended_on__isnull=True),
                name="mentee_once_in_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
