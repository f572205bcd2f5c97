import datetime

import pytest

from documents.kinds.base_registers import (
    COLUMNS,
    TITLES,
    MenteeRow,
    MentorRow,
    Register,
    build_register,
    table_of,
)
from documents.paper import Fact
from documents.printing import lines, missing
from documents.render.text import render_text
from documents.render.xlsx import render_xlsx
from documents.storing import from_json, to_json
from programmes.people.spreadsheet import read_xlsx
from tests.documents.people import SCHOOL

ON = datetime.date(2026, 11, 24)
MENTEE = MenteeRow(
    name="Алиев Самед Гасан оглы",
    contacts="+7 914 000-00-00 (мать)",
    birth_year="2014",
    need="Адаптация в новом классе",
    started_on="09.11.2026",
    mentor="Иванов Никита Сергеевич",
    form="ученик – ученик",
    mentor_place="10 «А» класс",
    ended_on="31.05.2027",
    results="Средний балл вырос",
    link="nastavnichestvo/aliev",
    is_finished="Да",
)
MENTOR = MentorRow(
    name="Дашинимаев Баир Цыренович",
    contacts="+7 914 000-00-01",
    place="МБОУ «СОШ № 94» г. Читы",
    competences="Методика математики",
    achievements="Учитель года",
    interests="Шахматы",
    mentee_ages="22–30",
    time="2 часа в неделю",
    started_on="22.10.2026",
    mentees="Гладких Денис Олегович",
    form="учитель – учитель",
    mentee_place="МБОУ «СОШ № 94» г. Читы",
    ended_on="31.05.2027",
    results="Маршрут выполнен",
    link="-",
)
ROWS = {Register.MENTEES: MENTEE, Register.MENTORS: MENTOR}

# Domain notes § 1.6, word for word.
PRESCRIBED = {
    Register.MENTEES: "№; ФИО наставляемого; контактные данные для связи (данные представителя); "
    "год рождения; основной запрос наставляемого; дата вхождения в программу; ФИО наставника; "
    "форма наставничества; место работы/учёбы наставника; дата завершения программы; результаты "
    "программы; ссылка на кейс/отзыв наставляемого на сайте; отметка о прохождении программы",
    Register.MENTORS: "№; ФИО наставника; контактные данные; место работы/учёбы; основные "
    "компетенции; важные для программы достижения; интересы; желаемый возраст наставляемых; ресурс "
    "времени на программу; дата вхождения; ФИО наставляемого (наставляемых); форма наставничества; "
    "место работы/учёбы наставляемого; дата завершения; результаты программы; ссылка на "
    "кейс/отзыв наставника на сайте",
}


@pytest.mark.parametrize("kind", Register)
def test_the_columns_are_the_prescribed_ones(kind):
    assert "; ".join(COLUMNS[kind]).lower() == PRESCRIBED[kind].lower()


def test_the_register_of_mentees_prints_with_its_day():
    assert render_text(build_register(SCHOOL, Register.MENTEES, [MENTEE], ON)).splitlines()[2:] == [
        "База наставляемых",
        "по состоянию на 24 ноября 2026 г.",
        "В базе 1 наставляемый: список в приложении.",
        "Приложение",
        "База наставляемых",
        "; ".join(COLUMNS[Register.MENTEES]),
        "1; Алиев Самед Гасан оглы; +7 914 000-00-00 (мать); 2014; Адаптация в новом классе; "
        "09.11.2026; Иванов Никита Сергеевич; ученик – ученик; 10 «А» класс; 31.05.2027; "
        "Средний балл вырос; nastavnichestvo/aliev; Да",
    ]


def test_the_register_of_mentors_prints_in_the_order_of_its_columns():
    words = render_text(build_register(SCHOOL, Register.MENTORS, [MENTOR, MENTOR], ON))
    assert "В базе 2 наставника: список в приложении.\n" in words
    assert words.endswith(
        "\n2; Дашинимаев Баир Цыренович; +7 914 000-00-01; МБОУ «СОШ № 94» г. Читы; Методика "
        "математики; Учитель года; Шахматы; 22–30; 2 часа в неделю; 22.10.2026; Гладких Денис "
        "Олегович; учитель – учитель; МБОУ «СОШ № 94» г. Читы; 31.05.2027; Маршрут выполнен; -\n"
    )


@pytest.mark.parametrize("kind", Register)
def test_it_lies_sideways_and_says_where_its_words_come_from(kind):
    paper = build_register(SCHOOL, kind, [ROWS[kind]], ON)
    assert paper.annexes[0].is_landscape
    sources = [
        run.piece.source
        for line in lines(paper)
        if line.annex
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    ]
    assert len(sources) == len(COLUMNS[kind])
    assert f"{kind}.1.name" in sources
    assert from_json(to_json(paper)) == paper


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Register.MENTEES, "В базе 0 наставляемых.\n"), (Register.MENTORS, "В базе 0 наставников.\n")],
)
def test_an_empty_register_is_a_page_without_a_table(kind, words):
    paper = build_register(None, kind, [], ON)
    assert render_text(paper).endswith(words)
    assert [blank.source for blank in missing(paper)] == ["school.name", "school.short_name"]


@pytest.mark.parametrize("kind", Register)
def test_what_is_not_known_yet_is_an_empty_cell(kind):
    paper = build_register(SCHOOL, kind, [type(ROWS[kind])()], ON)
    assert missing(paper) == []
    assert render_text(paper).endswith("\n1" + "; " * (len(COLUMNS[kind]) - 1) + "\n")


@pytest.mark.parametrize("kind", Register)
def test_the_xlsx_has_the_same_columns_and_texts(kind):
    rows = table_of(kind, [ROWS[kind]])
    sheet = read_xlsx(render_xlsx(TITLES[kind], COLUMNS[kind], rows))
    assert [texts[: len(COLUMNS[kind])] for _, texts in sheet.rows] == [list(COLUMNS[kind]), *rows]
