"""Announcements and the parents' letter of a programme."""

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import Announcement, ParentLetter

FIELDS = (
    *("stage", "audience", "grades", "ways", "title", "text", "started_on", "ended_on"),
    *("state", "published_on", "withdrawn_on"),
)


def dump(programme, people) -> dict:
    rows = programme.announcements.order_by("pk")
    letter = ParentLetter.objects.filter(programme=programme).first()
    return {
        "announcements": [fields(row, FIELDS) for row in rows],
        **({"parent_letter": letter.text} if letter else {}),
    }


def load(programme, entry, people, place) -> None:
    for number, row in enumerate(entry.get("announcements", ()), 1):
        place[2:] = ["announcements", str(number)]
        made(Announcement, programme=programme, **taken(row, FIELDS))
    if "parent_letter" in entry:
        place[2:] = ["parent_letter"]
        made(ParentLetter, programme=programme, text=entry["parent_letter"])
