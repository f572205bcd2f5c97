"""The first visitor of an empty installation makes the school and its administrator."""

import pytest
from django.urls import reverse

from mentorship_portal import first_visit
from programmes.access import Role
from programmes.models import School, User
from tests.recipes import PASSWORD

DATA = {
    "name": "Школа", "short_name": "МБОУ «СОШ № 1»", "place": "г. Чита", "title": "Админ",
    "username": "admin", "password": PASSWORD, "password_again": PASSWORD,
}  # fmt: skip


@pytest.fixture
def code(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return first_visit.current_code()


def test_the_code_makes_a_school_once(client, code):
    assert client.get(reverse("login")).headers["Location"] == reverse("setup")

    answer = client.post(reverse("setup"), DATA | {"code": code})

    assert answer.status_code == 302
    user = User.objects.get()
    assert user.roles == {Role.ADMINISTRATOR} and user.school.forms.count() == 7
    assert client.get("/", follow=True).status_code == 200
    assert client.post(reverse("setup"), DATA | {"code": code}).status_code == 404


def test_a_wrong_code_makes_nothing(client, code):
    answer = client.post(reverse("setup"), DATA | {"code": "xxxx-xxxx-xxxx"})

    assert answer.status_code == 422 and not School.objects.exists()
    assert "МБОУ «СОШ № 1»" in answer.content.decode()
