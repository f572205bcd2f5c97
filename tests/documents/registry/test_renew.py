"""Replacing, amending and cancelling a registered order: the register tells all of it."""

import datetime

import pytest
from django.urls import reverse

from documents.drafting.pairs import pairs_of
from documents.models import Document
from programmes.access import Role
from tests import recipes
from tests.documents.registry import chain
from tests.documents.registry.chain import page_text, printed


@pytest.fixture
def order(curator, ready) -> Document:
    """D7 № 164-од of 9 November on a plan entered by hand."""
    plan = {"kind": "D3", "title": "", "date": "2026-10-15", "number": "163-од"}
    curator.post(reverse("document-by-hand"), plan)
    return chain.registered(curator, ready, "D7")["D7"]


def renewed(client, order, change: str) -> Document:
    answer = chain.press(client, "renew", order, change=change)
    assert answer.status_code == 302
    return Document.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def noted(client, order) -> str:
    """What the register says of the order beside its number."""
    rows = client.get(reverse("register-book"), {"year": 2026}).context["rows"]
    return next(row["note"] for row in rows if row["document"] == order)


def test_old_order_stands_until_the_new_one_is_registered(curator, order):
    new = renewed(curator, order, "replaces")
    order.refresh_from_db()
    assert order.state == Document.State.REGISTERED
    assert {pair.pk for pair in pairs_of(new)} == {p.pair_id for p in order.ordered_pairs.all()}

    chain.fill(curator, new, date="2026-11-20")
    assert chain.press(curator, "register", new).status_code == 302

    order.refresh_from_db()
    assert (order.state, order.number) == (Document.State.REPLACED, "164-од")
    new.refresh_from_db()
    assert new.number == "165-од" and new.ordered_pairs.count() == 2
    words = printed(new)
    assert (
        "Признать утратившим силу приказ от 9 ноября 2026 г. № 164-од «О формировании "
        "наставнических пар (групп)»." in words
    )
    assert noted(curator, order) == "заменён приказом № 165-од от 20.11.2026"


def test_new_pair_comes_into_the_replacing_order(curator, ready, order):
    recipes.confirmed_pair(ready)

    assert len(pairs_of(renewed(curator, order, "replaces"))) == 3


def test_replacing_order_keeps_answers_and_edits(curator, ready):
    chain.registered(curator, ready, "D2")
    draft = chain.filled(curator, ready, "D3")
    form = {"block": "control", "version": draft.version, "do": "change"}
    curator.post(reverse("document-text", args=[draft.pk]), form | {"text": "Контроль за собой."})
    assert chain.press(curator, "register", draft).status_code == 302

    new = renewed(curator, draft, "replaces")

    assert new.facts == Document.objects.get(pk=draft.pk).facts
    assert "Контроль за собой." in printed(new)
    assert new.basis("D2") is not None and new.date is None


@pytest.mark.parametrize("change", ["replaces", "amends", "cancels"])
def test_second_click_opens_the_same_draft(curator, order, change):
    assert renewed(curator, order, change) == renewed(curator, order, change)


def test_amending_order_leaves_the_old_one_in_force(curator, order):
    new = renewed(curator, order, "amends")
    assert new.title == "О внесении изменений в приказ от 09.11.2026 № 164-од"
    chain.fill(
        curator,
        new,
        date="2026-11-20",
        reason="В связи с переводом наставника",
        changed="пункт 1 дополнить словами «до 21 мая»",
    )

    assert chain.press(curator, "register", new).status_code == 302

    order.refresh_from_db()
    assert order.state == Document.State.REGISTERED
    words = printed(new)
    assert "О внесении изменений\nв приказ от 9 ноября 2026 г. № 164-од" in words
    assert "пункт 1 дополнить словами «до 21 мая»" in words
    page = page_text(curator.get(reverse("document-detail", args=[order.pk])))
    assert "Изменён документом" in page and "165-од" in page
    assert noted(curator, order) == "изменён приказом № 165-од от 20.11.2026"


def test_cancelling_order_puts_the_old_one_out_of_force(curator, order):
    new = renewed(curator, order, "cancels")
    chain.fill(curator, new, date="2026-11-20", reason="В связи с ошибкой в составе пар")

    assert chain.press(curator, "register", new).status_code == 302

    order.refresh_from_db()
    assert order.state == Document.State.CANCELLED
    assert order.cancel_reason == "приказом от 20.11.2026 № 165-од"
    assert "считать утратившим силу." in printed(new)
    assert noted(curator, order) == "отменён: приказом от 20.11.2026 № 165-од"


def test_order_that_says_nothing_is_not_registered(curator, order):
    new = renewed(curator, order, "amends")
    chain.fill(curator, new, date="2026-11-20")

    answer = chain.press(curator, "register", new)

    assert answer.status_code == 422
    assert "Не хватает: изменения приказа" in page_text(answer)


def test_change_dated_before_what_it_changes_is_refused(curator, order):
    new = renewed(curator, order, "cancels")
    chain.fill(curator, new, date="2026-11-08", reason="В связи с ошибкой")

    assert chain.press(curator, "register", new).status_code == 422
    order.refresh_from_db()
    assert order.state == Document.State.REGISTERED


@pytest.fixture
def plan(curator, ready) -> Document:
    """D3 on which a registered D7 rests."""
    return chain.registered(curator, ready, "D2", "D3", "D7")["D3"]


def test_order_on_which_another_rests_is_not_cancelled(curator, plan):
    answer = chain.press(curator, "cancel", plan, reason="ошибка")

    assert answer.status_code == 422
    assert "На этот документ опирается другой" in page_text(answer)
    plan.refresh_from_db()
    assert plan.is_registered


def test_order_on_which_another_rests_is_not_cancelled_by_an_order(curator, plan):
    new = renewed(curator, plan, "cancels")
    chain.fill(curator, new, date="2026-11-20", reason="В связи с ошибкой")

    answer = chain.press(curator, "register", new)

    assert answer.status_code == 422
    assert "На отменяемый приказ опирается другой документ" in page_text(answer)
    plan.refresh_from_db()
    assert plan.is_registered


def test_draft_does_not_keep_its_basis_from_being_cancelled(curator, ready):
    plan = chain.registered(curator, ready, "D2", "D3")["D3"]
    draft = chain.filled(curator, ready, "D7")

    assert chain.press(curator, "cancel", plan, reason="ошибка").status_code == 302

    answer = chain.press(curator, "register", draft)
    assert answer.status_code == 422
    assert "Основание больше не действует" in page_text(answer)


def test_cancelled_order_keeps_its_number_and_frees_its_pairs(curator, ready, order):
    assert chain.press(curator, "cancel", order, reason="ошибка в составе").status_code == 302

    order.refresh_from_db()
    assert (order.state, order.number) == (Document.State.CANCELLED, "164-од")
    assert noted(curator, order) == "отменён: ошибка в составе"
    again = chain.registered(curator, ready, "D7")["D7"]
    assert again.number == "165-од" and again.ordered_pairs.count() == 2


def test_cancelling_asks_for_the_reason(curator, order):
    assert chain.press(curator, "cancel", order, reason=" ").status_code == 422
    order.refresh_from_db()
    assert order.is_registered


@pytest.mark.parametrize("change", ["replaces", "amends", "cancels"])
def test_order_out_of_force_is_not_changed(curator, order, change):
    chain.press(curator, "cancel", order, reason="ошибка")

    answer = chain.press(curator, "renew", order, change=change)

    assert answer.status_code == 422
    assert Document.objects.filter(changes=order).count() == 0


def test_order_on_paper_is_amended_but_not_written_anew(curator, order):
    plan = order.bases.get()

    assert chain.press(curator, "renew", plan, change="replaces").status_code == 422
    assert renewed(curator, plan, "amends").changes == plan


def test_unknown_change_is_refused(curator, order):
    assert chain.press(curator, "renew", order, change="burns").status_code == 422


@pytest.mark.parametrize("deed", ["renew", "cancel"])
def test_others_cannot(client_of, stranger, order, deed):
    data = {"change": "cancels", "reason": "ошибка"}

    assert chain.press(client_of(Role.TEACHER), deed, order, **data).status_code == 403
    assert chain.press(client_of(Role.EXPERT), deed, order, **data).status_code == 403
    assert chain.press(stranger, deed, order, **data).status_code == 404
    order.refresh_from_db()
    assert order.is_registered and not order.changed_by.exists()


def test_new_regulation_is_approved_by_a_new_order(curator, ready):
    done = chain.registered(curator, ready, "D2", "D4", "D5")
    regulation = renewed(curator, done["D4"], "replaces")
    assert regulation.basis("D5") is None
    assert chain.press(curator, "register", regulation).status_code == 422

    order = renewed(curator, done["D5"], "replaces")
    later = {"approve_until": "2026-12-02", "inform_until": "2026-12-04"}
    chain.fill(curator, order, date="2026-12-01", **later)
    assert chain.press(curator, "register", order).status_code == 302

    regulation.refresh_from_db()
    assert (regulation.number, regulation.date) == ("2-од", datetime.date(2026, 12, 1))
    assert "от 01.12.2026 № 2-од" in printed(regulation)
    for old in (done["D4"], done["D5"]):
        old.refresh_from_db()
        assert old.state == Document.State.REPLACED
