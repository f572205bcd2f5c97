import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from documents.comparing import (
    FEWEST_STEPS,
    MOST_STEPS,
    compare_papers,
    compare_texts,
    opcodes,
)
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


class Counted(str):
    """A word that counts how often any of them is looked up or compared."""

    looked_at = 0
    __slots__ = ()

    def __hash__(self):
        Counted.looked_at += 1
        return str.__hash__(self)

    def __eq__(self, other):
        Counted.looked_at += 1
        return str.__eq__(self, other)


# Words that repeat, against each other: what SequenceMatcher takes minutes for.
REPEATED = ["х", *["а", "б"] * 2000, "у"], ["ц", *["б", "б", "а"] * 1300, "щ"]


def test_many_equal_words_are_replaced_as_a_whole_in_few_steps():
    old, new = ([Counted(word) for word in words] for words in REPEATED)
    Counted.looked_at = 0
    assert list(opcodes(old, new)) == [("replace", 0, len(old), 0, len(new))]
    assert Counted.looked_at < 10 * (len(old) + len(new))


def test_the_beginning_and_end_stay_the_same_round_too_many_equal_words():
    old, new = (["начало", *words, "конец"] for words in REPEATED)
    assert list(opcodes(old, new)) == [
        ("equal", 0, 1, 0, 1),
        ("replace", 1, len(old) - 1, 1, len(new) - 1),
        ("equal", len(old) - 1, len(old), len(new) - 1, len(new)),
    ]
    parts = compare_texts(" ".join(old), " ".join(new))
    assert [kind for kind, _ in parts] == ["same", "gone", "new", "same"]


words_of_two = st.lists(st.sampled_from("абв"), max_size=12)


@given(words_of_two, words_of_two, st.sampled_from([0, 50, MOST_STEPS]))
def test_stretches_cover_both_lists_whatever_the_steps(old, new, steps):
    i = j = 0
    for tag, i1, i2, j1, j2 in opcodes(old, new, steps):
        assert (i1, j1) == (i, j)
        assert (old[i1:i2] == new[j1:j2]) or tag != "equal"
        assert i2 > i1 if tag in ("equal", "replace", "delete") else i2 == i1
        assert j2 > j1 if tag in ("equal", "replace", "insert") else j2 == j1
        i, j = i2, j2
    assert (i, j) == (len(old), len(new))


def test_an_ordinary_paragraph_is_far_from_the_bound():
    sentence = (
        "Наставник, куратор и наставляемый составляют план и, при необходимости, меняют его. "
    )
    old = ("Сначала " + sentence * 17).split()
    new = ("Потом " + sentence * 8 + "Иначе. " + sentence * 9 + "Всё.").split()
    assert len(" ".join(old)) > 1400
    assert any(tag == "equal" for tag, *_ in opcodes(old, new))


def test_many_changed_clauses_share_the_steps():
    """Each could be compared alone; all of them together would take too long."""

    def paper(words, count):
        clauses = (Clause(f"c{n}", (" ".join(words),)) for n in range(count))
        return dataclasses.replace(REGULATION, blocks=tuple(clauses))

    old, new = (["первое слово", *words[1:60], f"и {words[0]} последнее"] for words in REPEATED)
    (one,) = [p for p in compare_papers(paper(old, 1), paper(new, 1)) if p.state == "changed"]
    assert len(one.new_parts) > 6
    pairs = compare_papers(paper(old, 300), paper(new, 300))
    many = [p for p in pairs if p.state == "changed"]
    assert len(many) == 300
    assert MOST_STEPS // 300 < FEWEST_STEPS
    assert all(len(pair.new_parts) <= 5 for pair in many)


def test_too_many_other_lines_are_only_known_by_the_same_words():
    def paper(name, count, end):
        texts = (f"Пункт {n} о том, что делает {n * 7} участник{end}" for n in range(count))
        clauses = (Clause(f"{name}{n}", (text,)) for n, text in enumerate(texts))
        return dataclasses.replace(REGULATION, blocks=tuple(clauses))

    states = {
        count: {p.state for p in compare_papers(paper("a", count, ""), paper("b", count, " школы"))}
        for count in (20, 1000)
    }
    assert "changed" in states[20]
    assert "changed" not in states[1000]


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
