"""The materials of a pair on its page."""

from django.db.models import Prefetch

from pairs.formation.models import Pair
from pairs.library.models import Reading
from pairs.panels import Panel
from programmes.access import Role
from programmes.models import User


def sent_to(pair: Pair, user: User) -> list[tuple]:
    """What the pair got, each with whether the user is to say «прочитано». Two queries."""
    return told(pair.sendings.all(), pair, user)


def told(rows, pair: Pair, user: User) -> list[tuple]:
    readings = Prefetch("readings", Reading.objects.select_related("person"))
    is_mine = takes_part(pair, user)
    found = []
    for row in rows.select_related("item").prefetch_related(readings):
        is_read = any(one.person_id == user.person_id for one in row.readings.all())
        found.append((row, is_mine and not is_read))
    return found


def takes_part(pair: Pair, user: User) -> bool:
    periods = [*pair.mentors.all(), *pair.mentees.all()]
    return any(p.person_id == user.person_id and p.is_ongoing for p in periods)


def panel(pair: Pair, user: User) -> Panel | None:
    """What was sent to the pair; nothing for a draft."""
    if pair.is_draft:
        return None
    may_send = user.is_any(Role.CURATOR) and pair.is_confirmed
    rows = sent_to(pair, user)
    if not rows and not may_send:
        return None
    return Panel(
        "pairs/library/panel.html",
        {
            "rows": rows,
            "may_send": may_send,
            "opens_files": bool(user.roles - {Role.ADMINISTRATOR}),
            "sees_readers": user.is_any(Role.CURATOR, Role.DIRECTOR) or takes_part(pair, user),
        },
    )
