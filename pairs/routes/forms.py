"""Forms of routes, their steps and goals, of strengths and of ready routes."""

import datetime

from django import forms
from django.utils import timezone

from pairs.formation.models import Pair
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths
from programmes.careful import CarefulForm
from programmes.catalogue.forms import LinesField
from programmes.models import MentoringForm, NeedCategory, Person, School
from programmes.programme.forms import DayField, PersonChoice
from programmes.school.forms import CleanCharField

LONGEST_STEP = 500


class BeginForm(forms.Form):
    """For whom a route is begun, and from which ready one."""

    mentee = PersonChoice(label="Наставляемый", queryset=Person.objects.none())
    ready = forms.ModelChoiceField(
        label="С чего начать",
        queryset=ReadyRoute.objects.none(),
        required=False,
        empty_label="с чистого листа",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, mentees: list[Person], ready: list[ReadyRoute], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = [person.pk for person in mentees]
        self.fields["mentee"].queryset = Person.objects.filter(pk__in=people).in_order()
        if len(people) == 1:
            self.fields["mentee"].initial = people[0]
        field = self.fields["ready"]
        field.queryset = ReadyRoute.objects.filter(pk__in=[row.pk for row in ready])
        field.choices = [
            *((row.pk, _title(row)) for row in ready),
            ("", "С чистого листа"),
        ]
        field.initial = ready[0].pk if ready else ""


def _title(row: ReadyRoute) -> str:
    return f"{row.title} – подходит к запросу" if row.is_recommended else row.title


class InsideRoute(CarefulForm):
    """A row of a route whose day lies inside the route."""

    day = ""

    def __init__(self, *args, route: Route, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.route = self.instance.route = route
        if self.instance.pk is None:
            del self.fields["version"]

    def clean_due_on(self) -> datetime.date:
        due, route = self.cleaned_data["due_on"], self.route
        if due > route.ended_on:
            raise forms.ValidationError(
                f"Маршрут кончается {route.ended_on:%d.%m.%Y}: выберите день раньше или продлите "
                "маршрут."
            )
        if due < route.started_on:
            raise forms.ValidationError(f"Маршрут начинается {route.started_on:%d.%m.%Y}.")
        return due


class StepForm(InsideRoute):
    due_on = DayField(label="Срок")

    class Meta:
        model = RouteStep
        fields = ["title", "due_on", "expected"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}


class GoalForm(InsideRoute):
    due_on = DayField(label="К какому дню")

    class Meta:
        model = Goal
        fields = ["text", "measure", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class GoalResultForm(forms.Form):
    """Whether a goal was reached, and what came of it."""

    is_reached = forms.TypedChoiceField(
        label="Цель",
        choices=[("yes", "достигнута"), ("no", "не достигнута"), ("", "рано судить")],
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    result = CleanCharField(label="Что получилось", required=False, max_length=500)


class RouteForm(CarefulForm):
    """Aim, tasks, expected results and term of a route."""

    started_on = DayField(label="Начало")
    ended_on = DayField(label="Окончание")

    class Meta:
        model = Route
        fields = ["aim", "tasks", "expected", "started_on", "ended_on"]
        widgets = {
            "aim": forms.Textarea(attrs={"rows": 2}),
            "tasks": forms.Textarea(attrs={"rows": 4}),
            "expected": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self):
        data = super().clean()
        started, ended = data.get("started_on"), data.get("ended_on")
        pair = self.instance.pair
        if started and started < pair.started_on:
            self.add_error("started_on", f"Пара работает с {pair.started_on:%d.%m.%Y}.")
        if started and ended and ended < started:
            self.add_error("ended_on", "Маршрут заканчивается раньше, чем начинается.")
        elif ended and ended > pair.programme.ended_on:
            self.add_error(
                "ended_on", f"Программа заканчивается {pair.programme.ended_on:%d.%m.%Y}."
            )
        else:
            self._keep_rows_inside(started, ended)
        return data

    def _keep_rows_inside(self, started, ended) -> None:
        rows = [*self.instance.steps.all(), *self.instance.goals.all()]
        if started and any(row.due_on < started for row in rows):
            self.add_error("started_on", "Есть шаги или цели с более ранним сроком.")
        if ended and any(row.due_on > ended for row in rows):
            self.add_error("ended_on", "Есть шаги или цели с более поздним сроком.")


class StepDoneForm(forms.Form):
    on = DayField(label="Выполнен")
    result = CleanCharField(label="Результат", required=False, max_length=1000)


class WhyForm(forms.Form):
    why = CleanCharField(label="Почему", max_length=1000)


class RemarkForm(forms.Form):
    remark = CleanCharField(
        label="Что исправить", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Итог", choices=Route.Outcome.choices, widget=forms.RadioSelect
    )
    summary = CleanCharField(
        label="Итог в словах",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = DayField(label="Завершён")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class StrengthsForm(CarefulForm):
    class Meta:
        model = Strengths
        fields = ["strong", "weak", "opportunities", "threats"]
        widgets = dict.fromkeys(fields, forms.Textarea(attrs={"rows": 3}))


class FormatForm(CarefulForm):
    """How and how often a pair meets (S6.1)."""

    class Meta:
        model = Pair
        fields = ["meets", "every_days", "place"]
        help_texts = {"place": "Например: вторник, 15:00, кабинет 12."}

    every_days = forms.TypedChoiceField(
        label="Как часто",
        choices=[
            ("", "не выбрано"),
            (7, "раз в неделю"),
            (14, "раз в две недели"),
            (30, "раз в месяц"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="По Положению – не реже одного раза в две недели.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        days = self.instance.every_days
        field = self.fields["every_days"]
        if days and days not in dict(field.choices):
            field.choices = [*field.choices, (days, f"раз в {days} дн.")]


class ReadyRouteForm(CarefulForm):
    """A ready route; a line of ``steps`` is a step: «неделя | что делаем | результат»."""

    steps = LinesField(
        label="Шаги",
        longest=LONGEST_STEP,
        rows=8,
        help_text="Шаг – строка: номер недели | что делаем | ожидаемый результат. "
        "Первая неделя – 0.",
    )

    class Meta:
        model = ReadyRoute
        fields = ["form", "category", "title", "aim", "expected", "is_used"]
        widgets = {
            "aim": forms.Textarea(attrs={"rows": 2}),
            "expected": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = ["form", "category", "title", "aim", "expected", "steps", "is_used"]

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        self.fields["form"].queryset = MentoringForm.objects.filter(school=school)
        self.fields["category"].queryset = NeedCategory.objects.filter(school=school)
        self.fields["category"].empty_label = "для любого запроса"
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.initial["steps"] = [
                " | ".join(part for part in (str(s.week), s.title, s.expected) if part)
                for s in self.instance.steps.all()
            ]

    def clean_steps(self) -> list[tuple[int, str, str]]:
        steps = []
        for number, line in enumerate(self.cleaned_data["steps"], 1):
            week, _, rest = line.partition("|")
            title, _, expected = (part.strip() for part in rest.partition("|"))
            if not week.strip().isdecimal() or int(week) > 60 or not title:
                raise forms.ValidationError(
                    f"Строка {number}: напишите «неделя | что делаем | результат», "
                    "неделя – число от 0 до 60."
                )
            steps.append((int(week), title, expected))
        if not steps:
            raise forms.ValidationError("Добавьте хотя бы один шаг.")
        return steps

    def clean(self):
        data = super().clean()
        same = ReadyRoute.objects.filter(
            school=self.instance.school, form=data.get("form"), title=data.get("title", "")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", "Такой готовый маршрут для этой формы уже есть.")
        return data

    def save(self, commit: bool = True) -> ReadyRoute:
        route = super().save(commit)
        route.steps.all().delete()
        ReadyStep.objects.bulk_create(
            ReadyStep(
                ready_route=route, position=position, week=week, title=title, expected=expected
            )
            for position, (week, title, expected) in enumerate(self.cleaned_data["steps"], 1)
        )
        return route
