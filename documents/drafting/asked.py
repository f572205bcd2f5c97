"""What a draft alone knows, read from its stored facts as dates, people and words.

People stand in the facts as {"person": id}, pairs as {"pair": id}: whoever copies or carries a
document finds them wherever they are.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from documents.drafting.people import person_facts
from documents.kinds.facts import PersonFacts
from documents.registry.models import Document
from programmes.people.models import Person


class Asked:
    """The facts of one document, its people fetched in one query."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.facts: dict[str, Any] = document.facts

    @cached_property
    def _people(self) -> dict[int, Person]:
        ids = set(named(self.facts, "person"))
        found = Person.objects.filter(school_id=self.document.school_id, pk__in=ids)
        return {person.pk: person for person in found}

    def person(self, key: str) -> Person | None:
        return self.person_of(self.facts.get(key))

    def person_of(self, value: Any) -> Person | None:
        return self._people.get(value.get("person")) if isinstance(value, dict) else None

    def people(self, key: str) -> list[Person]:
        """The people under ``key`` in the order in which they were chosen."""
        found = (self.person_of(value) for value in self.rows(key))
        return [person for person in found if person is not None]

    def person_facts(self, key: str) -> PersonFacts | None:
        person = self.person(key)
        return person_facts(person) if person else None

    def date(self, key: str) -> datetime.date | None:
        value = self.facts.get(key)
        return datetime.date.fromisoformat(value) if value else None

    def text(self, key: str, default: str = "") -> str:
        """The words under ``key``; the default while nobody has touched them."""
        value = self.facts.get(key)
        return default if value is None else str(value)

    def number(self, key: str, default: int | None = None) -> int | None:
        value = self.facts.get(key)
        return default if value is None else int(value)

    def rows(self, key: str) -> list[Any]:
        value = self.facts.get(key)
        return value if isinstance(value, list) else []

    def lines(self, key: str, default: Iterable[str] = ()) -> list[str]:
        value = self.facts.get(key)
        return list(default) if value is None else [str(line) for line in value]

    def options(self) -> frozenset[str]:
        return frozenset(self.lines("options"))


def named(value: Any, what: str) -> Iterator[int]:
    """The ids of every {"person": id} (or {"pair": id}) inside ``value``."""
    if isinstance(value, dict):
        if set(value) == {what}:
            yield value[what]
        else:
            for inner in value.values():
                yield from named(inner, what)
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner, what)


def renamed(value: Any, what: str, name: Callable[[Any], Any]) -> Any:
    """``value`` with every {"person": id} (or {"pair": id}) named anew by ``name``."""
    if isinstance(value, list):
        return [renamed(inner, what, name) for inner in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {what}:
        return {what: name(value[what])}
    return {key: renamed(inner, what, name) for key, inner in value.items()}
