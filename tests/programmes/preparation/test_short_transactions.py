"""No page is rendered inside a transaction, which on SQLite holds the only write lock (SEC 15)."""

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.signals import template_rendered
from django.urls import reverse

from tests import recipes

ADDRESSES: dict[str, Callable] = {
    "plan-item-new": lambda p: reverse("plan-item-new", args=[p.pk]),
    "plan-item-edit": lambda p: reverse("plan-item-edit", args=[p.pk, recipes.plan_item(p).pk]),
    "group-member": lambda p: reverse("group-member", args=[p.pk, recipes.group_member(p).pk]),
    "project-group": lambda p: reverse("project-group", args=[p.pk]),
    "plan": lambda p: reverse("plan", args=[p.pk]),
    "council": lambda p: reverse("council"),
    "council-member": lambda p: reverse(
        "council-member", args=[recipes.council_member(p.school).pk]
    ),
}
TOO_LONG = {"duties": "я" * 301, "title": "я" * 501}


@contextmanager
def depths_of_rendering():
    """How many transactions were open inside the test's own when each template was rendered."""
    own, found = len(connection.savepoint_ids), []

    def look(**kwargs) -> None:
        found.append(len(connection.savepoint_ids) - own)

    template_rendered.connect(look)
    try:
        yield found
    finally:
        template_rendered.disconnect(look)


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_is_rendered_outside_of_transactions(curator, programme, name):
    address = ADDRESSES[name](programme)

    with depths_of_rendering() as depths:
        assert curator.get(address).status_code == 200

    assert set(depths) == {0}


@pytest.mark.parametrize("name", ["plan-item-new", "plan-item-edit", "group-member"])
def test_refused_form_is_rendered_after_its_transaction(curator, programme, name):
    address = ADDRESSES[name](programme)

    with depths_of_rendering() as depths:
        assert curator.post(address, TOO_LONG).status_code == 422

    assert set(depths) == {0}


def test_refused_curator_is_told_after_the_transaction(curator, programme):
    with depths_of_rendering() as depths:
        assert curator.post(reverse("curator-add", args=[programme.pk])).status_code == 422

    assert set(depths) == {0}
