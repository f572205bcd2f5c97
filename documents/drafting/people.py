"""School and people as papers name them: from models to facts."""

from collections.abc import Iterable

from documents import wording
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.letterhead.models import Letterhead, PaperSettings
from documents.registry.models import Document
from programmes.people.models import Kind, Person
from programmes.school.models import School


def school_facts(school: School, settings: PaperSettings) -> SchoolFacts:
    """The head of the school's papers: the letterhead in use, else names and emblem."""
    letterhead = Letterhead.in_use(school)
    return SchoolFacts(
        name=school.name,
        short_name=school.short_name,
        place=school.place,
        founder=school.founder,
        head=tuple(letterhead.lines) if letterhead else (),
        emblem=letterhead.emblem if letterhead else settings.emblem,
    )


def person_facts(person: Person) -> PersonFacts:
    return PersonFacts(
        name={case: person.name_in(case) for case in wording.CASES},
        short=person.short_name,
        gender=person.gender,
        post=person.case_forms.get("position", {}),
        class_name=person.class_name if person.kind == Kind.PUPIL else None,
        source=f"person.{person.pk}",
    )


def basis_facts(document: Document | None) -> BasisFacts | None:
    if document is None:
        return None
    return BasisFacts(date=document.date, number=document.number, subject=document.title)


def workers_in_order(people: Iterable[Person]) -> list[Person]:
    """Those who sign an acknowledgement sheet: workers of the school, each once, by alphabet."""
    workers = {person.pk: person for person in people if person.kind == Kind.TEACHER}
    return sorted(workers.values(), key=lambda person: (person.sort_key, person.pk))


def in_order_of_papers(people: Iterable[Person]) -> list[Person]:
    """Each person once: workers by alphabet, then pupils by class and name, then all others."""
    rank = {Kind.TEACHER: 0, Kind.PUPIL: 1}

    def place(person: Person) -> tuple:
        grade = (person.grade or 0, person.letter) if person.kind == Kind.PUPIL else (0, "")
        return rank.get(person.kind, 2), *grade, person.sort_key, person.pk

    return sorted({person.pk: person for person in people}.values(), key=place)
