"""Forms of the register."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError

from documents.registry.drafting import CITES, open_pairs
from documents.registry.life import TITLES
from documents.registry.models import Document, Kind, Series
from documents.registry.uploads import checked_scan
from programmes.text import clean_text

EARLIEST = datetime.date(2000, 1, 1)
LATEST = datetime.date(2100, 1, 1)


def check_date(date: datetime.date | None) -> datetime.date | None:
    if date and not EARLIEST <= date <= LATEST:
        raise ValidationError("Проверьте год.")
    return date


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class CleanCharField(forms.CharField):
    """A text field that drops control and direction characters (SEC 08)."""

    def to_python(self, value):
        return clean_text(super().to_python(value) or "").strip()


class DraftForm(forms.Form):
    """What only the draft knows: its date, the paper it rests on, the pairs it leaves out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    date = forms.DateField(
        label="Дата приказа", required=False, widget=DateInput(), help_text="День подписания."
    )
    basis = forms.ModelChoiceField(
        label="Основание: приказ об утверждении плана",
        queryset=Document.objects.none(),
        required=False,
        empty_label="не выбрано",
    )
    pairs = forms.MultipleChoiceField(
        label="Пары и группы приказа",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Подтверждённые пары, которых нет в других приказах. Неотмеченные останутся "
        "для следующего приказа.",
    )

    def __init__(self, *args, document: Document, **kwargs) -> None:
        excluded = set(document.facts.get("excluded_pairs", ()))
        self.open_pairs = open_pairs(document)
        basis = document.basis(Kind.PLAN)
        kwargs["initial"] = {
            "version": document.version,
            "date": document.date,
            "basis": basis.pk if basis else None,
            "pairs": [str(pair.pk) for pair in self.open_pairs if pair.pk not in excluded],
        }
        super().__init__(*args, **kwargs)
        self.fields["basis"].queryset = document.school.documents.registered().filter(
            kind__in=CITES[document.kind]
        )
        self.fields["pairs"].choices = [
            (str(pair.pk), f"{pair} – {pair.form.title}") for pair in self.open_pairs
        ]

    def clean_date(self):
        return check_date(self.cleaned_data["date"])

    @property
    def excluded_pairs(self) -> list[int]:
        chosen = set(self.cleaned_data["pairs"])
        return [pair.pk for pair in self.open_pairs if str(pair.pk) not in chosen]


class ByHandForm(forms.Form):
    """A paper that exists on paper: its requisites go into the register."""

    kind = forms.ChoiceField(label="Какой это документ", choices=Kind.choices)
    title = CleanCharField(
        label="Заголовок",
        required=False,
        max_length=300,
        help_text="Пусто: как в наборе типовых документов.",
    )
    date = forms.DateField(label="Дата", widget=DateInput())
    number = CleanCharField(label="Номер", max_length=50, help_text="Как на бумаге: 163-од")

    def clean_date(self):
        return check_date(self.cleaned_data["date"])

    def clean(self):
        data = super().clean()
        if data.get("kind") == Kind.OTHER and not data.get("title"):
            self.add_error("title", "Назовите документ.")
        if data.get("kind") and not data.get("title"):
            data["title"] = TITLES.get(data["kind"], "")
        return data


class ScanForm(forms.Form):
    scan = forms.FileField(
        label="Скан подписанного документа",
        help_text="PDF, JPEG или PNG, до 10 МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_scan(self):
        self.content, self.extension = checked_scan(self.cleaned_data["scan"])
        return self.cleaned_data["scan"]


class ReasonForm(forms.Form):
    reason = CleanCharField(label="Причина", max_length=300)


class SeriesForm(forms.ModelForm):
    class Meta:
        model = Series
        fields = ["title", "suffix", "number_format", "first_number"]

    def clean_number_format(self):
        text = self.cleaned_data["number_format"]
        if set(re.findall(r"[{][^}]*[}]?|[}]", text)) - {"{number}", "{suffix}", "{year}"}:
            raise ValidationError("Можно использовать только {number}, {suffix} и {year}.")
        one, two = (text.format(number=n, suffix="-од", year=2026) for n in (1, 2))
        if one == two:
            raise ValidationError("В номере должен быть порядковый номер: {number}.")
        if len(one) > 40:
            raise ValidationError("Номер получается слишком длинным.")
        return text


class SkipForm(forms.Form):
    year = forms.IntegerField(label="Год", min_value=2000, max_value=2100)
    next_free = forms.IntegerField(
        label="Следующий свободный номер",
        min_value=1,
        max_value=1_000_000,
        help_text="Номера до него школа дала приказам вне портала.",
    )
    note = CleanCharField(label="Чему даны номера", required=False, max_length=300)
