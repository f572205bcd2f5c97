"""The programme of a school year, its forms of mentoring and its curators."""

import datetime
import json
from functools import cache
from pathlib import Path

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.people.models import Person
from programmes.periods import Period
from programmes.school.models import School, User
from programmes.text import Record

CATALOGUE = Path(__file__).with_name("catalogue.json")


@cache
def read_catalogue() -> list[dict]:
    """Forms F1–F7 of the instruction with their variants, goals, tasks and results."""
    return json.loads(CATALOGUE.read_text(encoding="utf-8"))


class MentoringForm(Record):
    """A form of mentoring as this school uses it (F1–F7; instruction, lines 79–95).

    Made with the school; its goal, tasks and results are lines of the catalogue room.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="forms")
    code = models.CharField(max_length=2)
    title = models.CharField("название", max_length=100)
    mentor_kinds = models.JSONField(default=list)
    mentee_kinds = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(
        "наставляемых у одного наставника, не более", default=3
    )

    class Meta:
        verbose_name = "форма наставничества"
        verbose_name_plural = "формы наставничества"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="form_once_a_school")
        ]

    def __str__(self) -> str:
        return f"«{self.title}»"

    @property
    def used_variants(self) -> list["Variant"]:
        """Variants that are not out of use, in their order (reads ``variants`` as prefetched)."""
        return [variant for variant in self.variants.all() if variant.is_used]

    def fits(self, mentor: Person, mentee: Person) -> bool:
        return mentor.kind in self.mentor_kinds and mentee.kind in self.mentee_kinds

    @classmethod
    def create_for(cls, school: School) -> None:
        """Give a new school all forms and variants of the catalogue."""
        for entry in read_catalogue():
            form = cls.objects.create(
                school=school,
                code=entry["code"],
                title=entry["title"],
                mentor_kinds=entry["mentor_kinds"],
                mentee_kinds=entry["mentee_kinds"],
                capacity=entry["capacity"],
            )
            Variant.objects.bulk_create(
                Variant(form=form, title=title, position=number)
                for number, title in enumerate(entry["variants"], 1)
            )


class Variant(Record):
    """A variation of the role model inside a form, such as «лидер – пассивный».

    One out of use stays with the pairs that have it.
    """

    form = models.ForeignKey(MentoringForm, models.CASCADE, related_name="variants")
    title = models.CharField("вариант", max_length=150)
    position = models.PositiveIntegerField(default=0, editable=False)
    is_used = models.BooleanField("используется", default=True)

    class Meta:
        verbose_name = "вариант формы"
        verbose_name_plural = "варианты форм"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"«{self.title}»"


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(school_id=user.school_id) if user.school_id else self.none()

    def managed_by(self, user: User):
        return self.visible_to(user) if user.is_any(Role.CURATOR) else self.none()

    def current(self, on: datetime.date | None = None) -> "Programme | None":
        """The programme of the day, else the one that ended or begins nearest to it."""
        on = on or timezone.localdate()
        return (
            self.filter(started_on__lte=on).order_by("-started_on").first()
            or self.order_by("started_on").first()
        )


class Programme(Record):
    """A mentoring programme of one school year, with its seven stages (instruction, table 2)."""

    school = models.ForeignKey(School, models.CASCADE, related_name="programmes")
    started_on = models.DateField("начало")
    ended_on = models.DateField("окончание")
    forms = models.ManyToManyField(
        MentoringForm, related_name="programmes", verbose_name="формы наставничества"
    )

    objects = ProgrammeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "программа"
        verbose_name_plural = "программы"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gt=models.F("started_on")),
                name="programme_ends_after_start",
                violation_error_message="Программа заканчивается раньше, чем начинается.",
            ),
            models.UniqueConstraint(
                fields=["school", "started_on"],
                name="programme_once_a_start",
                violation_error_message="Программа с этой датой начала уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"Программа {self.school_year}"

    @property
    def school_year(self) -> str:
        first = self.started_on.year - (self.started_on.month < 7)
        return f"{first}/{(first + 1) % 100:02d}"

    def working_day(self) -> datetime.date:
        """Today, kept inside the programme: what one looks at before it begins or after it ends."""
        return min(max(timezone.localdate(), self.started_on), self.ended_on)

    def curators_on(self, date: datetime.date) -> list[Person]:
        """The curators appointed on ``date``, in the order of their appointment."""
        periods = (
            self.curators.ongoing_on(date).select_related("person").order_by("started_on", "pk")
        )
        return [period.person for period in periods]


class Curator(Period):
    """Who runs the programme as its curator between two dates. S1.3; D6."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="curators")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="curatorships", verbose_name="куратор"
    )

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "куратор программы"
        verbose_name_plural = "кураторы программы"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="curator_once_at_a_time",
                violation_error_message="Этот человек уже куратор программы.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – куратор"
