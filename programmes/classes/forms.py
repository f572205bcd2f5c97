"""Forms of class teachers."""

from django import forms

from programmes.models import Person, School
from programmes.people.forms import said
from programmes.people.models import Kind, parse_class
from programmes.programme.forms import DayField, PersonChoice
from programmes.school.forms import CleanCharField


class ClassTeacherForm(forms.Form):
    """Who leads which class from which day."""

    class_name = CleanCharField(label="Класс", max_length=10, help_text="Например: 7а")
    person = PersonChoice(label="Классный руководитель", queryset=Person.objects.none())
    started_on = DayField(label="С какого дня")

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        teachers = Person.objects.filter(school=school, kind=Kind.TEACHER)
        self.fields["person"].queryset = teachers.present().in_order()

    def clean_class_name(self):
        return said(parse_class, self.cleaned_data["class_name"])
