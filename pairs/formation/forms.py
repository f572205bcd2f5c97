"""Forms of pairs and groups."""

import datetime
from collections.abc import Iterable

from django import forms
from django.db.models import Q

from pairs.formation.candidates import unpaired
from pairs.formation.models import Pair
from programmes.mentors.models import Mentor
from programmes.models import MentoringForm, Person, Programme, Variant
from programmes.programme.forms import DayField, PeopleChoice, PersonChoice
from programmes.school.forms import CleanCharField

# Reasons that schools give (domain notes § 2.1); «другое» takes free words.
END_REASONS = (
    "план выполнен",
    "по просьбе наставника",
    "по просьбе наставляемого",
    "наставник или наставляемый выбыл",
    "психологическая несовместимость",
    "обязанности не исполнялись",
)


class ReasonField(forms.ChoiceField):
    def __init__(self, **kwargs) -> None:
        choices = [("", "выберите"), *((r, r) for r in END_REASONS), ("other", "другое")]
        super().__init__(label="Причина", choices=choices, **kwargs)


class WithReason(forms.Form):
    """A reason from the list, or in free words."""

    reason = ReasonField()
    words = CleanCharField(label="Другая причина", required=False, max_length=300)

    def clean(self):
        data = super().clean()
        if data.get("reason") == "other" and not data.get("words"):
            self.add_error("words", "Напишите причину.")
        return data

    @property
    def reason_words(self) -> str:
        data = self.cleaned_data
        return data["words"] if data["reason"] == "other" else data["reason"]


class EndPairForm(WithReason):
    on = DayField(label="Последний день пары")
    field_order = ["on", "reason", "words"]


class ChangeMentorForm(WithReason):
    mentor = PersonChoice(label="Новый наставник", queryset=Person.objects.none())
    on = DayField(label="С какого дня")
    field_order = ["mentor", "on", "reason", "words"]

    def __init__(self, *args, pair: Pair, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        base = Mentor.objects.filter(programme_id=pair.programme_id, ended_on__isnull=True)
        self.fields["mentor"].queryset = (
            Person.objects.filter(pk__in=base.values("person_id"), kind__in=pair.form.mentor_kinds)
            .present()
            .exclude(pk=pair.mentor.pk if pair.mentor else None)
            .in_order()
        )


class AddMenteeForm(forms.Form):
    """One more mentee for a pair, which thereby is a group."""

    mentee = PersonChoice(label="Наставляемый без пары", queryset=Person.objects.none())
    on = DayField(label="С какого дня")

    def __init__(self, *args, pair: Pair, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        free = unpaired(pair.programme, pair.programme.working_day(), pair.form)
        # Those who are in this pair already stay in the list, so that a second click is understood.
        here = [mentee.pk for mentee in pair.current_mentees]
        self.fields["mentee"].queryset = Person.objects.filter(
            Q(pk__in=free.order_by().values("person_id")) | Q(pk__in=here if self.is_bound else [])
        ).in_order()


class RemoveMenteeForm(WithReason):
    """A mentee leaves a group; the others go on."""

    mentee = PersonChoice(label="Кто выходит из группы", queryset=Person.objects.none())
    on = DayField(label="Последний день в группе")
    field_order = ["mentee", "on", "reason", "words"]

    def __init__(self, *args, pair: Pair, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = (
            pair.mentees.values("person_id")
            if self.is_bound
            else pair.mentees.filter(ended_on__isnull=True).values("person_id")
        )
        self.fields["mentee"].queryset = Person.objects.filter(pk__in=people).in_order()


class ConfirmForm(forms.Form):
    """From which day the ticked drafts work: their own one unless another is named."""

    on = DayField(
        label="Пары работают с", required=False, help_text="Пусто: с дня, названного в черновиках."
    )

    def day_for(self, pairs: list[Pair]) -> datetime.date | None:
        """The day typed, or the one that all ticked ``pairs`` have, if it is one."""
        return self.cleaned_data["on"] or common_day(pairs)


def common_day(pairs: Iterable[Pair]) -> datetime.date | None:
    """The day that all ``pairs`` begin or are proposed to begin; None when there are several."""
    days = {pair.proposed_on or pair.started_on for pair in pairs}
    return days.pop() if len(days) == 1 else None


class ProposeForm(forms.Form):
    """A mentor and mentees chosen side by side."""

    form = forms.ModelChoiceField(queryset=MentoringForm.objects.none(), label="Форма")
    mentor = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label="Наставник",
        error_messages={"required": "Выберите наставника."},
    )
    mentees = PeopleChoice(
        queryset=Person.objects.none(),
        label="Наставляемые",
        error_messages={"required": "Выберите хотя бы одного наставляемого."},
    )
    variant = forms.ModelChoiceField(
        queryset=Variant.objects.none(), label="Вариант", required=False
    )
    on = DayField(label="Пара начнёт работать")

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(school_id=programme.school_id)
        self.fields["form"].queryset = programme.forms.all()
        self.fields["mentor"].queryset = people
        self.fields["mentees"].queryset = people
        self.fields["variant"].queryset = Variant.objects.filter(form__in=programme.forms.all())

    def clean(self):
        data = super().clean()
        variant, form = data.get("variant"), data.get("form")
        if variant and form and variant.form_id != form.pk:
            data["variant"] = None
        return data
