"""Why somebody is without a pair, in words, with the page where that can be put right (S5.2)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from pairs.suggestions.gathering import Ground
from programmes.mentees.models import Mentee
from programmes.programme.models import Programme

NAMED = 3


@dataclass(frozen=True)
class Without:
    """A mentee without a pair; ``url`` leads to what would help, called ``link``."""

    entry: Mentee
    words: str
    url: str
    link: str


def without_pair(programme: Programme, ground: Ground, entries: list[Mentee]) -> list[Without]:
    """Why each of these is without a pair; those of ``ground`` only."""
    return [_why(programme, ground, entry) for entry in entries]


def _why(programme: Programme, ground: Ground, entry: Mentee) -> Without:
    task = ground.task
    row = task.row[entry.person_id]
    base = reverse("mentor-list", args=[programme.pk])
    to_mentors = (base, "База наставников")
    barred = [m for m in ground.mentors if ground.against(entry.person_id, m)]
    if not task.allowed[row].any():
        if barred:
            declined = reverse("suggestions-declined", args=[programme.pk])
            words = f"подходящие наставники отклонены или не хотят: {_names(ground, barred)}"
            return Without(entry, words, declined, "Отклонённые")
        words = "готовых наставников для этих форм в базе нет"
        return Without(entry, words, *to_mentors)
    fitting = [n for n, score in enumerate(task.scores[row].tolist()) if score > 0]
    fitting.sort(key=lambda n: (-int(task.scores[row, n]), n))
    if not fitting:
        if entry.need or entry.interests or entry.days or entry.categories.all():
            need = f"запросу «{entry.need}»" if entry.need else "запросу"
            words = f"ни один готовый наставник не отвечает {need}, общих интересов и дней нет"
            return Without(entry, words, *to_mentors)
        page = reverse("mentee-edit", args=[programme.pk, entry.pk])
        words = "в базе нет ни запроса, ни интересов, ни свободных дней"
        return Without(entry, words, page, "Дополнить запись")
    free = [n for n in fitting if task.mentors[n].places > 0]
    if not free:
        full = [task.mentors[n].id for n in fitting]
        words = f"у подходящих наставников нет мест: {_names(ground, full)}"
        return Without(entry, words, *to_mentors)
    query = urlencode({"mentees": entry.person_id, "form": task.form_of(row, free[0])})
    page = f"{reverse('pair-new', args=[programme.pk])}?{query}"
    names = _names(ground, [task.mentors[n].id for n in free])
    return Without(entry, f"есть подходящие наставники: {names}", page, "Сравнить")


def _names(ground: Ground, people: list[int]) -> str:
    names = [ground.mentors[pk].person.short_name for pk in people]
    more = f" и ещё {len(names) - NAMED}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
