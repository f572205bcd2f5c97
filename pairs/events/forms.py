"""Forms of events, of invitations and of preferences."""

from django import forms

from pairs.events.inviting import READY_PLAN
from pairs.events.models import Event, Preference
from pairs.events.preferring import PLACES
from programmes.careful import CarefulForm
from programmes.models import Person, Programme
from programmes.programme.forms import DayField, PeopleChoice

TITLES = ("первым", "вторым", "третьим")


class EventForm(CarefulForm):
    """When and where people meet, what happens, until when they choose."""

    held_on = DayField(label="Дата")
    preferences_until = DayField(
        label="Предпочтения принимаются по", help_text="Обычно – неделя после встречи."
    )

    class Meta:
        model = Event
        fields = ["title", "held_on", "starts_at", "place", "plan", "preferences_until"]
        widgets = {
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "plan": forms.Textarea(attrs={"rows": 7}),
        }

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme = programme
        if self.instance.pk is None:
            del self.fields["version"]
            self.initial |= {"title": "Встреча знакомства", "plan": READY_PLAN}

    def clean(self):
        data = super().clean()
        first, last = self.programme.started_on, self.programme.ended_on
        for name in ("held_on", "preferences_until"):
            if data.get(name) and not first <= data[name] <= last:
                self.add_error(name, f"Программа идёт с {first:%d.%m.%Y} по {last:%d.%m.%Y}.")
        held, until = data.get("held_on"), data.get("preferences_until")
        if held and until and until < held:
            self.add_error("preferences_until", "Предпочтения отмечают после встречи.")
        return data


class InviteForm(forms.Form):
    """People of both bases to tick."""

    mentors = PeopleChoice(label="Наставники", queryset=Person.objects.none(), required=False)
    mentees = PeopleChoice(label="Наставляемые", queryset=Person.objects.none(), required=False)

    def __init__(self, *args, mentors: list[Person], mentees: list[Person], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("mentors", mentors), ("mentees", mentees)):
            found = Person.objects.filter(pk__in=[person.pk for person in people]).in_order()
            self.fields[name].queryset = found

    def clean(self):
        data = super().clean()
        if not data.get("mentors") and not data.get("mentees"):
            raise forms.ValidationError("Отметьте хотя бы одного человека.")
        return data


class PreferenceForm(forms.Form):
    """First to third choice among those offered, and whom one would rather not work with."""

    def __init__(
        self, *args, people: list[Person], chosen: list[Preference] = (), **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        labels = [(str(p.pk), _called(p)) for p in people]
        ranks = {row.rank: str(row.chosen_id) for row in chosen if row.rank}
        for place, title in zip(PLACES, TITLES, strict=True):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=f"Хочу работать – {title} выбором",
                choices=[("", "не выбрано"), *labels],
                required=False,
                initial=ranks.get(place, ""),
            )
        self.fields["unwanted"] = forms.MultipleChoiceField(
            label="С кем вам было бы трудно",
            choices=labels,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[str(row.chosen_id) for row in chosen if not row.rank],
            help_text="Это увидит только куратор.",
        )

    def clean(self):
        data = super().clean()
        picked = [data.get(f"place_{place}") for place in PLACES]
        named = [pk for pk in [*picked, *(data.get("unwanted") or [])] if pk]
        if len(set(named)) != len(named):
            raise forms.ValidationError("Одного человека можно назвать только один раз.")
        if not named and not self.errors:
            raise forms.ValidationError("Выберите хотя бы одного человека.")
        return data

    @property
    def ranked(self) -> list[Person]:
        """The chosen in order; an empty place is passed over."""
        picked = [self.cleaned_data.get(f"place_{place}") for place in PLACES]
        return [self.people[int(pk)] for pk in picked if pk]

    @property
    def unwanted(self) -> list[Person]:
        return [self.people[int(pk)] for pk in self.cleaned_data.get("unwanted", ())]


def _called(person: Person) -> str:
    """«Иванов Никита, 10 «А»»: what a child may see of others, and no more."""
    about = f", {person.description}" if person.description else ""
    return f"{person.surname} {person.first_name}{about}"
