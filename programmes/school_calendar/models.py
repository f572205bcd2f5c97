"""Days without lessons, as the school keeps them: holidays, school breaks, other days off. S1.5."""

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from programmes.school.models import School
from programmes.text import Record

# Holidays of every year: Labour Code of the Russian Federation, article 112. (title, first, last)
HOLIDAYS = (
    ("Новогодние каникулы и Рождество Христово", (1, 1), (1, 8)),
    ("День защитника Отечества", (2, 23), (2, 23)),
    ("Международный женский день", (3, 8), (3, 8)),
    ("Праздник Весны и Труда", (5, 1), (5, 1)),
    ("День Победы", (5, 9), (5, 9)),
    ("День России", (6, 12), (6, 12)),
    ("День народного единства", (11, 4), (11, 4)),
)
# A proposal only: the dates of breaks are those of the school's own order.
BREAKS = {
    2026: (
        ("Осенние каникулы", datetime.date(2026, 10, 31), datetime.date(2026, 11, 8)),
        ("Зимние каникулы", datetime.date(2026, 12, 31), datetime.date(2027, 1, 10)),
        ("Весенние каникулы", datetime.date(2027, 3, 27), datetime.date(2027, 4, 4)),
    )
}
# The year in which days of every year are kept: a leap year knows the 29th of February.
_YEARLY = 2024
_SATURDAY = 5


class DaysOff(Record):
    """Days on which nothing is planned, from the first to the last. S1.5.

    ``is_yearly``: the same days of every year, whatever the year of the dates. ``is_proposed``:
    the portal's proposal that nobody has compared with the school's order yet.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "праздник"
        BREAK = "break", "каникулы"
        OTHER = "other", "нерабочий день"

    school = models.ForeignKey(School, models.CASCADE, related_name="days_off")
    kind = models.CharField("что это", max_length=10, choices=Kind)
    title = models.CharField("название", max_length=150)
    started_on = models.DateField("первый день")
    ended_on = models.DateField("последний день")
    is_yearly = models.BooleanField("каждый год", default=False)
    is_proposed = models.BooleanField(default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "нерабочие дни"
        verbose_name_plural = "нерабочие дни"
        ordering = ["-is_yearly", "started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="days_off_end_after_start",
                violation_error_message="Последний день раньше первого.",
            ),
            models.UniqueConstraint(
                fields=["school", "started_on", "ended_on", "is_yearly"],
                name="days_off_once_a_school",
                violation_error_message="Эти дни уже записаны.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def covers(self, day: datetime.date) -> bool:
        if not self.is_yearly:
            return self.started_on <= day <= self.ended_on
        first, last = self._day_of_year(self.started_on), self._day_of_year(self.ended_on)
        here = self._day_of_year(day)
        if self.started_on.year == self.ended_on.year:
            return first <= here <= last
        return here >= first or here <= last  # over the new year

    @staticmethod
    def _day_of_year(day: datetime.date) -> tuple[int, int]:
        return day.month, day.day

    @property
    def terms(self) -> str:
        """«01.01 – 08.01», «04.11», «31.10.2026 – 08.11.2026»."""
        look = "%d.%m" if self.is_yearly else "%d.%m.%Y"
        first, last = f"{self.started_on:{look}}", f"{self.ended_on:{look}}"
        return first if first == last else f"{first} – {last}"

    @classmethod
    def create_for(cls, school: School) -> None:
        """Give a new school the holidays of every year."""
        cls.objects.bulk_create(
            cls(
                school=school,
                kind=cls.Kind.HOLIDAY,
                title=title,
                started_on=datetime.date(_YEARLY, *first),
                ended_on=datetime.date(_YEARLY, *last),
                is_yearly=True,
            )
            for title, first, last in HOLIDAYS
        )


def propose_breaks(school: School, year: int) -> int:
    """Add the proposed breaks of the school year that begins in ``year``; how many were added.

    Nothing where the school has any break of that year already, and for years without a proposal.
    """
    School.objects.select_for_update().get(pk=school.pk)
    breaks = BREAKS.get(year, ())
    if not breaks or breaks_of(school, year).exists():
        return 0
    for title, first, last in breaks:
        DaysOff.objects.create(
            school=school,
            kind=DaysOff.Kind.BREAK,
            title=title,
            started_on=first,
            ended_on=last,
            is_proposed=True,
        )
    return len(breaks)


def breaks_of(school: School, year: int):
    """School breaks of the school year that begins in ``year``."""
    first, last = datetime.date(year, 8, 1), datetime.date(year + 1, 7, 31)
    return school.days_off.filter(
        kind=DaysOff.Kind.BREAK, is_yearly=False, started_on__range=(first, last)
    )


class Calendar:
    """Which days are working days. Reads the rows once; ``is_working`` asks no database."""

    def __init__(self, rows: Iterable[DaysOff]) -> None:
        self.rows = list(rows)

    @classmethod
    def of(cls, school: School | int) -> "Calendar":
        pk = school if isinstance(school, int) else school.pk
        return cls(DaysOff.objects.filter(school_id=pk))

    def is_working(self, day: datetime.date) -> bool:
        """Neither a weekend nor a day off of the school."""
        return day.weekday() < _SATURDAY and not any(row.covers(day) for row in self.rows)

    def moved(self, day: datetime.date, by: int) -> datetime.date:
        """The ``by``-th working day after ``day`` (before it when negative).

        A day off is taken as the next working day first. After ten years without one: the day.
        """
        step = datetime.timedelta(days=-1 if by < 0 else 1)
        found, left = self._next_working(day), abs(by)
        for _ in range(3660):
            if not left:
                return found
            found += step
            left -= self.is_working(found)
        return found

    def _next_working(self, day: datetime.date) -> datetime.date:
        days = (day + datetime.timedelta(days=n) for n in range(370))
        return next((found for found in days if self.is_working(found)), day)
