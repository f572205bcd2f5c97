"""The meetings of a pair on its page."""

from django.utils import timezone

from pairs.formation.models import Pair
from pairs.meetings.sight import may_write, sees_mood, sees_words, shown
from pairs.panels import Panel
from programmes.access import Role
from programmes.models import User

SHOWN = 3


def panel(pair: Pair, user: User) -> Panel | None:
    """The latest and the coming meetings; nothing for a draft. Five queries at most."""
    if pair.is_draft:
        return None
    today = timezone.localdate()
    rows = pair.meetings.prefetch_related("steps", "absent").select_related("logged_by__person")
    ahead = list(rows.planned().order_by("held_on", "starts_at", "pk")[: SHOWN + 1])
    past = list(rows.exclude(state="planned").order_by("-held_on", "-starts_at", "-pk")[:SHOWN])
    return Panel(
        "pairs/meetings/panel.html",
        {
            "ahead": shown(user, pair, ahead),
            "past": shown(user, pair, past),
            "today": today,
            "may_write": may_write(user, pair),
            "sees_mood": sees_mood(user, pair),
            "sees_words": sees_words(user),
            "takes_ics": user.is_any(Role.CURATOR, Role.MENTOR, Role.MENTEE, Role.TEACHER),
        },
    )
