"""Fields of the forms that ask for what a draft alone knows, and how their values are stored."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programmes.text import clean_text

EARLIEST = datetime.date(2000, 1, 1)
LATEST = datetime.date(2100, 1, 1)

Choices = Sequence[tuple[str, str]]


def check_date(date: datetime.date | None) -> datetime.date | None:
    if date and not EARLIEST <= date <= LATEST:
        raise ValidationError("Проверьте год.")
    return date


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class CleanCharField(forms.CharField):
    """A text field that drops control and direction characters (SEC 08)."""

    def to_python(self, value):
        return clean_text(super().to_python(value) or "").strip()


class FactField:
    """A field whose value lies in a document's facts as JSON.

    ``is_asked``: a draft is stored without the answer, but not registered without it, so the form
    does not call the field optional.
    """

    is_asked = True

    def stored(self, value: Any) -> Any:
        """The value as JSON; None where there is nothing to keep."""
        return value

    def shown(self, value: Any) -> Any:
        """What the form shows for stored JSON."""
        return value


class DayField(FactField, forms.DateField):
    widget = DateInput

    def __init__(self, **kwargs) -> None:
        super().__init__(**({"required": False} | kwargs))

    def clean(self, value):
        return check_date(super().clean(value))

    def stored(self, value):
        return value.isoformat() if value else None

    def shown(self, value):
        return datetime.date.fromisoformat(value) if value else None


class TextField(FactField, CleanCharField):
    """A line of words; ``default`` is what the paper says until somebody writes another, and is
    not stored: the draft follows it."""

    def __init__(self, *, default: str = "", **kwargs) -> None:
        super().__init__(**({"required": False, "max_length": 500} | kwargs))
        self.default = default

    def clean(self, value):
        return re.sub(r"\s+", " ", super().clean(value))

    def stored(self, value):
        return None if value == self.default else value

    def shown(self, value):
        return self.default if value is None else value


class LinesField(FactField, CleanCharField):
    """Several entries, one a line."""

    def __init__(self, *, default: Sequence[str] = (), rows: int = 4, **kwargs) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(**({"required": False, "widget": widget, "max_length": 8000} | kwargs))
        self.default = list(default)

    def stored(self, value):
        lines = (re.sub(r"\s+", " ", line).strip() for line in value.split("\n"))
        kept = [line for line in lines if line]
        return None if kept == self.default else kept

    def shown(self, value):
        return "\n".join(self.default if value is None else value)


class NumberField(FactField, forms.IntegerField):
    def __init__(self, *, default: int | None = None, **kwargs) -> None:
        super().__init__(**({"required": False, "min_value": 0, "max_value": 10_000} | kwargs))
        self.default = default

    def stored(self, value):
        return None if value == self.default else value

    def shown(self, value):
        return self.default if value is None else value


class ChoiceField(FactField, forms.ChoiceField):
    def __init__(self, **kwargs) -> None:
        super().__init__(**({"required": False} | kwargs))

    def stored(self, value):
        return value or None


class ManyField(FactField, forms.MultipleChoiceField):
    """Ticks; stored as the list of those that are on."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(**({"required": False} | kwargs))

    def stored(self, value):
        return sorted(value)


class PersonField(FactField, forms.ChoiceField):
    """One of the school's people, stored as {"person": id}; the form gives the choices.

    ``audience``: "workers" or "anybody".
    """

    def __init__(self, *, audience: str = "workers", **kwargs) -> None:
        super().__init__(**({"required": False} | kwargs))
        self.audience = audience

    def offer(self, choices: Choices) -> None:
        self.choices = [("", "не выбрано"), *choices]

    def stored(self, value):
        return {"person": int(value)} if value else None

    def shown(self, value):
        return str(value["person"]) if value else ""


class PeopleSelects(forms.Widget):
    """A list to choose from for each person, and one more for another."""

    template_name = "components/people_selects.html"
    MOST = 12

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = [str(v) for v in value or ()]
        context["widget"] |= {"chosen": [*chosen, ""][: self.MOST], "choices": self.choices}
        return context

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [value for value in values if value]


class PeopleField(FactField, forms.Field):
    """Several people in the order chosen, each once, stored as [{"person": id}, …]."""

    widget = PeopleSelects

    def __init__(self, *, audience: str = "workers", **kwargs) -> None:
        super().__init__(**({"required": False} | kwargs))
        self.audience = audience
        self.allowed: frozenset[str] = frozenset()

    def offer(self, choices: Choices) -> None:
        self.widget.choices = [("", "не выбрано"), *choices]
        self.allowed = frozenset(value for value, _ in choices)

    def clean(self, value):
        value = list(dict.fromkeys(super().clean(value) or ()))
        if any(one not in self.allowed for one in value):
            raise ValidationError("Выберите человека из списка.")
        return value

    def stored(self, value):
        return [{"person": int(one)} for one in value]

    def shown(self, value):
        return [str(one["person"]) for one in value or ()]


class Ticked(list):
    """Values that are ticked; ``offered`` are all that the page has shown, None if it told none."""

    offered: list[str] | None = None


class OfferedTicks(forms.CheckboxSelectMultiple):
    """Ticks that remember what was offered (hidden inputs beside them, components/field.html)."""

    def value_from_datadict(self, data, files, name):
        ticked = Ticked(super().value_from_datadict(data, files, name) or ())
        if hasattr(data, "getlist") and f"{name}-offered" in data:
            ticked.offered = data.getlist(f"{name}-offered")
        return ticked


class LeftOutField(FactField, forms.MultipleChoiceField):
    """Ticks for who or what comes into the paper; what is *not* ticked is stored as left out.

    Only what the page has offered can be left out: whoever joins while it is open, or later, comes
    in by himself. ``what`` is "person" or "pair".
    """

    widget = OfferedTicks

    def __init__(self, *, what: str, **kwargs) -> None:
        super().__init__(**({"required": False} | kwargs))
        self.what = what
        self.offered: list[str] | None = None

    def clean(self, value):
        self.offered = getattr(value, "offered", None)
        return super().clean(value)

    def stored(self, value):
        there = [one for one, _ in self.choices]
        offered = there if self.offered is None else self.offered
        left_out = [one for one in there if one in offered and one not in value]
        return [{self.what: int(one)} for one in left_out] or None

    def shown(self, value):
        left_out = {str(one[self.what]) for one in value or ()}
        return [one for one, _ in self.choices if one not in left_out]
