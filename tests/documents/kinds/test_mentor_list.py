import dataclasses
import datetime

from documents.kinds.facts import BasisFacts, PersonFacts
from documents.kinds.mentor_list import MentorFacts, MentorListFacts, build
from documents.printing import missing
from documents.render.text import render_text
from documents.storing import from_json, to_json
from tests.documents.people import DASHINIMAEV, IVANOV, SCHOOL

START, END = datetime.date(2026, 10, 22), datetime.date(2027, 5, 31)
MENTORS = MentorListFacts(
    school=SCHOOL,
    order=BasisFacts(START, "169-од"),
    mentors=(
        MentorFacts(
            person=DASHINIMAEV,
            forms=("учитель – учитель", "учитель – ученик"),
            started_on=START,
            ended_on=END,
        ),
        MentorFacts(person=IVANOV, forms=("ученик – ученик",), started_on=START, ended_on=END),
    ),
)


def test_the_list_names_its_order_and_the_mentors():
    assert render_text(build(MENTORS)).splitlines()[2:] == [
        "Приложение",
        "УТВЕРЖДЕН",
        "приказом МБОУ «СОШ № 94» г. Читы",
        "от 22.10.2026 № 169-од",
        "Списочный состав наставников",
        "№; Фамилия, имя, отчество; Должность (класс); Форма наставничества; Срок",
        "1; Дашинимаев Баир Цыренович; учитель математики; "
        "«учитель – учитель», «учитель – ученик»; с 22.10.2026 по 31.05.2027",
        "2; Иванов Никита Сергеевич; обучающийся 10 «А» класса; "
        "«ученик – ученик»; с 22.10.2026 по 31.05.2027",
    ]


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(MentorListFacts(mark=""))
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "basis.D6.date",
        "basis.D6.number",
        "mentors",
    ]
    assert from_json(to_json(paper)) == paper


def test_half_known_mentors_are_blanks_of_those_people():
    nobody = MentorFacts(person=PersonFacts(source="person.7"), forms=(" ",))
    paper = build(dataclasses.replace(MENTORS, mentors=(nobody,)))
    assert [blank.source for blank in missing(paper)] == [
        "person.7.name",
        "person.7.post",
        "person.7.forms",
        "person.7.started_on",
        "person.7.ended_on",
    ]
