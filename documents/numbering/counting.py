"""Giving numbers: one after another, without a gap, whatever happens at the same time (SEC 12)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from documents.numbering.models import OutsideNumbers, Series, SeriesYear
from programmes.refusal import Refusal
from programmes.school.models import User


def next_number(series: Series, year: int) -> int:
    """The number that the next paper of the series will get; nothing is taken yet."""
    counter = series.years.filter(year=year).first() if series.pk else None
    last = counter.last_number if counter else series.first_number - 1
    return last + 1


def last_paper(series: Series, year: int):
    """The paper with the highest number of the year that has been given, or None."""
    counter = series.years.filter(year=year).first()
    if counter is None:
        return None
    numbered = series.documents.filter(year=year, sequence__lte=counter.last_number)
    return numbered.order_by("-sequence").first()


def lock_counter(series: Series, year: int) -> SeriesYear:
    """The counter of the year, locked until the transaction ends; a new year starts one."""
    counter, _ = SeriesYear.objects.get_or_create(
        series=series, year=year, defaults={"last_number": series.first_number - 1}
    )
    return SeriesYear.objects.select_for_update().get(pk=counter.pk)


@transaction.atomic
def skip_to(series: Series, year: int, next_free: int, note: str, by: User | None) -> None:
    """Say that the school gave the numbers below ``next_free`` to papers outside the portal."""
    counter = lock_counter(series, year)
    if next_free <= counter.last_number + 1:
        raise Refusal(
            f"Следующий номер сейчас {counter.last_number + 1}; его можно только увеличить."
        )
    explain_gap(series, year, counter.last_number + 1, next_free - 1, by, note)
    counter.last_number = next_free - 1
    counter.save()


def explain_gap(
    series: Series, year: int, first: int, last: int, by: User | None, note: str = ""
) -> None:
    if first <= last:
        OutsideNumbers.objects.create(
            series=series,
            year=year,
            first=first,
            last=last,
            note=note or "документы вне портала",
            created_by=by,
        )


@transaction.atomic
def take(series: Series, year: int, sequence: int, by: User | None) -> None:
    """Take a certain number for a paper that exists already; what is passed over is explained."""
    counter = lock_counter(series, year)
    if sequence > counter.last_number:
        explain_gap(series, year, counter.last_number + 1, sequence - 1, by)
        counter.last_number = sequence
        counter.save()
    else:
        _take_from_outside(series, year, sequence)


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


def register_book(series: Series, year: int) -> list[dict]:
    """The register of a series and year: papers and explained ranges in the order of numbers.

    Each row: ``first``, ``last`` (equal for a paper), ``document`` or None, ``note``: what became
    of the paper, or what explains the range. Papers entered by hand under a number of another form
    have no place among the numbers (``first`` is None) and come last.
    """
    if series.pk is None:
        return []
    papers = series.documents.filter(year=year).exclude(number="").order_by("date", "pk")
    rows = [
        {"first": d.sequence, "last": d.sequence, "document": d, "note": note_of(d)}
        for d in papers.select_related("programme", "registered_by").prefetch_related("changed_by")
    ]
    rows += [
        {"first": o.first, "last": o.last, "document": None, "note": o.note}
        for o in series.outside.filter(year=year)
    ]
    return sorted(rows, key=lambda row: (row["first"] is None, row["first"] or 0))


def note_of(document) -> str:
    """Why a paper is out of force, and the papers that replaced or amended it."""
    notes = []
    if document.state == document.State.CANCELLED:
        notes.append(f"отменён: {document.cancel_reason}")
    for other in document.changed_by.all():
        if other.is_issued and other.change != "cancels":
            done = "заменён" if other.change == "replaces" else "изменён"
            notes.append(f"{done} приказом № {other.number} от {other.date:%d.%m.%Y}")
    return "; ".join(notes)


def years_of(series: Series) -> list[int]:
    """The years in which the series has numbers, the latest first; today's where there is none."""
    if series.pk is None:
        return [series.year_of(timezone.localdate())]
    years = set(series.years.values_list("year", flat=True))
    latest = series.documents.aggregate(latest=Max("year"))["latest"]
    years.add(latest or series.year_of(timezone.localdate()))
    return sorted(years, reverse=True)
