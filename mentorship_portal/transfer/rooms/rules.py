"""The rules of the school's programme."""

from mentorship_portal.transfer.rows import made, taken
from programmes.models import Rules

FIELDS = tuple(
    field.name for field in Rules._meta.concrete_fields if field.name not in ("id", "school")
)


def dump(school, people) -> dict:
    rules = Rules.objects.filter(school=school).first()
    return {"rules": {name: getattr(rules, name) for name in FIELDS}} if rules else {}


def load(school, data, people, place) -> None:
    if "rules" in data:
        place[:] = ["rules"]
        made(Rules, school=school, **taken(data["rules"], FIELDS))
