import dataclasses
import datetime
from pathlib import Path

import pytest

from documents.kinds.council_minutes import (
    DEFAULT_AGENDA,
    DEFAULT_DECISIONS,
    DEFAULT_HEARD,
    VERB_FORMS,
    AbsentFacts,
    DecisionFacts,
    HeardFacts,
    MinutesFacts,
    SpokeFacts,
    Verb,
    build,
)
from documents.kinds.facts import HeardCase, PersonFacts, Wordings
from documents.printing import lines, missing
from documents.render.text import render_text
from tests.documents.people import (
    COUNCIL,
    CURATOR,
    DIRECTOR,
    DORZHIEVA,
    GLADKIKH,
    IVANOV,
    KVASHA,
    SCHOOL,
    SHEVCHENKO,
    TSYRENDORZHIEVA,
    person,
)

ACCEPTANCE = Path(__file__).parent.parent / "acceptance" / "doc2.txt"

FACTS = MinutesFacts(
    school=SCHOOL,
    date=datetime.date(2026, 10, 9),
    number="3",
    chair=DIRECTOR,
    secretary=SHEVCHENKO,
    members=COUNCIL,
    present=tuple(member for member in COUNCIL if member is not KVASHA),
    absent=(AbsentFacts(KVASHA, "временная нетрудоспособность"),),
    has_quorum=True,
    heard=tuple(
        HeardFacts(speaker, topic)
        for speaker, topic in zip((DORZHIEVA, DORZHIEVA, SHEVCHENKO), DEFAULT_HEARD, strict=True)
    ),
    spoke=(
        SpokeFacts(
            CURATOR,
            Verb.PROPOSED,
            "включить в план обучение наставников до формирования наставнических пар",
        ),
        SpokeFacts(
            TSYRENDORZHIEVA,
            Verb.PROPOSED,
            "дополнить Положение порядком психологического сопровождения наставляемых, не "
            "сформировавших пару.",
        ),
    ),
    decisions=(
        DecisionFacts(
            DEFAULT_DECISIONS[0],
            (
                "провести обучение наставников с 26 по 30 октября 2026 г., до формирования "
                "наставнических пар",
            ),
            *(11, 0, 0),
        ),
        DecisionFacts(
            DEFAULT_DECISIONS[1],
            (
                "дополнить раздел 2 порядком психологического сопровождения наставляемых, не "
                "сформировавших пару (группу).",
            ),
            *(10, 0, 1),
        ),
    ),
    acquainted=(KVASHA,),
)


def text(**changes):
    return render_text(build(dataclasses.replace(FACTS, **changes)))


def crowd(count):
    return tuple(
        dataclasses.replace(GLADKIKH, source=f"person.{number}") for number in range(count)
    )


def test_d2_the_text_is_the_acceptance_text():
    assert text() == ACCEPTANCE.read_text("utf-8")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 человек: "),
        (2, "2 человека: "),
        (4, "4 человека: "),
        (5, "5 человек: "),
        (11, "11 человек: "),
        (21, "21 человек: "),
        (22, "22 человека: "),
        (112, "112 человек: "),
    ],
)
def test_people_are_counted(count, words):
    assert f"Присутствовали: {words}Гладких" in text(present=crowd(count), list_above=200)


def test_more_than_fifteen_move_to_an_annex():
    words = text(members=crowd(16))
    assert "Состав Педагогического совета: 16 человек (список прилагается).\n" in words
    assert "Присутствовали: 11 человек: Гладких Д.О., " in words
    assert (
        "Приложение к протоколу заседания Педагогического совета от 09.10.2026 № 3\n"
        "Состав Педагогического совета\n"
        "1. Гладких Денис Олегович, учитель физики.\n"
    ) in words
    assert "16. Гладких Денис Олегович, учитель физики.\n" in words


def test_fifteen_are_still_on_the_line():
    assert "Присутствовали: 15 человек: Гладких" in text(present=crowd(15))


def test_two_annexes_are_numbered():
    paper = build(dataclasses.replace(FACTS, members=crowd(17), present=crowd(16)))
    words = render_text(paper)
    assert [annex.id for annex in paper.annexes] == ["annex-members", "annex-present"]
    assert "Приложение № 1 к протоколу заседания Педагогического совета от" in words
    assert "Приложение № 2 к протоколу заседания Педагогического совета от" in words
    assert "Список присутствовавших на заседании Педагогического совета\n1. " in words


def test_several_absent_with_and_without_a_reason():
    assert "Отсутствовали: 2 человека: Кваша П.И., Гладких Д.О. (курсы).\n" in text(
        absent=(AbsentFacts(KVASHA), AbsentFacts(GLADKIKH, "курсы."))
    )
    assert "Отсутствовали: 1 человек: Кваша П.И.\nКворум" in text(absent=(AbsentFacts(KVASHA),))
    assert "Отсутствовали" not in text(absent=())


def test_guests_are_people_or_phrases():
    guest = person("Ан Вера", "f")
    assert (
        "Приглашенные: Иванов Н.С., обучающийся 10 «А» класса; представители родителей; "
        "Ан В.\nКворум"
    ) in text(invited=(IVANOV, "представители родителей;", " ", guest))
    assert "Приглашенные" not in text(invited=(" ",))


@pytest.mark.parametrize(
    ("has_quorum", "expected"),
    [(True, ["Кворум имеется."]), (False, ["Кворум отсутствует."]), (None, [])],
)
def test_quorum(has_quorum, expected):
    words = text(has_quorum=has_quorum)
    assert [line for line in words.splitlines() if "Кворум" in line] == expected


def test_the_title_in_one_line_or_two():
    assert "\nПротокол заседания Педагогического совета\n09.10.2026 № 3\n" in text()
    split = Wordings(is_minutes_title_split=True)
    assert "\nПРОТОКОЛ\nзаседания Педагогического совета\n09.10.2026 № 3\n" in text(wordings=split)


def test_heard_in_the_nominative():
    words = text(wordings=Wordings(heard_case=HeardCase.NOMINATIVE))
    assert "1. Доржиева Сэсэг Бадмаевна. О концепции целевой модели наставничества.\n" in words


@pytest.mark.parametrize("verb", Verb)
def test_verbs_agree_with_who_spoke(verb):
    he, she = VERB_FORMS[verb]
    words = text(
        spoke=(SpokeFacts(CURATOR, verb, "о сроках"), SpokeFacts(DORZHIEVA, verb, "о сроках"))
    )
    assert f"ВЫСТУПИЛИ:\nЧерных А.С. {he} о сроках.\nДоржиева С.Б. {she} о сроках.\n" in words


@pytest.mark.parametrize("words", ["что план готов", ", что план готов", ",что план готов."])
def test_a_comma_before_that(words):
    assert "Черных А.С. отметил, что план готов.\n" in text(
        spoke=(SpokeFacts(CURATOR, Verb.NOTED, words),)
    )


def test_nobody_spoke():
    assert "ВЫСТУПИЛИ" not in text(spoke=())


def test_a_decision_without_corrections():
    words = text(decisions=(DecisionFacts(DEFAULT_DECISIONS[0], ("", " "), 11, 0, 0),))
    assert (
        "ПОСТАНОВИЛИ:\n1. Принять план реализации целевой модели наставничества.\n"
        "Решение принято: «за» – 11, «против» – 0, «воздержались» – 0.\n"
    ) in words


def test_several_corrections_keep_the_stop_of_an_abbreviation():
    words = text(decisions=(DecisionFacts("Принять план.", ("начать 1 октября 2026 г.", "б.")),))
    assert (
        "1. Принять план с учетом следующих корректировок:\n"
        "начать 1 октября 2026 г.;\nб.\n"
        "Решение принято: «за» – ________, «против» – ________, «воздержались» – ________.\n"
    ) in words


@pytest.mark.parametrize("people", [(CURATOR,), (DORZHIEVA,), (CURATOR, DORZHIEVA)])
def test_the_sheet_has_the_heading_of_the_instruction(people):
    assert "С протоколом ознакомлены:\n" in text(acquainted=people)
    assert "ознакомлен" not in text(acquainted=())


def test_ids_stay_when_others_go():
    decisions = (DecisionFacts("А", id="plan"), DecisionFacts("Б", id="regulation"))
    paper = build(dataclasses.replace(FACTS, decisions=decisions[1:]))
    assert "decisions-regulation" in {line.block for line in lines(paper)}
    assert "document.decisions.regulation.votes_for" in [b.source for b in missing(paper)]


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(MinutesFacts(agenda=()))
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "council.chair",
        "council.secretary",
        "council.members",
        "document.present",
        "document.agenda.1",
        "document.heard",
        "document.decisions",
    ]


def test_half_known_entries_are_blanks():
    nobody = PersonFacts(source="person.7")
    paper = build(
        dataclasses.replace(
            FACTS,
            chair=nobody,
            heard=(HeardFacts(None, "О плане"), HeardFacts(nobody, "")),
            spoke=(SpokeFacts(CURATOR, Verb.ASKED, ""),),
            decisions=(DecisionFacts("", ("а",), 1, 0, 0),),
        )
    )
    assert [blank.source for blank in missing(paper)] == [
        "person.7.short",
        "document.heard.1.speaker",
        "person.7.name",
        "document.heard.2.topic",
        "document.spoke.1.words",
        "document.decisions.1.text",
    ]
    assert "1. ________. О плане.\n2. ________. ________.\n" in render_text(paper)


def test_the_agenda_by_the_instruction():
    assert FACTS.agenda == DEFAULT_AGENDA
