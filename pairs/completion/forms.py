"""Forms of the final event and of closing pairs."""

from django import forms

from pairs.completion.models import FinalEvent, read_agenda
from programmes.careful import CarefulForm
from programmes.models import Programme
from programmes.programme.forms import DayField, PersonChoice, RowsChoice, teachers_of


class FinalEventForm(CarefulForm):
    held_on = DayField(label="День")

    class Meta:
        model = FinalEvent
        fields = [
            *("title", "held_on", "starts_at", "place", "responsible", "hosts", "agenda"),
            "pairs",
        ]
        field_classes = {"responsible": PersonChoice, "pairs": RowsChoice}
        widgets = {
            "agenda": forms.Textarea(attrs={"rows": 7}),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "pairs": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "agenda": "Каждый пункт с новой строки: «15:00 Открытие».",
            "pairs": "Кто рассказывает о своей работе.",
        }

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme = programme
        self.fields["responsible"].queryset = teachers_of(programme.school)
        pairs = programme.pairs.exclude(state="draft").with_people().order_by("pk")
        self.fields["pairs"].queryset = pairs
        if self.instance.pk is None:
            del self.fields["version"]

    def clean_held_on(self):
        day, programme = self.cleaned_data["held_on"], self.programme
        if not programme.started_on <= day <= programme.ended_on:
            raise forms.ValidationError(
                f"Программа идёт с {programme.started_on:%d.%m.%Y} "
                f"по {programme.ended_on:%d.%m.%Y}."
            )
        return day

    def clean_agenda(self):
        text = self.cleaned_data["agenda"]
        try:
            read_agenda(text)
        except ValueError as error:
            raise forms.ValidationError(
                f"Строка «{error}»: начните её со времени, например «15:00 Открытие»."
            ) from error
        return text


class CloseForm(forms.Form):
    on = DayField(label="Последний день пар")
