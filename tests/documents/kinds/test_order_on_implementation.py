import dataclasses
import datetime
from pathlib import Path

import pytest

from documents.kinds.facts import BasisFacts, Control, Wordings
from documents.kinds.order_on_implementation import OPTIONS, ImplementationFacts, build
from documents.paper import Fact
from documents.printing import lines, missing
from documents.render.text import render_text
from tests.documents.people import (
    CURATOR,
    DIRECTOR,
    DORZHIEVA,
    SCHOOL,
    SHEVCHENKO,
    TSYRENDORZHIEVA,
)

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc1.txt"

FACTS = ImplementationFacts(
    school=SCHOOL,
    date=datetime.date(2026, 9, 21),
    number="146-од",
    head=DIRECTOR,
    acquainted=(DORZHIEVA, CURATOR, SHEVCHENKO, TSYRENDORZHIEVA),
    basis_body="Министерства образования и науки Забайкальского края",
    basis_date=datetime.date(2026, 9, 14),
    basis_number="811",
    leader=DORZHIEVA,
    members=(CURATOR, SHEVCHENKO, TSYRENDORZHIEVA),
    study_until=datetime.date(2026, 10, 5),
    plan_council_on=datetime.date(2026, 10, 9),
    plan_rework_until=datetime.date(2026, 10, 14),
    regulation_council_on=datetime.date(2026, 10, 9),
    regulation_rework_until=datetime.date(2026, 10, 14),
    plan_executors=(DORZHIEVA,),
    regulation_executors=(SHEVCHENKO,),
)


def text(**changes):
    return render_text(build(dataclasses.replace(FACTS, **changes)))


def test_d1_the_text_is_the_acceptance_text():
    assert text() == ACCEPTANCE.read_text("utf-8")


def test_several_executors_are_in_the_plural():
    words = text(plan_executors=(DORZHIEVA, CURATOR))
    assert words.count("Ответственные: Доржиева С.Б., Черных А.С.\n") == 3
    assert words.count("Ответственный: Шевченко А.О.\n") == 3


def test_optional_clauses_come_before_the_control_in_their_own_order():
    words = text(
        options=frozenset(option.id for option in OPTIONS),
        supply_executors=(CURATOR,),
        monitoring_text="первый этап – до 15 января 2027 г., второй – до 14 мая 2027 г.",
        results_text="не менее 10 наставнических пар;",
    )
    assert (
        "9. Организовать материально-техническое обеспечение внедрения проекта "
        "«Целевая модель наставничества».\n"
        "Ответственный: Черных А.С.\n"
        "10. Провести мониторинг реализации проекта «Целевая модель наставничества» в следующие "
        "сроки: первый этап – до 15 января 2027 г., второй – до 14 мая 2027 г.\n"
        "11. Определить планируемые результаты внедрения проекта «Целевая модель наставничества»: "
        "не менее 10 наставнических пар.\n"
        "12. Контроль и выполнение приказа оставляю за собой.\n"
    ) in words


@pytest.mark.parametrize(
    ("option", "source"),
    [
        ("supply", "document.supply_executors"),
        ("monitoring", "document.monitoring_text"),
        ("results", "document.results_text"),
    ],
)
def test_an_optional_clause_without_its_facts_has_a_blank(option, source):
    paper = build(dataclasses.replace(FACTS, options=frozenset({option})))
    assert [blank.source for blank in missing(paper)] == [source]


def test_other_clauses_on_control_and_replacing():
    words = text(
        replaces=BasisFacts(datetime.date(2025, 9, 1), "101-од", "О внедрении наставничества"),
        wordings=Wordings(control=Control.STANDARD),
    )
    assert (
        "9. Признать утратившим силу приказ от 1 сентября 2025 г. № 101-од "
        "«О внедрении наставничества».\n"
        "10. Контроль за исполнением приказа оставляю за собой.\n"
    ) in words
    assert (
        "9. Контроль за исполнением приказа возложить на Доржиеву Сэсэг Бадмаевну, "
        "заместителя директора по учебно-воспитательной работе.\n"
    ) in text(control_by=DORZHIEVA)


def test_a_leader_without_members_is_followed_by_a_blank():
    assert (
        "Доржиева Сэсэг Бадмаевна, заместитель директора по учебно-воспитательной работе, – "
        "руководитель проектной группы;\n________.\n3. "
    ) in text(members=())


def test_quotes_inside_the_heading_of_the_basis_are_nested():
    assert "№ 811 «О проекте „Наставник“»\n" in text(basis_title="О проекте «Наставник»")


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(ImplementationFacts(basis_title=""))
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "document.basis_body",
        "document.basis_date",
        "document.basis_number",
        "document.basis_title",
        "group.leader",
        "group.members",
        "document.study_until",
        "document.plan_executors",
        "document.plan_council_on",
        "document.plan_rework_until",
        "document.regulation_executors",
        "document.regulation_council_on",
        "document.regulation_rework_until",
        "school.head",
    ]


def test_every_filled_word_says_where_it_comes_from():
    facts = [
        run.piece
        for line in lines(build(FACTS))
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    ]
    assert ("Доржиеву Сэсэг Бадмаевну", "accusative") in [
        (fact.text, fact.case) for fact in facts if fact.source == "person.Доржиева.name"
    ]
    assert all(fact.source for fact in facts)
