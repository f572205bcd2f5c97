"""What every kind of paper that the portal writes has in common: its description, its form."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone

from documents.drafting import fields
from documents.drafting.asked import Asked, named
from documents.drafting.people import (
    basis_facts,
    person_facts,
    school_facts,
    workers_in_order,
)
from documents.kinds.facts import Option
from documents.letterhead.models import PaperSettings
from documents.numbering.models import Purpose
from documents.paper import Paper
from documents.registry.models import Change, Document, Kind
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import Head


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps a paper from being registered, and where to put it right."""

    text: str
    url: str = ""


class DraftForm(forms.Form):
    """What only the draft knows. Kinds add their own questions; ``more`` names the rare ones."""

    date_label = "Дата приказа"
    more: tuple[str, ...] = ()

    version = forms.IntegerField(widget=forms.HiddenInput)
    date = fields.DayField(label="Дата документа", help_text="День подписания.")

    def __init__(self, *args, document: Document, kind: "PaperKind", **kwargs) -> None:
        self.document, self.kind = document, kind
        super().__init__(*args, **kwargs)
        self.fields["date"].label = self.date_label
        if kind.approved_by:
            del self.fields["date"]  # The order that approves it gives it its date.
        if kind.is_order:
            self._add_common()
        for cited in kind.cites:
            self._add_basis(cited)
        self._offer_people()
        self.prepare()
        self.initial = self.initial_of(document) | self.initial

    def prepare(self) -> None:
        """Where a kind fills the choices of its own fields."""

    def _add_common(self) -> None:
        if self.kind.options:
            self.fields["options"] = fields.ManyField(
                label="Дополнительные пункты",
                choices=[(option.id, option.title) for option in self.kind.options],
            )
        self.fields["control_by"] = fields.PersonField(
            label="Контроль возложить на", help_text="Не выбрано: директор оставляет за собой."
        )
        self.fields["more_acquainted"] = fields.PeopleField(
            label="Кто ещё знакомится с приказом",
            help_text="Ответственные и назначенные работники уже в листе ознакомления.",
        )

    def _add_basis(self, cited: Kind) -> None:
        document = self.document
        offered = document.school.documents.registered().filter(kind=cited).exclude(pk=document.pk)
        self.fields[f"basis_{cited}"] = forms.ModelChoiceField(
            label=f"Основание: {BASIS_NAMES[cited]}",
            queryset=offered.order_by("-date"),
            required=False,
            empty_label="не выбрано",
        )
        self.fields[f"basis_{cited}"].is_asked = True
        self.fields[f"basis_{cited}"].basis_kind = cited

    def _offer_people(self) -> None:
        """Give all fields of people their choices: one query for the whole form."""
        wanted = [f for f in self.fields.values() if hasattr(f, "offer")]
        if not wanted:
            return
        people = self.document.school.people.present()
        if all(f.audience == "workers" for f in wanted):
            people = people.filter(kind=PersonKind.TEACHER)
        people = list(people.in_order())
        there = {person.pk for person in people}
        gone = set(named(self.document.facts, "person")) - there
        people += Person.objects.filter(school=self.document.school, pk__in=gone)
        for field_ in wanted:
            field_.offer(
                [
                    (str(p.pk), f"{p.full_name}, {p.description}" if p.description else p.full_name)
                    for p in people
                    if field_.audience == "anybody" or p.kind == PersonKind.TEACHER or p.pk in gone
                ]
            )

    def initial_of(self, document: Document) -> dict[str, Any]:
        """What the form shows for the document as it is stored."""
        initial: dict[str, Any] = {"version": document.version, "date": document.date}
        for name, field_ in self.fields.items():
            if isinstance(field_, fields.FactField) and name != "date":
                initial[name] = field_.shown(document.facts.get(name))
        for cited in self.kind.cites:
            basis = document.basis(cited)
            initial[f"basis_{cited}"] = basis.pk if basis else None
        return initial

    @property
    def facts(self) -> dict[str, Any]:
        """The answers as they are stored in the document; None where there is nothing to keep."""
        return {
            name: field_.stored(self.cleaned_data[name])
            for name, field_ in self.fields.items()
            if isinstance(field_, fields.FactField) and name != "date"
        }

    @property
    def bases(self) -> list[Document]:
        found = (self.cleaned_data[f"basis_{cited}"] for cited in self.kind.cites)
        return [basis for basis in found if basis is not None]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        hidden = {*self.more, "control_by", "more_acquainted"}
        return [field_ for field_ in self.visible_fields() if field_.name not in hidden]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        shown = {field_.name for field_ in self.main_fields}
        return [field_ for field_ in self.visible_fields() if field_.name not in shown]


BASIS_NAMES = {
    Kind.IMPLEMENTATION: "приказ о внедрении",
    Kind.MINUTES: "протокол педагогического совета",
    Kind.PLAN: "приказ об утверждении плана",
    Kind.REGULATION_ORDER: "приказ об утверждении Положения",
    Kind.APPOINTMENT: "приказ о назначении куратора и наставников",
}


def nothing(*_args) -> Iterable:
    return ()


def as_it_is(document: Document) -> str:
    return document.title


def no_facts(_programme: Programme) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class PaperKind:
    """How one kind of paper is drafted.

    ``cites`` are the kinds of papers it rests on. ``numbering`` is the series that numbers it; a
    paper without one takes date and number of the order that approves it (``approved_by``).
    ``proposed`` gives the facts with which a new draft starts, ``entitle`` the title under which
    lists show it. ``check`` finds what is wrong beyond
    missing facts; ``gate`` what forbids registering now, though a paper that is recorded as it was
    may have it; ``note`` what deserves a look but forbids nothing. ``when_registered`` stores who
    and what the registered paper names.
    """

    kind: Kind
    title: str
    form: type[DraftForm]
    build: Callable[[Document, str], Paper]
    cites: tuple[Kind, ...] = ()
    numbering: Purpose | None = Purpose.ORDERS
    approved_by: Kind | None = None
    options: tuple[Option, ...] = ()
    is_order: bool = True
    proposed: Callable[[Programme], dict[str, Any]] = no_facts
    entitle: Callable[[Document], str] = as_it_is
    check: Callable[[Document], Iterable[Obstacle]] = nothing
    gate: Callable[[Document], Iterable[Obstacle]] = nothing
    note: Callable[[Document], Iterable[Obstacle]] = nothing
    when_registered: Callable[[Document], Any] = field(default=nothing)

    @property
    def needs(self) -> tuple[Kind, ...]:
        """All kinds whose registered paper it needs."""
        return tuple(dict.fromkeys((*self.cites, *filter(None, (self.approved_by,)))))


class Drafting:
    """What the facts of any paper are gathered from: its school, its day, its answers."""

    def __init__(self, document: Document, number: str = "") -> None:
        self.document = document
        self.number = number
        self.asked = Asked(document)

    @cached_property
    def settings(self) -> PaperSettings:
        return PaperSettings.of(self.document.school)

    @property
    def programme(self) -> Programme:
        return self.document.programme

    @property
    def on(self) -> datetime.date:
        """The day for which facts are looked up: the paper's own, today while it has none."""
        return self.document.date or timezone.localdate()

    def basis(self, kind: Kind):
        return basis_facts(self.document.basis(kind))

    def requisites(self) -> dict[str, Any]:
        """School, date, number: what papers of every kind take."""
        return {
            "school": school_facts(self.document.school, self.settings),
            "date": self.document.date,
            "number": self.number,
            "wordings": self.settings.wordings,
        }

    @cached_property
    def head_now(self) -> Head | None:
        return self.document.school.head_on(self.on)

    def head(self) -> dict[str, Any]:
        head = self.head_now
        return {
            "head": person_facts(head.person) if head else None,
            "is_head_acting": bool(head and head.is_acting),
        }

    def order(self, acquainted: Iterable[Person], *, keep_order: bool = False) -> dict[str, Any]:
        """The fields of OrderFacts. ``acquainted`` are those whom the order names; workers among
        them sign by alphabet, or as given with ``keep_order``."""
        more = self.asked.people("more_acquainted")
        controller = self.asked.person("control_by")
        more += [controller] if controller else []
        head = self.head_now
        acquainted = [p for p in acquainted if head is None or p.pk != head.person_id]
        workers = workers_in_order([*acquainted, *more])
        if keep_order:
            given = list(dict.fromkeys(p for p in acquainted if p.kind == PersonKind.TEACHER))
            workers = [*given, *(p for p in workers if p not in given)]
        replaced = self.document.changes if self.document.change == Change.REPLACES else None
        return {
            **self.requisites(),
            **self.head(),
            "acquainted": [person_facts(person) for person in workers],
            "options": self.asked.options(),
            "control_by": self.asked.person_facts("control_by"),
            "replaces": basis_facts(replaced),
        }
