"""Awards: the scheme of a programme, what was decided on each person, words of letters.

Rows S6.6 and S7.3; papers D15; measures M5–M10.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import School
from programmes.text import Record


class AwardKind(models.TextChoices):
    GRATITUDE = "gratitude", "благодарность"
    DIPLOMA = "diploma", "грамота"
    CERTIFICATE = "certificate", "сертификат участника"
    PARENTS = "parents", "письмо родителям"
    BADGE = "badge", "знак отличия"
    BOARD = "board", "Доска почёта"
    GIFT = "gift", "памятный подарок"


# What is also a measure of motivation, by the number of the measure in the instruction.
MEASURES = {
    AwardKind.DIPLOMA: "M5",
    AwardKind.BADGE: "M5",
    AwardKind.GIFT: "M6",
    AwardKind.BOARD: "M7",
    AwardKind.PARENTS: "M10",
}

PAPERS = (AwardKind.GRATITUDE, AwardKind.DIPLOMA, AwardKind.CERTIFICATE, AwardKind.PARENTS)


class AwardRule(Record):
    """A line of the scheme: for what a mentor gets which award. S6.6.

    ``threshold`` is a number of meetings or a percentage; the other criteria need none.
    """

    class Criterion(models.TextChoices):
        MEETINGS = "meetings", "проведено встреч, не менее"
        STEPS = "steps", "выполнено шагов маршрутов, %, не менее"
        OUTCOME = "outcome", "цель маршрута достигнута"
        REPORTS = "reports", "отчёт сдан в срок"
        FREE = "free", "решает куратор"

    COUNTED = (Criterion.MEETINGS, Criterion.STEPS)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="award_rules")
    title = models.CharField("за что", max_length=200)
    criterion = models.CharField("критерий", max_length=8, choices=Criterion)
    threshold = models.PositiveSmallIntegerField(
        "порог",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(300)],
        help_text="Число встреч или процент шагов. Для остальных критериев не нужен.",
    )
    kind = models.CharField("чем", max_length=11, choices=AwardKind)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "правило поощрения"
        verbose_name_plural = "система поощрений"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                name="award_rule_once_a_programme",
                violation_error_message="Такая строка в системе поощрений уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(criterion__in=("meetings", "steps"), threshold__isnull=False)
                | (~Q(criterion__in=("meetings", "steps")) & Q(threshold__isnull=True)),
                name="counted_award_rule_has_threshold",
                violation_error_message="Порог нужен только для встреч и шагов маршрута.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Award(Record):
    """What was decided on an award of one person in a programme, and when it was given. S7.3.

    A person gets an award of one kind once a programme; a declined one keeps why.
    """

    class State(models.TextChoices):
        DECIDED = "decided", "решено вручить"
        DECLINED = "declined", "отклонено"
        GIVEN = "given", "вручено"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="awards")
    rule = models.ForeignKey(
        AwardRule, models.SET_NULL, null=True, blank=True, related_name="awards"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="awards", verbose_name="кому")
    pair = models.ForeignKey(Pair, models.SET_NULL, null=True, blank=True, related_name="awards")
    kind = models.CharField("чем", max_length=11, choices=AwardKind)
    reason = models.CharField("за что", max_length=500)
    facts = models.CharField("по данным", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.DECIDED, editable=False)
    decided_on = models.DateField(editable=False)
    given_on = models.DateField(null=True, blank=True, editable=False)
    why = models.CharField("почему отклонено", max_length=300, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "поощрение"
        verbose_name_plural = "поощрения"
        ordering = ["person__sort_key", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "kind"],
                name="award_once_a_person",
                violation_error_message="Решение о таком поощрении этого человека уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(state="given", given_on__isnull=False)
                | (~Q(state="given") & Q(given_on__isnull=True)),
                name="given_award_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def is_given(self) -> bool:
        return self.state == self.State.GIVEN

    @property
    def is_declined(self) -> bool:
        return self.state == self.State.DECLINED

    @property
    def is_paper(self) -> bool:
        """Whether there is a letter or a certificate to print."""
        return self.kind in PAPERS and not self.is_declined


class LetterText(Record):
    """The school's own words of one kind of letter instead of the usual ones. D15."""

    school = models.ForeignKey(School, models.CASCADE, related_name="letter_texts")
    kind = models.CharField(max_length=11, choices=AwardKind)
    text = models.TextField("текст", max_length=1500)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "текст письма"
        verbose_name_plural = "тексты писем"
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], name="letter_text_once_a_kind")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
