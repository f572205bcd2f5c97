import datetime

import pytest

from documents import wording
from documents.kinds.facts import SchoolFacts
from documents.kinds.order import approval_stamp, closed, distinct, listed, one_or_listed, typed
from documents.paper import Blank, Fact
from documents.printing import plain_text
from tests.documents.people import DASHINIMAEV, GLADKIKH, SCHOOL


@pytest.mark.parametrize(
    ("text", "mark", "words"),
    [
        ("провести обучение", ".", "провести обучение."),
        ("провести обучение.", ".", "провести обучение."),
        ("провести обучение;", ".", "провести обучение."),
        ("провести обучение .", ";", "провести обучение;"),
        ("провести обучение.", "", "провести обучение"),
        ("до 1 октября 2026 г.", ".", "до 1 октября 2026 г."),
        ("до 1 октября 2026 г.", ";", "до 1 октября 2026 г.;"),
        ("ручки, тетради и т.д.", ";", "ручки, тетради и т.д.;"),
        ("ручки, тетради и др.", "", "ручки, тетради и др."),
        ("готово?", ".", "готово?"),
        ("готово?", ";", "готово?;"),
        ("дополнить словами «за год.»", ";", "дополнить словами «за год.»;"),
        ("", ".", "________."),
        (" . ", ";", "________;"),
    ],
)
def test_typed_text_ends_with_one_mark(text, mark, words):
    assert plain_text(typed(text, "document.text", "текст", mark)) == words


def test_what_is_closed_is_still_a_fact():
    assert closed((Fact("9 октября 2026 г.", "document.on"),)) == (
        Fact("9 октября 2026 г.", "document.on"),
    )
    assert closed((Blank("document.on", "дата"),)) == (Blank("document.on", "дата"), ".")
    assert closed(("Приказ",), ";") == ("Приказ;",)


def test_repeated_ids_are_told_apart():
    assert list(distinct(["а", "б", "а", "а", "а-2"])) == ["а", "б", "а-2", "а-3", "а-2-2"]


def test_a_list_and_a_line_of_people():
    words, entries = one_or_listed("Выдать", "Выдать всем", [GLADKIKH], "dative", "кто", "who")
    assert (plain_text(words), entries) == (
        "Выдать Гладких Денису Олеговичу, учителю физики.",
        (),
    )
    words, entries = one_or_listed(
        "Выдать", "Выдать всем", [GLADKIKH, DASHINIMAEV], "dative", "кто", "who"
    )
    assert plain_text(words) == "Выдать всем:"
    assert [(entry.id, plain_text(entry.words)) for entry in entries] == [
        ("who-person.Гладких", "Гладких Денису Олеговичу, учителю физики;"),
        ("who-person.Дашинимаев", "Дашинимаеву Баиру Цыреновичу, учителю математики."),
    ]


def test_one_person_twice_in_a_list():
    assert [entry.id for entry in listed([GLADKIKH] * 2, "dative", "кто", "who")] == [
        "who-person.Гладких",
        "who-person.Гладких-2",
    ]


def test_the_stamp_of_the_regulation():
    stamp = approval_stamp(
        "УТВЕРЖДЕНО", SCHOOL, datetime.date(2026, 10, 15), "164-од", source="basis.D5"
    )
    assert [plain_text(words) for words in stamp.lines] == [
        "УТВЕРЖДЕНО",
        "приказом МБОУ «СОШ № 94» г. Читы",
        "от 15.10.2026 № 164-од",
    ]


def test_a_stamp_without_facts_is_blanks():
    stamp = approval_stamp("УТВЕРЖДЕН", SchoolFacts(), None, "", what="приказа о плане")
    blanks = [piece for words in stamp.lines for piece in words if isinstance(piece, Blank)]
    assert [(blank.source, blank.label) for blank in blanks] == [
        ("school.short_name", "сокращённое наименование организации"),
        ("paper.date", "дата приказа о плане"),
        ("paper.number", "номер приказа о плане"),
    ]


@pytest.mark.parametrize(
    ("word", "preposition"),
    [
        ("Черных", "с"),
        ("Доржиевой", "с"),
        ("Шевченко", "с"),
        ("Сахаровой", "с"),
        ("Цырендоржиевой", "с"),
        ("Владимировым", "с"),
        ("Лапиной", "с"),
        ("", "с"),
        ("Смирновой", "со"),
        ("Щербаковым", "со"),
        ("Шмаковой", "со"),
        ("Жданович", "со"),
        ("Здановским", "со"),
        ("Львовой", "со"),
        ("Ржевским", "со"),
        ("Всеволодовым", "со"),
    ],
)
def test_with_and_with(word, preposition):
    assert wording.with_preposition(word) == preposition
