"""Categories of needs, in their order."""

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import NeedCategory

FIELDS = ("title", "audience", "is_used")


def dump(school, people) -> dict:
    return {
        "need_categories": [
            fields(category, FIELDS) for category in school.need_categories.order_by("position")
        ]
    }


def load(school, data, people, place) -> None:
    if "need_categories" not in data:
        NeedCategory.create_for(school)
        return
    for number, entry in enumerate(data["need_categories"], 1):
        place[:] = ["need_categories", str(number)]
        made(NeedCategory, school=school, position=number, **taken(entry, FIELDS))
