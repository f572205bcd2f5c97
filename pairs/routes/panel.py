"""Format, strengths and routes on the page of a pair (S6.1, S6.2)."""

from django.db.models import Count, Q
from django.utils import timezone

from pairs.formation.models import Pair
from pairs.panels import Panel
from pairs.routes.models import Route
from programmes.access import Role
from programmes.models import User


def panel(pair: Pair, user: User) -> Panel | None:
    """Nothing for a draft and for experts from outside. Four queries."""
    if pair.is_draft or not user.roles - {Role.EXPERT, Role.ADMINISTRATOR}:
        return None
    may_write = Pair.objects.led_by(user).filter(pk=pair.pk).exists()
    today = timezone.localdate()
    routes = {
        route.mentee_id: route
        for route in Route.objects.visible_to(user)
        .filter(pair=pair)
        .select_related("mentee")
        .annotate(
            number=Count("steps", filter=~Q(steps__state="dropped")),
            done=Count("steps", filter=Q(steps__state="done")),
            late=Count("steps", filter=Q(steps__state="planned", steps__due_on__lt=today)),
        )
    }
    sees_all = may_write or user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST)
    written = {row.person_id: row for row in pair.strengths.all()}
    people = [p for p in [pair.mentor, *pair.current_mentees] if p]
    shown = [p for p in people if sees_all or p.pk == user.person_id]
    mentees = [p for p in pair.current_mentees if sees_all or p.pk == user.person_id]
    rows = [(person, routes.get(person.pk)) for person in mentees]
    return Panel(
        "pairs/routes/panel.html",
        {
            "routes": rows,
            "strengths": [(person, written.get(person.pk)) for person in shown],
            "may_write": may_write,
            "may_begin": may_write and pair.is_confirmed and any(not route for _, route in rows),
            "own": user.person_id,
        },
    )
