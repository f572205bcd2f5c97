"""What tests of the register share."""

import pytest

from programmes.access import Role
from programmes.models import Programme
from tests.documents.registry import chain


@pytest.fixture
def ready(school) -> Programme:
    """A programme with everything stored that its papers draw on."""
    return chain.stored_programme(school)


@pytest.fixture
def director(client_of):
    return client_of(Role.DIRECTOR)


@pytest.fixture
def stranger(client_of):
    """The curator of another school."""
    from tests import recipes

    return client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая школа"))
