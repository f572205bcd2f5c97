"""All kinds of papers that the portal writes."""

from documents.drafting.agreement import AGREEMENT
from documents.drafting.appointment import APPOINTMENT
from documents.drafting.base import PaperKind
from documents.drafting.change import CHANGE
from documents.drafting.final_event import FINAL_EVENT
from documents.drafting.implementation import IMPLEMENTATION
from documents.drafting.minutes import MINUTES
from documents.drafting.pairs import PAIRS
from documents.drafting.plan import PLAN_ORDER, PLAN_PAPER
from documents.drafting.regulation import REGULATION, REGULATION_ORDER

KINDS: dict[str, PaperKind] = {
    kind.kind: kind
    for kind in (
        *(IMPLEMENTATION, MINUTES, PLAN_ORDER, REGULATION, REGULATION_ORDER, APPOINTMENT),
        *(PAIRS, FINAL_EVENT, PLAN_PAPER, AGREEMENT, CHANGE),
    )
}
