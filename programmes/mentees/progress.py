"""How far the mentee base is filled (S2.2)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from programmes.models import Mentee, Programme
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict[str, Any]:
    """How many are in the base on ``day``, and how many of them without a request."""
    there = Mentee.objects.ongoing_on(day)
    return {
        "mentees_there": count_of(there),
        "mentees_without_need": count_of(there.filter(Q(need="") & Q(categories=None))),
    }


def steps(programme: Programme, counts: Mapping[str, Any], day: datetime.date) -> list[Step]:
    """Done when somebody is in the base and everybody there has said what they ask for."""
    url = reverse("mentee-list", args=[programme.pk])
    there, silent = counts["mentees_there"], counts["mentees_without_need"]
    if not there:
        is_late = day > programme.started_on + datetime.timedelta(days=60)
        missing = (Line("База наставляемых пуста: внесите или загрузите людей", url),)
        return [Step("S2.2", LATE if is_late else IDLE, url, (), missing)]
    facts = (f"в базе: {there}",)
    if not silent:
        return [Step("S2.2", DONE, url, facts)]
    missing = (Line(f"Не записан запрос: {silent}", f"{url}?category=none"),)
    return [Step("S2.2", BUSY, url, facts, missing)]
