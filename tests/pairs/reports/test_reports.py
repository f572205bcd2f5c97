"""Reports of mentors and of the curator (D12; Regulation 2.8)."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document as open_docx

from pairs.models import CuratorReport, Meeting, MentorReport, ReportTerm
from pairs.reports.models import terms_of
from programmes.access import Role
from tests import recipes, recipes_routes

DAY = datetime.date(2026, 11, 12)


@pytest.fixture
def pair(programme):
    return recipes.confirmed_pair(programme)


@pytest.fixture
def mentor(client_of, pair):
    return client_of(Role.MENTOR, person=pair.mentor)


def address(pair, kind="interim", name="report-edit", *more):
    return reverse(name, args=[pair.pk, pair.mentor.pk, kind, *more])


def meeting(pair, state="held", on=DAY):
    return Meeting.objects.create(
        pair=pair, held_on=on, state=state, logged_at=timezone.now(), done="дроби"
    )


def test_d12_a_report_is_filled_from_the_log_and_the_route(mentor, pair):
    meeting(pair)
    meeting(pair, on=DAY + datetime.timedelta(days=7))
    meeting(pair, "missed", on=DAY + datetime.timedelta(days=8))
    route = recipes_routes.route(pair, "Разобрать дроби", state="approved")
    route.steps.update(state="done", done_on=DAY, result="решено десять примеров")

    page = mentor.get(address(pair))

    assert page.context["facts"]["held"] == 2 and page.context["facts"]["missed"] == 1
    assert "Разобрать дроби" in page.content.decode()
    assert "до 15.01.2027" in page.content.decode()


def test_d12_written_sent_and_accepted(mentor, curator, programme, pair):
    meeting(pair)
    form = {"growth": "оценки выше", "satisfaction": "9"}
    assert mentor.post(address(pair), form).status_code == 302
    report = MentorReport.objects.get()
    assert report.is_draft
    version = mentor.get(address(pair)).context["form"].initial["version"]

    mentor.post(address(pair), form | {"send": "1", "version": version})
    report.refresh_from_db()
    assert report.is_sent and report.facts["held"] == 1
    meeting(pair, on=DAY + datetime.timedelta(days=1))
    assert mentor.get(address(pair)).context["facts"]["held"] == 1  # as it was when sent

    accepted = curator.post(reverse("report-accept", args=[programme.pk]), {"reports": report.pk})
    report.refresh_from_db()
    assert accepted.status_code == 302 and report.is_accepted


def test_d12_a_report_without_results_is_not_sent(mentor, pair):
    answer = mentor.post(address(pair), {"growth": "", "send": "1"})

    assert answer.status_code == 422 and "что изменилось" in answer.content.decode()
    assert not MentorReport.objects.exclude(state="draft").exists()


def test_d12_a_returned_report_is_changed_and_sent_again(mentor, curator, pair):
    report = recipes_routes.report(pair, state="sent", facts={"held": 5, "missed": 0, "steps": []})

    curator.post(reverse("report-return", args=[report.pk]), {"remark": "допишите затруднения"})

    page = mentor.get(address(pair))
    assert "допишите затруднения" in page.content.decode()
    assert page.context["facts"]["held"] == 0


def test_d12_another_mentor_sees_no_report(client_of, pair, programme):
    other = recipes.confirmed_pair(programme)
    stranger = client_of(Role.MENTOR, person=other.mentor)

    assert stranger.get(address(pair)).status_code == 404
    assert stranger.get(address(pair, "interim", "report-paper", "pdf")).status_code == 404


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_d12_the_paper_of_a_mentor(mentor, pair, extension):
    recipes_routes.report(pair, difficulties="мало времени")

    answer = mentor.get(address(pair, "interim", "report-paper", extension))

    assert answer.status_code == 200
    if extension == "docx":
        book = open_docx(
            io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        )
        words = " ".join(c.text for t in book.tables for r in t.rows for c in r.cells)
        for text in ("промежуточный", "стал увереннее", "мало времени", pair.mentor.full_name):
            assert text in words


def test_terms_are_inside_the_programme_and_may_be_set(curator, programme):
    assert terms_of(programme) == {
        "interim": datetime.date(2027, 1, 15),
        "final": datetime.date(2027, 5, 14),
    }
    url = reverse("report-terms", args=[programme.pk])

    wrong = curator.post(url, {"interim": "2027-05-01", "final": "2027-01-01"})
    curator.post(url, {"interim": "2027-01-20", "final": "2027-05-10"})

    assert wrong.status_code == 422
    assert ReportTerm.objects.count() == 2
    assert terms_of(programme)["interim"] == datetime.date(2027, 1, 20)


def test_the_list_names_who_is_late(curator, programme, pair):
    ReportTerm.objects.create(programme=programme, kind="interim", due_on=DAY)

    page = curator.get(reverse("report-list", args=[programme.pk]), {"kind": "interim"})
    board = curator.get(reverse("board", args=[programme.pk])).content.decode()

    assert "не сдан" in page.content.decode()
    assert "Промежуточный отчёт не сдали: 1" in board


def test_d12_the_curators_report_counts_the_period(curator, programme, pair):
    meeting(pair)
    meeting(pair, on=DAY - datetime.timedelta(days=2))
    url = reverse("curator-report-new", args=[programme.pk])

    curator.post(url, {"started_on": "2026-11-11", "ended_on": "2026-11-24", "done": "начали"})

    report = CuratorReport.objects.get()
    assert report.figures["pairs"] == 1 and report.figures["held"] == 1
    paper = curator.get(reverse("curator-report-paper", args=[programme.pk, report.pk, "docx"]))
    book = open_docx(io.BytesIO(paper.content))
    words = " ".join(p.text for p in book.paragraphs)
    assert "Что сделано: начали" in words
    xlsx = curator.get(reverse("curator-report-xlsx", args=[programme.pk, report.pk]))
    assert xlsx.content.startswith(b"PK")


def test_d12_the_curators_report_is_removed_and_put_back(curator, programme):
    report = recipes_routes.curator_report(programme)
    url = reverse("curator-report-remove", args=[programme.pk, report.pk])

    curator.post(url)
    report.refresh_from_db()
    assert report.removed_at
    curator.post(url, {"to": "back"})
    report.refresh_from_db()
    assert report.removed_at is None


def test_the_director_reads_and_does_not_write(client_of, programme):
    report = recipes_routes.curator_report(programme)
    director = client_of(Role.DIRECTOR)
    url = reverse("curator-report", args=[programme.pk, report.pk])

    assert director.get(url).status_code == 200
    assert director.post(url, {"done": "чужое"}).status_code == 403


def test_queries_of_the_list_do_not_grow(curator, programme):
    url = reverse("report-list", args=[programme.pk])
    recipes_routes.report(recipes.confirmed_pair(programme), state="sent")
    curator.get(url)
    with CaptureQueriesContext(connection) as one:
        curator.get(url)
    for _ in range(5):
        recipes_routes.report(recipes.confirmed_pair(programme), state="sent")
    with CaptureQueriesContext(connection) as many:
        curator.get(url)

    assert len(many) == len(one)
