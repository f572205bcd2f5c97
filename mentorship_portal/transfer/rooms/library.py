"""The library of materials, which pair got what, and who has read it. S6.3."""

import base64

from django.core.files.base import ContentFile

from mentorship_portal.transfer.rooms.of_pairs import keys_of, pairs_of
from mentorship_portal.transfer.rows import fields, made, taken
from pairs.library.checking import TYPES, checked_file
from pairs.models import LibraryItem, Reading, Sending

ITEM = ("title", "about", "link", "file_title", "extension")
SENDING = ("sent_on", "note")


class OfSchool:
    """Materials in the order in which they came, with their files."""

    @staticmethod
    def dump(school, people) -> dict:
        rows = school.library.order_by("pk").prefetch_related("forms", "categories")
        listed = [_item(row) for row in rows]
        return {"library": listed} if listed else {}

    @staticmethod
    def load(school, data, people, place) -> None:
        for number, row in enumerate(data.get("library", ()), 1):
            place[:] = ["library", str(number)]
            is_used = row.get("is_used", True)
            item = made(LibraryItem, school=school, is_used=is_used, **taken(row, ITEM))
            item.forms.set([school.forms.get(code=code) for code in row.get("forms", ())])
            item.categories.set(
                school.need_categories.get(audience=audience, title=title)
                for audience, title in row.get("categories", ())
            )
            if "content" in row:
                if item.extension not in TYPES:
                    raise ValueError(f"файлы вида «{item.extension}» не принимаются")
                content = base64.b64decode(row["content"], validate=True)
                named = ContentFile(content, name=f"file.{item.extension}")
                checked_file(named)
                item.file.save("file", ContentFile(content), save=True)


def _item(item: LibraryItem) -> dict:
    data = fields(item, ITEM)
    more = {
        "forms": sorted(form.code for form in item.forms.all()),
        "categories": [[one.audience, one.title] for one in item.categories.all()],
    }
    data |= {name: listed for name, listed in more.items() if listed}
    if not item.is_used:
        data["is_used"] = False
    if item.file:
        with item.file.open("rb") as file:
            data["content"] = base64.b64encode(file.read()).decode()
    return data


class OfProgramme:
    """What the pairs of the programme got."""

    @staticmethod
    def dump(programme, people) -> dict:
        pairs = keys_of(programme)
        rows = Sending.objects.filter(pair__programme=programme).select_related("item")
        listed = [
            {
                "item": row.item.title,
                "pair": pairs[row.pair_id],
                **fields(row, SENDING),
                "readings": [
                    {"person": people[one.person_id], "read_on": one.read_on.isoformat()}
                    for one in row.readings.all()
                ],
            }
            for row in rows.order_by("pk").prefetch_related("readings")
        ]
        for row in listed:
            if not row["readings"]:
                del row["readings"]
        return {"sendings": listed} if listed else {}

    @staticmethod
    def load(programme, entry, people, place) -> None:
        if not entry.get("sendings"):
            return
        pairs = pairs_of(programme, entry)
        items = {item.title: item for item in programme.school.library.all()}
        for number, row in enumerate(entry["sendings"], 1):
            place[2:] = ["sendings", str(number)]
            item, pair = items[row["item"]], pairs[row["pair"]]
            sending = made(Sending, item=item, pair=pair, **taken(row, SENDING))
            for one in row.get("readings", ()):
                read_on = one["read_on"]
                made(Reading, sending=sending, person=people[one["person"]], read_on=read_on)
