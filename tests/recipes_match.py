"""Rows for tests of suggested pairs and agreements."""

from pairs.models import Agreement, Pair, Preference
from programmes.models import Person, Programme
from tests import recipes


def prefers(programme: Programme, side: str, person: Person, chosen: Person, rank: int = 1):
    """What one side says of another after a meeting; rank 0 is «not with this one»."""
    return Preference.objects.create(
        programme=programme, side=side, person=person, chosen=chosen, rank=rank
    )


def chose_each_other(programme: Programme, mentor: Person, mentee: Person, rank: int = 1) -> None:
    prefers(programme, "mentor", mentor, mentee, rank)
    prefers(programme, "mentee", mentee, mentor, rank)


def suggested_draft(programme: Programme, **fields) -> Pair:
    """A draft that the portal has suggested and nobody has locked."""
    pair = recipes.draft_pair(programme, **fields)
    pair.is_locked, pair.why = False, "общее время: вт"
    pair.save()
    return pair


def signed(pair: Pair, mentee: Person | None = None, **fields) -> Agreement:
    """The agreement of the pair's mentor with one mentee, signed on the first day of the pair."""
    return Agreement.objects.create(
        pair=pair,
        mentor=pair.mentor,
        mentee=mentee or pair.current_mentees[0],
        **({"signed_on": pair.started_on, "mentee_guardian": "Представитель А.И."} | fields),
    )
