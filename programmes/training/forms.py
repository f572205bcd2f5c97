"""Forms of courses, sessions and results."""

import datetime

from django import forms
from django.utils import timezone

from programmes.careful import CarefulForm
from programmes.people.models import Person
from programmes.programme.forms import DayField, PeopleChoice, PersonChoice, teachers_of
from programmes.school.forms import CleanCharField
from programmes.training.courses import who_may_learn
from programmes.training.models import Course, Enrolment, Result, Session


class CourseForm(CarefulForm):
    title = CleanCharField(label="Название курса", max_length=300)
    is_outside = forms.BooleanField(
        label="Курс другой организации",
        required=False,
        help_text="Занятия и посещаемость ведёт она; вы внесёте номер и дату её удостоверения.",
    )
    organisation = CleanCharField(
        label="Организация",
        required=False,
        max_length=300,
        help_text="Для курса другой организации, например: ГУ ДПО «ИРО Забайкальского края».",
    )
    hours = forms.IntegerField(label="Часов", min_value=1, max_value=1000)
    started_on = DayField(label="Начало")
    ended_on = DayField(label="Окончание")
    minimum_percent = forms.IntegerField(
        label="Посетить не менее, % занятий",
        min_value=1,
        max_value=100,
        initial=80,
        help_text="Кто посетил меньше, курс не прошёл и сертификата не получит.",
    )
    about = CleanCharField(
        label="Программа курса",
        required=False,
        max_length=3000,
        help_text="Темы, по одной в строке.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    class Meta:
        model = Course
        fields = [
            *("title", "is_outside", "organisation", "hours", "started_on", "ended_on"),
            *("minimum_percent", "about"),
        ]

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "Курс заканчивается раньше, чем начинается.")
        programme = self.instance.programme
        earliest = programme.started_on - datetime.timedelta(days=366)
        if started and started < earliest:
            self.add_error("started_on", f"Курс начался раньше {earliest:%d.%m.%Y}: проверьте год.")
        if ended and ended > programme.ended_on:
            self.add_error(
                "ended_on", f"Программа идёт по {programme.ended_on:%d.%m.%Y}: курс не позже."
            )
        if data.get("is_outside") and not data.get("organisation"):
            self.add_error("organisation", "Напишите, какая организация проводит курс.")
        same = Course.objects.filter(
            programme=self.instance.programme, title=data.get("title"), started_on=started
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", "Такой курс с этой датой начала уже есть.")
        if self.instance.pk:
            self._keep_what_is_there(started, ended, data.get("is_outside"))
        return data

    def _keep_what_is_there(self, started, ended, is_outside) -> None:
        days = list(self.instance.sessions.values_list("held_on", flat=True))
        if days and is_outside:
            self.add_error("is_outside", "У курса есть занятия: сначала удалите их.")
        if started and days and min(days) < started:
            self.add_error("started_on", f"Есть занятие раньше: {min(days):%d.%m.%Y}.")
        if ended and days and max(days) > ended:
            self.add_error("ended_on", f"Есть занятие позже: {max(days):%d.%m.%Y}.")


class SessionForm(CarefulForm):
    held_on = DayField(label="Дата")
    starts_at = forms.TimeField(
        label="Начало, время", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    place = CleanCharField(label="Место", required=False, max_length=200)
    topic = CleanCharField(label="Тема", max_length=300)
    leader = PersonChoice(label="Ведёт", queryset=Person.objects.none(), required=False)

    class Meta:
        model = Session
        fields = ["held_on", "starts_at", "place", "topic", "leader"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.course = self.instance.course
        self.fields["leader"].queryset = teachers_of(self.course.programme.school)
        self.fields[
            "held_on"
        ].help_text = (
            f"Курс идёт с {self.course.started_on:%d.%m.%Y} по {self.course.ended_on:%d.%m.%Y}."
        )

    def clean(self):
        data = super().clean()
        day, at = data.get("held_on"), data.get("starts_at")
        if day and not self.course.started_on <= day <= self.course.ended_on:
            self.add_error("held_on", "Этот день вне курса.")
        if day and self.instance.is_marked and day > timezone.localdate():
            self.add_error("held_on", "Посещаемость уже отмечена: занятие не может быть впереди.")
        same = self.course.sessions.filter(held_on=day, starts_at=at)
        if day and at and same.exclude(pk=self.instance.pk).exists():
            self.add_error("starts_at", "Занятие в этот день и час уже есть.")
        return data


class EnrolForm(forms.Form):
    """Selected mentors who are not on the course yet."""

    people = PeopleChoice(label="Кого записать", queryset=Person.objects.none())

    def __init__(self, *args, course: Course, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        may = [person.pk for person in who_may_learn(course.programme)]
        there = course.enrolments.values("person_id")
        self.fields["people"].queryset = (
            Person.objects.filter(pk__in=may).exclude(pk__in=there).in_order()
        )


class DayForm(forms.Form):
    """The day of results or of certificates."""

    day = DayField(label="Дата")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, initial={"day": timezone.localdate()}, **kwargs)


class OutsideResultForm(CarefulForm):
    result = forms.ChoiceField(
        label="Результат", required=False, choices=[("", "ещё учится"), *Result.choices]
    )
    hours = forms.IntegerField(label="Часов", required=False, min_value=1, max_value=1000)
    result_on = DayField(label="Дата результата", required=False)
    outside_number = CleanCharField(label="Номер удостоверения", required=False, max_length=100)
    outside_date = DayField(label="Дата удостоверения", required=False)

    class Meta:
        model = Enrolment
        fields = ["result", "hours", "result_on", "outside_number", "outside_date"]

    @property
    def cleaned_values(self) -> dict:
        """What is stored: the fields of the row, without the version of the page."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class RevokeForm(forms.Form):
    reason = CleanCharField(label="Причина", max_length=300)
    day = DayField(label="Дата")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, initial={"day": timezone.localdate()}, **kwargs)
