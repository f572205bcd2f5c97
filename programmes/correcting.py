"""Putting right the dates of a period that were recorded wrongly."""

import datetime

from programmes.careful import CarefulForm
from programmes.programme.forms import DayField
from programmes.school.forms import CleanCharField

# The fields of a form of this kind.
DATES = ("started_on", "ended_on", "end_reason")

GOES_ON = "Если срок продолжается, откройте «Исправить дату» и сотрите последний день."


class DatesForm(CarefulForm):
    """The first day of a period; of an ended one the last day and the reason as well."""

    started_on = DayField(label="С какого дня")
    ended_on = DayField(
        label="Последний день", required=False, help_text="Пусто: срок не закончился."
    )
    end_reason = CleanCharField(label="Причина", required=False, max_length=300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.ended_on is None:  # a last day is named by the deed that ends the period
            del self.fields["ended_on"], self.fields["end_reason"]

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "Последний день раньше первого.")
        if ended and not data.get("end_reason"):
            self.add_error("end_reason", "Напишите причину.")
        return data

    @property
    def dates(self) -> tuple[datetime.date, datetime.date | None, str]:
        """The first day, the last one if any, the reason: what ``Period.correct`` stores."""
        data = self.cleaned_data
        return data["started_on"], data.get("ended_on"), data.get("end_reason", "")
