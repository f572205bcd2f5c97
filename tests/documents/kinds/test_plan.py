import datetime

import pytest

from documents.kinds.facts import BasisFacts, SchoolFacts
from documents.kinds.plan import PlanFacts, PlanItemFacts, build, period_in_words, plan_table
from documents.printing import lines, missing
from documents.render.text import render_text
from tests.documents.people import (
    CURATOR,
    DORZHIEVA,
    SCHOOL,
    SHEVCHENKO,
    TSYRENDORZHIEVA,
)


def day(text):
    return datetime.datetime.strptime(text, "%d.%m.%Y").date() if text else None


def item(number, title, started, ended, responsible, result):
    return PlanItemFacts(
        id=str(number),
        title=title,
        started_on=day(started),
        ended_on=day(ended),
        responsible=(responsible,),
        result=result,
    )


ITEMS = (
    item(
        1,
        "Подготовка условий для запуска программы наставничества",
        "19.10.2026",
        "23.10.2026",
        DORZHIEVA,
        "приказы, дорожная карта",
    ),
    item(
        2,
        "Формирование базы наставляемых",
        "19.10.2026",
        "23.10.2026",
        TSYRENDORZHIEVA,
        "база наставляемых",
    ),
    item(
        3,
        "Формирование базы наставников",
        "19.10.2026",
        "23.10.2026",
        SHEVCHENKO,
        "база наставников",
    ),
    item(
        4,
        "Отбор и обучение наставников",
        "26.10.2026",
        "30.10.2026",
        CURATOR,
        "список обученных наставников",
    ),
    item(
        5,
        "Формирование наставнических пар / групп",
        "",
        "09.11.2026",
        CURATOR,
        "приказ о формировании пар",
    ),
    item(
        6,
        "Организация работы наставнических пар / групп",
        "10.11.2026",
        "14.05.2027",
        CURATOR,
        "индивидуальные маршруты, отчеты наставников",
    ),
    item(
        7,
        "Завершение наставничества",
        "21.05.2027",
        "21.05.2027",
        DORZHIEVA,
        "итоговое мероприятие, отчет о мониторинге",
    ),
)


@pytest.mark.parametrize(
    ("started", "ended", "words"),
    [
        ("19.10.2026", "23.10.2026", "19–23 октября 2026 г."),
        ("30.10.2026", "05.11.2026", "30 октября – 5 ноября 2026 г."),
        ("10.11.2026", "14.05.2027", "10 ноября 2026 г. – 14 мая 2027 г."),
        ("19.10.2026", "23.10.2027", "19 октября 2026 г. – 23 октября 2027 г."),
        ("21.05.2027", "21.05.2027", "21 мая 2027 г."),
        ("", "09.11.2026", "до 9 ноября 2026 г."),
        ("09.11.2026", "", "с 9 ноября 2026 г."),
        ("", "", ""),
    ],
)
def test_terms_in_words(started, ended, words):
    assert period_in_words(day(started), day(ended)) == words


def test_d9_the_plan_as_a_paper_of_its_own():
    paper = build(
        PlanFacts(
            school=SCHOOL,
            approved_by=BasisFacts(datetime.date(2026, 10, 15), "163-од"),
            items=ITEMS[:2],
        )
    )
    assert render_text(paper).splitlines()[2:] == [
        "УТВЕРЖДЕН",
        "приказом МБОУ «СОШ № 94» г. Читы",
        "от 15.10.2026 № 163-од",
        "План реализации целевой модели наставничества",
        "№ п/п; Мероприятие; Срок; Ответственный; Результат",
        "1; Подготовка условий для запуска программы наставничества; 19–23 октября 2026 г.; "
        "Доржиева С.Б.; приказы, дорожная карта",
        "2; Формирование базы наставляемых; 19–23 октября 2026 г.; Цырендоржиева Д.Б.; "
        "база наставляемых",
    ]
    assert paper.kind == "D9"


def test_a_plan_of_another_name():
    paper = build(PlanFacts(kind="D9", title="План менторства", items=ITEMS))
    assert "\nПлан менторства\n" in render_text(paper)


def test_several_responsible_people():
    table = plan_table((PlanItemFacts(id="1", responsible=(DORZHIEVA, CURATOR)),))
    paper = build(PlanFacts(school=SchoolFacts(), items=(PlanItemFacts(id="1"),)))
    row = "".join(getattr(piece, "text", piece) for piece in table.rows[0][3])
    assert row.replace("\u00a0", " ") == "Доржиева С.Б., Черных А.С."
    assert "1; ________; ________; ________; ________\n" in render_text(paper)


def test_missing_facts_are_blanks_of_their_item():
    paper = build(PlanFacts(school=SCHOOL, items=(*ITEMS[:1], PlanItemFacts(id="8", title="Х"))))
    assert [(blank.source, blank.label) for blank in missing(paper)] == [
        ("basis.D3.date", "дата приказа об утверждении плана"),
        ("basis.D3.number", "номер приказа об утверждении плана"),
        ("plan.8.period", "срок: Х"),
        ("plan.8.responsible", "ответственный: Х"),
        ("plan.8.result", "результат: Х"),
    ]


def test_no_items_are_one_row_of_blanks():
    paper = build(PlanFacts())
    rows = [line.text for line in lines(paper) if line.block == "plan-table"]
    assert rows[1:] == ["1; ________; ________; ________; ________"]
    assert [blank.source for blank in missing(paper)][-1] == "plan"
