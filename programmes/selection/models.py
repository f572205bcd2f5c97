"""How mentors are selected: criteria, assessors, interview sheets, decisions (stage 4)."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from programmes.needs.models import NeedCategory
from programmes.people.models import Person
from programmes.periods import Period
from programmes.programme.models import MentoringForm, Programme
from programmes.school.models import User
from programmes.text import Record

HEAVIEST = 5
LONGEST_SCALE = 10


class Criterion(Record):
    """What candidates of one form of mentoring are looked at for, in one programme. S4.1.

    ``weight`` is 1–5 (5: matters most); pages show which per cent of the sum it is. Assessors give
    whole points from 0 to ``scale``. ``categories`` are those needs of mentees which the criterion
    is about: the portal then shows how many of those who ask the candidate could help.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="criteria")
    form = models.ForeignKey(
        MentoringForm, models.PROTECT, related_name="criteria", verbose_name="форма"
    )
    title = models.CharField("критерий", max_length=200)
    hint = models.CharField("о чём спросить и за что ставить", max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(
        "вес", default=3, validators=[MinValueValidator(1), MaxValueValidator(HEAVIEST)]
    )
    scale = models.PositiveSmallIntegerField(
        "высший балл",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_SCALE)],
    )
    categories = models.ManyToManyField(
        NeedCategory, related_name="criteria", blank=True, verbose_name="закрывает запросы"
    )
    position = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords(m2m_fields=[categories])

    class Meta:
        verbose_name = "критерий отбора"
        verbose_name_plural = "критерии отбора"
        ordering = ["form__code", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__range=(1, HEAVIEST)),
                name="criterion_weight_1_to_5",
                violation_error_message="Вес – целое число от 1 до 5.",
            ),
            models.CheckConstraint(
                condition=Q(scale__range=(1, LONGEST_SCALE)),
                name="criterion_scale_1_to_10",
                violation_error_message="Высший балл – целое число от 1 до 10.",
            ),
            models.UniqueConstraint(
                fields=["programme", "form", "title"],
                name="criterion_once_a_form",
                violation_error_message="Такой критерий у этой формы уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def points(self) -> range:
        """What may be given: 0 … the highest point."""
        return range(self.scale + 1)


class Assessor(Period):
    """Somebody of the school who interviews candidates of a programme between two dates. S4.1."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="assessors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assessorships")

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "оценивающий"
        verbose_name_plural = "оценивающие"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(ended_on__isnull=True),
                name="assessor_once_at_a_time",
                violation_error_message="Этот человек уже оценивает кандидатов.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Recommendation(models.TextChoices):
    SELECT = "select", "рекомендую отобрать"
    RESERVE = "reserve", "в резерв"
    REJECT = "reject", "не рекомендую"


class Sheet(Record):
    """What one assessor says of one candidate after the interview. S4.1.

    A draft may lack points; a sheet that is done has all of them. Nobody assesses oneself.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sheets")
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="given_sheets")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sheets")
    form = models.ForeignKey(MentoringForm, models.PROTECT, related_name="sheets")
    remark = models.TextField("замечание", max_length=2000, blank=True)
    recommendation = models.CharField(
        "рекомендация", max_length=10, choices=Recommendation, blank=True
    )
    is_done = models.BooleanField("готово", default=False)
    typed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "лист собеседования"
        verbose_name_plural = "листы собеседования"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "assessor", "person"], name="one_sheet_of_an_assessor"
            ),
            models.CheckConstraint(
                condition=~Q(assessor=F("person")),
                name="nobody_assesses_oneself",
                violation_error_message="Себя оценивать нельзя.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} о кандидате {self.person}"


class Score(Record):
    """Points of one sheet for one criterion; ``scale`` is the highest there was. S4.1."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField("балл")
    scale = models.PositiveSmallIntegerField()

    history = HistoricalRecords()

    class Meta:
        verbose_name = "балл"
        verbose_name_plural = "баллы"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & Q(value__lte=F("scale")),
                name="score_within_its_scale",
                violation_error_message="Балл выходит за шкалу.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} из {self.scale}"


class Outcome(models.TextChoices):
    SELECTED = "selected", "отобран"
    RESERVE = "reserve", "резерв"
    REJECTED = "rejected", "не отобран"


class ByWhom(Record):
    """Words of a person on a person, with date and author; a new row, the old ones stay."""

    reason = models.CharField("причина", max_length=500)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # The user may be gone when somebody asks, and users do not travel in a school's file.
    by_name = models.CharField(max_length=310, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Decision(ByWhom):
    """What is decided on a candidate from a day on; the latest row holds. S4.1."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="decisions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    outcome = models.CharField("решение", max_length=10, choices=Outcome)
    decided_on = models.DateField("дата решения")

    class Meta:
        verbose_name = "решение об отборе"
        verbose_name_plural = "решения об отборе"
        ordering = ["decided_on", "pk"]
        indexes = [
            models.Index(fields=["programme", "person", "decided_on"], name="decision_of_person")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="decision_has_a_reason",
                violation_error_message="Напишите причину решения.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.words}"

    @property
    def words(self) -> str:
        """«отобрана» where the candidate is a woman."""
        return agreed(self.get_outcome_display(), self.person)


def agreed(words: str, person: Person) -> str:
    """«отобран» and «не отобран» in the gender of the person."""
    return f"{words}а" if person.gender == "f" and words.endswith("отобран") else words


class Waiver(ByWhom):
    """The curator lets somebody be a mentor without selection or training, and says why. S4.2."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="waivers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="waivers")
    given_on = models.DateField("с какого дня")

    class Meta:
        verbose_name = "допуск без отбора или обучения"
        verbose_name_plural = "допуски без отбора или обучения"
        ordering = ["given_on", "pk"]
        indexes = [models.Index(fields=["programme", "person"], name="waiver_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="waiver_has_a_reason",
                violation_error_message="Напишите причину допуска.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: допуск с {self.given_on:%d.%m.%Y}"


def decisions_on(programme: Programme, day: datetime.date | None = None) -> dict[int, Decision]:
    """The decision that holds for each candidate (on ``day``): person id → Decision."""
    rows = programme.decisions.select_related("person")
    if day is not None:
        rows = rows.filter(decided_on__lte=day)
    return {row.person_id: row for row in rows}
