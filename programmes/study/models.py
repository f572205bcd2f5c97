"""Study of the concept by the project group: what is read, and who has read it. A3."""

import datetime
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.preparation.models import GroupMember, group_on
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.removable import Removable
from programmes.school.models import User
from programmes.text import Record

# Domain notes §§ 0.10, 1; instruction, lines 40 and 213.
READY = (
    "Методология (целевая модель) наставничества обучающихся – распоряжение Минпросвещения России "
    "от 25.12.2019 № Р-145",
    "Методические рекомендации по внедрению целевой модели наставничества – письмо Минпросвещения "
    "России от 23.01.2020 № МР-42/02",
    "Концепция развития наставничества в Российской Федерации на период до 2030 года – "
    "распоряжение Правительства Российской Федерации от 21.05.2025 № 1264-р",
    "Инструкция по разработке и реализации целевой модели наставничества (системы менторства) в "
    "образовательных организациях Забайкальского края",
)


class Material(Removable):
    """Something that the project group studies before it plans: an act, a book, a page. A3."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="study_materials")
    title = models.CharField("название", max_length=500)
    link = models.URLField("ссылка", max_length=500, blank=True)
    note = models.CharField("примечание", max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "материал для изучения"
        verbose_name_plural = "материалы для изучения"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                condition=Q(removed_at__isnull=True),
                name="study_material_once_a_programme",
                violation_error_message="Такой материал уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title


@transaction.atomic
def take_ready_materials(programme: Programme) -> int:
    """Put the ready list into a programme that has no materials; how many were added."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.study_materials.kept().exists():
        return 0
    for number, title in enumerate(READY, 1):
        Material.objects.create(programme=programme, title=title, position=number)
    return len(READY)


class StudyRecord(Record):
    """A member of the project group has studied a material by a day. A3.

    ``is_by_sheet``: the curator wrote the day down from the signed sheet; else the member said so
    in the portal, which is information and no signature (domain notes § 0.11).
    """

    material = models.ForeignKey(Material, models.CASCADE, related_name="records")
    person = models.ForeignKey(Person, models.PROTECT, related_name="study_records")
    studied_on = models.DateField("изучил(а)")
    is_by_sheet = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "отметка об изучении"
        verbose_name_plural = "отметки об изучении"
        constraints = [
            models.UniqueConstraint(
                fields=["material", "person"],
                name="studied_once",
                violation_error_message="Отметка уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.material}"


@transaction.atomic
def record_study(
    programme: Programme,
    people: Iterable[Person],
    materials: Iterable[Material],
    on: datetime.date,
    *,
    by: User | None,
    is_by_sheet: bool,
) -> int:
    """Note that ``people`` have studied ``materials``; what is noted already stays. How many new.

    Refusal for a day in the future, and for somebody who is not in the project group on the day.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило: отметьте изучение, когда оно состоится.")
    members = {member.person_id for member in group_on(programme, on)}
    outside = [person for person in people if person.pk not in members]
    if outside:
        raise Refusal(*(_why_not(programme, person, on) for person in outside))
    made = 0
    for material in materials:
        for person in people:
            _, is_new = StudyRecord.objects.get_or_create(
                material=material,
                person=person,
                defaults={"studied_on": on, "is_by_sheet": is_by_sheet, "recorded_by": by},
            )
            made += is_new
    return made


def _why_not(programme: Programme, person: Person, on: datetime.date) -> str:
    first = programme.group.filter(person=person).order_by("started_on").first()
    if first is None:
        return f"{person} не входит в проектную группу: изучение концепции отмечает её член."
    if on < first.started_on:
        return (
            f"{person} в проектной группе с {first.started_on:%d.%m.%Y}: назовите этот или более "
            "поздний день."
        )
    return f"{person} {on:%d.%m.%Y} не в проектной группе."


def memberships_of(person: Person | None) -> list[GroupMember]:
    """The project groups in which the person is today, with their programmes."""
    if person is None:
        return []
    periods = person.group_memberships.ongoing().select_related("programme__school")
    return list(periods.order_by("-programme__started_on"))
