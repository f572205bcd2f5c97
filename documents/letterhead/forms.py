"""Forms of what a school chooses for its papers."""

import re

from django import forms
from django.core.exceptions import ValidationError

from documents import wording
from documents.drafting.fields import CleanCharField, DateInput, check_date
from documents.kinds.council_minutes import SPLIT_TITLE, TITLE
from documents.kinds.facts import Control, HeardCase
from documents.kinds.order import INSTRUCTION_CONTROL, STANDARD_CONTROL
from documents.letterhead.checking import (
    checked_emblem,
    checked_letterhead,
    letterhead_emblem,
    letterhead_lines,
)
from documents.letterhead.models import LegalReference, PaperSettings
from programmes.careful import CarefulForm
from programmes.school.models import School

TOO_LARGE = "Файл больше 12 МБ: сервер не стал его читать."


def _one_of(label: str, help_text: str, choices: list[tuple[object, str]]) -> forms.Field:
    """Radio buttons, each with the line as it will print. Values may be True and False."""
    values = {str(value): value for value, _ in choices}
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        coerce=lambda value: values[str(value)],
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите один из вариантов."},
    )


class PaperSettingsForm(CarefulForm):
    """K13–K15, «слушали», quorum and lists: what the instruction leaves to a school."""

    control = _one_of(
        "Пункт о контроле",
        "Последний пункт каждого приказа, если контроль не возложен на другого.",
        [
            (
                Control.INSTRUCTION.value,
                f"Как в инструкции: «{INSTRUCTION_CONTROL}», а в приказах о парах и об итоговом "
                f"мероприятии – «{STANDARD_CONTROL}»",
            ),
            (Control.STANDARD.value, f"Во всех приказах: «{STANDARD_CONTROL}»"),
        ],
    )
    has_regulation_term = _one_of(
        "Пункт об утверждении Положения",
        "Приказ утверждает Положение сразу, поэтому срок можно не писать.",
        [
            (
                True,
                "Как в инструкции: «Утвердить положение о наставничестве в срок до 15 октября "
                "2026 г. (приложение).»",
            ),
            (False, "Без срока: «Утвердить положение о наставничестве (приложение).»"),
        ],
    )
    is_minutes_title_split = _one_of(
        "Заголовок протокола",
        "Так называется протокол педагогического совета.",
        [
            (False, f"Как в инструкции, одной строкой: «{TITLE}»"),
            (True, f"В две строки: «{SPLIT_TITLE[0]}», под ним «{SPLIT_TITLE[1]}»"),
        ],
    )
    heard_case = _one_of(
        "Докладчик после слова СЛУШАЛИ",
        "В инструкции стоит «ФИО. О …», падеж в ней не назван.",
        [
            (
                HeardCase.ACCUSATIVE.value,
                "Кого: «Доржиеву Сэсэг Бадмаевну. О плане реализации целевой модели.»",
            ),
            (
                HeardCase.NOMINATIVE.value,
                "Кто: «Доржиева Сэсэг Бадмаевна. О плане реализации целевой модели.»",
            ),
        ],
    )
    quorum_percent = forms.IntegerField(
        label="Кворум: присутствует больше, %",
        help_text="Доля состава педагогического совета по уставу, обычно 50. Без кворума протокол "
        "не зарегистрировать.",
        min_value=0,
        max_value=99,
    )
    list_above = forms.IntegerField(
        label="Список отдельным листом, если человек больше",
        help_text="Тогда в протоколе вместо имён стоит число и «(список прилагается)».",
        min_value=1,
        max_value=1000,
    )

    class Meta:
        model = PaperSettings
        fields = [
            *("control", "has_regulation_term", "is_minutes_title_split", "heard_case"),
            *("quorum_percent", "list_above"),
        ]


# The answers with which papers read as the instruction has them.
BY_INSTRUCTION = ("control", "has_regulation_term", "is_minutes_title_split", "heard_case")


class _UploadForm(forms.Form):
    """``is_too_large``: the server has stopped reading the request, so the file is not in it."""

    def __init__(self, *args, is_too_large: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            words = TOO_LARGE if is_too_large else "Выберите файл."
            field.error_messages["required"] = words


class LetterheadForm(_UploadForm):
    """A letterhead to be looked at: ``content``, ``lines`` and ``emblem`` once it is valid."""

    letterhead = forms.FileField(
        label="Файл бланка",
        help_text="DOCX, до 5 МБ: только шапка, без текста документа. Без макросов, ссылок и "
        "вставленных файлов.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_letterhead(self):
        uploaded = self.cleaned_data["letterhead"]
        self.content = checked_letterhead(uploaded.read(), uploaded.name)
        self.lines = letterhead_lines(self.content)
        if not self.lines:
            raise ValidationError(
                "В бланке нет текста. Наберите наименование школы буквами: картинку портал не "
                "прочитает и не сможет повторить в PDF."
            )
        self.emblem = letterhead_emblem(self.content)
        return uploaded


class EmblemForm(_UploadForm):
    """The picture above the head of papers: ``png`` once it is valid."""

    emblem = forms.FileField(
        label="Картинка",
        help_text="PNG или JPEG, до 2 МБ. На бумаге не шире 60 мм и не выше 20 мм.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )

    def clean_emblem(self):
        uploaded = self.cleaned_data["emblem"]
        self.png = checked_emblem(uploaded.read(), uploaded.name)
        return uploaded


class LegalReferenceForm(CarefulForm):
    """How papers of the school name an act from a day on.

    ``already`` is the row that says the very same: what a second click would have written.
    """

    already: LegalReference | None = None
    nominative = CleanCharField(
        label="Как называется (что?)",
        max_length=300,
        help_text="Именительный падеж: «статья 351.8 Трудового кодекса Российской Федерации».",
    )
    instrumental = CleanCharField(
        label="В соответствии с чем?",
        max_length=300,
        help_text="Творительный падеж, без «с» и «со»: «статьей 351.8 Трудового кодекса "
        "Российской Федерации».",
    )
    valid_from = forms.DateField(
        label="С какого дня",
        widget=DateInput(),
        help_text="Так будут написаны документы с этой датой и позже.",
    )

    class Meta:
        model = LegalReference
        fields = ["code", "nominative", "instrumental", "valid_from"]

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school

    def clean_nominative(self):
        return _phrase(self.cleaned_data["nominative"])

    def clean_instrumental(self):
        text = _phrase(self.cleaned_data["instrumental"])
        if re.match(r"(?:в соответствии\s+)?со?\s", text, re.IGNORECASE):
            raise ValidationError("Уберите предлог: «с» или «со» портал поставит сам.")
        return text

    def clean_valid_from(self):
        return check_date(self.cleaned_data["valid_from"])

    def clean(self):
        data = super().clean()
        code, day = data.get("code"), data.get("valid_from")
        there = self.instance.school.legal_references.filter(code=code, valid_from=day)
        there = there.exclude(pk=self.instance.pk).first() if code and day else None
        if there is None:
            return data
        typed = (data.get("nominative"), data.get("instrumental"))
        if self.instance.pk is None and typed == (there.nominative, there.instrumental):
            self.already = there
        else:
            self.add_error(
                "valid_from",
                f"С {day:%d.%m.%Y} уже записано: «{there.nominative}». Исправьте ту запись или "
                "выберите другой день.",
            )
        return data


def _phrase(text: str) -> str:
    """Words for the middle of a sentence: one line, no mark at the end."""
    phrase = wording.ended(re.sub(r"[ \t\n]+", " ", text), "")[0]
    if not phrase:
        raise ValidationError("Напишите, как называется закон или статья.")
    return phrase
