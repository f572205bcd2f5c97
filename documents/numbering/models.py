"""Series of registration numbers, their counters, numbers given outside the portal."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from programmes.school.models import School, User
from programmes.text import Record


def check_number_format(text: str) -> str:
    """``text`` when it is a fit number format; ValidationError in Russian otherwise."""
    if set(re.findall(r"[{][^}]*[}]?|[}]", text)) - {"{number}", "{suffix}", "{year}"}:
        raise ValidationError("Можно использовать только {number}, {suffix} и {year}.")
    one, two = (text.format(number=n, suffix="-од", year=2026) for n in (1, 2))
    if one == two:
        raise ValidationError("В номере должен быть порядковый номер: {number}.")
    if len(one) > 40:
        raise ValidationError("Номер получается слишком длинным.")
    return text


class Purpose(models.TextChoices):
    """What a series numbers; the title of a new one."""

    ORDERS = "orders", "Приказы по основной деятельности"
    MINUTES = "minutes", "Протоколы педагогического совета"
    AGREEMENTS = "agreements", "Дополнительные соглашения к трудовым договорам"
    OTHER = "other", "Другие документы"


# Series that the pages offer; others are left from schools that had several.
NUMBERED = (Purpose.ORDERS, Purpose.MINUTES, Purpose.AGREEMENTS)
OFFERED = [(purpose.value, purpose.label) for purpose in NUMBERED]


class Series(Record):
    """A series of registration numbers, such as orders on core activity («-од»).

    Orders count within a calendar year, minutes within a school year that begins in September
    and is called by its first calendar year (``is_school_year``).
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="series")
    purpose = models.CharField("что нумеруется", max_length=12, choices=Purpose, default="orders")
    is_school_year = models.BooleanField(
        "нумерация по учебному году", default=False, help_text="С 1 сентября номера идут заново."
    )
    title = models.CharField("название", max_length=200, default="Приказы по основной деятельности")
    suffix = models.CharField("окончание номера", max_length=10, default="-од", blank=True)
    number_format = models.CharField(
        "вид номера",
        max_length=50,
        default="{number}{suffix}",
        help_text="{number} – порядковый номер, {suffix} – окончание, {year} – год.",
    )
    first_number = models.PositiveIntegerField(
        "с какого номера начинать год",
        default=1,
        help_text="Номера ниже этого школа даёт приказам вне портала.",
    )

    class Meta:
        verbose_name = "серия номеров"
        verbose_name_plural = "серии номеров"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "purpose"],
                condition=~Q(purpose="other"),
                name="series_once_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, school: School, purpose: str) -> "Series":
        """The school's series for a purpose, stored when there is none yet."""
        series = cls.found(school, purpose)
        if series.pk is None:
            values = {name: getattr(series, name) for name in ("title", "suffix", "is_school_year")}
            series, _ = cls.objects.get_or_create(school=school, purpose=purpose, defaults=values)
        return series

    @classmethod
    def found(cls, school: School, purpose: str) -> "Series":
        """The school's series for a purpose, else a new one that nothing has stored."""
        return school.series.filter(purpose=purpose).first() or cls(
            school=school,
            purpose=purpose,
            title=Purpose(purpose).label,
            suffix="-од" if purpose == Purpose.ORDERS else "",
            is_school_year=purpose == Purpose.MINUTES,
        )

    def year_of(self, date: datetime.date) -> int:
        """The year in whose sequence a paper of ``date`` is numbered."""
        return date.year - 1 if self.is_school_year and date.month < 9 else date.year

    def year_in_words(self, year: int) -> str:
        """«2026», or «2026/27» for a school year."""
        return f"{year}/{(year + 1) % 100:02d}" if self.is_school_year else str(year)

    def format(self, sequence: int, year: int) -> str:
        return self.number_format.format(number=sequence, suffix=self.suffix, year=year)

    def parse(self, number: str, year: int) -> int | None:
        """The sequence number inside a written number of this series, or None."""
        mark = "\x00"
        before, _, after = self.number_format.format(
            number=mark, suffix=self.suffix, year=year
        ).partition(mark)
        middle = number.strip().removeprefix(before).removesuffix(after)
        if not (middle.isascii() and middle.isdecimal() and len(middle) <= 6 and int(middle)):
            return None
        sequence = int(middle)
        return sequence if self.format(sequence, year) == number.strip() else None


class SeriesYear(models.Model):
    """The counter of one series in one year. Its row is locked while a number is given."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.year}: {self.last_number}"


class OutsideNumbers(Record):
    """Numbers of a series that the school gave to papers outside the portal, and who said so.

    They explain every hole of the register.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="outside")
    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField("с номера")
    last = models.PositiveIntegerField("по номер")
    note = models.CharField("чему даны", max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "номера вне портала"
        verbose_name_plural = "номера вне портала"
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=models.F("first")), name="outside_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
