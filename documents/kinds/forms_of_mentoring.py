"""What the forms of mentoring say of themselves in a Regulation: who may be a mentor, of how many
people, in which forms and variants (D4, 1.6 and 2.2; instruction lines 411, 414).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.order import enumerated
from documents.paper import Blank, Fact, Inline, Words, fact


@dataclass(frozen=True, kw_only=True)
class FormFacts:
    """A form of mentoring as the school uses it.

    ``title`` and ``variants`` are without quotes: ученик – ученик. ``capacity``: mentees of one
    mentor at most. Kinds are "pupil", "teacher", "student" and, of mentors only, "employer".
    """

    code: str
    title: str
    variants: Sequence[str] = ()
    capacity: int | None = None
    mentee_kinds: Sequence[str] = ()
    mentor_kinds: Sequence[str] = ()


def forms_in_use(forms: Sequence[FormFacts]) -> Words:
    """«В организации применяются формы «…» (варианты «…», «…») и «…»» without a full stop."""
    if not forms:
        return ("В организации применяются формы ", Blank("forms", "формы наставничества"))
    lead = "применяется форма " if len(forms) == 1 else "применяются формы "
    return (f"В организации {lead}", *enumerated([_form(form) for form in forms]))


def _form(form: FormFacts) -> Words:
    variants = list(filter(None, (wording.clean(text).strip() for text in form.variants)))
    words: list[Inline] = ["«", _title(form), "»"]
    for index, variant in enumerate(variants):
        lead = " (вариант «" if len(variants) == 1 else " (варианты «"
        words += ["», «" if index else lead, Fact(variant, "forms")]
    return (*words, "»)") if variants else tuple(words)


def _title(form: FormFacts) -> Inline:
    return fact(form.title, "forms", "название формы наставничества")


_MINORS = {"pupil", "student"}


def has_minors(forms: Sequence[FormFacts], *, mentors: bool) -> bool:
    """Whether pupils or students are mentees (``mentors``: or mentors); yes when nothing is known.

    A student of a college may be under 18 too.
    """
    kinds = {kind for form in forms for kind in form.mentee_kinds}
    if mentors:
        kinds |= {kind for form in forms for kind in form.mentor_kinds}
    return not kinds or bool(kinds & _MINORS)


def mentor_sources(forms: Sequence[FormFacts], grades_of_pupils: str) -> Words:
    """«педагогических работников организации и обучающихся 8–11 классов», in the genitive."""
    kinds = {kind for form in forms for kind in form.mentor_kinds}
    grades = fact(grades_of_pupils, "document.mentor_grades", "классы наставников")
    sources: dict[str, Words] = {
        "teacher": (Fact("педагогических работников организации", "forms"),),
        "pupil": (Fact("обучающихся", "forms"), " ", grades, " классов"),
        "student": (Fact("студентов", "forms"),),
        "employer": (Fact("работников организаций-партнеров", "forms"),),
    }
    found = [words for kind, words in sources.items() if kind in kinds]
    return enumerated(found) or (Blank("forms", "формы наставничества"),)


_MENTEES = {  # genitive: one, many
    "pupil": ("обучающегося", "обучающихся"),
    "teacher": ("педагогического работника", "педагогических работников"),
    "student": ("студента", "студентов"),
}
_ANYBODY = ("наставляемого", "наставляемых")


def capacities(forms: Sequence[FormFacts]) -> Words:
    """«не более трех обучающихся или не более двух педагогических работников».

    One limit for all is said once; forms that limit the same people differently are named.
    """
    limited = [form for form in forms if form.capacity and form.capacity > 0]
    if not limited:
        return (Blank("forms", "сколько наставляемых у одного наставника"),)
    limits: dict[str, set[int]] = {}
    for form in limited:
        for kind in form.mentee_kinds or ("",):
            limits.setdefault(kind, set()).add(form.capacity)
    if any(len(numbers) > 1 for numbers in limits.values()):
        return _capacities_by_form(limited)
    of_kind = {kind: capacity for kind, (capacity,) in limits.items()}
    if len(of_kind) > 1 and len(set(of_kind.values())) == 1:
        return (_at_most(limited[0].capacity, _ANYBODY),)
    parts = [_at_most(n, _MENTEES.get(kind, _ANYBODY)) for kind, n in of_kind.items()]
    words: list[Inline] = []
    for index, part in enumerate(parts):
        if index:
            words.append(" или " if index == len(parts) - 1 else ", ")
        words.append(part)
    return tuple(words)


def _capacities_by_form(forms: Sequence[FormFacts]) -> Words:
    words: list[Inline] = []
    for form in forms:
        if words:
            words.append(", ")
        kinds = form.mentee_kinds
        people = _MENTEES.get(kinds[0], _ANYBODY) if len(kinds) == 1 else _ANYBODY
        words += [_at_most(form.capacity, people), " в форме «", _title(form), "»"]
    return tuple(words)


def _at_most(number: int, people: tuple[str, str]) -> Fact:
    one, many = people
    return Fact(
        f"не более {_genitive(number)} {wording.plural(number, one, many, many)}",
        "forms",
    )


_GENITIVE = (
    "одного", "двух", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти", "десяти",
    "одиннадцати", "двенадцати", "тринадцати", "четырнадцати", "пятнадцати", "шестнадцати",
    "семнадцати", "восемнадцати", "девятнадцати", "двадцати",
)  # fmt: skip


def _genitive(number: int) -> str:
    """A number from 1 in words in the genitive, from 21 in figures."""
    return _GENITIVE[number - 1] if number <= len(_GENITIVE) else str(number)
