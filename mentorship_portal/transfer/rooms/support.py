"""Support cases of those without a pair, and petitions for another partner. S5.2, S6.1.

What a psychologist noted of a contact is not in the file: it is that psychologist's alone.
"""

from mentorship_portal.transfer.rooms.of_pairs import keys_of, pairs_of
from mentorship_portal.transfer.rows import fields, made, taken
from pairs.models import Petition, SupportCase, SupportContact

CASE = ("started_on", "ended_on", "end_reason", "conclusion", "concluded_on", "is_search_on")
CONTACT = ("held_on", "way")
PETITION = ("side", "text", "state", "answer", "made_on", "decided_on")


def dump(programme, people) -> dict:
    keys = keys_of(programme)
    cases = programme.support_cases.order_by("pk").prefetch_related("contacts")
    petitions = Petition.objects.filter(pair__programme=programme).order_by("pk")
    found = {
        "support_cases": [
            {
                "person": people[case.person_id],
                "psychologist": people[case.psychologist_id],
                **fields(case, CASE),
                "is_search_on": case.is_search_on,
                "contacts": [fields(contact, CONTACT) for contact in case.contacts.all()],
            }
            for case in cases
        ],
        "petitions": [
            {
                "pair": keys[row.pair_id],
                "author": people[row.author_id],
                **fields(row, PETITION),
            }
            for row in petitions
        ],
    }
    return {name: listed for name, listed in found.items() if listed}


def load(programme, entry, people, place) -> None:
    for number, row in enumerate(entry.get("support_cases", ()), 1):
        place[2:] = ["support_cases", str(number)]
        case = made(
            SupportCase,
            programme=programme,
            person=people[row["person"]],
            psychologist=people[row["psychologist"]],
            **taken(row, CASE),
        )
        for contact in reversed(row.get("contacts", ())):
            made(SupportContact, case=case, **taken(contact, CONTACT))
    if entry.get("petitions"):
        pairs = pairs_of(programme, entry)
        for number, row in enumerate(entry["petitions"], 1):
            place[2:] = ["petitions", str(number)]
            author = people[row["author"]]
            made(Petition, pair=pairs[row["pair"]], author=author, **taken(row, PETITION))
