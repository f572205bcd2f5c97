"""Who may do what: the roles and the one decorator that every view carries."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "администратор"
    CURATOR = "curator", "куратор"
    DIRECTOR = "director", "директор"
    TEACHER = "teacher", "учитель"
    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"
    PSYCHOLOGIST = "psychologist", "психолог"
    EXPERT = "expert", "эксперт"


EVERYBODY = frozenset(Role)
# Those who keep the school's people and papers.
OFFICE = frozenset({Role.ADMINISTRATOR, Role.CURATOR, Role.DIRECTOR})


def allow(*roles: Role) -> Callable:
    """Let a view be used by users who hold one of ``roles`` today; others get 403.

    The roles are kept on the view as ``view.allowed_roles`` for navigation and for the
    access test. Without a login the middleware has already led to the login page (SEC 01, 03).
    """
    allowed = frozenset(roles)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not allowed & request.user.roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.allowed_roles = allowed
        return guarded

    return decorate
