"""The chain D1 … D8 from what is stored: drafts ask only for what nobody has stored."""

import datetime

import pytest
from django.urls import reverse

from documents import printing
from documents.models import Document
from documents.numbering import counting
from documents.registry import text
from programmes.access import Role
from tests.documents.registry import chain
from tests.documents.registry.chain import CHAIN, page_text, printed


@pytest.mark.parametrize("kind", CHAIN)
def test_draft_lacks_only_what_it_alone_knows(curator, ready, kind):
    draft = chain.start(curator, ready, kind)

    sources = {blank.source for blank in printing.missing(text.paper_of(draft))}

    assert not [s for s in sources if not s.startswith(("document.", "basis."))]
    assert draft.created_by is not None


@pytest.mark.parametrize("kind", CHAIN)
def test_second_click_opens_the_same_draft(curator, ready, kind):
    assert chain.start(curator, ready, kind) == chain.start(curator, ready, kind)
    assert Document.objects.count() == 1


def test_stored_people_stand_in_the_draft(curator, ready):
    draft = chain.start(curator, ready, "D1")

    page = page_text(curator.get(reverse("document-detail", args=[draft.pk])))

    assert "Черных Андрея Саввича" in page and "Г.Ц." in page
    assert "состав проектной группы" not in page.lower().split("не хватает")[-1]


def test_s1_1_whole_chain_from_nothing_but_stored_data(curator, ready):
    done = chain.registered(curator, ready, *CHAIN)

    assert {kind: done[kind].number for kind in CHAIN} == {
        **{"D1": "1-од", "D2": "1", "D3": "2-од", "D4": "3-од", "D5": "3-од"},
        **{"D6": "4-од", "D7": "5-од", "D8": "1-од"},
    }
    days = [done[kind].date for kind in CHAIN]
    assert days == sorted(days)
    assert done["D4"].date == done["D5"].date == datetime.date(2026, 10, 15)
    assert all(d.state == Document.State.REGISTERED for d in done.values())
    bases = {k: {b.kind for b in d.bases.all()} for k, d in done.items()}
    assert bases == {
        **{"D1": set(), "D2": set(), "D3": {"D2"}, "D4": {"D2", "D5"}, "D5": {"D2"}},
        **{"D6": {"D3", "D5"}, "D7": {"D3"}, "D8": {"D3"}},
    }
    book = counting.register_book(done["D7"].series, 2026)
    assert [row["first"] for row in book] == [1, 2, 3, 4, 5]
    assert "от «15» октября 2026 г. № 2-од" in printed(done["D7"])


def test_chain_page_shows_what_comes_next(curator, ready):
    chain.registered(curator, ready, "D1")

    links = curator.get(reverse("document-list")).context["chain"]

    assert [link.kind for link in links if link.is_next] == ["D2"]
    assert [link.kind for link in links if link.is_done] == ["D1"]


@pytest.mark.parametrize("kind", ["D3", "D4", "D5"])
def test_draft_opened_too_early_rests_on_the_minutes_later(curator, ready, kind):
    early = chain.start(curator, ready, kind)
    assert not early.bases.exists()

    minutes = chain.registered(curator, ready, "D2")["D2"]

    assert list(early.bases.all()) == [minutes]
    assert text.kind_of(early).cites == ("D2",)


def test_early_draft_rests_on_minutes_entered_by_hand(curator, ready):
    early = chain.start(curator, ready, "D3")

    data = {"kind": "D2", "title": "", "date": "2026-10-09", "number": "3"}
    assert curator.post(reverse("document-by-hand"), data).status_code == 302

    assert early.basis("D2").number == "3"


def test_early_draft_leaves_a_basis_that_is_no_longer_in_force(curator, ready):
    done = chain.registered(curator, ready, "D2", "D3")
    draft = chain.start(curator, ready, "D7")
    chain.press(curator, "renew", done["D3"], change="replaces")
    new = Document.objects.get(changes=done["D3"])
    chain.fill(curator, new, date="2026-10-16")
    assert chain.press(curator, "register", new).status_code == 302

    assert list(draft.bases.all()) == [new]


def test_order_before_its_basis_is_refused_in_words(curator, ready):
    chain.registered(curator, ready, "D2")
    draft = chain.filled(curator, ready, "D3")
    chain.fill(curator, draft, date="2026-10-08")

    answer = chain.press(curator, "register", draft)

    assert answer.status_code == 422
    assert "№ 1 от 09.10.2026 – позже даты документа (08.10.2026)" in page_text(answer)
    draft.refresh_from_db()
    assert draft.is_open and not draft.number


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("D3", "дата протокола"),
        ("D5", "дата протокола"),
        ("D6", "дата приказа"),
        ("D7", "дата приказа об утверждении плана"),
        ("D8", "дата приказа"),
    ],
)
def test_missing_basis_is_refused_in_words(curator, ready, kind, words):
    draft = chain.filled(curator, ready, kind)

    answer = chain.press(curator, "register", draft)

    assert answer.status_code == 422
    assert f"Не хватает: {words}" in page_text(answer)


def test_regulation_is_not_registered_without_its_order(curator, ready):
    chain.registered(curator, ready, "D2")
    draft = chain.filled(curator, ready, "D4")

    answer = chain.press(curator, "register", draft)

    assert answer.status_code == 422
    assert "Документ утверждается приказом" in page_text(answer)


def test_order_waits_for_a_regulation_that_is_not_ready(curator, ready):
    chain.registered(curator, ready, "D2")
    chain.start(curator, ready, "D4")
    order = chain.filled(curator, ready, "D5")

    answer = chain.press(curator, "register", order)

    assert answer.status_code == 422
    assert "Положение ещё не готово" in page_text(answer)


def test_regulation_drawn_up_after_its_order_bears_its_number(curator, ready):
    chain.registered(curator, ready, "D1", "D2", "D5")
    regulation = chain.filled(curator, ready, "D4")

    assert chain.press(curator, "register", regulation).status_code == 302

    regulation.refresh_from_db()
    assert (regulation.number, regulation.date) == ("2-од", datetime.date(2026, 10, 15))
    assert "от 15.10.2026 № 2-од" in printed(regulation)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MENTOR, Role.EXPERT, Role.PSYCHOLOGIST])
def test_others_cannot_start(client_of, ready, role):
    answer = client_of(role).post(reverse("document-start", args=[ready.pk]), {"kind": "D1"})

    assert answer.status_code == 403
    assert not Document.objects.exists()


def test_another_school_cannot_start(stranger, ready):
    answer = stranger.post(reverse("document-start", args=[ready.pk]), {"kind": "D1"})

    assert answer.status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["", "change", "other", "D99"])
def test_unknown_kind_starts_nothing(curator, ready, kind):
    answer = curator.post(reverse("document-start", args=[ready.pk]), {"kind": kind})

    assert answer.status_code == 404
