"""The rules of the school's programme in the browser."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from programmes.access import OFFICE, Role, allow
from programmes.careful import CarefulForm
from programmes.changes import changes_of
from programmes.models import Rules, School

# What a rule does, and where it comes from.
EXPLAINED = {
    "mentee_age_from": (
        "Обучающийся вне этих границ – подсказка в базе, не запрет.",
        "Методика называет 11–18 лет; показатель охвата целевой модели считает детей 10–19 лет "
        "(распоряжение Минпросвещения РФ от 25.12.2019 № Р-145). Выбирает школа.",
    ),
    "mentee_age_to": ("Верхняя граница того же правила.", ""),
    "mentor_age_from": (
        "Обучающийся младше – подсказка в базе наставников, не запрет.",
        "Целевая модель говорит об активных обучающихся старшей ступени и возраста не называет: "
        "решает школа.",
    ),
    "young_teacher_years": (
        "Педагог с большим стажем – подсказка, если место работы не новое.",
        "Методика, форма «учитель – учитель»: молодой педагог – при опыте работы от 0 до 3 лет.",
    ),
    "asks_consent": (
        "Без действующего согласия портал не добавит человека в базу, пару и приказ. Анкет в "
        "портале пока нет: с ними правило будет действовать и для них.",
        "Статья 9 Федерального закона «О персональных данных»: обработка – с согласия человека или "
        "его законного представителя.",
    ),
    "asks_participation": (
        "Пара и приказ о парах – только для тех, кто согласился участвовать.",
        "Письмо Минпросвещения России и Профсоюза от 21.12.2021 № АЗ-1128/08 / № 657: пары "
        "закрепляют с письменного согласия участников.",
    ),
    "asks_training": (
        "Назначить наставником можно того, кто прошёл отбор и обучение; иначе куратор называет "
        "причину.",
        "Методика, таблица 2, этап 4: организовать отбор и обучение наставников.",
    ),
    "asks_351_8": (
        "Приказ, в котором работник помогает другому работнику, не зарегистрировать без его "
        "письменного согласия (со сканом) и дополнительного соглашения.",
        "Статья 351.8 Трудового кодекса РФ. Если наставничество – постоянная часть трудовой "
        "функции по должности и оплачено в ней, статья не применяется: тогда правило можно снять.",
    ),
}
# What protects people: only those who answer for the school's data may loosen it.
GATES = ("asks_consent", "asks_participation", "asks_training", "asks_351_8")


class RulesForm(CarefulForm):
    """Ages, experience, and what is asked for; a curator changes only the former."""

    class Meta:
        model = Rules
        fields = [*EXPLAINED]
        labels = {
            "mentee_age_to": "возраст наставляемого обучающегося, до",
            "asks_consent": "Требовать согласие на обработку персональных данных",
            "asks_participation": "Требовать согласие на участие",
            "asks_training": "Назначать наставником только отобранного и обученного",
            "asks_351_8": "Требовать согласие и соглашение наставника-работника (статья 351.8)",
        }

    def __init__(self, *args, may_gates: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_gates:
            for name in GATES:
                del self.fields[name]
        for name, field in self.fields.items():
            if name in EXPLAINED:
                field.help_text = " ".join(filter(None, EXPLAINED[name]))
                field.label = field.label[:1].upper() + field.label[1:]

    def clean(self):
        data = super().clean()
        first, last = data.get("mentee_age_from"), data.get("mentee_age_to")
        if first is not None and last is not None and last < first:
            self.add_error("mentee_age_to", "Возраст «до» меньше возраста «от».")
        return data


@dataclass(frozen=True)
class Gate:
    """A rule that this user may read and not change."""

    title: str
    is_on: bool
    words: str


@require_http_methods(["GET", "POST"])
@allow(*OFFICE)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules with their explanations; the curator does not loosen what protects people."""
    school = request.user.school
    may_gates = request.user.is_any(Role.ADMINISTRATOR, Role.DIRECTOR)
    form = RulesForm(instance=Rules.of(school), may_gates=may_gates)
    if request.method == "POST":
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            form = RulesForm(request.POST, instance=Rules.of(school), may_gates=may_gates)
            if form.is_valid() and not form.is_stale:
                form.save()
                messages.success(request, "Правила программы сохранены.")
                return redirect("rules")
    conflict = form.conflict()
    stored = Rules.of(school)
    titles: dict[str, forms.Field] = RulesForm(instance=stored, may_gates=True).fields
    return render(
        request,
        "programmes/school/rules.html",
        {
            "form": form,
            "refusals": conflict,
            "gates": [
                Gate(titles[name].label, getattr(stored, name), " ".join(EXPLAINED[name]))
                for name in GATES
                if not may_gates
            ],
            "changes": changes_of(stored),
        },
        status=409 if conflict else 422 if form.errors else 200,
    )
