"""Forms of the scheme of awards, of awards by hand and of the words of letters."""

from django import forms

from pairs.awards.letters import HOLDERS, unknown_holders
from pairs.awards.models import AwardKind, AwardRule, LetterText
from pairs.models import PairMentee, PairMentor
from programmes.careful import CarefulForm
from programmes.models import Person, Programme
from programmes.programme.forms import DayField, PersonChoice
from programmes.school.forms import CleanCharField


class RuleForm(CarefulForm):
    class Meta:
        model = AwardRule
        fields = ["title", "criterion", "threshold", "kind"]

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        if self.instance.pk is None:
            del self.fields["version"]

    def clean(self):
        data = super().clean()
        is_counted = data.get("criterion") in AwardRule.COUNTED
        if is_counted and not data.get("threshold") and "threshold" not in self.errors:
            self.add_error("threshold", "Назовите порог: число встреч или процент шагов.")
        if not is_counted:
            data["threshold"] = None
        elif data["criterion"] == AwardRule.Criterion.STEPS and (data.get("threshold") or 0) > 100:
            self.add_error("threshold", "Процент не бывает больше 100.")
        same = AwardRule.objects.filter(
            programme=self.instance.programme, title=data.get("title", "")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", "Такая строка в системе поощрений уже есть.")
        return data


class AwardForm(forms.Form):
    """An award that the data do not propose: to anybody of the pairs of the programme."""

    person = PersonChoice(label="Кому", queryset=Person.objects.none())
    kind = forms.ChoiceField(label="Чем", choices=[("", "выберите"), *AwardKind.choices])
    reason = CleanCharField(
        label="За что", max_length=500, help_text="Так будет в грамоте или письме."
    )

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        pairs = programme.pairs.exclude(state="draft").values("pk")
        led = PairMentor.objects.filter(pair__in=pairs).values("person_id")
        mentees = PairMentee.objects.filter(pair__in=pairs).values("person_id")
        people = Person.objects.filter(pk__in=led) | Person.objects.filter(pk__in=mentees)
        self.fields["person"].queryset = people.in_order()


class GivenForm(forms.Form):
    given_on = DayField(label="Вручено")


class LetterTextForm(CarefulForm):
    class Meta:
        model = LetterText
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "text": "Имя и подпись директора добавляются сами. На место "
            + " и ".join(f"{{{name}}}" for name in HOLDERS)
            + " встанут данные."
        }

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if unknown := unknown_holders(text):
            raise forms.ValidationError(
                f"Не понимаем {', '.join(unknown)}. Можно: "
                + ", ".join(f"{{{name}}}" for name in HOLDERS)
            )
        return text
