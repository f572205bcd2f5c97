"""What mentees ask for against what mentors can give, by category."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

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
    by_category = mentees.annotate(is_paired=Exists(live)).values_list("categories", "is_paired")
    for category, is_paired, number in by_category.annotate(number=Count("pk")).order_by():
        asked[category] += number
        waiting[category] += 0 if is_paired else number
    by_category = mentors.values_list("categories").annotate(number=Count("pk")).order_by()
    for category, number in by_category:
        offered[category] += number
    keys = {*asked, *offered} - {None}
    named = NeedCategory.objects.filter(school=programme.school_id, pk__in=keys)
    return [
        Demand(category, asked[pk], waiting[pk], offered[pk])
        for category in [*named, None]
        if asked[pk := category and category.pk] or offered[pk]
    ]
