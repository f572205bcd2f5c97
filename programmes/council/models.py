"""The pedagogical council of a school: who is in it, and with which duty, day by day."""

import datetime
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.periods import Period
from programmes.refusal import Refusal
from programmes.school.models import School

CHANGED = "другая обязанность в совете"


class Duty(models.TextChoices):
    CHAIR = "chair", "председатель"
    SECRETARY = "secretary", "секретарь"
    MEMBER = "member", "член совета"


class CouncilMember(Period):
    """A person in the pedagogical council between two dates, with one duty. D2; S1.3.

    A change of duty ends one period and begins another, so that the minutes of an earlier meeting
    still name those who led it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="council")
    person = models.ForeignKey(Person, models.PROTECT, related_name="council_memberships")
    duty = models.CharField(
        "обязанность в совете", max_length=10, choices=Duty, default=Duty.MEMBER
    )

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "член педагогического совета"
        verbose_name_plural = "педагогический совет"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["school", "person"],
                condition=Q(ended_on__isnull=True),
                name="council_member_once_at_a_time",
                violation_error_message="Этот человек уже в педагогическом совете.",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(ended_on__isnull=True, duty=Duty.CHAIR),
                name="one_chair_of_the_council",
                violation_error_message="Председатель у совета уже есть.",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(ended_on__isnull=True, duty=Duty.SECRETARY),
                name="one_secretary_of_the_council",
                violation_error_message="Секретарь у совета уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_duty_display()}"

    @classmethod
    @transaction.atomic
    def include(
        cls, school: School, people: Iterable[Person], started_on: datetime.date
    ) -> list["CouncilMember"]:
        """Make members of those of ``people`` who are in the council on no day from then on."""
        School.objects.select_for_update().get(pk=school.pk)
        taken = set(
            school.council.overlapping_with(started_on, None).values_list("person_id", flat=True)
        )
        return [
            cls.objects.create(school=school, person=person, started_on=started_on)
            for person in people
            if person.pk not in taken
        ]

    @classmethod
    @transaction.atomic
    def appoint(
        cls, school: School, person: Person, duty: str, started_on: datetime.date
    ) -> "CouncilMember":
        """Give ``person`` a duty from a day on, in the council already or not.

        Whoever was chair or secretary becomes a member from that day. Appointing twice changes
        nothing. Refusal when a period that is in the way begins or lasts later than the day.
        """
        School.objects.select_for_update().get(pk=school.pk)
        periods = school.council.select_related("person")
        own = periods.filter(person=person, ended_on__isnull=True).first()
        if own is not None and own.duty == duty and own.started_on <= started_on:
            return own
        in_the_way = Q(person=person) if duty == Duty.MEMBER else Q(person=person) | Q(duty=duty)
        periods.filter(in_the_way).must_end_before(started_on)
        if duty != Duty.MEMBER:
            former = periods.filter(duty=duty, ended_on__isnull=True).exclude(person=person).first()
            if former is not None:
                former.turn(started_on, CHANGED, duty=Duty.MEMBER)
        if own is not None:
            return own.turn(started_on, CHANGED, duty=duty)
        return cls.objects.create(school=school, person=person, duty=duty, started_on=started_on)

    @transaction.atomic
    def take(self, duty: str, started_on: datetime.date) -> "CouncilMember":
        """Give this member another duty from a day on. Refusal for somebody who has left."""
        School.objects.select_for_update().get(pk=self.school_id)
        if not self.school.council.filter(person=self.person, ended_on__isnull=True).exists():
            raise Refusal(f"{self.person} уже не в совете: сначала включите в него снова.")
        return CouncilMember.appoint(self.school, self.person, duty, started_on)

    @transaction.atomic
    def leave(self, on: datetime.date, reason: str) -> None:
        """Leave the council after the day ``on``; earlier minutes still name the member.

        Twice changes nothing. Refusal when the end is stored already or the day is too early.
        """
        School.objects.select_for_update().get(pk=self.school_id)
        self.end_once(on, reason)

    @transaction.atomic
    def correct(self, started_on: datetime.date, ended_on: datetime.date | None, reason: str):
        """Store dates that were recorded wrongly.

        Refusal when another period of the person, or of another chair or secretary where this is
        one, shares a day with them.
        """
        School.objects.select_for_update().get(pk=self.school_id)
        in_the_way = Q(person=self.person)
        if self.duty != Duty.MEMBER:
            in_the_way |= Q(duty=self.duty)
        others = self.school.council.exclude(pk=self.pk).filter(in_the_way)
        others.select_related("person").must_leave_free(started_on, ended_on)
        super().correct(started_on, ended_on, reason)

    def before(self) -> "CouncilMember | None":
        """The period of the same person that ends the day before this one begins."""
        eve = self.started_on - datetime.timedelta(days=1)
        return self.school.council.filter(person=self.person, ended_on=eve).first()


def council_on(school: School, date: datetime.date) -> list[CouncilMember]:
    """The council on ``date`` in alphabetical order, each member with the person and the duty."""
    members = school.council.ongoing_on(date).select_related("person")
    return list(members.order_by("person__sort_key", "pk"))


def chair_on(school: School, date: datetime.date) -> Person | None:
    return _holder(school, date, Duty.CHAIR)


def secretary_on(school: School, date: datetime.date) -> Person | None:
    return _holder(school, date, Duty.SECRETARY)


def _holder(school: School, date: datetime.date, duty: str) -> Person | None:
    members = school.council.ongoing_on(date).filter(duty=duty).select_related("person")
    member = members.order_by("-started_on", "-pk").first()
    return member.person if member else None
