"""What the board hears of informing and applications, in one query. S1.2, S2.1, S2.2, S3.1."""

import datetime

from programmes.applications import progress as applications
from programmes.informing import progress as informing
from programmes.models import Announcement
from programmes.progress import BUSY, DONE, IDLE, counted
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def steps_of(programme) -> dict:
    counts = counted(programme, (informing, applications), DAY)
    found = [*informing.steps(programme, counts, DAY), *applications.steps(programme, counts, DAY)]
    return {step.row: step for step in found}


def test_nothing_is_begun_and_each_line_leads_to_its_page(programme, curator):
    steps = steps_of(programme)

    assert {step.state for step in steps.values()} == {IDLE}
    for step in steps.values():
        for line in (*step.missing, *step.late):
            assert curator.get(line.url).status_code == 200


def test_s1_2_is_done_when_people_are_told_and_have_answered(programme):
    recipes.announcement(programme, stage=1)
    Announcement.objects.update(state="published", published_on=DAY)
    recipes.application(programme, purpose="preliminary")
    assert steps_of(programme)["S1.2"].state == DONE
    assert "ждут решения: 1" in steps_of(programme)["S1.2"].missing[0].text


def test_s2_1_tells_who_has_not_been_told(programme):
    recipes.announcement(programme, stage=2, audience="parents", state="published",
                         published_on=DAY)  # fmt: skip

    step = steps_of(programme)["S2.1"]

    assert step.state == BUSY
    assert [line.text.split(": ")[1] for line in step.missing] == ["педагоги", "обучающиеся"]


def test_s2_2_counts_waiting_and_late(programme, django_assert_num_queries):
    recipes.application(programme)
    old = recipes.application(programme)
    type(old).objects.filter(pk=old.pk).update(
        created_at=datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC)
    )
    type(old).objects.exclude(pk=old.pk).update(
        created_at=datetime.datetime(2026, 11, 8, tzinfo=datetime.UTC)
    )

    step = steps_of(programme)["S2.2"]

    assert step.missing[0].text == "заявок ждут решения: 2"
    assert step.late[0].text.endswith("дней: 1")
    with django_assert_num_queries(1):
        steps_of(programme)
