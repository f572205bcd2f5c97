"""Agreements of mentor and mentee from stored data (D10)."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils import timezone

from documents.drafting.people import basis_facts, person_facts, school_facts
from documents.kinds import interaction_agreement as kind
from documents.kinds.facts import SchoolFacts
from documents.letterhead.models import PaperSettings
from documents.paper import Paper
from documents.registry.models import Document, Kind, OrderedPair
from documents.render import progress
from documents.wording import plural
from pairs.agreements.signing import Row, needs_guardian, rows_of
from pairs.models import Pair, Route

TITLE = "Соглашения о взаимодействии"


def with_all(pairs):
    """Pairs with what their agreements say, in a fixed number of queries."""
    orders = Document.objects.registered().filter(kind=Kind.PAIRS)
    return (
        pairs.with_people()
        .select_related("programme__school")
        .prefetch_related(
            "agreements",
            Prefetch("routes", Route.objects.order_by("pk")),
            Prefetch(
                "ordered",
                OrderedPair.objects.filter(document__in=orders)
                .select_related("document")
                .order_by("document__date", "pk"),
                to_attr="orders",
            ),
        )
    )


def papers_of(rows: Iterable[Row]) -> Iterator[Paper]:
    """The agreements of these rows, whose pairs come ``with_all``.

    One after another, so that whoever prints many can say how far it has come.
    """
    on = timezone.localdate()
    school: SchoolFacts | None = None
    for row in rows:
        if school is None:
            owner = row.pair.programme.school
            school = school_facts(owner, PaperSettings.of(owner))
        yield kind.build(_facts(row, school, on))


def as_pdf(papers: Iterable[Paper]) -> bytes:
    """Many agreements as one PDF. ValueError when there is none."""
    from documents.render.bundle import render_set_pdf

    return render_set_pdf(list(papers), TITLE)


def as_zip(papers: Iterable[Paper]) -> bytes:
    """Many agreements as DOCX files in one archive, without anybody's name in their names."""
    from documents.render.bundle import render_set_zip
    from documents.render.docx import render_docx

    papers, entries = list(papers), []
    for number, paper in enumerate(papers, start=1):
        entries.append((f"soglashenie-{number:03}.docx", render_docx(paper)))
        progress.tell(number, len(papers))
    return render_set_zip(entries)


def agreements_pdf(pairs: Iterable[Pair]) -> bytes:
    """All agreements of these pairs, which come ``with_all``, as one PDF."""
    return as_pdf(papers_of(rows_of(pairs)))


def _facts(row: Row, school: SchoolFacts, on: datetime.date) -> kind.InteractionFacts:
    pair = row.pair
    mentor, mentee = person_facts(row.mentor), person_facts(row.mentee)
    # Signed when the pair begins or, where that is past, now; a signed one is printed as of then.
    day = row.agreement.signed_on if row.agreement else max(on, pair.started_on or on)
    both = ((row.mentor, mentor), (row.mentee, mentee))
    route = next((one for one in pair.routes.all() if one.mentee_id == row.mentee.pk), None)
    return kind.InteractionFacts(
        school=school,
        mentor=mentor,
        mentee=mentee,
        minors=[facts for person, facts in both if needs_guardian(person, day)],
        form_title=pair.form.title,
        variant=pair.variant.title if pair.variant else "",
        aim=route.aim if route else "",
        meetings=meetings(pair),
        started_on=pair.started_on or pair.proposed_on,
        ended_on=pair.ended_on or pair.programme.ended_on,
        order=basis_facts(pair.orders[-1].document if pair.orders else None),
    )


def meetings(pair: Pair) -> str:
    """«не реже одного раза в 14 дней, очно, кабинет 12», as far as it is known."""
    often = ""
    if pair.every_days:
        days = plural(pair.every_days, "день", "дня", "дней")
        often = f"не реже одного раза в {pair.every_days} {days}"
    return ", ".join(filter(None, (often, pair.get_meets_display() or "", pair.place)))
