"""The demonstration school's council, project group and plan are those of the acceptance papers."""

import datetime
import json
from pathlib import Path

import pytest

from documents import wording
from mentorship_portal import demo, transfer
from programmes.council.models import chair_on, council_on, secretary_on
from programmes.preparation import progress
from programmes.preparation.models import group_on
from programmes.progress import DONE, counted

DOC3 = Path(__file__).parents[2] / "documents/acceptance/doc3.txt"
MEETING = datetime.date(2026, 10, 9)


@pytest.fixture
def school(db):
    return transfer.load(json.loads(demo.FILE.read_text(encoding="utf-8")))


def test_d3_annex_is_word_for_word(school):
    items = school.programmes.get().plan_items.of("implementation")
    lines = [
        "; ".join(
            (
                str(number),
                item.title,
                wording.period_in_words(item.started_on, item.ended_on),
                ", ".join(wording.plain(person.short_name) for person in item.responsible.all()),
                item.result,
            )
        )
        for number, item in enumerate(items, 1)
    ]

    assert lines == DOC3.read_text(encoding="utf-8").splitlines()[-7:]


def test_d2_council_of_the_meeting(school):
    members = [wording.plain(member.person.short_name) for member in council_on(school, MEETING)]

    assert members == [
        "Гладких Д.О.", "Дашинимаев Б.Ц.", "Доржиева С.Б.", "Кваша П.И.", "Намдаков А.Б.",
        "Непомнящая О.Ф.", "Осадчая Е.В.", "Очирова Г.Ц.", "Тимофеева-Цыренова С.Д.",
        "Цырендоржиева Д.Б.", "Черных А.С.", "Шевченко А.О.",
    ]  # fmt: skip
    assert chair_on(school, MEETING).surname == "Очирова"
    assert secretary_on(school, MEETING).surname == "Шевченко"
    assert council_on(school, datetime.date(2026, 8, 31)) == []


def test_s1_3_to_s1_5_are_complete(school):
    programme, day = school.programmes.get(), datetime.date(2026, 11, 25)
    found = progress.steps(programme, counted(programme, [progress], day), day)

    assert [(step.row, step.state, step.missing) for step in found] == [
        (row, DONE, ()) for row in ("S1.3", "S1.4", "S1.5")
    ]


def test_d1_project_group_in_the_order_of_the_paper(school):
    members = group_on(school.programmes.get(), datetime.date(2026, 9, 21))

    assert [(member.person.surname, member.is_leader) for member in members] == [
        ("Доржиева", True), ("Черных", False), ("Шевченко", False), ("Цырендоржиева", False),
    ]  # fmt: skip
