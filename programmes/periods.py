"""From–to dates instead of flags, so that a report for last March stays true."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programmes.text import Record


class PeriodQuerySet(models.QuerySet):
    """Questions about periods, in words. Both ends of a period belong to it."""

    def ongoing_on(self, date: datetime.date):
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=date), started_on__lte=date)

    def ongoing(self):
        return self.ongoing_on(timezone.localdate())

    def overlapping_with(self, started_on: datetime.date, ended_on: datetime.date | None):
        found = self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=started_on))
        return found if ended_on is None else found.filter(started_on__lte=ended_on)


class Period(Record):
    """Something that holds from one day to another, the last day included; open while it lasts."""

    started_on = models.DateField("с")
    ended_on = models.DateField("по", null=True, blank=True)
    end_reason = models.CharField("причина окончания", max_length=300, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="Дата окончания раньше даты начала.",
            )
        ]

    @property
    def is_ongoing(self) -> bool:
        today = timezone.localdate()
        return self.started_on <= today and (self.ended_on is None or self.ended_on >= today)

    def end(self, on: datetime.date, reason: str = "") -> None:
        """Close the period on ``on`` (its last day)."""
        if on < self.started_on:
            raise ValidationError("Дата окончания раньше даты начала.")
        self.ended_on, self.end_reason = on, reason
        self.save()
