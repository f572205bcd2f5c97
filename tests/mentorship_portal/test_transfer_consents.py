"""Consents, their texts, scans and tasks go through a school's file and come back the same."""

import json

from django.utils import timezone

from mentorship_portal import transfer
from programmes.consents import recording
from programmes.consents.wording import DEFAULTS, Purpose
from programmes.models import Consent
from tests import recipes


def test_consents_come_back_as_they_were(programme):
    school = programme.school
    recording.change_text(
        school, Purpose.PROCESSING, DEFAULTS[Purpose.PROCESSING] | {"processor": "ООО"}
    )
    person = recipes.pupil(school)
    consent = person.consents.get(purpose=Purpose.PROCESSING)
    recording.attach_scan(consent, b"%PDF-1.4 scan", "pdf", None)
    recording.withdraw(consent, timezone.localdate(), "переезд")
    recipes.worker_papers(programme, recipes.teacher(school))
    first = transfer.dump(school)

    loaded = transfer.load(json.loads(json.dumps(first, ensure_ascii=False, default=str)))

    assert transfer.dump(loaded) == first
    again = Consent.objects.get(person__school=loaded, withdrawn_on__isnull=False)
    assert (again.text.number, again.text.sha256) == (2, consent.text.sha256)
    assert again.task.due_on == consent.task.due_on
    assert again.scans.get().file.read() == b"%PDF-1.4 scan"


def test_old_files_without_consents_load(programme):
    data = transfer.dump(programme.school)
    for key in ("consents", "consent_texts"):
        data.pop(key)
    data["programmes"][0].pop("worker_mentorings")

    assert not Consent.objects.filter(person__school=transfer.load(data)).exists()
