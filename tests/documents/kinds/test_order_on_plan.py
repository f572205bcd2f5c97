import dataclasses
import datetime
from pathlib import Path

from documents.kinds.facts import BasisFacts
from documents.kinds.order_on_plan import PlanOrderFacts, build
from documents.printing import missing
from documents.render.text import render_text
from tests.documents.kinds.test_plan import ITEMS
from tests.documents.people import CURATOR, DIRECTOR, DORZHIEVA, SCHOOL

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc3.txt"

FACTS = PlanOrderFacts(
    school=SCHOOL,
    date=datetime.date(2026, 10, 15),
    number="163-од",
    head=DIRECTOR,
    acquainted=(DORZHIEVA,),
    minutes=BasisFacts(datetime.date(2026, 10, 9), "3"),
    start_on=datetime.date(2026, 10, 19),
    start_executors=(DORZHIEVA,),
    report_on=datetime.date(2027, 1, 15),
    items=ITEMS,
)


def test_d3_the_text_is_the_acceptance_text():
    assert render_text(build(FACTS)) == ACCEPTANCE.read_text("utf-8")


def test_several_executors_are_in_the_plural():
    facts = dataclasses.replace(FACTS, start_executors=(DORZHIEVA, CURATOR))
    assert "\nОтветственные: Доржиева С.Б., Черных А.С.\n3. " in render_text(build(facts))


def test_the_stamp_of_a_draft_waits_for_registering():
    paper = build(dataclasses.replace(FACTS, date=None, number=""))
    assert "\nот ________ № ________\nПлан реализации" in render_text(paper)
    assert missing(paper) == []


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(PlanOrderFacts())
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "basis.D2.date",
        "basis.D2.number",
        "document.start_on",
        "document.start_executors",
        "document.report_on",
        "school.head",
        "plan",
    ]
    words = render_text(paper)
    assert "2. Начать внедрение целевой модели наставничества ________.\n" in words
    assert "заслушать на заседании Педагогического совета от ________.\n" in words
