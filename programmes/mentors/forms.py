"""The form of an entry in the mentor base."""

from django import forms

from programmes.bases import EntryForm
from programmes.mentors.models import Mentor
from programmes.school.forms import CleanCharField


class MentorForm(EntryForm):
    competences = CleanCharField(
        label="Компетенции",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, олимпиады. Их портал сравнит с запросами.",
    )
    capacity = forms.IntegerField(
        label="Наставляемых, не более",
        required=False,
        min_value=1,
        max_value=50,
        help_text="Пусто: как задано для формы наставничества.",
    )

    class Meta:
        model = Mentor
        fields = ["competences", "capacity", "started_on"]
