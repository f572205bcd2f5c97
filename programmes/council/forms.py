"""Forms of the pedagogical council."""

from django import forms

from programmes.correcting import DATES, DatesForm
from programmes.council.models import CouncilMember, Duty
from programmes.programme.forms import DayField


class IncludeForm(forms.Form):
    """From which day the chosen people are in the council."""

    started_on = DayField(label="С какого дня")


class DutyForm(forms.Form):
    """Another duty from a day on."""

    duty = forms.ChoiceField(
        label="Обязанность", choices=Duty.choices, widget=forms.RadioSelect, required=True
    )
    started_on = DayField(
        label="С какого дня",
        help_text="Прежний председатель или секретарь с этого дня станет членом совета.",
    )


class MembershipDatesForm(DatesForm):
    class Meta:
        model = CouncilMember
        fields = DATES
