"""Papers of every kind, filled in, for tests of how they print; by name."""

import dataclasses

from documents.kinds import (
    acknowledgement_sheet,
    additional_agreement,
    council_minutes,
    mentor_list,
    order_on_appointment,
    order_on_final_event,
    order_on_implementation,
    order_on_pairs,
    order_on_plan,
    order_on_regulation,
    registration_journal,
    regulation,
)
from documents.kinds.base_registers import Register, build_register
from documents.paper import Clause
from tests.documents import papers
from tests.documents.kinds import (
    test_acknowledgement_sheet,
    test_additional_agreement,
    test_base_registers,
    test_council_minutes,
    test_mentor_list,
    test_order_on_appointment,
    test_order_on_final_event,
    test_order_on_implementation,
    test_order_on_plan,
    test_order_on_regulation,
    test_registration_journal,
    test_regulation,
)
from tests.documents.people import ORDER, PAIRS, SCHOOL
from tests.documents.render.test_docx import SPLIT, WIDE

# The eight papers of the instruction.
EIGHT = {
    "D1": order_on_implementation.build(test_order_on_implementation.FACTS),
    "D2": council_minutes.build(test_council_minutes.FACTS),
    "D3": order_on_plan.build(test_order_on_plan.FACTS),
    "D4": regulation.build(
        dataclasses.replace(test_regulation.REGULATION, attached=regulation.ATTACHABLE)
    ),
    "D5": order_on_regulation.build(test_order_on_regulation.FACTS),
    "D6": order_on_appointment.build(test_order_on_appointment.FACTS),
    "D7": order_on_pairs.build(ORDER),
    "D8": order_on_final_event.build(test_order_on_final_event.FACTS),
}

REGISTERS = {
    f"register of {kind}": build_register(
        SCHOOL, kind, (test_base_registers.ROWS[kind],) * 12, test_base_registers.ON
    )
    for kind in Register
}

OTHERS = {
    "sheet": acknowledgement_sheet.build(test_acknowledgement_sheet.SHEET),
    "agreement": additional_agreement.build(test_additional_agreement.AGREEMENT),
    "mentors": mentor_list.build(test_mentor_list.MENTORS),
    "journal": registration_journal.build(test_registration_journal.JOURNAL),
    "blank": order_on_pairs.build(order_on_pairs.OrderOnPairsFacts()),
}


def of_pairs(count: int):
    """The order on so many pairs."""
    pairs = tuple(dataclasses.replace(PAIRS[i % 4], id=str(i)) for i in range(count))
    return order_on_pairs.build(dataclasses.replace(ORDER, pairs=pairs))


PAIRED = {f"{count} pairs": of_pairs(count) for count in (*range(1, 12), 40)}

_SENTENCE = "Наставник помогает наставляемому войти в коллектив и отвечает за итог работы. "
_ANNEX = papers.ORDER_ON_PLAN.annexes[0]
_STAGES = dataclasses.replace(_ANNEX.blocks[0], rows=_ANNEX.blocks[0].rows * 6)
LONG = {
    "long text": dataclasses.replace(
        papers.REGULATION,
        blocks=papers.REGULATION.blocks
        + tuple(Clause(f"more-{i}", (_SENTENCE * (1 + i % 5),)) for i in range(90)),
    ),
    "long table": dataclasses.replace(
        papers.ORDER_ON_PLAN, annexes=(dataclasses.replace(_ANNEX, blocks=(_STAGES,)),)
    ),
}

ALL = {
    **EIGHT,
    **REGISTERS,
    **OTHERS,
    **PAIRED,
    **LONG,
    "ORDER_ON_PLAN": papers.ORDER_ON_PLAN,
    "MINUTES": papers.MINUTES,
    "REGULATION": papers.REGULATION,
    "head and emblem": SPLIT,
    "wide tables": WIDE,
}
