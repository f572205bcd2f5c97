"""Pages of the register cost the same number of queries for one paper and for sixty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document
from tests import recipes
from tests.documents.registry import chain


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def more_papers(programme, times: int, after: int = 0) -> None:
    """Orders in all states, each resting on the first one, every second one amended."""
    series = programme.school.series.get(purpose="orders")
    first = Document.objects.order_by("pk").first()
    for number in range(after, after + times):
        state = ("registered", "draft", "for_signature", "signed", "cancelled")[number % 5]
        is_open = state in Document.OPEN_STATES
        order = Document.objects.create(
            school=programme.school,
            programme=programme,
            kind=("D7", "D6", "other")[number % 3],
            title=f"О деле {number}",
            state=state,
            date="2026-11-09",
            number="" if is_open else f"{200 + number}-од",
            series=series,
            year=2026,
            sequence=None if is_open else 200 + number,
        )
        order.bases.add(first)
        if number % 2:
            Document.objects.create(
                school=programme.school,
                programme=programme,
                kind="change",
                title="О внесении изменений",
                changes=order,
                change="amends",
                state="registered",
                date="2026-11-10",
                number=f"{400 + number}-од",
                series=series,
                year=2026,
                sequence=400 + number,
            )


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("document-list", []),
        ("register-book", []),
        ("journal-file", ["xlsx"]),
        ("journal-file", ["docx"]),
        ("director-desk", []),
        ("document-by-hand", []),
    ],
)
def test_lists_cost_the_same_for_one_paper_and_for_sixty(curator, director, ready, name, args):
    chain.registered(curator, ready, "D1")
    client = director if name == "director-desk" else curator
    more_papers(ready, 5)
    address = f"{reverse(name, args=args)}?year=2026"
    queries(client, address)
    few = queries(client, address)

    more_papers(ready, 55, after=5)

    assert queries(client, address) == few


@pytest.mark.parametrize("name", ["document-detail", "document-text", "document-versions"])
def test_order_costs_the_same_for_one_pair_and_for_sixty(curator, ready, name):
    data = {"kind": "D3", "title": "", "date": "2026-10-15", "number": "163-од"}
    curator.post(reverse("document-by-hand"), data)
    draft = chain.filled(curator, ready, "D7")
    address = reverse(name, args=[draft.pk])
    queries(curator, address)
    few = queries(curator, address)

    for _ in range(58):
        recipes.confirmed_pair(ready)

    assert queries(curator, address) == few


@pytest.mark.parametrize("kind", ["D1", "D6", "D8"])
def test_drafts_cost_the_same_for_few_people_and_for_many(curator, ready, kind):
    draft = chain.filled(curator, ready, kind)
    address = reverse("document-detail", args=[draft.pk])
    queries(curator, address)
    few = queries(curator, address)

    for _ in range(20):
        recipes.confirmed_pair(ready)
        recipes.group_member(ready)

    assert queries(curator, address) == few


def test_meeting_costs_the_same_for_four_members_and_for_forty(curator, ready):
    draft = chain.filled(curator, ready, "D2")
    addresses = [reverse(name, args=[draft.pk]) for name in ("meeting", "document-detail")]
    for address in addresses:
        queries(curator, address)
    few = [queries(curator, address) for address in addresses]

    for _ in range(36):
        recipes.council_member(ready.school)

    assert [queries(curator, address) for address in addresses] == few


def test_plan_costs_the_same_for_one_item_and_for_forty(curator, ready):
    chain.registered(curator, ready, "D2")
    draft = chain.filled(curator, ready, "D3")
    address = reverse("document-detail", args=[draft.pk])
    queries(curator, address)
    few = queries(curator, address)

    for _ in range(40):
        item = recipes.plan_item(ready, result="протокол")
        item.responsible.add(recipes.teacher(ready.school))

    assert queries(curator, address) == few


def test_registers_on_demand_cost_the_same_for_many(curator, ready):
    addresses = [
        *(
            reverse("base-register", args=[ready.pk, which, "xlsx"])
            for which in ("mentees", "mentors")
        ),
        reverse("mentor-list-file", args=[ready.pk, "docx"]),
    ]
    for address in addresses:
        queries(curator, address)
    few = [queries(curator, address) for address in addresses]

    for _ in range(30):
        recipes.confirmed_pair(ready)

    assert [queries(curator, address) for address in addresses] == few
