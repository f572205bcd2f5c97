"""Forms of announcements and of the parents' letter."""

import re

from django import forms
from django.core.exceptions import ValidationError

from programmes.careful import CarefulForm
from programmes.informing.models import (
    INFORMING_STAGES,
    NAME_WORDS,
    Announcement,
    Audience,
    ParentLetter,
    Way,
)
from programmes.programme.forms import DayField
from programmes.school.forms import CleanCharField
from programmes.stages import STAGES

STAGE_CHOICES = [
    (stage.number, f"{stage.number}. {stage.title}")
    for stage in STAGES
    if stage.number in INFORMING_STAGES
]


class GradesField(CleanCharField):
    """Grades typed as «5–7, 9»; an empty field means all."""

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        grades: set[int] = set()
        for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–—]\s*", "-", text))):
            match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", part)
            first = int(match[1]) if match else 0
            last = int(match[2] or match[1]) if match else 0
            if not 1 <= first <= last <= 11:
                raise ValidationError("Классы пишутся числами от 1 до 11, например: 5–7, 9.")
            grades |= set(range(first, last + 1))
        return sorted(grades)

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial or [])
        except ValidationError:
            return True


class AnnouncementForm(CarefulForm):
    """What to say, to whom, when and how. Only drafts are changed."""

    stage = forms.TypedChoiceField(label="Этап", choices=STAGE_CHOICES, coerce=int)
    audience = forms.ChoiceField(label="Для кого", choices=Audience)
    grades = GradesField(
        label="Классы", required=False, max_length=50, help_text="Пусто: все. Например: 5–7, 9"
    )
    title = CleanCharField(label="Заголовок", max_length=150)
    text = CleanCharField(
        label="Текст",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Пустая строка начинает новый абзац.",
    )
    ways = forms.MultipleChoiceField(
        label="Как сообщаем",
        choices=Way,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="«Сайт» и «для всех»: увидит и тот, кто открыл форму заявки без входа.",
    )
    started_on = DayField(label="Показывать с")
    ended_on = DayField(label="Показывать по", required=False, help_text="Пусто: пока не снимете.")

    class Meta:
        model = Announcement
        fields = [
            *("stage", "audience", "grades", "title", "text", "ways", "started_on", "ended_on"),
        ]

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "Последний день раньше первого.")
        return data


class ReadyTextForm(forms.Form):
    """Which ready text to begin with."""

    stage = forms.TypedChoiceField(label="Этап", choices=STAGE_CHOICES, coerce=int)
    audience = forms.ChoiceField(label="Для кого", choices=Audience)


class ParentLetterForm(CarefulForm):
    """The body of the letter; words in braces become the child's name in its case."""

    text = CleanCharField(
        label="Текст письма",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Каждая строка – абзац. Имя ребёнка портал поставит сам: "
        + ", ".join(f"{word} – {case}" for word, case in (
            ("{ребёнок}", "кто"), ("{ребёнка}", "кого"), ("{ребёнку}", "кому"),
            ("{ребёнком}", "кем"),
        ))
        + ".",
    )  # fmt: skip

    class Meta:
        model = ParentLetter
        fields = ["text"]

    def clean_text(self):
        text = self.cleaned_data["text"]
        unknown = [word for word in re.findall(r"\{[^{}]*\}?", text) if word not in NAME_WORDS]
        if unknown:
            raise ValidationError(
                f"Портал не знает слова {unknown[0][:40]}. Можно: {', '.join(NAME_WORDS)}."
            )
        return text
