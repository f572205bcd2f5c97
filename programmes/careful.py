"""A form of one row that does not put an old value back over somebody else's change (SEC 14)."""

import hashlib
import json

from django import forms
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone


class CarefulForm(forms.ModelForm):
    """A form of a row that notices when the row was changed after the page was opened (SEC 14).

    The page carries a digest of the stored values. Make the form from a row that is read under a
    lock, and save it only while it is not stale; the row keeps its ``history``.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _name_the_blank(field)
        stored = {name: _comparable(self.initial.get(name)) for name in self._meta.fields}
        self.now = digest(stored)
        self.initial["version"] = self.now

    @property
    def is_stale(self) -> bool:
        """Whether a valid form would undo a change; a second click on one button does not."""
        return self.cleaned_data.get("version") != self.now and bool(self._changed())

    def _changed(self) -> list[str]:
        return [
            name
            for name in self._meta.fields
            if name in self.fields
            and self.fields[name].has_changed(self.initial.get(name), self[name].value())
        ]

    def differing(self) -> list[str]:
        """What is stored now and differs from what was typed. The next try stores the typed."""
        self.data = self.data.copy()
        self.data["version"] = self.now
        return [
            f"{self.fields[name].label}: сохранено "
            f"{_in_words(self.initial.get(name), self.fields[name])}"
            for name in self._changed()
        ]

    def conflict(self) -> tuple[str, ...]:
        """For the 409 page: who changed the row and when, what is stored; empty when not stale."""
        if not self.is_bound or self.errors or not self.is_stale:
            return ()
        change = self.instance.history.select_related("history_user").first()
        who = ""
        if change is not None:
            moment = f"{timezone.localtime(change.history_date):%d.%m.%Y %H:%M}"
            who = f" ({moment}, {change.history_user})" if change.history_user else f" ({moment})"
        return (
            f"Пока страница была открыта, данные изменились{who}. Ваши значения остались в форме: "
            "сверьте их и сохраните ещё раз.",
            *self.differing(),
        )


def digest(stored: object) -> str:
    """A short sign of what was stored when the page was opened, of what JSON can say."""
    return hashlib.sha256(json.dumps(stored, default=str).encode()).hexdigest()[:16]


def _name_the_blank(field: forms.Field) -> None:
    """Say «выберите» where Django offers a row of dashes."""
    words = "выберите" if field.required else "не выбрано"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == BLANK_CHOICE_DASH[0][1]:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        first, *others = list(field.choices) or [None]
        if first == BLANK_CHOICE_DASH[0]:
            field.choices = [("", words), *others]


def _comparable(value: object) -> object:
    """Rows by their keys in a fixed order: the order of a query says nothing."""
    if isinstance(value, models.Model):
        return value.pk
    return sorted(_comparable(one) for one in value) if isinstance(value, list) else value


def _in_words(value: object, field: forms.Field) -> str:
    if value is None or value in ("", []):
        return "пустое поле"
    titles = {str(key): title for key, title in getattr(field, "choices", ())}
    if isinstance(value, bool) and not titles:
        return "да" if value else "нет"
    if isinstance(value, list):
        return ", ".join(str(titles.get(str(one), one)) for one in value)
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    return str(titles.get(str(value), value))
