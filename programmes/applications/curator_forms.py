"""Forms of the curator: the days of a public form, the reason of a decline."""

from django import forms

from programmes.applications.models import Purpose
from programmes.programme.forms import DayField
from programmes.school.forms import CleanCharField


class LinkForm(forms.Form):
    """From which to which day a form is open."""

    purpose = forms.ChoiceField(choices=Purpose, widget=forms.HiddenInput)
    started_on = DayField(label="Принимать с")
    ended_on = DayField(label="Принимать по", required=False, help_text="Пусто: пока не закроете.")

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "Последний день раньше первого.")
        return data


class DeclineForm(forms.Form):
    reason = CleanCharField(
        label="Причина",
        max_length=300,
        help_text="Остаётся в истории заявки. Например: выбыл из школы.",
    )
