import dataclasses
import datetime
from pathlib import Path

import pytest

from documents.kinds.facts import BasisFacts
from documents.kinds.order_on_final_event import (
    Award,
    FinalEventFacts,
    PresentedPairFacts,
    build,
)
from documents.printing import lines, missing
from documents.render.text import render_text
from tests.documents.people import (
    ALIEV,
    CURATOR,
    DASHINIMAEV,
    DIRECTOR,
    DORZHIEVA,
    GLADKIKH,
    IVANOV,
    LI,
    MUSIKHINA,
    NEPOMNYASHCHAYA,
    SCHOOL,
    TIMOFEEVA,
    TKACH,
    ZHAPOVA,
)

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc8.txt"

GROUP = PresentedPairFacts(id="4", mentor=ZHAPOVA, mentees=(LI, MUSIKHINA, TKACH))
FACTS = FinalEventFacts(
    school=SCHOOL,
    date=datetime.date(2027, 5, 11),
    number="92-од",
    head=DIRECTOR,
    acquainted=(DORZHIEVA, CURATOR),
    plan_order=BasisFacts(datetime.date(2026, 10, 15), "163-од"),
    event_on=datetime.date(2027, 5, 21),
    event_executors=(CURATOR,),
    pairs=(
        PresentedPairFacts(id="1", mentor=DASHINIMAEV, mentees=(GLADKIKH,)),
        PresentedPairFacts(id="2", mentor=NEPOMNYASHCHAYA, mentees=(TIMOFEEVA,)),
        PresentedPairFacts(id="3", mentor=IVANOV, mentees=(ALIEV,)),
    ),
    awarded=(DASHINIMAEV, NEPOMNYASHCHAYA, IVANOV, ZHAPOVA),
    award_executors=(DORZHIEVA,),
)


def text(**changes):
    return render_text(build(dataclasses.replace(FACTS, **changes)))


def test_d8_the_text_is_the_acceptance_text():
    assert text() == ACCEPTANCE.read_text("utf-8")


def test_a_group_names_all_its_mentees():
    assert (
        "3) Иванов Никита Сергеевич – Алиев Самед Гасан оглы;\n"
        "4) Жапова Номин Булатовна – Ли Виктор Сенович, Мусихина Любовь Никитична, "
        "Ткач Ольга Игоревна.\n3. "
    ) in text(pairs=(*FACTS.pairs, GROUP))


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (FACTS.pairs[0], "следующей наставнической пары:\n1) Дашинимаев Баир Цыренович – "),
        (GROUP, "следующей наставнической группы:\n1) Жапова Номин Булатовна – Ли "),
    ],
)
def test_one_pair_or_group(pair, words):
    assert f"2. В рамках мероприятия представить результаты работы {words}" in text(pairs=(pair,))


@pytest.mark.parametrize(
    ("award", "one", "many"),
    [
        (Award.GRATITUDE, "вынести благодарность", "вынести благодарность"),
        (Award.LETTERS, "вручить благодарственное письмо", "вручить благодарственные письма"),
        (Award.CERTIFICATES, "вручить почетную грамоту", "вручить почетные грамоты"),
    ],
)
def test_awards_to_one_and_to_several(award, one, many):
    assert (
        f"3. По итогам работы наставнических пар {one} Жаповой Номин Булатовне, обучающейся "
        "11 «Б» класса.\nОтветственный: Доржиева С.Б.\n4. "
    ) in text(award=award, awarded=(ZHAPOVA,))
    assert (
        f"3. По итогам работы наставнических пар {many}:\n"
        "Дашинимаеву Баиру Цыреновичу, учителю математики;\n"
        "Иванову Никите Сергеевичу, обучающемуся 10 «А» класса.\n"
    ) in text(award=award, awarded=(DASHINIMAEV, IVANOV))


def test_thanks_to_parents():
    assert (
        "4. Объявить благодарность родителям Иванова Никиты Сергеевича, обучающегося 10 «А» "
        "класса.\n5. Контроль"
    ) in text(parents=(IVANOV,))
    assert (
        "4. Объявить благодарность родителям:\n"
        "Иванова Никиты Сергеевича, обучающегося 10 «А» класса;\n"
        "Жаповой Номин Булатовны, обучающейся 11 «Б» класса.\n5. Контроль"
    ) in text(parents=(IVANOV, ZHAPOVA))


def test_thanks_to_parents_nobody_has_named():
    paper = build(dataclasses.replace(FACTS, options=frozenset({"parents"})))
    assert [blank.source for blank in missing(paper)] == ["parents"]


def test_pairs_keep_their_ids():
    paper = build(dataclasses.replace(FACTS, pairs=FACTS.pairs[1:]))
    assert {"pair-2", "pair-3"} <= {line.block for line in lines(paper)}


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(FinalEventFacts())
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "basis.D3.date",
        "basis.D3.number",
        "document.event_on",
        "document.event_executors",
        "pairs",
        "mentors",
        "document.award_executors",
        "school.head",
    ]


def test_a_pair_without_people_is_two_blanks():
    paper = build(dataclasses.replace(FACTS, pairs=(PresentedPairFacts(id="7"),)))
    assert "\n1) ________ – ________.\n" in render_text(paper)
    assert [blank.source for blank in missing(paper)] == ["pair.7.mentor", "pair.7.mentees"]
