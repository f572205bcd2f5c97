"""Forms of consents."""

import datetime

from django import forms
from django.utils import timezone

from programmes.careful import CarefulForm
from programmes.consents.models import Authority, ConsentText, Relation, WorkerMentoring
from programmes.consents.recording import Signed
from programmes.consents.standing import Signers, signers_of
from programmes.consents.wording import CATEGORIES, Purpose
from programmes.models import Person
from programmes.programme.forms import DayField
from programmes.scans import checked_scan
from programmes.school.forms import CleanCharField

_GUARDIAN = ("guardian", "relation", "authority")


class RecordForm(forms.Form):
    """A pile of signed papers: one day and the same consents for several people.

    A child has fields of its own for the guardian; a grown-up has none.
    """

    signed_on = DayField(label="Подписаны", help_text="День подписи на бумаге.")
    purposes = forms.MultipleChoiceField(
        label="Какие согласия подписаны",
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_until = DayField(
        label="Действуют по", required=False, help_text="Пусто: до окончания участия или отзыва."
    )
    categories = forms.MultipleChoiceField(
        label="Что разрешено публиковать",
        help_text="Только для согласия на распространение: что отмечено «да» на бумаге.",
        choices=list(CATEGORIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    conditions = CleanCharField(
        label="Условия и запреты",
        help_text="Только для согласия на распространение, если на бумаге что-то вписано.",
        required=False,
        max_length=500,
    )

    def __init__(self, *args, people: list[Person], guardians=None, **kwargs) -> None:
        initial = {"signed_on": timezone.localdate()} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.people = people
        self.day = self._typed_day()
        self._ask_versions()
        for person in people:
            asked = signers_of(person, self.day)
            if asked is Signers.PERSON:
                continue
            last = (guardians or {}).get(person.pk)
            self.fields[f"guardian_{person.pk}"] = CleanCharField(
                label="Законный представитель (фамилия, имя, отчество)",
                required=False,
                max_length=200,
                initial=last.guardian_name if last else "",
            )
            self.fields[f"relation_{person.pk}"] = forms.ChoiceField(
                label="Кем приходится",
                choices=Relation.choices,
                required=False,
                initial=last.guardian_relation if last else Relation.MOTHER,
            )
            self.fields[f"authority_{person.pk}"] = forms.ChoiceField(
                label="Документ о полномочиях",
                choices=Authority.choices,
                required=False,
                initial=last.guardian_authority if last else Authority.BIRTH,
            )
            if asked is Signers.BOTH:
                self.fields[f"own_{person.pk}"] = forms.BooleanField(
                    label="подписал и сам обучающийся", required=False, initial=True
                )

        for name, field in self.fields.items():
            field.is_asked = name.partition("_")[0] in _GUARDIAN  # asked for, checked by the verb

    def _ask_versions(self) -> None:
        """Which words were signed, where a school has had more than one version of them."""
        school = self.people[0].school_id if self.people else None
        texts: dict[str, list[int]] = {}
        for text in ConsentText.objects.filter(school=school).order_by("number"):
            texts.setdefault(text.purpose, []).append(text.number)
        for purpose in Purpose:
            numbers = texts.get(purpose, ())
            if len(numbers) < 2:
                continue
            choices = [("", "которая действовала в день подписи")]
            choices += [(str(number), f"№ {number}") for number in numbers]
            self.fields[f"version_{purpose}"] = forms.ChoiceField(
                label=f"Редакция текста на бумаге: {purpose.label}",
                help_text="Напечатана внизу согласия: «Редакция текста № …».",
                choices=choices,
                required=False,
            )

    def versions(self):
        """The fields of ``_ask_versions``."""
        return [self[name] for name in self.fields if name.startswith("version_")]

    def _typed_day(self) -> datetime.date:
        """Who signs follows from the day on the paper: the typed one, today while there is none."""
        try:
            return datetime.date.fromisoformat(self.data.get("signed_on", ""))
        except ValueError:
            return timezone.localdate()

    def rows(self):
        """Each person, who signs in words, and the fields of the guardian."""
        for person in self.people:
            names = [f"{name}_{person.pk}" for name in (*_GUARDIAN, "own")]
            fields = [self[name] for name in names if name in self.fields]
            yield person, signers_of(person, self.day).value, fields

    def papers(self) -> list[Signed]:
        """What is typed, a paper a person and purpose."""
        data = self.cleaned_data
        day: datetime.date = data["signed_on"]
        found = []
        for person in self.people:
            guardian = data.get(f"guardian_{person.pk}", "")
            is_own = data.get(f"own_{person.pk}", False)
            if f"guardian_{person.pk}" not in self.fields:
                is_own = True
            for purpose in data["purposes"]:
                version = data.get(f"version_{purpose}")
                found.append(
                    Signed(
                        person=person,
                        purpose=purpose,
                        signed_on=day,
                        valid_until=data["valid_until"],
                        by_person=is_own,
                        guardian_name=guardian,
                        guardian_relation=data.get(f"relation_{person.pk}", "") if guardian else "",
                        guardian_authority=(
                            data.get(f"authority_{person.pk}", "") if guardian else ""
                        ),
                        categories=tuple(data["categories"]),
                        conditions=data["conditions"],
                        version=int(version) if version else None,
                    )
                )
        return found


class WithdrawForm(forms.Form):
    withdrawn_on = DayField(label="День отзыва")
    reason = CleanCharField(label="Причина", required=False, max_length=300)


class CompleteForm(forms.Form):
    done_on = DayField(label="День выполнения")


class UndoForm(forms.Form):
    reason = CleanCharField(label="В чём ошибка", required=False, max_length=300)


class ConsentScanForm(forms.Form):
    scan = forms.FileField(
        label="Скан",
        help_text="PDF, JPEG или PNG, до 10 МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_scan(self):
        self.content, self.extension = checked_scan(self.cleaned_data["scan"])
        return self.cleaned_data["scan"]


class WorkerMentoringForm(CarefulForm):
    """Consent and agreement of a worker who is a mentor of a worker (art. 351.8)."""

    consent_on = DayField(
        label="Дата письменного согласия", required=False, help_text="Когда работник его подписал."
    )
    agreement_number = CleanCharField(label="Номер соглашения", required=False, max_length=50)
    agreement_on = DayField(label="Дата соглашения", required=False)
    content = CleanCharField(label="Содержание работы", required=False, max_length=1000)
    form_of_work = CleanCharField(
        label="Форма работы",
        required=False,
        max_length=200,
        help_text="Индивидуальная или групповая, очная или дистанционная.",
    )
    started_on = DayField(label="Срок работы с", required=False)
    ended_on = DayField(label="по", required=False)
    payment = CleanCharField(label="Размер и условия выплаты", required=False, max_length=1000)

    class Meta:
        model = WorkerMentoring
        fields = (
            *("consent_on", "agreement_number", "agreement_on", "content", "form_of_work"),
            *("started_on", "ended_on", "payment"),
        )

    def _post_clean(self) -> None:
        """The verb stores the row and says what is wrong with its dates."""
