"""Materials that help a pair, to whom they were sent and who has read them (S6.3)."""

import uuid

from django.db import models
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.access import Role
from programmes.needs.models import NeedCategory
from programmes.people.models import Person
from programmes.programme.models import MentoringForm
from programmes.school.models import School, User
from programmes.text import Record, search_key


def file_name(item: "LibraryItem", name: str) -> str:
    """A name that says nothing of the school or of what is inside (SEC 09)."""
    return f"library/{uuid.uuid4()}.{item.extension}"


class LibraryQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """All of the school for those who work with pairs; a mentee sees what the pair got."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(school_id=user.school_id)
        if user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT):
            return school
        sent = Sending.objects.filter(pair__in=Pair.objects.visible_to(user).values("pk"))
        mine = models.Q(pk__in=sent.values("item_id"))
        if user.is_any(Role.MENTOR, Role.TEACHER):
            mine |= models.Q(is_used=True)
        return school.filter(mine)

    def managed_by(self, user: User):
        if user.is_authenticated and user.is_any(Role.CURATOR):
            return self.filter(school_id=user.school_id)
        return self.none()


class LibraryItem(Record):
    """A recommendation or a material of the school: an address, a file, or a title alone. S6.3.

    ``forms`` and ``categories`` say for whom it is; without them it fits everybody. One out of use
    stays with the pairs that have it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="library")
    title = models.CharField("название", max_length=300)
    search_key = models.CharField(max_length=2400, editable=False)
    about = models.TextField("о чём и когда пригодится", max_length=2000, blank=True)
    link = models.URLField("ссылка", max_length=500, blank=True)
    file = models.FileField("файл", upload_to=file_name, blank=True, editable=False)
    file_title = models.CharField("имя файла", max_length=150, blank=True, editable=False)
    extension = models.CharField(max_length=4, blank=True, editable=False)
    forms = models.ManyToManyField(
        MentoringForm, related_name="library", blank=True, verbose_name="для форм"
    )
    categories = models.ManyToManyField(
        NeedCategory, related_name="library", blank=True, verbose_name="для запросов"
    )
    is_used = models.BooleanField("используется", default=True)
    added_on = models.DateField(auto_now_add=True)

    objects = LibraryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "материал библиотеки"
        verbose_name_plural = "библиотека материалов"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "title"],
                name="library_item_once_a_school",
                violation_error_message="Материал с таким названием уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"«{self.title}»"

    def save(self, *args, **kwargs) -> None:
        self.search_key = search_key(self.title, self.about)[:2400]
        super().save(*args, **kwargs)


class Sending(Record):
    """A material that a pair got on a day. S6.3."""

    item = models.ForeignKey(LibraryItem, models.PROTECT, related_name="sendings")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="sendings")
    sent_on = models.DateField("отправлено")
    note = models.CharField("слово от куратора", max_length=300, blank=True)
    sent_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "отправленный материал"
        verbose_name_plural = "отправленные материалы"
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "pair"], name="item_sent_once_to_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.sent_on:%d.%m.%Y}"


class Reading(Record):
    """Somebody of the pair has read a material that was sent. S6.3."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    read_on = models.DateField("прочитано")

    class Meta:
        verbose_name = "прочтение"
        verbose_name_plural = "прочтения"
        ordering = ["read_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sending", "person"], name="read_once_by_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.read_on:%d.%m.%Y}"
