"""Russian case forms of names and positions (domain notes § 6).

Gender is given, never guessed. Names follow an ordered list of rules by ending, after a table of
exceptions (``declension_guard.json``): the rules are those of the reference grammars, and where
usage varies (fleeting vowels of surnames, stress in the instrumental) the guard holds the decision.
No library of names is used: those that exist go by lists of endings too, miss the names of our
regions and cannot be corrected rule by rule.
Every stored form can be corrected by hand, since the last word on a name is its bearer's.
Positions are declined by pymorphy3: leading adjectives and the head noun, nothing else.
"""

import enum
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
NBSP = "\u00a0"
VOWELS = "аеёиоуыэюяүө"
HUSHING = "жчшщ"
# Five endings: genitive, dative, accusative, instrumental, prepositional.
Endings = tuple[str, str, str, str, str]


class Gender(enum.StrEnum):
    MALE = "m"
    FEMALE = "f"


@cache
def _guard() -> dict:
    path = Path(__file__).with_name("declension_guard.json")
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_guard()[name])


def decline_name(
    surname: str, first_name: str, patronymic: str, gender: str
) -> dict[str, dict[str, str]]:
    """Six cases of each part: {"surname": {case: text}, "first_name": …, "patronymic": …}.

    An empty part stays empty. Nothing raises: an unknown ending stays as it is.
    """
    return {
        "surname": _compound(surname, gender, _surname, is_surname=True),
        "first_name": _compound(first_name, gender, _first_name),
        "patronymic": _forms(patronymic, gender, _patronymic),
    }


def _forms(word: str, gender: str, rule) -> dict[str, str]:
    """The six forms of one word by a rule that works in lower case; letter case is kept."""
    forms = rule(word.lower(), gender) if word else None
    if forms is None:
        return dict.fromkeys(CASES, word)
    return dict(zip(CASES, (word, *(_like(word, form) for form in forms)), strict=True))


def _like(model: str, form: str) -> str:
    """``form`` in the letters of ``model``: capitals stay capitals, the beginning is kept."""
    if len(model) > 1 and model.isupper():
        return form.upper()
    same = 0
    while same < min(len(model), len(form)) and model[same].lower() == form[same]:
        same += 1
    start = model[:same]
    if same == 0 and model[:1].isupper():
        return form.capitalize()
    return start + form[same:]


def _compound(text: str, gender: str, rule, is_surname: bool = False) -> dict[str, str]:
    """Names of several words or with hyphens.

    Hyphenated parts decline each by itself, but for first parts that are no surnames (Тер-).
    Of several words only the last declines (Ким Чен Ир, фон Берг).
    """
    words = text.split(" ")
    if len(words) > 1:
        last = _compound(words[-1], gender, rule, is_surname)
        return {case: " ".join([*words[:-1], last[case]]) for case in CASES}
    parts = text.split("-")
    declined = [
        dict.fromkeys(CASES, part)
        if is_surname and index < len(parts) - 1 and part.lower() in _listed("fixed_first_parts")
        else _forms(part, gender, rule)
        for index, part in enumerate(parts)
    ]
    return {case: "-".join(part[case] for part in declined) for case in CASES}


def _with(stem: str, endings: Endings) -> list[str]:
    return [stem + ending for ending in endings]


# Endings by kind of declension

PRONOMINAL_M: Endings = ("а", "у", "а", "ым", "е")
PRONOMINAL_F: Endings = ("ой", "ой", "у", "ой", "ой")


def _adjective(word: str, gender: str) -> list[str]:
    """Surnames that are adjectives: Толстой, Белый, Осадчий, Непомнящая, Зимняя."""
    stem, ending = word[:-2], word[-2:]
    if gender == Gender.FEMALE:
        soft = ending == "яя" or (
            stem[-1] in HUSHING and word not in _listed("stressed_adjectives")
        )
        accusative = "юю" if ending == "яя" else "ую"
        oblique = "ей" if soft else "ой"
        return _with(stem, (oblique, oblique, accusative, oblique, oblique))
    soft = ending == "ий" and stem[-1] not in "кгх"
    instrumental = "им" if ending == "ий" or stem[-1] in HUSHING + "кгх" else "ым"
    if soft:
        return _with(stem, ("его", "ему", "его", instrumental, "ем"))
    return _with(stem, ("ого", "ому", "ого", instrumental, "ом"))


def _first_declension(word: str) -> list[str]:
    """Words in -а and -я of either gender: Кваша, Никита, Дарима, Илья, Мария, Данелия."""
    stem, last = word[:-1], word[-1]
    before = stem[-1:]
    if last == "а":
        genitive = "и" if before in "кгх" + HUSHING else "ы"
        hushed = before in HUSHING + "ц" and word not in _listed("stressed_a")
        instrumental = "ей" if hushed else "ой"
        return _with(stem, (genitive, "е", "у", instrumental, "е"))
    if before == "и" and _vowels(word) > 2:  # but Лие, Ие: the stem has one syllable
        return _with(stem, ("и", "и", "ю", "ей", "и"))
    instrumental = "ёй" if word in _listed("stressed_ya") else "ей"
    return _with(stem, ("и", "е", "ю", instrumental, "е"))


def _second_declension(word: str, oblique: str | None = None) -> list[str]:
    """Men's words in a consonant, -й or -ь; ``oblique`` is the stem when a vowel has fled."""
    last = word[-1]
    if last == "й":
        stem = oblique or word[:-1]
        if oblique:
            return _with(stem, ("я", "ю", "я", "ём", "е"))
        locative = "и" if stem.endswith("и") and len(stem) > 2 else "е"
        return _with(stem, ("я", "ю", "я", "ем", locative))
    if last == "ь":
        stem = oblique or word[:-1]
        instrumental = "ём" if word in _listed("stressed_soft") else "ем"
        return _with(stem, ("я", "ю", "я", instrumental, "е"))
    stem = oblique or word
    return _with(stem, ("а", "у", "а", _hard_instrumental(word), "е"))


def _hard_instrumental(word: str) -> str:
    """-ом, but -ем after an unstressed hushing sound or ц (Бабичем; Ткачом, Кравцом)."""
    last = word[-1]
    if last not in HUSHING + "ц":
        return "ом"
    if word in _listed("unstressed_ec"):
        return "ем"
    is_single = _vowels(word) == 1
    if last == "ц":
        stressed = word.endswith("ец") and len(word) > 3 and word[-3] not in VOWELS
        return "ом" if stressed else "ем"
    return "ом" if is_single or word.endswith(("ач", "уч", "юч", "ущ", "ящ")) else "ем"


def _vowels(word: str) -> int:
    return sum(letter in VOWELS for letter in word)


# Surnames


def _surname(word: str, gender: str) -> list[str] | None:
    """Forms of a surname, or None when it does not decline."""
    if len(word) < 2 or word in _listed("fixed_surnames"):
        return None
    if word[-1] not in "абвгдёжзйклмнпрстфхцчшщьяһ" or not word.isalpha():
        return None
    if word.endswith(("ых", "их")) and _vowels(word) > 1:
        return None
    if gender == Gender.FEMALE:
        return _womans_surname(word)
    return _mans_surname(word)


def _womans_surname(word: str) -> list[str] | None:
    if word[-1] not in "ая":
        return None
    if word.endswith(("ова", "ева", "ёва", "ина", "ына")) and word not in _listed("noun_surnames"):
        if _vowels(word) > 2 or (word[-3] != "и" and len(word) > 4):
            return _with(word[:-1], PRONOMINAL_F)
        return _first_declension(word)
    is_noun = word in _listed("noun_surnames")
    if word.endswith(("ая", "яя")) and _vowels(word) > 2 and not is_noun:
        return _adjective(word, Gender.FEMALE)
    return _surname_in_a(word)


def _surname_in_a(word: str) -> list[str] | None:
    if word[-1] == "а" and word[-2] in VOWELS:  # Моруа, Гарсиа, Эредиа
        return None
    return _first_declension(word)


def _mans_surname(word: str) -> list[str] | None:
    fled = _guard()["fleeting"].get(word)
    if fled:
        return _second_declension(word, fled)
    if word[-1] in "ая":
        return _surname_in_a(word)
    if word.endswith(("ов", "ев", "ёв", "ин", "ын")):
        foreign = word in _listed("foreign_ov_in")
        if foreign or (word.endswith(("ин", "ын")) and _vowels(word) == 1):
            return _second_declension(word)
        return _with(word, PRONOMINAL_M)
    if word.endswith("ый") and word not in _listed("noun_iy"):
        return _adjective(word, Gender.MALE)
    if word.endswith("ой"):
        is_noun = _vowels(word) == 1 or word in _listed("noun_oy")
        return _second_declension(word) if is_noun else _adjective(word, Gender.MALE)
    if word.endswith("ий"):
        return _surname_in_iy(word)
    if word.endswith("ец") and _vowels(word) > 1:
        return _second_declension(word, _ec_stem(word))
    return _second_declension(word)


def _surname_in_iy(word: str) -> list[str]:
    """-ский, -чий, -ний … are adjectives; Бабий, Кий, Гарий are nouns."""
    stem = word[:-2]
    if word in _listed("possessives"):
        return _with(f"{stem}ь", ("его", "ему", "его", "им", "ем"))
    is_adjective = (
        len(stem) > 1
        and stem[-1] in "кгх" + HUSHING + "н"
        and not word.endswith(("ений", "оний", "аний"))
    )
    return _adjective(word, Gender.MALE) if is_adjective else _second_declension(word)


def _ec_stem(word: str) -> str:
    """The stem of a surname in -ец: Кравца, Стрельца, Коломийца; but Кузнеца, Швеца."""
    stem, before = word[:-2], word[-3]
    if before in VOWELS:
        return f"{stem}йц"
    if len(stem) > 1 and stem[-2] not in VOWELS + "ь":
        return word
    return f"{stem}льц".replace("лльц", "льц") if before == "л" else f"{stem}ц"


# First names and patronymics


def _first_name(word: str, gender: str) -> list[str] | None:
    if len(word) < 2 or not word.isalpha() or word in _listed("fixed_names"):
        return None
    last = word[-1]
    if gender == Gender.FEMALE:
        if last == "ь" and not word.endswith("гюль"):
            return _with(word[:-1], ("и", "и", "ь", "ью", "и"))
        if last not in "ая" or _ends_in_two_vowels(word):
            return None
        return _first_declension(word)
    fled = _guard()["names"].get(word)
    if fled:
        return _second_declension(word, fled)
    if word in _listed("names_in_o"):
        return _first_declension(word[:-1] + "а")
    if last in "ая":
        return None if _ends_in_two_vowels(word) else _first_declension(word)
    if last in "оеёиыуюэ" or last not in "бвгджзйклмнпрстфхцчшщьһ":
        return None
    return _second_declension(word)


def _ends_in_two_vowels(word: str) -> bool:
    """Леа, Гиа, Жозуа do not decline; Мария and Соломея do."""
    return word[-1] == "а" and word[-2] in VOWELS


def _patronymic(word: str, gender: str) -> list[str] | None:
    """Russian patronymics; оглы, кызы and whatever has no Russian ending stay."""
    if gender == Gender.MALE and word.endswith("ич"):
        instrumental = "ом" if word in _listed("stressed_patronymics") else "ем"
        return _with(word, ("а", "у", "а", instrumental, "е"))
    if gender == Gender.FEMALE and word.endswith("на"):
        return _with(word[:-1], ("ы", "е", "у", "ой", "е"))
    return None


# Positions

PYMORPHY = {
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
FIXED_BEFORE_HYPHEN = frozenset(
    ("премьер", "вице", "обер", "унтер", "экс", "пресс", "медиа", "бизнес", "интернет", "веб")
)


@cache
def _morph():
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def decline_position(text: str) -> dict[str, str]:
    """Six cases of a position: {case: text}. Only leading adjectives and the head noun change.

    Abbreviations («и.о. директора», «врио директора») and unknown words stay as they are.
    """
    return dict(_position(text))


@cache
def _position(text: str) -> tuple[tuple[str, str], ...]:
    words = re.split(r"(\s+)", text)
    found: dict[int, dict[str, str]] = {}
    for index in range(0, len(words), 2):
        forms, is_head = _position_word(words[index], words[index + 2 : index + 3])
        if forms is None:
            break
        found[index] = forms
        if is_head:
            break
    return tuple(
        (
            case,
            "".join(found[i][case] if i in found else word for i, word in enumerate(words)),
        )
        for case in CASES
    )


def _position_word(word: str, following: list[str]) -> tuple[dict[str, str] | None, bool]:
    """Forms of a word of the position and whether it is the head; None when it stays as it is."""
    core = word.strip(',;:.()«»"')
    if not core or "." in word.rstrip(".") or core.lower() in ("врио", "вр"):
        return None, True
    parts = core.split("-")
    declined, is_head = [], True
    following = following if len(parts) == 1 else []
    for index, part in enumerate(parts):
        parse = _nominative(part.lower(), following)
        is_fixed = index < len(parts) - 1 and part.lower() in FIXED_BEFORE_HYPHEN
        if parse is None or is_fixed:
            declined.append(dict.fromkeys(CASES, part))
            continue
        declined.append(_inflected(part, parse))
        is_head = "NOUN" in parse.tag or not _agrees(parse, following)
    if all(len(set(forms.values())) == 1 for forms in declined):
        noun = _nominative(parts[-1].lower())
        if noun is None:
            return None, True
    whole = {case: "-".join(forms[case] for forms in declined) for case in CASES}
    start = word.find(core)
    return {
        case: word[:start] + form + word[start + len(core) :] for case, form in whole.items()
    }, is_head


def _nominative(word: str, following: list[str] | None = None):
    """The parse of a word as a noun or adjective in the nominative singular, the likeliest first;
    an adjective first where the next word agrees with it (старший вожатый)."""
    parses = [
        parse
        for parse in _morph().parse(word)
        if {"nomn", "sing"} <= parse.tag.grammemes
        and parse.tag.POS in ("NOUN", "ADJF", "PRTF")
        and not parse.tag.grammemes & {"Surn", "Name", "Patr", "Geox", "Abbr"}
    ]
    if word in _listed("substantives"):
        parses.sort(key=lambda parse: parse.tag.POS == "NOUN")
    if following:
        parses.sort(key=lambda parse: parse.tag.POS == "NOUN" or not _agrees(parse, following))
    return parses[0] if parses else None


def _agrees(parse, following: list[str]) -> bool:
    """Whether the word after an adjective is the noun (or adjective) that it goes with."""
    if not following or parse.normal_form in _listed("substantives"):
        return False
    core = following[0].strip(',;:.()«»"').lower()
    after = _nominative(core.split("-")[-1])
    return after is not None and (
        after.tag.gender == parse.tag.gender or "ms-f" in after.tag.grammemes
    )


def _inflected(word: str, parse) -> dict[str, str]:
    forms = {"nominative": word}
    for case, grammeme in PYMORPHY.items():
        # A position is a person: the accusative of men's words is the genitive (тьютора).
        if case == "accusative" and parse.tag.gender == "masc":
            forms[case] = forms["genitive"]
            continue
        form = parse.inflect({grammeme, "sing"})
        forms[case] = _like(word, _modern(form.word, case)) if form else word
    return forms


def _modern(form: str, case: str) -> str:
    """«-ою» of the dictionary as today's «-ой»."""
    if case == "instrumental" and form.endswith(("ою", "ею")):
        return form[:-1] + "й"
    return form


# Short names and input


def initials(first_name: str, patronymic: str) -> str:
    """«А.С.»; «С.Г.» of «Самед Гасан оглы»; «А.-М.» of a double name; only what there is."""
    letters = []
    for part in (first_name, patronymic):
        word = part.split(" ")[0] if part else ""
        if word:
            letters.append("-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece))
    return "".join(letters)


def short_name(surname: str, first_name: str, patronymic: str, order: str = "surname_first") -> str:
    """«Черных А.С.» or, with ``order="initials_first"``, «А.С. Черных»; joined by U+00A0."""
    parts = [surname, initials(first_name, patronymic)]
    if order == "initials_first":
        parts.reverse()
    return NBSP.join(filter(None, parts))


def validate_name_part(text: str) -> str:
    """The text with tidy spaces, hyphens and apostrophes.

    Raises ValueError, in Russian, for digits, signs and initials in place of a name.
    """
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u02bc", "'")
    text = re.sub(r"\s*[-\u2010-\u2015]\s*", "-", " ".join(text.split()))
    if not text:
        raise ValueError("Не заполнено.")
    if any(letter.isdigit() for letter in text):
        raise ValueError("В имени не бывает цифр.")
    if "." in text:
        raise ValueError("Напишите полностью, без точек и сокращений.")
    if not re.fullmatch(r"[^\W\d_]+(?:[ '\-][^\W\d_]+)*'?", text):
        raise ValueError("Допустимы буквы, дефис, апостроф и пробел между словами.")
    return text
