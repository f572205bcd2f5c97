"""Stage 3: motivating mentors, from the catalogue to a mentor's card (S3.3, M1–M10)."""

import datetime

from django.urls import reverse
from django.utils import timezone

from programmes.access import Role
from programmes.motivation import progress
from programmes.progress import BUSY, DONE, IDLE, LATE, counted
from tests import recipes

TODAY = timezone.localdate


def step_of(programme):
    day = TODAY()
    counts = counted(programme, (progress,), day)
    return progress.steps(programme, counts, day)[0]


def test_s3_3_curator_plans_carries_out_and_the_mentor_sees_it(client_of, curator, school):
    programme = recipes.make_programme(
        school,
        started_on=TODAY() - datetime.timedelta(days=60),
        ended_on=TODAY() + datetime.timedelta(days=200),
    )
    mentor = recipes.mentor_in_base(programme, started_on=programme.started_on)
    assert step_of(programme).state == IDLE

    for measure in school.measures.all():  # every one of M1–M10 can be planned
        answer = curator.post(
            reverse("planned-measure-new", args=[programme.pk]),
            {
                "measure": measure.pk,
                "what": f"по мере {measure.code}",
                "ended_on": (TODAY() + datetime.timedelta(days=30)).isoformat(),
                "people": [mentor.person_id],
            },
        )
        assert answer.status_code == 302
    assert step_of(programme).state == BUSY and programme.planned_measures.count() == 10

    for one in programme.planned_measures.all():
        curator.post(
            reverse("planned-measure-done", args=[programme.pk, one.pk]),
            {"done_on": TODAY().isoformat(), "people": [mentor.person_id]},
        )

    assert step_of(programme).state == DONE
    card = curator.get(reverse("mentor-card", args=[programme.pk, mentor.pk])).content.decode()
    mine = client_of(Role.MENTOR, person=mentor.person)
    page = mine.get(reverse("my-measures", args=[programme.pk])).content.decode()
    for number in range(1, 11):
        assert f"по мере M{number}" in card and f"по мере M{number}" in page


def test_s3_3_late_measures_are_told_to_the_board(programme):
    recipes.planned_measure(programme, ended_on=TODAY() - datetime.timedelta(days=1))

    step = step_of(programme)

    assert step.state == LATE and "state=late" in step.late[0].url
