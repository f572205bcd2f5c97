"""Suggesting pairs in a programme: weights, declined suggestions; signed agreements of a pair."""

from mentorship_portal.transfer.rows import fields, made, taken
from pairs.formation.matching import DEFAULTS
from pairs.models import Agreement, DeclinedSuggestion, MatchWeights

DECLINED = ("reason", "declined_on", "by_name")
AGREEMENT = ("signed_on", "mentee_guardian", "mentor_guardian")


def dump(programme, people) -> dict:
    weights = MatchWeights.objects.filter(programme=programme).first()
    declined = [
        {
            "mentor": people[row.mentor_id],
            "mentee": people[row.mentee_id],
            **fields(row, DECLINED),
        }
        for row in programme.declined_suggestions.order_by("pk")
    ]
    data = {"match_weights": weights.values} if weights else {}
    return data | ({"declined_suggestions": declined} if declined else {})


def load(programme, entry, people, place) -> None:
    if "match_weights" in entry:
        place[2:] = ["match_weights"]
        values = taken(entry["match_weights"], tuple(DEFAULTS))
        made(MatchWeights, programme=programme, **values)
    for number, row in enumerate(entry.get("declined_suggestions", ()), 1):
        place[2:] = ["declined_suggestions", str(number)]
        made(
            DeclinedSuggestion,
            programme=programme,
            mentor=people[row["mentor"]],
            mentee=people[row["mentee"]],
            **taken(row, DECLINED),
        )


def dump_pair(pair, people) -> dict:
    """What a pair's own record holds: agreements, where any is signed."""
    rows = [
        {
            "mentor": people[row.mentor_id],
            "mentee": people[row.mentee_id],
            **fields(row, AGREEMENT),
        }
        for row in pair.agreements.order_by("pk")
    ]
    return {"agreements": rows} if rows else {}


def load_pair(pair, record, people) -> None:
    for row in record.get("agreements", ()):
        made(
            Agreement,
            pair=pair,
            mentor=people[row["mentor"]],
            mentee=people[row["mentee"]],
            **taken(row, AGREEMENT),
        )
