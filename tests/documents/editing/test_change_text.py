"""Changing a text: what is typed prints, facts in it follow the data."""

import dataclasses

import pytest

from documents import printing
from documents.editing import (
    Emptied,
    add,
    apply,
    change,
    keep,
    move,
    remove,
    text_of,
    typed,
    typed_lines,
)
from documents.kinds.order_on_pairs import OrderOnPairsFacts, build
from documents.paper import Blank, Clause, Fact, Paragraph
from tests.documents.editing.orders import NOTHING, PAPER, order, text, with_curator
from tests.documents.papers import ORDER_ON_PLAN
from tests.documents.people import CURATOR, GLADKIKH, IVANOV, PAIRS, person


def test_a_changed_clause_prints_what_was_typed():
    edits = change(PAPER, NOTHING, "curator-plan", "Отслеживать план каждую неделю.")
    assert "2.2. Отслеживать план каждую неделю.\n" in text(PAPER, edits)
    assert apply(PAPER, edits).changed["curator-plan"].data == (
        "Отслеживать реализацию плана дорожной карты."
    )


def test_facts_of_a_changed_text_follow_the_data():
    edits = change(
        PAPER, NOTHING, "pair-3", text_of(PAPER, "pair-3").replace("; наставляемый", " и его друг")
    )
    renamed = dataclasses.replace(IVANOV, name={"nominative": "Иванов-Ли Никита Сергеевич"})
    pairs = (*PAIRS[:2], dataclasses.replace(PAIRS[2], mentor=renamed), PAIRS[3])
    assert (
        "3) форма «ученик – ученик» (пара): наставник – Иванов-Ли Никита Сергеевич, обучающийся "
        "10 «А» класса и его друг – Алиев Самед Гасан оглы, обучающийся 6 «В» класса;"
    ) in text(order(pairs=pairs), edits)


def test_changed_data_under_a_changed_text_are_shown_with_both_texts():
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:")
    difference = apply(PAPER, edits).changed["curator"]
    assert not difference.is_stale
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    difference = apply(data, edits).changed["curator"]
    assert difference.is_stale
    assert difference.mine == "Поручить Черных Андрею:"
    assert difference.base == "Куратору наставнических пар Черных Андрею Саввичу:"
    assert difference.data == "Куратору наставнических пар Черных Андрею:"


def test_a_fact_that_data_no_longer_have_keeps_its_words_and_is_stale():
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:")
    data = with_curator("Доржиева Сэсэг Бадмаевна", "Доржиевой Сэсэг Бадмаевне")
    difference = apply(data, edits).changed["curator"]
    assert (difference.mine, difference.is_stale) == ("Поручить Черных Андрею Саввичу:", True)


def test_a_namesake_is_another_person():
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:")
    namesake = dataclasses.replace(CURATOR, source="person.99")
    difference = apply(order(curators=(namesake,)), edits).changed["curator"]
    assert difference.data == difference.base
    assert difference.is_stale
    kept = keep(order(curators=(namesake,)), edits, "curator")
    assert not apply(order(curators=(namesake,)), kept).changed["curator"].is_stale


def test_keep_stands_against_the_data_of_today():
    edits = change(PAPER, NOTHING, "curator", "Поручить куратору:")
    edits = remove(PAPER, edits, "pair-2")
    pairs = (PAIRS[0], dataclasses.replace(PAIRS[1], mentees=(GLADKIKH,)), *PAIRS[2:])
    data = order(
        curators=(person("Доржиева Сэсэг Бадмаевна", "f", dative="Доржиевой С.Б."),), pairs=pairs
    )
    edited = apply(data, edits)
    assert edited.changed["curator"].is_stale
    assert edited.removed[0].is_stale
    edited = apply(data, keep(data, keep(data, edits, "curator"), "pair-2"))
    assert not edited.changed["curator"].is_stale
    assert not edited.removed[0].is_stale
    assert edited.changed["curator"].mine == "Поручить куратору:"


def test_keep_drops_a_change_that_the_data_say_by_now():
    edits = change(PAPER, NOTHING, "pair-1", text_of(PAPER, "pair-1").replace("физики", "химии"))
    chemist = dataclasses.replace(GLADKIKH, post={"nominative": "учитель химии"})
    data = order(pairs=(dataclasses.replace(PAIRS[0], mentees=(chemist,)), *PAIRS[1:]))
    assert apply(data, edits).changed["pair-1"].is_stale
    assert keep(data, edits, "pair-1") == NOTHING


def test_the_text_of_the_data_drops_the_change():
    edits = change(PAPER, NOTHING, "curator", "Поручить:")
    assert len(edits) == 1
    assert change(PAPER, edits, "curator", text_of(PAPER, "curator")) == NOTHING


def test_saving_an_unchanged_text_does_not_hide_that_the_data_changed():
    edits = change(PAPER, NOTHING, "curator", "Поручить куратору:")
    data = with_curator("Доржиева Сэсэг Бадмаевна", "Доржиевой Сэсэг Бадмаевне")
    assert change(data, edits, "curator", "Поручить куратору: ") == edits
    assert apply(data, edits).changed["curator"].is_stale


def test_a_name_typed_again_is_linked_again():
    edits = change(PAPER, NOTHING, "curator", "Поручить куратору:")
    edits = change(PAPER, edits, "curator", "Поручить Черных Андрею Саввичу:")
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    assert "2. Поручить Черных Андрею:" in text(data, edits)


def test_an_empty_text_is_refused_in_words():
    for empty in ("", " \n\t", "\u00a0", "\u200e"):
        with pytest.raises(Emptied, match="Чтобы убрать пункт, нажмите «Убрать»"):
            change(PAPER, NOTHING, "curator", empty)


def test_an_unknown_block_is_refused():
    for deed in (
        lambda: change(PAPER, NOTHING, "nobody", "текст"),
        lambda: remove(PAPER, NOTHING, "nobody"),
        lambda: remove(PAPER, NOTHING, "resolution"),
        lambda: move(PAPER, NOTHING, "nobody", "up"),
        lambda: add(PAPER, NOTHING, "nobody", "clause", "текст"),
        lambda: add(PAPER, NOTHING, "pair-1", "clause", "текст", parent="curator"),
        lambda: keep(PAPER, NOTHING, "nobody"),
        lambda: text_of(PAPER, "nobody"),
        lambda: change(PAPER, remove(PAPER, NOTHING, "curator"), "curator-plan", "текст"),
    ):
        with pytest.raises(KeyError):
            deed()


def test_a_short_fact_is_not_found_in_a_foreign_place():
    words = typed(
        ORDER_ON_PLAN,
        "preamble",
        "В соответствии с протоколом 3 заседаний организации от «09» октября 2026 г. № 4",
    )
    assert [p.source for p in words if isinstance(p, Fact)] == ["basis.D2.date"]
    words = typed(ORDER_ON_PLAN, "preamble", "Согласно протоколу № 3")
    assert [p.source for p in words if isinstance(p, Fact)] == ["basis.D2.number"]


def test_no_break_spaces_do_not_hide_a_fact():
    words = typed(PAPER, "curator", "Поручить Черных\u00a0Андрею\u00a0Саввичу:")
    assert words == (
        "Поручить ",
        Fact("Черных Андрею Саввичу", "person.Черных.name", "dative"),
        ":",
    )


def test_of_two_facts_of_one_person_the_one_that_stayed_is_linked():
    paper = dataclasses.replace(
        PAPER,
        blocks=(
            Clause("c", (Fact("9 ноября", "a.date"), " начать, ", Fact("9 ноября", "b.date"))),
        ),
    )
    assert typed(paper, "c", "Завтра начать, 9 ноября") == (
        "Завтра начать, ",
        Fact("9 ноября", "b.date"),
    )


def test_typed_underscores_stay_blanks():
    empty = build(OrderOnPairsFacts())
    shown = text_of(empty, "curator")
    assert shown == "Куратору наставнических пар ________:"
    edits = change(empty, NOTHING, "curator", "Поручить ________:")
    paper = apply(empty, edits).paper
    assert Blank("curator", "куратор") in next(b for b in paper.blocks if b.id == "curator").words
    assert "куратор" in [blank.label for blank in printing.missing(paper)]


def test_a_blank_that_was_filled_becomes_the_fact():
    nameless = order(curators=(dataclasses.replace(CURATOR, name={}),))
    edits = change(nameless, NOTHING, "curator", "Поручить ________:")
    assert "2. Поручить Черных Андрею Саввичу:" in text(PAPER, edits)
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:")
    assert "2. Поручить ________:" in text(nameless, edits)


def test_a_text_is_cleaned_and_stands_on_one_line():
    words = typed(PAPER, "control", " Контроль \x00оставляю\r\n за   собой.\n")
    assert words == ("Контроль оставляю за собой.",)


def test_further_lines_become_paragraphs_in_the_clause():
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:\n\nДва раза в год:")
    edited = apply(PAPER, edits)
    curator = next(b for b in edited.paper.blocks if b.id == "curator")
    assert curator.children[0] == Paragraph("added-1", ("Два раза в год:",))
    assert "2. Поручить Черных Андрею Саввичу:\nДва раза в год:\n2.1. П" in text(PAPER, edits)
    assert edited.added == {"added-1"}


def test_a_fact_on_a_further_line_follows_the_data():
    lines = "Куратору пар –\nЧерных Андрею Саввичу:"
    assert typed_lines(PAPER, "curator", lines)[1] == (
        Fact("Черных Андрею Саввичу", "person.Черных.name", "dative"),
        ":",
    )
    edits = change(PAPER, NOTHING, "curator", lines)
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    assert "2. Куратору пар –\nЧерных Андрею:\n" in text(data, edits)


def test_further_lines_of_an_item_become_items():
    edits = change(PAPER, NOTHING, "pair-4", "форма «А»;\nформа «Б»;\nформа «В».")
    assert "4) форма «А»;\n5) форма «Б»;\n6) форма «В».\n2. " in text(PAPER, edits)
