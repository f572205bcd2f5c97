"""Meetings of pairs, approved routes, secret calendars, materials: rows for tests."""

import datetime
import itertools

from django.core.files.base import ContentFile
from django.utils import timezone

from pairs.models import CalendarLink, LibraryItem, Meeting, Pair, Postponed, Route, Sending

PAIR_DAY = datetime.date(2026, 11, 9)
_numbers = itertools.count(1)


def meeting(pair: Pair, on="2026-11-12", state: str = "held", **fields) -> Meeting:
    """A meeting of the pair; held and missed ones are logged."""
    if state in ("held", "missed"):
        fields.setdefault("logged_at", timezone.now())
    return Meeting.objects.create(
        pair=pair, held_on=datetime.date.fromisoformat(str(on)), state=state, **fields
    )


def approved_route(pair: Pair, *steps: str, due_on=datetime.date(2026, 12, 1)) -> Route:
    """The approved route of the first mentee, with planned steps of these titles."""
    route = Route.objects.create(
        pair=pair,
        mentee=pair.current_mentees[0],
        aim="подтянуть математику",
        started_on=PAIR_DAY,
        ended_on=datetime.date(2027, 5, 14),
        state=Route.State.APPROVED,
        approved_on=PAIR_DAY,
    )
    for number, title in enumerate(steps):
        route.steps.create(title=title, due_on=due_on, position=number)
    return route


def calendar_token(person) -> str:
    return CalendarLink.issue(person)


def postponed(pair: Pair, reason: str = "first", until="2027-03-01", **fields) -> Postponed:
    return Postponed.objects.create(
        pair=pair, reason=reason, until=until, **({"why": "карантин"} | fields)
    )


def small_pdf() -> ContentFile:
    """A PDF with nothing in it that a check for broken files lets pass."""
    body = b"%PDF-1.4\n"
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\n"
    return ContentFile(body + table + f"startxref\n{len(body)}\n%%EOF\n".encode())


def item(school, title: str = "", **fields) -> LibraryItem:
    """A material of the library, with a small PDF."""
    row = LibraryItem(
        school=school, title=title or f"Памятка {next(_numbers)}", extension="pdf", **fields
    )
    row.file_title = "pamyatka.pdf"
    row.file.save("file", small_pdf(), save=True)
    return row


def sending(pair: Pair, what: LibraryItem | None = None, **fields) -> Sending:
    what = what or item(pair.programme.school)
    return Sending.objects.create(item=what, pair=pair, sent_on=PAIR_DAY, **fields)
