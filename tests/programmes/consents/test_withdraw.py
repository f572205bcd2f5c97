"""Withdrawing, undoing, scans of consents (D13; domain notes § 5.2)."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from programmes.consents.models import WithdrawalTask
from programmes.consents.recording import attach_scan
from tests import recipes

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02"
    b"\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)


@pytest.fixture
def consent(school):
    return recipes.pupil(school).consents.get(purpose="processing")


def withdraw(client, consent, day=None, reason="переезд"):
    day = day or timezone.localdate()
    values = {"withdrawn_on": day.isoformat(), "reason": reason}
    return client.post(f"/consents/{consent.pk}/withdraw/", values)


def test_d13_withdrawal_blocks_at_once_and_begins_a_task_of_30_days(curator, programme, consent):
    answer = withdraw(curator, consent)

    assert answer.status_code == 302
    consent.refresh_from_db()
    today = timezone.localdate()
    assert consent.withdrawn_on == today
    assert consent.task.due_on == today + datetime.timedelta(days=30)
    page = curator.get(f"/programmes/{programme.pk}/consents/").content.decode()
    assert f"до {consent.task.due_on:%d.%m.%Y}" in page
    base = {"people": [consent.person_id], "started_on": "2026-11-09"}
    assert curator.post(f"/programmes/{programme.pk}/mentees/add/", base).status_code == 422
    assert not programme.mentees.exists()


def test_d13_withdrawal_twice_changes_nothing_and_another_day_is_refused(curator, consent):
    withdraw(curator, consent)
    assert withdraw(curator, consent).status_code == 302
    answer = withdraw(curator, consent, timezone.localdate() - datetime.timedelta(days=1))

    assert answer.status_code == 422
    assert "уже отозвано" in answer.content.decode()
    assert WithdrawalTask.objects.count() == 1


@pytest.mark.parametrize("day", [datetime.date(2020, 8, 31), datetime.date(2099, 1, 1)])
def test_d13_withdrawal_on_an_impossible_day_is_refused(curator, consent, day):
    assert withdraw(curator, consent, day).status_code == 422
    consent.refresh_from_db()
    assert consent.withdrawn_on is None


def test_d13_consent_signed_before_the_withdrawal_is_refused(curator, programme, consent):
    withdraw(curator, consent)
    person = consent.person
    values = {
        "people": [person.pk],
        "purposes": ["processing"],
        "signed_on": (timezone.localdate() - datetime.timedelta(days=1)).isoformat(),
        f"guardian_{person.pk}": "Ли Анна",
        f"relation_{person.pk}": "mother",
        f"authority_{person.pk}": "birth",
        f"own_{person.pk}": "on",
    }
    answer = curator.post(f"/programmes/{programme.pk}/consents/record/", values)

    assert answer.status_code == 422
    assert "отозвано" in answer.content.decode()


def test_d13_mistake_without_scan_goes_and_with_scan_stays_with_its_reason(curator, consent):
    other = consent.person.consents.get(purpose="participation")
    assert curator.post(f"/consents/{other.pk}/undo/").status_code == 302
    assert not consent.person.consents.filter(pk=other.pk).exists()
    attach_scan(consent, b"%PDF-1.4", "pdf", None)
    assert curator.post(f"/consents/{consent.pk}/undo/").status_code == 422

    answer = curator.post(f"/consents/{consent.pk}/undo/", {"reason": "чужой скан"})

    assert answer.status_code == 302
    consent.refresh_from_db()
    assert consent.void_reason == "чужой скан"
    assert not consent.is_standing


def test_d13_scan_is_checked_kept_once_and_given_back(curator, consent):
    address = f"/consents/{consent.pk}/scan/"
    wrong = SimpleUploadedFile("scan.pdf", b"<html>", content_type="application/pdf")
    assert curator.post(address, {"scan": wrong}).status_code == 422
    for _ in range(2):
        curator.post(address, {"scan": SimpleUploadedFile("scan.png", PNG)})

    scan = consent.scans.get()
    answer = curator.get(f"/consents/{consent.pk}/scans/{scan.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Security-Policy"] == "sandbox"


def test_d13_person_page_shows_the_history(curator, consent):
    withdraw(curator, consent)
    page = curator.get(f"/people/{consent.person_id}/consents/").content.decode()

    assert "Отозвано" in page
    assert "приказы и протоколы сохраняются" in page
    short = curator.get(f"/people/{consent.person_id}/").content.decode()
    assert "Согласия" in short


def test_d13_task_after_a_withdrawal_is_done_once_on_a_possible_day(curator, programme, consent):
    address, today = f"/consents/{consent.pk}/complete/", timezone.localdate()
    assert curator.post(address, {"done_on": today.isoformat()}).status_code == 422
    withdraw(curator, consent)
    for day in (today - datetime.timedelta(days=1), today + datetime.timedelta(days=1)):
        assert curator.post(address, {"done_on": day.isoformat()}).status_code == 422
    assert WithdrawalTask.objects.get().done_on is None
    listed = curator.get(f"/programmes/{programme.pk}/consents/").content.decode()
    assert address in listed

    for _ in range(2):
        assert curator.post(address, {"done_on": today.isoformat()}).status_code == 302

    assert WithdrawalTask.objects.get().done_on == today
    assert WithdrawalTask.history.count() == 2
    page = curator.get(f"/people/{consent.person_id}/consents/").content.decode()
    assert "выполнено" in page and address not in page
    assert address not in curator.get(f"/programmes/{programme.pk}/consents/").content.decode()
