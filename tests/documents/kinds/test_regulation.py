import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.kinds.facts import BasisFacts, SchoolFacts
from documents.kinds.forms_of_mentoring import FormFacts
from documents.kinds.regulation import ATTACHABLE, RegulationFacts, build
from documents.paper import Fact
from documents.printing import lines, missing
from documents.render.text import render_text
from documents.storing import from_json, to_json
from tests.documents.people import SCHOOL

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc4.txt"

PUPILS = FormFacts(
    code="F1",
    title="ученик – ученик",
    variants=("успевающий – неуспевающий", "лидер – пассивный", "равный – равному"),
    capacity=3,
    mentee_kinds=("pupil",),
    mentor_kinds=("pupil",),
)
TEACHERS = FormFacts(
    code="F2",
    title="учитель – учитель",
    variants=(
        "опытный учитель – молодой специалист",
        "лидер педагогического сообщества – педагог, испытывающий проблемы",
        "педагог-новатор – консервативный педагог",
        "опытный предметник – неопытный предметник",
    ),
    capacity=2,
    mentee_kinds=("teacher",),
    mentor_kinds=("teacher",),
)
STUDENTS = FormFacts(
    code="F3",
    title="студент – ученик",
    capacity=1,
    mentee_kinds=("pupil",),
    mentor_kinds=("student",),
)
EMPLOYERS = FormFacts(
    code="F5",
    title="работодатель – студент",
    capacity=21,
    mentee_kinds=("student",),
    mentor_kinds=("employer",),
)

REGULATION = RegulationFacts(
    school=SCHOOL,
    minutes=BasisFacts(datetime.date(2026, 10, 9), "3"),
    order=BasisFacts(datetime.date(2026, 10, 15), "164-од"),
    forms=(PUPILS, TEACHERS),
    stages=(
        "Подготовка условий для запуска программы наставничества",
        "Формирование базы наставляемых",
        "Формирование базы наставников",
        "Отбор и обучение наставников",
        "Формирование наставнических пар / групп",
        "Организация работы наставнических пар / групп",
        "Завершение наставничества",
    ),
    interim_report_on=datetime.date(2027, 1, 15),
    final_report_on=datetime.date(2027, 5, 14),
)


def text(**changes):
    return render_text(build(dataclasses.replace(REGULATION, **changes)))


def test_d4_is_the_acceptance_text():
    assert text() == ACCEPTANCE.read_text("utf-8")


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        ((PUPILS,), "закрепляется не более трех обучающихся. Критерии"),
        ((STUDENTS,), "закрепляется не более одного обучающегося. Критерии"),
        ((EMPLOYERS,), "закрепляется не более 21 студента. Критерии"),
        (
            (PUPILS, dataclasses.replace(TEACHERS, capacity=3)),
            "закрепляется не более трех наставляемых. Критерии",
        ),
        (
            (PUPILS, TEACHERS, EMPLOYERS),
            "не более трех обучающихся, не более двух педагогических работников или не более "
            "21 студента. Критерии",
        ),
        (
            (PUPILS, STUDENTS),
            "не более трех обучающихся в форме «ученик – ученик», не более одного обучающегося в "
            "форме «студент – ученик». Критерии",
        ),
        (
            (dataclasses.replace(PUPILS, capacity=20), dataclasses.replace(TEACHERS, capacity=0)),
            "закрепляется не более двадцати обучающихся. Критерии",
        ),
        ((dataclasses.replace(PUPILS, mentee_kinds=()),), "не более трех наставляемых."),
    ],
    ids=["one", "single", "figures", "equal", "three", "differ", "twenty", "nobody"],
)
def test_the_capacity_comes_from_the_forms(forms, words):
    assert words in text(forms=forms)


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        ((PUPILS,), "из числа обучающихся 8–11 классов, подавших"),
        ((TEACHERS,), "из числа педагогических работников организации, подавших"),
        (
            (EMPLOYERS, STUDENTS, PUPILS, TEACHERS),
            "из числа педагогических работников организации, обучающихся 8–11 классов, студентов "
            "и работников организаций-партнеров, подавших",
        ),
    ],
)
def test_who_may_be_a_mentor_comes_from_the_forms(forms, words):
    assert words in text(forms=forms)


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        ((STUDENTS,), "В организации применяется форма «студент – ученик».\n"),
        (
            (dataclasses.replace(PUPILS, variants=("лидер – пассивный",)),),
            "применяется форма «ученик – ученик» (вариант «лидер – пассивный»).\n",
        ),
        (
            (STUDENTS, EMPLOYERS, dataclasses.replace(PUPILS, variants=(" ",))),
            "применяются формы «студент – ученик», «работодатель – студент» и «ученик – ученик».\n",
        ),
    ],
)
def test_forms_print_with_their_variants(forms, words):
    assert words in text(forms=forms)


def test_payment_stands_only_where_workers_teach_workers():
    assert "351.8" in text(forms=(TEACHERS,))
    assert "351.8" not in text(forms=(PUPILS, STUDENTS))
    assert "со статьями 60.2 и 151 Кодекса и положением об оплате" in text(
        labour_reference_instrumental="статьями 60.2 и 151 Кодекса"
    )


def test_parents_are_named_only_where_there_are_minors():
    assert "родител" not in text(forms=(TEACHERS,), awards=("вручение грамоты",))
    assert "согласия родителя" in text(forms=(EMPLOYERS,))


def test_numbers_agree_with_their_nouns():
    words = text(list_working_days=1, route_working_days=21, satisfaction=1)
    assert "чем через 1 рабочий день после" in words
    assert "в течение 21 рабочего дня со дня" in words
    assert "не ниже 1 балла из 10" in words
    assert "чем через 3 рабочих дня после" in text(list_working_days=3)


def test_entries_of_lists_bring_no_marks_of_their_own():
    words = text(problems=("нехватка кадров;", " ", "переход на новые учебники. "))
    assert "проблем: нехватка кадров; переход на новые учебники.\n" in words
    assert "и т.п." in text(problems=("адаптация и т.п.",))


def test_the_report_cites_the_number_of_its_annex():
    assert "до 14 мая по форме приложения 3." in text()
    references = [
        run.piece.text
        for line in lines(build(REGULATION))
        if line.block == "procedure-reports"
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    ]
    assert references == ["15 января", "14 мая", "3"]


def test_attached_forms_follow_in_the_order_of_the_list():
    paper = build(dataclasses.replace(REGULATION, attached=ATTACHABLE))
    assert [annex.id for annex in paper.annexes] == [
        "annex-route",
        "annex-agreement",
        "annex-report",
    ]
    words = render_text(paper)
    assert words.startswith(ACCEPTANCE.read_text("utf-8"))
    assert "\nПриложение 1 к Положению о наставничестве\nУТВЕРЖДАЮ\n" in words
    assert "№; Мероприятие; Срок; Ожидаемый результат; Отметка о выполнении\n1; ; ; ; \n" in words
    assert "Период наставничества; с «__» _______ 20__ г. по «__» _______ 20__ г.\n" in words
    assert "Родитель (законный представитель) обучающегося, не достигшего 18 лет:" in words
    assert "  " not in words


def test_only_what_is_attached_prints_and_keeps_its_number():
    paper = build(dataclasses.replace(REGULATION, attached=frozenset({"report"})))
    assert [line.text for line in lines(paper) if line.annex][:2] == [
        "Приложение 3 к Положению о наставничестве",
        "Отчет наставника",
    ]


def test_forms_to_fill_in_by_hand_are_not_missing_anything():
    paper = build(dataclasses.replace(REGULATION, attached=ATTACHABLE))
    assert missing(paper) == []
    assert from_json(to_json(paper)) == paper


def test_nothing_known_is_all_blanks_and_no_error():
    nothing = RegulationFacts(
        problems=(),
        goal="",
        tasks=(),
        mentor_grades="",
        satisfaction=None,
        list_working_days=None,
        route_working_days=None,
        frequency="",
        awards=(),
        labour_reference_instrumental="",
        mentor_rights=(),
        mentor_duties=(),
        mentee_rights=(),
        mentee_duties=(),
        mark="",
        attached=ATTACHABLE,
    )
    assert [blank.source for blank in missing(build(nothing))] == [
        "school.name",
        "school.short_name",
        "basis.D2.date",
        "basis.D2.number",
        "basis.D5.date",
        "basis.D5.number",
        "document.problems",
        "document.goal",
        "document.tasks",
        "forms",
        "document.satisfaction",
        "document.list_working_days",
        "document.frequency",
        "document.stages",
        "document.route_working_days",
        "document.interim_report_on",
        "document.final_report_on",
        "document.awards",
        "document.labour_reference",
        "document.mentor_rights",
        "document.mentor_duties",
        "document.mentee_rights",
        "document.mentee_duties",
        "school.place",
    ]


def test_every_filled_word_says_where_it_comes_from():
    sources = {
        run.piece.source
        for line in lines(build(REGULATION))
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    }
    assert "" not in sources
    assert {"forms", "school.short_name", "basis.D2.date", "document.interim_report_on"} <= sources


TEXTS = st.one_of(
    st.text("абвЖЗ №-–.,;:012\n\t"),
    st.text("абв1", min_size=1).map(lambda inner: f'Школа "{inner}"'),
)
LISTS = st.lists(TEXTS, max_size=3)
KINDS = st.lists(st.sampled_from(["pupil", "teacher", "student", "employer", "deputy"]), max_size=3)
FORMS = st.builds(
    FormFacts,
    code=st.sampled_from(["F1", "F2"]),
    title=TEXTS,
    variants=LISTS,
    capacity=st.none() | st.integers(-1, 130),
    mentee_kinds=KINDS,
    mentor_kinds=KINDS,
)
NUMBERS = st.none() | st.integers(0, 130)
BASES = st.none() | st.builds(BasisFacts, st.none() | st.dates(), TEXTS, TEXTS)
FACTS = st.builds(
    RegulationFacts,
    school=st.none() | st.builds(SchoolFacts, TEXTS, TEXTS, TEXTS, TEXTS),
    minutes=BASES,
    order=BASES,
    forms=st.lists(FORMS, max_size=4),
    stages=LISTS,
    problems=LISTS,
    goal=TEXTS,
    tasks=LISTS,
    mentor_grades=TEXTS,
    satisfaction=NUMBERS,
    list_working_days=NUMBERS,
    route_working_days=NUMBERS,
    frequency=TEXTS,
    interim_report_on=st.none() | st.dates(),
    final_report_on=st.none() | st.dates(),
    awards=LISTS,
    labour_reference_instrumental=TEXTS,
    mentor_duties=LISTS,
    attached=st.frozensets(st.sampled_from(sorted(ATTACHABLE))),
)


@given(FACTS)
def test_whatever_is_known_it_reads_as_a_paper(facts):
    words = render_text(build(facts))
    for wrong in ("None", "  ", '"', "«»", "()"):
        assert wrong not in words
