"""Forms of applications: the public one, a proposal, the curator's decisions."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from programmes.applications.models import Application, Purpose
from programmes.mentees.models import Channel
from programmes.models import MentoringForm, NeedCategory, Person, Programme
from programmes.needs.weekdays import WEEKDAYS
from programmes.numbers import whole_numbers
from programmes.people import columns, declension
from programmes.people.forms import said
from programmes.people.models import Gender, Kind, age_on, parse_class
from programmes.school.forms import CleanCharField, DateInput

ADULT_CONTACT = 14  # below this age the parent is written to: domain notes § 5.1


class Who(models.TextChoices):
    """Who fills in the form."""

    PUPIL = "pupil", "обучающийся этой школы"
    PARENT = "parent", "родитель: заявка за ребёнка"
    TEACHER = "teacher", "педагог"
    STUDENT = "student", "студент"
    EMPLOYER = "employer", "представитель предприятия или организации"


WHO_MAY = {
    Purpose.PRELIMINARY: tuple(Who),
    Purpose.MENTEE: (Who.PUPIL, Who.PARENT, Who.TEACHER, Who.STUDENT),
    Purpose.MENTOR: (Who.PUPIL, Who.TEACHER, Who.STUDENT, Who.EMPLOYER),
}
NEED_LABEL = {
    Purpose.PRELIMINARY: "Что важно от наставничества: какая помощь нужна или в чём готовы помочь",
    Purpose.MENTEE: "Расскажите, какая помощь нужна",
    Purpose.MENTOR: "Расскажите, в чём можете помочь",
}


def began(year: int) -> datetime.date:
    """The day from which a pedagogue's years count: 1 September, at the latest today."""
    return min(datetime.date(year, 9, 1), timezone.localdate())


class RowsField(forms.ModelMultipleChoiceField):
    """Ticked rows of those that are offered; anything else is refused."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)

    def _check_values(self, value):
        numbers = whole_numbers(map(str, value))
        if len(numbers) != len(value):  # what no database would even look for
            raise ValidationError("Такой темы нет. Отметьте снова.")
        return super()._check_values(numbers)


class FormsField(RowsField):
    def label_from_instance(self, form: MentoringForm) -> str:
        return form.title


class DaysField(forms.TypedMultipleChoiceField):
    """Days of the week on which one has time."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            label="Свободные дни",
            required=False,
            choices=WEEKDAYS,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def clean(self, value):
        return sorted(set(super().clean(value)))


class WishesForm(forms.Form):
    """What one wants help in or can help in, and when: common to all ways an application comes."""

    pupil_categories = RowsField(label="Темы для обучающихся", queryset=NeedCategory.objects.none())
    teacher_categories = RowsField(label="Темы для педагогов", queryset=NeedCategory.objects.none())
    need = CleanCharField(
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    )
    interests = CleanCharField(label="Интересы и увлечения", required=False, max_length=500)
    days = DaysField()
    times = CleanCharField(
        label="В какое время удобно",
        required=False,
        max_length=200,
        help_text="Например: после 15 часов",
    )
    forms = FormsField(label="Какая форма подходит", queryset=MentoringForm.objects.none())

    def __init__(self, *args, programme: Programme, purpose: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.purpose = programme, Purpose(purpose)
        used = NeedCategory.objects.filter(school=programme.school_id, is_used=True)
        self.fields["pupil_categories"].queryset = used.filter(audience="pupil")
        self.fields["teacher_categories"].queryset = used.filter(audience="teacher")
        self.fields["forms"].queryset = programme.forms.all()
        self.fields["need"].label = NEED_LABEL[self.purpose]

    @property
    def wishes(self) -> dict[str, object]:
        """Fields of the application."""
        return {name: self.cleaned_data[name] for name in ("need", "interests", "days", "times")}

    @property
    def categories(self) -> list[NeedCategory]:
        chosen = self.cleaned_data
        return [*chosen["pupil_categories"], *chosen["teacher_categories"]]

    def clean(self):
        data = super().clean()
        ticked = data.get("pupil_categories") or data.get("teacher_categories")
        if not self.errors and not ticked and not data.get("need"):
            self.add_error("need", "Отметьте тему или напишите своими словами.")
        return data


class ApplicationForm(WishesForm):
    """The public form. It asks for no consent: that is a paper of its own (domain notes § 0.5)."""

    who = forms.ChoiceField(label="Кто заполняет", widget=forms.RadioSelect)
    surname = CleanCharField(label="Фамилия", max_length=100)
    first_name = CleanCharField(label="Имя", max_length=100)
    patronymic = CleanCharField(
        label="Отчество", required=False, max_length=100, help_text="Если есть."
    )
    gender = forms.ChoiceField(
        label="Пол",
        choices=Gender.choices,
        widget=forms.RadioSelect,
        help_text="Нужен, чтобы правильно склонять имя.",
    )
    class_name = CleanCharField(
        label="Класс", required=False, max_length=10, help_text="Обучающемуся: 7а"
    )
    birth_date = forms.DateField(
        label="Дата рождения",
        required=False,
        widget=DateInput(),
        help_text="Обучающемуся: от возраста зависит, кто подпишет согласие.",
    )
    position = CleanCharField(
        label="Должность, место работы или учёбы",
        required=False,
        max_length=200,
        help_text="Например: учитель физики",
    )
    works_since = forms.IntegerField(
        label="С какого года на педагогической работе",
        required=False,
        min_value=1950,
        max_value=2100,
        help_text="Только педагогу. Например: 2019",
    )
    is_new_here = forms.BooleanField(label="Я недавно на новом месте работы", required=False)
    phone = CleanCharField(
        label="Телефон",
        required=False,
        help_text="Ваш телефон или почта: хотя бы одно, если не указан контакт родителя.",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label="Электронная почта", required=False, max_length=254)
    guardian_contact = CleanCharField(
        label="Телефон или почта родителя",
        required=False,
        max_length=200,
        help_text=f"Обязательно, если обучающемуся меньше {ADULT_CONTACT} лет.",
    )
    motivation = CleanCharField(
        label="Почему хотите быть наставником",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
    # People do not see it; scripts fill it in.
    website = forms.CharField(required=False, max_length=2000)

    field_order = [
        *("who", "surname", "first_name", "patronymic", "gender", "class_name", "birth_date"),
        *("guardian_contact", "phone", "email", "position", "works_since", "is_new_here"),
        *("teacher_categories", "pupil_categories", "need", "motivation", "interests", "days"),
        *("times", "forms", "website"),
    ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        may = WHO_MAY[self.purpose]
        self.fields["who"].choices = [(who.value, who.label) for who in may]
        if self.purpose != Purpose.MENTOR:
            del self.fields["motivation"]
        if self.purpose == Purpose.MENTOR:
            del self.fields["is_new_here"]
        if Who.PARENT in may:
            self.fields["surname"].help_text = "Родитель пишет здесь о ребёнке."
        for name in ("class_name", "birth_date", "phone", "email", "guardian_contact", "need"):
            self.fields[name].is_asked = True  # of some; the words under it say of whom

    def part(self, *names: str):
        """Those of the named fields that the form has, bound, in this order."""
        return [self[name] for name in names if name in self.fields]

    @property
    def first_part(self):
        """Who it is and how to answer."""
        return self.part(
            *("who", "surname", "first_name", "patronymic", "gender", "class_name", "birth_date"),
            *("guardian_contact", "phone", "email"),
        )

    @property
    def grown_up_part(self):
        """What is asked of those who do not learn at the school."""
        return self.part("position", "works_since", "is_new_here", "teacher_categories")

    @property
    def wish_part(self):
        return self.part("pupil_categories", "need", "motivation")

    @property
    def more_part(self):
        return self.part("interests", "days", "times", "forms")

    @property
    def is_trap(self) -> bool:
        """Whether the field that nobody sees is filled in."""
        return bool(self.data.get("website"))

    def clean_surname(self):
        return said(columns.read_name, self.cleaned_data["surname"])

    def clean_first_name(self):
        return said(columns.read_name, self.cleaned_data["first_name"])

    def clean_patronymic(self):
        text = self.cleaned_data["patronymic"]
        return said(declension.validate_name_part, text) if text else ""

    def clean_phone(self):
        return said(columns.read_phone, self.cleaned_data["phone"])

    def clean_birth_date(self):
        date = self.cleaned_data["birth_date"]
        said(columns.check_birth_date, date, timezone.localdate())
        return date

    def clean_class_name(self):
        text = self.cleaned_data["class_name"]
        return said(parse_class, text) if text else (None, "")

    def clean_works_since(self):
        year = self.cleaned_data["works_since"]
        if year and year > timezone.localdate().year:
            raise ValidationError("Этот год ещё не наступил.")
        return year

    def clean(self):
        data = super().clean()
        if data.get("who") in (Who.PUPIL, Who.PARENT):
            self._clean_child(data)
        elif data.get("who") == Who.TEACHER and not data.get("position"):
            self._ask("position", "Напишите должность, например: учитель физики.")
        if not any(data.get(name) for name in ("phone", "email", "guardian_contact")):
            self._ask("phone", "Оставьте телефон или почту, иначе куратор не сможет ответить.")
        return data

    def _clean_child(self, data: dict) -> None:
        if not data.get("class_name", (None,))[0]:
            self._ask("class_name", "Напишите класс, например 7а.")
        born = data.get("birth_date")
        if born is None:
            self._ask("birth_date", "Напишите дату рождения.")
            return
        is_young = age_on(born, timezone.localdate()) < ADULT_CONTACT
        if (is_young or data.get("who") == Who.PARENT) and not data.get("guardian_contact"):
            self._ask("guardian_contact", "Напишите телефон или почту родителя.")

    def _ask(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    def application(self) -> Application:
        """What the form says, not yet stored. Fields that fit somebody else are left out."""
        data = self.cleaned_data
        who = Who(data["who"])
        is_child = who in (Who.PUPIL, Who.PARENT)
        kind = Kind.PUPIL if is_child else Kind(who.value)
        grade, letter = data["class_name"] if is_child else (None, "")
        year = data.get("works_since") if kind == Kind.TEACHER else None
        return Application(
            programme=self.programme,
            purpose=self.purpose,
            channel=Channel.PARENT if who == Who.PARENT else Channel.SELF,
            kind=kind,
            grade=grade,
            letter=letter,
            position="" if is_child else data["position"],
            started_work_on=began(year) if year else None,
            is_new_here=kind == Kind.TEACHER and bool(data.get("is_new_here")),
            guardian_contact=data["guardian_contact"] if is_child else "",
            motivation=data.get("motivation", ""),
            **{
                name: data[name]
                for name in ("surname", "first_name", "patronymic", "gender", "birth_date",
                             "phone", "email")
            },
            **self.wishes,
        )  # fmt: skip


class ProposalForm(WishesForm):
    """Somebody of the school proposes a person; ``channels`` are those the user may speak for."""

    channel = forms.ChoiceField(label="Откуда сведения", widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label="Кем предлагаете", widget=forms.RadioSelect)
    results = CleanCharField(
        label="Итоги профориентационного теста",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text="Словами: к каким профессиям есть склонность, что советует тест. Без диагнозов.",
    )
    field_order = [
        *("purpose", "channel", "results", "pupil_categories", "teacher_categories", "need"),
        *("interests", "days", "times", "forms"),
    ]

    def __init__(self, *args, person: Person, channels, **kwargs) -> None:
        super().__init__(*args, purpose=Purpose.MENTEE, **kwargs)
        self.person = person
        self.fields["need"].label = "В чём нужна помощь или в чём человек может помочь"
        self.fields["need"].is_asked = True  # or a topic is ticked
        self.fields["purpose"].choices = [
            (Purpose.MENTEE.value, "наставляемым"),
            (Purpose.MENTOR.value, "наставником"),
        ]
        self.initial.setdefault("purpose", Purpose.MENTEE.value)
        if len(channels) == 1:
            self.channel = channels[0]
            del self.fields["channel"]
            if self.channel != Channel.CAREER_TEST:
                del self.fields["results"]
        else:
            self.channel = None
            self.fields["channel"].choices = [(one.value, one.label) for one in channels]
        del self.fields["teacher_categories" if person.kind == Kind.PUPIL else "pupil_categories"]

    @property
    def categories(self) -> list[NeedCategory]:
        name = "pupil_categories" if self.person.kind == Kind.PUPIL else "teacher_categories"
        return list(self.cleaned_data[name])

    def clean(self):
        data = super().clean()
        if data.get("channel") == Channel.CAREER_TEST and not data.get("results"):
            self.add_error("results", "Напишите итоги теста словами.")
        return data

    def application(self, by) -> Application:
        data, person = self.cleaned_data, self.person
        names = ("surname", "first_name", "patronymic", "gender", "kind", "grade", "letter",
                 "position", "birth_date", "started_work_on")  # fmt: skip
        return Application(
            programme=self.programme,
            purpose=data["purpose"],
            channel=self.channel or data["channel"],
            person=person,
            submitted_by=by,
            results=data.get("results", ""),
            **{name: getattr(person, name) for name in names},
            **self.wishes,
        )
