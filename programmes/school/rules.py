"""What a school has decided about its programme: ages, experience, what comes before what."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from programmes.school.models import School
from programmes.text import Record

_AGE = [MinValueValidator(6), MaxValueValidator(25)]


class Rules(Record):
    """The rules of one school; a school without a row follows the defaults.

    Ages: the instruction says 11–18 (line 49), schools cite the target model with 10–19 (domain
    notes § 1.1). Experience of a young teacher: instruction, line 89. What is asked for before a
    pair or an order: domain notes §§ 2.1, 5.2; S4.2.
    """

    school = models.OneToOneField(School, models.CASCADE, related_name="stored_rules")
    mentee_age_from = models.PositiveSmallIntegerField(
        "возраст наставляемого обучающегося, от", default=10, validators=_AGE
    )
    mentee_age_to = models.PositiveSmallIntegerField("до", default=19, validators=_AGE)
    mentor_age_from = models.PositiveSmallIntegerField(
        "возраст наставника-обучающегося, от", default=14, validators=_AGE
    )
    young_teacher_years = models.PositiveSmallIntegerField(
        "стаж молодого педагога, лет не более", default=3, validators=[MaxValueValidator(10)]
    )
    asks_consent = models.BooleanField(
        "без согласия на обработку персональных данных нельзя в базу, пару, приказ и анкету",
        default=True,
    )
    asks_participation = models.BooleanField(
        "для пары и приказа нужно и согласие на участие", default=True
    )
    asks_training = models.BooleanField(
        "наставником назначают только отобранного и обученного", default=True
    )
    asks_351_8 = models.BooleanField(
        "приказ о наставнике-работнике, который помогает работнику, требует его согласия и "
        "дополнительного соглашения (статья 351.8 ТК РФ)",
        default=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "правила программы"
        verbose_name_plural = "правила программ"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mentee_age_to__gte=models.F("mentee_age_from")),
                name="rules_ages_in_order",
                violation_error_message="Возраст «до» меньше возраста «от».",
            )
        ]

    def __str__(self) -> str:
        return f"Правила: {self.school}"

    @classmethod
    def of(cls, school: School | int) -> "Rules":
        """The rules of a school (or of its id); unsaved defaults where nobody has changed them."""
        pk = school if isinstance(school, int) else school.pk
        return cls.objects.filter(school_id=pk).first() or cls(school_id=pk)
