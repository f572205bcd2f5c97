import dataclasses

from documents.kinds.acknowledgement_sheet import SheetFacts, build
from documents.kinds.facts import PersonFacts
from documents.printing import missing
from documents.render.text import render_text
from documents.storing import from_json, to_json
from tests.documents.people import GLADKIKH, NEPOMNYASHCHAYA, SCHOOL

SHEET = SheetFacts(
    school=SCHOOL,
    document_instrumental="приказом от 09.11.2026 № 178-од «О формировании наставнических пар»",
    people=(GLADKIKH, NEPOMNYASHCHAYA),
)


def test_the_sheet_has_a_line_to_sign_for_everybody():
    assert render_text(build(SHEET)).splitlines()[2:] == [
        "ЛИСТ ОЗНАКОМЛЕНИЯ",
        "С приказом от 09.11.2026 № 178-од «О формировании наставнических пар» ознакомлены:",
        "№; Фамилия, имя, отчество; Должность; Дата; Подпись",
        "1; Гладких Денис Олегович; учитель физики; ; ",
        "2; Непомнящая Ольга Фёдоровна; учитель русского языка и литературы; ; ",
    ]


def test_the_same_person_twice_is_no_error():
    paper = build(dataclasses.replace(SHEET, people=(GLADKIKH, GLADKIKH)))
    assert "2; Гладких Денис Олегович" in render_text(paper)


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(SheetFacts())
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "document.document_instrumental",
        "people",
    ]
    assert from_json(to_json(paper)) == paper


def test_half_known_people_are_blanks():
    paper = build(dataclasses.replace(SHEET, people=(PersonFacts(source="person.7"),)))
    assert [blank.source for blank in missing(paper)] == ["person.7.name", "person.7.post"]
