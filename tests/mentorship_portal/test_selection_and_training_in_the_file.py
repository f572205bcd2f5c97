"""Selection and training go into a school's file and come back. S4.1, S4.2."""

import datetime
import json

import pytest

from mentorship_portal import transfer
from programmes.models import Certificate, School
from programmes.readiness import ready_to_lead
from programmes.selection import deciding
from programmes.training import certifying
from tests import recipes

DAY = datetime.date(2026, 11, 9)


@pytest.fixture
def full(programme):
    """A programme with something of everything that the rooms keep."""
    criterion = recipes.criterion(programme)
    criterion.categories.add(programme.school.need_categories.first())
    assessor = recipes.assessor(programme)
    entry = recipes.mentor_in_base(programme)
    sheet = programme.sheets.create(
        assessor=assessor.person, person=entry.person, form=criterion.form, is_done=True
    )
    sheet.scores.create(criterion=criterion, value=4, scale=5)
    other = recipes.mentor_in_base(programme, is_ready=False)
    deciding.let_in(programme, [other.person], "опыт", DAY, None)
    certificate = recipes.certificate(recipes.own_course(programme), entry.person)
    certifying.revoke(certificate, "опечатка", DAY)
    certifying.issue(
        certificate.enrolment.course, [certificate.enrolment], datetime.date(2026, 11, 2), None
    )
    return programme


def test_s4_2_selection_and_training_come_back_from_the_file(full):
    first = json.loads(json.dumps(transfer.dump(full.school)))

    second = transfer.load(first)

    assert json.loads(json.dumps(transfer.dump(second))) == first
    programme = second.programmes.get()
    assert programme.sheets.get().scores.get().value == 4
    assert programme.waivers.get().reason == "опыт"
    assert [c.number for c in second.certificates.all()] == ["1/2026", "2/2026"]
    people = [entry.person for entry in programme.mentors.all()]
    assert not any(ready_to_lead(programme, people, DAY).values())


def test_s4_2_numbers_go_on_after_loading(full):
    second = transfer.load(json.loads(json.dumps(transfer.dump(full.school))))
    programme = second.programmes.get()
    who = recipes.mentor_in_base(programme).person

    next_one = recipes.certificate(recipes.own_course(programme, days=["2026-11-05"]), who)

    assert next_one.number == "3/2026"


@pytest.mark.parametrize(
    "damage",
    [
        lambda p: p["selection"]["sheets"][0]["points"].update(c1=9),
        lambda p: p["selection"]["decisions"][0].update(reason=""),
        lambda p: p["courses"][0].update(ended_on="2026-01-01"),
    ],
)
def test_s4_2_a_damaged_file_is_refused_whole(full, damage):
    data = json.loads(json.dumps(transfer.dump(full.school)))
    damage(data["programmes"][0])

    with pytest.raises(transfer.Damaged):
        transfer.load(data)

    assert School.objects.count() == 1 and Certificate.objects.count() == 2


def test_a_file_without_these_rooms_loads(programme):
    data = json.loads(json.dumps(transfer.dump(programme.school)))
    assert "selection" not in data["programmes"][0] and "courses" not in data["programmes"][0]

    assert transfer.load(data).programmes.get().criteria.count() == 0
