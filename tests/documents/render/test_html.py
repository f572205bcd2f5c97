import dataclasses
import html
import re
from html.parser import HTMLParser

import pytest

from documents.kinds import order_on_pairs
from documents.paper import Table
from documents.printing import lines
from documents.render.html import render_html, render_page
from documents.render.text import render_text
from documents.wording import plain
from tests.documents import papers
from tests.documents.letterhead.letterheads import PNG_TEXT
from tests.documents.people import ORDER, PAIRS, SCHOOL, person
from tests.documents.render.test_docx import SPLIT, WIDE

EVIL = '<script>alert(1)</script>"onload="x'
PAPERS = {
    "D7": order_on_pairs.build(ORDER),
    "D3": papers.ORDER_ON_PLAN,
    "D2": papers.MINUTES,
    "D4": papers.REGULATION,
    "split": SPLIT,
    "registers": WIDE,
}


class Checker(HTMLParser):
    """Every element is closed in order; collects the elements with their attributes."""

    VOID = ("meta", "col", "br", "img")

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.words = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "title" not in self.open:
            self.words.append(data)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_page_has_the_words_of_the_text(paper):
    words = " ".join(Checker(render_page(paper)).words)
    squeezed = re.sub(r"\s|;", "", plain(words))
    assert squeezed == re.sub(r"\s|;", "", render_text(paper))


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_preview_passes_a_strict_policy_and_names_every_block(paper):
    elements = Checker(render_html(paper)).elements
    assert not [e for e in elements if e[0] in ("script", "style", "link")]
    assert all(e[1]["src"].startswith("data:image/png;") for e in elements if e[0] == "img")
    for _, attributes in elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    named = {attributes["data-block"] for _, attributes in elements if "data-block" in attributes}
    assert {line.block for line in lines(paper)} <= named


def test_html_in_data_stays_words():
    villain = person(f"{EVIL} Имя Отчество", "m", EVIL)
    facts = dataclasses.replace(
        ORDER,
        school=dataclasses.replace(SCHOOL, name=EVIL, short_name=EVIL, place=EVIL),
        number=EVIL,
        pairs=(dataclasses.replace(PAIRS[0], id=EVIL, form_title=EVIL, mentor=villain),),
        acquainted=(villain,),
    )
    paper = order_on_pairs.build(facts)
    for text in (render_html(paper), render_page(paper)):
        elements = Checker(text).elements
        assert not [e for e in elements if e[0] == "script" or "onload" in e[1]]
        assert "alert(1)" in html.unescape(text)


def test_facts_say_their_source_and_case():
    text = render_html(PAPERS["D7"])
    assert (
        '<span class="paper-fact" data-source="person.Черных.name" data-case="dative">'
        "Черных Андрею Саввичу</span>" in text
    )


def test_a_blank_is_named_for_who_cannot_see_it():
    text = render_html(order_on_pairs.build(order_on_pairs.OrderOnPairsFacts()))
    assert '<span class="visually-hidden">не хватает: куратор</span>' in text
    assert "<a " not in text


def test_a_blank_leads_to_the_form_that_fills_it():
    paper = order_on_pairs.build(order_on_pairs.OrderOnPairsFacts())
    text = render_html(paper, link=lambda source: "/a?b=1&c=2" if source == "curator" else None)
    assert text.count("<a ") == 1
    assert '<a class="paper-fill" href="/a?b=1&amp;c=2"><mark' in text


def test_headings_follow_the_page_round_them():
    assert '<h2 class="paper-title' in render_html(PAPERS["D7"])
    assert '<h3 class="paper-section' in render_html(PAPERS["D4"])
    assert '<h4 class="paper-title' in render_html(PAPERS["D7"], level=4)


def test_a_table_has_a_header_row():
    text = render_html(PAPERS["D3"])
    assert '<thead><tr><th scope="col">№\u00a0п/п</th>' in text
    assert text.count("<tr>") == 8


def test_an_emblem_is_a_picture_with_a_name():
    for text in (render_html(SPLIT), render_page(SPLIT)):
        (image,) = [attributes for tag, attributes in Checker(text).elements if tag == "img"]
        assert image == {"src": f"data:image/png;base64,{PNG_TEXT}", "alt": "Эмблема"}
    assert text.index("<img") < text.index("КОМИТЕТ")


@pytest.mark.parametrize("emblem", ['" onerror="x', "<script>", "aGVsbG8=", "PHN2Zy8+"])
def test_what_is_not_a_picture_does_not_print(emblem):
    text = render_html(dataclasses.replace(SPLIT, emblem=emblem))
    assert not [e for e in Checker(text).elements if e[0] == "img"]
    assert emblem not in text


def test_the_head_of_the_letterhead_stands_instead_of_the_names():
    text = render_html(SPLIT)
    assert text.count('class="paper-letterhead') == 2
    assert "paper-organisation" not in text


def test_two_lines_of_a_title_are_one_heading():
    text = render_html(SPLIT)
    assert text.count("<h2") == 1
    heading = re.search(r"<h2.*?</h2>", text)[0]
    assert [plain(word) for word in Checker(heading).words] == [
        "ПРОТОКОЛ",
        "заседания Педагогического совета",
    ]


def test_a_section_of_an_annex_is_a_heading_below_that_of_the_annex():
    annex = dataclasses.replace(
        papers.ORDER_ON_PLAN.annexes[0], stamps=(), blocks=papers.REGULATION.blocks
    )
    text = render_html(dataclasses.replace(papers.ORDER_ON_PLAN, annexes=(annex,)))
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels == [2, 3, 4, 4, 4]


def test_a_plain_table_has_no_header():
    parties = Table("parties", (), ((("Наставник",), ("Наставляемый",)),), is_plain=True)
    text = render_html(dataclasses.replace(papers.REGULATION, blocks=(parties,)))
    assert '<table class="paper-table paper-table-plain paper-keep"' not in text
    assert '<table class="paper-table paper-table-plain"' in text
    assert "<thead" not in text
    assert "<th" not in text


def test_registers_of_many_columns_are_set_small():
    text = render_html(WIDE)
    classes = re.findall(r'<table class="([^"]+)"', text)
    assert classes == [
        "paper-table",
        "paper-table paper-table-small",
        *["paper-table paper-table-tiny"] * 2,
    ]


def test_numbers_of_orders_stay_on_one_line():
    assert '<span class="paper-together">163-од</span>' in render_page(PAPERS["D7"])
