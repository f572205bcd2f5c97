"""Forms of accounts and of the school's settings."""

import datetime

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from programmes.access import Role
from programmes.people.models import Kind, Person
from programmes.school.models import School, User
from programmes.text import clean_text


class CleanCharField(forms.CharField):
    """A text field that drops control and direction characters (SEC 08)."""

    def to_python(self, value):
        return clean_text(super().to_python(value) or "").strip()


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class UsernameField(CleanCharField):
    """A free login name: Latin or Cyrillic letters, digits, dot, hyphen, underscore."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            **{
                "label": "Логин",
                "max_length": 150,
                "help_text": "Буквы, цифры, точка, дефис. Под ним вы будете входить.",
                "widget": forms.TextInput(attrs={"autocomplete": "username"}),
            }
            | kwargs
        )

    def clean(self, value):
        value = super().clean(value)
        User.username_validator(value)
        if User.objects.filter(username__iexact=value).exists():
            raise ValidationError("Такой логин уже занят.")
        return value


class NewPasswordMixin(forms.Form):
    """Two fields for a new password, checked for strength."""

    password = forms.CharField(
        label="Пароль",
        help_text="Не короче 10 знаков, не только цифры, не из самых частых.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Пароль ещё раз", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self):
        data = super().clean()
        first, second = data.get("password"), data.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", "Пароли не совпадают.")
        if first:
            try:
                password_validation.validate_password(
                    first, User(username=data.get("username", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
        return data


class JoinForm(NewPasswordMixin):
    """What an invited person types: a login and a password."""

    username = UsernameField()
    field_order = ["username", "password", "password_again"]


class NewPasswordForm(NewPasswordMixin):
    """What somebody with a link for a new password types."""


class RolesField(forms.MultipleChoiceField):
    def __init__(self, **kwargs) -> None:
        super().__init__(
            label="Роли",
            choices=[(role.value, role.label) for role in Role],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Отметьте хотя бы одну роль."},
            **kwargs,
        )

    def clean(self, value) -> set[Role]:
        return {Role(role) for role in super().clean(value)}


class UserForm(forms.Form):
    """Who the user is and what the user may do."""

    person = forms.ModelChoiceField(
        label="Человек из списка школы",
        queryset=Person.objects.none(),
        required=False,
        empty_label="не из списка (например, эксперт)",
    )
    title = CleanCharField(
        label="Имя на экране",
        max_length=200,
        required=False,
        help_text="Для тех, кого нет в списке: Эксперт института.",
    )
    email = forms.EmailField(label="Электронная почта", required=False)
    roles = RolesField()

    def __init__(self, *args, school: School, user: User | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(school=school, left_on__isnull=True).exclude(
            kind=Kind.PARENT
        )
        taken = User.objects.filter(school=school, person__isnull=False)
        if user is not None:
            taken = taken.exclude(pk=user.pk)
        self.fields["person"].queryset = people.exclude(pk__in=taken.values("person_id")).in_order()
        self.fields["person"].label_from_instance = lambda person: (
            f"{person.full_name}, {person.description}" if person.description else person.full_name
        )

    def clean(self):
        data = super().clean()
        if not data.get("person") and not data.get("title"):
            self.add_error("title", "Выберите человека или напишите имя.")
        return data


class SchoolForm(forms.ModelForm):
    site = forms.URLField(label="Адрес сайта", required=False, assume_scheme="https")

    class Meta:
        model = School
        fields = ["name", "short_name", "founder", "place", "address", "site"]


class HeadForm(forms.Form):
    """The school gets a new head, or somebody acts for the head for a while."""

    person = forms.ModelChoiceField(label="Руководитель", queryset=Person.objects.none())
    started_on = forms.DateField(label="С какого дня", widget=DateInput())
    is_acting = forms.BooleanField(
        label="Исполняет обязанности директора",
        required=False,
        help_text="Прежний директор остаётся, приказы подписывает исполняющий обязанности.",
    )
    ended_on = forms.DateField(
        label="По какой день", required=False, widget=DateInput(), help_text="Если срок известен."
    )

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = (
            Person.objects.filter(school=school, kind=Kind.TEACHER).present().in_order()
        )

    def clean(self):
        data = super().clean()
        started: datetime.date | None = data.get("started_on")
        ended: datetime.date | None = data.get("ended_on")
        if started and not 2000 <= started.year <= 2100:
            self.add_error("started_on", "Проверьте год.")
        if started and ended and ended < started:
            self.add_error("ended_on", "Последний день раньше первого.")
        return data
