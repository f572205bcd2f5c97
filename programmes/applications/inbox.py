"""The inbox as its filter bar narrows it, and as a spreadsheet. No HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from programmes.applications.models import Application, Purpose
from programmes.mentees.models import Channel
from programmes.models import NeedCategory, Programme
from programmes.numbers import whole_number
from programmes.people.models import Kind
from programmes.text import search_key

State = Application.State
SORTS = {
    "new": ("-created_at", "-pk"),
    "old": ("created_at", "pk"),
    "name": ("sort_key", "pk"),
    "class": ("grade", "letter", "sort_key", "pk"),
}
STATE_TITLES = {
    State.WAITING: "Ждут решения",
    State.ACCEPTED: "Приняты",
    State.DECLINED: "Отклонены",
}
SORT_TITLES = {
    "new": "сначала новые",
    "old": "сначала давние",
    "name": "по фамилии",
    "class": "по классу",
}


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for; anything unknown means «all»."""

    state: str = State.WAITING
    purpose: str = ""
    channel: str = ""
    kind: str = ""
    grade: int | None = None
    category: int | None = None
    text: str = ""
    sort: str = "old"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        def known(name: str, values, default: str = "") -> str:
            value = query.get(name, default)
            return value if value in values else ""

        return cls(
            state=known("state", State.values, State.WAITING),
            purpose=known("purpose", Purpose.values),
            channel=known("channel", Channel.values),
            kind=known("kind", Kind.values),
            grade=whole_number(query.get("grade", "")),
            category=whole_number(query.get("category", "")),
            text=query.get("q", "")[:200],
            sort=known("sort", SORTS) or "old",
        )

    @property
    def is_narrowed(self) -> bool:
        return any((self.purpose, self.channel, self.kind, self.grade, self.category, self.text))


def found(programme: Programme, asked: Asked):
    """Applications of the programme as asked for."""
    rows = programme.applications.all()
    for name in ("state", "purpose", "channel", "kind", "grade"):
        value = getattr(asked, name)
        if value not in ("", None):
            rows = rows.filter(**{name: value})
    if asked.category is not None:
        rows = rows.filter(categories=asked.category)
    for word in search_key(asked.text).split():
        rows = rows.filter(search_key__contains=word)
    return rows.order_by(*SORTS[asked.sort])


def numbers(programme: Programme) -> dict[str, int]:
    """State → how many applications."""
    counted = programme.applications.order_by().values("state").annotate(n=Count("pk"))
    there = {row["state"]: row["n"] for row in counted}
    return {state: there.get(state, 0) for state in State.values}


def choices(programme: Programme) -> dict[str, list]:
    """What the filter bar offers."""
    grades = programme.applications.filter(grade__isnull=False).order_by()
    return {
        "purposes": Purpose.choices,
        "channels": Channel.choices,
        "kinds": Kind.choices,
        "grades": sorted(grades.values_list("grade", flat=True).distinct()),
        "categories": list(NeedCategory.objects.filter(school=programme.school_id)),
        "sorts": list(SORT_TITLES.items()),
    }


HEADER = [
    *("Номер", "Подана", "Что это", "Откуда", "Решение", "Фамилия, имя, отчество", "Кто"),
    *("Класс", "Должность, место работы или учёбы", "Дата рождения", "Контакты", "Темы"),
    *("Своими словами", "Интересы", "Дни", "Время", "Формы", "Почему хочет быть наставником"),
    *("Итоги теста", "Добавлено при повторе", "Причина отказа"),
]


def cells_of(application: Application) -> list[str]:
    """The application as a row under ``HEADER``."""
    born = application.birth_date
    return [
        application.number,
        f"{timezone.localtime(application.created_at):%d.%m.%Y}",
        application.get_purpose_display(),
        application.get_channel_display(),
        application.get_state_display(),
        application.full_name,
        application.get_kind_display(),
        application.class_name,
        application.position,
        f"{born:%d.%m.%Y}" if born else "",
        application.contacts,
        "; ".join(category.title for category in application.categories.all()),
        application.need,
        application.interests,
        application.days_in_words,
        application.times,
        "; ".join(form.title for form in application.forms.all()),
        application.motivation,
        application.results,
        application.addition,
        application.reason,
    ]
