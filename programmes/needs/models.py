"""What mentees ask for and mentors can give, as a short list that the school may change."""

from django.db import models
from simple_history.models import HistoricalRecords

from programmes.school.models import School
from programmes.text import Record


class NeedCategory(Record):
    """A category of needs: «математика и точные науки», «общение и адаптация». S2.2, S3.2.

    The same list says what a mentee asks for and what a mentor is competent in, so that the two
    can be compared; free words stand beside it. One that is out of use stays with old records.
    """

    class Audience(models.TextChoices):
        PUPIL = "pupil", "обучающиеся"
        TEACHER = "teacher", "педагоги"

    school = models.ForeignKey(School, models.CASCADE, related_name="need_categories")
    title = models.CharField("категория", max_length=100)
    audience = models.CharField("чей запрос", max_length=10, choices=Audience)
    position = models.PositiveIntegerField(default=0, editable=False)
    is_used = models.BooleanField("используется", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "категория запросов"
        verbose_name_plural = "категории запросов"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "audience", "title"],
                name="need_category_once_a_school",
                violation_error_message="Такая категория уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_taken(self) -> bool:
        """Whether anything names it or, as its history says, has ever named it: such a category is
        never deleted. Asks every table that points here, those of history too."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self.pk}).exists()
            for relation in self._meta.get_fields(include_hidden=True)
            if isinstance(relation, models.ManyToOneRel)
        )

    @classmethod
    def create_for(cls, school: School) -> None:
        """Give a new school the usual categories (instruction, lines 57–95)."""
        usual = [
            *((title, cls.Audience.PUPIL) for title in OF_PUPILS),
            *((title, cls.Audience.TEACHER) for title in OF_TEACHERS),
        ]
        cls.objects.bulk_create(
            cls(school=school, title=title, audience=audience, position=number)
            for number, (title, audience) in enumerate(usual, 1)
        )


OF_PUPILS = (
    "математика и точные науки",
    "русский язык и гуманитарные предметы",
    "иностранный язык",
    "естественные науки",
    "общение и адаптация",
    "уверенность и лидерские качества",
    "творчество",
    "спорт",
    "проекты и олимпиады",
    "выбор профессии",
)
OF_TEACHERS = (
    "методика и построение урока",
    "классное руководство и дисциплина",
    "цифровые сервисы и технологии",
    "рабочие программы и документация",
    "аттестация и конкурсы",
    "адаптация на новом месте",
    "профессиональное выгорание",
)
