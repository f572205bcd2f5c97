"""Forms of suggesting pairs: what for, with which weights, and why not."""

import datetime

from django import forms

from pairs.formation.matching import DEFAULTS
from pairs.formation.models import Pair
from pairs.suggestions.models import MatchWeights
from programmes.bases import inside
from programmes.careful import CarefulForm
from programmes.models import MentoringForm, Person, Programme
from programmes.needs.forms import SeveralField
from programmes.programme.forms import DayField, PeopleChoice
from programmes.school.forms import CleanCharField


class SuggestForm(forms.Form):
    """For which forms of mentoring pairs are suggested, and from which day they work."""

    on = DayField(label="Пары начнут работать")
    even = forms.BooleanField(
        label="Предлагать и тех, у кого ничего не совпало",
        required=False,
        help_text="Без отметки такие наставляемые останутся в списке без пары, с причиной.",
    )
    # The last one: its name is that of the module.
    forms = SeveralField(
        label="Формы наставничества",
        queryset=MentoringForm.objects.none(),
        error_messages={"required": "Выберите хотя бы одну форму."},
    )
    field_order = ["forms", "on", "even"]

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.fields["forms"].queryset = programme.forms.all()

    def clean_on(self) -> datetime.date:
        return inside(self.programme, self.cleaned_data["on"])


class WeightsForm(CarefulForm):
    """How much each thing counts, 0…10."""

    class Meta:
        model = MatchWeights
        fields = list(DEFAULTS)


class DeclineForm(forms.Form):
    """Who is not to be suggested to this mentor again, and why."""

    mentees = PeopleChoice(
        label="Кого не предлагать этому наставнику",
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте, кого не предлагать этому наставнику."},
    )
    reason = CleanCharField(
        label="Причина",
        max_length=300,
        help_text="Видит только куратор: живут далеко, не сошлись характерами.",
        error_messages={"required": "Напишите причину."},
    )

    def __init__(self, *args, pair: Pair, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = [mentee.pk for mentee in pair.current_mentees]
        self.fields["mentees"].queryset = Person.objects.filter(pk__in=people).in_order()
        self.initial.setdefault("mentees", people)
