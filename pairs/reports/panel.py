"""Reports of the mentors on the page of a pair (D12)."""

from django.utils import timezone

from pairs.formation.models import Pair
from pairs.panels import Panel
from pairs.reports.models import ReportKind, terms_of
from programmes.access import Role
from programmes.models import User


def panel(pair: Pair, user: User) -> Panel | None:
    """For the curator and the mentors themselves. Two queries."""
    if pair.is_draft:
        return None
    office = user.is_any(Role.CURATOR)
    mentors = {p.person_id: p.person for p in pair.mentors.all()}
    shown = [p for p in mentors.values() if office or p.pk == user.person_id]
    if not shown:
        return None
    stored = {(r.mentor_id, r.kind): r for r in pair.reports.all()}
    terms = terms_of(pair.programme)
    current = pair.mentor
    rows = [
        (mentor, kind, ReportKind(kind).label, stored.get((mentor.pk, kind)), terms[kind])
        for mentor in shown
        for kind in ReportKind.values
        if (mentor.pk, kind) in stored or mentor == current
    ]
    context = {"rows": rows, "today": timezone.localdate(), "has_names": len(shown) > 1}
    return Panel("pairs/reports/panel.html", context)
