"""The day on which the tests of working pairs happen, and those who take part."""

import datetime

import pytest
from django.utils import timezone

from programmes.access import Role
from tests import recipes

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def today(monkeypatch):
    """It is 25 November 2026, noon: sixteen days after the pairs have begun."""
    now = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(12)))
    monkeypatch.setattr(timezone, "now", lambda: now)
    return TODAY


@pytest.fixture
def pair(programme, today):
    return recipes.confirmed_pair(programme)


@pytest.fixture
def mentor(client_of, pair):
    return client_of(Role.MENTOR, person=pair.mentor)


@pytest.fixture
def mentee(client_of, pair):
    return client_of(Role.MENTEE, person=pair.current_mentees[0])
