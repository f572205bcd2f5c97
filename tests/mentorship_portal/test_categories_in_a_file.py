"""Categories of entries in the file of a school: pupils and teachers may share a title."""

import pytest

from mentorship_portal.transfer.reading import load
from mentorship_portal.transfer.writing import dump
from programmes.models import NeedCategory
from tests import recipes


@pytest.mark.parametrize("audience", ["pupil", "teacher"])
def test_same_title_of_pupils_and_of_teachers_is_told_apart(school, programme, audience):
    for one in ("pupil", "teacher"):
        NeedCategory.objects.create(school=school, title="общее", audience=one)
    entry = recipes.mentee_in_base(programme)
    entry.categories.set(school.need_categories.filter(title="общее", audience=audience))
    written = dump(school)

    again = load(written)

    there = again.programmes.get().mentees.get().categories.get()
    assert (there.title, there.audience) == ("общее", audience)
    assert dump(again) == written


def test_older_file_names_titles_only(school, programme):
    recipes.mentee_in_base(programme)
    written = dump(school)
    written["programmes"][0]["mentees"][0]["categories"] = ["спорт"]

    again = load(written)

    assert again.programmes.get().mentees.get().categories.get().title == "спорт"
