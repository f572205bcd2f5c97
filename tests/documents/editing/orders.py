"""The order whose text the tests edit."""

import dataclasses

from documents.editing import (
    Edits,
    apply,
    typed,
)
from documents.kinds.order_on_pairs import build
from documents.paper import Fact, Reference, Table
from documents.render.text import render_text
from tests.documents.people import ORDER, person

PAPER = build(ORDER)
NOTHING = Edits()


def order(**changes):
    return build(dataclasses.replace(ORDER, **changes))


def text(paper, edits):
    return render_text(apply(paper, edits).paper)


def with_curator(name, dative):
    return order(curators=(person(name, "f", dative=dative),))


def references(paper, block, typed_text):
    return [p.block for p in typed(paper, block, typed_text) if isinstance(p, Reference)]


def table_of(*names):
    rows = tuple(
        ((str(n),), (Fact(name, f"person.{n}.short"),), ("да",)) for n, name in enumerate(names)
    )
    return dataclasses.replace(PAPER, blocks=(Table("t", (), rows),))
