"""The words of letters: usual ones and the school's own (D15)."""

import re

from pairs.awards.models import PAPERS, AwardKind, LetterText
from programmes.models import School

USUAL = {
    AwardKind.GRATITUDE: "Выражаем благодарность за участие в программе наставничества "
    "{учебный год} учебного года. {за что}.",
    AwardKind.DIPLOMA: "за успехи в наставничестве в {учебный год} учебном году. {за что}.",
    AwardKind.CERTIFICATE: "об участии в программе наставничества {учебный год} учебного года.",
    AwardKind.PARENTS: "Благодарим вас за воспитание ребёнка, который помогает другим. "
    "Ваш ребёнок – наставник программы {учебный год} учебного года. {за что}.",
}
HOLDERS = ("за что", "учебный год")
_HOLDER = re.compile(r"\{([^{}]*)\}")


def unknown_holders(text: str) -> list[str]:
    """What stands in braces and is not known; a lone brace counts too."""
    found = [f"{{{name}}}" for name in _HOLDER.findall(text) if name not in HOLDERS]
    rest = _HOLDER.sub("", text)
    return found + [brace for brace in "{}" if brace in rest]


def filled(text: str, reason: str, school_year: str) -> str:
    """The text with what is meant in place of ``{за что}`` and ``{учебный год}``."""
    values = {"за что": reason[:1].upper() + reason[1:].rstrip("."), "учебный год": school_year}
    return _HOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def texts_of(school: School) -> dict[str, str]:
    """Kind of letter → the words in use: the school's own or the usual ones."""
    stored = dict(LetterText.objects.filter(school=school).values_list("kind", "text"))
    return {kind: stored.get(kind) or USUAL[kind] for kind in PAPERS}
