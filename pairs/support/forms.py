from django import forms
from django.utils import timezone

from pairs.support.models import SupportCase, SupportContact
from programmes.careful import CarefulForm
from programmes.programme.forms import DayField
from programmes.school.forms import CleanCharField


class ContactForm(CarefulForm):
    """A contact; the notes are seen by the psychologist alone."""

    held_on = DayField(label="Дата")

    class Meta:
        model = SupportContact
        fields = ["held_on", "way", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, case: SupportCase, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = self.instance.case = case
        if self.instance.pk is None:
            del self.fields["version"]
            self.initial["held_on"] = timezone.localdate()

    def clean_held_on(self):
        on = self.cleaned_data["held_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил.")
        if on < self.case.started_on:
            raise forms.ValidationError(f"Сопровождение началось {self.case.started_on:%d.%m.%Y}.")
        return on


class ConclusionForm(forms.Form):
    words = CleanCharField(
        label="Заключение для куратора",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Без подробностей бесед: что учесть при подборе наставника.",
    )
    is_search_on = forms.BooleanField(
        label="Поиск наставника продолжать", required=False, initial=True
    )


class CloseForm(forms.Form):
    on = DayField(label="Последний день")
    reason = CleanCharField(label="Почему завершено", max_length=300)
