"""The final event of a programme (S7.4; D8)."""

import datetime
import re

from django.db import models
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.text import Record

LINE = re.compile(r"(\d{1,2})[:.](\d{2})\s+(\S.*)")


def read_agenda(text: str) -> list[tuple[datetime.time, str]]:
    """Lines «15:00 Открытие» → times with words; ValueError names the line that is none."""
    items = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = LINE.fullmatch(line)
        try:
            items.append((datetime.time(int(match[1]), int(match[2])), match[3]))
        except (TypeError, ValueError):
            raise ValueError(line) from None
    return items


class FinalEvent(Record):
    """The celebration that closes a programme: when, where, who presents. S7.4.

    ``agenda`` has a line for each item of its programme: «15:00 Открытие».
    """

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="final_event")
    title = models.CharField(
        "название", max_length=200, default="Итоговое мероприятие программы наставничества"
    )
    held_on = models.DateField("день")
    starts_at = models.TimeField("начало", null=True, blank=True)
    place = models.CharField("где", max_length=200, blank=True)
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ответственный",
    )
    hosts = models.CharField("ведущие", max_length=300, blank=True)
    agenda = models.TextField("программа мероприятия", max_length=5000, blank=True)
    pairs = models.ManyToManyField(
        Pair, related_name="final_events", blank=True, verbose_name="представляют результаты"
    )

    history = HistoricalRecords(m2m_fields=[pairs])

    class Meta:
        verbose_name = "итоговое мероприятие"
        verbose_name_plural = "итоговые мероприятия"

    def __str__(self) -> str:
        return self.title

    @property
    def items(self) -> list[tuple[datetime.time, str]]:
        return read_agenda(self.agenda)
