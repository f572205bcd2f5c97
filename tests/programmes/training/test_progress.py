"""What selection and training tell the board. S4.1, S4.2."""

import datetime
import json

from mentorship_portal import demo, transfer
from programmes.models import Rules
from programmes.progress import BUSY, DONE, IDLE, LATE, counted
from programmes.readiness import ready_to_lead
from programmes.selection import deciding
from programmes.selection import progress as selection
from programmes.training import progress as training
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def steps(programme, day=DAY):
    counts = counted(programme, (selection, training), day)
    return [*selection.steps(programme, counts, day), *training.steps(programme, counts, day)]


def test_s4_1_an_empty_programme_says_what_to_begin_with(programme):
    first, second = steps(programme)

    assert (first.row, first.state, second.row, second.state) == ("S4.1", IDLE, "S4.2", IDLE)
    assert any("Критерии" in line.text for line in first.missing)
    assert any("Курса" in line.text for line in second.missing)


def test_s4_2_the_demonstration_is_done_after_its_course(db):
    data = json.loads(demo.FILE.read_text(encoding="utf-8"))
    programme = transfer.load(data).programmes.get()

    assert [step.state for step in steps(programme)] == [DONE, DONE]
    before = steps(programme, datetime.date(2026, 10, 29))
    assert before[1].state == LATE or before[1].state == BUSY
    assert "0 из 9" in before[1].facts[0]


def test_s4_2_only_the_last_decision_counts(programme, django_assert_num_queries):
    recipes.mentor_in_base(programme)
    gone = recipes.mentor_in_base(programme)
    recipes.selected(programme, gone.person, outcome="rejected", decided_on=DAY)
    recipes.mentor_in_base(programme, is_ready=False)
    recipes.own_course(programme)

    with django_assert_num_queries(1):
        counts = counted(programme, (selection, training), DAY)

    assert (counts["mentors_in_base"], counts["mentors_ready"]) == (3, 1)
    assert counts["candidates_decided"] == 2 and counts["sessions_unmarked"] == 3
    assert training.steps(programme, counts, DAY)[0].state == LATE


def test_s4_2_the_board_counts_as_ready_whom_the_gate_lets_through(programme, school):
    """Ready by training, by leave, by neither; leave ended by a later decision; the rule off."""
    people = [recipes.mentor_in_base(programme, is_ready=n == 0).person for n in range(4)]
    early, later = datetime.date(2026, 9, 20), datetime.date(2026, 10, 20)
    for who in people[1:3]:
        recipes.selected(programme, who, outcome="reserve", decided_on=early)
        deciding.let_in(programme, [who], "обучен в институте", early, None)
    deciding.decide(programme, [people[2]], "rejected", "отказ", later, None)

    for _ in range(2):
        lacking = ready_to_lead(programme, people, DAY)
        ready = sum(not words for words in lacking.values())
        assert counted(programme, (training,), DAY)["mentors_ready"] == ready
        Rules.objects.update_or_create(school=school, defaults={"asks_training": False})
    assert ready == 4
