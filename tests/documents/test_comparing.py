import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from documents.comparing import compare_papers, compare_texts
from documents.paper import Clause, Paragraph
from documents.printing import lines
from tests.documents.papers import ORDER_ON_PLAN, REGULATION
from tests.documents.test_paper import any_paper


def test_changed_words_are_marked():
    assert compare_texts(
        "Утвердить план в срок до 15 октября 2026 г.", "Утвердить план в срок до 20 октября 2026 г."
    ) == [
        ("same", "Утвердить план в срок до "),
        ("gone", "15 "),
        ("new", "20 "),
        ("same", "октября 2026 г."),
    ]


def test_no_break_spaces_make_no_difference():
    assert compare_texts("приказ № 94", "приказ №\u00a094") == [("same", "приказ №\u00a094")]


def test_words_at_the_end_do_not_mark_the_word_before():
    assert compare_texts("Назначить куратора", "Назначить куратора и наставников") == [
        ("same", "Назначить куратора "),
        ("new", "и наставников"),
    ]


def test_a_comma_between_changes_is_not_shown_apart():
    assert compare_texts("Отбор: Иванов, Петров здесь", "Отбор: Ткач, Ли здесь") == [
        ("same", "Отбор: "),
        ("gone", "Иванов, Петров "),
        ("new", "Ткач, Ли "),
        ("same", "здесь"),
    ]


def test_texts_with_little_in_common_are_replaced_as_a_whole():
    old, new = "Контроль оставляю за собой и школой.", "Признать утратившим силу приказ директора."
    assert compare_texts(old, new) == [("gone", old), ("new", new)]


russian = st.text("аб ,.\n", max_size=40)


@given(russian, russian)
def test_parts_give_both_texts(old, new):
    parts = compare_texts(old, new)
    assert "".join(text for kind, text in parts if kind != "gone") == new
    without_new = "".join(text for kind, text in parts if kind != "new")
    assert "".join(without_new.split()) == "".join(old.split())
    assert all(text for _, text in parts)


@given(russian)
def test_a_text_is_the_same_as_itself(text):
    assert compare_texts(text, text) == ([("same", text)] if text else [])


def test_a_long_regulation_is_compared_word_by_word():
    old = [
        f"{n}. Наставник, куратор и наставляемый, в том числе обучающийся, составляют план {n % 7} "
        "и, при необходимости, меняют его, о чем, в свою очередь, сообщают руководителю проекта."
        for n in range(400)
    ]
    new = [line.replace("куратор", "методист") if i % 3 else line for i, line in enumerate(old)]
    parts = compare_texts("\n".join(old), "\n".join(new))
    assert "".join(text for kind, text in parts if kind == "gone").count("куратор") == 266


def general(*children):
    """The Regulation with other clauses in its first section."""
    section = dataclasses.replace(REGULATION.blocks[0], children=children)
    return dataclasses.replace(REGULATION, blocks=(section, *REGULATION.blocks[1:]))


RELEVANCE, MENTEE, APPLICATION, MENTOR = REGULATION.blocks[0].children


def changes(old, new):
    return [
        (pair.state, pair.old, pair.new)
        for pair in compare_papers(old, new)
        if pair.state != "same"
    ]


def test_a_paper_is_the_same_as_itself():
    pairs = compare_papers(REGULATION, REGULATION)
    assert {pair.state for pair in pairs} == {"same"}
    assert [pair.new for pair in pairs] == [line.text for line in lines(REGULATION)]


def test_a_new_clause_changes_only_numbers_of_the_next():
    new = general(Clause("aim", ("Цель положения.",)), RELEVANCE, MENTEE, APPLICATION, MENTOR)
    assert changes(REGULATION, new) == [("new", None, "1.1. Цель положения.")]
    relevance = next(p for p in compare_papers(REGULATION, new) if p.new and "1.2." in p.new)
    assert relevance.old == "1.1. Актуальность наставничества."
    assert relevance.new == "1.2. Актуальность наставничества."


def test_a_gone_clause_stands_where_it_was():
    new = general(RELEVANCE, APPLICATION, MENTOR)
    gone = "1.2. Наставляемый – участник программы наставничества."
    assert changes(REGULATION, new) == [("gone", gone, None)]
    states = [pair.old for pair in compare_papers(REGULATION, new)]
    assert states[states.index(gone) - 1] == "1.1. Актуальность наставничества."


def test_a_changed_clause_shows_its_words():
    mentee = dataclasses.replace(
        MENTEE, words=("Наставляемый – участник программы наставничества школы.",)
    )
    (pair,) = [
        pair
        for pair in compare_papers(REGULATION, general(RELEVANCE, mentee, APPLICATION, MENTOR))
        if pair.state != "same"
    ]
    assert pair.state == "changed"
    assert pair.old_parts == [
        ("same", "1.2. "),
        ("same", "Наставляемый – участник программы наставничества"),
        ("same", "."),
    ]
    assert ("new", "школы") in pair.new_parts


def test_a_moved_clause_is_moved_and_the_others_are_not():
    new = general(MENTOR, RELEVANCE, MENTEE, APPLICATION)
    assert changes(REGULATION, new) == [
        (
            "moved",
            "1.3. Наставники определяются из числа педагогических работников.",
            "1.1. Наставники определяются из числа педагогических работников.",
        )
    ]


def test_a_clause_with_another_id_is_known_by_its_words():
    mentor = Clause(
        "mentor-2026", ("Наставники определяются из числа опытных педагогических работников.",)
    )
    new = general(RELEVANCE, MENTEE, Paragraph("other", APPLICATION.words), mentor)
    assert [state for state, *_ in changes(REGULATION, new)] == ["changed"]


def test_rows_of_a_table_are_compared_one_by_one():
    annex = ORDER_ON_PLAN.annexes[0]
    table = annex.blocks[-1]
    without = dataclasses.replace(table, rows=table.rows[:2] + table.rows[3:])
    new = dataclasses.replace(
        ORDER_ON_PLAN,
        annexes=(dataclasses.replace(annex, blocks=(*annex.blocks[:-1], without)),),
    )
    assert [state for state, *_ in changes(ORDER_ON_PLAN, new)] == ["gone"]


@given(any_paper(), any_paper())
def test_every_line_of_both_papers_is_shown_once(old, new):
    pairs = compare_papers(old, new)
    assert [p.new for p in pairs if p.new is not None] == [line.text for line in lines(new)]
    assert sorted(p.old for p in pairs if p.old is not None) == sorted(
        line.text for line in lines(old)
    )
    for pair in pairs:
        assert "".join(text for _, text in pair.old_parts) == (pair.old or "")
        assert "".join(text for _, text in pair.new_parts) == (pair.new or "")
