"""Numbers come from the register: each series by itself, nothing twice, every hole explained."""

import datetime

import pytest
from django.urls import reverse

from documents.models import Document
from documents.numbering import counting
from documents.numbering.models import Series
from documents.registry.models import Kind
from programmes.access import Role
from tests.documents.registry import chain
from tests.documents.registry.chain import page_text


def by_hand(client, kind: str, date: str, number: str, title: str = ""):
    data = {"kind": kind, "title": title, "date": date, "number": number}
    return client.post(reverse("document-by-hand"), data)


def firsts(client, year: int, purpose: str = "orders") -> list[tuple[int, int]]:
    page = client.get(reverse("register-book"), {"purpose": purpose, "year": year})
    return [(row["first"], row["last"]) for row in page.context["rows"]]


def test_minutes_count_within_the_school_year(curator, ready):
    assert by_hand(curator, "D2", "2026-09-04", "1").status_code == 302
    assert by_hand(curator, "D2", "2027-01-12", "4").status_code == 302
    draft = chain.filled(curator, ready, "D2")
    chain.fill(curator, draft, date="2027-03-26")

    chain.press(curator, "register", draft)

    draft.refresh_from_db()
    assert (draft.number, draft.year) == ("5", 2026)
    assert firsts(curator, 2026, "minutes") == [(1, 1), (2, 3), (4, 4), (5, 5)]
    assert by_hand(curator, "D2", "2027-09-03", "1").status_code == 302
    assert firsts(curator, 2027, "minutes") == [(1, 1)]
    page = page_text(curator.get(reverse("register-book"), {"purpose": "minutes", "year": 2026}))
    assert "за 2026/27 учебный год" in page


def test_agreements_count_in_a_series_of_their_own(curator, ready):
    chain.registered(curator, ready, "D2", "D3", "D5", "D6")
    numbers = []
    for _ in range(2):
        draft = chain.start(curator, ready, "D14")
        answer = chain.fill(
            curator,
            draft,
            date="2026-10-23",
            worker=str(ready.curators.get().person_id),
            role="curator",
            contract_date="2020-08-25",
            contract_number="12",
            consent_on="2026-10-22",
            started_on="2026-10-26",
            ended_on="2027-05-21",
            payment="10 процентов должностного оклада ежемесячно",
        )
        assert answer.status_code == 302
        answer = chain.press(curator, "register", draft)
        assert answer.status_code == 302, answer.context["refusals"]
        draft.refresh_from_db()
        numbers.append(draft.number)

    assert numbers == ["1", "2"]
    assert firsts(curator, 2026, "agreements") == [(1, 1), (2, 2)]
    assert firsts(curator, 2026) == [(1, 1), (2, 2), (3, 3)]


def test_number_used_twice_is_refused(curator, ready):
    chain.registered(curator, ready, "D1")

    answer = by_hand(curator, "D3", "2026-10-15", "1-од")

    assert answer.status_code == 422
    page = page_text(answer)
    assert "Документ № 1-од за 2026 год уже есть в журнале." in page
    assert 'value="1-од"' in page
    assert Document.objects.count() == 1


def test_same_number_in_another_year_is_another_paper(curator, ready):
    assert by_hand(curator, "other", "2026-10-15", "7-од", "О дежурстве").status_code == 302
    assert by_hand(curator, "other", "2027-01-15", "7-од", "О дежурстве").status_code == 302


def test_number_beyond_the_counter_explains_the_gap(curator, ready):
    assert by_hand(curator, "D3", "2026-10-15", "163-од").status_code == 302

    assert firsts(curator, 2026) == [(1, 162), (163, 163)]
    outside = ready.school.series.get(purpose="orders").outside.get()
    assert outside.note == "документы вне портала" and outside.created_by is not None
    series = ready.school.series.get(purpose="orders")
    assert counting.next_number(series, 2026) == 164


def test_number_out_of_a_gap_takes_its_place_there(curator, ready):
    by_hand(curator, "D3", "2026-10-15", "10-од")

    assert by_hand(curator, "D1", "2026-09-21", "5-од").status_code == 302

    assert firsts(curator, 2026) == [(1, 4), (5, 5), (6, 9), (10, 10)]


def test_deleted_draft_leaves_no_hole(curator, ready):
    chain.registered(curator, ready, "D2")
    draft = chain.filled(curator, ready, "D3")
    assert chain.press(curator, "delete", draft).status_code == 302

    order = chain.registered(curator, ready, "D3")["D3"]

    assert order.number == "1-од" and firsts(curator, 2026) == [(1, 1)]


def test_refused_registering_takes_no_number(curator, ready):
    draft = chain.filled(curator, ready, "D3")
    assert chain.press(curator, "register", draft).status_code == 422

    done = chain.registered(curator, ready, "D1")

    assert done["D1"].number == "1-од"


@pytest.mark.parametrize("deed", ["cancel", "delete", "take-back", "send"])
def test_registered_order_keeps_its_number(curator, ready, deed):
    order = chain.registered(curator, ready, "D1")["D1"]

    chain.press(curator, deed, order, reason="ошибка")

    order.refresh_from_db()
    assert order.number == "1-од"
    assert firsts(curator, 2026) == [(1, 1)]


def test_numbers_are_told_before_registering(curator, ready):
    by_hand(curator, "other", "2026-09-01", "145-од", "О режиме")
    draft = chain.filled(curator, ready, "D1")

    page = page_text(curator.get(reverse("document-detail", args=[draft.pk])))

    assert "номер будет 146-од" in page


@pytest.mark.parametrize(
    ("number", "sequence"),
    [("163-од", 163), (" 163-од ", 163), ("163", None), ("0163-од", None), ("-од", None)],
)
def test_only_numbers_of_the_series_take_a_place_in_it(curator, ready, number, sequence):
    by_hand(curator, "D3", "2026-10-15", number)

    assert Document.objects.get().sequence == sequence


def test_by_hand_date_of_an_odd_year_is_refused(curator, ready):
    assert by_hand(curator, "D3", "0026-10-15", "163-од").status_code == 422
    assert not Document.objects.exists()


def test_other_paper_needs_a_name(curator, ready):
    assert by_hand(curator, Kind.OTHER, "2026-10-15", "5-од").status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.EXPERT, Role.ADMINISTRATOR])
def test_others_enter_nothing(client_of, ready, role):
    assert by_hand(client_of(role), "D3", "2026-10-15", "163-од").status_code == 403
    assert not Document.objects.exists()


def test_each_school_counts_for_itself(curator, stranger, ready):
    by_hand(curator, "D3", "2026-10-15", "163-од")

    assert by_hand(stranger, "D3", "2026-10-15", "163-од").status_code == 302
    assert firsts(stranger, 2026) == [(1, 162), (163, 163)]


def test_calendar_year_of_orders_and_school_year_of_minutes(ready):
    orders, minutes = (Series.of(ready.school, purpose) for purpose in ("orders", "minutes"))

    days = [datetime.date(2026, 8, 31), datetime.date(2026, 9, 1), datetime.date(2027, 1, 1)]

    assert [orders.year_of(day) for day in days] == [2026, 2026, 2027]
    assert [minutes.year_of(day) for day in days] == [2025, 2026, 2026]
