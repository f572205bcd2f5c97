"""Forms of the project group and of the plans."""

from django import forms

from programmes.careful import CarefulForm
from programmes.correcting import DATES, DatesForm
from programmes.people.models import Person
from programmes.preparation.models import GroupMember, Plan, PlanItem
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
