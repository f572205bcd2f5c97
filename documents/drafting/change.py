"""An order that amends or cancels an earlier one, from stored data."""

from collections.abc import Iterable

from django.urls import reverse

from documents.drafting import fields
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import basis_facts
from documents.kinds import order_of_change as kind
from documents.paper import Paper
from documents.registry.models import Change, Document, Kind


class ChangeForm(DraftForm):
    reason = fields.TextField(
        label="Почему",
        help_text="С этого начинается приказ: В связи с переводом наставника в другую школу",
    )
    changed = fields.LinesField(
        label="Изменения",
        help_text="Каждое с новой строки: пункт 1 дополнить словами «…»; пункт 2 исключить.",
        rows=6,
    )

    def prepare(self) -> None:
        if self.document.change == Change.CANCELS:
            del self.fields["changed"]


def build(document: Document, number: str = "") -> Paper:
    drafting = Drafting(document, number)
    return kind.build(
        kind.ChangeFacts(
            **drafting.order([]),
            changed=basis_facts(document.changes),
            is_cancelling=document.change == Change.CANCELS,
            reason=drafting.asked.text("reason"),
            changes=drafting.asked.lines("changed"),
        )
    )


def check(document: Document) -> Iterable[Obstacle]:
    """An order on which papers in force rest cannot be cancelled before them."""
    if document.change != Change.CANCELS:
        return
    for resting in document.changes.resting.registered():
        yield Obstacle(
            f"На отменяемый приказ опирается другой документ: «{resting}». Сначала отмените его.",
            reverse("document-detail", args=[resting.pk]),
        )


CHANGE = PaperKind(
    kind=Kind.CHANGE,
    title="О внесении изменений в приказ",
    form=ChangeForm,
    build=build,
    check=check,
)
