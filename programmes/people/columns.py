"""The columns of the people spreadsheet: their titles, and how a typed text becomes a value."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from programmes.people.declension import validate_name_part
from programmes.people.models import Gender, Kind, Person, parse_class
from programmes.people.spreadsheet import FORMULA
from programmes.text import clean_text

EARLIEST_BIRTH = datetime.date(1900, 1, 1)
GENDERS = {
    "м": "m", "муж": "m", "мужской": "m", "m": "m",
    "ж": "f", "жен": "f", "женский": "f", "f": "f",
}  # fmt: skip
KINDS = {
    "обучающийся": Kind.PUPIL, "обучающаяся": Kind.PUPIL, "ученик": Kind.PUPIL,
    "ученица": Kind.PUPIL, "школьник": Kind.PUPIL,
    "учитель": Kind.TEACHER, "педагог": Kind.TEACHER, "работник": Kind.TEACHER,
    "педагогический работник": Kind.TEACHER, "сотрудник": Kind.TEACHER,
    "студент": Kind.STUDENT, "студентка": Kind.STUDENT,
    "работодатель": Kind.EMPLOYER,
    "родитель": Kind.PARENT, "родитель (законный представитель)": Kind.PARENT,
}  # fmt: skip
KIND_TITLES = {
    Kind.PUPIL: "обучающийся",
    Kind.TEACHER: "учитель",
    Kind.STUDENT: "студент",
    Kind.EMPLOYER: "работодатель",
    Kind.PARENT: "родитель",
}


def read_date(text: str) -> datetime.date | None:
    """A date typed as 09.11.2010 or 2010-11-09. ValueError with words otherwise."""
    if not text:
        return None
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text[:10], form).date()
        except ValueError:
            continue
    raise ValueError("Дата пишется так: 09.11.2010.")


def read_birth_date(text: str, today: datetime.date | None = None) -> datetime.date | None:
    date = read_date(text)
    check_birth_date(date, today)
    return date


def check_birth_date(date: datetime.date | None, today: datetime.date | None = None) -> None:
    """ValueError when the date cannot be somebody's birth date."""
    today = today or datetime.date.today()
    if date is not None and date > today:
        raise ValueError("Дата рождения в будущем.")
    if date is not None and date < EARLIEST_BIRTH:
        raise ValueError("Дата рождения раньше 1900 года.")


def read_name(text: str) -> str:
    if not text:
        raise ValueError("Не заполнено.")
    return validate_name_part(text)


def read_gender(text: str) -> str:
    if not text:
        raise ValueError("Пол не указан: напишите м или ж. По имени портал его не угадывает.")
    try:
        return GENDERS[text.lower().strip(" .")]
    except KeyError:
        raise ValueError("Пол пишется м или ж.") from None


def read_kind(text: str) -> str:
    if not text:
        raise ValueError("Не указано, кто это: обучающийся, учитель, студент…")
    try:
        return KINDS[text.lower()]
    except KeyError:
        raise ValueError(
            "Пишется одно из: обучающийся, учитель, студент, работодатель, родитель."
        ) from None


def read_email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError("Адрес написан с ошибкой.") from None
    return text


def read_phone(text: str) -> str:
    if text and not re.fullmatch(r"[\d +()\-–.,;доб]{3,30}", text):
        raise ValueError("В телефоне только цифры, +, скобки и дефисы, до 30 знаков.")
    return text


def limited(length: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > length:
            raise ValueError(f"Длиннее {length} знаков.")
        return text

    return read


def read_class(text: str) -> tuple[int | None, str]:
    return parse_class(text) if text else (None, "")


@dataclass(frozen=True)
class Column:
    """``key`` is a field of Person but for «class»; ``synonyms`` in lower case."""

    key: str
    title: str
    read: Callable[[str], object]
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    example: str = ""


COLUMNS = (
    Column("surname", "Фамилия", read_name, ("фам",), True, "Иванов"),
    Column("first_name", "Имя", read_name, (), True, "Никита"),
    Column(
        "patronymic",
        "Отчество",
        lambda text: validate_name_part(text) if text else "",
        ("отч",),
        False,
        "Сергеевич",
    ),
    Column("gender", "Пол", read_gender, (), True, "м"),
    Column("birth_date", "Дата рождения", read_birth_date, ("д.р.", "др", "дата рожд."), False,
           "14.03.2011"),
    Column("kind", "Кто", read_kind, ("категория", "тип", "кто это"), True, "обучающийся"),
    Column("class", "Класс", read_class, (), False, "10а"),
    Column("position", "Должность", limited(200), ("должность в школе",), False, ""),
    Column("phone", "Телефон", read_phone, ("тел", "тел.", "телефон для связи"), False,
           "+7 914 000-00-00"),
    Column("email", "Электронная почта", read_email, ("почта", "e-mail", "email"), False, ""),
    Column("guardian_contact", "Контакт родителя", limited(200),
           ("контакт представителя", "родитель, телефон"), False, "Иванова А. П., +7 914 000-00"),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
FULL_NAME = ("фио", "ф.и.о.", "ф. и. о.", "фамилия, имя, отчество", "фамилия имя отчество")


def find_columns(header: list[str]) -> tuple[dict[str, int], list[str]]:
    """Where each column stands in a header row: key → index, and the titles nobody knows."""
    places: dict[str, int] = {}
    unknown = []
    for index, title in enumerate(header):
        name = " ".join(title.lower().replace("ё", "е").split())
        if not name:
            continue
        if name in FULL_NAME:
            places["full_name"] = index
            continue
        column = next((c for c in COLUMNS if name == c.title.lower() or name in c.synonyms), None)
        if column is None:
            unknown.append(title)
        else:
            places.setdefault(column.key, index)
    return places, unknown


def lacking(places: dict[str, int]) -> list[str]:
    """Titles of required columns that the header does not have."""
    has_name = "full_name" in places
    return [
        c.title
        for c in COLUMNS
        if c.is_required
        and c.key not in places
        and not (has_name and c.key in ("surname", "first_name"))
    ]


def cells_read(places: dict[str, int], texts: list[str]) -> dict[str, str]:
    """The cells of a row that are not empty, by column key; a whole name parted into its parts.

    ``places``: column key → number of the column from 0.
    """
    cells = {
        key: texts[index] for key, index in places.items() if index < len(texts) and texts[index]
    }
    if "full_name" in cells:
        parts = split_full_name(cells.pop("full_name"))
        for key, text in zip(("surname", "first_name", "patronymic"), parts, strict=True):
            cells.setdefault(key, text)
    return cells


def split_full_name(text: str) -> tuple[str, str, str]:
    """«Алиев Самед Гасан оглы» → surname, first name, and the rest as patronymic."""
    words = text.split(maxsplit=2)
    return (*words, "", "", "")[:3]  # type: ignore[return-value]


def read_row(cells: dict[str, str]) -> tuple[dict[str, object], dict[str, str]]:
    """Values of a row by field of Person, and what is wrong by key of the column, in Russian."""
    values: dict[str, object] = {}
    errors: dict[str, str] = {}
    for column in COLUMNS:
        if cells.get(column.key) == FORMULA:
            errors[column.key] = "В ячейке формула. Вставьте её значение."
            continue
        text = clean_text(cells.get(column.key, "")).strip()
        try:
            value = column.read(text)
        except ValueError as error:
            errors[column.key] = str(error)
            continue
        if column.key == "class":
            values["grade"], values["letter"] = value  # type: ignore[misc]
        else:
            values[column.key] = value
    for key, words in contradictions(values).items():
        errors.setdefault(key, words)
    return values, errors


def contradictions(values: dict[str, object]) -> dict[str, str]:
    """What fits no person although each value is well written: key of the column → words."""
    found = {}
    if values.get("kind") == Kind.PUPIL and "grade" in values and not values["grade"]:
        found["class"] = "У обучающегося должен быть класс, например 7а."
    if values.get("kind") == Kind.TEACHER and values.get("position") == "":
        found["position"] = "У работника должна быть должность, например: учитель математики."
    return found


def cells_of(person: Person) -> dict[str, str]:
    """A person as the texts of the spreadsheet: what ``read_row`` reads back to the same values."""
    return {
        "surname": person.surname,
        "first_name": person.first_name,
        "patronymic": person.patronymic,
        "gender": "м" if person.gender == Gender.MALE else "ж",
        "birth_date": person.birth_date.strftime("%d.%m.%Y") if person.birth_date else "",
        "kind": KIND_TITLES[Kind(person.kind)],
        "class": f"{person.grade}{person.letter.lower()}" if person.grade else "",
        "position": person.position,
        "phone": person.phone,
        "email": person.email,
        "guardian_contact": person.guardian_contact,
    }
