"""What speaks for a pair and against it, in words; only for the pairs that are shown."""

import re
from collections.abc import Iterable, Mapping

from pairs.formation.matching import Choice
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.needs.weekdays import in_words

# Words that say nothing of a need by themselves.
EMPTY_WORDS = frozenset(
    "для при как или что это над под про без его она они помощь нужна нужно".split(),  # noqa: SIM905
)
ORDINALS = {1: "первым", 2: "вторым", 3: "третьим"}


def items(text: str) -> list[str]:
    """The parts of «математика, общение; олимпиады»."""
    return [part.strip().lower() for part in re.split(r"[,;\n]", text) if part.strip()]


def stems(text: str) -> frozenset[str]:
    """Beginnings of the words, enough to see that «математике» is «математика»."""
    words = set(re.findall(r"\w{3,}", text.lower().replace("ё", "е"))) - EMPTY_WORDS
    return frozenset(word[:6] for word in words)


def reasons(
    mentee: Mentee, mentor: Mentor, points: Mapping[str, int], choice: Choice, form_title: str
) -> list[str]:
    """Words for each feature that adds ``points`` to the score of the pair, the weightiest kind
    first: «взаимный выбор», «запрос «математика» ↔ компетенция «математика»», «общее время: вт»."""
    found = []
    if points.get("mutual", 0) > 0 or points.get("one_sided", 0) > 0:
        found += chosen(choice)
    if points.get("words", 0) > 0:
        found += answered(mentee.need, mentor.competences)
    if points.get("category", 0) > 0:
        theirs = {category.pk for category in mentor.categories.all()}
        common = [c.title for c in mentee.categories.all() if c.pk in theirs]
        found.append(f"категория: {', '.join(common)}")
    if points.get("interests", 0) > 0:
        found.append(f"общие интересы: {', '.join(shared(mentee.interests, mentor.interests))}")
    if points.get("days", 0) > 0:
        found.append(f"общее время: {in_words(list(set(mentee.days) & set(mentor.days)))}")
    if points.get("age", 0) > 0:
        found.append(f"возраст подходит ({mentor.ages_in_words})")
    if points.get("form", 0) > 0:
        found.append(f"желаемая форма «{form_title}»")
    return found


def answered(need: str, competences: str) -> list[str]:
    """«запрос «математика» ↔ компетенция «математика»» for each need that a competence answers."""
    known = [(competence, stems(competence)) for competence in items(competences)]
    return [
        f"запрос «{wanted}» ↔ компетенция «{competence}»"
        for wanted in items(need)
        for competence, own in known
        if stems(wanted) & own
    ]


def shared(one: str, other: str) -> list[str]:
    """What of the first list the second one has too."""
    known = stems(other)
    return [item for item in items(one) if stems(item) & known]


def doubts(mentees: Iterable[Mentee], mentor: Mentor) -> list[str]:
    """What speaks against: a pupil mentor is to be of a higher grade (instruction, line 82)."""
    person = mentor.person
    if person.kind != "pupil" or not person.grade:
        return []
    older = [
        m.person.short_name for m in mentees if m.person.grade and m.person.grade >= person.grade
    ]
    return [f"учится не старше: {', '.join(older)}"] if older else []


def chosen(choice: Choice) -> list[str]:
    """Who has chosen whom after a meeting: a word or nothing."""
    if choice.is_mutual:
        return ["взаимный выбор"]
    if choice.by_mentee:
        return [f"наставляемый выбрал этого наставника {ORDINALS[choice.by_mentee]}"]
    if choice.by_mentor:
        return [f"наставник выбрал этого наставляемого {ORDINALS[choice.by_mentor]}"]
    return []


def cut(words: str, length: int) -> str:
    """``words`` shortened between two reasons so that they fit a column of ``length``."""
    if len(words) <= length:
        return words
    return words[: length - 2].rpartition("; ")[0][: length - 3] + "; …"
