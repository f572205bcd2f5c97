"""The form of an entry in the mentee base."""

from programmes.bases import EntryForm
from programmes.mentees.models import Mentee
from programmes.needs.forms import DaysField, SeveralField, audience_of, offered_categories
from programmes.needs.models import NeedCategory
from programmes.programme.models import MentoringForm
from programmes.school.forms import CleanCharField


class MenteeForm(EntryForm):
    need = CleanCharField(
        label="Запрос",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, общение. По ним портал подскажет наставника.",
    )
    categories = SeveralField(
        label="Категории запроса",
        queryset=NeedCategory.objects.none(),
        required=False,
        help_text="По ним запросы сравниваются с тем, в чём помогут наставники.",
    )
    days = DaysField(label="Свободные дни")
    interests = CleanCharField(
        label="Интересы", required=False, max_length=500, help_text="Шахматы, рисование, футбол."
    )
    times = CleanCharField(
        label="В какое время", required=False, max_length=200, help_text="После 6-го урока."
    )
    forms = SeveralField(
        label="Предпочитаемые формы", queryset=MentoringForm.objects.none(), required=False
    )

    class Meta:
        model = Mentee
        fields = [
            *("need", "categories", "days", "started_on"),
            *("interests", "times", "forms", "channel", "is_new_here"),
        ]
        labels = {"is_new_here": "Новое место работы"}
        help_texts = {"is_new_here": "Для педагога: тогда большой стаж – не препятствие."}

    # What is asked first; the rest stands under «Дополнительно».
    first = ("need", "categories", "days", "started_on")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        self.fields["channel"].required = False
        self.fields["categories"].queryset = offered_categories(
            entry.programme.school_id,
            audience_of(entry.person),
            chosen=self.initial.get("categories", ()),
        )
        self.fields["forms"].queryset = entry.programme.forms.all()

    def clean_channel(self):
        return self.cleaned_data["channel"] or self.instance.channel
