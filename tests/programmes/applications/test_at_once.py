"""The same deed eight times at once: one row, and the limit holds (SEC 13). PostgreSQL only.

SQLite's test database lives in one connection, so nothing happens at once there.
"""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from programmes.models import Application, ApplicationTry
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link():
    if connection.vendor != "postgresql":
        pytest.skip("The test database of SQLite is one connection: nothing happens at once there")
    programme = recipes.make_programme(
        recipes.make_school(),
        started_on=datetime.date(2020, 9, 1),
        ended_on=datetime.date(2099, 5, 31),
    )
    return recipes.application_link(programme)


def at_once(deed, times: int = 8) -> list:
    def one(number):
        try:
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(times)))


def test_sec13_one_form_sent_eight_times_is_one_row(link, typed):
    address = reverse("apply", args=[link.slug])

    answers = at_once(lambda _: Client().post(address, typed).status_code)

    assert answers == [302] * 8
    assert Application.objects.get().repeats == 7


def test_limit_holds_when_a_script_sends_at_once(link, typed, settings):
    settings.APPLICATIONS_PER_ADDRESS = 5
    address = reverse("apply", args=[link.slug])

    answers = at_once(lambda _: Client().post(address, typed).status_code, 16)

    assert answers.count(302) == 5
    assert ApplicationTry.objects.count() == 5


def test_sec13_accepted_eight_times_is_one_entry(link):
    from programmes.applications.deciding import accept

    programme = link.programme
    application = recipes.application(programme, person=recipes.pupil(programme.school))

    at_once(lambda _: accept(application, datetime.date(2020, 9, 14), None))

    assert programme.mentees.count() == 1
    assert application.history.filter(state="accepted").count() == 1
