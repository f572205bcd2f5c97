"""The people of a school, with the case forms of their names and positions."""

import datetime
import re

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.people import declension
from programmes.school.models import School, User
from programmes.text import Record, search_key

NAME_PARTS = ("surname", "first_name", "patronymic")
PARTS = (*NAME_PARTS, "position")


class Gender(models.TextChoices):
    MALE = "m", "мужской"
    FEMALE = "f", "женский"


class Kind(models.TextChoices):
    PUPIL = "pupil", "обучающийся"
    TEACHER = "teacher", "педагогический работник"
    STUDENT = "student", "студент"
    EMPLOYER = "employer", "работодатель"
    PARENT = "parent", "родитель (законный представитель)"


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Whom ``user`` may see: the office and the psychologist the whole school, others only
        themselves. Partners in a pair are seen on the pair's page."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(school_id=user.school_id)
        if user.is_any(Role.ADMINISTRATOR, Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST):
            return school
        return school.filter(pk=user.person_id)

    def managed_by(self, user: User):
        """Whom ``user`` may change."""
        if user.is_authenticated and user.is_any(Role.ADMINISTRATOR, Role.CURATOR):
            return self.filter(school_id=user.school_id)
        return self.none()

    def search(self, text: str):
        """Those whose name, position or class holds every word of ``text``, in any letter case."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_key__contains=word)
        return found

    def in_order(self):
        return self.order_by("sort_key", "pk")

    def present(self):
        return self.filter(left_on__isnull=True)


class Person(Record):
    """Somebody of the school or beside it: a pupil, a worker, a student, an employer, a parent.

    Gender is stored and never guessed (domain notes § 6.2). ``case_forms`` maps each part of the
    name and the position to its six cases; papers use these forms only. ``manual_parts`` lists
    the parts whose forms a person has corrected: they are kept until the part itself changes.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="people")
    surname = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    patronymic = models.CharField(
        "отчество", max_length=100, blank=True, help_text="Оставьте пустым, если отчества нет."
    )
    gender = models.CharField(
        "пол", max_length=1, choices=Gender, help_text="Нужен для склонения и согласования."
    )
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    kind = models.CharField("кто это", max_length=10, choices=Kind)
    position = models.CharField(
        "должность",
        max_length=200,
        blank=True,
        help_text="С маленькой буквы, как в приказе: учитель математики.",
    )
    grade = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    letter = models.CharField("буква класса", max_length=3, blank=True)
    started_work_on = models.DateField("начало педагогической работы", null=True, blank=True)
    phone = models.CharField("телефон", max_length=30, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    guardian_contact = models.CharField(
        "контакт родителя (законного представителя)", max_length=200, blank=True
    )
    left_on = models.DateField("выбыл(а)", null=True, blank=True)

    case_forms = models.JSONField(default=dict, editable=False)
    manual_parts = models.JSONField(default=list, editable=False)
    search_key = models.CharField(max_length=500, editable=False)
    sort_key = models.CharField(max_length=310, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        indexes = [
            models.Index(fields=["school", "sort_key"], name="person_by_name"),
            models.Index(fields=["school", "kind", "sort_key"], name="person_by_kind"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.first_name, self.patronymic)))

    @property
    def short_name(self) -> str:
        """«Черных А.С.» with a no-break space, as in lists and for «Ответственный»."""
        return declension.short_name(self.surname, self.first_name, self.patronymic)

    def has_left_by(self, day: datetime.date) -> bool:
        """Whether the person belongs to the school no more on that day."""
        return self.left_on is not None and self.left_on <= day

    @property
    def leaving(self) -> str:
        """«выбыла 01.09.2026», of somebody who has left."""
        verb = "выбыл" if self.gender == Gender.MALE else "выбыла"
        return f"{verb} {self.left_on:%d.%m.%Y}"

    @property
    def class_name(self) -> str:
        """«10 «А»», or an empty string for those who are in no class."""
        if not self.grade:
            return ""
        return f"{self.grade} «{self.letter}»" if self.letter else str(self.grade)

    @property
    def title(self) -> str:
        """What the person is, as papers say it: the position, or a pupil with the class."""
        if self.kind == Kind.PUPIL:
            pupil = "обучающийся" if self.gender == Gender.MALE else "обучающаяся"
            return f"{pupil} {self.class_name} класса" if self.grade else pupil
        return self.position

    @property
    def description(self) -> str:
        """What tells namesakes apart on a screen."""
        return (f"{self.class_name} класс" if self.grade else "") or self.position

    @property
    def is_adult(self) -> bool:
        return self.age is None or self.age >= 18

    @property
    def age(self) -> int | None:
        """Whole years today; None when the birth date is not known."""
        return age_on(self.birth_date, timezone.localdate()) if self.birth_date else None

    def name_in(self, case: str) -> str:
        """The whole name in a grammatical case, from the stored forms."""
        return " ".join(
            filter(None, (self.case_forms.get(part, {}).get(case, "") for part in NAME_PARTS))
        )

    def title_in(self, case: str) -> str:
        """``title`` in a grammatical case, from the stored forms."""
        return self.case_forms.get("position", {}).get(case, "")

    def correct_case_forms(self, part: str, forms: dict[str, str]) -> None:
        """Put a person's own forms of one part in place of the automatic ones."""
        self.case_forms[part] = self.case_forms[part] | forms
        self.manual_parts = sorted({*self.manual_parts, part})

    def reset_case_forms(self, part: str) -> None:
        """Go back to the automatic forms of one part."""
        self.manual_parts = [name for name in self.manual_parts if name != part]
        self.case_forms.pop(part, None)

    def prepare(self) -> None:
        """Fill what is derived: clean texts, case forms, search and sort keys.

        ``save`` does it by itself; bulk writers call it for each person.
        """
        self.clean_texts()
        if self.letter:
            self.letter = self.letter.upper()
        if self.kind != Kind.PUPIL:
            self.grade, self.letter = None, ""
        source = {
            "surname": self.surname,
            "first_name": self.first_name,
            "patronymic": self.patronymic,
            "position": self.title,
        }
        # The gender decides the forms of the name, so a correction does not outlive it.
        stamp = {part: [source[part], self.gender] for part in PARTS}
        before = self.case_forms.get("made_from", {})
        stale = [part for part in PARTS if before.get(part) != stamp[part]]
        self.manual_parts = [part for part in self.manual_parts if part not in stale]
        wanted = {part for part in PARTS if part in stale or part not in self.case_forms}
        if wanted:
            forms = dict(self.case_forms)
            if wanted & set(NAME_PARTS):
                name = declension.decline_name(
                    self.surname, self.first_name, self.patronymic, self.gender
                )
                forms |= {part: name[part] for part in NAME_PARTS if part in wanted}
            if "position" in wanted:
                forms["position"] = declension.decline_position(self.title)
            self.case_forms = forms | {"made_from": stamp}
        compact = f"{self.grade}{self.letter}" if self.grade else ""
        words = search_key(self.full_name, self.position, self.class_name, compact)
        self.search_key = words.replace("«", "").replace("»", "")[:500]
        self.sort_key = search_key(self.surname, self.first_name, self.patronymic)[:310]

    def save(self, *args, **kwargs) -> None:
        self.prepare()
        super().save(*args, **kwargs)


class PeopleImport(models.Model):
    """A spreadsheet of people on its way in: the rows as read, and what was decided on each.

    Each of ``rows``: ``line`` in the file, ``cells`` by column key, ``decision`` («new», «skip» or
    the id of a person), ``is_done`` once stored. Kept for 7 days.
    """

    LIFETIME = datetime.timedelta(days=7)

    school = models.ForeignKey(School, models.CASCADE, related_name="imports")
    user = models.ForeignKey(User, models.CASCADE, related_name="imports", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=list)
    ignored_columns = models.JSONField(default=list)
    stored = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "загрузка людей"
        verbose_name_plural = "загрузки людей"

    def __str__(self) -> str:
        return f"Загрузка от {timezone.localtime(self.created_at):%d.%m.%Y}"


def age_on(birth_date, date) -> int:
    """Whole years on ``date``; somebody born on 29 February gets older on 1 March."""
    return (
        date.year - birth_date.year - ((date.month, date.day) < (birth_date.month, birth_date.day))
    )


def parse_class(text: str) -> tuple[int, str]:
    """Read a class typed as «7а», «7 «А»», «7-А» or «11».

    Returns the grade (1…11) and the letter (upper case or empty); ValueError with words in Russian
    when it is no class.
    """
    match = re.fullmatch(r"(\d{1,2})\s*[-–—«\"“„]?\s*([А-ЯЁа-яёA-Za-z]?)\s*[»\"”“]?", text.strip())
    if not match or not 1 <= int(match[1]) <= 11:
        raise ValueError("Класс пишется числом от 1 до 11 с буквой, например 7а.")
    return int(match[1]), match[2].upper()
