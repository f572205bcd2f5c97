"""Measures and the richer bases travel with a school's file (S3.2, S3.3)."""

import datetime
import json

from mentorship_portal import transfer
from tests import recipes


def test_bases_and_measures_survive_dump_and_load(programme):
    school = programme.school
    entry = recipes.mentor_in_base(programme, achievements="кубок", days=[2], age_from=10)
    entry.categories.add(school.need_categories.first())
    done = recipes.planned_measure(
        programme, people=[entry.person], cost="1200.50", state="done",
        done_on=datetime.date(2026, 11, 9), result="вручены",
    )  # fmt: skip
    done.given.create(
        programme=programme, measure=done.measure, person=entry.person,
        given_on=done.done_on, what=done.what,
    )  # fmt: skip
    recipes.planned_measure(programme, code="M9")
    school.measures.filter(code="M1").update(is_used=False, title="Форум")

    data = json.loads(json.dumps(transfer.dump(school), default=str))
    again = transfer.dump(transfer.load(data))

    assert json.loads(json.dumps(again, default=str)) == data
    assert data["programmes"][0]["given_measures"][0]["planned"] == 1


def test_file_without_measures_gets_the_ten_of_the_instruction(programme):
    data = json.loads(json.dumps(transfer.dump(programme.school), default=str))
    del data["measures"]
    for key in ("planned_measures", "given_measures"):
        del data["programmes"][0][key]

    loaded = transfer.load(data)

    assert loaded.measures.count() == 10 and not loaded.programmes.get().planned_measures.exists()
