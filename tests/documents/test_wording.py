import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import wording

NBSP = "\u00a0"


def test_dates_as_the_papers_write_them():
    date = datetime.date(2026, 10, 9)
    assert wording.date_in_words(date) == "9 октября 2026 г."
    assert wording.date_quoted(date) == "«09» октября 2026 г."
    assert wording.date_numeric(date) == "09.10.2026"
    assert wording.date_quoted(datetime.date(2027, 1, 15)) == "«15» января 2027 г."


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "член"), (2, "члена"), (4, "члена"), (5, "членов"), (11, "членов"), (12, "членов")]
    + [(21, "член"), (22, "члена"), (25, "членов"), (0, "членов"), (111, "членов")]
    + [(101, "член"), (1002, "члена")],
)
def test_nouns_agree_with_numbers(number, word):
    assert wording.plural(number, "член", "члена", "членов") == word


def test_people_are_counted():
    count = [wording.plural(n, "человек", "человека", "человек") for n in (1, 12, 21, 22)]
    assert count == ["человек", "человек", "человек", "человека"]


@pytest.mark.parametrize(
    ("genders", "word"),
    [("m", "ознакомлен"), (["f"], "ознакомлена"), (["f", "f"], "ознакомлены"), ("", "ознакомлен")],
)
def test_participles_agree_with_people(genders, word):
    assert wording.agree(genders, "ознакомлен", "ознакомлена", "ознакомлены") == word


def test_pupils_are_declined():
    assert wording.pupil("m", "10 «А»") == "обучающийся 10 «А» класса"
    assert wording.pupil("f", "11 «Б»", "accusative") == "обучающуюся 11 «Б» класса"
    assert wording.pupil("m", "10 «А»", "dative") == "обучающемуся 10 «А» класса"


@pytest.mark.parametrize(
    ("short", "signed"),
    [
        ("Очирова Г.Ц.", "Г.Ц. Очирова"),
        (f"Тимофеева-Цыренова{NBSP}С.Д.", "С.Д. Тимофеева-Цыренова"),
        ("Ли В.", "В. Ли"),
        ("Ли", "Ли"),
        ("", ""),
    ],
)
def test_initials_come_first_in_a_signature(short, signed):
    assert wording.signature_name(short) == signed


@pytest.mark.parametrize(
    "tied",
    [
        "№_94",
        "9_октября 2026_г.",
        "«15»_октября 2026_г. №_163‑од",
        "Г.Ц._Очирова",
        "Тимофеева-Цыренова_С.Д. пришла",
        "обучающийся 10_«А» класса",
        "МБОУ «СОШ №_94» г._Читы",
        "Г._ЧИТЫ",
        "14 мая 2027_г. Рассмотреть".replace("14 мая", "14_мая"),
        "п._5, ст._351.8",
        "«ученик_– ученик»",
        "19–23_октября 2026_г.",
        "педагог-психолог",
        "Г._Ц._Очирова",
        "Очирова_Г._Ц. и другие",
        "ОЧИРОВА_Г.Ц.",
        "Г.Ц._ОЧИРОВА",
        "Һэшэгма_Ү., Ү._Һэшэгма",
        "им._А.С._Пушкина, ул._Ленина, д._5, кв._3",
        "с._Домна",
        "2026–2027_гг., 2027_год",
        "12_человек, 30_%",
        "5_класса",
        "пп._1, гл._2, абз._3 и т._д.",
        "ТК_РФ",
        "от 27.07.2006 №_152‑ФЗ",
        "№_Р‑145, №_АЗ‑1128/08, №_МР‑42/02",
        "Сидоров-Петров, 8-914-123-45-67",
    ],
)
def test_what_belongs_together_is_tied(tied):
    tied = tied.replace("_", NBSP)
    assert wording.typographic(wording.plain(tied)) == tied


def test_quotes_become_guillemets_and_inner_ones_paws():
    assert wording.typographic('школа "Лад"') == "школа «Лад»"
    assert wording.nest_quotes("приказ «О школе «Лад»»") == "приказ «О школе „Лад“»"
    assert wording.nest_quotes("«О школе «Лад»") == "«О школе «Лад»"
    assert wording.nest_quotes("«а» и «б»") == "«а» и «б»"


def test_a_hyphen_between_spaces_is_a_dash():
    assert wording.plain(wording.typographic("наставник - учитель")) == "наставник – учитель"
    assert wording.typographic("учитель-логопед") == "учитель-логопед"


NAMES = st.sampled_from(["Очирова", "ОЧИРОВА", "Ли", "Тимофеева-Цыренова", "Үлзытуева", "Smith"])
INITIALS = st.sampled_from(["Г.", "Г.Ц.", "Г. Ц.", "Ү.", "Ё.Ё.", "J."])


@given(st.text(), NAMES, INITIALS, st.sampled_from([" ", ", ", " («", ""]))
def test_a_line_never_ends_with_a_number_sign_or_an_initial(text, name, initials, before):
    """No ordinary space, where a line may end, after what leads on to the next word."""
    start = f"{text}{before}" if before else ""
    for words in (f"{initials} {name}", f"{name} {initials}"):
        assert " " not in wording.typographic(start + words)[len(start) :]
    assert wording.typographic(f"{start}№ {text}")[len(start) + 1] == NBSP


@given(st.text())
def test_typography_keeps_the_length_and_is_done_once(text):
    once = wording.typographic(text)
    assert len(once) == len(text)
    assert wording.typographic(once) == once


@given(st.text(st.characters()))
def test_clean_text_is_one_line_of_xml(text):
    from lxml import etree

    cleaned = wording.clean(text)
    assert "\n" not in cleaned
    assert "\u202e" not in cleaned
    element = etree.Element("t")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text in (cleaned, None)


def test_clean_keeps_letters_and_no_break_spaces():
    assert wording.clean("Һэшэгма\u00a0Ү. и\u0301\x01\u202e\n  Ли") == "Һэшэгма\u00a0Ү. и\u0301 Ли"
