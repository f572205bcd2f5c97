"""The sample order by which a school sees how its papers will look. Nobody in it is real."""

import dataclasses
import datetime

from documents.drafting.people import school_facts
from documents.kinds import order_on_pairs
from documents.kinds.facts import BasisFacts, PersonFacts
from documents.kinds.order_on_pairs import OrderOnPairsFacts, PairFacts
from documents.letterhead.models import Letterhead, PaperSettings
from documents.paper import Paper
from programmes.school.models import School

NUMBER = "ОБРАЗЕЦ"

_HEAD = PersonFacts(short="Образцов И.И.", gender="m", source="sample.head")
_MENTOR = PersonFacts(
    name={"nominative": "Примерова Мария Ивановна"},
    gender="f",
    post={"nominative": "учитель истории"},
    source="sample.mentor",
)
_MENTEE = PersonFacts(
    name={"nominative": "Образцова Анна Петровна"},
    gender="f",
    post={"nominative": "учитель математики"},
    source="sample.mentee",
)
_CURATOR = PersonFacts(
    name={"dative": "Примерову Петру Ильичу"}, gender="m", source="sample.curator"
)


def sample_order(school: School, on: datetime.date, letterhead: Letterhead | None = None) -> Paper:
    """An order on pairs of made-up people with the head that the school's papers have.

    ``letterhead`` shows the head as it would be on that one instead of the one in use.
    """
    facts = school_facts(school, PaperSettings.of(school))
    if letterhead is not None:
        facts = dataclasses.replace(facts, head=tuple(letterhead.lines), emblem=letterhead.emblem)
    basis = BasisFacts(date=on, number="1-од")
    pair = PairFacts("sample", "учитель – учитель", False, _MENTOR, (_MENTEE,))
    return order_on_pairs.build(
        OrderOnPairsFacts(
            school=facts,
            date=on,
            number=NUMBER,
            head=_HEAD,
            basis=basis,
            pairs=(pair,),
            curators=(_CURATOR,),
        )
    )
