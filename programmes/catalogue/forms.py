"""The catalogue as one edits it: a line of a field is a line of the catalogue."""

from django import forms

from programmes.careful import digest
from programmes.catalogue.models import OF_MODEL, CatalogueItem, Said, say_variants
from programmes.programme.models import MentoringForm
from programmes.school.forms import CleanCharField
from programmes.school.models import School

LINES = 30
_SHORT = 200


class LinesField(CleanCharField):
    """Several texts, one a line, each bounded; empty lines and doubles are passed over."""

    def __init__(self, *, longest: int, **kwargs) -> None:
        self.longest = longest
        rows = kwargs.pop("rows", 6)
        super().__init__(
            required=False,
            max_length=LINES * (longest + 2),
            widget=forms.Textarea(attrs={"rows": rows}),
            **kwargs,
        )

    def clean(self, value) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        lines = list(dict.fromkeys(line for line in lines if line))
        too_long = [n for n, line in enumerate(lines, 1) if len(line) > self.longest]
        if too_long:
            numbers = ", ".join(map(str, too_long[:5]))
            raise forms.ValidationError(
                f"Слишком длинно (строка {numbers}): не больше {self.longest} знаков в строке."
            )
        if len(lines) > LINES:
            raise forms.ValidationError(f"Строк больше {LINES}: оставьте главные.")
        return lines

    def prepare_value(self, value):
        """Long texts stand apart, so that one sees where each begins."""
        between = "\n\n" if self.longest > _SHORT else "\n"
        return between.join(value) if isinstance(value, list) else value


class WordsForm(forms.Form):
    """Goal, tasks and results of the model, or of a form with its scheme, variants and capacity."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, school: School, form: MentoringForm | None) -> None:
        self.school, self.form = school, form
        self.kinds = list(OF_MODEL if form is None else Said)
        items = CatalogueItem.objects.filter(school=school, form=form, is_used=True)
        stored: dict = {kind: [i.text for i in items if i.kind == kind] for kind in self.kinds}
        if form is not None:
            stored["variants"] = [variant.title for variant in form.used_variants]
            stored["capacity"] = form.capacity
        self.now = digest(stored)
        super().__init__(data, initial=stored | {"version": self.now})
        for kind in self.kinds:
            self.fields[kind] = LinesField(label=kind.label, longest=1000, rows=9)
        if form is not None:
            self.fields["variants"] = LinesField(label="Варианты", longest=150, rows=4)
            self.fields["capacity"] = forms.IntegerField(
                label="Наставляемых у одного наставника, не более", min_value=1, max_value=100
            )

    def conflict(self) -> tuple[str, ...]:
        """For the 409 page; empty when nobody changed the words meanwhile."""
        if not self.is_bound or self.errors or not self.is_stale:
            return ()
        self.data = self.data.copy()
        self.data["version"] = self.now
        changed = [name for name in self.fields if name != "version" and self._differs(name)]
        return (
            "Пока страница была открыта, каталог изменили. Ваши слова остались в форме: сверьте их "
            "и сохраните ещё раз.",
            *(
                f"{self.fields[name].label}: сохранено "
                f"{self.fields[name].prepare_value(self.initial[name]) or 'пустое поле'}"
                for name in changed
            ),
        )

    def _differs(self, name: str) -> bool:
        return self.cleaned_data[name] != self.initial[name]

    @property
    def is_stale(self) -> bool:
        """Whether a valid form would undo a change; a second click on one button does not."""
        differs = any(self._differs(name) for name in self.fields if name != "version")
        return self.cleaned_data.get("version") != self.now and differs

    def save(self) -> None:
        for kind in self.kinds:
            CatalogueItem.say(self.school, self.form, kind, self.cleaned_data[kind])
        if self.form is not None:
            say_variants(self.form, self.cleaned_data["variants"])
            if self.form.capacity != self.cleaned_data["capacity"]:
                self.form.capacity = self.cleaned_data["capacity"]
                self.form.save()
