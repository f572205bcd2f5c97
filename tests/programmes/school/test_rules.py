"""The rules of the programme as a page (S2.2, S3.2)."""

import pytest
from django.urls import reverse

from programmes.access import Role
from programmes.models import Rules
from tests import recipes

AGES = {
    "mentee_age_from": "11",
    "mentee_age_to": "18",
    "mentor_age_from": "15",
    "young_teacher_years": "3",
}
GATES = {
    "asks_consent": "on",
    "asks_participation": "on",
    "asks_training": "on",
    "asks_351_8": "on",
}


def save(client, data, version=None):
    address = reverse("rules")
    version = version or client.get(address).context["form"]["version"].value()
    return client.post(address, data | {"version": version})


def test_s2_2_ages_are_changed_and_the_hints_follow(client_of, school, programme):
    director = client_of(Role.DIRECTOR)
    page = director.get(reverse("rules")).content.decode()
    assert "Методика называет 11–18 лет" in page and not Rules.objects.exists()

    assert save(director, AGES | GATES).status_code == 302

    rules = Rules.of(school)
    assert (rules.mentee_age_from, rules.mentee_age_to, rules.asks_consent) == (11, 18, True)
    list_page = director.get(reverse("mentee-list", args=[programme.pk])).content.decode()
    assert "11–18" in list_page or not programme.mentees.exists()
    assert "История изменений" in director.get(reverse("rules")).content.decode()


def test_curator_changes_ages_and_loosens_nothing(curator, client_of, school):
    page = curator.get(reverse("rules")).content.decode()
    assert 'name="asks_consent"' not in page and "Эти правила меняют директор" in page

    save(curator, AGES)  # without the marks of the gates

    rules = Rules.of(school)
    assert rules.mentee_age_from == 11
    assert (rules.asks_consent, rules.asks_participation, rules.asks_training) == (True,) * 3
    save(client_of(Role.ADMINISTRATOR), AGES)
    assert not Rules.of(school).asks_training


@pytest.mark.parametrize(
    "wrong",
    [
        {"mentee_age_from": "18", "mentee_age_to": "11"},
        {"mentee_age_to": "200"},
        {"mentor_age_from": ""},
        {"young_teacher_years": "-1"},
        {"young_teacher_years": "99"},
    ],
)
def test_wrong_numbers_are_told_and_nothing_is_stored(client_of, wrong):
    answer = save(client_of(Role.DIRECTOR), AGES | GATES | wrong)

    assert answer.status_code == 422 and not Rules.objects.exists()


def test_stale_rules_are_shown_not_overwritten(client_of, school):
    director = client_of(Role.DIRECTOR)
    version = director.get(reverse("rules")).context["form"]["version"].value()
    save(director, AGES | GATES)

    answer = save(director, AGES | GATES | {"mentee_age_from": "12"}, version)

    assert answer.status_code == 409 and "сохранено 11" in answer.content.decode()
    assert Rules.of(school).mentee_age_from == 11


def test_each_school_has_its_own_rules(client_of, school):
    other = recipes.make_school(short_name="Другая")
    save(client_of(Role.DIRECTOR, school=other), AGES | GATES)

    assert Rules.of(school).mentee_age_from == 10 and Rules.of(other).mentee_age_from == 11


def test_d14_351_8_is_switched_by_who_answers_and_only_shown_to_the_curator(curator, client_of):
    director = client_of(Role.DIRECTOR)
    assert "постоянная часть трудовой" in director.get(reverse("rules")).content.decode()
    assert "351.8" in curator.get(reverse("rules")).content.decode()

    save(director, AGES | GATES | {"asks_351_8": ""})

    assert not Rules.objects.get().asks_351_8
