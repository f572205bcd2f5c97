"""The board leads to the papers of its own programme and counts pairs that no order has formed."""

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse

from documents.drafting.pairs import pairs_without_order
from documents.registry.models import Document, Kind, OrderedPair
from programmes.access import Role
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def rows_of(client, programme) -> dict:
    rows = client.get(reverse("board", args=[programme.pk])).context["rows"]
    return {row.stage.number: row for row in rows}


def order_on(programme, *pairs, state=Document.State.REGISTERED, **fields) -> Document:
    order = Document.objects.create(
        school=programme.school,
        programme=programme,
        kind=Kind.PAIRS,
        title="О формировании наставнических пар",
        date=DAY,
        state=state,
        **fields,
    )
    OrderedPair.objects.bulk_create(OrderedPair(document=order, pair=pair) for pair in pairs)
    return order


def test_past_programme_opens_its_own_papers(curator, school, programme):
    past = recipes.make_programme(
        school, started_on=datetime.date(2025, 9, 1), ended_on=datetime.date(2026, 5, 29)
    )

    rows = rows_of(curator, past)

    for number in (1, 4, 7):
        assert curator.get(rows[number].url).context["programme"] == past


def test_pairs_without_order_are_counted_alike_on_the_board_and_in_the_list(curator, programme):
    ordered, cancelled, fresh = (recipes.confirmed_pair(programme) for _ in range(3))
    recipes.draft_pair(programme)
    order_on(programme, ordered, number="1")
    order_on(programme, cancelled, state=Document.State.CANCELLED, number="2")

    papers = curator.get(reverse("document-list"), {"programme": programme.pk})

    assert set(pairs_without_order(programme)) == {cancelled, fresh}
    assert papers.context["open_pairs"] == 2
    assert "без приказа: 2" in rows_of(curator, programme)[5].facts


def test_pairs_of_the_order_to_be_replaced_are_open_for_the_next_one(programme):
    pair, other = (recipes.confirmed_pair(programme) for _ in range(2))
    first = order_on(programme, pair, number="1")
    order_on(programme, other, number="2")

    assert not pairs_without_order(programme).exists()
    assert list(pairs_without_order(programme, besides=first.pk)) == [pair]


@pytest.mark.parametrize("role", [Role.CURATOR, Role.DIRECTOR])
def test_stages_lead_to_their_rooms_and_everybody_to_pages_that_open(client_of, programme, role):
    client = client_of(role)
    links = [link for row in rows_of(client, programme).values() for link in row.links]
    titles = {title for title, _ in links}

    assert {"Подготовка", "Согласия", "Отбор", "Обучение", "Мотивация"} <= titles
    assert ("Заявки" in titles) == (role == Role.CURATOR)
    assert {client.get(url).status_code for _, url in links} == {200}


def test_the_board_takes_as_few_queries_for_many_pairs(
    curator, programme, django_assert_max_num_queries
):
    address = reverse("board", args=[programme.pk])
    for more in (1, 30):
        for _ in range(more):
            recipes.confirmed_pair(programme)
        with django_assert_max_num_queries(16):
            curator.get(address)


@pytest.mark.parametrize("role", [Role.CURATOR, Role.DIRECTOR])
def test_whatever_the_board_links_opens_for_whoever_sees_it(client_of, school, programme, role):
    recipes.mentee_in_base(programme)
    recipes.application(programme)
    client = client_of(role)
    page = client.get(reverse("board", args=[programme.pk])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = {unescape(url) for url in re.findall(r'href="(/[^"]*)"', main)}

    assert len(links) > 15
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)
