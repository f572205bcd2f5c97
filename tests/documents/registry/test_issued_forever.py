"""What was issued stays as it is, byte for byte, whatever changes afterwards (SEC 12)."""

import datetime
import hashlib

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, IssuedFile, LegalReference, Letterhead, PaperSettings
from documents.numbering import counting
from documents.registry import issuing, life
from programmes.models import Person
from programmes.refusal import Refusal
from tests import recipes
from tests.documents.letterhead import letterheads
from tests.documents.registry import chain


@pytest.fixture
def issued(curator, ready) -> dict[str, Document]:
    return chain.registered(curator, ready, "D1", "D2", "D3", "D4", "D5", "D6", "D7")


def fingerprints() -> dict[tuple, str]:
    """SHA-256 of each stored file, reckoned from its bytes."""
    return {
        (file.document_id, file.format): hashlib.sha256(bytes(file.content)).hexdigest()
        for file in IssuedFile.objects.all()
    }


def downloads(client, papers) -> dict[tuple, str]:
    return {
        (kind, name): hashlib.sha256(
            client.get(reverse(name, args=[document.pk])).content
        ).hexdigest()
        for kind, document in papers.items()
        for name in ("document-docx", "document-pdf")
    }


def rename_everybody(programme) -> None:
    for person in Person.objects.all():
        person.surname, person.position = "Переименованный", person.position and "дворник"
        person.save()


def change_school(programme) -> None:
    school = programme.school
    school.name, school.short_name, school.place = "Гимназия", "Гимназия № 1", "пгт Агинское"
    school.save()
    school.heads.update(ended_on=datetime.date(2026, 9, 20))


def change_settings(programme) -> None:
    settings = PaperSettings.of(programme.school)
    settings.list_above, settings.is_minutes_title_split = 1, True
    settings.save()
    series = programme.school.series.get(purpose="orders")
    series.suffix, series.number_format = "/x", "{year}-{number}{suffix}"
    series.save()


def change_letterhead(programme) -> None:
    Letterhead.objects.create(
        school=programme.school,
        name="новый.docx",
        content=letterheads.plain(),
        lines=["НОВАЯ ШАПКА"],
        accepted_at=timezone.now(),
    )


def change_programme(programme) -> None:
    programme.plan_items.update(title="Другое дело")
    recipes.confirmed_pair(programme)
    recipes.mentor_in_base(programme)
    programme.curators.update(ended_on=datetime.date(2026, 9, 20))
    programme.group.all().delete()
    programme.school.council.update(duty="member")


CHANGES = [rename_everybody, change_school, change_settings, change_letterhead, change_programme]


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_reaches_what_was_issued(curator, ready, issued, change):
    stored, given = fingerprints(), downloads(curator, issued)
    words = {kind: chain.printed(document) for kind, document in issued.items()}

    change(ready)

    assert fingerprints() == stored
    assert downloads(curator, issued) == given
    assert {kind: chain.printed(document) for kind, document in issued.items()} == words
    assert set(IssuedFile.objects.values_list("sha256", flat=True)) == set(stored.values())
    numbers = {d.kind: d.number for d in Document.objects.all()}
    assert numbers == {kind: document.number for kind, document in issued.items()}


def test_scan_and_cancelling_leave_the_files_alone(curator, issued):
    stored = fingerprints()

    life.attach_scan(issued["D7"], b"%PDF-", "pdf", None)
    life.cancel(Document.objects.get(pk=issued["D7"].pk), "ошибка")

    assert fingerprints() == stored


def test_replacing_leaves_the_files_of_the_old_order_alone(curator, issued):
    stored = fingerprints()
    draft = life.renew(issued["D7"], "replaces", None)
    chain.fill(curator, draft, date="2026-11-20")

    issuing.register(Document.objects.get(pk=draft.pk), None)

    assert stored.items() <= fingerprints().items()
    assert len(fingerprints()) > len(stored)


COLUMNS = {
    "number": "99-од",
    "date": datetime.date(2026, 1, 1),
    "year": 2020,
    "sequence": 99,
    "kind": "D8",
    "series": None,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_database_refuses_to_change_the_requisites(curator, ready, column):
    order = chain.registered(curator, ready, "D1")["D1"]

    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=order.pk).update(**{column: COLUMNS[column]})

    before = getattr(order, column)
    assert getattr(Document.objects.get(pk=order.pk), column) == before


def test_database_refuses_to_change_the_files(curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]
    stored = fingerprints()

    for change in ({"content": b"x"}, {"sha256": "0" * 64}, {"format": "json"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            order.issued.filter(format="docx").update(**change)
    with pytest.raises(ValueError, match="не меняется"):
        order.issued.first().save()

    assert fingerprints() == stored


def test_registered_paper_is_not_deleted(curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]

    assert chain.press(curator, "delete", order).status_code == 422
    with pytest.raises(Refusal):
        life.delete_draft(order, None)

    assert Document.objects.filter(pk=order.pk).exists()


def test_answers_of_a_registered_paper_do_not_change(curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]

    answer = chain.fill(curator, order, basis_number="1")

    assert answer.status_code == 422
    assert Document.objects.get(pk=order.pk).facts == order.facts


def test_legal_wording_changes_only_what_comes_later(curator, ready):
    order = chain.registered(curator, ready, "D2", "D3", "D5", "D6")["D6"]
    before = chain.printed(order)
    LegalReference.objects.create(
        school=ready.school,
        code="mentoring",
        nominative="новая статья",
        instrumental="новой статьей",
        valid_from=datetime.date(2026, 1, 1),
    )

    assert chain.printed(order) == before


def test_counter_does_not_go_back(curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]

    with pytest.raises(Refusal):
        counting.skip_to(order.series, 2026, 1, "", None)

    assert counting.next_number(order.series, 2026) == 2
