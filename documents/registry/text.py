"""The text of a document: as data make it, as somebody edited it, and what it still lacks."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from documents import editing, printing, storing
from documents.drafting.base import Obstacle, PaperKind
from documents.drafting.kinds import KINDS
from documents.numbering import counting
from documents.paper import Paper
from documents.registry.models import Change, Document, Kind


def kind_of(document: Document) -> PaperKind | None:
    """How the document's kind is drafted; None for kinds that are entered by hand only."""
    return KINDS.get(document.kind)


def built(document: Document, number: str = "") -> Paper:
    """The paper as today's data make it, without edits. LookupError for a kind entered by hand."""
    kind = KINDS.get(document.kind)
    if kind is None or document.programme_id is None:
        raise LookupError(f"The portal does not write papers of kind {document.kind}")
    return kind.build(document, number)


def edited(document: Document, number: str = "") -> editing.Edited:
    """The draft's paper with the edits that lie over it, and what came of each of them."""
    return editing.apply(built(document, number), editing.Edits.from_json(document.edits))


def paper_of(document: Document) -> Paper | None:
    """The Paper as it stands: the issued one, or the draft from today's data and its edits.

    None for a paper that exists on paper only.
    """
    if document.is_issued:
        issued = document.issued.filter(format="json").first()
        return storing.from_json(bytes(issued.content).decode()) if issued else None
    if kind_of(document) is None:
        return None
    return edited(document).paper


def obstacles(
    document: Document,
    *,
    given: Iterable[Kind] = (),
    text: editing.Edited | None = None,
    is_recorded: bool = False,
) -> list[Obstacle]:
    """Everything that keeps the draft from being registered; empty when nothing does.

    ``given`` are kinds of bases that come with the registering itself: the order that approves an
    annex. ``text`` is the edited text where the caller has it already. ``is_recorded``: the paper
    is stored as it was registered once, so the kind's gate is not asked.
    """
    kind = kind_of(document)
    text = text or edited(document)
    given_sources = tuple(f"basis.{other}." for other in given)
    blanks = printing.missing(text.paper)
    sources = {blank.source for blank in blanks}
    found = [
        Obstacle(f"Не хватает: {blank.label}.", place_of(blank.source, document))
        for blank in blanks
        # Of somebody who is missing, the name and the position are missing too.
        if not blank.source.startswith(given_sources)
        and blank.source.rpartition(".")[0] not in sources
    ]
    if document.date is None and kind.approved_by is None:
        found.insert(0, Obstacle("Не хватает: дата документа.", "#id_date"))
    found += _basis_obstacles(document, kind, given)
    found += _number_obstacles(document)
    found += _edit_obstacles(document, text)
    found += _change_obstacles(document)
    found += kind.check(document)
    if not is_recorded:
        found += kind.gate(document)
    if document.kind == Kind.REGULATION_ORDER:
        found += _regulation_obstacles(document)
    return found


def _basis_obstacles(document: Document, kind: PaperKind, given) -> Iterable[Obstacle]:
    links = {link.basis.kind: link.basis for link in document.basis_links.all()}
    if kind.approved_by and kind.approved_by not in links and kind.approved_by not in given:
        title = KINDS[kind.approved_by].title
        yield Obstacle(
            f"Документ утверждается приказом «{title}»: сначала зарегистрируйте его.",
            place_of(f"basis.{kind.approved_by}.number", document),
        )
    for basis in (basis for basis in links.values() if basis.kind not in given):
        if not basis.is_registered:
            yield Obstacle(
                f"Основание больше не действует: {basis} ({basis.get_state_display()}).",
                f"#id_basis_{basis.kind}",
            )
        elif document.date and basis.date > document.date:
            yield Obstacle(
                f"Основание – № {basis.number} от {basis.date:%d.%m.%Y} – позже даты документа "
                f"({document.date:%d.%m.%Y}).",
                "#id_date",
            )


def _number_obstacles(document: Document) -> Iterable[Obstacle]:
    """Numbers follow the dates: the last paper of the series is not dated later."""
    if document.series is None or document.date is None:
        return
    last = counting.last_paper(document.series, document.series.year_of(document.date))
    if last is not None and last.date > document.date:
        yield Obstacle(
            f"Последний документ серии – № {last.number} от {last.date:%d.%m.%Y}. Следующий номер "
            f"не может иметь более раннюю дату.",
            "#id_date",
        )


def _edit_obstacles(document: Document, text: editing.Edited) -> Iterable[Obstacle]:
    page = reverse("document-text", args=[document.pk])
    stale = [block for block, difference in text.changed.items() if difference.is_stale]
    for block in stale:
        yield Obstacle(
            "Данные изменились под правкой: сравните оба текста и выберите.",
            f"{page}?block={block}#{block}",
        )


def _change_obstacles(document: Document) -> Iterable[Obstacle]:
    """What the paper replaces, amends or cancels has to be in force, and not dated later."""
    old = document.changes
    if old is None:
        return
    page = reverse("document-detail", args=[old.pk])
    if not old.is_registered:
        yield Obstacle(
            f"Изменяемый документ уже не действует: {old} ({old.get_state_display()}).", page
        )
    elif document.date and old.date > document.date:
        yield Obstacle(
            f"Изменяемый документ от {old.date:%d.%m.%Y} – позже даты этого "
            f"({document.date:%d.%m.%Y}).",
            "#id_date",
        )


def _regulation_obstacles(document: Document) -> Iterable[Obstacle]:
    """The order approves the Regulation, so its draft has to be ready with it."""
    for draft in approved_with(document):
        lacking = obstacles(draft, given=[Kind.REGULATION_ORDER])
        if draft.kind == Kind.REGULATION and lacking:
            yield Obstacle(
                f"Положение ещё не готово: {lacking[0].text}",
                reverse("document-detail", args=[draft.pk]),
            )


def approved_with(order: Document) -> list[Document]:
    """Open drafts of the programme that the order approves by being registered."""
    kinds = [kind.kind for kind in KINDS.values() if kind.approved_by == order.kind]
    if not kinds or order.programme_id is None:
        return []
    drafts = order.programme.documents.filter(kind__in=kinds, state__in=Document.OPEN_STATES)
    return list(drafts.select_related("school", "programme").order_by("kind", "pk"))


def issued_with(order: Document) -> list[Document]:
    """Which of them are issued with it: the Regulation, and a plan handed over for signature."""
    return [
        draft
        for draft in approved_with(order)
        if draft.kind == Kind.REGULATION or draft.state == Document.State.FOR_SIGNATURE
    ]


def notes(document: Document) -> list[Obstacle]:
    """What deserves a look before registering, though it forbids nothing."""
    kind = kind_of(document)
    if kind is None or document.programme_id is None:
        return []
    found = list(kind.note(document))
    if document.date and document.date > timezone.localdate():
        found.append(Obstacle(f"Дата документа, {document.date:%d.%m.%Y}, ещё не наступила."))
    if document.change == Change.REPLACES and document.changes.is_registered:
        found += [
            Obstacle(
                f"На заменяемый документ опирается: {other}.",
                reverse("document-detail", args=[other.pk]),
            )
            for other in document.changes.resting.registered()
        ]
    there = document.programme.documents.filter(kind=Kind.REGULATION)
    if document.kind == Kind.REGULATION_ORDER and not there.exists():
        found.append(
            Obstacle("Положения в портале нет: составьте его или приложите к приказу с бумаги.")
        )
    return found


# Sources of blanks by their first part, and the page where such a fact is kept.
_PLACES = {
    "group": "project-group",
    "plan": "plan",
    "curator": "programme-edit",
    "forms": "programme-edit",
    "mentors": "mentor-list",
    "pair": "pair-list",
    "pairs": "pair-list",
    "mentees": "pair-list",
}


def place_of(source: str, document: Document) -> str:
    """The page where a missing fact is filled in; empty where there is none."""
    first, _, rest = source.partition(".")
    if first == "basis":
        return _place_of_basis(rest.partition(".")[0], document)
    if first == "school":
        return reverse("school-settings")
    if first == "council":
        return reverse("council")
    if first == "person" and rest.partition(".")[0].isdecimal():
        return reverse("person-edit", args=[rest.partition(".")[0]])
    if first == "document":
        is_of_meeting = document.kind == Kind.MINUTES and rest.partition(".")[0] not in (
            "chair",
            "secretary",
        )
        return reverse("meeting", args=[document.pk]) if is_of_meeting else f"#id_{rest}"
    if first == "clause":
        return reverse("document-text", args=[document.pk])
    kind, name = kind_of(document), _PLACES.get(first)
    if name and document.programme_id:
        return reverse(name, args=[document.programme_id])
    return f"#id_{first}" if kind and first in kind.form.base_fields else ""


def _place_of_basis(kind: str, document: Document) -> str:
    """The open draft that will be the basis, else the page that enters it from paper."""
    draft = (
        document.programme
        and document.programme.documents.filter(kind=kind, state__in=Document.OPEN_STATES).first()
    )
    if draft:
        return reverse("document-detail", args=[draft.pk])
    return f"{reverse('document-by-hand')}?kind={kind}&for={document.pk}"
