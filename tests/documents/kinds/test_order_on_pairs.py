import dataclasses

import pytest

from documents.kinds.facts import PersonFacts
from documents.kinds.order_on_pairs import OrderOnPairsFacts, PairFacts, build
from documents.paper import Fact
from documents.printing import lines, missing
from documents.render.text import render_text
from documents.storing import fingerprint
from tests.documents.people import (
    ALIEV,
    CURATOR,
    DASHINIMAEV,
    DIRECTOR,
    GLADKIKH,
    IVANOV,
    LI,
    ORDER,
    PAIRS,
    SCHOOL,
    TKACH,
    ZHAPOVA,
    person,
)


def text(**changes):
    return render_text(build(dataclasses.replace(ORDER, **changes)))


def test_several_curators_are_in_the_plural():
    second = person("Доржиева Сэсэг Бадмаевна", "f", dative="Доржиевой Сэсэг Бадмаевне")
    assert (
        "2. Кураторам наставнических пар Черных Андрею Саввичу и Доржиевой Сэсэг Бадмаевне:"
        in text(curators=(CURATOR, second))
    )


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ((GLADKIKH,), "С приказом ознакомлен:\nГладких Д.О. _______"),
        ((DIRECTOR,), "С приказом ознакомлена:"),
        ((DIRECTOR, GLADKIKH), "С приказом ознакомлены:"),
    ],
)
def test_the_sheet_agrees_with_who_signs_it(people, words):
    assert words in text(acquainted=people)


def test_without_people_there_is_no_sheet():
    assert "ознакомлен" not in text(acquainted=())


def test_who_acts_as_director_signs_so():
    assert "Исполняющий обязанности директора МБОУ «СОШ № 94» г. Читы А.С. Черных\n" in text(
        head=CURATOR, is_head_acting=True
    )


def test_a_form_with_pairs_only_has_no_mark():
    words = text(pairs=PAIRS[:3])
    assert "(пара)" not in words
    assert "форма «ученик – ученик»: наставник – Иванов Никита Сергеевич" in words


def test_a_form_with_both_pairs_and_groups_has_marks():
    words = text()
    assert "3) форма «ученик – ученик» (пара): наставник" in words
    assert "4) форма «ученик – ученик» (группа): наставник" in words


def test_the_last_pair_ends_with_a_full_stop():
    items = [line.text for line in lines(build(ORDER)) if line.block.startswith("pair-")]
    assert [item[-1] for item in items] == [";", ";", ";", "."]


def test_several_mentees_are_in_the_plural_without_being_a_group():
    assert "наставляемые – Ли" in text(
        pairs=(PairFacts("1", "ученик – ученик", False, ZHAPOVA, (LI, TKACH)),)
    )


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(OrderOnPairsFacts())
    assert "1) ________." in render_text(paper)
    sources = [blank.source for blank in missing(paper)]
    assert sources == [
        "school.name",
        "school.short_name",
        "school.place",
        "basis.D3.date",
        "basis.D3.number",
        "pairs",
        "curator",
        "school.head",
    ]


def test_half_known_people_are_blanks_with_their_names():
    nobody = PersonFacts(source="person.7")
    pupil = dataclasses.replace(IVANOV, gender="")
    no_class = dataclasses.replace(ALIEV, class_name="")
    no_post = dataclasses.replace(DASHINIMAEV, post={})
    paper = build(
        dataclasses.replace(
            ORDER,
            pairs=(
                PairFacts("1", "", False, None, ()),
                PairFacts("2", "учитель – учитель", False, nobody, (pupil, no_class, no_post)),
            ),
            acquainted=(nobody,),
            head=nobody,
        )
    )
    assert [blank.source for blank in missing(paper)] == [
        "pair.1.form",
        "pair.1.mentor",
        "pair.1.mentees",
        "person.7.name",
        "person.7.post",
        "person.Иванов.gender",
        "person.Алиев.class_name",
        "person.Дашинимаев.post",
        "person.7.short",
    ]
    assert "пол: Иванов\u00a0Н.С." in [blank.label for blank in missing(paper)]


def test_every_filled_word_says_where_it_comes_from():
    facts = [
        run.piece
        for line in lines(build(ORDER))
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    ]
    curator = [f for f in facts if f.source == "person.Черных.name"]
    assert [(f.text, f.case) for f in curator] == [("Черных Андрею Саввичу", "dative")]
    assert all(f.source for f in facts)


def test_a_pair_keeps_its_id_when_others_go():
    ids = {b.block for b in lines(build(dataclasses.replace(ORDER, pairs=PAIRS[2:])))}
    assert {"pair-3", "pair-4"} <= ids


def test_the_founder_prints_first():
    school = dataclasses.replace(SCHOOL, founder="Комитет образования города Читы")
    assert text(school=school).startswith("Комитет образования города Читы\nМУНИЦИПАЛЬНОЕ")


def test_equal_facts_make_equal_papers():
    assert fingerprint(build(ORDER)) == fingerprint(build(dataclasses.replace(ORDER)))
