"""Russian wording and typography of papers: dates, agreement, quotes, no-break spaces.

Pure functions on strings. Names and positions in grammatical cases are not made here: papers use
the stored case forms only (domain notes § 6).
"""

import datetime
import re

CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")

NO_BREAK_SPACE = "\u00a0"
NO_BREAK_HYPHEN = "\u2011"

_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


# Dates


def date_in_words(date: datetime.date) -> str:
    """«9 октября 2026 г.», as in clauses (domain notes § 3.2)."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year} г."


def date_quoted(date: datetime.date) -> str:
    """«09» октября 2026 г. with the day in quotes and two digits, where the instruction has so."""
    return f"«{date.day:02d}» {_MONTHS[date.month - 1]} {date.year} г."


def date_numeric(date: datetime.date) -> str:
    """«09.11.2026», as in the line with the number and in approval stamps."""
    return f"{date.day:02d}.{date.month:02d}.{date.year:04d}"


def period_in_words(started_on: datetime.date | None, ended_on: datetime.date | None) -> str:
    """A term as plans have it (§ 7.3): «19–23 октября 2026 г.», «30 октября – 5 ноября 2026 г.»,
    «10 ноября 2026 г. – 14 мая 2027 г.», «21 мая 2027 г.» for one day; «до …» without a first day,
    «с …» without a last one, an empty string without both.
    """
    if started_on is None or ended_on is None:
        if ended_on:
            return f"до {date_in_words(ended_on)}"
        return f"с {date_in_words(started_on)}" if started_on else ""
    end = date_in_words(ended_on)
    if started_on == ended_on:
        return end
    if started_on.year != ended_on.year:
        return f"{date_in_words(started_on)} – {end}"
    if started_on.month != ended_on.month:
        return f"{started_on.day} {_MONTHS[started_on.month - 1]} – {end}"
    return f"{started_on.day}–{end}"


# Agreement


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun after ``number``: 1 член, 2 члена, 5 членов; 21 человек (§ 6.4)."""
    last_two = abs(number) % 100
    last = last_two % 10
    if 10 < last_two < 20 or last == 0 or last >= 5:
        return many
    return one if last == 1 else few


def agree(genders: str | list[str] | tuple[str, ...], masculine: str, feminine: str, many: str):
    """The form that agrees with one person or several (§ 6.4).

    ``genders``: "m" or "f" of each person. Two persons or more take ``many``; one person of
    unknown gender (an empty string) takes ``masculine``, the form of a person in general.
    """
    genders = [genders] if isinstance(genders, str) else list(genders)
    if len(genders) > 1:
        return many
    return feminine if genders == ["f"] else masculine


_PUPIL = {
    "m": [
        "обучающийся",
        "обучающегося",
        "обучающемуся",
        "обучающегося",
        "обучающимся",
        "обучающемся",
    ],
    "f": ["обучающаяся", "обучающейся", "обучающейся", "обучающуюся", "обучающейся", "обучающейся"],
}


def pupil(gender: str, class_name: str, case: str = "nominative") -> str:
    """«обучающийся 10 «А» класса» in ``case``; ``gender`` is "m" or "f", KeyError otherwise."""
    return f"{_PUPIL[gender][CASES.index(case)]} {class_name} класса"


_WITH_VOWEL = re.compile(
    r"(?:[сзшж][бвгджзйклмнпрстфхцчшщ]|щ|[лр][бвгджзклмнпрстфхцчшщь]|мн|мст|вс|вт)", re.IGNORECASE
)


def with_preposition(word: str) -> str:
    """«с» or «со» as it stands before ``word``: с Черных, со Смирновой, со Щербаковым."""
    return "со" if _WITH_VOWEL.match(word) else "с"


def people(number: int) -> str:
    """«12 человек», «22 человека» (§ 6.4)."""
    return f"{number} {plural(number, 'человек', 'человека', 'человек')}"


def signature_name(short: str) -> str:
    """«Очирова Г.Ц.» as it stands beside a signature: «Г.Ц. Очирова» (§ 3.2)."""
    surname, _, initials = short.replace(NO_BREAK_SPACE, " ").strip().rpartition(" ")
    return f"{initials} {surname}" if surname and initials.endswith(".") else short.strip()


# Typography


_SPACES = re.compile("[\\t-\\r\\x85\\u2028\\u2029 ]+")
_SPACES_MET = re.compile("[ \u00a0]{2,}")
_UNPRINTABLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
    "\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)


def clean(text: str) -> str:
    """``text`` on one line, without characters that XML forbids or that turn a line round.

    Word processors refuse a file with control characters, so the renderers never see them.
    """
    return _SPACES_MET.sub(" ", _UNPRINTABLE.sub("", _SPACES.sub(" ", text)))


_ABBREVIATED = re.compile(
    r"(?<!\w)(?:\w|гг|вв|др|пр|проч|ст|стр|им|ул|руб|коп|тыс|млн|чел|экз|прил)\.$"
)


def ended(text: str, mark: str) -> tuple[str, str]:
    """``text`` somebody typed and the mark to print after it, so that no two marks meet.

    ``mark`` is «.», «;» or empty. A stop that ends a sentence gives way to ``mark``, one that
    belongs to an abbreviation stays («2026 г.;») and is itself the full stop at the end.
    """
    text = clean(text).strip()
    bare = text.rstrip(" \u00a0;,:.")
    if not bare or "." not in text[len(bare) :]:
        return bare, "" if mark == "." and bare.endswith(("!", "?", "…")) else mark
    if mark == ".":
        return f"{bare}.", ""
    return (f"{bare}." if _ABBREVIATED.search(f"{bare}.") else bare), mark


def nest_quotes(text: str) -> str:
    """Quotes inside quotes as „лапки“: «О школе «Лад»» becomes «О школе „Лад“» (§ 6.4).

    One character for one. A text whose quotes do not pair off is returned as it is.
    """
    if text.count("«") < 2:
        return text
    depth, out = 0, []
    for c in text:
        if c == "«":
            depth += 1
            out.append("„" if depth % 2 == 0 else c)
        elif c == "»":
            if not depth:
                return text
            out.append("“" if depth % 2 == 0 else c)
            depth -= 1
        else:
            out.append(c)
    return "".join(out) if depth == 0 else text


def _turn_quotes(text: str) -> str:
    """Typewriter quotes as «ёлочки»."""
    if '"' not in text:
        return text
    text = re.sub(r'(^|(?<=[\s(\[«„–—/-]))"(?=\S)', "«", text)
    return text.replace('"', "»")


_MONTH = "|".join(_MONTHS)
# Of names; the Buryat letters among them.
_UPPER, _LOWER = "А-ЯЁҮӨҺA-Z", "а-яёүөһa-z"
_TIED = re.compile(
    rf"""
    (?<=№)[ ]                                       # № 94
    | (?<=\d)[ ](?=(?:{_MONTH})\b)                  # 9 октября
    | (?<=\d»)[ ](?=(?:{_MONTH})\b)                 # «09» октября
    | (?<=\d\d\d\d)[ ](?=гг?\.|год)                 # 2026 г., 2026–2027 гг., 2026 год
    | (?<=\d)[ ](?=%|класс|человек|час|руб|тыс)      # 12 человек
    | (?<=\d)[ ](?=[«„][А-ЯЁA-Z][»“])               # 10 «А»
    | (?<!\d[ \u00a0]г\.)(?<=\b[гГ]\.)[ ](?=[А-ЯЁ])   # г. Чита
    | (?<=\b[сдп]\.)[ ](?=[А-ЯЁ])                   # с. Домна
    | (?<=\b(?:ул|им|пр|пл)\.)[ ](?=[А-ЯЁ«„])       # ул. Ленина, им. А.С. Пушкина
    | (?<=\b[пчд]\.)[ ](?=\d)                       # п. 5
    | (?<=\b(?:ст|пп|гл|кв)\.)[ ](?=\d)             # ст. 351.8
    | (?<=\b(?:абз|стр|рис)\.)[ ](?=\d)
    | (?<=\bт\.)[ ](?=[дпекч]\.)                    # т. д.
    | [ ](?=РФ\b)                                   # ТК РФ
    | (?<=\b[{_UPPER}]\.)[ ](?=[{_UPPER}])          # Г.Ц. Очирова, Г. Ц. Очирова
    | (?<=[{_UPPER}{_LOWER}])[ ](?=[{_UPPER}]\.(?:[ \u00a0]?[{_UPPER}]\.)?(?!\w)) # Очирова Г.Ц.
    | [ ](?=[–—](?:[ ]|$))                          # a line never begins with a dash
    """,
    re.VERBOSE,
)
_NUMBER_HYPHEN = re.compile(
    r"(?<=\d)-(?=(?:[а-яё]{1,4}|[А-ЯЁ]{1,3})(?!\w))"  # 178-од, 152-ФЗ
    r"|(?<=\b[А-ЯЁ])-(?=\d)|(?<=\b[А-ЯЁ][А-ЯЁ])-(?=\d)"  # Р-145, АЗ-1128/08
)
_HYPHEN_AS_DASH = re.compile(r"(?<= )[-—](?= )")


def typographic(text: str) -> str:
    """``text`` as a typesetter would set it; never longer or shorter, one character for one.

    Typewriter quotes turn into «ёлочки» and inner ones into „лапки“, a hyphen between spaces
    into a dash, and what must not part at the end of a line is tied with no-break spaces:
    № 94, 9 октября, 2026 г., Г.Ц. Очирова, 10 «А», г. Чита; a no-break hyphen in 178-од. So no
    printed line ends with «№» or with an initial before its name.
    """
    text = nest_quotes(_turn_quotes(text))
    text = _HYPHEN_AS_DASH.sub("–", text)
    text = _TIED.sub(NO_BREAK_SPACE, text)
    return _NUMBER_HYPHEN.sub(NO_BREAK_HYPHEN, text)


def plain(text: str) -> str:
    """``text`` with ordinary spaces and hyphens, for plain-text files and comparing."""
    return text.replace(NO_BREAK_SPACE, " ").replace(NO_BREAK_HYPHEN, "-")
