"""Consents (D13): their texts, who signed what and when, what follows when one is withdrawn."""

import datetime
import hashlib
import json
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.consents.wording import CATEGORIES, DEFAULTS, PARTS, Purpose
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import School, User
from programmes.text import Record


class ConsentText(Record):
    """One version of the words of a consent. Never changed: new words are a new version. D13.

    ``sha256`` proves which words a signed paper had (domain notes § 5.2).
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="consent_texts")
    purpose = models.CharField("цель", max_length=15, choices=Purpose)
    number = models.PositiveSmallIntegerField("версия")
    goal = models.CharField("цель в тексте", max_length=1000)
    data = models.CharField("перечень персональных данных", max_length=2000, blank=True)
    actions = models.CharField("перечень действий", max_length=2000, blank=True)
    processor = models.CharField("кто обрабатывает по поручению", max_length=1000, blank=True)
    term = models.CharField("срок действия", max_length=1000)
    withdrawal = models.CharField("как отозвать", max_length=1000)
    sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "текст согласия"
        verbose_name_plural = "тексты согласий"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "purpose", "number"], name="consent_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"Согласие: {self.get_purpose_display()}, версия {self.number}"

    @property
    def words(self) -> dict[str, str]:
        return {part: getattr(self, part) for part in PARTS}

    @classmethod
    def in_use(cls, school: School | int, purpose: str) -> "ConsentText":
        """The latest version; unsaved default words where the school has none of its own."""
        pk = school if isinstance(school, int) else school.pk
        found = cls.objects.filter(school_id=pk, purpose=purpose).order_by("-number").first()
        return found or cls(school_id=pk, purpose=purpose, number=1, **DEFAULTS[purpose])

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise ValueError("Версия текста согласия не меняется.")
        self.clean_texts()
        content = json.dumps([self.purpose, self.number, self.words], ensure_ascii=False)
        self.sha256 = hashlib.sha256(content.encode()).hexdigest()
        super().save(*args, **kwargs)


class Relation(models.TextChoices):
    MOTHER = "mother", "мать"
    FATHER = "father", "отец"
    GUARDIAN = "guardian", "опекун (попечитель)"
    OTHER = "other", "иной законный представитель"


class Authority(models.TextChoices):
    """By which paper a guardian acts. Its number stands on the printed consent only (§ 5.2)."""

    BIRTH = "birth", "свидетельство о рождении"
    GUARDIANSHIP = "guardianship", "документ об опеке (попечительстве)"
    ADOPTION = "adoption", "документ об усыновлении"
    OTHER = "other", "иной документ"


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: neither withdrawn nor recorded by mistake."""
        return self.filter(withdrawn_on__isnull=True, voided_at__isnull=True)

    def visible_to(self, user: User):
        return self.filter(person__in=Person.objects.visible_to(user))


class Consent(Record):
    """A signed paper by which a person, or who stands for a child, allows something. D13.

    One row is one paper: from 14 to 17 the pupil and the guardian sign the same one, so that a
    half-signed consent never exists. No passport data here: they stand on the paper only.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField("на что", max_length=15, choices=Purpose)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    signed_on = models.DateField("подписано")
    valid_until = models.DateField("действует по", null=True, blank=True)
    signed_by_person = models.BooleanField("подписал сам участник", default=False)
    guardian_name = models.CharField("законный представитель", max_length=200, blank=True)
    guardian_relation = models.CharField(
        "кем приходится", max_length=10, choices=Relation, blank=True
    )
    guardian_authority = models.CharField(
        "чем подтверждены полномочия", max_length=15, choices=Authority, blank=True
    )
    site = models.CharField("адрес сайта", max_length=200, blank=True)
    categories = models.JSONField("что можно публиковать", default=list, blank=True)
    conditions = models.CharField("условия и запреты", max_length=500, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    withdrawal_reason = models.CharField("причина отзыва", max_length=300, blank=True)
    voided_at = models.DateTimeField("записано по ошибке", null=True, blank=True)
    void_reason = models.CharField("в чём ошибка", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-signed_on", "-pk"]
        indexes = [models.Index(fields=["person", "purpose"], name="consent_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by_person=True) | ~Q(guardian_name=""),
                name="consent_is_signed",
                violation_error_message="Укажите, кто подписал согласие.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("signed_on")),
                name="consent_ends_after_signing",
                violation_error_message="Срок согласия кончается раньше, чем оно подписано.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("signed_on")),
                name="consent_withdrawn_after_signing",
                violation_error_message="Согласие не могли отозвать раньше, чем подписали.",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.DISTRIBUTION) | ~Q(site=""),
                name="publishing_names_its_site",
                violation_error_message="Согласие на распространение называет адрес сайта.",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose", "signed_on"],
                condition=Q(withdrawn_on__isnull=True, voided_at__isnull=True),
                name="consent_once_a_day",
                violation_error_message="Такое согласие уже записано.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()}, {self.signed_on:%d.%m.%Y}"

    @property
    def signers(self) -> str:
        """«обучающийся и мать – Ткач Анна Ивановна»: who signed, in words."""
        who = []
        if self.signed_by_person:
            who.append("сам участник")
        if self.guardian_name:
            relation = self.get_guardian_relation_display() or "законный представитель"
            who.append(f"{relation} – {self.guardian_name}")
        return " и ".join(who)

    @property
    def category_words(self) -> list[str]:
        return [CATEGORIES[key] for key in self.categories if key in CATEGORIES]

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_on is None and self.voided_at is None


class WithdrawalTask(Record):
    """What the school owes after a withdrawal, with its last day. Domain notes §§ 5.1, 5.2.

    Processing and the rest: destroy within 30 days; publishing: stop within three working days.
    """

    DAYS = 30
    WORKING_DAYS = 3

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="task")
    due_on = models.DateField("срок")
    done_on = models.DateField("выполнено", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "задача после отзыва согласия"
        verbose_name_plural = "задачи после отзыва согласий"

    def __str__(self) -> str:
        return f"{self.consent.person}: до {self.due_on:%d.%m.%Y}"

    @property
    def words(self) -> str:
        if self.consent.purpose in (Purpose.DISTRIBUTION, Purpose.IMAGE):
            return "убрать с сайта и из открытых материалов"
        return "уничтожить персональные данные, которые больше не нужны"


class WorkerMentoring(Record):
    """The papers of a worker who helps another worker in a programme. D14, art. 351.8.

    The written consent always stands here, with its scan; the additional agreement only where it
    was not made in the portal. Domain notes § 2.2.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="worker_mentorings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="worker_mentorings")
    consent_on = models.DateField("дата письменного согласия", null=True, blank=True)
    agreement_on = models.DateField("дата дополнительного соглашения", null=True, blank=True)
    agreement_number = models.CharField("номер", max_length=50, blank=True)
    content = models.CharField("содержание работы", max_length=1000, blank=True)
    form_of_work = models.CharField("форма работы", max_length=200, blank=True)
    started_on = models.DateField("работа с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)
    payment = models.CharField("размер и условия выплаты", max_length=1000, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "документы наставника-работника"
        verbose_name_plural = "документы наставников-работников"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"], name="worker_mentoring_once_a_programme"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=models.F("started_on")),
                name="worker_mentoring_ends_after_start",
                violation_error_message="Срок работы кончается раньше, чем начинается.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.programme}"

    def lacks_of_agreement(self) -> list[str]:
        """What article 351.8 asks of the agreement and is not recorded here."""
        asked = (
            ("agreement_on", "дата соглашения"),
            ("agreement_number", "номер соглашения"),
            ("content", "содержание работы"),
            ("form_of_work", "форма работы"),
            ("started_on", "начало срока"),
            ("ended_on", "конец срока"),
            ("payment", "размер и условия выплаты"),
        )
        return [words for name, words in asked if not getattr(self, name)]


def scan_path(scan: "ConsentScan", filename: str) -> str:
    return f"scans/{scan.uuid}.{scan.extension}"


class ConsentScan(models.Model):
    """A scan of a signed consent, of a withdrawal, or of a worker's consent to mentoring."""

    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="scans")
    mentoring = models.ForeignKey(WorkerMentoring, models.CASCADE, null=True, related_name="scans")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    extension = models.CharField(max_length=4)
    file = models.FileField(upload_to=scan_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "скан согласия"
        verbose_name_plural = "сканы согласий"
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__isnull=False, mentoring__isnull=True)
                | Q(consent__isnull=True, mentoring__isnull=False),
                name="consent_scan_of_one_paper",
            )
        ]

    def __str__(self) -> str:
        return f"Скан от {timezone.localtime(self.uploaded_at):%d.%m.%Y}"


def three_working_days_after(day: datetime.date) -> datetime.date:
    """The last of three days after ``day`` that are no Saturday or Sunday."""
    left = WithdrawalTask.WORKING_DAYS
    while left:
        day += datetime.timedelta(days=1)
        left -= day.weekday() < 5
    return day
