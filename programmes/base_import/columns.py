"""The columns of the spreadsheets of both bases: how a typed text becomes a value, and back."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from programmes.mentees.models import Channel
from programmes.mentors.forms import GREATEST_AGE, LEAST_AGE
from programmes.models import MentoringForm, NeedCategory, Programme
from programmes.needs.weekdays import WEEKDAYS
from programmes.people import columns as people
from programmes.people.spreadsheet import FORMULA
from programmes.text import clean_text, search_key

GREATEST_CAPACITY = 50
_FULL_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота")
DAYS = {
    **{title: number for number, title in WEEKDAYS},
    **{str(number): number for number, _ in WEEKDAYS},
    **{title: number for number, title in enumerate(_FULL_DAYS, 1)},
}
YES_NO = {"да": True, "+": True, "1": True, "нет": False, "-": False, "0": False}


@dataclass(frozen=True)
class Lists:
    """What a cell may name: the school's categories and the programme's forms."""

    categories: dict[str, list[NeedCategory]]
    forms: dict[str, MentoringForm]

    @classmethod
    def of(cls, programme: Programme) -> "Lists":
        categories: dict[str, list[NeedCategory]] = {}
        for category in NeedCategory.objects.filter(school=programme.school_id, is_used=True):
            categories.setdefault(search_key(category.title), []).append(category)
        forms = {}
        for form in programme.forms.all():
            forms[_plain(form.title)] = forms[_plain(form.code)] = form
        return cls(categories, forms)


def _plain(text: str) -> str:
    """Titles of forms are typed with any dash."""
    return re.sub(r"\s*[-–—−]\s*", "-", search_key(text))


def _parts(text: str) -> list[str]:
    """The values of one cell: they part with semicolons or line ends, else with commas."""
    mark = r"[;\n]" if re.search(r"[;\n]", text) else ","
    return [part.strip() for part in re.split(mark, text) if part.strip()]


def read_categories(text: str, lists: Lists) -> list[NeedCategory]:
    """Categories by their titles; of one title for both audiences, all of them."""
    whole = lists.categories.get(search_key(text))
    if whole:  # a title may hold a comma itself
        return whole
    found: list[NeedCategory] = []
    for part in _parts(text):
        named = lists.categories.get(search_key(part))
        if not named:
            raise ValueError(
                f"Нет категории «{part[:100]}». Возьмите одну из настроек школы или добавьте её."
            )
        found += [category for category in named if category not in found]
    return found


def read_forms(text: str, lists: Lists) -> list[MentoringForm]:
    found = []
    for part in _parts(text):
        form = lists.forms.get(_plain(part))
        if form is None:
            titles = ", ".join(sorted({f"«{form.title}»" for form in lists.forms.values()}))
            raise ValueError(f"Нет формы «{part[:100]}» в программе. Есть: {titles}.")
        if form not in found:
            found.append(form)
    return found


def read_days(text: str, lists: Lists) -> list[int]:
    found = set()
    for part in re.split(r"[\s,;]+", text.lower()):
        if not part.strip("."):
            continue
        if part.strip(".") not in DAYS:
            raise ValueError("Дни пишутся так: вт, чт. Подходят дни с пн по сб.")
        found.add(DAYS[part.strip(".")])
    return sorted(found)


def read_channel(text: str, lists: Lists) -> str:
    for value, label in Channel.choices:
        if search_key(text) == search_key(label):
            return value
    raise ValueError(f"Пишется одно из: {', '.join(Channel.labels)}.")


def read_yes_no(text: str, lists: Lists) -> bool:
    try:
        return YES_NO[text.lower().strip(" .")]
    except KeyError:
        raise ValueError("Пишется да или нет.") from None


def read_day(text: str, lists: Lists) -> datetime.date | None:
    return people.read_date(text)


def number(first: int, last: int) -> Callable[[str, Lists], int]:
    def read(text: str, lists: Lists) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", text) or not first <= int(text) <= last:
            raise ValueError(f"Целое число от {first} до {last}.")
        return int(text)

    return read


def words(length: int) -> Callable[[str, Lists], str]:
    limited = people.limited(length)
    return lambda text, lists: limited(text)


@dataclass(frozen=True)
class Column:
    """A column of a base. ``key`` is a field of the entry, or of a person where ``read`` is None;
    ``write`` turns the field of an entry into the text that ``read`` reads."""

    key: str
    title: str
    read: Callable[[str, Lists], object] | None = None
    write: Callable[[object], str] = str
    synonyms: tuple[str, ...] = ()
    example: str = ""
    is_required: bool = False


def _titles(rows) -> str:
    return "; ".join(row.title for row in rows)


def _number(value) -> str:
    return "" if value is None else str(value)


def _day(value: datetime.date) -> str:
    return f"{value:%d.%m.%Y}"


def _weekdays(days: list[int]) -> str:
    return ", ".join(title for number, title in WEEKDAYS if number in days)


_PERSON = tuple(
    Column(column.key, column.title, synonyms=column.synonyms, example=column.example)
    for column in people.COLUMNS
)
_SHARED = (
    Column("interests", "Интересы", words(500), example="шахматы"),
    Column("days", "Свободные дни", read_days, _weekdays, ("дни",), "вт, чт"),
    Column("times", "Время", words(200), str, ("в какое время",), "после 6-го урока"),
    Column(
        "forms", "Формы наставничества", read_forms, _titles,
        ("форма", "формы", "форма наставничества"), "ученик – ученик",
    ),
)  # fmt: skip
_FROM = Column("started_on", "В базе с", read_day, _day, ("дата вхождения",), "19.10.2026")
MENTEES = (
    *_PERSON,
    Column("need", "Запрос", words(500), str, ("основной запрос",), "математика, общение"),
    Column(
        "categories", "Категории запроса", read_categories, _titles, ("категории", "категория"),
        "математика и точные науки",
    ),
    *_SHARED,
    Column(
        "channel", "Откуда заявка", read_channel, lambda value: Channel(value).label,
        ("канал", "откуда"), Channel.CLASS_TEACHER.label,
    ),
    Column(
        "is_new_here", "Новое место работы", read_yes_no, lambda value: "да" if value else "нет",
        (), "нет",
    ),
    _FROM,
)  # fmt: skip
MENTORS = (
    *_PERSON,
    Column(
        "competences", "Компетенции", words(500), str, ("основные компетенции",),
        "математика, олимпиады",
    ),
    Column(
        "categories", "В чём поможет", read_categories, _titles, ("категории", "категория"),
        "математика и точные науки",
    ),
    Column(
        "capacity", "Наставляемых, не более", number(1, GREATEST_CAPACITY), _number,
        ("наставляемых не более", "мест"), "2",
    ),
    Column("achievements", "Достижения", words(500), str, ("важные для программы достижения",)),
    *_SHARED,
    Column("age_from", "Возраст от", number(LEAST_AGE, GREATEST_AGE), _number, (), "10"),
    Column("age_to", "Возраст до", number(LEAST_AGE, GREATEST_AGE), _number, (), "13"),
    Column("motivation", "Почему хочет быть наставником", words(1000), str, ("мотивация",)),
    _FROM,
)  # fmt: skip
COLUMNS = {"mentees": MENTEES, "mentors": MENTORS}
SEVERAL = ("categories", "forms")  # fields that hold rows


def own(base: str) -> list[Column]:
    """The columns that say something of the entry, not of the person."""
    return [column for column in COLUMNS[base] if column.read is not None]


def find_columns(base: str, header: list[str]) -> tuple[dict[str, int], list[str]]:
    """Where each column stands in a header row: key → index, and the titles nobody knows."""
    places: dict[str, int] = {}
    unknown = []
    for index, title in enumerate(header):
        name = " ".join(title.lower().split())
        if not name:
            continue
        if name.replace("ё", "е") in people.FULL_NAME:
            places["full_name"] = index
            continue
        column = next(
            (c for c in COLUMNS[base] if name == c.title.lower() or name in c.synonyms), None
        )
        if column is None:
            unknown.append(title)
        else:
            places.setdefault(column.key, index)
    return places, unknown


def read_entry(base: str, cells: dict[str, str], lists: Lists) -> tuple[dict, dict[str, str]]:
    """What the row says of the entry by field, without what it leaves empty; errors by column."""
    values: dict[str, object] = {}
    errors: dict[str, str] = {}
    for column in own(base):
        text = clean_text(cells.get(column.key, "")).strip()
        if not text:
            continue
        if text == FORMULA:
            errors[column.key] = "В ячейке формула. Вставьте её значение."
            continue
        try:
            values[column.key] = column.read(text, lists)
        except ValueError as error:
            errors[column.key] = str(error)
    first, last = values.get("age_from"), values.get("age_to")
    if first is not None and last is not None and last < first:
        errors["age_to"] = "Возраст «до» меньше возраста «от»."
    return values, errors


def texts_of(columns: tuple[Column, ...], entry) -> list[str]:
    """An entry as the texts of its row: importing them again changes nothing."""
    cells = people.cells_of(entry.person)
    texts = []
    for column in columns:
        if column.read is None:
            texts.append(cells[column.key])
        elif column.key in SEVERAL:
            texts.append(column.write(getattr(entry, column.key).all()))
        else:
            texts.append(column.write(getattr(entry, column.key)))
    return texts
