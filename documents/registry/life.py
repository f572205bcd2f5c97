"""The life of a paper round its registering: drafted, for signature, signed, renewed, cancelled.

Each verb checks first, then changes everything in one transaction, and refuses with words for the
person who tried. ``issuing`` registers.
"""

import datetime
import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import transaction

from documents import storing
from documents.drafting.kinds import KINDS
from documents.numbering.models import Series
from documents.registry import issuing, text
from documents.registry.models import Basis, Change, Document, Kind, Scan, Version
from programmes.access import Role
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import User

# Kinds of which a programme has several drafts at a time.
SEVERAL = (Kind.AGREEMENT, Kind.PLAN_PAPER)


@transaction.atomic
def open_draft(programme: Programme, kind: str, by: User | None) -> Document:
    """The open draft of this kind in the programme, made when there is none.

    A new draft rests on the latest registered papers of the kinds it cites.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    drafts = programme.documents.filter(kind=kind, state__in=Document.OPEN_STATES, changes=None)
    if kind in SEVERAL:  # Nobody has filled this one in yet: a second click makes no second one.
        drafts = drafts.filter(version=1, created_by=by)
    return drafts.first() or _new_draft(programme, kind, by)


def _new_draft(programme: Programme, kind: str, by: User | None, **fields) -> Document:
    described = KINDS[kind]
    fields.setdefault("facts", described.proposed(programme))
    fields.setdefault("title", described.title)
    draft = Document.objects.create(
        school_id=programme.school_id,
        programme=programme,
        kind=kind,
        series=Series.of(programme.school, described.numbering) if described.numbering else None,
        created_by=by,
        **fields,
    )
    for cited in described.needs:
        if draft.changes_id and cited == described.approved_by:
            continue  # A new Regulation or plan waits for an order of its own.
        latest = programme.documents.registered().filter(kind=cited).order_by("-date", "-pk")
        basis = latest.exclude(pk=draft.changes_id).first()
        if basis is not None:
            Basis.objects.create(document=draft, basis=basis)
    return draft


@transaction.atomic
def renew(document: Document, change: str, by: User | None) -> Document:
    """A draft of the order that replaces, amends or cancels a registered paper.

    A replacing one begins with the facts and edits of the old one. The open draft that does so
    already is returned as it is.
    """
    document = issuing.locked(document)
    if not document.is_registered:
        raise Refusal("Изменить приказом можно только действующий документ.")
    kind = KINDS.get(document.kind)
    is_replacing = change == Change.REPLACES
    if is_replacing and (kind is None or document.is_by_hand):
        raise Refusal("Этот документ составлен не в портале: измените его приказом об изменениях.")
    if not is_replacing and kind is not None and not kind.is_order:
        raise Refusal("Изменить или отменить приказом можно только приказ.")
    if document.programme is None:
        raise Refusal("Документ не относится ни к одной программе.")
    there = document.changed_by.filter(change=change, state__in=Document.OPEN_STATES).first()
    if there is not None:
        return there
    fields = {"changes": document, "change": change}
    if is_replacing:
        fields |= {"facts": document.facts, "edits": document.edits, "title": document.title}
        return _new_draft(document.programme, document.kind, by, **fields)
    what = "Об отмене приказа" if change == Change.CANCELS else "О внесении изменений в приказ"
    fields["title"] = f"{what} от {document.date:%d.%m.%Y} № {document.number}"
    return _new_draft(document.programme, Kind.CHANGE, by, **fields)


def locked_draft(document: Document, by: User | None, version: int | None = None) -> Document:
    """The draft, its row locked, for ``by`` to change. Refusal when registered, when it waits for
    the signature of somebody else, or when changed since ``version`` was read."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.is_open:
        raise Refusal("Документ уже зарегистрирован и больше не меняется.")
    is_signer = by is not None and by.is_any(Role.DIRECTOR)
    if document.state == Document.State.FOR_SIGNATURE and not is_signer:
        raise Refusal("Документ на подписи у директора. Чтобы править, заберите его с подписи.")
    if version is not None and document.version != version:
        raise Refusal(
            "Пока вы правили данные, они изменились в другом окне или у другого человека. Ваши "
            "значения остались в форме: сверьте их с новыми и сохраните ещё раз."
        )
    return document


def forgetting(facts: dict) -> dict:
    """The facts without those that are None."""
    return {name: value for name, value in facts.items() if value is not None}


@transaction.atomic
def update_draft(
    document: Document,
    by: User | None,
    *,
    version: int,
    date: datetime.date | None,
    bases: list[Document],
    facts: dict,
) -> Document:
    """Store what the draft alone knows; a fact that is None is forgotten. Refusal when somebody
    has changed the draft meanwhile."""
    document = locked_draft(document, by, version)
    document.date, document.facts = date, forgetting(document.facts | facts)
    document.title = KINDS[document.kind].entitle(document)
    document.version += 1
    document.save()
    kinds = KINDS[document.kind].cites
    document.basis_links.filter(basis__kind__in=kinds).exclude(basis__in=bases).delete()
    for basis in bases:
        Basis.objects.get_or_create(document=document, basis=basis)
    _keep_for_signature(document, by)
    return document


def _keep_for_signature(document: Document, by: User | None) -> None:
    """What the director changes in a paper that waits for the signature is what is then signed."""
    if document.state == Document.State.FOR_SIGNATURE:
        save_version(document, "изменено перед подписью", by)


@transaction.atomic
def update_facts(document: Document, by: User | None, version: int, facts: dict) -> Document:
    """Store some of the facts and leave the others. Refusal when changed meanwhile."""
    document = locked_draft(document, by, version)
    document.facts = forgetting(document.facts | facts)
    document.version += 1
    document.save()
    _keep_for_signature(document, by)
    return document


@transaction.atomic
def change_text(document: Document, by: User | None, edits: list, version: int) -> Document:
    """Store the edits that lie over the text. Refusal when changed since ``version``."""
    document = locked_draft(document, by, version)
    document.edits = edits
    document.version += 1
    document.save()
    _keep_for_signature(document, by)
    return document


@transaction.atomic
def save_version(document: Document, note: str, by: User | None) -> Version | None:
    """Keep the text as it is now; None when it equals the last one kept."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    paper = text.paper_of(document)
    if paper is None:
        return None
    content = storing.to_json(paper)
    latest = document.versions.order_by("-number").first()
    if latest is not None and latest.content == content:
        return None
    number = latest.number + 1 if latest else 1
    return Version.objects.create(
        document=document, number=number, note=note, content=content, created_by=by
    )


@transaction.atomic
def send_for_signature(document: Document, by: User | None = None) -> None:
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state == Document.State.DRAFT:
        approved_by = text.kind_of(document).approved_by
        obstacles = text.obstacles(document, given=[approved_by] if approved_by else ())
        if obstacles:
            raise Refusal(*(obstacle.text for obstacle in obstacles))
        save_version(document, "передано на подпись", by)
        document.state, document.remark = Document.State.FOR_SIGNATURE, ""
        document.save()


@transaction.atomic
def take_back(document: Document) -> None:
    """The curator takes a paper that waits for the signature back to work on it."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state == Document.State.FOR_SIGNATURE:
        document.state = Document.State.DRAFT
        document.save()
    elif not document.is_open:
        raise Refusal("Документ уже зарегистрирован.")


@transaction.atomic
def return_with_remark(document: Document, remark: str) -> None:
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.FOR_SIGNATURE:
        raise Refusal("Вернуть можно только документ, который ждёт подписи.")
    document.state, document.remark = Document.State.DRAFT, remark
    document.save()


@transaction.atomic
def cancel(document: Document, reason: str) -> None:
    """Cancel a registered paper: it keeps its number, and its pairs wait for another order."""
    document = issuing.locked(document)
    if not document.is_registered:
        raise Refusal("Отменить можно только зарегистрированный документ.")
    resting = document.resting.registered().first()
    if resting is not None:
        raise Refusal(f"На этот документ опирается другой: «{resting}». Сначала отмените его.")
    document.state, document.cancel_reason = Document.State.CANCELLED, reason
    document.save()


@transaction.atomic
def delete_draft(document: Document, by: User | None) -> None:
    """Throw a draft away; people, pairs and plan stay. A second time changes nothing."""
    found = Document.objects.select_for_update().filter(pk=document.pk).first()
    if found is None:
        return
    if not found.is_open:
        raise Refusal("Удалить можно только черновик.")
    locked_draft(found, by).delete()


@transaction.atomic
def attach_scan(document: Document, content: bytes, extension: str, by: User | None) -> Scan:
    """Keep the scan of the signed paper (checked before); the paper becomes signed."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.is_registered:
        raise Refusal("Скан прикладывают к зарегистрированному документу.")
    digest = hashlib.sha256(content).hexdigest()
    same = document.scans.filter(sha256=digest).first()
    if same is not None:
        return same
    scan = Scan(
        document=document, uuid=uuid.uuid4(), extension=extension, sha256=digest, uploaded_by=by
    )
    scan.file.save("scan", ContentFile(content), save=True)
    document.state = Document.State.SIGNED
    document.save()
    return scan
