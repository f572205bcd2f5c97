"""Forms of reports and of their terms."""

from django import forms

from pairs.reports.models import CuratorReport, MentorReport, ReportKind, terms_of
from programmes.careful import CarefulForm
from programmes.models import Programme
from programmes.programme.forms import DayField


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(CarefulForm):
    """The words of a mentor's report; meetings and steps come from the log and the route."""

    class Meta:
        model = MentorReport
        fields = ["growth", "satisfaction", "difficulties", "proposals"]
        widgets = {"growth": area(4), "difficulties": area(3), "proposals": area(3)}
        help_texts = {
            "growth": "Что изменилось: оценки, посещаемость, участие, уверенность.",
            "satisfaction": "Спросите наставляемого: 1 – совсем не доволен, 10 – очень доволен.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["growth"].is_asked = True  # a draft may lack it, a report that is sent may not


class RemarkForm(forms.Form):
    remark = forms.CharField(label="Что исправить", max_length=1000, widget=area(2))


class TermsForm(forms.Form):
    """By which days mentors hand in their reports."""

    interim = DayField(label="Промежуточный отчёт – до")
    final = DayField(label="Итоговый отчёт – до")

    def __init__(self, data=None, *, programme: Programme) -> None:
        self.programme = programme
        super().__init__(data, initial=terms_of(programme))

    def clean(self):
        data = super().clean()
        first, last = self.programme.started_on, self.programme.ended_on
        for name in ReportKind.values:
            if data.get(name) and not first <= data[name] <= last:
                self.add_error(name, f"Программа идёт с {first:%d.%m.%Y} по {last:%d.%m.%Y}.")
        if data.get("interim") and data.get("final") and data["interim"] >= data["final"]:
            self.add_error("final", "Итоговый отчёт сдают позже промежуточного.")
        return data


class CuratorReportForm(CarefulForm):
    """Period and words of the curator's report; the figures are counted."""

    started_on = DayField(label="Период с")
    ended_on = DayField(label="Период по")

    class Meta:
        model = CuratorReport
        fields = ["started_on", "ended_on", "done", "problems", "proposals"]
        widgets = {"done": area(5), "problems": area(4), "proposals": area(4)}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["version"]

    def clean(self):
        data = super().clean()
        first, last = data.get("started_on"), data.get("ended_on")
        if first and last and last < first:
            self.add_error("ended_on", "Период заканчивается раньше, чем начинается.")
        return data
