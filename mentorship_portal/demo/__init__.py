"""The demonstration school: loaded into an empty installation, with logins of its own."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import Person, School, User
from programmes.text import search_key

FILE = Path(__file__).with_name("school.json")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Login, roles, and who of the school it is (surname) or what the screen calls the user.
LOGINS = (
    ("curator", (Role.CURATOR,), "Черных"),
    ("director", (Role.DIRECTOR,), "Очирова"),
    ("teacher", (Role.TEACHER,), "Намдаков"),
    ("mentor", (Role.MENTOR, Role.TEACHER), "Дашинимаев"),
    ("mentor-pupil", (Role.MENTOR,), "Жапова"),
    ("mentee", (Role.MENTEE, Role.TEACHER), "Гладких"),
    ("psychologist", (Role.PSYCHOLOGIST,), "Цырендоржиева"),
    ("expert", (Role.EXPERT,), "Эксперт института"),
    ("admin", (Role.ADMINISTRATOR,), "Администратор портала"),
)


def _passwords_file() -> Path:
    return Path(settings.DATA_DIR) / "demo_logins"


@transaction.atomic
def load() -> School:
    """Load the school and make its users, each with a random password kept in the data folder."""
    school = transfer.load(json.loads(FILE.read_text(encoding="utf-8")))
    passwords = {}
    for login, roles, who in LOGINS:
        person = Person.objects.filter(school=school, sort_key__startswith=search_key(who) + " ")
        found = person.first()
        passwords[login] = "-".join(
            "".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3)
        )
        User.join(
            school,
            username=login,
            password=passwords[login],
            roles=set(roles),
            person=found,
            title="" if found else who,
        )
    handle = os.open(_passwords_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(passwords, file)
    return school


def logins() -> dict[str, tuple[str, str]]:
    """Login → (role in words, password) while the demonstration logins are there."""
    try:
        passwords = json.loads(_passwords_file().read_text())
    except (OSError, ValueError):
        return {}
    there = set(User.objects.filter(username__in=passwords).values_list("username", flat=True))
    return {
        login: (roles[0].label, passwords[login])
        for login, roles, _ in LOGINS
        if login in passwords and login in there
    }
