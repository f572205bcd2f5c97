"""How a school's papers look and speak: letterhead, emblem, wordings, legal references."""

import datetime

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from documents.kinds.facts import Control, HeardCase, Wordings
from programmes.school.models import School, User
from programmes.text import Record


class PaperSettings(Record):
    """What the instruction leaves to a school: wordings K13–K15, «слушали», quorum."""

    school = models.OneToOneField(School, models.CASCADE, related_name="paper_settings")
    control = models.CharField(
        "пункт о контроле",
        max_length=12,
        choices=[
            (Control.INSTRUCTION.value, "как в инструкции: «Контроль и выполнение приказа …»"),
            (Control.STANDARD.value, "как принято: «Контроль за исполнением приказа …»"),
        ],
        default=Control.INSTRUCTION.value,
    )
    has_regulation_term = models.BooleanField(
        "срок в пункте об утверждении Положения",
        default=True,
        help_text="По инструкции: «Утвердить положение о наставничестве в срок до …».",
    )
    is_minutes_title_split = models.BooleanField(
        "заголовок протокола в две строки",
        default=False,
        help_text="ПРОТОКОЛ / заседания Педагогического совета.",
    )
    heard_case = models.CharField(
        "СЛУШАЛИ",
        max_length=12,
        choices=[
            (HeardCase.ACCUSATIVE.value, "кого: «Доржиеву Сэсэг Бадмаевну»"),
            (HeardCase.NOMINATIVE.value, "кто: «Доржиева Сэсэг Бадмаевна»"),
        ],
        default=HeardCase.ACCUSATIVE.value,
    )
    quorum_percent = models.PositiveSmallIntegerField(
        "кворум: присутствует больше, %",
        default=50,
        help_text="Доля состава педагогического совета по уставу. Обычно больше половины.",
    )
    list_above = models.PositiveSmallIntegerField(
        "список отдельным листом, если человек больше",
        default=15,
        help_text="Тогда в протоколе стоит число и «(список прилагается)».",
    )
    emblem = models.TextField("эмблема", blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["emblem"])

    class Meta:
        verbose_name = "правила документов"
        verbose_name_plural = "правила документов"
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=99), name="quorum_below_everybody"
            ),
            models.CheckConstraint(condition=Q(list_above__gte=1), name="list_above_somebody"),
        ]

    def __str__(self) -> str:
        return f"Правила документов: {self.school}"

    @classmethod
    def of(cls, school: School) -> "PaperSettings":
        """The school's settings; those of the instruction where nobody has chosen yet."""
        return cls.objects.filter(school=school).first() or cls(school=school)

    @property
    def wordings(self) -> Wordings:
        return Wordings(
            control=Control(self.control),
            has_regulation_term=self.has_regulation_term,
            is_minutes_title_split=self.is_minutes_title_split,
            heard_case=HeardCase(self.heard_case),
        )


class Letterhead(Record):
    """A DOCX of the school on which its papers are printed. Checked on upload, used once accepted.

    ``lines`` and ``emblem`` are what its content says and shows: PDF and preview print them, so
    that all formats have the same words.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="letterheads")
    name = models.CharField("файл", max_length=200)
    content = models.BinaryField()
    lines = models.JSONField(default=list)
    emblem = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "бланк"
        verbose_name_plural = "бланки"
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(accepted_at__isnull=False, retired_at__isnull=True),
                name="one_letterhead_in_use",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_use(cls, school: School) -> "Letterhead | None":
        """The letterhead that papers are printed on; its file is read when it is asked for."""
        in_use = school.letterheads.filter(accepted_at__isnull=False, retired_at__isnull=True)
        return in_use.defer("content").first()


class LegalCode(models.TextChoices):
    """Acts that the portal's papers name (domain notes § 2.2)."""

    MENTORING = "mentoring", "работа по наставничеству работника работнику (статья 351.8)"
    EXTRA_WORK = "extra-work", "дополнительная работа, изменение и оплата (статьи 60.2, 72, 151)"


# Nominative and instrumental wording until a school says otherwise, and the day from which the act
# holds where the domain notes give it.
DEFAULT_REFERENCES = {
    LegalCode.MENTORING: (
        "статья 351.8 Трудового кодекса Российской Федерации",
        "статьей 351.8 Трудового кодекса Российской Федерации",
        datetime.date(2025, 3, 1),
    ),
    LegalCode.EXTRA_WORK: (
        "статьи 60.2, 72, 151 Трудового кодекса Российской Федерации",
        "статьями 60.2, 72, 151 Трудового кодекса Российской Федерации",
        None,
    ),
}


class LegalReference(Record):
    """How papers name an act from a day on; the latest that holds on the paper's date is used."""

    school = models.ForeignKey(School, models.CASCADE, related_name="legal_references")
    code = models.CharField("о чём", max_length=20, choices=LegalCode)
    nominative = models.CharField(
        "именительный падеж", max_length=300, help_text="статья 351.8 Трудового кодекса …"
    )
    instrumental = models.CharField(
        "творительный падеж", max_length=300, help_text="в соответствии со … статьей 351.8 …"
    )
    valid_from = models.DateField("действует с")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "правовая ссылка"
        verbose_name_plural = "правовые ссылки"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code", "valid_from"],
                name="reference_once_a_day",
                violation_error_message="С этого дня ссылка уже записана.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nominative} (с {self.valid_from:%d.%m.%Y})"

    @classmethod
    def wording(cls, school: School, code: str, on: datetime.date) -> tuple[str, str]:
        """Nominative and instrumental wording of the act on a day."""
        row = (
            school.legal_references.filter(code=code, valid_from__lte=on)
            .order_by("-valid_from")
            .first()
        )
        return (
            (row.nominative, row.instrumental) if row else DEFAULT_REFERENCES[LegalCode(code)][:2]
        )
