"""What the board hears of the two bases (S2.2, S3.2)."""

import datetime

from programmes.mentees import progress as mentees
from programmes.mentors import progress as mentors
from programmes.progress import BUSY, DONE, IDLE, LATE, counted
from tests import recipes

DAY = datetime.date(2026, 10, 1)


def steps(programme, day=DAY):
    counts = counted(programme, (mentees, mentors), day)
    return {s.row: s for room in (mentees, mentors) for s in room.steps(programme, counts, day)}


def test_s2_2_and_s3_2_empty_bases_say_what_to_do_and_get_late(programme):
    found = steps(programme)
    assert (found["S2.2"].state, found["S3.2"].state) == (IDLE, IDLE)
    assert found["S2.2"].missing and found["S3.2"].missing
    assert steps(programme, datetime.date(2027, 1, 15))["S2.2"].state == LATE


def test_s2_2_base_is_done_when_everybody_has_a_request(programme):
    birth = datetime.date(2013, 1, 1)
    entry = recipes.mentee_in_base(programme, recipes.pupil(programme.school, birth_date=birth))
    assert steps(programme)["S2.2"].state == BUSY

    entry.categories.add(programme.school.need_categories.first())

    assert steps(programme)["S2.2"].state == DONE and not steps(programme)["S2.2"].missing


def test_s3_2_base_tells_of_whom_nothing_is_known(programme):
    recipes.mentor_in_base(programme)
    assert steps(programme)["S3.2"].state == BUSY
    programme.mentors.update(competences="шахматы", days=[2])
    found = steps(programme)["S3.2"]
    assert found.state == DONE and not found.missing


def test_one_query_counts_both_bases(programme, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted(programme, (mentees, mentors), DAY)
