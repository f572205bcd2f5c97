"""Whether the pairs meet, for the board: the meetings' part of S6.1."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from pairs.formation.models import Pair
from pairs.meetings.models import Meeting
from programmes.progress import BUSY, DONE, IDLE, Step, count_of


def counts(day: datetime.date) -> dict:
    held = Meeting.objects.held()
    met = Pair.objects.confirmed().filter(Exists(held.filter(pair=OuterRef("pk"))))
    return {
        "meetings_held": count_of(held, "pair__programme"),
        "meetings_ahead": count_of(
            Meeting.objects.planned().filter(held_on__gte=day), "pair__programme"
        ),
        "pairs_that_met": count_of(met),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    pairs, met = counts["confirmed_pairs"], counts["pairs_that_met"]
    facts = (
        f"встреч прошло: {counts['meetings_held']}",
        f"впереди: {counts['meetings_ahead']}",
        f"встречались пары: {met} из {pairs}",
    )
    state = IDLE if not counts["meetings_held"] else DONE if met >= pairs else BUSY
    return [Step("S6.1", state, reverse("programme-calendar", args=[programme.pk]), facts)]
