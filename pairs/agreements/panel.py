"""The agreements of a pair on its page (D10)."""

from pairs.agreements.signing import rows_of
from pairs.formation.models import Pair
from programmes.access import Role
from programmes.school.models import User


def panel(pair: Pair, user: User):
    """What is signed and what is not: for the office and for the mentor of the pair."""
    from pairs.panels import Panel

    is_office = user.is_any(Role.CURATOR, Role.DIRECTOR)
    is_mentor = (
        user.person_id is not None
        and pair.mentor is not None
        and (pair.mentor.pk == user.person_id)
    )
    if not pair.is_confirmed or not (is_office or is_mentor):
        return None
    rows = list(rows_of([pair]))
    return Panel(
        "pairs/agreements/panel.html",
        {"rows": rows, "is_office": is_office, "may_print": is_office},
    )
