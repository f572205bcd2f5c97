"""How mentors are trained: courses, sessions, attendance, results, certificates (stage 4)."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import School, User
from programmes.text import Record

# Without letters and digits that are taken for one another.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10


class Course(Record):
    """A course that trains mentors of a programme: the school's own or an outside one. S4.2.

    Of an own course the portal keeps sessions and attendance; ``minimum_percent`` of its sessions
    have to be attended. Of an outside one it keeps what that organisation's certificate says.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="courses")
    title = models.CharField("название", max_length=300)
    is_outside = models.BooleanField("курс другой организации", default=False)
    organisation = models.CharField("организация", max_length=300, blank=True)
    hours = models.PositiveSmallIntegerField(
        "часов", validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    about = models.TextField(
        "программа курса: темы, по одной в строке", max_length=3000, blank=True
    )
    started_on = models.DateField("начало")
    ended_on = models.DateField("окончание")
    minimum_percent = models.PositiveSmallIntegerField(
        "посетить не менее, % занятий", default=80, validators=[MaxValueValidator(100)]
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "курс"
        verbose_name_plural = "курсы"
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="course_ends_after_start",
                violation_error_message="Курс заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_percent__lte=100), name="course_minimum_is_a_percentage"
            ),
            models.UniqueConstraint(
                fields=["programme", "title", "started_on"],
                name="course_once_a_start",
                violation_error_message="Такой курс с этой датой начала уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"«{self.title}»"

    @property
    def topics(self) -> list[str]:
        return [line.strip() for line in self.about.split("\n") if line.strip()]


class Session(Record):
    """One meeting of an own course. S4.2."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    held_on = models.DateField("дата")
    starts_at = models.TimeField("начало")
    place = models.CharField("место", max_length=200, blank=True)
    topic = models.CharField("тема", max_length=300)
    leader = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_sessions",
        verbose_name="ведёт",
    )
    is_marked = models.BooleanField("посещаемость отмечена", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "занятие"
        verbose_name_plural = "занятия"
        ordering = ["held_on", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "held_on", "starts_at"],
                name="session_once_at_a_time",
                violation_error_message="Занятие в этот день и час уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d.%m.%Y}, {self.topic}"


class Result(models.TextChoices):
    PASSED = "passed", "прошёл"
    FAILED = "failed", "не прошёл"


class Enrolment(Record):
    """A mentor on a course, and what came of it. S4.2."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    result = models.CharField("результат", max_length=10, choices=Result, blank=True)
    hours = models.PositiveSmallIntegerField("часов", null=True, blank=True)
    result_on = models.DateField("дата результата", null=True, blank=True)
    outside_number = models.CharField("номер удостоверения", max_length=100, blank=True)
    outside_date = models.DateField("дата удостоверения", null=True, blank=True)
    attended = models.ManyToManyField(Session, related_name="attendees", blank=True)

    history = HistoricalRecords(m2m_fields=[attended])

    class Meta:
        verbose_name = "слушатель курса"
        verbose_name_plural = "слушатели курса"
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="enrolled_once"),
            models.CheckConstraint(
                condition=Q(result="") | Q(result_on__isnull=False),
                name="result_has_a_date",
                violation_error_message="Назовите дату результата.",
            ),
            models.CheckConstraint(
                condition=~Q(result="passed") | Q(hours__gt=0),
                name="passed_has_hours",
                violation_error_message="Напишите, сколько часов пройдено.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"

    @property
    def result_words(self) -> str:
        """«прошла» where the mentor is a woman; empty while there is no result."""
        words = self.get_result_display()
        return words.replace("прошёл", "прошла") if self.person.gender == "f" else words


class CertificateYear(models.Model):
    """The counter of a school's certificates in one year; locked while a number is given."""

    school = models.ForeignKey(School, models.CASCADE, related_name="certificate_years")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"], name="one_certificate_counter_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))


def new_key() -> str:
    return secrets.token_urlsafe(16)


class Certificate(Record):
    """A certificate of an own course as it was issued: what it says never changes. S4.2, D15.

    ``key`` is in the QR code and ``code`` is printed for typing. Both are kept as they are, not as
    hashes, so that the same certificate can be printed again; they open nothing but what the
    certificate itself says.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="certificates")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    key = models.CharField(max_length=40, default=new_key)
    code = models.CharField(max_length=20, default=new_code)
    issued_on = models.DateField()
    holder = models.CharField(max_length=310)
    holder_dative = models.CharField(max_length=310)
    holder_short = models.CharField(max_length=150)
    course_title = models.CharField(max_length=300)
    hours = models.PositiveSmallIntegerField()
    started_on = models.DateField()
    ended_on = models.DateField()
    signer = models.CharField(max_length=150)
    signer_post = models.CharField(max_length=300)
    revoked_on = models.DateField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=300, blank=True)
    issued_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "сертификат"
        verbose_name_plural = "сертификаты"
        ordering = ["year", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "sequence"], name="certificate_number_once"
            ),
            models.UniqueConstraint(fields=["school", "key"], name="certificate_key_once"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(revoked_on__isnull=True),
                name="one_valid_certificate",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoke_reason=""),
                name="revoked_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="certificate_by_key"),
            models.Index(fields=["code"], name="certificate_by_code"),
        ]

    def __str__(self) -> str:
        return f"Сертификат № {self.number}"

    @property
    def number(self) -> str:
        return f"{self.sequence}/{self.year}"

    @property
    def is_valid(self) -> bool:
        return self.revoked_on is None
