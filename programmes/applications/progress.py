"""How many applications have come and wait: S2.2 for mentees, S3.2 for mentors."""

import datetime

from django.urls import reverse

from programmes.applications.models import Application, Purpose
from programmes.progress import BUSY, DONE, IDLE, Line, Step, count_of

LATE_DAYS = 7  # an application that waits longer is late
ROWS = {Purpose.MENTEE: "S2.2", Purpose.MENTOR: "S3.2"}


def counts(day: datetime.date) -> dict:
    """All, waiting and long waiting applications of both purposes."""
    late = day - datetime.timedelta(days=LATE_DAYS)
    expressions = {}
    for purpose in ROWS:
        rows = Application.objects.filter(purpose=purpose)
        waiting = rows.filter(state=Application.State.WAITING)
        expressions[f"applied_{purpose}"] = count_of(rows)
        expressions[f"waiting_{purpose}"] = count_of(waiting)
        expressions[f"late_{purpose}"] = count_of(waiting.filter(created_at__date__lt=late))
    return expressions


def steps(programme, counts, day) -> list[Step]:
    """What waits in the inbox; being done means that nothing waits."""
    return [_step(programme, counts, purpose) for purpose in ROWS]


def _step(programme, counts, purpose: Purpose) -> Step:
    url = f"{reverse('application-list', args=[programme.pk])}?purpose={purpose.value}"
    applied, waiting = counts[f"applied_{purpose}"], counts[f"waiting_{purpose}"]
    late = counts[f"late_{purpose}"]
    state = BUSY if waiting else DONE if applied else IDLE
    facts = (f"заявок: {applied}",) if applied else ()
    missing = (Line(f"заявок ждут решения: {waiting}", url),) if waiting else ()
    overdue = (Line(f"заявок ждут дольше {LATE_DAYS} дней: {late}", url),) if late else ()
    return Step(ROWS[purpose], state, url, facts, missing, overdue)
