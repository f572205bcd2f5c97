import dataclasses
import json
import re

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from documents import printing, wording
from documents.editing import (
    ADDED_KINDS,
    Add,
    Change,
    Edits,
    Emptied,
    Move,
    Remove,
    TooMuch,
    add,
    apply,
    change,
    change_table,
    editable,
    keep,
    move,
    remove,
    restore,
    rows_of,
    text_of,
    typed,
    typed_lines,
)
from documents.editing.deeds import (
    LONGEST_BLOCK,
    LONGEST_CELL,
    LONGEST_TABLE,
    LONGEST_TEXT,
    MOST_LINES,
    MOST_ROWS,
)
from documents.editing.linking import same
from documents.editing.operations import MOST_OPERATIONS
from documents.editing.parts import parts, printed
from documents.kinds.order_on_pairs import OrderOnPairsFacts, build
from documents.paper import Blank, Clause, Fact, Paragraph, Reference, Table
from documents.render.text import render_text
from tests.documents.papers import MINUTES, ORDER_ON_PLAN, REGULATION
from tests.documents.people import CURATOR, GLADKIKH, IVANOV, ORDER, PAIRS, person
from tests.documents.test_paper import any_paper

PAPER = build(ORDER)
NOTHING = Edits()


def order(**changes):
    return build(dataclasses.replace(ORDER, **changes))


def text(paper, edits):
    return render_text(apply(paper, edits).paper)


def with_curator(name, dative):
    return order(curators=(person(name, "f", dative=dative),))


# Changing a text


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


# Mentions of clauses


def references(paper, block, typed_text):
    return [p.block for p in typed(paper, block, typed_text) if isinstance(p, Reference)]


@pytest.mark.parametrize(
    ("mention", "blocks"),
    [
        ("В пункте 2.1 сказано", ["curator-support"]),
        ("согласно подпункту 2.1.", ["curator-support"]),
        ("П. 2 исполнить", ["curator"]),
        ("пп. 2.1 и 2.2 исполнить", ["curator-support", "curator-plan"]),
        ("пункты 1, 2.1–2.3", ["pairs", "curator-support", "curator-report"]),
        ("подпункт 2 пункта 1", ["pair-2", "pairs"]),
        ("пункта 2.1 настоящего приказа", ["curator-support"]),
        ("пункт 9", []),
        ("пункт 2.1.5", []),
        ("пункт 2-й", []),
        ("пункт 5 части 2 статьи 28 Федерального закона", []),
        ("пунктом 2 Положения о наставничестве", []),
        ("пункт 1, 2 недели", ["pairs"]),
        ("у пунктира 2", []),
        ("подпункт 2", []),
    ],
)
def test_mentions_of_clauses_become_references(mention, blocks):
    assert references(PAPER, "control", mention) == blocks


def test_a_number_follows_its_clause():
    edits = change(PAPER, NOTHING, "control", "Контроль за пунктом 2.2 оставляю за собой.")
    edits = move(PAPER, edits, "curator", "up")
    assert "3. Контроль за пунктом 1.2 оставляю" in text(PAPER, edits)
    edits = move(PAPER, edits, "curator-plan", "up")
    assert "3. Контроль за пунктом 1.1 оставляю" in text(PAPER, edits)
    paper = apply(PAPER, edits).paper
    assert text_of(paper, "control") == "Контроль за пунктом 1.1 оставляю за собой."


def test_a_reference_to_a_removed_clause_is_a_blank_and_comes_back():
    edits = change(PAPER, NOTHING, "control", "Контроль за пунктом 2.2 оставляю за собой.")
    edits = remove(PAPER, edits, "curator-plan")
    assert "Контроль за пунктом ________ оставляю" in text(PAPER, edits)
    edits = change(PAPER, edits, "control", "Общий контроль за пунктом ________ оставляю.")
    assert "Общий контроль за пунктом 2.2 оставляю." in text(PAPER, restore(edits, "curator-plan"))


def test_a_number_under_the_same_heading_is_meant():
    assert references(MINUTES, "resolved-1", "см. пункт 1") == ["resolved-1"]
    assert references(MINUTES, "heard-1", "см. пункт 1") == ["heard-1"]
    assert references(MINUTES, "heard-1", "см. пункт 2") == ["agenda-2"]
    assert references(MINUTES, "chair", "см. пункт 1") == []


def test_numbers_typed_into_a_new_clause_are_those_on_the_screen():
    edits = add(PAPER, NOTHING, "resolution", "clause", "Исполнить пункт 2.1 в срок.")
    assert references(PAPER, "control", "Исполнить пункт 2.1") == ["curator-support"]
    assert "1. Исполнить пункт 3.1 в срок." in text(PAPER, edits)


# Blocks


def test_an_added_clause_renumbers_the_next():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Назначить ответственного.")
    assert "2. Назначить ответственного.\n3. Куратору" in text(PAPER, edits)
    assert apply(PAPER, edits).added == {"added-1"}


def test_the_first_clause_stands_after_the_resolution():
    edits = add(PAPER, NOTHING, "", "clause", "Начать.")
    assert "ПРИКАЗЫВАЮ:\n1. Начать.\n2. Сформировать" in text(PAPER, edits)


def test_a_block_may_be_added_inside_a_clause_without_any():
    edits = add(PAPER, NOTHING, "", "executor", "Ответственный: Кваша П.И.", parent="control")
    assert "оставляю за собой.\nОтветственный: Кваша П.И.\n" in text(PAPER, edits)


def test_a_clause_among_sections_is_a_section():
    edits = add(REGULATION, NOTHING, "general", "clause", "Термины")
    edits = add(REGULATION, edits, "annex-2", "clause", "Форма анкеты.")
    kinds = {row.id: (row.kind, row.number) for row in editable(apply(REGULATION, edits))}
    assert kinds["added-1"] == ("section", "2.")
    assert kinds["added-2"] == ("clause", "3.")


def test_blocks_of_every_kind_are_added_in_an_annex():
    annex = ORDER_ON_PLAN.annexes[0].id
    edits = NOTHING
    for kind in ADDED_KINDS:
        edits = add(ORDER_ON_PLAN, edits, annex, kind, f"Текст {kind}.")
    rows = [r for r in editable(apply(ORDER_ON_PLAN, edits)) if r.is_added]
    assert [row.kind for row in rows] == list(reversed(ADDED_KINDS))
    assert {row.parent for row in rows} == {annex}


def test_an_added_clause_is_changed_moved_and_removed():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Назначить.")
    edits = change(PAPER, edits, "added-1", "Назначить по пункту 1.")
    assert [type(op) for op in edits.operations] == [Add]
    edits = move(PAPER, edits, "added-1", "up")
    assert "1. Назначить по пункту 2.\n" in text(PAPER, edits)
    assert len(remove(PAPER, edits, "added-1")) == 0


def test_the_id_of_an_added_block_is_never_given_again():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Один.")
    edits = restore(add(PAPER, edits, "pairs", "clause", "Два."), "added-2")
    edits = Edits.from_json(json.loads(json.dumps(edits.to_json())))
    edits = add(PAPER, edits, "pairs", "clause", "Три.")
    assert [op.block for op in edits.operations] == ["added-1", "added-3"]


def test_a_removed_clause_takes_its_children_and_comes_back():
    edits = remove(PAPER, NOTHING, "curator")
    edited = apply(PAPER, edits)
    assert "Поддерживать" not in text(PAPER, edits)
    assert "2. Контроль" in text(PAPER, edits)
    assert [(r.block, r.text, r.is_stale) for r in edited.removed] == [
        ("curator", "Куратору наставнических пар Черных Андрею Саввичу:", False)
    ]
    assert restore(edits, "curator") == NOTHING


def test_restore_drops_what_was_added_inside():
    edits = add(PAPER, NOTHING, "curator-plan", "clause", "Раз.")
    edits = add(PAPER, edits, "", "item", "два;", parent="added-1")
    edits = add(PAPER, edits, "pairs", "clause", "Три.")
    edits = change(PAPER, edits, "curator", "Поручить:")
    assert [op.block for op in restore(edits, "curator").operations] == ["added-3"]
    assert [op.block for op in restore(edits, "added-1").operations] == ["added-3", "curator"]


def test_what_follows_a_dropped_block_keeps_its_place():
    edits = add(PAPER, NOTHING, "pairs", "clause", "Раз.")
    edits = add(PAPER, edits, "added-1", "clause", "Два.")
    assert "2. Два.\n3. Куратору" in text(PAPER, restore(edits, "added-1"))


def test_a_clause_moves_among_its_siblings_and_back():
    edits = move(PAPER, NOTHING, "curator-support", "down")
    assert "2.1. Отслеживать реализацию" in text(PAPER, edits)
    assert apply(PAPER, edits).moved == {"curator-support"}
    assert move(PAPER, edits, "curator-support", "up") == NOTHING


def test_moves_do_not_pile_up():
    edits = NOTHING
    for _ in range(3):
        edits = move(PAPER, edits, "pair-1", "down")
    assert edits.operations == (Move("pair-1", "pair-4", "pairs"),)


def test_nothing_moves_over_the_edge_or_the_resolution():
    assert move(PAPER, NOTHING, "pairs", "up") == NOTHING
    assert move(PAPER, NOTHING, "control", "down") == NOTHING
    assert move(PAPER, NOTHING, "preamble", "down") == NOTHING
    with pytest.raises(ValueError):
        move(PAPER, NOTHING, "pairs", "sideways")


def test_an_edit_of_a_block_that_is_gone_is_lost():
    edits = change(PAPER, NOTHING, "pair-4", "форма «А».")
    edits = remove(PAPER, edits, "pair-3")
    edits = move(PAPER, edits, "pair-4", "up")
    edits = add(PAPER, edits, "pair-4", "item", "форма «Б».")
    edited = apply(order(pairs=PAIRS[:2]), edits)
    assert [(type(op), op.block) for op in edited.lost] == [
        (Change, "pair-4"),
        (Remove, "pair-3"),
        (Move, "pair-4"),
    ]
    assert "2) форма «учитель – учитель»" in render_text(edited.paper)
    assert "3) форма «Б».\n" in render_text(edited.paper)


def test_a_block_does_not_move_into_itself():
    edits = Edits((Move("curator", "", "curator-plan"), Move("curator", "", "curator")))
    edited = apply(PAPER, edits)
    assert edited.paper == PAPER
    assert len(edited.lost) == 2


# Tables and requisites

TABLE = ORDER_ON_PLAN.annexes[0].blocks[-1]


def test_rows_of_a_table_are_changed_added_and_removed():
    rows = rows_of(ORDER_ON_PLAN, TABLE.id)
    new = [*rows[:1], ["1а", "Новая строка"], ["", " "], *rows[2:]]
    edits = change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, new)
    table = apply(ORDER_ON_PLAN, edits).paper.annexes[0].blocks[-1]
    assert len(table.rows) == len(TABLE.rows)
    assert rows_of(apply(ORDER_ON_PLAN, edits).paper, TABLE.id)[1] == [
        "1а",
        "Новая строка",
        *[""] * (TABLE.columns - 2),
    ]
    assert change_table(ORDER_ON_PLAN, edits, TABLE.id, rows) == NOTHING


def test_a_row_with_too_many_cells_and_an_empty_table_are_refused():
    with pytest.raises(ValueError, match="more than"):
        change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, [["а"] * (TABLE.columns + 1)])
    with pytest.raises(Emptied):
        change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, [["", ""]])
    with pytest.raises(KeyError):
        change_table(ORDER_ON_PLAN, NOTHING, "preamble", [["а"]])


def table_of(*names):
    rows = tuple(
        ((str(n),), (Fact(name, f"person.{n}.short"),), ("да",)) for n, name in enumerate(names)
    )
    return dataclasses.replace(PAPER, blocks=(Table("t", (), rows),))


def test_cells_stay_linked_when_rows_come_and_go():
    paper = table_of("Ли В.С.", "Ткач О.И.", "Иванов Н.С.")
    rows = [["0", "Кваша П.И.", "нет"], ["1", "Ткач О.И.", "нет"], ["2", "Иванов Н.С.", "да"]]
    edits = change_table(paper, NOTHING, "t", rows)
    edits = change_table(paper, edits, "t", rows[1:])
    new = table_of("Ли В.С.", "Ткач-Ли О.И.", "Петров Н.С.")
    assert rows_of(apply(new, edits).paper, "t") == [
        ["1", "Ткач-Ли О.И.", "нет"],
        ["2", "Петров Н.С.", "да"],
    ]


def test_a_change_of_a_table_that_got_another_shape_is_lost():
    edits = change_table(ORDER_ON_PLAN, NOTHING, TABLE.id, [["а"]])
    annex = ORDER_ON_PLAN.annexes[0]
    for block in (Table(TABLE.id, (("а",),), ((("б",),),)), Paragraph(TABLE.id, ("в",))):
        annexes = (dataclasses.replace(annex, blocks=(block,)),)
        paper = dataclasses.replace(ORDER_ON_PLAN, annexes=annexes)
        edited = apply(paper, edits)
        assert (edited.paper, len(edited.lost)) == (paper, 1)
        assert keep(paper, edits, TABLE.id) == edits


def test_the_subject_is_changed_line_by_line():
    edits = change(PAPER, NOTHING, "subject", "О наставнических\nпарах\n")
    assert apply(PAPER, edits).paper.subject == ("О наставнических", "парах")
    assert (
        apply(PAPER, edits).changed["subject"].data == "О формировании\nнаставнических пар (групп)"
    )
    assert change(PAPER, edits, "subject", text_of(PAPER, "subject")) == NOTHING


def test_names_to_sign_stay_linked_one_a_line():
    names = text_of(PAPER, "acknowledgement").split("\n")
    edits = change(PAPER, NOTHING, "acknowledgement", "\n".join([*names[1:], "Кваша П.И."]))
    acquainted = [
        dataclasses.replace(p, short="Дашинимаева Б.Ц.") if p.short.startswith("Даш") else p
        for p in ORDER.acquainted
    ]
    sheet = apply(order(acquainted=acquainted), edits).paper.acknowledgement
    assert [printing.plain_text(name) for name in sheet.names] == [
        "Дашинимаева Б.Ц.",
        *names[2:],
        "Кваша П.И.",
    ]


def test_posts_stamps_and_titles_of_annexes_are_changed():
    edits = change(PAPER, NOTHING, "signature", "И.о. директора МБОУ «СОШ № 94» г. Читы")
    assert "И.о. директора МБОУ «СОШ № 94» г. Читы Г.Ц. Очирова" in text(PAPER, edits)
    edits = change(REGULATION, NOTHING, "approved", "УТВЕРЖДЕНО\nприказом")
    assert len(apply(REGULATION, edits).paper.stamps[1].lines) == 2
    annex = ORDER_ON_PLAN.annexes[0].id
    edits = change(ORDER_ON_PLAN, NOTHING, annex, "План на год")
    assert apply(ORDER_ON_PLAN, edits).paper.annexes[0].title == ("План на год",)


def test_a_line_of_executors_is_written_by_hand():
    shown = text_of(ORDER_ON_PLAN, "start-executor")
    assert shown == "Ответственный: Доржиева С.Б."
    edits = change(ORDER_ON_PLAN, NOTHING, "start-executor", "Отвечает Доржиева С.Б.")
    assert "\nОтвечает Доржиева С.Б.\n" in text(ORDER_ON_PLAN, edits)


# How much


def test_a_name_among_very_many_equal_words_is_still_linked():
    name = "Черных Андрею Саввичу"
    edits = change(PAPER, NOTHING, "curator", f"х {name} {'а б ' * 1400}у")
    edits = change(PAPER, edits, "curator", f"ц {name} {'б б а ' * 900}щ")
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    assert "2. ц Черных Андрею б б а" in text(data, edits)


def test_a_block_is_no_longer_than_6000_characters():
    longest = "а" * LONGEST_BLOCK
    for deed in (
        lambda words: change(PAPER, NOTHING, "control", words),
        lambda words: change(PAPER, NOTHING, "subject", words),
        lambda words: change(PAPER, NOTHING, "control", f"Первое.\n{words}"),
        lambda words: add(PAPER, NOTHING, "pairs", "clause", words),
    ):
        assert deed(longest)
        with pytest.raises(TooMuch, match="Текст длиннее 6000 знаков: разделите его на пункты"):
            deed(f"{longest}а")
    with pytest.raises(TooMuch, match="длиннее 6000"):
        add(PAPER, NOTHING, "pairs", "heading", f"{longest}\nа")


def test_a_deed_brings_no_more_than_200_lines():
    lines = "\n \n".join(["строка"] * MOST_LINES)
    for deed in (
        lambda words: change(PAPER, NOTHING, "control", words),
        lambda words: change(PAPER, NOTHING, "subject", words),
        lambda words: add(PAPER, NOTHING, "pairs", "item", words),
    ):
        assert deed(lines)
        with pytest.raises(TooMuch, match="Не больше 200 строк за раз"):
            deed(f"{lines}\nстрока")


def test_a_deed_brings_no_more_than_60000_characters():
    lines = "\n".join(["а" * 5999] * (LONGEST_TEXT // 6000))
    assert len(add(PAPER, NOTHING, "pairs", "clause", lines)) == 10
    with pytest.raises(TooMuch, match="Не больше 60000 знаков за раз"):
        add(PAPER, NOTHING, "pairs", "clause", f"{lines}\nаа")


def test_a_paper_has_no_more_than_1000_edits():
    edits = NOTHING
    for _ in range(MOST_OPERATIONS // MOST_LINES):
        edits = add(PAPER, edits, "pairs", "clause", "\n".join(["строка"] * MOST_LINES))
    assert len(edits) == MOST_OPERATIONS
    assert Edits.from_json(edits.to_json()) == edits
    for deed in (
        lambda: add(PAPER, edits, "pairs", "clause", "Ещё."),
        lambda: change(PAPER, edits, "control", "Иначе."),
        lambda: change(PAPER, edits, "added-1", "Первое.\nВторое."),
        lambda: remove(PAPER, edits, "control"),
        lambda: move(PAPER, edits, "control", "up"),
    ):
        with pytest.raises(TooMuch, match="не больше 1000 правок"):
            deed()
    assert len(change(PAPER, edits, "added-1", "Иначе.")) == MOST_OPERATIONS
    assert len(remove(PAPER, edits, "added-1000")) == MOST_OPERATIONS - 1
    with pytest.raises(ValueError, match="More than 1000"):
        Edits.from_json([*edits.to_json(), {"op": "move", "block": "a", "after": "", "parent": ""}])


def test_a_table_has_no_more_than_300_rows_unless_data_gave_more():
    rows = [["1", "Ли В.С.", "да"]] * MOST_ROWS
    assert change_table(table_of("Ли В.С."), NOTHING, "t", [*rows, ["", " ", ""]])
    with pytest.raises(TooMuch, match="Не больше 300 строк в таблице"):
        change_table(table_of("Ли В.С."), NOTHING, "t", [*rows, rows[0]])
    long = table_of(*["Ли В.С."] * 310)
    changed = [["1", "Ли В.С.", "нет"], *rows_of(long, "t")[1:]]
    assert len(change_table(long, NOTHING, "t", changed)) == 1


def test_cells_of_a_table_are_not_too_long():
    longest = "а" * LONGEST_CELL
    assert change_table(table_of("Ли В.С."), NOTHING, "t", [["1", longest, ""]])
    with pytest.raises(TooMuch, match="Текст в клетке длиннее 2000 знаков"):
        change_table(table_of("Ли В.С."), NOTHING, "t", [["1", f"{longest}а", ""]])
    rows = [["", longest, ""]] * (LONGEST_TABLE // LONGEST_CELL)
    assert change_table(table_of("Ли В.С."), NOTHING, "t", rows)
    with pytest.raises(TooMuch, match="В таблице не больше 100000 знаков"):
        change_table(table_of("Ли В.С."), NOTHING, "t", [*rows, ["1", "", ""]])


def test_an_endless_number_is_no_clause():
    assert references(PAPER, "control", f"подпункт {'1' * 5000} пункта 1") == ["pairs"]


# The editor's page


def test_the_page_lists_all_parts_in_the_order_of_printing():
    edits = change(PAPER, NOTHING, "curator", "Поручить Черных Андрею Саввичу:")
    edits = remove(PAPER, edits, "curator-plan")
    edits = add(PAPER, edits, "pairs", "clause", "Начать.")
    data = order(curators=(dataclasses.replace(CURATOR, name={"dative": "Черных Андрею"}),))
    rows = {row.id: row for row in editable(apply(data, edits))}
    assert list(rows)[:4] == ["subject", "preamble", "resolution", "pairs"]
    assert list(rows)[-3:] == ["control", "signature", "acknowledgement"]
    assert "curator-plan" not in rows
    curator = rows["curator"]
    assert (curator.number, curator.text) == ("3.", "Поручить Черных Андрею:")
    assert (curator.is_changed, curator.is_stale, curator.is_added) == (True, True, False)
    assert (rows["pair-2"].number, rows["pair-2"].depth, rows["pair-2"].parent) == (
        "2)",
        1,
        "pairs",
    )
    assert rows["added-1"].is_added
    assert not rows["resolution"].can_remove
    assert (rows["pairs"].can_move_up, rows["pairs"].can_move_down) == (False, True)


# JSON


def test_edits_are_stored_as_a_list():
    edits = change(PAPER, NOTHING, "control", "Контроль за пунктом 1 оставляю за собой.")
    edits = remove(PAPER, edits, "pair-1")
    assert edits.to_json() == [
        {
            "op": "change",
            "block": "control",
            "base": "Контроль за исполнением приказа оставляю за собой.",
            "words": ["Контроль за пунктом ", {"reference": "pairs"}, " оставляю за собой."],
        },
        {"op": "remove", "block": "pair-1", "base": text_of(PAPER, "pair-1")},
    ]


GOOD = {"op": "add", "block": "added-1", "kind": "item", "after": "", "parent": "", "words": ["а"]}
CHANGED = {"op": "change", "block": "a", "base": "", "words": ["а"]}


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        {},
        "[]",
        ["add"],
        [{}],
        [{"op": "burn", "block": "a"}],
        [{"op": []}],
        [{**GOOD, "block": "b"}],
        [{**GOOD, "block": "added-0"}],
        [{**GOOD, "kind": "table"}],
        [{**GOOD, "words": []}],
        [{**GOOD, "words": "а"}],
        [{**GOOD, "words": [1]}],
        [{**GOOD, "words": [{"fact": "а"}]}],
        [{**GOOD, "words": [{"reference": 1}]}],
        [{**GOOD, "after": None}],
        [{**GOOD, "more": ""}],
        [GOOD, GOOD],
        [{**CHANGED, "block": ""}],
        [{**CHANGED, "lines": [["а"]]}],
        [{"op": "change", "block": "a", "base": ""}],
        [{"op": "change", "block": "a", "base": "", "rows": [[["а"]], [["а"], []]]}],
        [{"op": "move", "block": "a", "after": ""}],
        [{"op": "remove", "block": "a", "base": 1}],
        [{"op": "used", "added": -1}],
        [{"op": "used", "added": True}],
        [GOOD, {"op": "used", "added": 2}],
    ],
)
def test_damaged_edits_are_refused(damaged):
    assert len(Edits.from_json([GOOD, CHANGED])) == 2
    with pytest.raises(ValueError):
        Edits.from_json(damaged)


# What holds for any paper and any edits

typing = st.text('абв «»"-–_12.\n\u00a0', max_size=25)


def blocks_of(paper):
    return [row.id for row in editable(apply(paper, NOTHING))]


@st.composite
def edited_paper(draw):
    """A paper, and edits made with the deeds of a person."""
    paper = draw(any_paper())
    edits = NOTHING
    for _ in range(draw(st.integers(0, 8))):
        rows = editable(apply(paper, edits))
        if not rows:
            break
        row = draw(st.sampled_from(rows))
        deed = draw(st.sampled_from(["change", "shuffle", "remove", "add", "move", "restore"]))
        try:
            match deed:
                case "change":
                    edits = change(paper, edits, row.id, draw(typing))
                case "shuffle":
                    shuffled = draw(st.permutations(row.text.split(" ")))
                    edits = change(paper, edits, row.id, " ".join(shuffled))
                case "remove" if row.can_remove:
                    edits = remove(paper, edits, row.id)
                case "add" if row.can_remove:
                    kind = draw(st.sampled_from(ADDED_KINDS))
                    edits = add(paper, edits, row.id, kind, draw(typing))
                case "move" if row.can_move_up or row.can_move_down:
                    edits = move(paper, edits, row.id, draw(st.sampled_from(["up", "down"])))
                case "restore":
                    edits = restore(edits, row.id)
        except Emptied:
            pass
    return paper, edits


def numbers_are_whole(paper):
    """Whether the clauses of each list count 1…n; only a heading may begin anew."""
    last: dict[tuple[str, str], int] = {}
    may_begin: set[tuple[str, str]] = set()
    for line in printing.lines(paper):
        annex = line.annex.id if line.annex else ""
        if line.style is printing.Style.HEADING:
            may_begin |= last.keys()
        if not line.number.endswith("."):
            continue
        prefix, number = re.fullmatch(r"((?:\d+\.)*?)(\d+)\.", line.number).groups()
        key = (annex, prefix)
        if int(number) != last.get(key, 0) + 1 and not (number == "1" and key in may_begin):
            return False
        may_begin.discard(key)
        last[key] = int(number)
        last.pop((annex, line.number), None)
    return True


@settings(max_examples=60, deadline=None)
@given(edited_paper())
def test_edits_of_any_paper_print_and_come_back(edited_and_edits):
    paper, edits = edited_and_edits
    edited = apply(paper, edits)
    assert not edited.lost
    assert Edits.from_json(json.loads(json.dumps(edits.to_json()))) == edits
    assert numbers_are_whole(edited.paper)
    assert not any(difference.is_stale for difference in edited.changed.values())
    assert not any(removed.is_stale for removed in edited.removed)
    for block, difference in edited.changed.items():
        assert text_of(edited.paper, block) == difference.mine
    for block in {op.block for op in edits.operations}:
        edits = restore(edits, block)
    assert apply(paper, edits).paper == paper


@settings(max_examples=30, deadline=None)
@given(edited_paper(), any_paper())
def test_edits_never_raise_on_a_paper_that_they_were_not_made_for(edited_and_edits, other):
    edited = apply(other, edited_and_edits[1])
    assert list(printing.lines(edited.paper))
    assert set(blocks_of(edited.paper)) == set(parts(edited.paper))


names = st.sampled_from(["", "b0", "b1", "b2", "b3", "b5", "subject", "added-1", "added-2"])
any_words = st.lists(
    st.text(max_size=4) | st.builds(Fact, names, names, names) | st.builds(Reference, names),
    min_size=1,
    max_size=3,
).map(tuple)
operations = st.one_of(
    st.builds(Change, names, names, any_words),
    st.builds(lambda b, w: Change(b, "", lines=(w,)), names, any_words),
    st.builds(lambda b, w: Change(b, "", rows=((w,),)), names, any_words),
    st.builds(Remove, names, names),
    st.builds(Move, names, names, names),
    st.builds(Add, st.just("added-1"), st.sampled_from(ADDED_KINDS), names, names, any_words),
)


@settings(max_examples=60, deadline=None)
@given(
    any_paper(),
    st.lists(operations, max_size=8),
)
def test_no_operations_at_all_make_apply_raise(paper, chosen):
    additions = [op for op in chosen if isinstance(op, Add)]
    edited = apply(paper, Edits(tuple(op for op in chosen if op not in additions[1:])))
    assert list(printing.lines(edited.paper))
    assert set(blocks_of(edited.paper)) == set(parts(edited.paper))


@settings(max_examples=60, deadline=None)
@given(any_paper(), st.text("абв -–_12.,\u00a0", max_size=30), st.data())
def test_a_changed_text_prints_just_what_was_typed(paper, typed_text, data):
    rows = [r for r in editable(apply(paper, NOTHING)) if r.kind != "table"]
    if not rows or not typed_text.strip():
        return
    row = data.draw(st.sampled_from(rows))
    edited = apply(paper, change(paper, NOTHING, row.id, typed_text))
    expected = wording.plain(wording.typographic(wording.clean(typed_text).strip()))
    event("same as the data" if not edited.changed else "changed")
    shown = text_of(edited.paper, row.id).strip()
    assert shown == expected or (not edited.changed and same(shown, expected))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["Слово", "и", "–", "Ли В.С.", "9 «А»", "3"]), max_size=8),
    st.integers(0, 8),
    st.sampled_from(["Ткач Ольга", "Иванов", "5 «Б»"]),
)
def test_a_changed_fact_shows_up_in_an_edited_text(words, at, new):
    """Whatever is typed round it."""
    old = Fact("Черных Андрею", "person.1.name", "dative")
    paper = dataclasses.replace(PAPER, blocks=(Clause("c", ("Поручить ", old, " отчет.")),))
    around = [*words[:at], old.text, *words[at:]]
    edits = change(paper, NOTHING, "c", " ".join(around))
    fact = dataclasses.replace(old, text=new)
    data = dataclasses.replace(PAPER, blocks=(Clause("c", ("Поручить ", fact, " отчет.")),))
    expected = " ".join([*words[:at], new, *words[at:]])
    shown = text_of(apply(data, edits).paper, "c")
    assert shown == printed(expected)


@given(st.text('абА1 -–—"«»„“.№г\u00a0\u2011', max_size=30))
def test_plain_text_needs_no_ties(line):
    line = wording.clean(line)
    assert printed(line) == wording.plain(wording.typographic(line))


def test_a_large_order_is_edited_in_many_places():
    pairs = tuple(dataclasses.replace(PAIRS[n % 4], id=str(n)) for n in range(200))
    paper = order(pairs=pairs)
    edits = add(paper, NOTHING, "pairs", "clause", "Начать по пункту 2.1.")
    for n in range(0, 200, 20):
        block = f"pair-{n}"
        edits = change(paper, edits, block, text_of(paper, block).replace("форма", "Форма"))
        edits = move(paper, remove(paper, edits, f"pair-{n + 1}"), f"pair-{n + 3}", "up")
    edited = apply(paper, edits)
    assert (len(edited.changed), len(edited.removed), len(edited.moved)) == (10, 10, 10)
