"""Class teachers, announcements, forms and applications go through a school's file."""

import json

from mentorship_portal import demo, transfer
from programmes.models import School
from tests import recipes

KEYS = ("announcements", "applications")


def test_what_is_dumped_is_loaded_again(db):
    data = json.loads(demo.FILE.read_text(encoding="utf-8"))
    first = transfer.dump(transfer.load(data))
    School.objects.all()

    second = transfer.dump(transfer.load(json.loads(json.dumps(first))))

    assert first["class_teachers"] == second["class_teachers"] != []
    before, after = first["programmes"][0], second["programmes"][0]
    for key in KEYS:
        assert before[key] == after[key] != [], key
    # Two schools of one portal never share a printed address.
    slugs = [{link["slug"] for link in one["application_links"]} for one in (before, after)]
    assert len(slugs[0]) == len(slugs[1]) == 3
    assert not slugs[0] & slugs[1]


def test_a_letter_and_a_decline_keep_their_words(school, programme):
    from programmes.models import ParentLetter

    ParentLetter.objects.create(programme=programme, text="Зовём {ребёнка}.")
    recipes.application(programme, state="declined", reason="рано", is_new_here=True, repeats=2)

    entry = transfer.dump(school)["programmes"][0]

    assert entry["parent_letter"] == "Зовём {ребёнка}."
    (application,) = entry["applications"]
    assert (application["reason"], application["repeats"]) == ("рано", 2)
