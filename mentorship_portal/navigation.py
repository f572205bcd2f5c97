"""The menu: each role sees only what it may use."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from programmes.access import Role
from programmes.models import Assessor, Programme, User
from programmes.selection.sheet_views import ASSESSING


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    is_current: bool


def navigation(request: HttpRequest) -> dict:
    """Context of every page: ``menu`` and ``programme_now`` (the programme one works in)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": [], "programme_now": None}
    programme = SimpleLazyObject(lambda: current_programme(request))
    return {
        "menu": SimpleLazyObject(lambda: menu(request, programme)),
        "programme_now": programme,
    }


def current_programme(request: HttpRequest) -> Programme | None:
    """The programme of the page, else the one of today."""
    programmes = Programme.objects.visible_to(request.user)
    match = request.resolver_match
    chosen = match.kwargs.get("programme_id") if match else None
    if chosen:
        return programmes.filter(pk=chosen).first()
    return programmes.current()


def is_assessor(user: User) -> bool:
    """Whether the user, who is no curator, assesses candidates now. One query where it may be."""
    if user.person_id is None or user.is_any(Role.CURATOR) or not user.is_any(*ASSESSING):
        return False
    return Assessor.objects.ongoing().filter(person=user.person_id).exists()


def menu(request: HttpRequest, programme: Programme | None) -> list[MenuItem]:
    user = request.user
    office = user.is_any(Role.CURATOR, Role.DIRECTOR)
    entries: list[tuple[str, str]] = []
    if programme and programme.pk:
        if office:
            entries.append(("Программа", reverse("board", args=[programme.pk])))
        if user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST):
            entries.append(("Наставляемые", reverse("mentee-list", args=[programme.pk])))
        if office:
            entries.append(("Наставники", reverse("mentor-list", args=[programme.pk])))
        if user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT):
            entries.append(("Пары", reverse("pair-list", args=[programme.pk])))
    if programme and programme.pk:
        if user.is_any(Role.CURATOR):
            entries.append(("Календарь", reverse("programme-calendar", args=[programme.pk])))
            entries.append(("Заявки", reverse("application-list", args=[programme.pk])))
        elif user.is_any(Role.PSYCHOLOGIST):
            entries.append(("Предложить", reverse("application-propose", args=[programme.pk])))
    if user.is_any(Role.TEACHER):
        entries.append(("Мой класс", reverse("my-class")))
    if user.is_any(Role.MENTOR, Role.MENTEE, Role.TEACHER):
        entries.append(("Мои пары", reverse("my-pairs")))
        entries.append(("Мой календарь", reverse("my-calendar")))
    if user.is_any(Role.MENTOR):
        entries.append(("Моё обучение", reverse("my-training")))
    if user.is_any(Role.CURATOR, Role.MENTOR):
        entries.append(("Материалы", reverse("library")))
    if is_assessor(user):
        entries.append(("Отбор", reverse("my-selection")))
    if office or user.is_any(Role.EXPERT):
        entries.append(("Документы", reverse("document-list")))
    if office or user.is_any(Role.ADMINISTRATOR, Role.PSYCHOLOGIST):
        entries.append(("Люди", reverse("person-list")))
    if user.is_any(Role.ADMINISTRATOR):
        entries.append(("Пользователи", reverse("user-list")))
    if user.is_any(Role.ADMINISTRATOR, Role.DIRECTOR):
        entries.append(("Настройки", reverse("school-settings")))
    if user.is_any(Role.CURATOR) and programme and programme.pk:
        entries.append(("Объявления", reverse("announcement-list", args=[programme.pk])))
    elif user.roles - {Role.EXPERT, Role.ADMINISTRATOR}:
        entries.append(("Объявления", reverse("announcements")))
    longest = max(
        (url for _, url in entries if request.path.startswith(url)), key=len, default=None
    )
    return [MenuItem(title, url, url == longest) for title, url in entries]
