import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import printing, storing
from documents.kinds import order_on_pairs
from documents.paper import (
    Acknowledgement,
    Annex,
    Blank,
    Clause,
    Executor,
    Fact,
    Heading,
    Item,
    Paper,
    Paragraph,
    Preamble,
    Resolution,
    Signature,
    Stamp,
    Table,
)
from tests.documents import papers
from tests.documents.people import ORDER

words = st.text(max_size=20)
pieces = st.one_of(words, st.builds(Fact, words, words, words), st.builds(Blank, words, words))
sentences = st.lists(pieces, max_size=4).map(tuple)


def _blocks(make_id):
    plain = st.one_of(
        *(st.builds(cls, make_id, sentences) for cls in (Preamble, Heading, Item)),
        st.builds(Resolution, make_id),
        st.builds(Paragraph, make_id, sentences, st.booleans()),
        st.builds(Executor, make_id, st.lists(sentences, max_size=2).map(tuple)),
        st.integers(1, 3).flatmap(
            lambda n: st.builds(
                Table,
                make_id,
                st.tuples(*[sentences] * n),
                st.lists(st.tuples(*[sentences] * n), max_size=2).map(tuple),
            )
        ),
    )
    return st.recursive(
        plain,
        lambda inner: st.builds(
            Clause, make_id, sentences, st.lists(inner, max_size=3).map(tuple), st.booleans()
        ),
        max_leaves=6,
    )


@st.composite
def any_paper(draw):
    counter = iter(range(10_000))
    make_id = st.builds(lambda: f"b{next(counter)}")
    blocks = st.lists(_blocks(make_id), max_size=4).map(tuple)
    stamps = st.lists(
        st.builds(Stamp, make_id, st.lists(sentences, max_size=3).map(tuple), st.booleans()),
        max_size=2,
    ).map(tuple)
    names = st.lists(sentences, max_size=3).map(tuple)
    year = st.none() | st.integers(2000, 2100)
    return draw(
        st.builds(
            Paper,
            kind=words,
            title=words,
            organisation=sentences,
            short_organisation=sentences,
            blocks=blocks,
            founder=sentences,
            date=st.none() | st.dates(datetime.date(2000, 1, 1)),
            number=words,
            place=sentences,
            subject=st.lists(words, max_size=3).map(tuple),
            has_registration=st.booleans(),
            mark=sentences,
            stamps=stamps,
            signatures=st.lists(
                st.builds(Signature, make_id, sentences, sentences), max_size=2
            ).map(tuple),
            acknowledgement=st.none() | st.builds(Acknowledgement, make_id, sentences, names, year),
            annexes=st.lists(
                st.builds(Annex, make_id, sentences, sentences, blocks, stamps, st.booleans()),
                max_size=2,
            ).map(tuple),
        )
    )


@given(any_paper())
def test_a_stored_paper_comes_back_the_same(paper):
    stored = storing.to_json(paper)
    again = storing.from_json(stored)
    assert again == paper
    assert storing.to_json(again) == stored
    assert storing.fingerprint(again) == storing.fingerprint(paper)


@given(any_paper())
def test_any_paper_prints_on_one_line_a_paragraph(paper):
    for line in printing.lines(paper):
        assert "\n" not in line.text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":1}', '{"format":1,"paper":{"is":"?"}}']
)
def test_what_is_no_stored_paper_is_refused(text):
    with pytest.raises(ValueError):
        storing.from_json(text)


def test_a_fingerprint_changes_with_a_word():
    paper = order_on_pairs.build(ORDER)
    assert storing.fingerprint(paper) != storing.fingerprint(
        dataclasses.replace(paper, number="179-од")
    )
    assert len(storing.fingerprint(paper)) == 64


def test_two_blocks_may_not_have_one_id():
    with pytest.raises(ValueError):
        dataclasses.replace(
            papers.MINUTES, blocks=(Heading("agenda", ("а",)), Heading("agenda", ("б",)))
        )


def test_a_requisite_id_is_taken():
    with pytest.raises(ValueError):
        dataclasses.replace(papers.MINUTES, blocks=(Heading("title", ("а",)),))


def test_a_table_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError):
        Table("t", (("а",), ("б",)), ((("в",),),))


def numbers(*blocks):
    paper = dataclasses.replace(papers.MINUTES, blocks=blocks)
    return [(line.block, line.number) for line in printing.lines(paper) if line.number]


def test_clauses_are_numbered_by_their_place():
    a = Clause("a", ("а",))
    b = Clause("b", ("б",), (Clause("c", ("в",)), Clause("d", ("г",))))
    items = Clause("e", ("д",), (Item("f", ("е",)), Item("g", ("ж",))))
    assert numbers(a, b) == [("a", "1."), ("b", "2."), ("c", "2.1."), ("d", "2.2.")]
    assert numbers(b, a) == [("b", "1."), ("c", "1.1."), ("d", "1.2."), ("a", "2.")]
    assert numbers(a, items) == [("a", "1."), ("e", "2."), ("f", "1)"), ("g", "2)")]


def test_numbers_begin_again_after_a_heading():
    heading = Heading("h", ("СЛУШАЛИ:",))
    assert numbers(Clause("a", ("а",)), heading, Clause("b", ("б",)))[-1] == ("b", "1.")


def test_paragraphs_do_not_disturb_numbers():
    paragraph = Paragraph("p", ("Без номера.",))
    assert numbers(Clause("a", ("а",)), paragraph, Clause("b", ("б",)))[-1] == ("b", "2.")


def test_several_executors_are_in_the_plural():
    one = Executor("e", (("Черных А.С.",),))
    two = Executor("e", (("Черных А.С.",), ("Шевченко А.О.",)))
    assert printing.plain_text(one.words) == "Ответственный: Черных А.С."
    assert printing.plain_text(two.words) == "Ответственные: Черных А.С., Шевченко А.О."


def test_typography_looks_across_pieces():
    runs = printing.typeset(("от ", Fact("9"), " октября, № ", Fact("178-од")))
    assert [run.text for run in runs] == ["от ", "9", "\u00a0октября, №\u00a0", "178\u2011од"]


def test_missing_facts_are_listed_once_in_order():
    paper = order_on_pairs.build(order_on_pairs.OrderOnPairsFacts())
    labels = [blank.label for blank in printing.missing(paper)]
    assert labels[0] == "полное наименование организации"
    assert len(labels) == len(set(labels))
    assert "дата документа" not in labels
    assert "дата документа" in [b.label for b in printing.missing(paper, registration=True)]


def test_a_complete_paper_misses_nothing():
    assert printing.missing(order_on_pairs.build(ORDER), registration=True) == []
