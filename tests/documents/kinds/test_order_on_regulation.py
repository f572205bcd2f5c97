import dataclasses
import datetime
from pathlib import Path

from documents.kinds.facts import BasisFacts, Wordings
from documents.kinds.order_on_regulation import RegulationOrderFacts, build
from documents.printing import missing
from documents.render.text import render_text
from tests.documents.people import CURATOR, DIRECTOR, SCHOOL, SHEVCHENKO

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc5.txt"

FACTS = RegulationOrderFacts(
    school=SCHOOL,
    date=datetime.date(2026, 10, 15),
    number="164-од",
    head=DIRECTOR,
    acquainted=(CURATOR, SHEVCHENKO),
    minutes=BasisFacts(datetime.date(2026, 10, 9), "3"),
    approve_until=datetime.date(2026, 10, 16),
    approve_executors=(SHEVCHENKO,),
    inform_until=datetime.date(2026, 10, 23),
    inform_executors=(CURATOR,),
)


def text(**changes):
    return render_text(build(dataclasses.replace(FACTS, **changes)))


def test_d5_the_text_is_the_acceptance_text():
    assert text() == ACCEPTANCE.read_text("utf-8")


def test_without_a_term_the_regulation_is_approved_at_once():
    words = text(wordings=Wordings(has_regulation_term=False), approve_until=None)
    assert "\n1. Утвердить положение о наставничестве (приложение).\nОтветственный:" in words


def test_several_executors_and_another_audience():
    words = text(audience="педагогических работников", inform_executors=(CURATOR, SHEVCHENKO))
    assert (
        "2. Утвержденное положение донести до сведения педагогических работников в срок до "
        "23 октября 2026 г.\nОтветственные: Черных А.С., Шевченко А.О.\n3. "
    ) in words


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(RegulationOrderFacts(audience=""))
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "basis.D2.date",
        "basis.D2.number",
        "document.approve_until",
        "document.approve_executors",
        "document.audience",
        "document.inform_until",
        "document.inform_executors",
        "school.head",
    ]
    assert "в срок до ________ (приложение).\n" in render_text(paper)
    assert "в срок до ________.\n" in render_text(paper)
