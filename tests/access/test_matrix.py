"""Every address × every role × GET and POST × own, foreign and missing object (SEC 01).

What is expected stands in ``permissions.tsv``, apart from the code: a row an address and method, a
column a role. A cell is one status, or three for own/foreign/missing object. An address without
a row, a row without an address, or a wrong cell fails.
"""

import csv
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from programmes.access import Role
from tests.access.world import CONSTANTS, World, addresses

TABLE = Path(__file__).with_name("permissions.tsv")
WHO = [*Role.values, "anonymous"]
METHODS = ("GET", "POST")


def expected() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {(row["address"], row["method"]): row for row in rows}


def clients(world: World) -> dict[str, Client]:
    found = {"anonymous": Client(raise_request_exception=True)}
    for role, user in world.users.items():
        found[role.value] = Client()
        found[role.value].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


class RollBack(Exception):
    pass


def row_counts() -> dict[str, int]:
    """Rows of each table, asked for at once."""
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "axes", "contenttypes", "auth")
    ]
    counts = " UNION ALL ".join(f"SELECT '{t}', COUNT(*) FROM {t}" for t in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def ask(client: Client, method: str, url: str) -> int:
    """The status of one request; whatever it changed is rolled back. A refusal changes nothing."""
    status, cookies = 0, client.cookies.copy()
    try:
        with transaction.atomic():
            before = row_counts() if method == "POST" else None
            response = client.generic(method, url)
            status = response.status_code
            if status in (403, 404, 405) and before is not None:
                assert row_counts() == before, f"{method} {url} was refused, yet changed rows"
            raise RollBack
    except RollBack:
        client.cookies = cookies
    return status


def actual_cell(world, client, name, names, method) -> str:
    if not set(names) - set(CONSTANTS):
        return str(ask(client, method, reverse(name, kwargs=world.arguments(name, names, "own"))))
    return "/".join(
        str(ask(client, method, reverse(name, kwargs=world.arguments(name, names, whose))))
        for whose in ("own", "foreign", "missing")
    )


def test_every_address_has_a_row_and_every_row_an_address():
    there = {(name, method) for name, _ in addresses() for method in METHODS}

    assert set(expected()) == there


@pytest.mark.parametrize("method", METHODS)
def test_sec01_nobody_reaches_what_is_not_theirs(db, method):
    world = World()
    table, who, wrong, cells = expected(), clients(world), [], 0
    for name, names in addresses():
        for role in WHO:
            cell = actual_cell(world, who[role], name, names, method)
            cells += cell.count("/") + 1
            if cell != table[name, method][role]:
                wrong.append(
                    f"{method} {name} {role}: {cell}, expected {table[name, method][role]}"
                )

    print(f"sec.matrix {method}: {len(addresses())} urls × {len(WHO)} roles = {cells} cells")
    assert not wrong, "\n".join(wrong)


def test_foreign_and_missing_look_the_same(db):
    world = World()
    client = clients(world)[Role.CURATOR]
    for name, names in addresses():
        if not set(names) - set(CONSTANTS) or {"token", "key"} & set(names):
            continue
        answers = [
            client.get(reverse(name, kwargs=world.arguments(name, names, whose)))
            for whose in ("foreign", "missing")
        ]
        if answers[0].status_code == 404:
            bodies = [_without_secrets(answer) for answer in answers]
            assert bodies[0] == bodies[1], name


def _without_secrets(response) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
