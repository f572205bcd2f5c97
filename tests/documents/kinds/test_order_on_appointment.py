import dataclasses
import datetime
from pathlib import Path

import pytest

from documents.kinds.facts import BasisFacts
from documents.kinds.order_on_appointment import AppointmentFacts, build
from documents.printing import missing
from documents.render.text import render_text
from tests.documents.people import (
    ALIEV,
    CURATOR,
    DASHINIMAEV,
    DIRECTOR,
    DORZHIEVA,
    IVANOV,
    LI,
    NEPOMNYASHCHAYA,
    SCHOOL,
    SHEVCHENKO,
    ZHAPOVA,
    person,
)

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc6.txt"

FACTS = AppointmentFacts(
    school=SCHOOL,
    date=datetime.date(2026, 10, 22),
    number="169-од",
    head=DIRECTOR,
    acquainted=(DASHINIMAEV, NEPOMNYASHCHAYA, CURATOR),
    plan_order=BasisFacts(datetime.date(2026, 10, 15), "163-од"),
    regulation_order=BasisFacts(datetime.date(2026, 10, 15), "164-од"),
    curators=(CURATOR,),
    mentors=(DASHINIMAEV, NEPOMNYASHCHAYA, IVANOV, ZHAPOVA),
    training_from=datetime.date(2026, 10, 26),
    training_to=datetime.date(2026, 10, 30),
    training_executors=(CURATOR,),
)


def text(**changes):
    return render_text(build(dataclasses.replace(FACTS, **changes)))


def test_d6_the_text_is_the_acceptance_text():
    assert text() == ACCEPTANCE.read_text("utf-8")


def test_two_curators():
    words = text(curators=(CURATOR, DORZHIEVA))
    assert (
        "1. Назначить кураторами наставников:\n"
        "Черных Андрея Саввича, заместителя директора по воспитательной работе;\n"
        "Доржиеву Сэсэг Бадмаевну, заместителя директора по учебно-воспитательной работе.\n"
        "2. Заключить с Черных Андреем Саввичем и Доржиевой Сэсэг Бадмаевной дополнительные "
        "соглашения к трудовым договорам, в которых обозначить задачи кураторов в соответствии с "
        "Положением о наставничестве, утвержденным приказом директора от «15» октября 2026 г. "
        "№ 164-од.\n"
    ) in words


@pytest.mark.parametrize(
    ("curators", "mentors", "heading"),
    [
        ((CURATOR,), (IVANOV, ZHAPOVA), "О назначении куратора и наставников внедрения"),
        ((CURATOR, DORZHIEVA), (IVANOV, ZHAPOVA), "О назначении кураторов и наставников внедрения"),
        ((CURATOR,), (IVANOV,), "О назначении куратора и наставника внедрения"),
        ((), (), "О назначении куратора и наставников внедрения"),
    ],
)
def test_the_heading_agrees_with_those_whom_it_appoints(curators, mentors, heading):
    subject = build(dataclasses.replace(FACTS, curators=curators, mentors=mentors)).subject
    assert " ".join(subject) == f"{heading} целевой модели наставничества"


def test_three_curators_are_enumerated():
    assert (
        "Заключить с Черных Андреем Саввичем, Доржиевой Сэсэг Бадмаевной и "
        "Шевченко Алиной Олеговной дополнительные"
    ) in text(curators=(CURATOR, DORZHIEVA, SHEVCHENKO))


def test_a_curator_whose_name_asks_for_so():
    curator = person(
        "Смирнова Анна Ильинична",
        "f",
        "методист",
        accusative="Смирнову Анну Ильиничну",
        instrumental="Смирновой Анной Ильиничной",
    )
    words = text(curators=(curator,))
    assert "1. Назначить куратором наставников Смирнову Анну Ильиничну, методиста.\n" in words
    assert "2. Заключить со Смирновой Анной Ильиничной дополнительное соглашение" in words


@pytest.mark.parametrize(
    ("mentor", "words"),
    [
        (DASHINIMAEV, "Дашинимаева Баира Цыреновича, учителя математики."),
        (NEPOMNYASHCHAYA, "Непомнящую Ольгу Фёдоровну, учителя русского языка и литературы."),
        (SHEVCHENKO, "Шевченко Алину Олеговну, методиста."),
        (ALIEV, "Алиева Самеда Гасан оглы, обучающегося 6 «В» класса."),
        (LI, "Ли Виктора Сеновича, обучающегося 5 «А» класса."),
        (ZHAPOVA, "Жапову Номин Булатовну, обучающуюся 11 «Б» класса."),
    ],
)
def test_one_mentor_stands_on_the_line(mentor, words):
    assert (
        f"3. Назначить наставником реализации целевой модели наставничества {words}\n4. "
    ) in text(mentors=(mentor,))


def test_agreements_with_mentors_who_are_workers():
    words = text(options=frozenset({"doc-agreements"}), worker_executors=(SHEVCHENKO,))
    assert (
        "4. Заключить с наставниками – работниками организации дополнительные соглашения к "
        "трудовым договорам с указанием содержания, сроков, формы работы по наставничеству, "
        "размера и условий выплат (статья 351.8 Трудового кодекса Российской Федерации).\n"
        "Ответственный: Шевченко А.О.\n"
        "5. Провести обучение наставников"
    ) in words


def test_an_agreement_with_the_only_worker():
    words = text(options=frozenset({"doc-agreements"}), mentors=(DASHINIMAEV, IVANOV))
    assert (
        "4. Заключить с наставником – работником организации дополнительное соглашение к "
        "трудовому договору с указанием"
    ) in words
    assert "Ответственный: ________\n5. Провести" in words


def test_another_reference_to_the_law():
    words = text(options=frozenset({"doc-agreements"}), labour_reference="статья 60.2 ТК РФ")
    assert "условий выплат (статья 60.2 ТК РФ).\n" in words


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(AppointmentFacts())
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "basis.D3.date",
        "basis.D3.number",
        "curator",
        "basis.D5.date",
        "basis.D5.number",
        "mentors",
        "document.training_from",
        "document.training_to",
        "document.training_executors",
        "school.head",
    ]
    words = render_text(paper)
    assert "1. Назначить куратором наставников ________.\n" in words
    assert "2. Заключить с ________ дополнительное соглашение к трудовому договору" in words
    assert "наставниками реализации целевой модели наставничества:\n________.\n4. " in words
    assert "в период с ________ по ________.\n" in words
