import dataclasses
import datetime

from documents.kinds.facts import BasisFacts
from documents.kinds.order_of_change import ChangeFacts, build
from documents.printing import missing
from documents.render.text import render_text
from tests.documents.people import CURATOR, DIRECTOR, SCHOOL

FACTS = ChangeFacts(
    school=SCHOOL,
    date=datetime.date(2026, 12, 1),
    number="190-од",
    head=DIRECTOR,
    acquainted=(CURATOR,),
    changed=BasisFacts(
        datetime.date(2026, 11, 9), "178-од", "О формировании наставнических пар (групп)"
    ),
    reason="В связи с переводом наставляемого в другую организацию",
    changes=(
        "подпункт 3 пункта 1 исключить;",
        "пункт 2 после слова «Куратору» дополнить словами «с 1 декабря 2026 г.».",
    ),
)


def text(**changes):
    return render_text(build(dataclasses.replace(FACTS, **changes)))


def body(words):
    return words.split("г. Чита\n")[1].split("Директор ")[0]


def test_changes_of_an_order():
    assert body(text()) == (
        "О внесении изменений\n"
        "в приказ от 9 ноября 2026 г. № 178-од\n"
        "В связи с переводом наставляемого в другую организацию\n"
        "ПРИКАЗЫВАЮ:\n"
        "1. Внести в приказ от 9 ноября 2026 г. № 178-од «О формировании наставнических пар "
        "(групп)» следующие изменения:\n"
        "1) подпункт 3 пункта 1 исключить;\n"
        "2) пункт 2 после слова «Куратору» дополнить словами «с 1 декабря 2026 г.».\n"
        "2. Контроль за исполнением приказа оставляю за собой.\n"
    )


def test_one_change_has_no_number():
    assert ("(групп)» следующее изменение:\nпункт 2 исключить.\n2. Контроль") in text(
        changes=("пункт 2 исключить", " ")
    )


def test_cancelling_an_order():
    assert body(text(is_cancelling=True, changes=())) == (
        "Об отмене\n"
        "приказа от 9 ноября 2026 г. № 178-од\n"
        "В связи с переводом наставляемого в другую организацию\n"
        "ПРИКАЗЫВАЮ:\n"
        "1. Приказ от 9 ноября 2026 г. № 178-од «О формировании наставнических пар (групп)» "
        "считать утратившим силу.\n"
        "2. Контроль за исполнением приказа оставляю за собой.\n"
    )


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(ChangeFacts())
    assert [blank.source for blank in missing(paper)] == [
        "school.name",
        "school.short_name",
        "school.place",
        "document.reason",
        "basis.changed.date",
        "basis.changed.number",
        "basis.changed.subject",
        "document.changes",
        "school.head",
    ]
    assert "\nв приказ от ________ № ________\n" in render_text(paper)
    cancelling = build(ChangeFacts(is_cancelling=True))
    assert "Приказ от ________ № ________ «________» считать утратившим силу.\n" in render_text(
        cancelling
    )
