"""What of the meetings of a pair a user sees, and what the user may change. S6.1."""

from pairs.formation.models import Pair
from pairs.meetings.models import Meeting
from programmes.access import Role
from programmes.models import User


def sees_mood(user: User, pair: Pair) -> bool:
    """How a meeting went is between the mentor and the curator."""
    if user.is_any(Role.CURATOR):
        return True
    mentor = pair.mentor
    return mentor is not None and mentor.pk == user.person_id


def sees_words(user: User) -> bool:
    """What was done is not for experts from outside: they see that and when pairs meet."""
    return bool(user.roles - {Role.EXPERT, Role.ADMINISTRATOR})


def may_write(user: User, pair: Pair) -> bool:
    if user.is_any(Role.CURATOR):
        return not pair.is_draft
    return pair.is_confirmed and sees_mood(user, pair)


def may_change(user: User, meeting: Meeting, pair: Pair) -> bool:
    if not may_write(user, pair):
        return False
    is_settled = meeting.is_held or meeting.is_missed
    return not is_settled or user.is_any(Role.CURATOR) or meeting.logged_by_id == user.pk


def shown(user: User, pair: Pair, meetings) -> list[tuple[Meeting, bool]]:
    """Meetings, each with whether the user may change it."""
    return [(meeting, may_change(user, meeting, pair)) for meeting in meetings]
