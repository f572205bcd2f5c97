"""Events for forming pairs, who was invited, whom they chose. S5.1.

Personal links are not in the file, as passwords are not.
"""

from mentorship_portal.transfer.rows import fields, made, taken
from pairs.models import Event, Invitation, Preference

EVENT = ("title", "held_on", "place", "plan", "preferences_until", "is_marked")
GUEST = ("side", "filled_at", "way")


def dump(programme, people) -> dict:
    events = list(programme.events.kept().order_by("pk"))
    numbers = {event.pk: number for number, event in enumerate(events, 1)}
    found = {
        "events": [
            {
                **fields(event, EVENT),
                "starts_at": f"{event.starts_at:%H:%M}",
                "invited": [
                    {"person": people[row.person_id], **fields(row, GUEST), **_came(row)}
                    for row in event.invitations.order_by("pk")
                ],
            }
            for event in events
        ],
        "preferences": [
            {
                "person": people[row.person_id],
                "side": row.side,
                "chosen": people[row.chosen_id],
                "rank": row.rank,
                **({"event": numbers[row.event_id]} if row.event_id in numbers else {}),
            }
            for row in programme.preferences.order_by("pk")
        ],
    }
    return {name: listed for name, listed in found.items() if listed}


def _came(row: Invitation) -> dict:
    return {} if row.attended is None else {"attended": row.attended}


def load(programme, entry, people, place) -> None:
    events = []
    for number, data in enumerate(entry.get("events", ()), 1):
        place[2:] = ["events", str(number)]
        event = made(Event, programme=programme, **taken(data, (*EVENT, "starts_at")))
        events.append(event)
        for row in data.get("invited", ()):
            place[4:] = ["invited", row["person"]]
            guest = taken(row, (*GUEST, "attended"))
            made(Invitation, event=event, person=people[row["person"]], **guest)
    for number, row in enumerate(entry.get("preferences", ()), 1):
        place[2:] = ["preferences", str(number)]
        made(
            Preference,
            programme=programme,
            event=events[row["event"] - 1] if row.get("event") else None,
            person=people[row["person"]],
            chosen=people[row["chosen"]],
            **taken(row, ("side", "rank")),
        )
