"""Forms of the project group and of the plans."""

from django import forms
from django.utils import timezone

from programmes.careful import CarefulForm
from programmes.correcting import DATES, DatesForm
from programmes.people.models import Person
from programmes.preparation.models import GroupMember, ItemState, Plan, PlanItem
from programmes.programme.forms import DayField, PeopleChoice, PersonChoice, teachers_of
from programmes.programme.models import Programme
from programmes.school.forms import CleanCharField
from programmes.stages import STAGES

DUTIES = {
    "label": "Обязанности",
    "required": False,
    "max_length": 300,
    "help_text": "Коротко: готовит Положение, ведёт базу наставляемых.",
}


class JoinGroupForm(forms.Form):
    """Somebody joins the project group from a day."""

    person = PersonChoice(label="Кто", queryset=Person.objects.none())
    started_on = DayField(label="С какого дня")
    duties = CleanCharField(**DUTIES)
    is_leader = forms.BooleanField(
        label="Руководитель группы",
        required=False,
        help_text="Прежний руководитель с этого дня останется в группе её членом.",
    )

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        there = programme.group.filter(ended_on__isnull=True).values("person_id")
        self.fields["person"].queryset = teachers_of(programme.school).exclude(pk__in=there)
        self.fields["person"].error_messages["invalid_choice"] = (
            "Этот человек уже в группе (день исправляют на его странице), или его нет среди "
            "педагогических работников."
        )


class DutiesForm(CarefulForm):
    """What a member of the group does."""

    duties = CleanCharField(**DUTIES)

    class Meta:
        model = GroupMember
        fields = ["duties"]


class MembershipDatesForm(DatesForm):
    class Meta:
        model = GroupMember
        fields = DATES


class LeaderForm(forms.Form):
    """From which day a member leads the group."""

    started_on = DayField(
        label="С какого дня", help_text="Прежний руководитель останется в группе её членом."
    )


class PlanItemForm(CarefulForm):
    """One line of a plan."""

    title = CleanCharField(
        label="Мероприятие", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    started_on = DayField(label="Начало", required=False, help_text="Пусто: срок «до …».")
    ended_on = DayField(label="Окончание", required=False)
    result = CleanCharField(label="Результат", max_length=500, required=False)
    responsible = PeopleChoice(
        label="Ответственные", queryset=Person.objects.none(), required=False
    )

    class Meta:
        model = PlanItem
        fields = ["stage", "title", "started_on", "ended_on", "result", "responsible"]

    def __init__(self, *args, programme: Programme, plan: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme, self.instance.plan = programme, plan
        if plan == Plan.IMPLEMENTATION:
            self.fields["stage"].required = True
            titles = [(stage.number, f"{stage.number}. {stage.title}") for stage in STAGES]
            self.fields["stage"].choices = [("", "выберите"), *titles]
        else:
            del self.fields["stage"]
        people = teachers_of(programme.school)
        if self.instance.pk is None:
            del self.fields["version"]  # nobody changes a row that is not there yet
        else:
            here = Person.objects.filter(plan_items=self.instance).values("pk")
            teachers = teachers_of(programme.school).order_by().values("pk")
            people = Person.objects.filter(pk__in=here.union(teachers)).in_order()
        self.fields["responsible"].queryset = people

    def clean(self):
        data = super().clean()
        programme = self.instance.programme
        started, ended = data.get("started_on"), data.get("ended_on")
        for name, date in (("started_on", started), ("ended_on", ended)):
            if date and not programme.started_on <= date <= programme.ended_on:
                first, last = programme.started_on, programme.ended_on
                self.add_error(
                    name, f"Дата вне программы: она идёт с {first:%d.%m.%Y} по {last:%d.%m.%Y}."
                )
        if started and ended and ended < started:
            self.add_error("ended_on", "Срок заканчивается раньше, чем начинается.")
        if not self.errors and self._same_exists(data):
            self.add_error("title", "Такой пункт с тем же сроком в плане уже есть.")
        return data

    def _same_exists(self, data) -> bool:
        same = self.instance.programme.plan_items.filter(
            plan=self.instance.plan,
            stage=data.get("stage"),
            title=data["title"],
            started_on=data["started_on"],
            ended_on=data["ended_on"],
        )
        return same.exclude(pk=self.instance.pk).exists()


class ItemStateForm(CarefulForm):
    """How far an item of a plan is."""

    state = forms.ChoiceField(
        label="Состояние", choices=ItemState.choices, widget=forms.RadioSelect
    )
    done_on = DayField(
        label="Выполнено",
        required=False,
        help_text="Для выполненного: день не позже сегодняшнего.",
    )
    outcome = CleanCharField(
        label="Чем закончилось",
        required=False,
        max_length=500,
        help_text="Что получилось, или почему не понадобилось.",
    )

    class Meta:
        model = PlanItem
        fields = ["state", "done_on", "outcome"]

    def clean(self):
        data = super().clean()
        state, done_on = data.get("state"), data.get("done_on")
        if state == ItemState.DONE:
            if "done_on" not in self.errors and not done_on:
                self.add_error("done_on", "Укажите, когда выполнено.")
            elif done_on and done_on > timezone.localdate():
                self.add_error("done_on", "Этот день ещё не наступил.")
            elif done_on and done_on < self.instance.programme.started_on:
                first = self.instance.programme.started_on
                self.add_error("done_on", f"Раньше начала программы: она идёт с {first:%d.%m.%Y}.")
        elif state:
            data["done_on"] = None  # an open item has no day; a typed one is of no use
            self.errors.pop("done_on", None)
        if state == ItemState.DROPPED and not data.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", "Напишите, почему пункт не понадобился.")
        return data


class ShiftForm(forms.Form):
    """Which open items move, and how far: by working days, or to a new first day."""

    stage = forms.TypedChoiceField(
        label="Какие пункты",
        choices=[
            ("", "все незавершённые"),
            *((stage.number, f"с этапа {stage.number}: {stage.title}") for stage in STAGES),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    days = forms.IntegerField(
        label="На сколько рабочих дней",
        required=False,
        min_value=-400,
        max_value=400,
        help_text="Раньше – с минусом: -3.",
    )
    start_on = DayField(
        label="Или начать с дня",
        required=False,
        help_text="С этого дня начнётся самый ранний из пунктов, остальные сдвинутся вместе с ним.",
    )

    def __init__(self, *args, plan: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_asked = True  # one of them is needed, which the words say
        if plan == Plan.MENTORSHIP:
            del self.fields["stage"]

    def clean(self):
        data = super().clean()
        days, start = data.get("days"), data.get("start_on")
        if not self.errors and (days is None) == (start is None):
            self.add_error(
                "days", "Назовите число рабочих дней или новый первый день: что-то одно."
            )
        elif days == 0:
            self.add_error("days", "Ноль дней ничего не сдвинет.")
        return data
