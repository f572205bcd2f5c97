"""Registering the order on pairs (D7): one number, nothing missing, nothing changes afterwards."""

import datetime
import io

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from docx import Document as Word

from documents.models import Document, IssuedFile, SeriesYear
from documents.numbering import counting
from documents.registry import issuing, life
from documents.registry.models import Kind
from programmes.access import Role
from programmes.refusal import Refusal
from tests import recipes

DAY = datetime.date(2026, 11, 9)


@pytest.fixture
def plan(school, programme):
    return issuing.register_by_hand(
        school,
        kind=Kind.PLAN,
        title="",
        date=datetime.date(2026, 10, 15),
        number="163-од",
        programme=programme,
    )


@pytest.fixture
def draft(school, programme, plan):
    recipes.head_of(school)
    recipes.curator_of(programme)
    recipes.confirmed_pair(programme)
    document = life.open_draft(programme, Kind.PAIRS, None)
    document.date = DAY
    document.save()
    return document


def test_d7_is_registered_under_the_next_number(curator, draft):
    response = curator.post(reverse("document-register", args=[draft.pk]))

    assert response.status_code == 302
    draft.refresh_from_db()
    assert (draft.number, draft.state) == ("164-од", Document.State.REGISTERED)
    assert draft.ordered_pairs.count() == 1
    assert set(draft.issued.values_list("format", flat=True)) == {"json", "docx", "pdf"}


def test_d7_second_click_takes_no_second_number(curator, draft):
    for _ in range(2):
        assert curator.post(reverse("document-register", args=[draft.pk])).status_code == 302

    assert SeriesYear.objects.get(year=2026).last_number == 164
    assert IssuedFile.objects.filter(document=draft, format="docx").count() == 1


def test_starting_number_and_suffix_are_settings(school, curator, draft):
    series = draft.series
    series.suffix, series.number_format = "/о", "{number}{suffix}-{year}"
    series.save()
    counting.skip_to(series, 2026, 200, "приказы по контингенту", None)

    curator.post(reverse("document-register", args=[draft.pk]))

    draft.refresh_from_db()
    assert draft.number == "200/о-2026"
    assert [row["first"] for row in counting.register_book(series, 2026)] == [1, 163, 164, 200]


def test_missing_facts_refuse_and_say_where(curator, school, programme):
    recipes.head_of(school)
    document = life.open_draft(programme, Kind.PAIRS, None)

    response = curator.post(reverse("document-register", args=[document.pk]))

    assert response.status_code == 422
    page = response.content.decode()
    for words in (
        "дата документа",
        "дата приказа об утверждении плана",
        "наставнические пары (группы)",
        "куратор",
    ):
        assert f"Не хватает: {words}" in page
    assert reverse("document-by-hand") in page
    document.refresh_from_db()
    assert document.state == Document.State.DRAFT and not document.number
    assert not SeriesYear.objects.filter(last_number__gt=0).exists()


def test_basis_dated_later_is_refused(draft, plan):
    draft.date = datetime.date(2026, 10, 14)
    draft.save()

    with pytest.raises(Refusal) as refused:
        issuing.register(draft, None)

    assert "позже даты документа" in " ".join(refused.value.messages)


def test_number_out_of_the_order_of_dates_is_refused(draft, school, programme):
    issuing.register_by_hand(
        school,
        kind=Kind.APPOINTMENT,
        title="",
        date=datetime.date(2026, 11, 20),
        number="170-од",
        programme=programme,
    )

    with pytest.raises(Refusal) as refused:
        issuing.register(draft, None)

    assert "№ 170-од от 20.11.2026" in " ".join(refused.value.messages)


def test_registered_paper_follows_no_later_change(curator, draft):
    curator.post(reverse("document-register", args=[draft.pk]))
    before = curator.get(reverse("document-docx", args=[draft.pk])).content
    pair = draft.pairs.get()
    person = pair.mentor
    person.surname = "Переименованный"
    person.save()

    after = curator.get(reverse("document-docx", args=[draft.pk])).content

    assert after == before
    text = "\n".join(p.text for p in Word(io.BytesIO(after)).paragraphs)
    assert "Переименованный" not in text


def test_database_itself_refuses_to_change_what_is_registered(draft):
    issuing.register(draft, None)
    for change in (
        lambda: Document.objects.filter(pk=draft.pk).update(number="1-од"),
        lambda: Document.objects.filter(pk=draft.pk).update(date=DAY + datetime.timedelta(1)),
        lambda: draft.issued.update(content=b""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_pairs_of_a_standing_order_do_not_return(draft, programme):
    issuing.register(draft, None)
    recipes.confirmed_pair(programme)

    second = life.open_draft(programme, Kind.PAIRS, None)

    from documents.drafting import pairs

    assert second.pk != draft.pk
    assert len(pairs.pairs_of(second)) == 1
    life.cancel(Document.objects.get(pk=draft.pk), "ошибка в составе")
    assert len(pairs.pairs_of(second)) == 2


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MENTOR, Role.EXPERT, Role.ADMINISTRATOR])
def test_others_cannot_register(client_of, draft, role):
    assert client_of(role).post(reverse("document-register", args=[draft.pk])).status_code == 403
    draft.refresh_from_db()
    assert not draft.number


def test_another_school_does_not_see_the_paper(client_of, draft):
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая школа"))

    assert stranger.get(reverse("document-detail", args=[draft.pk])).status_code == 404
    assert stranger.post(reverse("document-register", args=[draft.pk])).status_code == 404


def test_new_year_starts_at_the_first_number(draft, programme, school):
    issuing.register(draft, None)
    programme.ended_on = datetime.date(2027, 5, 21)
    recipes.confirmed_pair(programme, on=datetime.date(2027, 1, 11))
    second = life.open_draft(programme, Kind.PAIRS, None)
    second.date = datetime.date(2027, 1, 11)
    second.save()

    assert issuing.register(second, None).number == "1-од"


def test_by_hand_paper_takes_its_place_once(curator, school, programme):
    data = {"kind": "D3", "title": "", "date": "2026-10-15", "number": "163-од"}
    address = reverse("document-by-hand")

    assert curator.post(address, data).status_code == 302
    again = curator.post(address, data)

    assert again.status_code == 422
    assert "уже есть в журнале" in again.content.decode()
    assert Document.objects.get().sequence == 163
    assert counting.next_number(school.series.get(purpose="orders"), 2026) == 164


def test_by_hand_paper_becomes_the_basis_of_the_waiting_draft(curator, programme):
    draft = life.open_draft(programme, Kind.PAIRS, None)

    curator.post(
        reverse("document-by-hand"),
        {"kind": "D3", "date": "2026-10-15", "number": "163-од", "for": draft.pk},
    )

    assert draft.basis(Kind.PLAN).number == "163-од"


def test_edit_over_somebody_elses_edit_is_shown_not_stored(curator, draft):
    address = reverse("document-facts", args=[draft.pk])
    first = curator.post(address, {"version": draft.version, "date": "2026-11-10"})
    assert first.status_code == 302

    stale = curator.post(address, {"version": draft.version, "date": "2026-11-12"})

    assert stale.status_code == 409
    assert 'value="2026-11-12"' in stale.content.decode()
    draft.refresh_from_db()
    assert draft.date == datetime.date(2026, 11, 10)
