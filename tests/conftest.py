"""What all tests share."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from documents.registry import triggers
from programmes.access import Role
from tests import recipes

# A slow machine is no failure of the portal.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")


@pytest.fixture(autouse=True)
def papers_may_be_deleted_after(request):
    """SQLite empties a test database row by row, which the triggers on registered papers forbid.

    They are lifted when a test with real transactions ends; emptying brings them back.
    """
    marker = request.node.get_closest_marker("django_db")
    is_transactional = marker is not None and marker.kwargs.get("transaction")
    if not is_transactional and "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    triggers.lift(None, "default")


@pytest.fixture
def school(db):
    return recipes.make_school()


@pytest.fixture
def programme(school):
    return recipes.make_programme(school)


@pytest.fixture
def client_of(school) -> Callable[..., Client]:
    """``client_of(Role.CURATOR)``: a browser in which a user with these roles is logged in."""

    def log_in(*roles: Role, **fields) -> Client:
        client = Client()
        client.force_login(
            recipes.user(fields.pop("school", school), *roles, **fields),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return log_in


@pytest.fixture
def curator(client_of) -> Client:
    return client_of(Role.CURATOR)
