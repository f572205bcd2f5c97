"""The form of an entry in the mentee base."""

from programmes.bases import EntryForm
from programmes.mentees.models import Mentee
from programmes.school.forms import CleanCharField


class MenteeForm(EntryForm):
    need = CleanCharField(
        label="Запрос",
        required=False,
        max_length=500,
        help_text="Словами через запятую: математика, общение. По ним портал подскажет наставника.",
    )

    class Meta:
        model = Mentee
        fields = ["need", "started_on"]
