"""Reports of mentors and of the curator, and their terms. D12.

Loaded after routes and meetings: a curator's report without ``figures`` counts them then.
"""

from mentorship_portal.transfer.rooms.of_pairs import keys_of, pairs_of
from mentorship_portal.transfer.rows import fields, made, taken
from pairs.models import CuratorReport, MentorReport, ReportTerm
from pairs.reports import deeds

TERM = ("kind", "due_on")
REPORT = (
    *("kind", "started_on", "ended_on", "growth", "satisfaction", "difficulties", "proposals"),
    *("state", "facts", "remark", "sent_on", "accepted_on"),
)
CURATOR = ("started_on", "ended_on", "done", "problems", "proposals", "figures")


def dump(programme, people) -> dict:
    keys = keys_of(programme)
    reports = MentorReport.objects.filter(pair__programme=programme).order_by("pk")
    own = programme.curator_reports.filter(removed_at=None).order_by("pk")
    found = {
        "report_terms": [fields(r, TERM) for r in programme.report_terms.order_by("pk")],
        "mentor_reports": [
            {
                "pair": keys[report.pair_id],
                "mentor": people[report.mentor_id],
                **fields(report, REPORT),
            }
            for report in reports
        ],
        "curator_reports": [fields(report, CURATOR) for report in own],
    }
    return {name: listed for name, listed in found.items() if listed}


def load(programme, entry, people, place) -> None:
    for number, row in enumerate(entry.get("report_terms", ()), 1):
        place[2:] = ["report_terms", str(number)]
        made(ReportTerm, programme=programme, **taken(row, TERM))
    if entry.get("mentor_reports"):
        pairs = pairs_of(programme, entry)
        for number, row in enumerate(entry["mentor_reports"], 1):
            place[2:] = ["mentor_reports", str(number)]
            mentor = people[row["mentor"]]
            made(MentorReport, pair=pairs[row["pair"]], mentor=mentor, **taken(row, REPORT))
    for number, row in enumerate(entry.get("curator_reports", ()), 1):
        place[2:] = ["curator_reports", str(number)]
        report = made(CuratorReport, programme=programme, **taken(row, CURATOR))
        if not report.figures:
            report.figures = deeds.figures(programme, report.started_on, report.ended_on)
            report.save()
