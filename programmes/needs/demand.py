"""What mentees ask for against what mentors can give, by category."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from programmes.needs.models import NeedCategory
from programmes.programme.models import Programme


@dataclass(frozen=True)
class Demand:
    """How many mentees ask for a category (``waiting``: of them without a pair or draft), and how
    many mentors offer it. ``category`` None counts the entries that name no category."""

    category: NeedCategory | None
    asked: int
    waiting: int
    offered: int

    @property
    def is_lacking(self) -> bool:
        """Somebody waits and nobody offers it."""
        return self.category is not None and self.waiting > 0 and self.offered == 0


def demand_and_supply(programme: Programme, day: datetime.date) -> list[Demand]:
    """The categories that somebody of either base names on ``day``, in their order; then those
    who name none. S2.2, S3.2, S4.1. Three queries, however large the bases are."""
    mentees, mentors = programme.mentees.ongoing_on(day), programme.mentors.ongoing_on(day)
    live = programme.pairs.exclude(state="ended").filter(
        mentees__person_id=OuterRef("person_id"), mentees__ended_on__isnull=True
    )
    asked, waiting, offered = Counter(), Counter(), Counter()
    for category, is_paired in mentees.values_list("categories", Exists(live)):
        asked[category] += 1
        waiting[category] += not is_paired
    for (category,) in mentors.values_list("categories"):
        offered[category] += 1
    keys = {*asked, *offered} - {None}
    named = NeedCategory.objects.filter(school=programme.school_id, pk__in=keys)
    return [
        Demand(category, asked[pk], waiting[pk], offered[pk])
        for category in [*named, None]
        if asked[pk := category and category.pk] or offered[pk]
    ]
