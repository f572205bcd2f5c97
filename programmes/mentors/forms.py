"""The form of an entry in the mentor base."""

from django.core.exceptions import ValidationError
from django.forms import IntegerField, Textarea

from programmes.bases import EntryForm
from programmes.mentors.models import Mentor
from programmes.mentors.places import places_of
from programmes.needs.forms import DaysField, SeveralField, offered_categories
from programmes.needs.models import NeedCategory
from programmes.people.models import Kind
from programmes.programme.models import MentoringForm
from programmes.school.forms import CleanCharField

LEAST_AGE, GREATEST_AGE = 6, 99


class MentorForm(EntryForm):
    competences = CleanCharField(
        label="Компетенции",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, олимпиады. Их портал сравнит с запросами.",
    )
    categories = SeveralField(
        label="В чём поможет",
        queryset=NeedCategory.objects.none(),
        required=False,
        help_text="Те же категории, что у запросов наставляемых.",
    )
    capacity = IntegerField(
        label="Наставляемых, не более",
        required=False,
        min_value=1,
        max_value=50,
        help_text="Пусто: как задано для формы наставничества.",
    )
    days = DaysField(label="Свободные дни")
    achievements = CleanCharField(
        label="Важные для программы достижения",
        required=False,
        max_length=500,
        help_text="Победы, авторские пособия, результаты класса.",
    )
    interests = CleanCharField(
        label="Интересы", required=False, max_length=500, help_text="Шахматы, рисование, футбол."
    )
    times = CleanCharField(
        label="В какое время", required=False, max_length=200, help_text="После 6-го урока."
    )
    forms = SeveralField(
        label="Предпочитаемые формы", queryset=MentoringForm.objects.none(), required=False
    )
    age_from = IntegerField(
        label="Наставляемый не младше, лет",
        required=False,
        min_value=LEAST_AGE,
        max_value=GREATEST_AGE,
    )
    age_to = IntegerField(
        label="Наставляемый не старше, лет",
        required=False,
        min_value=LEAST_AGE,
        max_value=GREATEST_AGE,
    )
    motivation = CleanCharField(
        label="Почему хочет быть наставником",
        required=False,
        max_length=1000,
        widget=Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Mentor
        fields = [
            *("competences", "categories", "capacity", "days", "started_on", "achievements"),
            *("interests", "times", "forms", "age_from", "age_to", "motivation"),
        ]

    # What is asked first; the rest stands under «Дополнительно».
    first = ("competences", "categories", "capacity", "days", "started_on")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        programme = self.instance.programme
        self.fields["categories"].queryset = offered_categories(
            programme.school_id,
            *self._audiences(),
            chosen=self.initial.get("categories", ()),
        )
        self.fields["forms"].queryset = programme.forms.all()

    def _audiences(self) -> list[str]:
        """A pupil helps pupils; everybody else may help both."""
        if self.instance.person.kind == Kind.PUPIL:
            return [NeedCategory.Audience.PUPIL]
        return NeedCategory.Audience.values

    def clean_capacity(self) -> int | None:
        """Fewer places than there are mentees is no agreement: pairs are ended first. S5.1."""
        capacity = self.cleaned_data["capacity"]
        if capacity is None or capacity == self.initial.get("capacity"):
            return capacity
        programme = self.instance.programme
        taken = places_of(programme, programme.mentors.filter(pk=self.instance.pk))
        now = taken[self.instance.pk].taken
        if capacity < now:
            raise ValidationError(
                f"В парах и черновиках у наставника уже наставляемых: {now}. "
                "Сначала завершите пару или удалите черновик."
            )
        return capacity

    def clean(self):
        data = super().clean()
        first, last = data.get("age_from"), data.get("age_to")
        if first is not None and last is not None and last < first:
            self.add_error("age_to", "Возраст «не старше» меньше возраста «не младше».")
        return data
