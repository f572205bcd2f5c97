"""How far the programme motivates its mentors (S3.3)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from programmes.models import GivenMeasure, PlannedMeasure, Programme
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict[str, Any]:
    """Planned measures by what became of them, those late on ``day``, and what was given."""
    state, rows = PlannedMeasure.State, PlannedMeasure.objects
    return {
        "measures_open": count_of(rows.filter(state=state.PLANNED)),
        "measures_done": count_of(rows.filter(state=state.DONE)),
        "measures_late": count_of(rows.filter(state=state.PLANNED, ended_on__lt=day)),
        "measures_given": count_of(GivenMeasure),
    }


def steps(programme: Programme, counts: Mapping[str, Any], day: datetime.date) -> list[Step]:
    """Done when something has been done for the mentors and nothing planned is left open."""
    url = reverse("motivation", args=[programme.pk])
    left, late = counts["measures_open"], counts["measures_late"]
    done, given = counts["measures_done"], counts["measures_given"]
    if not left and not done and not given:
        return [
            Step("S3.3", IDLE, url, (), (Line("Запланируйте, чем поддержать наставников", url),))
        ]
    facts = (f"мер проведено: {done}", f"в плане: {left}")
    late_lines = (Line(f"Меры мотивации просрочены: {late}", f"{url}?state=late"),) if late else ()
    state = LATE if late else BUSY if left else DONE
    return [Step("S3.3", state, url, facts, (), late_lines)]
