"""Forms of the catalogue of measures, of planned measures and of given ones."""

from django import forms

from programmes.careful import CarefulForm
from programmes.models import GivenMeasure, Measure, Person, PlannedMeasure, Programme, School
from programmes.programme.forms import DayField, PeopleChoice, PersonChoice, teachers_of
from programmes.school.forms import CleanCharField

GREATEST_COST = 10_000_000


class MeasureForm(CarefulForm):
    """A measure of the school's catalogue."""

    title = CleanCharField(label="Мера", max_length=150)
    description = CleanCharField(
        label="Что это значит",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Measure
        fields = ["title", "description", "is_used"]
        labels = {"is_used": "Предлагать при планировании"}

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        if self.instance.pk is None:
            del self.fields["is_used"]

    def clean_title(self):
        title = self.cleaned_data["title"]
        same = Measure.objects.filter(school=self.instance.school, title=title)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Такая мера уже есть.")
        return title


class MeasureChoice(forms.ModelChoiceField):
    """A measure of the school: those in use, and the one chosen before."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            label="Мера", queryset=Measure.objects.none(), empty_label="выберите", **kwargs
        )

    def offer(self, school_id: int, chosen: int | None = None) -> None:
        measures = Measure.objects.filter(school=school_id)
        self.queryset = measures.filter(is_used=True) | measures.filter(pk=chosen)


def mentors_of(programme: Programme):
    """Everybody who is or was in the mentor base of the programme, by name."""
    return Person.objects.filter(pk__in=programme.mentors.values("person_id")).in_order()


class PlannedMeasureForm(CarefulForm):
    """What is planned, by when, who, for whom."""

    measure = MeasureChoice()
    what = CleanCharField(
        label="Что именно",
        max_length=500,
        help_text="Значок «Наставник» всем после первой встречи.",
    )
    ended_on = DayField(label="Срок: не позже")
    responsible = PersonChoice(
        label="Ответственный",
        queryset=Person.objects.none(),
        required=False,
        empty_label="пока не назначен",
    )
    started_on = DayField(label="Начало", required=False, help_text="Пусто: «до …».")
    cost = forms.DecimalField(
        label="Стоимость, ₽",
        required=False,
        localize=True,
        min_value=0,
        max_value=GREATEST_COST,
        max_digits=10,
        decimal_places=2,
    )
    people = PeopleChoice(
        label="Для кого",
        queryset=Person.objects.none(),
        required=False,
        help_text="Никто не отмечен: для всех наставников программы.",
    )

    class Meta:
        model = PlannedMeasure
        fields = ["measure", "what", "ended_on", "responsible", "started_on", "cost", "people"]

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        self.fields["measure"].offer(programme.school_id, self.instance.measure_id)
        self.fields["responsible"].queryset = teachers_of(programme.school) | Person.objects.filter(
            school=programme.school_id, pk=self.instance.responsible_id
        )
        self.fields["people"].queryset = mentors_of(programme)

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        programme = self.instance.programme
        for name, day in (("started_on", started), ("ended_on", ended)):
            if day and not programme.started_on <= day <= programme.ended_on:
                self.add_error(name, "Этот день вне программы.")
        if started and ended and ended < started:
            self.add_error("ended_on", "Срок заканчивается раньше, чем начинается.")
        done = self.instance.done_on
        if started and done and started > done:
            self.add_error("started_on", f"Мера проведена {done:%d.%m.%Y}, раньше этого дня.")
        return data


class DoneForm(forms.Form):
    """The measure was carried out: when, with what result, for whom."""

    done_on = DayField(label="Когда проведена")
    result = CleanCharField(
        label="Итог",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    people = PeopleChoice(
        label="Кому",
        queryset=Person.objects.none(),
        required=False,
        help_text="Отмеченным мера запишется в карточку. Никто не отмечен: всем наставникам.",
    )

    def __init__(self, *args, planned: PlannedMeasure, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = mentors_of(planned.programme)
        if not self.is_bound:
            self.initial["people"] = list(planned.people.all())


class DropForm(forms.Form):
    why = CleanCharField(label="Почему не понадобилась", max_length=1000)


class GivenForm(forms.ModelForm):
    """Something that was given without a plan."""

    measure = MeasureChoice()
    what = CleanCharField(
        label="Что именно", max_length=500, help_text="Письмо родителям за первое полугодие."
    )
    given_on = DayField(label="День")
    people = PeopleChoice(
        label="Кому",
        queryset=Person.objects.none(),
        required=False,
        help_text="Никто не отмечен: всем наставникам программы.",
    )

    class Meta:
        model = GivenMeasure
        fields = ["measure", "what", "given_on"]

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, initial={"given_on": programme.working_day()}, **kwargs)
        self.fields["measure"].offer(programme.school_id)
        self.fields["people"].queryset = mentors_of(programme)
