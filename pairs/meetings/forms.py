"""Forms of meetings: few fields, most of them optional, so that a phone is enough."""

from django import forms
from django.utils import timezone

from pairs.meetings.checks import people_of
from pairs.meetings.log import steps_to_tick
from pairs.meetings.models import Meeting
from programmes.careful import CarefulForm
from programmes.models import Person
from programmes.programme.forms import DayField, PeopleChoice
from programmes.school.forms import CleanCharField

EVERY = [("7", "каждую неделю"), ("14", "каждые две недели"), ("28", "каждые четыре недели")]


def time_field(label: str, **more) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        **more,
    )


class StepsChoice(forms.ModelMultipleChoiceField):
    """Steps of a route as chips."""

    def label_from_instance(self, step) -> str:
        return step.title


class LogForm(CarefulForm):
    """A meeting that was held: when, what was done, how it went, the next one."""

    held_on = DayField(label="Когда")
    steps = StepsChoice(
        label="Шаги маршрута, которые сделали",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    done = CleanCharField(
        label="Что сделали",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mood = forms.TypedChoiceField(
        label="Как прошло",
        required=False,
        coerce=int,
        empty_value=None,
        choices=Meeting.Mood.choices,
        widget=forms.RadioSelect,
        help_text="Видно вам и куратору.",
    )
    next_on = DayField(label="Следующая встреча", required=False)
    next_at = time_field("Время следующей")
    starts_at = time_field("Время начала")
    minutes = forms.IntegerField(label="Сколько минут", required=False, min_value=5, max_value=600)
    place = CleanCharField(label="Где", required=False, max_length=200)
    is_remote = forms.BooleanField(label="Дистанционно", required=False)

    class Meta:
        model = Meeting
        fields = ["held_on", "done", "mood", "starts_at", "minutes", "place", "is_remote"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance
        self.fields["steps"].queryset = steps_to_tick(meeting.pair, meeting)
        self.may_tick = bool(self.fields["steps"].queryset)
        if not self.may_tick:
            del self.fields["steps"]
        if meeting.pk:
            self.initial.setdefault("steps", [step.pk for step in meeting.steps.all()])
        if meeting.is_held:
            del self.fields["next_on"], self.fields["next_at"]
        elif not meeting.pk:
            self.initial["held_on"] = timezone.localdate()
        self.fields["done"].is_asked = True

    def clean(self):
        data = super().clean()
        if data.get("next_at") and not data.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "Назовите и день следующей встречи.")
        return data

    def clean_done(self) -> str:
        return self.cleaned_data["done"]

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def _post_clean(self) -> None:
        """The row is filled by the deed, under the lock: a refused form changes nothing in it."""


class PlanForm(forms.Form):
    """A meeting that lies ahead, or a series of them."""

    held_on = DayField(label="Когда")
    starts_at = time_field("Время")
    minutes = forms.IntegerField(label="Сколько минут", required=False, min_value=5, max_value=600)
    place = CleanCharField(label="Где", required=False, max_length=200)
    is_remote = forms.BooleanField(label="Дистанционно", required=False)
    topic = CleanCharField(label="О чём", required=False, max_length=500)
    every = forms.TypedChoiceField(
        label="Повторять",
        required=False,
        coerce=int,
        empty_value=0,
        choices=[("", "не повторять"), *EVERY],
    )
    until = DayField(
        label="Повторять до",
        required=False,
        help_text="Выходные, праздники и каникулы школы портал обойдёт.",
    )

    def __init__(self, *args, pair, **kwargs) -> None:
        kwargs["initial"] = {"minutes": 45} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text += f" Программа идёт по {pair.programme.ended_on:%d.%m.%Y}."

    def clean(self):
        data = super().clean()
        every, until, first = data.get("every"), data.get("until"), data.get("held_on")
        if every and not until and "until" not in self.errors:
            self.add_error("until", "Назовите последний день.")
        if until and not every and "every" not in self.errors:
            self.add_error("every", "Выберите, как часто встречаться.")
        if until and first and until < first:
            self.add_error("until", "Последний день раньше первого.")
        return data

    @property
    def values(self) -> dict:
        names = ("held_on", "starts_at", "minutes", "place", "is_remote", "topic")
        return {name: self.cleaned_data[name] for name in names}


class MoveForm(CarefulForm):
    """Another day, time or place of a meeting that lies ahead."""

    held_on = DayField(label="Когда")
    starts_at = time_field("Время")
    place = CleanCharField(label="Где", required=False, max_length=200)
    is_remote = forms.BooleanField(label="Дистанционно", required=False)
    topic = CleanCharField(label="О чём", required=False, max_length=500)

    class Meta:
        model = Meeting
        fields = ["held_on", "starts_at", "place", "is_remote", "topic"]

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def _post_clean(self) -> None:
        """The row is filled by the deed, under the lock."""


class MissedForm(forms.Form):
    """Who did not come, and why."""

    absent = PeopleChoice(label="Кто не пришёл", queryset=Person.objects.none(), required=False)
    why = CleanCharField(label="Почему встреча не состоялась", required=False, max_length=300)

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = [person.pk for person in people_of(meeting.pair, meeting.held_on)]
        self.fields["absent"].queryset = Person.objects.filter(pk__in=people).in_order()


class CallOffForm(forms.Form):
    why = CleanCharField(label="Почему отменяем", required=False, max_length=300)
