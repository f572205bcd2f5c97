"""A programme that goes on whenever the tests run, and what one types into its public form."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Programme
from tests import recipes


@pytest.fixture
def programme(school) -> Programme:
    return recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 1), ended_on=datetime.date(2099, 5, 31)
    )


@pytest.fixture
def typed() -> dict:
    return {
        "who": "pupil",
        "surname": "Жаргалова",
        "first_name": "Арюна",
        "gender": "f",
        "class_name": "7а",
        "birth_date": "2013-04-05",
        "guardian_contact": "+7 914 000-00-00",
        "need": "помощь с дробями",
    }


@pytest.fixture
def send(programme):
    """``send(**typed)``: somebody without a login sends the form of mentees."""
    link = recipes.application_link(programme)

    def send_form(**data):
        return Client().post(reverse("apply", args=[link.slug]), data)

    send_form.link = link
    return send_form
