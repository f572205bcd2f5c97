"""Who leads a class as its teacher, and so sees and proposes its pupils. S2.2."""

import datetime

from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Kind, Person
from programmes.periods import Period, PeriodQuerySet
from programmes.refusal import Refusal
from programmes.school.models import School, User


class ClassTeacherQuerySet(PeriodQuerySet):
    def of(self, user: User):
        """The classes that the user leads today."""
        if user.person_id is None:
            return self.none()
        return self.filter(school_id=user.school_id, person_id=user.person_id).ongoing()

    def pupils(self):
        """Pupils of these classes who are still at the school, by class and name."""
        wanted = Q(pk__in=[])
        for school_id, grade, letter in self.values_list("school_id", "grade", "letter"):
            wanted |= Q(school_id=school_id, grade=grade, letter=letter)
        people = Person.objects.filter(wanted, kind=Kind.PUPIL).present()
        return people.order_by("grade", "letter", "sort_key", "pk")


class ClassTeacher(Period):
    """The class teacher of one class between two dates; a class has one at a time.

    A source of candidates: instruction, table 2, stage 2. S2.2.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="class_teachers")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="led_classes", verbose_name="классный руководитель"
    )
    grade = models.PositiveSmallIntegerField("класс")
    letter = models.CharField("буква класса", max_length=3, blank=True)

    objects = ClassTeacherQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "классный руководитель"
        verbose_name_plural = "классные руководители"
        ordering = ["grade", "letter", "started_on", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["school", "grade", "letter"],
                condition=Q(ended_on__isnull=True),
                name="one_class_teacher_at_a_time",
                violation_error_message="У этого класса уже есть классный руководитель.",
            ),
            models.CheckConstraint(
                condition=Q(grade__gte=1, grade__lte=11),
                name="class_teacher_of_a_grade",
                violation_error_message="Класс – от 1 до 11.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.class_name} класс"

    @property
    def class_name(self) -> str:
        return class_name(self.grade, self.letter)

    @classmethod
    @transaction.atomic
    def appoint(
        cls, school: School, person: Person, grade: int, letter: str, started_on: datetime.date
    ) -> "ClassTeacher":
        """Let ``person`` lead the class from a day on; the one before ends the day before.

        The same said twice changes nothing. Refusal when an earlier teacher's period shares days
        that cannot be given up.
        """
        School.objects.select_for_update().get(pk=school.pk)
        letter = letter.upper()
        of_class = cls.objects.filter(school=school, grade=grade, letter=letter)
        open_one = of_class.filter(ended_on__isnull=True).select_related("person").first()
        if open_one is not None and open_one.person_id == person.pk:
            return open_one
        if open_one is not None:
            if open_one.started_on >= started_on:
                raise Refusal(
                    f"{open_one} {open_one.dates}: назовите более поздний день или удалите "
                    "ту запись, если она ошибочна."
                )
            open_one.end(started_on - datetime.timedelta(days=1), "сменился классный руководитель")
        of_class.select_related("person").must_leave_free(started_on, None)
        return cls.objects.create(
            school=school, person=person, grade=grade, letter=letter, started_on=started_on
        )

    @transaction.atomic
    def leave(self, on: datetime.date, reason: str) -> None:
        """End the period on its last day; the same said twice changes nothing."""
        School.objects.select_for_update().get(pk=self.school_id)
        self.end_once(on, reason)


def class_name(grade: int, letter: str) -> str:
    """«7 «А»», or «11» for a class without a letter."""
    return f"{grade} «{letter}»" if letter else str(grade)


def classes_of(school: School | int) -> list[tuple[int, str]]:
    """The classes that have pupils now, in order."""
    pupils = Person.objects.filter(school=school, kind=Kind.PUPIL, grade__isnull=False).present()
    return sorted(set(pupils.order_by().values_list("grade", "letter").distinct()))
