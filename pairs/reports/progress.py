"""What the reports of mentors and of the curator tell the board (S7.2; D12)."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from pairs.formation.models import PairMentor
from pairs.reports.models import CuratorReport, MentorReport, ReportTerm, usual_term
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    leading = PairMentor.objects.filter(ended_on__isnull=True, pair__state="confirmed")
    sent = MentorReport.objects.exclude(state="draft").filter(
        pair=OuterRef("pair"), mentor=OuterRef("person")
    )
    terms = ReportTerm.objects.all()
    return {
        "mentors_leading": count_of(leading, "pair__programme"),
        "interim_missing": count_of(
            leading.filter(~Exists(sent.filter(kind="interim"))), "pair__programme"
        ),
        "final_missing": count_of(
            leading.filter(~Exists(sent.filter(kind="final"))), "pair__programme"
        ),
        "reports_waiting": count_of(MentorReport.objects.filter(state="sent"), "pair__programme"),
        "interim_term": count_of(terms.filter(kind="interim")),
        "interim_passed": count_of(terms.filter(kind="interim", due_on__lt=day)),
        "final_term": count_of(terms.filter(kind="final")),
        "final_passed": count_of(terms.filter(kind="final", due_on__lt=day)),
        "curator_reports": count_of(CuratorReport.objects.filter(removed_at=None)),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    page = reverse("report-list", args=[programme.pk])
    leading = counts["mentors_leading"]
    missing, late = [], []
    for kind, words in (("interim", "Промежуточный отчёт"), ("final", "Итоговый отчёт")):
        number = counts[f"{kind}_missing"]
        if not number:
            continue
        usual = usual_term(programme, kind) < day
        is_late = counts[f"{kind}_passed"] if counts[f"{kind}_term"] else usual
        line = Line(f"{words} не сдали: {number}", f"{page}?kind={kind}")
        (late if is_late else missing).append(line)
    if waiting := counts["reports_waiting"]:
        missing.append(Line(f"Отчёты ждут, чтобы их приняли: {waiting}", page))
    facts = []
    if counts["curator_reports"]:
        facts.append(f"отчётов куратора: {counts['curator_reports']}")
    if late:
        state = LATE
    elif not leading:
        state = IDLE
    else:
        state = BUSY if missing else DONE
    return [Step("S7.2", state, page, tuple(facts), tuple(missing), tuple(late))]
