"""Forms of the register."""

from django import forms
from django.core.exceptions import ValidationError

from documents.drafting.fields import CleanCharField, DateInput, check_date
from documents.drafting.kinds import KINDS
from documents.numbering.models import Series, check_number_format
from documents.registry.models import Kind
from programmes.scans import checked_scan


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
            data["title"] = KINDS[data["kind"]].title if data["kind"] in KINDS else ""
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
        fields = ["title", "suffix", "number_format", "first_number", "is_school_year"]

    def clean_title(self):
        title = self.cleaned_data["title"]
        others = Series.objects.filter(school=self.instance.school, title=title)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Так уже называется другая серия школы.")
        return title

    def clean_number_format(self):
        return check_number_format(self.cleaned_data["number_format"])


class SkipForm(forms.Form):
    year = forms.IntegerField(label="Год", min_value=2000, max_value=2100)
    next_free = forms.IntegerField(
        label="Следующий свободный номер",
        min_value=1,
        max_value=1_000_000,
        help_text="Номера до него школа дала приказам вне портала.",
    )
    note = CleanCharField(label="Чему даны номера", required=False, max_length=300)
