from pathlib import Path

import pytest

from documents.kinds import order_on_pairs
from documents.render.text import render_text
from tests.documents import papers
from tests.documents.people import ORDER

ACCEPTANCE = Path(__file__).parent.parent / "acceptance"


@pytest.mark.parametrize(
    ("paper", "name"),
    [(order_on_pairs.build(ORDER), "doc7.txt"), (papers.ORDER_ON_PLAN, "doc3.txt")],
    ids=["D7", "D3"],
)
def test_the_text_is_the_acceptance_text(paper, name):
    assert render_text(paper) == (ACCEPTANCE / name).read_text("utf-8")


def test_spaces_and_hyphens_are_ordinary():
    text = render_text(order_on_pairs.build(ORDER))
    assert "\u00a0" not in text
    assert "\u2011" not in text


def test_sections_of_a_regulation_are_numbered():
    lines = render_text(papers.REGULATION).splitlines()
    assert "1. Общие положения" in lines
    assert "1.3. Наставники определяются из числа педагогических работников." in lines
    assert lines[-2:] == [
        "1. Форма индивидуального маршрута наставляемого.",
        "2. Форма соглашения о взаимодействии.",
    ]
