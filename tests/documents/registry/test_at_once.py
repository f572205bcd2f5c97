"""Many register at once: numbers without a gap or a double, one set of files a paper (SEC 12).

SQLite's test database lives in one connection, so only PostgreSQL runs this; on SQLite writers
wait for one another anyway (IMMEDIATE).
"""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from documents.models import Document
from documents.registry import issuing, life
from documents.registry.models import Change
from programmes.refusal import Refusal
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime.date(2026, 11, 9)


@pytest.fixture
def drafts():
    """Twelve orders that amend twelve orders entered by hand under the numbers 1–12."""
    if connection.vendor != "postgresql":
        pytest.skip("The test database of SQLite is one connection: nothing happens at once there")
    school = recipes.make_school()
    recipes.head_of(school)
    programme = recipes.make_programme(school)
    found = []
    for number in range(1, 13):
        old = issuing.register_by_hand(
            school,
            kind="D1",
            title="",
            date=datetime.date(2026, 9, 21),
            number=f"{number}-од",
            programme=programme,
        )
        draft = life.renew(old, Change.AMENDS, None)
        draft.date = DAY
        draft.facts = {"reason": "В связи с уточнением", "changed": ["пункт 1 исключить"]}
        draft.save()
        found.append(draft)
    return found


def at_once(deed, values):
    """The deed for each value in a thread and a connection of its own; Refusals are results."""

    def one(value):
        try:
            return deed(value)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, values))


def test_sec12_each_of_many_gets_a_number_of_its_own(drafts):
    at_once(lambda draft: issuing.register(draft, None), drafts * 3)

    papers = Document.objects.filter(pk__in=[draft.pk for draft in drafts])
    assert sorted(papers.values_list("sequence", flat=True)) == list(range(13, 25))
    assert {paper.issued.count() for paper in papers} <= {2, 3}
    assert drafts[0].series.years.get(year=2026).last_number == 24


def test_nothing_rests_on_what_is_cancelled_meanwhile(drafts):
    """Whoever comes first wins, and the other one is refused."""
    pairs = [(issuing.register, (draft, None)) for draft in drafts]
    pairs += [(life.cancel, (draft.changes, "ошибка")) for draft in drafts]

    results = at_once(lambda deed: deed[0](*deed[1]), pairs)

    for draft, registered, cancelled in zip(drafts, results[:12], results[12:], strict=True):
        draft.refresh_from_db()
        old = Document.objects.get(pk=draft.changes_id)
        if isinstance(registered, Refusal):
            assert not draft.number and old.state == Document.State.CANCELLED
        else:
            assert draft.number
            assert draft.registered_at is not None
        assert isinstance(cancelled, Refusal) or old.state == Document.State.CANCELLED
    given = sorted(d.sequence for d in Document.objects.filter(kind="change", sequence__gt=0))
    assert given == list(range(13, 13 + len(given)))


def test_one_draft_registered_while_it_is_deleted_is_one_or_the_other(drafts):
    def deed(number):
        draft = drafts[number // 2]
        try:
            if number % 2:
                return life.delete_draft(draft, None)
            return issuing.register(draft, None)
        except Document.DoesNotExist:
            return None

    at_once(deed, range(24))

    left = list(Document.objects.filter(kind="change"))
    assert all(document.number for document in left)
    assert sorted(d.sequence for d in left) == list(range(13, 13 + len(left)))
