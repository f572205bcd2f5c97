"""From–to dates instead of flags, so that a report for last March stays true."""

import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programmes.refusal import Refusal
from programmes.text import Record

PUT_RIGHT_FIRST = "Если дата в той записи неверна, откройте запись и исправьте дату."


class PeriodQuerySet(models.QuerySet):
    """Questions about periods, in words. Both ends of a period belong to it."""

    def ongoing_on(self, date: datetime.date):
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=date), started_on__lte=date)

    def ongoing(self):
        return self.ongoing_on(timezone.localdate())

    def overlapping_with(self, started_on: datetime.date, ended_on: datetime.date | None):
        found = self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=started_on))
        return found if ended_on is None else found.filter(started_on__lte=ended_on)

    def must_end_before(self, date: datetime.date) -> None:
        """Refusal, in words of the one that lasts longest, when one ended on ``date`` or later."""
        later = self.filter(ended_on__gte=date).order_by("-ended_on").first()
        if later is not None:
            raise Refusal(f"{later} {later.dates}: назовите более поздний день. {PUT_RIGHT_FIRST}")

    def must_leave_free(self, started_on: datetime.date, ended_on: datetime.date | None) -> None:
        """Refusal, in words of each period that shares a day with these dates."""
        others = self.overlapping_with(started_on, ended_on).order_by("started_on", "pk")
        reasons = [
            f"{other} {other.dates}: сроки пересекаются. Сначала исправьте ту запись."
            for other in others
        ]
        if reasons:
            raise Refusal(*reasons)


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

    @property
    def dates(self) -> str:
        """«с 14.09.2026 по 08.11.2026», or without the last day while it lasts."""
        last = f" по {self.ended_on:%d.%m.%Y}" if self.ended_on else ""
        return f"с {self.started_on:%d.%m.%Y}{last}"

    def end(self, on: datetime.date, reason: str = "") -> None:
        """Close the period on ``on`` (its last day)."""
        if on < self.started_on:
            raise ValidationError("Дата окончания раньше даты начала.")
        self.ended_on, self.end_reason = on, reason
        self.save()

    def end_once(self, on: datetime.date, reason: str) -> None:
        """End a period that may have been ended meanwhile; saying the same twice changes nothing.

        The caller holds the lock of what the period belongs to. Refusal when another end is stored
        already, or the day is before the first one.
        """
        self.refresh_from_db()
        if (self.ended_on, self.end_reason) == (on, reason):
            return
        if self.ended_on is not None:
            raise Refusal(f"{self}: последний день уже записан, {self.ended_on:%d.%m.%Y}.")
        if self.started_on > on:
            raise Refusal(f"{self} {self.dates}: назовите этот или более поздний день.")
        self.end(on, reason)

    def turn(self, on: datetime.date, reason: str, **changes) -> Self:
        """Let an open period go on with ``changes`` from ``on``, so that the past stays as it was.

        Ends this period the day before and begins another; one that begins on that very day is
        itself changed. Returns the period that holds from ``on``. The caller holds the lock of what
        the period belongs to. Refusal when the period begins later.
        """
        if self.started_on > on:
            raise Refusal(
                f"{self} {self.dates}: назовите этот или более поздний день. {PUT_RIGHT_FIRST}"
            )
        if self.started_on == on:
            following = self
            for name, value in changes.items():
                setattr(self, name, value)
        else:
            self.end(on - datetime.timedelta(days=1), reason)
            kept = {
                field.attname: getattr(self, field.attname)
                for field in self._meta.concrete_fields
                if not field.primary_key
            }
            begun = {"started_on": on, "ended_on": None, "end_reason": ""}
            following = type(self)(**kept | begun | changes)
        following.save()
        return following

    def correct(self, started_on: datetime.date, ended_on: datetime.date | None, reason: str):
        """Store dates that were recorded wrongly; without ``ended_on`` the period goes on.

        The caller holds the lock of what the period belongs to and has checked the other periods.
        """
        self.started_on, self.ended_on = started_on, ended_on
        self.end_reason = reason if ended_on else ""
        self.save()
