"""Applications: what people say of themselves or others before the curator decides. S1.2–S3.2."""

import datetime
import secrets

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.classes.models import class_name
from programmes.mentees.models import Channel
from programmes.needs.models import NeedCategory
from programmes.needs.weekdays import check_weekdays, in_words
from programmes.people.models import Gender, Kind, Person
from programmes.periods import Period, PeriodQuerySet
from programmes.programme.models import MentoringForm, Programme
from programmes.school.models import User
from programmes.text import Record, search_key

# No letters or digits that are read one for another on a printed sheet.
SLUG_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Purpose(models.TextChoices):
    """What a form asks for."""

    PRELIMINARY = "preliminary", "предварительный запрос"
    MENTEE = "mentee", "заявка наставляемого"
    MENTOR = "mentor", "заявка наставника"


def new_slug() -> str:
    """«k7pd-2mwx-9ahr»: 59 bits, fit to be printed and typed."""
    return "-".join("".join(secrets.choice(SLUG_ALPHABET) for _ in range(4)) for _ in range(3))


def new_number() -> str:
    """Eight digits that say nothing of how many applications there are."""
    return str(secrets.randbelow(90_000_000) + 10_000_000)


class ApplicationLinkQuerySet(PeriodQuerySet):
    def usable(self):
        """Those that open a form today: not closed, and within their days."""
        return self.filter(closed_at__isnull=True).ongoing()


class ApplicationLink(Period):
    """The public address of an application form between two days. S1.2, S2.2, S3.2.

    Its slug is no secret: it opens an empty form and shows nothing of anybody.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="application_links")
    purpose = models.CharField("какая форма", max_length=15, choices=Purpose)
    slug = models.CharField(max_length=20, unique=True, default=new_slug, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationLinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "ссылка на форму заявки"
        verbose_name_plural = "ссылки на формы заявок"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "purpose"],
                condition=Q(closed_at__isnull=True),
                name="one_open_application_link",
                violation_error_message="Такая ссылка уже открыта.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.slug}"

    @property
    def is_usable(self) -> bool:
        return self.closed_at is None and self.is_ongoing

    @classmethod
    @transaction.atomic
    def open(
        cls,
        programme: Programme,
        purpose: str,
        started_on: datetime.date,
        ended_on: datetime.date | None,
    ) -> "ApplicationLink":
        """The open link of this purpose with these days: the one there is, else a new one."""
        Programme.objects.select_for_update().get(pk=programme.pk)
        there = cls.objects.filter(
            programme=programme, purpose=purpose, closed_at__isnull=True
        ).first()
        link = there or cls(programme=programme, purpose=purpose)
        if there is None or (there.started_on, there.ended_on) != (started_on, ended_on):
            link.started_on, link.ended_on = started_on, ended_on
            link.save()
        return link

    @transaction.atomic
    def close(self) -> None:
        """Let nobody apply by this link any more; closing twice changes nothing."""
        Programme.objects.select_for_update().get(pk=self.programme_id)
        self.refresh_from_db()
        if self.closed_at is None:
            self.closed_at = timezone.now()
            self.save()

    @transaction.atomic
    def renew(self) -> "ApplicationLink":
        """Close this link and open another with the same days: printed sheets stop working."""
        self.close()
        return type(self).open(self.programme, self.purpose, self.started_on, self.ended_on)


class Application(Record):
    """What one person said, or somebody said of a person: waits, then accepted or declined.

    ``identity`` tells whether two applications are of one person: the name with the birth date,
    or with the class. ``came_as`` keeps what it was before a preliminary request was turned into
    an application. S1.2, S2.2, S3.2; data minimum: domain notes § 5.2.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт решения"
        ACCEPTED = "accepted", "принята"
        DECLINED = "declined", "отклонена"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="applications")
    purpose = models.CharField("что это", max_length=15, choices=Purpose)
    came_as = models.CharField(max_length=15, choices=Purpose, editable=False)
    channel = models.CharField("откуда", max_length=15, choices=Channel, default=Channel.SELF)
    number = models.CharField("номер", max_length=8, default=new_number, editable=False)
    state = models.CharField("решение", max_length=10, choices=State, default=State.WAITING)

    surname = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    patronymic = models.CharField("отчество", max_length=100, blank=True)
    gender = models.CharField("пол", max_length=1, choices=Gender)
    kind = models.CharField("кто это", max_length=10, choices=Kind)
    grade = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    letter = models.CharField("буква класса", max_length=3, blank=True)
    position = models.CharField("должность, место работы или учёбы", max_length=200, blank=True)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    started_work_on = models.DateField("начало педагогической работы", null=True, blank=True)
    is_new_here = models.BooleanField("новое место работы", default=False)
    phone = models.CharField("телефон", max_length=30, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    guardian_contact = models.CharField(
        "контакт родителя (законного представителя)", max_length=200, blank=True
    )

    categories = models.ManyToManyField(
        NeedCategory, related_name="applications", blank=True, verbose_name="категории"
    )
    need = models.CharField("своими словами", max_length=500, blank=True)
    interests = models.CharField("интересы", max_length=500, blank=True)
    days = models.JSONField("свободные дни", default=list, blank=True, validators=[check_weekdays])
    times = models.CharField("в какое время", max_length=200, blank=True)
    forms = models.ManyToManyField(
        MentoringForm, related_name="applications", blank=True, verbose_name="формы"
    )
    motivation = models.CharField("почему хочет быть наставником", max_length=1000, blank=True)
    results = models.CharField("итоги профориентационного теста", max_length=1000, blank=True)

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="applications", null=True, blank=True
    )
    submitted_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="кто предложил"
    )
    created_at = models.DateTimeField("когда", default=timezone.now, editable=False)
    repeats = models.PositiveIntegerField("подана ещё раз", default=0, editable=False)
    addition = models.CharField("добавлено при повторе", max_length=1000, blank=True)
    decided_on = models.DateField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    reason = models.CharField("причина", max_length=300, blank=True)

    identity = models.CharField(max_length=340, editable=False)
    search_key = models.CharField(max_length=500, editable=False)
    sort_key = models.CharField(max_length=310, editable=False)

    history = HistoricalRecords(
        m2m_fields=[categories, forms], excluded_fields=["search_key", "sort_key"]
    )

    class Meta:
        verbose_name = "заявка"
        verbose_name_plural = "заявки"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "purpose", "identity"],
                condition=Q(state="waiting"),
                name="application_once",
                violation_error_message="Такая заявка этого человека уже есть.",
            ),
            models.UniqueConstraint(fields=["programme", "number"], name="application_number_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(person__isnull=False),
                name="accepted_application_has_a_person",
                violation_error_message="У принятой заявки нет человека.",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="declined_application_has_a_reason",
                violation_error_message="У отклонённой заявки нет причины.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state", "created_at"], name="application_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.get_purpose_display()} № {self.number}"

    def save(self, *args, **kwargs) -> None:
        self.came_as = self.came_as or self.purpose
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """Fill what search, sorting and the comparison of applications use."""
        self.clean_texts()
        self.letter = self.letter.upper()
        self.sort_key = search_key(self.surname, self.first_name, self.patronymic)[:310]
        said = (
            self.birth_date.isoformat() if self.birth_date else f"{self.grade or ''}{self.letter}"
        )
        self.identity = f"{self.sort_key}|{said}"
        compact = f"{self.grade}{self.letter}" if self.grade else ""
        words = search_key(self.full_name, self.position, self.class_name, compact, self.number)
        self.search_key = words.replace("«", "").replace("»", "")[:500]

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.first_name, self.patronymic)))

    @property
    def class_name(self) -> str:
        return class_name(self.grade, self.letter) if self.grade else ""

    @property
    def description(self) -> str:
        """What tells namesakes apart: the class, or the place of work."""
        return f"{self.class_name} класс" if self.grade else self.position

    @property
    def days_in_words(self) -> str:
        return in_words(self.days)

    @property
    def contacts(self) -> str:
        """Everything by which one can answer, in one line."""
        guardian = f"родитель: {self.guardian_contact}" if self.guardian_contact else ""
        return "; ".join(filter(None, (self.phone, self.email, guardian)))

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def as_person(self) -> Person:
        """The person the application speaks of, not stored: for rules that look at a person."""
        return Person(
            school_id=self.programme.school_id,
            kind=self.kind,
            birth_date=self.birth_date,
            started_work_on=self.started_work_on,
            grade=self.grade,
            letter=self.letter,
        )


class ApplicationTry(models.Model):
    """A form sent by an address, kept for a day so that a script cannot flood the inbox."""

    KEPT = datetime.timedelta(days=1)

    link = models.ForeignKey(ApplicationLink, models.CASCADE, related_name="tries")
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "отправка формы"
        verbose_name_plural = "отправки форм"
        indexes = [models.Index(fields=["address", "at"], name="application_try_address")]

    def __str__(self) -> str:
        return f"{self.at}"
