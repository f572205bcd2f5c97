"""Forms of the programme's aims and of its expected results as numbers."""

from django import forms

from programmes.careful import digest
from programmes.catalogue.forms import LinesField
from programmes.catalogue.models import OF_MODEL, Said
from programmes.goals.models import Indicator, offered, set_aims
from programmes.keeping import ProgrammeRowForm
from programmes.programme.forms import DayField
from programmes.programme.models import Programme
from programmes.school.forms import CleanCharField

TITLES = {Said.GOAL: "Цели", Said.TASK: "Задачи", Said.RESULT: "Ожидаемые результаты"}
OWN = {Said.GOAL: "Своя цель", Said.TASK: "Свои задачи", Said.RESULT: "Свои результаты"}


class LineChoice(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class AimsForm(forms.Form):
    """Aims ticked in the catalogue for the forms in use, and those written by hand."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, programme: Programme) -> None:
        self.programme = programme
        chosen = list(programme.aims.values_list("kind", "text"))
        self.now = digest(sorted(map(list, chosen)))
        items = offered(programme)
        initial: dict = {"version": self.now}
        self.texts: dict[str, dict[str, str]] = {}
        choices = {}
        for kind in OF_MODEL:
            mine = [text for of, text in chosen if of == kind]
            lines = [
                i for i in items if (Said.RESULT if i.kind == Said.MEASURED else i.kind) == kind
            ]
            self.texts[kind] = {str(item.pk): item.text for item in lines}
            choices[kind] = [
                (str(i.pk), f"{i.text} (форма {i.form})" if i.form else i.text) for i in lines
            ]
            initial[kind] = [pk for pk, text in self.texts[kind].items() if text in mine]
            known = set(self.texts[kind].values())
            initial[f"own_{kind.value}"] = [text for text in mine if text not in known]
        super().__init__(data, initial=initial)
        for kind in OF_MODEL:
            self.fields[kind] = LineChoice(
                label=f"{TITLES[kind]} из каталога", choices=choices[kind], required=False
            )
            self.fields[f"own_{kind.value}"] = LinesField(
                label=OWN[kind], longest=1000, rows=3, help_text="По одной в строке."
            )

    def chosen(self, kind: Said) -> list[str]:
        """The aims of a kind as sent: in the order of the catalogue, then one's own."""
        ticked = [self.texts[kind][pk] for pk in self.texts[kind] if pk in self.cleaned_data[kind]]
        return [*ticked, *self.cleaned_data[f"own_{kind.value}"]]

    @property
    def is_stale(self) -> bool:
        stored = {kind: list(self.programme.aims.filter(kind=kind)) for kind in OF_MODEL}
        differs = any(
            {aim.text for aim in stored[kind]} != set(self.chosen(kind)) for kind in OF_MODEL
        )
        return self.cleaned_data.get("version") != self.now and differs

    def conflict(self) -> tuple[str, ...]:
        """For the 409 page; empty when nobody changed the aims meanwhile."""
        if not self.is_bound or self.errors or not self.is_stale:
            return ()
        self.data = self.data.copy()
        self.data["version"] = self.now
        return (
            "Пока страница была открыта, цели изменили. Ваш выбор остался в форме: сверьте его и "
            "сохраните ещё раз.",
            *(f"Сохранено: {aim}" for aim in self.programme.aims.all()[:20]),
        )

    def save(self) -> None:
        for kind in OF_MODEL:
            set_aims(self.programme, kind, self.chosen(kind))


class IndicatorForm(ProgrammeRowForm):
    """An expected result as a number."""

    same = "Такой показатель уже есть."
    days = ("due_on",)

    title = CleanCharField(
        label="Показатель",
        max_length=300,
        help_text="Например: обучающиеся 5–9 классов, которые посещают кружки.",
    )
    unit = CleanCharField(
        label="Единица измерения", max_length=60, help_text="Человек, %, баллов, жалоб."
    )
    method = CleanCharField(
        label="Как измеряется",
        max_length=300,
        required=False,
        help_text="Откуда берут число: журнал, анкета, отчёт.",
    )
    baseline = forms.DecimalField(
        label="Сейчас",
        localize=True,
        required=False,
        max_digits=9,
        decimal_places=2,
        help_text="Можно с запятой: 12,5. Пусто: измерите позже.",
    )
    target = forms.DecimalField(label="Ожидаем", localize=True, max_digits=9, decimal_places=2)
    due_on = DayField(label="К какому дню")

    class Meta:
        model = Indicator
        fields = ["title", "unit", "method", "form", "baseline", "target", "due_on"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("baseline", "target"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        self.fields["form"].queryset = self.programme.school.forms.all()
        self.fields["form"].empty_label = "вся программа"
        if self.instance.pk is None:
            self.initial.setdefault("due_on", self.programme.ended_on)
