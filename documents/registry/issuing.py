"""Issuing papers: the only place that gives them numbers and stores their files (SEC 12).

Everything that registering changes is changed in one transaction, or nothing is.
"""

import contextlib
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from documents import storing
from documents.drafting.kinds import KINDS
from documents.letterhead.models import Letterhead
from documents.numbering import counting
from documents.numbering.models import Purpose, Series
from documents.paper import Paper
from documents.registry import text
from documents.registry.models import CHAIN, Basis, Change, Document, IssuedFile
from documents.render.pdf import PdfUnavailable
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import School, User


def purpose_of(kind: str) -> Purpose | None:
    """The series in which papers of the kind are numbered; other papers count as orders."""
    return KINDS[kind].numbering if kind in KINDS else Purpose.ORDERS


CHANGED_SINCE = (
    "Текст изменился с тех пор, как его прочитали или передали на подпись. Откройте документ и "
    "прочитайте его ещё раз."
)

# Files by format, rendered ahead, with the text they show as JSON.
Ahead = dict[str, dict[str, bytes]]


def register(document: Document, by: User | None, *, read: str | None = None) -> Document:
    """Give the paper the next number of its series and year and store it as issued.

    What it approves (a Regulation, a plan) is issued with it; what it replaces or cancels is out
    of force from then on. A paper that is registered already is returned as it is, so a second
    click changes nothing. ``read`` is the fingerprint of the text that the person has read.

    Raises Refusal with everything that is missing, out of order or dated wrongly, and when the
    text is no longer the one that was read (SEC 12).
    """
    ahead = _rendered_ahead(document)
    with transaction.atomic():
        document = locked(document)
        if not document.is_open:
            if document.is_registered:
                return document
            raise Refusal("Недействующий документ не регистрируется.")
        edited = text.edited(document)
        obstacles = text.obstacles(document, text=edited)
        if obstacles:
            raise Refusal(*(obstacle.text for obstacle in obstacles))
        if read is not None and read != storing.fingerprint(edited.paper):
            raise Refusal(CHANGED_SINCE)
        if document.series is None:
            order = document.basis(text.kind_of(document).approved_by)
            _issue_approved(document, order, by, ahead)
        else:
            _issue_numbered(document, _next_sequence(document), by, ahead)
    return document


def locked(document: Document) -> Document:
    """The document with its row locked, and with it all that decides on its registering.

    One order everywhere, so that no two wait for each other: the programme, then papers by their
    ids (the one it changes, those it rests on, those it approves), then the counter.
    """
    document = Document.objects.select_related("programme").get(pk=document.pk)
    if document.programme_id:
        Programme.objects.select_for_update().get(pk=document.programme_id)
    ids = {document.pk, document.changes_id, *document.bases.values_list("pk", flat=True)}
    ids |= {draft.pk for draft in text.approved_with(document)}
    rows = Document.objects.select_for_update().filter(pk__in=ids - {None}).order_by("pk")
    return next(row for row in rows if row.pk == document.pk)


def _next_sequence(document: Document) -> int:
    """Take the next number of the series; the counter stays locked to the end. Refusal when a
    paper that came in meanwhile is dated later."""
    year = document.series.year_of(document.date)
    counter = counting.lock_counter(document.series, year)
    last = counting.last_paper(document.series, year)
    if last is not None and last.date > document.date:
        raise Refusal(f"Только что зарегистрирован документ с более поздней датой: {last}.")
    counter.last_number += 1
    counter.save()
    return counter.last_number


def _rendered_ahead(document: Document) -> Ahead:
    """The files as they will be if nothing happens meanwhile: rendering holds no lock then.

    Empty for a paper that is not going to be issued; what turns out different is rendered anew.
    """
    if document.series is None or document.date is None or text.kind_of(document) is None:
        return {}
    if not Document.objects.filter(pk=document.pk, state__in=Document.OPEN_STATES).exists():
        return {}
    year = document.series.year_of(document.date)
    number = document.series.format(counting.next_number(document.series, year), year)
    edited = text.edited(document, number)
    if text.obstacles(document, text=edited):
        return {}
    return {storing.to_json(edited.paper): files_of(document, edited.paper)}


@dataclass(frozen=True)
class Outcome:
    """What came of registering one of several papers: registered, or refused with reasons."""

    document: Document
    reasons: tuple[str, ...] = ()


def register_several(documents: Iterable[Document], by: User | None) -> list[Outcome]:
    """Register papers in the order of their dates and of the chain, each on its own: a refusal of
    one leaves the others, but for those that rest on it.

    Each has to read as it did when it was handed over for signature.
    """
    place = {kind: number for number, kind in enumerate(CHAIN)}
    late = datetime.date.max
    outcomes = []
    for document in sorted(documents, key=lambda d: (d.date or late, place.get(d.kind, 99), d.pk)):
        sent = document.versions.order_by("-number").first()
        read = storing.fingerprint_of_text(sent.content) if sent else None
        try:
            outcomes.append(Outcome(register(document, by, read=read)))
        except Document.DoesNotExist:
            outcomes.append(Outcome(document, ("Черновика больше нет: его удалили.",)))
        except Refusal as refusal:
            outcomes.append(Outcome(document, refusal.messages))
    return outcomes


def _issue_numbered(document: Document, sequence: int, by: User | None, ahead: Ahead) -> None:
    """Issue under a number of the series; the caller holds its counter's lock."""
    document.year = document.series.year_of(document.date)
    document.sequence = sequence
    _issue(document, document.series.format(sequence, document.year), by, ahead)
    for draft in text.issued_with(document):
        rest_on(draft, document)
        if not text.obstacles(draft):
            _issue_approved(draft, document, by, ahead)
    _adopt(document)


def _issue_approved(document: Document, order: Document, by: User | None, ahead: Ahead) -> None:
    """Issue what an order approves: it bears the order's date and number."""
    document.date = order.date
    _issue(document, order.number, by, ahead)


def _issue(document: Document, number: str, by: User | None, ahead: Ahead) -> None:
    """Write number, state and the issued files; the caller holds the transaction."""
    kind = KINDS[document.kind]
    paper = text.edited(document, number).paper
    kind.when_registered(document)
    document.number, document.state = number, Document.State.REGISTERED
    document.registered_by, document.registered_at = by, timezone.now()
    document.remark = ""
    if kind.is_order:
        document.title = " ".join(paper.subject)
    document.save()
    store_issued(document, paper, ahead.get(storing.to_json(paper)))
    _put_out_of_force(document)


def _put_out_of_force(document: Document) -> None:
    """What a registered paper replaces or cancels is no longer in force."""
    if document.change not in (Change.REPLACES, Change.CANCELS):
        return
    old = Document.objects.select_for_update().get(pk=document.changes_id)
    if document.change == Change.REPLACES:
        old.state = Document.State.REPLACED
    else:
        old.state = Document.State.CANCELLED
        old.cancel_reason = f"приказом от {document.date:%d.%m.%Y} № {document.number}"
    old.save()


def _adopt(document: Document) -> None:
    """Drafts of the programme that cite this kind and rest on none in force now rest on this."""
    if document.programme_id is None:
        return
    drafts = document.programme.documents.filter(state__in=Document.OPEN_STATES)
    for draft in drafts.exclude(pk=document.changes_id):
        kind = KINDS.get(draft.kind)
        if kind is None or document.kind not in kind.needs:
            continue
        basis = draft.basis(document.kind)
        if basis is None or not basis.is_registered:
            rest_on(draft, document)


def rest_on(draft: Document, basis: Document) -> None:
    """The draft rests on this paper and on no other of its kind; the caller holds its lock.

    A form that was opened before is out of date from now on.
    """
    draft.basis_links.filter(basis__kind=basis.kind).exclude(basis=basis).delete()
    _, is_new = Basis.objects.get_or_create(document=draft, basis=basis)
    if is_new:
        Document.objects.filter(pk=draft.pk).update(version=F("version") + 1)
        draft.refresh_from_db(fields=["version"])


def files_of(document: Document, paper: Paper) -> dict[str, bytes]:
    """The files of a paper by format. A machine that cannot make PDFs gives the others; the PDF
    can then be made at any time from the stored paper."""
    from documents.render.docx import render_docx
    from documents.render.pdf import render_pdf

    letterhead = Letterhead.in_use(document.school) if paper.head else None
    base = bytes(letterhead.content) if letterhead else None
    files = {"json": storing.to_json(paper).encode(), "docx": render_docx(paper, base)}
    with contextlib.suppress(PdfUnavailable):
        files["pdf"] = render_pdf(paper)
    return files


def store_issued(document: Document, paper: Paper, files: dict[str, bytes] | None = None) -> None:
    """Store the paper and its files, those rendered ahead where they show just this paper."""
    for extension, content in (files or files_of(document, paper)).items():
        IssuedFile.objects.create(document=document, format=extension, content=content)


@transaction.atomic
def issue_as_recorded(
    document: Document, *, number: str, date: datetime.date, by: User | None
) -> Document:
    """Register a draft under a number and date that are known already (a loaded school)."""
    document.date = date
    document.save()
    obstacles = text.obstacles(document, is_recorded=True)
    if obstacles:
        raise ValidationError([obstacle.text for obstacle in obstacles])
    if document.series is None:
        order = document.basis(text.kind_of(document).approved_by)
        _issue_approved(document, order, by, {})
        return document
    year = document.series.year_of(date)
    sequence = document.series.parse(number, year)
    if sequence is None:
        raise ValidationError(f"Номер «{number}» не подходит к серии «{document.series}».")
    counting.take(document.series, year, sequence, by)
    _issue_numbered(document, sequence, by, {})
    return document


@transaction.atomic
def register_by_hand(
    school: School,
    *,
    kind: str,
    title: str,
    date: datetime.date,
    number: str,
    programme: Programme | None = None,
    by: User | None = None,
) -> Document:
    """Enter a paper that exists on paper into the register.

    A number that belongs to the school's series takes its place there, so that the portal never
    gives it again; a number of another form stands in the register without a place. Refusal when
    the number is taken.
    """
    School.objects.select_for_update().get(pk=school.pk)
    series = sequence = year = None
    purpose = purpose_of(kind)
    if purpose is not None:
        series = Series.of(school, purpose)
        year = series.year_of(date)
        sequence = series.parse(number, year)
    if sequence is not None:
        counting.lock_counter(series, year)
        if series.documents.filter(year=year, sequence=sequence).exists():
            raise Refusal(f"Документ № {number} за {year} год уже есть в журнале.")
        counting.take(series, year, sequence, by)
    duplicate = school.documents.filter(kind=kind, number=number.strip(), date=date)
    if duplicate.exists():
        raise Refusal(f"Этот документ уже есть в журнале: № {number} от {date:%d.%m.%Y}.")
    document = Document.objects.create(
        school=school,
        programme=programme,
        kind=kind,
        title=title or (KINDS[kind].title if kind in KINDS else ""),
        state=Document.State.REGISTERED,
        date=date,
        number=number,
        series=series,
        year=year,
        sequence=sequence,
        is_by_hand=True,
        created_by=by,
        registered_by=by,
        registered_at=timezone.now(),
    )
    _adopt(document)
    return document
