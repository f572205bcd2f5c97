"""Forms of the study of the concept."""

from django import forms

from programmes.keeping import ProgrammeRowForm
from programmes.people.models import Person
from programmes.preparation.models import group_on
from programmes.programme.forms import DayField, PeopleChoice
from programmes.programme.models import Programme
from programmes.school.forms import CleanCharField
from programmes.study.models import Material


class MaterialForm(ProgrammeRowForm):
    """Something to be studied."""

    same = "Такой материал уже есть."

    title = CleanCharField(
        label="Название", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    link = forms.URLField(
        label="Ссылка",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Адрес страницы или файла, если он есть.",
    )
    note = CleanCharField(
        label="Примечание",
        max_length=300,
        required=False,
        help_text="Например: раздел 3.",
    )

    class Meta:
        model = Material
        fields = ["title", "link", "note"]

    def save(self, commit: bool = True) -> Material:
        if self.instance.pk is None:
            self.instance.position = self.programme.study_materials.count() + 1
        return super().save(commit)


class MaterialsChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(
            queryset=Material.objects.none(),
            error_messages={"required": "Отметьте хотя бы один материал."},
            **kwargs,
        )

    def _check_values(self, value):
        from programmes.numbers import whole_numbers

        return super()._check_values(whole_numbers(map(str, value)))


class SheetForm(forms.Form):
    """Who has signed the printed sheet, for which materials and when."""

    people = PeopleChoice(
        label="Кто ознакомился",
        queryset=Person.objects.none(),
        error_messages={
            "required": "Отметьте хотя бы одного члена группы.",
            "invalid_choice": "Отмечают только членов проектной группы.",
        },
    )
    materials = MaterialsChoice(label="С чем")
    studied_on = DayField(label="Дата в листе ознакомления")

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        periods = programme.group.values("person_id")
        self.fields["people"].queryset = Person.objects.filter(pk__in=periods).in_order()
        materials = programme.study_materials.kept()
        self.fields["materials"].queryset = materials
        if not self.is_bound:
            members = group_on(programme, programme.working_day())
            self.initial |= {
                "people": [member.person_id for member in members],
                "materials": list(materials),
            }


class OwnStudyForm(forms.Form):
    """What the member has studied."""

    materials = MaterialsChoice(label="Я изучил(а)")

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["materials"].queryset = programme.study_materials.kept()
