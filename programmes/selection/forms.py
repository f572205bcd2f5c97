"""Forms of the selection of mentors."""

import hashlib
import json

from django import forms
from django.utils import timezone

from programmes.careful import CarefulForm
from programmes.needs.forms import offered_categories
from programmes.needs.models import NeedCategory
from programmes.people.models import Kind, Person
from programmes.programme.forms import DayField, PeopleChoice, RowsChoice
from programmes.school.forms import CleanCharField
from programmes.selection.assessing import who_may_assess
from programmes.selection.models import (
    HEAVIEST,
    LONGEST_SCALE,
    Criterion,
    Outcome,
    Recommendation,
    Sheet,
)


class CriterionForm(CarefulForm):
    title = CleanCharField(label="Критерий", max_length=200)
    hint = CleanCharField(
        label="О чём спросить и за что ставить",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    weight = forms.IntegerField(
        label="Вес",
        min_value=1,
        max_value=HEAVIEST,
        initial=3,
        help_text=f"От 1 до {HEAVIEST}: чем больше, тем важнее. Долю в процентах портал посчитает.",
    )
    scale = forms.IntegerField(
        label="Высший балл",
        min_value=1,
        max_value=LONGEST_SCALE,
        initial=5,
        help_text="Оценивают целыми баллами от 0 до этого числа.",
    )

    class Meta:
        model = Criterion
        fields = ["title", "hint", "weight", "scale", "categories"]
        field_classes = {"categories": RowsChoice}
        widgets = {"categories": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["categories"]
        audiences = {
            NeedCategory.Audience.TEACHER if kind == Kind.TEACHER else NeedCategory.Audience.PUPIL
            for kind in self.instance.form.mentee_kinds
        }
        field.queryset = offered_categories(
            self.instance.programme.school_id,
            *audiences,
            chosen=self.initial.get("categories", ()),
        )
        field.help_text = (
            "Портал покажет рядом с оценками, скольким наставляемым с такими запросами поможет "
            "кандидат."
        )

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        same = Criterion.objects.filter(
            programme=self.instance.programme, form=self.instance.form, title=title
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Такой критерий у этой формы уже есть.")
        return title


class AssessorsForm(forms.Form):
    """Which workers of the school assess, from which day."""

    people = PeopleChoice(label="Кто оценивает", queryset=Person.objects.none())
    started_on = DayField(label="С какого дня")

    def __init__(self, *args, programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        now = programme.assessors.ongoing().values("person_id")
        self.fields["people"].queryset = who_may_assess(programme).exclude(pk__in=now)


class SheetForm(forms.Form):
    """An interview sheet: points of every criterion, a remark, a recommendation.

    May be saved incomplete; ``points`` are those that were given: Criterion → number. The page
    carries a digest of what was stored, so that the curator and an assessor who write the same
    sheet do not undo each other's words (SEC 14).
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    remark = CleanCharField(
        label="Замечание",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    recommendation = forms.ChoiceField(
        label="Рекомендация",
        required=False,
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, criteria: list[Criterion], sheet: Sheet | None, **kwargs) -> None:
        given = {s.criterion_id: s.value for s in sheet.scores.all()} if sheet else {}
        initial = {f"points_{pk}": value for pk, value in given.items()}
        if sheet:
            initial |= {"remark": sheet.remark, "recommendation": sheet.recommendation}
        super().__init__(*args, initial=initial, **kwargs)
        self.stored = dict(initial)
        stored = json.dumps(initial, sort_keys=True, default=str)
        self.now = hashlib.sha256(stored.encode()).hexdigest()[:16]
        self.initial["version"] = self.now
        self.criteria = {f"points_{criterion.pk}": criterion for criterion in criteria}
        for name, criterion in self.criteria.items():
            self.fields[name] = forms.IntegerField(
                label=criterion.title,
                required=False,
                min_value=0,
                max_value=criterion.scale,
                help_text=f"Баллы от 0 до {criterion.scale}. {criterion.hint}".strip(),
                error_messages={
                    "min_value": f"Балл от 0 до {criterion.scale}.",
                    "max_value": f"Балл от 0 до {criterion.scale}.",
                    "invalid": "Балл – целое число.",
                },
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[name].is_asked = True
        self.fields["recommendation"].is_asked = True
        self.order_fields(["version", *self.criteria, "remark", "recommendation"])

    @property
    def is_stale(self) -> bool:
        """Whether a valid form would undo what was stored after the page was opened."""
        if self.cleaned_data.get("version") == self.now:
            return False
        typed = {f"points_{criterion.pk}": value for criterion, value in self.points.items()}
        typed |= {name: self.cleaned_data[name] for name in ("remark", "recommendation")}
        return bool(self.stored) and typed != self.stored

    def differing(self) -> list[str]:
        """What is stored now, in words; the next try stores what was typed."""
        self.data = self.data.copy()
        self.data["version"] = self.now
        shown = [(c.title, self.stored.get(name, "нет")) for name, c in self.criteria.items()]
        return [f"{title}: сохранено {value}" for title, value in shown]

    @property
    def points(self) -> dict[Criterion, int]:
        return {
            criterion: self.cleaned_data[name]
            for name, criterion in self.criteria.items()
            if self.cleaned_data.get(name) is not None
        }


class DecisionForm(forms.Form):
    """A decision on the ticked candidates, or letting them in: day and reason."""

    outcome = forms.ChoiceField(label="Решение", choices=Outcome.choices)
    day = DayField(label="Дата")
    reason = CleanCharField(
        label="Причина", max_length=500, help_text="Останется в истории вместе с вашим именем."
    )

    def __init__(self, *args, is_letting_in: bool = False, **kwargs) -> None:
        super().__init__(*args, initial={"day": timezone.localdate()}, **kwargs)
        if is_letting_in:
            self.fields["outcome"].required = False
