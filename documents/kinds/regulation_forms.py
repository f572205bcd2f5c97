"""The three forms that the Regulation carries as annexes, to be filled in by hand (D4).

The individual route (instruction line 418, D11), the agreement of mentor and mentee (line 419,
D10) and the mentor's report (line 420, D12), each with what 2.6–2.8 of the Regulation ask of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.kinds.facts import SchoolFacts
from documents.kinds.order import short_name
from documents.paper import Annex, Block, Clause, Heading, Paragraph, Stamp, Table, Words, fact
from documents.wording import NO_BREAK_SPACE

ROUTE = "route"
AGREEMENT = "agreement"
REPORT = "report"

_DAY = "«__» _______ 20__ г."
_PERIOD = f"с {_DAY} по {_DAY}"
_SIGN = "__________"
_NAME = "__________________"

_MENTEE = "Наставляемый (фамилия, имя, отчество; класс или должность)"
_MENTOR = "Наставник (фамилия, имя, отчество; класс или должность)"
PARENT = "Родитель (законный представитель) обучающегося, не достигшего 18 лет"


@dataclass(frozen=True)
class Form:
    """One annex. ``title_in_list`` is how «Приложения:» names it; ``title`` stands on the form."""

    id: str
    title_in_list: str
    title: str
    blocks: Callable[[str, SchoolFacts], tuple[Block, ...]]
    is_approved_by_curator: bool = False

    def build(self, number: int, school: SchoolFacts) -> Annex:
        """The form as annex ``number`` of the Regulation, empty, but for the school's name."""
        identifier = f"annex-{self.id}"
        stamp = Stamp(f"{identifier}-approved", (("УТВЕРЖДАЮ",), (f"Куратор {_NAME}",), (_DAY,)))
        return Annex(
            identifier,
            (f"Приложение {number} к Положению о{NO_BREAK_SPACE}наставничестве",),
            (self.title,),
            self.blocks(identifier, school),
            (stamp,) if self.is_approved_by_curator else (),
        )


ROUTE_FIELDS = (
    _MENTEE,
    _MENTOR,
    "Форма наставничества, вариант",
    "Приказ о формировании пары (группы)",
    "Срок реализации",
    "Цель",
    "Задачи",
)
ROUTE_COLUMNS = ("Мероприятие", "Срок", "Ожидаемый результат", "Отметка о выполнении")
ROUTE_WIDTHS = (6, 34, 14, 26, 20)


def route_signing(identifier: str, *, with_parent: bool = True) -> Table:
    """Where the sides sign the route; a parent signs for a pupil under age."""
    who = ("Наставник", "Наставляемый", *((PARENT,) if with_parent else ()))
    return _signing(f"{identifier}-signatures", who)


def _route(identifier: str, school: SchoolFacts) -> tuple[Block, ...]:
    rooms = ("", "", "", f"от {_DAY} № ________", _PERIOD, _lines(2), _lines(3))
    return (
        _fields(f"{identifier}-pair", tuple(zip(ROUTE_FIELDS, rooms, strict=True))),
        _numbered(f"{identifier}-activities", ROUTE_COLUMNS, rows=10, widths=ROUTE_WIDTHS),
        route_signing(identifier),
    )


AGREEMENT_CLAUSES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "term",
        "Предмет и срок",
        (
            "Стороны взаимодействуют по программе наставничества ради цели, названной выше.",
            "Соглашение действует весь период наставничества.",
        ),
    ),
    (
        "duties",
        "Обязанности сторон",
        (
            "Стороны безусловно выполняют индивидуальный маршрут наставляемого.",
            "Наставник разрабатывает маршрут совместно с наставляемым, проводит встречи по "
            "графику, оказывает помощь и поддержку, соблюдает принцип «не навреди», в срок "
            "сдает отчеты куратору.",
            "Наставляемый выполняет мероприятия маршрута, участвует во встречах и "
            "анкетировании, сообщает наставнику и куратору о затруднениях.",
        ),
    ),
    (
        "meetings",
        "Порядок встреч",
        (
            "Встречи проходят во внеурочное время по согласованному сторонами графику.",
            "О переносе встречи сторона предупреждает другую сторону не позднее чем за день.",
        ),
    ),
    (
        "secrecy",
        "Конфиденциальность",
        (
            "Сведения, которые стороны узнали друг о друге, не передаются другим лицам, кроме "
            "куратора, а при угрозе жизни или здоровью – администрации организации и родителям "
            "(законным представителям).",
        ),
    ),
    (
        "end",
        "Досрочное прекращение",
        (
            "Каждая сторона вправе прекратить соглашение досрочно, предупредив куратора не "
            "менее чем за три рабочих дня.",
            "Куратор вправе прекратить соглашение, если маршрут не выполняется, и предложить "
            "замену наставника.",
        ),
    ),
)


def agreement_lead(identifier: str, school: SchoolFacts) -> Paragraph:
    """Who concludes the agreement of mentor and mentee: the same words in annex and paper."""
    return Paragraph(
        identifier,
        (
            "Стороны, участники программы наставничества в ",
            short_name(school),
            ", заключили соглашение о взаимодействии:",
        ),
    )


def agreement_clauses(identifier: str) -> tuple[Clause, ...]:
    """What both sides undertake (Regulation 2.7): the same words in annex and paper."""
    return tuple(
        Clause(
            f"{identifier}-{name}",
            (title,),
            tuple(
                Clause(f"{identifier}-{name}-{number}", (text,))
                for number, text in enumerate(texts, start=1)
            ),
            is_section=True,
        )
        for name, title, texts in AGREEMENT_CLAUSES
    )


def _agreement(identifier: str, school: SchoolFacts) -> tuple[Block, ...]:
    place = fact(school.place, f"{school.source}.place", "место составления")
    return (
        Table(f"{identifier}-place", (), (((place,), (_DAY,)),), (60, 40), is_plain=True),
        agreement_lead(f"{identifier}-lead", school),
        _fields(
            f"{identifier}-parties",
            (
                (_MENTOR, ""),
                (_MENTEE, ""),
                ("Форма наставничества, вариант", ""),
                ("Цель", _lines(2)),
                ("Период наставничества", _PERIOD),
                ("Как часто и где проходят встречи", _lines(1)),
            ),
        ),
        *agreement_clauses(identifier),
        Heading(f"{identifier}-signed", ("Подписи сторон:",)),
        _signing(f"{identifier}-signatures", ("Наставник", "Наставляемый", PARENT)),
    )


REPORT_FIELDS = (
    "Отчет (промежуточный, итоговый)",
    "Отчетный период",
    _MENTOR,
    _MENTEE,
    "Форма наставничества, вариант",
    "Проведено встреч",
)
REPORT_COLUMNS = ("Мероприятие маршрута", "Дата", "Результат", "Отметка о выполнении")
REPORT_WORDS = (
    "Динамика показателей наставляемого",
    "Удовлетворенность наставляемого, баллов из 10",
    "Затруднения",
    "Предложения, помощь куратора",
)


def report_signing(identifier: str) -> Table:
    return _signing(f"{identifier}-signatures", ("Наставник", "Отчет принял куратор"))


def _report(identifier: str, school: SchoolFacts) -> tuple[Block, ...]:
    rooms = ("", _PERIOD, "", "", "", "")
    words = (_lines(2), "", _lines(2), _lines(2))
    return (
        _fields(f"{identifier}-pair", tuple(zip(REPORT_FIELDS, rooms, strict=True))),
        _numbered(f"{identifier}-activities", REPORT_COLUMNS, rows=8, widths=ROUTE_WIDTHS),
        _fields(f"{identifier}-results", tuple(zip(REPORT_WORDS, words, strict=True))),
        report_signing(identifier),
    )


FORMS = (
    Form(
        ROUTE,
        "Форма индивидуального маршрута наставляемого",
        "Индивидуальный маршрут наставляемого",
        _route,
        is_approved_by_curator=True,
    ),
    Form(
        AGREEMENT,
        "Форма соглашения о взаимодействии",
        "Соглашение о взаимодействии между наставником и наставляемым",
        _agreement,
    ),
    Form(REPORT, "Форма отчета наставника", "Отчет наставника", _report),
)


def _lines(count: int) -> str:
    """Room to write: lines to be filled in by hand, a word of underscores each."""
    return " ".join(["_" * 44] * count)


def _fields(identifier: str, fields: Sequence[tuple[str, str]]) -> Table:
    """What is asked at the left, the room for the answer at the right."""
    rows: tuple[tuple[Words, ...], ...] = tuple(
        ((label,), (room,) if room else ()) for label, room in fields
    )
    return Table(identifier, (), rows, (40, 60))


def _numbered(
    identifier: str, columns: Sequence[str], *, rows: int, widths: tuple[int, ...]
) -> Table:
    """An empty table with numbered rows."""
    return Table(
        identifier,
        (("№",), *((column,) for column in columns)),
        tuple(((str(number),), *((),) * len(columns)) for number in range(1, rows + 1)),
        widths,
    )


def _signing(identifier: str, who: Sequence[str]) -> Table:
    """Who signs, the lines for signature and name, and the date."""
    rows: tuple[tuple[Words, ...], ...] = tuple(
        ((f"{role}:",), (f"{_SIGN} / {_NAME}",), (_DAY,)) for role in who
    )
    return Table(identifier, (), rows, (28, 42, 30), is_plain=True)
