"""A plan as a list: all of it with numbers, and what the filter in the address lets through."""

from collections.abc import Mapping
from dataclasses import dataclass

from programmes.numbers import whole_number
from programmes.people.models import Person
from programmes.preparation.models import ItemState, PlanItem
from programmes.programme.models import Programme

LATE = "late"


@dataclass(frozen=True)
class PlanList:
    """``items`` is the whole plan, ``numbered`` what is shown as (number in the plan, item)."""

    items: list[PlanItem]
    numbered: list[tuple[int, PlanItem]]
    people: list[Person]
    stage: int | None
    state: str
    who: int | None

    @property
    def is_filtered(self) -> bool:
        return self.stage is not None or bool(self.state) or self.who is not None

    @property
    def late(self) -> int:
        return sum(item.is_late for item in self.items)

    @property
    def done(self) -> int:
        return sum(item.state == ItemState.DONE for item in self.items)

    @classmethod
    def of(cls, programme: Programme, plan: str, asked: Mapping[str, str]) -> "PlanList":
        """The plan, with the filter ``stage``, ``state`` (or «late»), ``who`` (id of a person)."""
        items = list(programme.plan_items.of(plan).select_related("programme"))
        state = asked.get("state", "")
        if state not in (*ItemState.values, LATE):
            state = ""
        stage, who = whole_number(asked.get("stage", "")), whole_number(asked.get("who", ""))
        numbered = [
            (number, item)
            for number, item in enumerate(items, 1)
            if (stage is None or item.stage == stage)
            and (who is None or any(person.pk == who for person in item.responsible.all()))
            and (not state or (item.is_late if state == LATE else item.state == state))
        ]
        people = {person.pk: person for item in items for person in item.responsible.all()}
        in_order = sorted(people.values(), key=lambda person: person.sort_key)
        return cls(items, numbered, in_order, stage, state, who)
