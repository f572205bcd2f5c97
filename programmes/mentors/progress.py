"""How far the mentor base is filled (S3.2)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from programmes.models import Mentor, Programme
from programmes.progress import BUSY, DONE, IDLE, Line, Step, count_of


def counts(day: datetime.date) -> dict[str, Any]:
    """How many are in the base on ``day``, and of how many nothing is known."""
    there = Mentor.objects.ongoing_on(day)
    return {
        "mentors_there": count_of(there),
        "mentors_without_words": count_of(there.filter(Q(competences="") & Q(categories=None))),
        "mentors_without_days": count_of(there.filter(Q(days=[]) & Q(times=""))),
    }


def steps(programme: Programme, counts: Mapping[str, Any], day: datetime.date) -> list[Step]:
    """Done when somebody is in the base and it is known of everybody in what they can help."""
    url = reverse("mentor-list", args=[programme.pk])
    there, silent = counts["mentors_there"], counts["mentors_without_words"]
    if not there:
        missing = (Line("База наставников пуста: внесите или загрузите людей", url),)
        return [Step("S3.2", IDLE, url, (), missing)]
    missing = []
    if silent:
        missing.append(
            Line(f"Не записано, чем поможет наставник: {silent}", f"{url}?category=none")
        )
    if counts["mentors_without_days"]:
        missing.append(Line(f"Не указано свободное время: {counts['mentors_without_days']}", url))
    state = BUSY if silent else DONE
    return [Step("S3.2", state, url, (f"в базе: {there}",), tuple(missing))]
