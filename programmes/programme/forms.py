"""Forms of a programme and of its bases."""

import datetime

from django import forms

from programmes.models import MentoringForm, Person, Programme, School
from programmes.people.models import Kind
from programmes.school.forms import CleanCharField, DateInput


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        about = f", {person.description}" if person.description else ""
        return f"{person.full_name}{about}"


class ProgrammeForm(forms.ModelForm):
    """The dates of a programme and the forms of mentoring it uses."""

    class Meta:
        model = Programme
        fields = ["started_on", "ended_on", "forms"]
        widgets = {
            "started_on": DateInput(),
            "ended_on": DateInput(),
            "forms": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        field = self.fields["forms"]
        field.queryset = MentoringForm.objects.filter(school=school)
        field.error_messages["required"] = "Отметьте хотя бы одну форму."

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and not 2000 <= started.year <= 2100:
            self.add_error("started_on", "Проверьте год.")
        if started and ended and (ended - started).days > 3 * 366:
            self.add_error("ended_on", "Программа длиннее трёх лет: проверьте даты.")
        return data


def school_year_of(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The school year that the day belongs to, or the coming one in summer."""
    first = today.year if today.month >= 6 else today.year - 1
    return datetime.date(first, 9, 1), datetime.date(first + 1, 5, 31)


class CuratorForm(forms.Form):
    person = PersonChoice(label="Куратор", queryset=Person.objects.none())
    started_on = forms.DateField(label="С какого дня", widget=DateInput())

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = (
            Person.objects.filter(school=school, kind=Kind.TEACHER).present().in_order()
        )

    def clean_started_on(self):
        date = self.cleaned_data["started_on"]
        if not 2000 <= date.year <= 2100:
            raise forms.ValidationError("Проверьте год.")
        return date


class EndForm(forms.Form):
    """The last day of something, with the reason."""

    ended_on = forms.DateField(label="Последний день", widget=DateInput())
    reason = CleanCharField(label="Причина", max_length=300)

    def clean_ended_on(self):
        date = self.cleaned_data["ended_on"]
        if not 2000 <= date.year <= 2100:
            raise forms.ValidationError("Проверьте год.")
        return date


class MenteeForm(forms.Form):
    need = CleanCharField(
        label="Запрос",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, общение.",
    )


class MentorForm(forms.Form):
    competences = CleanCharField(
        label="Компетенции",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, олимпиады.",
    )
    capacity = forms.IntegerField(
        label="Наставляемых, не более",
        required=False,
        min_value=1,
        max_value=50,
        help_text="Пусто: как задано для формы наставничества.",
    )
