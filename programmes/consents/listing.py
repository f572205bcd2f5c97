"""Whom the page of consents shows, and what each of them has: a fixed number of queries."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from programmes.consents import standing
from programmes.consents.models import Consent, WithdrawalTask
from programmes.consents.standing import Signers, Standing
from programmes.consents.wording import Purpose
from programmes.numbers import whole_numbers
from programmes.people.models import Kind, Person
from programmes.programme.models import Programme
from programmes.school.rules import Rules

WHO = (
    ("", "участники баз"),
    ("mentees", "наставляемые"),
    ("mentors", "наставники"),
    ("pupils", "все обучающиеся школы"),
    ("workers", "все работники школы"),
)
STATES = (("", "все"), ("missing", "не хватает"), ("soon", "скоро 14 или 18"))
AHEAD = datetime.timedelta(days=30)


SIGNERS = {
    Signers.GUARDIAN: "родитель",
    Signers.BOTH: "обучающийся и родитель",
    Signers.PERSON: "лично",
}


@dataclass(frozen=True)
class Row:
    """A person with the state of every consent. ``asked`` are purposes the rules ask for."""

    person: Person
    standings: Mapping[str, Standing]
    asked: tuple[str, ...]
    soon: tuple[int, datetime.date] | None
    day: datetime.date

    @property
    def cells(self) -> list[Standing]:
        return [self.standings[purpose] for purpose in Purpose.values]

    @property
    def renew_by(self) -> datetime.date | None:
        """The last day of an old consent when the birthday has passed and no new one is there."""
        days = (self.standings[purpose].renew_by for purpose in self.asked)
        return min(filter(None, days), default=None)

    @property
    def lacking(self) -> list[str]:
        return [purpose for purpose in self.asked if not self.standings[purpose].is_valid]

    @property
    def signers(self) -> str:
        """Who signs a consent of this person on the day."""
        return SIGNERS[standing.signers_of(self.person, self.day)]


@dataclass(frozen=True)
class Asked:
    """The filters of the page, as its address has them."""

    who: str = ""
    text: str = ""
    class_name: str = ""
    purpose: str = ""
    state: str = ""
    people: tuple[int, ...] = ()

    @classmethod
    def of(cls, query) -> "Asked":
        purpose = query.get("purpose", "")
        return cls(
            who=query.get("who", ""),
            text=query.get("q", ""),
            class_name=query.get("class", ""),
            purpose=purpose if purpose in Purpose.values else "",
            state=query.get("state", ""),
            people=tuple(
                whole_numbers(
                    number for one in query.getlist("people") for number in one.split(",")
                )
            ),
        )

    @property
    def is_filtered(self) -> bool:
        return any((self.who, self.text, self.class_name, self.purpose, self.state, self.people))


def group_of(programme: Programme, who: str, day: datetime.date):
    """The people of the school whom ``who`` names, as a query."""
    people = Person.objects.filter(school=programme.school_id).present()
    if who == "pupils":
        return people.filter(kind=Kind.PUPIL)
    if who == "workers":
        return people.filter(kind=Kind.TEACHER)
    mentees = programme.mentees.overlapping_with(day, None).values("person")
    mentors = programme.mentors.overlapping_with(day, None).values("person")
    if who == "mentees":
        return people.filter(pk__in=mentees)
    if who == "mentors":
        return people.filter(pk__in=mentors)
    return people.filter(pk__in=mentees.union(mentors))


def people_of(programme: Programme, asked: Asked, day: datetime.date) -> list[Person]:
    if asked.people:
        found = Person.objects.filter(school=programme.school_id, pk__in=asked.people)
    else:
        found = group_of(programme, asked.who, day)
    if asked.text.strip():
        found = found.search(asked.text)
    people = list(found.in_order())
    if asked.class_name:
        people = [person for person in people if person.class_name == asked.class_name]
    return people


def classes_of(programme: Programme, asked: Asked, day: datetime.date) -> list[str]:
    """Classes that occur in the group, for the filter."""
    people = group_of(programme, asked.who, day).filter(grade__isnull=False)
    pairs = set(people.order_by().values_list("grade", "letter").distinct())
    return [Person(grade=g, letter=letter).class_name for g, letter in sorted(pairs)]


def rows_of(
    programme: Programme, people: list[Person], day: datetime.date, purpose: str = ""
) -> list[Row]:
    """A row a person; ``purpose`` narrows what counts as missing to one consent."""
    rules = Rules.of(programme.school_id)
    asked = tuple([purpose] if purpose else standing.asked_for(rules, standing.PAIR))
    found = standing.standings(people, day, Purpose.values)
    return [Row(person, found[person.pk], asked, soon_of(person, day), day) for person in people]


def soon_of(person: Person, day: datetime.date) -> tuple[int, datetime.date] | None:
    """The 14th or 18th birthday within the next 30 days: (age, day)."""
    return next_birthday(person.birth_date, day)


def next_birthday(
    born: datetime.date | None, day: datetime.date
) -> tuple[int, datetime.date] | None:
    """``soon_of`` somebody with this birth date."""
    if born is None:
        return None
    for age in standing.BIRTHDAYS:
        birthday = standing.birthday(born, age)
        if day <= birthday <= day + AHEAD:
            return age, birthday
    return None


def narrowed(rows: list[Row], state: str) -> list[Row]:
    if state == "missing":
        return [row for row in rows if row.lacking]
    if state == "soon":
        return [row for row in rows if row.soon or row.renew_by]
    return rows


def to_print(rows: list[Row], purposes: list[str], only_missing: bool) -> list[tuple[Person, str]]:
    """Which papers to print, a person's together. Without ``purposes``: what the rules ask for."""
    papers = []
    for row in rows:
        for purpose in purposes or row.asked:
            if not only_missing or not row.standings[purpose].is_valid:
                papers.append((row.person, purpose))
    return papers


def without_any(programme: Programme) -> int:
    """How many pupils of the school have no consent at all to the processing of their data."""
    there = Consent.objects.standing().filter(purpose=Purpose.PROCESSING).values("person")
    pupils = Person.objects.filter(school=programme.school_id, kind=Kind.PUPIL).present()
    return pupils.exclude(pk__in=there).count()


def open_tasks(programme: Programme):
    """What is owed after withdrawals of the school's people, the nearest first."""
    tasks = WithdrawalTask.objects.filter(
        consent__person__school=programme.school_id, done_on__isnull=True
    )
    return tasks.select_related("consent__person").order_by("due_on", "pk")


def last_guardians(people: list[Person]) -> dict[int, Consent]:
    """Person id → the latest consent that a guardian signed: the next one begins with its names."""
    found: dict[int, Consent] = {}
    consents = Consent.objects.filter(person__in=people, voided_at__isnull=True)
    for consent in consents.exclude(guardian_name="").order_by("signed_on", "pk"):
        found[consent.person_id] = consent
    return found
