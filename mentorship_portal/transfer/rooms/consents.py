"""Consents with their texts, scans and tasks; the papers of workers who are mentors of workers."""

import base64
import hashlib
import uuid

from django.core.files.base import ContentFile

from mentorship_portal.transfer.fields import Damaged
from mentorship_portal.transfer.rows import fields, made, taken
from programmes.consents.wording import PARTS
from programmes.models import (
    Consent,
    ConsentScan,
    ConsentText,
    WithdrawalTask,
    WorkerMentoring,
)

TEXT = ("purpose", "number", *PARTS, "created_at")
CONSENT = (
    *("purpose", "signed_on", "valid_until", "signed_by_person", "guardian_name"),
    *("guardian_relation", "guardian_authority", "site", "categories", "conditions"),
    *("withdrawn_on", "withdrawal_reason", "voided_at", "void_reason", "recorded_at"),
)
TASK = ("due_on", "done_on")
WORKER = (
    *("consent_on", "agreement_on", "agreement_number", "content", "form_of_work"),
    *("started_on", "ended_on", "payment"),
)


def _scans(owner) -> dict:
    found = []
    for scan in owner.scans.order_by("pk"):
        with scan.file.open("rb") as file:
            content = base64.b64encode(file.read()).decode()
        found.append(fields(scan, ("extension", "uploaded_at")) | {"content": content})
    return {"scans": found} if found else {}


def _load_scans(entry, **owner) -> None:
    for scan in entry.get("scans", ()):
        if scan["extension"] not in ("pdf", "jpg", "png"):
            raise Damaged(f"Скан вида «{scan['extension']}» не принимается.")
        content = base64.b64decode(scan["content"], validate=True)
        row = ConsentScan(
            uuid=uuid.uuid4(),
            extension=scan["extension"],
            sha256=hashlib.sha256(content).hexdigest(),
            **owner,
            **taken(scan, ("uploaded_at",)),
        )
        row.file.save("scan", ContentFile(content), save=True)


class OfSchool:
    """``consent_texts`` and ``consents`` of a school's file."""

    @staticmethod
    def dump(school, people) -> dict:
        texts = school.consent_texts.order_by("purpose", "number")
        consents = (
            Consent.objects.filter(person__school=school)
            .select_related("text", "task")
            .order_by("pk")
        )
        return {
            "consent_texts": [fields(text, TEXT) for text in texts],
            "consents": [_consent(consent, people) for consent in consents],
        }

    @staticmethod
    def load(school, data, people, place) -> None:
        texts = {}
        for number, entry in enumerate(data.get("consent_texts", ()), 1):
            place[:] = ["consent_texts", str(number)]
            text = made(ConsentText, school=school, **taken(entry, TEXT))
            texts[text.purpose, text.number] = text
        for number, entry in enumerate(data.get("consents", ()), 1):
            place[:] = ["consents", str(number)]
            purpose, version = entry["purpose"], entry.get("text", 1)
            if (purpose, version) not in texts and version == 1:
                texts[purpose, 1] = _default(school, purpose)
            consent = made(
                Consent,
                person=people[entry["person"]],
                text=texts[purpose, version],
                **taken(entry, CONSENT),
            )
            if "task" in entry:
                made(WithdrawalTask, consent=consent, **taken(entry["task"], TASK))
            _load_scans(entry, consent=consent)


def _default(school, purpose: str) -> ConsentText:
    text = ConsentText.in_use(school, purpose)
    if text.pk is None:
        text.save()
    return text


def _consent(consent: Consent, people) -> dict:
    task = getattr(consent, "task", None)
    return {
        "person": people[consent.person_id],
        "text": consent.text.number,
        **fields(consent, CONSENT),
        **({"task": fields(task, TASK)} if task else {}),
        **_scans(consent),
    }


class OfProgramme:
    """``worker_mentorings`` of a programme."""

    @staticmethod
    def dump(programme, people) -> dict:
        return {
            "worker_mentorings": [
                {"person": people[row.person_id], **fields(row, WORKER), **_scans(row)}
                for row in programme.worker_mentorings.order_by("pk")
            ]
        }

    @staticmethod
    def load(programme, entry, people, place) -> None:
        for number, row in enumerate(entry.get("worker_mentorings", ()), 1):
            place[2:] = ["worker_mentorings", str(number)]
            kept = made(
                WorkerMentoring,
                programme=programme,
                person=people[row["person"]],
                **taken(row, WORKER),
            )
            _load_scans(row, mentoring=kept)
