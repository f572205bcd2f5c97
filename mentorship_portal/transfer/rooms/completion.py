"""Awards, the final event, stories of pairs and the reserve (S6.6, S7.3–S7.5)."""

from mentorship_portal.transfer.rooms.of_pairs import keys_of, pairs_of
from mentorship_portal.transfer.rows import fields, made, taken
from pairs.models import Award, AwardRule, Case, FinalEvent, LetterText, ReserveEntry

RULE = ("title", "criterion", "threshold", "kind")
AWARD = ("kind", "reason", "facts", "state", "decided_on", "given_on", "why")
EVENT = ("title", "held_on", "place", "hosts", "agenda")
CASE = ("title", "text", "shows_names", "state", "published_on")
ENTRY = ("came_as", "started_on", "ended_on", "end_reason", "note")


class OfSchool:
    """The school's own words of letters; the reserve of those who came from no programme."""

    @staticmethod
    def dump(school, people) -> dict:
        texts = LetterText.objects.filter(school=school).order_by("pk")
        reserve = ReserveEntry.objects.filter(school=school, programme=None).order_by("pk")
        found = {
            "letter_texts": [fields(row, ("kind", "text")) for row in texts],
            "reserve": [_entry(row, people) for row in reserve],
        }
        return {name: listed for name, listed in found.items() if listed}

    @staticmethod
    def load(school, data, people, place) -> None:
        for number, row in enumerate(data.get("letter_texts", ()), 1):
            place[:] = ["letter_texts", str(number)]
            made(LetterText, school=school, **taken(row, ("kind", "text")))
        for number, row in enumerate(data.get("reserve", ()), 1):
            place[:] = ["reserve", str(number)]
            made(ReserveEntry, school=school, person=people[row["person"]], **taken(row, ENTRY))


class OfProgramme:
    """Scheme and awards, the final event, stories, who came into the reserve."""

    @staticmethod
    def dump(programme, people) -> dict:
        keys = keys_of(programme)
        rules = list(programme.award_rules.order_by("pk"))
        numbers = {rule.pk: number for number, rule in enumerate(rules, 1)}
        found = {
            "award_rules": [fields(rule, RULE) for rule in rules],
            "awards": [
                {
                    "person": people[row.person_id],
                    **({"pair": keys[row.pair_id]} if row.pair_id else {}),
                    **({"rule": numbers[row.rule_id]} if row.rule_id else {}),
                    **fields(row, AWARD),
                }
                for row in programme.awards.order_by("pk")
            ],
            "final_event": _event(programme, people, keys),
            "cases": [
                {"pair": keys[row.pair_id], **fields(row, CASE)}
                for row in programme.cases.order_by("pk")
            ],
            "reserve": [_entry(row, people) for row in programme.reserve_entries.order_by("pk")],
        }
        return {name: listed for name, listed in found.items() if listed}

    @staticmethod
    def load(programme, entry, people, place) -> None:
        names = ("award_rules", "awards", "final_event", "cases", "reserve")
        if not any(entry.get(name) for name in names):
            return
        pairs = pairs_of(programme, entry)
        rules = []
        for number, row in enumerate(entry.get("award_rules", ()), 1):
            place[2:] = ["award_rules", str(number)]
            rules.append(made(AwardRule, programme=programme, **taken(row, RULE)))
        for number, row in enumerate(entry.get("awards", ()), 1):
            place[2:] = ["awards", str(number)]
            made(
                Award,
                programme=programme,
                person=people[row["person"]],
                pair=pairs[row["pair"]] if "pair" in row else None,
                rule=rules[row["rule"] - 1] if "rule" in row else None,
                **taken(row, AWARD),
            )
        if "final_event" in entry:
            place[2:] = ["final_event"]
            row = entry["final_event"]
            event = made(
                FinalEvent,
                programme=programme,
                responsible=people[row["responsible"]] if "responsible" in row else None,
                **taken(row, (*EVENT, "starts_at")),
            )
            event.pairs.set([pairs[key] for key in row.get("pairs", ())])
        for number, row in enumerate(entry.get("cases", ()), 1):
            place[2:] = ["cases", str(number)]
            made(Case, programme=programme, pair=pairs[row["pair"]], **taken(row, CASE))
        for number, row in enumerate(entry.get("reserve", ()), 1):
            place[2:] = ["reserve", str(number)]
            made(
                ReserveEntry,
                school=programme.school,
                programme=programme,
                person=people[row["person"]],
                **taken(row, ENTRY),
            )


def _entry(row: ReserveEntry, people) -> dict:
    return {"person": people[row.person_id], **fields(row, ENTRY)}


def _event(programme, people, keys) -> dict:
    event = FinalEvent.objects.filter(programme=programme).first()
    if event is None:
        return {}
    data = fields(event, EVENT)
    if event.starts_at:
        data["starts_at"] = f"{event.starts_at:%H:%M}"
    if event.responsible_id:
        data["responsible"] = people[event.responsible_id]
    if pairs := sorted(event.pairs.values_list("pk", flat=True)):
        data["pairs"] = [keys[pk] for pk in pairs]
    return data
