"""Login, invitations, passwords, users."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.access import Role
from programmes.models import AccessLink, FailedLink, User
from tests import recipes
from tests.recipes import PASSWORD


@pytest.fixture
def admin(client_of):
    return client_of(Role.ADMINISTRATOR)


def invite(admin, **data) -> str:
    page = admin.post(reverse("user-invite"), {"title": "Эксперт", "roles": ["expert"]} | data)
    return page.context["url"].partition("testserver")[2]


def test_invited_person_makes_an_account_once(admin, school):
    url = invite(admin)
    for _ in range(3):  # messengers fetch links beforehand
        assert Client().get(url).status_code == 302
    guest = Client()
    guest.get(url)

    answer = guest.post(
        reverse("link-form"),
        {"username": "expert", "password": PASSWORD, "password_again": PASSWORD},
    )

    assert answer.status_code == 302
    user = User.objects.get(username="expert")
    assert user.roles == {Role.EXPERT} and user.school == school
    assert Client().get(url).status_code == 404


def test_token_is_not_stored(admin):
    token = invite(admin).strip("/").split("/")[-1]

    assert not AccessLink.objects.filter(token_hash__contains=token).exists()


@pytest.mark.parametrize("change", ["expired", "revoked"])
def test_dead_links_open_nothing(admin, change):
    url = invite(admin)
    link = AccessLink.objects.get()
    if change == "expired":
        AccessLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    else:
        admin.post(reverse("invitation-revoke", args=[link.pk]))

    assert Client().get(url).status_code == 404


def test_guessing_links_is_stopped(db):
    guest = Client()
    for _ in range(FailedLink.LIMIT):
        assert guest.get("/l/guess/").status_code == 404

    assert guest.get("/l/guess/").status_code == 429


def test_new_password_by_link_without_the_command_line(admin, school):
    user = recipes.user(school, Role.TEACHER)
    page = admin.post(reverse("user-password", args=[user.pk]))
    guest = Client()
    guest.get(page.context["url"].partition("testserver")[2])

    guest.post(
        reverse("link-form"), {"password": "Другой пароль 7", "password_again": "Другой пароль 7"}
    )

    user.refresh_from_db()
    assert user.check_password("Другой пароль 7")


def test_roles_are_changed_from_today_and_kept_in_history(admin, school):
    user = recipes.user(school, Role.TEACHER)

    admin.post(
        reverse("user-edit", args=[user.pk]), {"title": "Имя", "roles": ["curator", "mentor"]}
    )

    user = User.objects.get(pk=user.pk)
    assert user.roles == {Role.CURATOR, Role.MENTOR}
    assert user.grants.get(role=Role.TEACHER).ended_on < timezone.localdate()


def test_an_administrator_cannot_lock_the_own_door(client_of, school):
    admin = client_of(Role.ADMINISTRATOR, username="chief")
    chief = User.objects.get(username="chief")

    answer = admin.post(reverse("user-edit", args=[chief.pk]), {"title": "Я", "roles": ["curator"]})
    admin.post(reverse("user-activation", args=[chief.pk]))

    chief = User.objects.get(pk=chief.pk)
    assert answer.status_code == 422
    assert chief.is_active and Role.ADMINISTRATOR in chief.roles


def test_five_wrong_passwords_close_the_door_for_that_name_only(school):
    for name in ("victim", "other"):
        recipes.user(school, Role.TEACHER, username=name)
    guest = Client()
    answers = [
        guest.post("/login/", {"username": "victim", "password": "wrong"}).status_code
        for _ in range(6)
    ]

    assert answers[-1] == 429
    other = guest.post("/login/", {"username": "other", "password": PASSWORD})
    assert other.status_code == 302


def test_acting_head_signs_while_the_director_stays(client_of, school):
    head = recipes.head_of(school)
    acting = recipes.teacher(school, "Доржиева Сэсэг Бадмаевна", gender="f")
    director = client_of(Role.DIRECTOR)

    director.post(
        reverse("head-change"),
        {"person": acting.pk, "started_on": "2026-11-01", "ended_on": "2026-11-30",
         "is_acting": "on"},
    )  # fmt: skip

    assert school.head_on(datetime.date(2026, 11, 9)).person == acting
    assert school.head_on(datetime.date(2026, 12, 1)) == head
