"""Case forms of names and positions (domain notes § 6)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.people.declension import (
    CASES,
    decline_name,
    decline_position,
    initials,
    short_name,
    validate_name_part,
)

HERE = Path(__file__).parent
OBLIQUE = CASES[1:]


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def whole(surname, first_name, patronymic, gender) -> list[str]:
    parts = decline_name(surname, first_name, patronymic, gender).values()
    return [" ".join(filter(None, (part[case] for part in parts))) for case in OBLIQUE]


@pytest.mark.parametrize("row", rows("oracle.tsv"), ids=lambda row: row[0])
def test_persons_of_the_acceptance_papers(row):
    name, gender, *expected = row
    surname, first_name, patronymic = name.split(" ", 2)

    assert whole(surname, first_name, patronymic, gender) == expected


@pytest.mark.parametrize("row", rows("surnames.tsv"), ids=lambda row: f"{row[0]}-{row[1]}")
def test_surnames_by_rule(row):
    surname, gender, *expected = row
    forms = decline_name(surname, "", "", gender)["surname"]

    found = [forms[c] for c in ("genitive", "dative", "instrumental", "prepositional")]
    assert found == expected


@pytest.mark.parametrize("row", rows("first_names.tsv"), ids=lambda row: f"{row[0]}-{row[1]}")
def test_first_names_by_rule(row):
    name, gender, *expected = row
    forms = decline_name("", name, "", gender)["first_name"]

    assert [forms[case] for case in OBLIQUE] == expected


@pytest.mark.parametrize(
    ("surname", "first", "patronymic", "gender", "genitive", "instrumental"),
    [
        ("Мамедова", "Лейла", "Рашид кызы", "f", "Мамедовой Лейлы Рашид кызы",
         "Мамедовой Лейлой Рашид кызы"),
        ("Ткач", "Игорь", "Фомич", "m", "Ткача Игоря Фомича", "Ткачом Игорем Фомичом"),
        ("Бадма-Халгаева", "Любовь", "Ильинична", "f", "Бадма-Халгаевой Любови Ильиничны",
         "Бадма-Халгаевой Любовью Ильиничной"),
        ("Ван", "Мэй", "", "f", "Ван Мэй", "Ван Мэй"),
        ("ОРЁЛ", "ПАВЕЛ", "", "m", "ОРЛА ПАВЛА", "ОРЛОМ ПАВЛОМ"),
        ("Коломиец", "Пётр", "Лукич", "m", "Коломийца Петра Лукича", "Коломийцем Петром Лукичом"),
    ],
)  # fmt: skip
def test_whole_names(surname, first, patronymic, gender, genitive, instrumental):
    forms = whole(surname, first, patronymic, gender)

    assert (forms[0], forms[3]) == (genitive, instrumental)


@pytest.mark.parametrize(
    ("position", "accusative", "instrumental"),
    [
        ("заместитель директора по учебно-воспитательной работе",
         "заместителя директора по учебно-воспитательной работе",
         "заместителем директора по учебно-воспитательной работе"),
        ("тьютор", "тьютора", "тьютором"),
        ("педагог-психолог", "педагога-психолога", "педагогом-психологом"),
        ("старший вожатый", "старшего вожатого", "старшим вожатым"),
        ("исполняющий обязанности директора", "исполняющего обязанности директора",
         "исполняющим обязанности директора"),
        ("обучающаяся 11 «Б» класса", "обучающуюся 11 «Б» класса", "обучающейся 11 «Б» класса"),
        ("заведующий библиотекой", "заведующего библиотекой", "заведующим библиотекой"),
        ("преподаватель-организатор ОБЗР", "преподавателя-организатора ОБЗР",
         "преподавателем-организатором ОБЗР"),
        ("и.о. директора", "и.о. директора", "и.о. директора"),
        ("медицинская сестра", "медицинскую сестру", "медицинской сестрой"),
    ],
)  # fmt: skip
def test_positions(position, accusative, instrumental):
    forms = decline_position(position)

    assert (forms["accusative"], forms["instrumental"]) == (accusative, instrumental)


TEXTS = st.text(alphabet="АБВЕЁИЙКЛНОРСТЦЧЬЯабвгдеёжзийклмнопрстуфхцчшщьыэюяһүө -'", max_size=20)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from("mf"))
def test_no_name_raises_and_the_nominative_stays(surname, first_name, patronymic, gender):
    forms = decline_name(surname, first_name, patronymic, gender)

    assert [part["nominative"] for part in forms.values()] == [surname, first_name, patronymic]
    assert all(list(part) == list(CASES) for part in forms.values())


@given(st.sampled_from(["Иванова", "Ткач", "Осадчая", "Ким"]),
       st.sampled_from(["Цыренова", "Ли", "Белая"]))  # fmt: skip
def test_both_parts_of_a_double_surname_decline(left, right):
    both = decline_name(f"{left}-{right}", "", "", "f")["surname"]
    first, second = (decline_name(part, "", "", "f")["surname"] for part in (left, right))

    assert both == {case: f"{first[case]}-{second[case]}" for case in CASES}


def test_initials_and_short_names():
    assert initials("Самед", "Гасан оглы") == "С.Г."
    assert initials("Анна-Мария", "") == "А.-М."
    assert short_name("Ли", "Виктор", "Сенович") == "Ли\u00a0В.С."
    assert short_name("Ван", "Мэй", "", "initials_first") == "М.\u00a0Ван"


def test_what_a_name_may_hold():
    assert validate_name_part(" Тимофеева –  Цыренова ") == "Тимофеева-Цыренова"
    assert validate_name_part("Һандажапова") == "Һандажапова"
    assert validate_name_part("О’Генри") == "О'Генри"
    for wrong in ("", "Иван1", "И.", "a@b", "<b>", "-"):
        with pytest.raises(ValueError):
            validate_name_part(wrong)
