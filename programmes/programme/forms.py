"""Forms of a programme and its curators."""

import datetime

from django import forms
from django.db import models, transaction

from programmes.careful import CarefulForm
from programmes.models import Curator, MentoringForm, Person, Programme, School
from programmes.numbers import whole_numbers
from programmes.people.models import Kind
from programmes.school.forms import CleanCharField, DateInput


class PersonChoice(forms.ModelChoiceField):
    """One of the school's people, told from namesakes by class or position."""

    def __init__(self, *args, empty_label: str = "выберите", **kwargs) -> None:
        super().__init__(*args, empty_label=empty_label, **kwargs)

    def label_from_instance(self, person: Person) -> str:
        about = f", {person.description}" if person.description else ""
        return f"{person.full_name}{about}"


class RowsChoice(forms.ModelMultipleChoiceField):
    """Several rows to tick; numbers that no database keeps are passed over."""

    widget = forms.CheckboxSelectMultiple

    def _check_values(self, value):
        return super()._check_values(whole_numbers(map(str, value)))


class PeopleChoice(RowsChoice):
    """Several of the school's people."""

    label_from_instance = PersonChoice.label_from_instance


class DayField(forms.DateField):
    """A day, typed or picked; a slip in the year is told at once."""

    widget = DateInput

    def clean(self, value):
        date = super().clean(value)
        if date and not 2000 <= date.year <= 2100:
            raise forms.ValidationError("Проверьте год.")
        return date


class ProgrammeForm(CarefulForm):
    """The dates of a programme and the forms of mentoring it uses."""

    started_on = DayField(label="Начало")
    ended_on = DayField(label="Окончание")

    class Meta:
        model = Programme
        fields = ["started_on", "ended_on", "forms"]
        field_classes = {"forms": RowsChoice}
        widgets = {"forms": forms.CheckboxSelectMultiple}

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        if self.instance.pk is None:
            del self.fields["version"]  # nobody changes a programme that is not there yet
        field = self.fields["forms"]
        field.queryset = MentoringForm.objects.filter(school=school)
        field.error_messages["required"] = "Отметьте хотя бы одну форму."
        field.help_text = "Для школы обычно достаточно первых двух."

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended <= started:
            self.add_error("ended_on", "Программа заканчивается раньше, чем начинается.")
        elif started and ended and (ended - started).days > 3 * 366:
            self.add_error("ended_on", "Программа длиннее трёх лет: проверьте даты.")
        # The school is no field of the form, so Django leaves its constraint to the database.
        same = Programme.objects.filter(school=self.instance.school, started_on=started)
        if started and same.exclude(pk=self.instance.pk).exists():
            self.add_error("started_on", "Программа с этой датой начала уже есть.")
        if self.instance.pk:
            self._keep_pairs_inside(started, ended, data.get("forms"))
        return data

    def _keep_pairs_inside(self, started, ended, chosen) -> None:
        """Pairs bound the dates and the forms (the reverse names come from the room of pairs)."""
        pairs = self.instance.pairs.all()
        bounds = pairs.aggregate(
            first=models.Min("started_on"),
            start=models.Max("started_on"),
            end=models.Max("ended_on"),
        )
        last = max(filter(None, (bounds["start"], bounds["end"])), default=None)
        if started and bounds["first"] and started > bounds["first"]:
            self.add_error("started_on", f"Пары работают уже с {bounds['first']:%d.%m.%Y}.")
        if ended and last and ended < last:
            self.add_error("ended_on", f"Пары работали ещё {last:%d.%m.%Y}.")
        if chosen is not None:
            used = MentoringForm.objects.filter(pk__in=pairs.values("form_id"))
            for form in used.exclude(pk__in=[form.pk for form in chosen]):
                self.add_error("forms", f"Форма {form} уже есть в парах, её не убрать.")


class NewProgrammeForm(ProgrammeForm):
    """A new programme, with its curator where one is known already."""

    curator = PersonChoice(
        label="Куратор",
        queryset=Person.objects.none(),
        required=False,
        empty_label="назначить позже",
    )
    curator_from = DayField(
        label="Куратор с какого дня", required=False, help_text="Пусто: с начала программы."
    )

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, school=school, **kwargs)
        self.fields["curator"].queryset = teachers_of(school)

    @transaction.atomic
    def save(self, commit: bool = True) -> Programme:
        programme = super().save(commit)
        if curator := self.cleaned_data["curator"]:
            day = self.cleaned_data["curator_from"] or programme.started_on
            Curator.objects.create(programme=programme, person=curator, started_on=day)
        return programme


def teachers_of(school: School):
    return Person.objects.filter(school=school, kind=Kind.TEACHER).present().in_order()


def school_year_of(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The school year that the day belongs to, or the coming one in summer."""
    first = today.year if today.month >= 6 else today.year - 1
    return datetime.date(first, 9, 1), datetime.date(first + 1, 5, 31)


class CuratorForm(forms.Form):
    """Somebody becomes a curator of the programme from a day."""

    person = PersonChoice(label="Куратор", queryset=Person.objects.none())
    started_on = DayField(label="С какого дня")

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.fields["person"].queryset = teachers_of(programme.school)

    def clean(self):
        data = super().clean()
        person, started = data.get("person"), data.get("started_on")
        if person and started:
            periods = self.programme.curators.filter(person=person)
            if (other := periods.overlapping_with(started, None).first()) is not None:
                last = f" по {other.ended_on:%d.%m.%Y}" if other.ended_on else ""
                self.add_error(
                    "person", f"Этот человек куратор с {other.started_on:%d.%m.%Y}{last}."
                )
        return data


class EndForm(forms.Form):
    """The last day of something, with the reason."""

    ended_on = DayField(label="Последний день")
    reason = CleanCharField(label="Причина", max_length=300)
