"""An order that changes or cancels a registered order (domain notes § 3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, OrderFacts
from documents.kinds.order import STANDARD_CONTROL, build_order, marks, phrase, typed
from documents.paper import BLANK, Blank, Block, Clause, Item, Paper, Paragraph, Words, fact

KIND = "change"


@dataclass(frozen=True, kw_only=True)
class ChangeFacts(OrderFacts):
    """All that the order says. ``changed`` is the order it is about, with its heading.

    ``reason`` is the whole preamble: «В связи с переводом наставника в другую организацию».
    ``changes`` are whole phrases: «пункт 1 дополнить словами «…»»; a cancelling order has none.
    """

    changed: BasisFacts | None = None
    is_cancelling: bool = False
    reason: str = ""
    changes: Sequence[str] = ()


def build(facts: ChangeFacts) -> Paper:
    """The order as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    return build_order(
        facts,
        kind=KIND,
        subject=_subject(facts),
        preamble=(phrase(facts.reason, "document.reason", "основание изменений"),),
        clauses=(_cancelling(facts) if facts.is_cancelling else _changing(facts),),
        control=STANDARD_CONTROL,
    )


def _subject(facts: ChangeFacts) -> tuple[str, ...]:
    changed = facts.changed or BasisFacts()
    date = wording.date_in_words(changed.date) if changed.date else BLANK
    which = f"приказ{{}} от {date} № {changed.number or BLANK}"
    if facts.is_cancelling:
        return ("Об отмене", which.format("а"))
    return ("О внесении изменений", f"в {which.format('')}")


def _changed(changed: BasisFacts | None) -> Words:
    """«от 9 ноября 2026 г. № 178-од «О формировании наставнических пар (групп)»»."""
    changed = changed or BasisFacts()
    date = wording.date_in_words(changed.date) if changed.date else ""
    what = "изменяемого приказа"
    return (
        "от ",
        fact(date, "basis.changed.date", f"дата {what}"),
        " № ",
        fact(changed.number, "basis.changed.number", f"номер {what}"),
        " «",
        phrase(changed.subject, "basis.changed.subject", f"заголовок {what}"),
        "»",
    )


def _cancelling(facts: ChangeFacts) -> Clause:
    return Clause("cancel", ("Приказ ", *_changed(facts.changed), " считать утратившим силу."))


def _changing(facts: ChangeFacts) -> Clause:
    changes = [change for change in facts.changes if wording.ended(change, "")[0]]
    which = "следующее изменение" if len(changes) == 1 else "следующие изменения"
    return Clause(
        "change", ("Внести в приказ ", *_changed(facts.changed), f" {which}:"), _entries(changes)
    )


def _entries(changes: Sequence[str]) -> tuple[Block, ...]:
    label = "изменения приказа"
    if not changes:
        return (Paragraph("change-none", (Blank("document.changes", label), "."), is_entry=True),)
    entries = [
        typed(change, f"document.changes.{number}", label, mark)
        for number, (change, mark) in enumerate(
            zip(changes, marks(len(changes)), strict=True), start=1
        )
    ]
    if len(entries) == 1:
        return (Paragraph("change-1", entries[0], is_entry=True),)
    return tuple(Item(f"change-{number}", words) for number, words in enumerate(entries, start=1))
