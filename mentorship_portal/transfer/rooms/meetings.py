"""Meetings of pairs, what was put off, and the school's days of attention. S6.1.

Secret addresses of calendars are not in the file, as passwords are not.
"""

from mentorship_portal.transfer.rooms.of_pairs import keys_of, pairs_of
from mentorship_portal.transfer.rows import fields, made, taken
from pairs.models import AttentionRules, Meeting, Postponed

MEETING = (
    *("held_on", "minutes", "place", "topic", "state", "done", "mood", "why", "logged_at"),
    "is_remote",
)
POSTPONED = ("reason", "until", "why")
RULES = ("first_meeting_days", "silence_days", "late_step_days", "worried_mood", "asks_next")


class OfSchool:
    """The days after which a pair is looked at."""

    @staticmethod
    def dump(school, people) -> dict:
        rules = AttentionRules.objects.filter(school=school).first()
        named = {name: getattr(rules, name) for name in RULES} if rules else {}
        return {"attention_rules": named} if named else {}

    @staticmethod
    def load(school, data, people, place) -> None:
        if "attention_rules" in data:
            place[:] = ["attention_rules"]
            made(AttentionRules, school=school, **taken(data["attention_rules"], RULES))


class OfProgramme:
    """Meetings with the ticked steps as [mentee, number in the route]; loaded after the routes."""

    @staticmethod
    def dump(programme, people) -> dict:
        pairs = keys_of(programme)
        rows = Meeting.objects.filter(pair__programme=programme).order_by("pk")
        rows = rows.prefetch_related("absent", "steps__route__steps")
        put_off = Postponed.objects.filter(pair__programme=programme).order_by("pk")
        found = {
            "meetings": [_meeting(row, pairs, people) for row in rows],
            "postponed": [
                {"pair": pairs[row.pair_id], **fields(row, POSTPONED)} for row in put_off
            ],
        }
        return {name: listed for name, listed in found.items() if listed}

    @staticmethod
    def load(programme, entry, people, place) -> None:
        if not entry.get("meetings") and not entry.get("postponed"):
            return
        pairs = pairs_of(programme, entry)
        for number, row in enumerate(entry.get("meetings", ()), 1):
            place[2:] = ["meetings", str(number)]
            pair = pairs[row["pair"]]
            meeting = made(Meeting, pair=pair, **taken(row, (*MEETING, "starts_at")))
            meeting.absent.set([people[key] for key in row.get("absent", ())])
            for key, step in row.get("steps", ()):
                route = pair.routes.get(mentee=people[key])
                meeting.steps.add(list(route.steps.all())[step - 1])
        for number, row in enumerate(entry.get("postponed", ()), 1):
            place[2:] = ["postponed", str(number)]
            made(Postponed, pair=pairs[row["pair"]], **taken(row, POSTPONED))


def _meeting(meeting: Meeting, pairs, people) -> dict:
    data = {"pair": pairs[meeting.pair_id], **fields(meeting, MEETING)}
    if not meeting.is_remote:
        del data["is_remote"]
    if meeting.starts_at:
        data["starts_at"] = f"{meeting.starts_at:%H:%M}"
    absent = sorted(people[person.pk] for person in meeting.absent.all())
    steps = sorted(
        [people[step.route.mentee_id], list(step.route.steps.all()).index(step) + 1]
        for step in meeting.steps.all()
    )
    more = {"absent": absent, "steps": steps}
    return data | {name: listed for name, listed in more.items() if listed}
