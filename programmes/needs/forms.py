"""Fields for categories of needs and days of the week, and the form of a category."""

from django import forms

from programmes.careful import CarefulForm
from programmes.needs.models import NeedCategory
from programmes.needs.weekdays import WEEKDAYS
from programmes.numbers import whole_numbers
from programmes.people.models import Kind, Person
from programmes.school.forms import CleanCharField
from programmes.school.models import School


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows of the school as checkboxes; numbers that no database keeps are nobody's."""

    widget = forms.CheckboxSelectMultiple

    def _check_values(self, value):
        return super()._check_values(whole_numbers(map(str, value)))


class DaysField(forms.TypedMultipleChoiceField):
    """Days of the week as sorted numbers 1…6."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=WEEKDAYS, coerce=int, required=False, **kwargs)
        self.error_messages["invalid_choice"] = "Такого дня нет: отметьте дни с пн по сб."

    def clean(self, value) -> list[int]:
        return sorted(set(super().clean(value)))


def offered_categories(school: School | int, *audiences: str, chosen=()):
    """Categories in use of these audiences, and those chosen before that are out of use now."""
    categories = NeedCategory.objects.filter(school=school)
    used = categories.filter(is_used=True, audience__in=audiences)
    return used | categories.filter(pk__in=[category.pk for category in chosen])


def audience_of(person: Person) -> str:
    """Whose categories fit a mentee."""
    is_worker = person.kind == Kind.TEACHER
    return NeedCategory.Audience.TEACHER if is_worker else NeedCategory.Audience.PUPIL


class CategoryForm(CarefulForm):
    """A category of needs. One that somebody uses may be renamed or taken out of use."""

    title = CleanCharField(
        label="Категория", max_length=100, help_text="Коротко: математика и точные науки."
    )

    class Meta:
        model = NeedCategory
        fields = ["title", "audience", "is_used"]
        labels = {"is_used": "Предлагать в заявках и базах"}
        help_texts = {"is_used": "Без отметки категория останется только у тех, у кого уже стоит."}

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        if self.instance.pk is None:
            del self.fields["is_used"]
        elif self.instance.is_taken:
            self.fields["audience"].disabled = True
            self.fields["audience"].help_text = "Категорией уже пользуются: чья она, не меняется."

    def clean(self):
        data = super().clean()
        # The school is no field of the form, so Django leaves its constraint to the database.
        same = NeedCategory.objects.filter(
            school=self.instance.school, title=data.get("title"), audience=data.get("audience")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", "Такая категория уже есть.")
        return data
