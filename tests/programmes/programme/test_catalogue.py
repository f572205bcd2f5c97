"""The catalogue of forms: what the instruction names, and nothing invented (lines 81–98)."""

from programmes.models import MentoringForm
from programmes.programme.models import read_catalogue

VARIANTS = {
    "F1": ["успевающий – неуспевающий", "лидер – пассивный", "равный – равному"],
    "F2": [
        "опытный учитель – молодой специалист",
        "лидер педагогического сообщества – педагог, испытывающий проблемы",
        "педагог-новатор – консервативный педагог",
        "опытный предметник – неопытный предметник",
    ],
}


def test_s1_4_seven_forms_with_the_variants_of_the_instruction():
    catalogue = {entry["code"]: entry for entry in read_catalogue()}

    assert sorted(catalogue) == [f"F{n}" for n in range(1, 8)]
    assert {code: e["variants"] for code, e in catalogue.items() if e["variants"]} == VARIANTS


def test_s1_4_goals_and_tasks_only_where_the_instruction_has_them():
    catalogue = {entry["code"]: entry for entry in read_catalogue()}

    assert {c for c, e in catalogue.items() if e["goal"]} == {"F1", "F2"}
    assert {c: len(e["tasks"]) for c, e in catalogue.items() if e["tasks"]} == {"F1": 5, "F2": 6}
    assert {c for c, e in catalogue.items() if e["scheme"]} == {"F6", "F7"}
    assert "(включая адаптацию детей с ОВЗ)" in catalogue["F1"]["goal"]


def test_school_gets_all_forms_and_variants(school):
    assert MentoringForm.objects.filter(school=school).count() == 7
    assert school.forms.get(code="F2").variants.count() == 4
    assert school.forms.get(code="F2").items.filter(kind="task").count() == 6
