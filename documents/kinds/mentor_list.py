"""D16: the list of mentors that an order approves, «Списочный состав наставников» (line 413)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.kinds.order import approval_stamp, description, full_name, letterhead
from documents.paper import Blank, Inline, Paper, Table, Words, fact

KIND = "D16"
TITLE = "Списочный состав наставников"


@dataclass(frozen=True, kw_only=True)
class MentorFacts:
    """A mentor of the list. ``forms`` are titles without quotes: учитель – учитель."""

    person: PersonFacts
    forms: Sequence[str] = ()
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class MentorListFacts:
    """``order`` (D6) approves the list; ``mark`` is the mark of an annex. Mentors as given."""

    school: SchoolFacts | None = None
    order: BasisFacts | None = None
    mark: str = "Приложение"
    mentors: Sequence[MentorFacts] = ()


def build(facts: MentorListFacts) -> Paper:
    """The list as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    order = facts.order or BasisFacts()
    rows = tuple(_row(number, mentor) for number, mentor in enumerate(facts.mentors, start=1))
    return Paper(
        kind=KIND,
        title=TITLE,
        **letterhead(school),
        has_registration=False,
        mark=(facts.mark,) if facts.mark else (),
        stamps=(
            approval_stamp(
                "УТВЕРЖДЕН",
                school,
                order.date,
                order.number,
                source="basis.D6",
                what="приказа о наставниках",
            ),
        ),
        blocks=(
            Table(
                "mentors",
                (
                    ("№",),
                    ("Фамилия, имя, отчество",),
                    ("Должность (класс)",),
                    ("Форма наставничества",),
                    ("Срок",),
                ),
                rows or ((("1",), (Blank("mentors", "наставники"),), (), (), ()),),
                (6, 30, 26, 20, 18),
            ),
        ),
    )


def _row(number: int, mentor: MentorFacts) -> tuple[Words, ...]:
    person = mentor.person
    who = person.short or person.name.get("nominative") or "имя не указано"
    titles = [title for title in mentor.forms if title.strip()]
    forms: list[Inline] = []
    for title in titles:
        forms += [", «" if forms else "«", fact(title, f"{person.source}.forms", "форма"), "»"]
    return (
        (str(number),),
        (full_name(person, "nominative", "наставник"),),
        (description(person, "nominative"),),
        tuple(forms) or (Blank(f"{person.source}.forms", f"форма наставничества: {who}"),),
        (
            "с ",
            _day(mentor.started_on, f"{person.source}.started_on", f"начало: {who}"),
            " по ",
            _day(mentor.ended_on, f"{person.source}.ended_on", f"окончание: {who}"),
        ),
    )


def _day(date: datetime.date | None, source: str, label: str) -> Inline:
    return fact(wording.date_numeric(date) if date else "", source, label)
