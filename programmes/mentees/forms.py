"""The form of an entry in the mentee base."""

from django import forms

from programmes.school.forms import CleanCharField


class MenteeForm(forms.Form):
    need = CleanCharField(
        label="Запрос",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, общение. По ним портал подскажет наставника.",
    )
