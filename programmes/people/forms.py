"""Forms about one person."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

from programmes.people import columns, declension
from programmes.people.models import PARTS, Person, parse_class
from programmes.school.forms import CleanCharField, DateInput
from programmes.text import search_key

CASE_TITLES = {
    "nominative": "именительный: кто?",
    "genitive": "родительный: кого?",
    "dative": "дательный: кому?",
    "accusative": "винительный: кого?",
    "instrumental": "творительный: кем?",
    "prepositional": "предложный: о ком?",
}
PART_TITLES = {
    "surname": "Фамилия",
    "first_name": "Имя",
    "patronymic": "Отчество",
    "position": "Должность",
}


def said(call, *args):
    """Run a reader of a column; its ValueError becomes the field's error."""
    try:
        return call(*args)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class PersonForm(forms.ModelForm):
    """A person. A namesake is asked about, never guessed."""

    class_name = CleanCharField(
        label="Класс", required=False, max_length=10, help_text="Для обучающихся: 7а"
    )
    is_other_person = forms.BooleanField(label="Да, это другой человек", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = [
            *("surname", "first_name", "patronymic", "gender", "kind", "class_name", "position"),
            *("birth_date", "started_work_on", "phone", "email", "guardian_contact"),
        ]
        widgets = {
            "birth_date": DateInput(),
            "started_work_on": DateInput(),
            "gender": forms.RadioSelect,
        }
        labels = {"started_work_on": "Начало педагогической работы"}

    field_order = Meta.fields

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.namesakes: list[Person] = []
        self.fields["gender"].choices = [c for c in self.fields["gender"].choices if c[0]]
        if self.instance.pk:
            cells = columns.cells_of(self.instance)
            self.initial |= {"class_name": cells["class"], "version": self.instance.version}

    def clean_surname(self):
        return said(columns.read_name, self.cleaned_data["surname"])

    def clean_first_name(self):
        return said(columns.read_name, self.cleaned_data["first_name"])

    def clean_patronymic(self):
        text = self.cleaned_data["patronymic"]
        return said(declension.validate_name_part, text) if text else ""

    def clean_birth_date(self):
        date = self.cleaned_data["birth_date"]
        said(columns.check_birth_date, date)
        return date

    def clean_started_work_on(self):
        date = self.cleaned_data["started_work_on"]
        if date and not datetime.date(1940, 1, 1) <= date <= datetime.date.today():
            raise ValidationError("Проверьте дату.")
        return date

    def clean_phone(self):
        return said(columns.read_phone, self.cleaned_data["phone"])

    def clean_class_name(self):
        text = self.cleaned_data["class_name"]
        self.grade, self.letter = said(parse_class, text) if text else (None, "")
        return text

    def clean(self):
        data = super().clean()
        values = {"kind": data.get("kind"), "position": data.get("position")}
        if "class_name" in data:
            values["grade"] = self.grade
        for key, words in columns.contradictions(values).items():
            self.add_error("class_name" if key == "class" else key, words)
        if not self.errors and not data.get("is_other_person"):
            self._ask_about_namesakes(data)
        return data

    def _ask_about_namesakes(self, data) -> None:
        key = search_key(data["surname"], data["first_name"], data["patronymic"])
        namesakes = Person.objects.filter(school=self.instance.school, sort_key=key)
        self.namesakes = list(namesakes.exclude(pk=self.instance.pk))
        renamed = not self.instance.pk or self.instance.sort_key != key
        if self.namesakes and renamed:
            self.add_error(
                "is_other_person",
                "В школе уже есть человек с таким именем. Если это другой человек, поставьте "
                "отметку.",
            )

    def save(self, commit=True):
        self.instance.grade, self.instance.letter = self.grade, self.letter
        return super().save(commit)


class CasesForm(forms.Form):
    """The oblique cases of each part of the name and of the position, to check and correct."""

    def __init__(self, *args, person: Person, **kwargs) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        for part in self.parts:
            for case in declension.CASES[1:]:
                self.fields[f"{part}-{case}"] = CleanCharField(
                    label=f"{PART_TITLES[part]}, {CASE_TITLES[case]}",
                    max_length=300,
                    initial=person.case_forms[part][case],
                )

    @property
    def parts(self) -> list[str]:
        """The parts that the person has: an empty patronymic or position is not declined."""
        return [p for p in PARTS if self.person.case_forms.get(p, {}).get("nominative")]

    @property
    def table(self):
        """For the page: (part, title, is manual, [(case title, bound field or None)])."""
        for part in self.parts:
            cells = [(CASE_TITLES[case], self[f"{part}-{case}"]) for case in declension.CASES[1:]]
            nominative = self.person.case_forms[part]["nominative"]
            yield part, PART_TITLES[part], part in self.person.manual_parts, nominative, cells

    def store(self) -> None:
        """Parts whose forms differ from the stored ones become manual."""
        for part in self.parts:
            forms_of_part = {c: self.cleaned_data[f"{part}-{c}"] for c in declension.CASES[1:]}
            stored = self.person.case_forms[part]
            if any(stored[case] != text for case, text in forms_of_part.items()):
                self.person.correct_case_forms(part, forms_of_part)
        self.person.save()


class ImportForm(forms.Form):
    """A file or pasted rows."""

    file = forms.FileField(
        label="Файл XLSX",
        required=False,
        help_text="До 5 МБ и 5000 строк. Первая строка – заголовки.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Файл пуст."},
    )
    pasted = forms.CharField(
        label="Или вставьте строки из таблицы",
        required=False,
        strip=False,
        help_text="Скопируйте строки в редакторе таблиц и вставьте сюда. Без заголовков столбцы "
        "идут в порядке образца.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("file") and not (data.get("pasted") or "").strip():
            self.add_error("file", "Выберите файл или вставьте строки.")
        return data


class LeftForm(forms.Form):
    left_on = forms.DateField(label="Дата выбытия", widget=DateInput())
