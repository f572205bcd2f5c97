"""D12 as DOCX and PDF: reports of mentors and of the curator."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from documents.consents.views import answer
from documents.drafting.people import person_facts, school_facts
from documents.kinds import curator_report, mentor_report
from documents.letterhead.models import PaperSettings
from documents.paper import Paper
from pairs.reports import deeds
from pairs.reports.curator_views import READERS, in_words
from pairs.reports.curator_views import report_of as curator_report_of
from pairs.reports.models import CuratorReport, MentorReport
from pairs.reports.views import WRITERS, asked
from programmes.access import allow
from programmes.preparation.models import group_on


@require_safe
@allow(*WRITERS)
def report_paper(
    request: HttpRequest, pk: int, person_id: int, kind: str, extension: str
) -> HttpResponse:
    pair, mentor = asked(request, pk, person_id, kind)
    paper = mentor_paper(deeds.begun(pair, mentor, kind))
    return answer(request, paper, f"otchet-{pair.pk}-{kind}", extension)


def mentor_paper(report: MentorReport) -> Paper:
    """D12 of a mentor, stored or still a draft."""
    pair, school = report.pair, report.pair.programme.school
    counted = deeds.facts_of(report)
    mentees = pair.mentees_on(report.ended_on) or pair.current_mentees
    satisfaction = "" if report.satisfaction is None else str(report.satisfaction)
    return mentor_report.build(
        mentor_report.ReportFacts(
            source=f"report.{report.pk or 'new'}",
            school=school_facts(school, PaperSettings.of(school)),
            kind=report.get_kind_display(),
            started_on=report.started_on,
            ended_on=report.ended_on,
            mentor=person_facts(report.mentor),
            mentees=tuple(person_facts(mentee) for mentee in mentees),
            form=pair.form.title,
            variant=pair.variant.title if pair.variant else "",
            held=counted["held"],
            missed=counted["missed"],
            activities=tuple(
                mentor_report.ActivityFacts(
                    title=step["title"],
                    done_on=datetime.date.fromisoformat(step["day"]),
                    result=step["result"],
                    mentee=step["mentee"] if pair.is_group else "",
                )
                for step in counted["steps"]
            ),
            words=(
                one_line(report.growth),
                satisfaction,
                one_line(report.difficulties),
                one_line(report.proposals),
            ),
        )
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


@require_safe
@allow(*READERS)
def curator_report_paper(
    request: HttpRequest, programme_id: int, pk: int, extension: str
) -> HttpResponse:
    report = curator_report_of(request, programme_id, pk)
    return answer(request, curator_paper(report), f"otchet-kuratora-{report.pk}", extension)


def curator_paper(report: CuratorReport) -> Paper:
    programme = report.programme
    day = min(max(report.ended_on, programme.started_on), programme.ended_on)
    leader = next((m.person for m in group_on(programme, day) if m.is_leader), None)
    curators = programme.curators_on(day)
    return curator_report.build(
        curator_report.CuratorReportFacts(
            source=f"curator_report.{report.pk}",
            school=school_facts(programme.school, PaperSettings.of(programme.school)),
            started_on=report.started_on,
            ended_on=report.ended_on,
            leader=person_facts(leader) if leader else None,
            curator=person_facts(curators[0]) if curators else None,
            figures=in_words(report.figures),
            done=report.done,
            problems=report.problems,
            proposals=report.proposals,
        )
    )
