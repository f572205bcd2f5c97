"""The life of a paper: draft, for signature, registered, signed, cancelled.

The only place that gives numbers and writes issued papers. Each verb checks first, then changes
everything in one transaction, and refuses with words for the person who tried.
"""

import datetime
import hashlib
import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from documents import storing
from documents.paper import Paper
from documents.registry import drafting
from documents.registry.models import (
    Basis,
    Document,
    IssuedFile,
    Kind,
    OrderedPair,
    OutsideNumbers,
    Scan,
    Series,
    SeriesYear,
)
from documents.render.pdf import PdfUnavailable
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import School, User

TITLES = {
    Kind.IMPLEMENTATION: "О внедрении целевой модели наставничества",
    Kind.MINUTES: "Протокол заседания педагогического совета",
    Kind.PLAN: "Об утверждении плана реализации целевой модели наставничества и начале "
    "реализации проекта",
    Kind.REGULATION: "Положение о наставничестве",
    Kind.REGULATION_ORDER: "Об утверждении Положения о наставничестве",
    Kind.APPOINTMENT: "О назначении куратора и наставников внедрения целевой модели наставничества",
    Kind.PAIRS: "О формировании наставнических пар (групп)",
    Kind.FINAL_EVENT: "О проведении итогового мероприятия в рамках реализации целевой модели "
    "наставничества",
}

# Kinds that are numbered within the series of orders when registered by hand.
ORDERS = frozenset(
    {
        Kind.IMPLEMENTATION,
        Kind.PLAN,
        Kind.REGULATION_ORDER,
        Kind.APPOINTMENT,
        Kind.PAIRS,
        Kind.FINAL_EVENT,
        Kind.OTHER,
    }
)


@transaction.atomic
def open_draft(programme: Programme, kind: str, by: User | None) -> Document:
    """The open draft of this kind in the programme, made when there is none.

    A new draft rests on the latest registered papers of the kinds it cites.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    draft = programme.documents.filter(kind=kind, state__in=Document.OPEN_STATES).first()
    if draft is None:
        draft = Document.objects.create(
            school_id=programme.school_id,
            programme=programme,
            kind=kind,
            title=TITLES[kind],
            series=series_of(programme.school),
            created_by=by,
        )
        for cited in drafting.CITES.get(kind, ()):
            basis = programme.documents.registered().filter(kind=cited).order_by("-date").first()
            if basis is not None:
                Basis.objects.create(document=draft, basis=basis)
    return draft


def series_of(school: School) -> Series:
    """The school's series of orders."""
    return school.series.order_by("pk").first() or Series.objects.create(school=school)


def next_number(series: Series, year: int) -> int:
    """The number that the next paper of the series will get; nothing is taken yet."""
    counter = series.years.filter(year=year).first()
    last = counter.last_number if counter else series.first_number - 1
    return last + 1


@transaction.atomic
def update_draft(
    document: Document,
    *,
    version: int,
    date: datetime.date | None,
    bases: list[Document],
    excluded_pairs: list[int],
) -> Document:
    """Store what the draft alone knows. Refusal when somebody has changed it meanwhile."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.is_open:
        raise Refusal("Документ уже зарегистрирован и больше не меняется.")
    if document.version != version:
        raise Refusal(
            "Пока вы правили данные, их изменил кто-то другой. Ваши значения остались в форме: "
            "сверьте их с новыми и сохраните ещё раз."
        )
    document.date = date
    document.facts = document.facts | {"excluded_pairs": sorted(excluded_pairs)}
    document.version += 1
    document.save()
    document.basis_links.exclude(basis__in=bases).delete()
    for basis in bases:
        Basis.objects.get_or_create(document=document, basis=basis)
    return document


@transaction.atomic
def send_for_signature(document: Document) -> None:
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state == Document.State.DRAFT:
        obstacles = drafting.obstacles(document)
        if obstacles:
            raise Refusal(*(obstacle.text for obstacle in obstacles))
        document.state, document.remark = Document.State.FOR_SIGNATURE, ""
        document.save()


@transaction.atomic
def return_with_remark(document: Document, remark: str) -> None:
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.FOR_SIGNATURE:
        raise Refusal("Вернуть можно только документ, который ждёт подписи.")
    document.state, document.remark = Document.State.DRAFT, remark
    document.save()


@transaction.atomic
def register(document: Document, by: User | None) -> Document:
    """Give the paper the next number of its series and year and store it as issued.

    A paper that is registered already is returned as it is, so a second click changes nothing.
    Raises Refusal with everything that is missing, out of order or dated wrongly (SEC 12).
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.is_open:
        if document.is_registered:
            return document
        raise Refusal("Отменённый документ не регистрируется.")
    obstacles = drafting.obstacles(document)
    if obstacles:
        raise Refusal(*(obstacle.text for obstacle in obstacles))
    counter = lock_counter(document.series, document.date.year)
    last = (
        Document.objects.filter(
            series=document.series, year=counter.year, sequence__lte=counter.last_number
        )
        .order_by("-sequence")
        .first()
    )
    if last is not None and last.date > document.date:
        raise Refusal(
            f"Последний документ серии – № {last.number} от {last.date:%d.%m.%Y}. Следующий номер "
            f"не может иметь более раннюю дату."
        )
    counter.last_number += 1
    counter.save()
    _issue(document, counter.last_number, by)
    return document


def lock_counter(series: Series, year: int) -> SeriesYear:
    """The counter of the year, locked until the transaction ends; a new year starts one."""
    counter, _ = SeriesYear.objects.get_or_create(
        series=series, year=year, defaults={"last_number": series.first_number - 1}
    )
    return SeriesYear.objects.select_for_update().get(pk=counter.pk)


def _issue(document: Document, sequence: int, by: User | None) -> None:
    """Write number, date and the issued files; the caller holds the lock and the transaction."""
    year = document.date.year
    number = document.series.format(sequence, year)
    paper = drafting.build(document, number=number)
    document.number, document.year, document.sequence = number, year, sequence
    document.state = Document.State.REGISTERED
    document.registered_by, document.registered_at = by, timezone.now()
    document.save()
    if document.kind == Kind.PAIRS:
        OrderedPair.objects.bulk_create(
            OrderedPair(document=document, pair=pair) for pair in drafting.pairs_of(document)
        )
    store_issued(document, paper)


def store_issued(document: Document, paper: Paper) -> None:
    """Store the paper and its files. A machine that cannot make PDFs stores the rest; the PDF can
    then be made at any time from the stored paper."""
    from documents.render.docx import render_docx
    from documents.render.pdf import render_pdf

    IssuedFile.objects.create(
        document=document, format="json", content=storing.to_json(paper).encode()
    )
    IssuedFile.objects.create(document=document, format="docx", content=render_docx(paper))
    try:
        pdf = render_pdf(paper)
    except PdfUnavailable:
        return
    IssuedFile.objects.create(document=document, format="pdf", content=pdf)


@transaction.atomic
def issue_as_recorded(
    document: Document, *, number: str, date: datetime.date, by: User | None
) -> Document:
    """Register a draft under a number and date that are known already (a loaded school)."""
    document.date = date
    sequence = document.series.parse(number, date.year)
    if sequence is None:
        raise ValidationError(f"Номер «{number}» не подходит к серии «{document.series}».")
    obstacles = drafting.obstacles(document)
    if obstacles:
        raise ValidationError([obstacle.text for obstacle in obstacles])
    counter = lock_counter(document.series, date.year)
    counter.last_number = max(counter.last_number, sequence)
    counter.save()
    _issue(document, sequence, by)
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

    An order whose number belongs to the school's series takes its place there, so that the portal
    never gives that number again. Refusal when the number is taken.
    """
    series = sequence = year = None
    if kind in ORDERS:
        candidate = series_of(school)
        sequence = candidate.parse(number, date.year)
        if sequence is not None:
            series, year = candidate, date.year
            counter = lock_counter(series, year)
            if Document.objects.filter(series=series, year=year, sequence=sequence).exists():
                raise Refusal(f"Документ № {number} за {year} год уже есть в журнале.")
            if sequence > counter.last_number:
                _explain_gap(series, year, counter.last_number + 1, sequence - 1, by)
                counter.last_number = sequence
                counter.save()
            else:
                _take_from_outside(series, year, sequence)
    duplicate = school.documents.filter(kind=kind, number=number.strip(), date=date)
    if duplicate.exists():
        raise Refusal(f"Этот документ уже есть в журнале: № {number} от {date:%d.%m.%Y}.")
    return Document.objects.create(
        school=school,
        programme=programme,
        kind=kind,
        title=title or TITLES.get(kind, ""),
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


@transaction.atomic
def skip_to(series: Series, year: int, next_free: int, note: str, by: User | None) -> None:
    """Say that the school gave the numbers below ``next_free`` to papers outside the portal."""
    counter = lock_counter(series, year)
    if next_free <= counter.last_number + 1:
        raise Refusal(
            f"Следующий номер сейчас {counter.last_number + 1}; его можно только увеличить."
        )
    _explain_gap(series, year, counter.last_number + 1, next_free - 1, by, note)
    counter.last_number = next_free - 1
    counter.save()


def _explain_gap(series, year, first, last, by, note="приказы вне портала") -> None:
    if first <= last:
        OutsideNumbers.objects.create(
            series=series, year=year, first=first, last=last, note=note, created_by=by
        )


def _take_from_outside(series: Series, year: int, sequence: int) -> None:
    """A number declared to be outside now has its paper here: cut it out of the range."""
    span = series.outside.filter(year=year, first__lte=sequence, last__gte=sequence).first()
    if span is None:
        return
    first, last = span.first, span.last
    span.delete()
    for start, end in ((first, sequence - 1), (sequence + 1, last)):
        if start <= end:
            OutsideNumbers.objects.create(
                series=series, year=year, first=start, last=end, note=span.note,
                created_by=span.created_by,
            )  # fmt: skip


@transaction.atomic
def cancel(document: Document, reason: str) -> None:
    """Cancel a registered paper: it keeps its number, and its pairs wait for another order."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.is_registered:
        raise Refusal("Отменить можно только зарегистрированный документ.")
    resting = document.resting.filter(~Q(state=Document.State.CANCELLED)).first()
    if resting is not None:
        raise Refusal(f"На этот документ опирается другой: «{resting}». Сначала отмените его.")
    document.state, document.cancel_reason = Document.State.CANCELLED, reason
    document.save()


def delete_draft(document: Document) -> None:
    if not document.is_open:
        raise Refusal("Удалить можно только черновик.")
    document.delete()


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


def register_book(school: School, series: Series, year: int) -> list[dict]:
    """The register of a series and year: papers and explained ranges in the order of numbers.

    Each row: ``first``, ``last`` (equal for a paper), ``document`` or None, ``note``.
    """
    rows = [
        {"first": d.sequence, "last": d.sequence, "document": d, "note": ""}
        for d in Document.objects.filter(series=series, year=year, sequence__isnull=False)
    ]
    rows += [
        {
            "first": o.first,
            "last": o.last,
            "document": None,
            "note": o.note or "приказы вне портала",
        }
        for o in series.outside.filter(year=year)
    ]
    return sorted(rows, key=lambda row: row["first"])


def years_of(series: Series) -> list[int]:
    years = set(series.years.values_list("year", flat=True))
    years.add(series.documents.aggregate(latest=Max("year"))["latest"] or timezone.localdate().year)
    return sorted(years, reverse=True)
