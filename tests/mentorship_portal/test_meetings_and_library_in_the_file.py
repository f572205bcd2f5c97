"""Meetings, what was put off and materials go into a school's file and come back. S6.1, S6.3."""

import json

import pytest

from mentorship_portal import transfer
from pairs.models import AttentionRules, LibraryItem, Meeting
from tests import recipes, recipes_meetings


@pytest.fixture
def full(programme):
    """A school with something of everything that the rooms keep."""
    recipes.draft_pair(programme)
    pair = recipes.confirmed_pair(programme)
    recipes_meetings.meeting(pair, "2026-11-12", done="Знакомство", mood=4)
    missed = recipes_meetings.meeting(pair, "2026-11-19", "missed", why="болел")
    missed.absent.set(pair.current_mentees)
    recipes_meetings.meeting(pair, "2026-12-01", "planned", starts_at="15:00", is_remote=True)
    recipes_meetings.postponed(pair)
    AttentionRules.objects.create(school=programme.school, silence_days=30, asks_next=False)
    item = recipes_meetings.item(programme.school, "Памятка")
    item.forms.set(programme.forms.filter(code="F1"))
    item.categories.set(programme.school.need_categories.all()[:1])
    item.file.save("file", recipes_meetings.small_pdf(), save=True)
    sending = recipes_meetings.sending(pair, item, note="к встрече")
    sending.readings.create(person=pair.mentor, read_on="2026-11-20")
    LibraryItem.objects.create(school=programme.school, title="Старое", is_used=False)
    return programme


def test_s6_1_s6_3_everything_comes_back_from_the_file(full):
    first = json.loads(json.dumps(transfer.dump(full.school)))

    second = transfer.load(first)

    assert json.loads(json.dumps(transfer.dump(second))) == first
    meetings = Meeting.objects.filter(pair__programme__school=second)
    assert {str(row.state) for row in meetings} == {"held", "missed", "planned"}
    assert meetings.get(state="missed").absent.count() == 1
    item = second.library.get(title="Памятка")
    assert item.sendings.get().readings.get().person.school == second
    assert item.file.read().startswith(b"%PDF-")


def test_s6_3_a_file_that_is_not_what_it_says_is_refused(full):
    data = json.loads(json.dumps(transfer.dump(full.school)))
    data["library"][0]["extension"] = "docx"

    with pytest.raises(transfer.Damaged, match="library"):
        transfer.load(data)
