"""What the school tells people of its programme: announcements and the parents' letter."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.access import OFFICE, Role
from programmes.people.models import Kind
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import User
from programmes.text import Record


class Audience(models.TextChoices):
    ALL = "all", "все"
    PUPILS = "pupils", "обучающиеся"
    PARENTS = "parents", "родители"
    TEACHERS = "teachers", "педагоги"
    EMPLOYERS = "employers", "работодатели"


class Way(models.TextChoices):
    """How people hear of it."""

    STAND = "stand", "стенд"
    CLASS_HOUR = "class_hour", "классный час"
    MEETING = "meeting", "собрание"
    SITE = "site", "сайт"
    MESSAGE = "message", "сообщение"


# The stages that begin with informing: S1.2, S2.1, S3.1.
INFORMING_STAGES = (1, 2, 3)
AUDIENCE_OF_KIND = {
    Kind.PUPIL: Audience.PUPILS,
    Kind.STUDENT: Audience.PUPILS,
    Kind.TEACHER: Audience.TEACHERS,
    Kind.EMPLOYER: Audience.EMPLOYERS,
    Kind.PARENT: Audience.PARENTS,
}


def check_grades(grades: object) -> None:
    """ValidationError unless ``grades`` is a list of different numbers 1…11."""
    if not isinstance(grades, list) or not all(
        isinstance(grade, int) and 1 <= grade <= 11 for grade in grades
    ):
        raise ValidationError("Классы – числа от 1 до 11.")
    if len(set(grades)) != len(grades):
        raise ValidationError("Класс назван дважды.")


def check_ways(ways: object) -> None:
    """ValidationError unless ``ways`` is a list of different known ways."""
    if not isinstance(ways, list) or not set(map(str, ways)) <= set(Way.values):
        raise ValidationError("Неизвестный способ информирования.")
    if len(set(map(str, ways))) != len(ways):
        raise ValidationError("Способ назван дважды.")


class AnnouncementQuerySet(models.QuerySet):
    def shown_on(self, day: datetime.date):
        """Published ones whose days are not over, the newest first."""
        shown = self.filter(state=Announcement.State.PUBLISHED, started_on__lte=day)
        shown = shown.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))
        return shown.order_by("-started_on", "-pk")


class Announcement(Record):
    """A text for one audience between two days: draft, published, withdrawn. S1.2, S2.1, S3.1.

    Drafts may be changed; what people have read stays as it was and can only be withdrawn.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        PUBLISHED = "published", "опубликовано"
        WITHDRAWN = "withdrawn", "снято"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="announcements")
    stage = models.PositiveSmallIntegerField("этап")
    audience = models.CharField("для кого", max_length=10, choices=Audience)
    grades = models.JSONField("классы", default=list, blank=True, validators=[check_grades])
    ways = models.JSONField("как сообщаем", default=list, blank=True, validators=[check_ways])
    title = models.CharField("заголовок", max_length=150)
    text = models.TextField("текст", max_length=2000)
    started_on = models.DateField("показывать с")
    ended_on = models.DateField("показывать по", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "объявление"
        verbose_name_plural = "объявления"
        ordering = ["stage", "started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="announcement_ends_after_start",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=INFORMING_STAGES),
                name="announcement_of_an_informing_stage",
                violation_error_message="Информируют на этапах 1, 2 и 3.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_on__isnull=False),
                name="published_announcement_has_a_day",
                violation_error_message="У опубликованного объявления нет даты публикации.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ways_in_words(self) -> str:
        return ", ".join(Way(way).label for way in Way.values if way in self.ways)

    @property
    def grades_in_words(self) -> str:
        """«5–7, 9»."""
        runs: list[list[int]] = []
        for grade in sorted(self.grades):
            if runs and grade == runs[-1][-1] + 1:
                runs[-1].append(grade)
            else:
                runs.append([grade])
        return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.ended_on is not None and self.ended_on < timezone.localdate()

    @property
    def is_public(self) -> bool:
        """Whether somebody without a login reads it beside the application form."""
        return self.audience == Audience.ALL or Way.SITE in self.ways

    def is_for(self, user: User) -> bool:
        """Whether the user belongs to the audience. Grades narrow it for pupils only."""
        if user.is_any(*OFFICE) or self.audience == Audience.ALL:
            return True
        person = user.person
        theirs = {AUDIENCE_OF_KIND[Kind(person.kind)]} if person else set()
        if user.is_any(Role.TEACHER, Role.PSYCHOLOGIST):
            theirs.add(Audience.TEACHERS)
        if self.audience not in theirs:
            return False
        is_pupil = person is not None and person.kind == Kind.PUPIL
        return not (self.grades and is_pupil) or person.grade in self.grades

    @transaction.atomic
    def publish(self) -> None:
        """Show the draft from today; twice changes nothing. Refusal when withdrawn or over."""
        self._lock()
        if self.state == self.State.PUBLISHED:
            return
        if self.state == self.State.WITHDRAWN:
            raise Refusal("Объявление снято. Чтобы показать текст снова, сделайте новое.")
        today = timezone.localdate()
        if self.ended_on is not None and self.ended_on < today:
            raise Refusal(
                f"Последний день объявления – {self.ended_on:%d.%m.%Y}, он прошёл. Измените дату."
            )
        self.state, self.published_on = self.State.PUBLISHED, today
        self.save()

    @transaction.atomic
    def withdraw(self) -> None:
        """Stop showing it; the same said twice changes nothing. Refusal while it is a draft."""
        self._lock()
        if self.state == self.State.WITHDRAWN:
            return
        if self.state == self.State.DRAFT:
            raise Refusal("Черновик ещё не опубликован: его можно изменить или удалить.")
        self.state, self.withdrawn_on = self.State.WITHDRAWN, timezone.localdate()
        self.save()

    def _lock(self) -> None:
        Programme.objects.select_for_update().get(pk=self.programme_id)
        self.refresh_from_db()


def shown_to(user: User, day: datetime.date) -> list[Announcement]:
    """What the user reads on ``day``, the newest first."""
    if user.school_id is None:
        return []
    shown = Announcement.objects.filter(programme__school_id=user.school_id).shown_on(day)
    return [one for one in shown.select_related("programme") if one.is_for(user)]


# What the letter may say of the child: word in braces → the case of the child's name.
NAME_WORDS = {
    "{ребёнок}": "nominative",
    "{ребёнка}": "genitive",
    "{ребёнку}": "dative",
    "{ребёнком}": "instrumental",
}


class ParentLetter(Record):
    """The wording of the parents' information letter of a programme. S2.1."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="parent_letter")
    text = models.TextField("текст письма", max_length=3000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "письмо родителям"
        verbose_name_plural = "письма родителям"

    def __str__(self) -> str:
        return f"Письмо родителям: {self.programme}"
