"""The papers: each of D1–D8 as DOCX and PDF beside LibreOffice, the set, the editor, a register.

All of it on the demonstration school, warm; LibreOffice turns the same DOCX into a PDF in the same
run, a process of its own each time, as a person with a macro would do it.
"""

import datetime
import json
import tempfile
import time
from pathlib import Path

from bench.measuring import facts, median, milliseconds, p95, prepare, report

prepare()

from django.test import Client  # noqa: E402

from documents.editing import Edits, add, change, move, remove, text_of  # noqa: E402
from documents.editing import apply as apply_edits  # noqa: E402
from documents.kinds.order_on_pairs import build  # noqa: E402
from documents.registry import issuing, life, text  # noqa: E402
from documents.registry.models import CHAIN, Kind  # noqa: E402
from documents.render.bundle import render_set_pdf  # noqa: E402
from documents.render.docx import render_docx  # noqa: E402
from documents.render.pdf import render_pdf  # noqa: E402
from documents.training.views import rendered  # noqa: E402
from mentorship_portal import demo, transfer  # noqa: E402
from programmes.access import Role  # noqa: E402
from programmes.models import Mentor, Person  # noqa: E402
from tests import recipes  # noqa: E402
from tests.documents.render.libreoffice import PROGRAM, to_pdf  # noqa: E402

school = transfer.load(json.loads(demo.FILE.read_text(encoding="utf-8")))
programme = school.programmes.get()
FOLDER = Path(tempfile.mkdtemp(prefix="portal-bench-"))
if PROGRAM:  # its profile is made once, so that no timing pays for it
    to_pdf({"warm": render_docx(build(facts(1)))}, FOLDER)


def one_paper(kind: str, paper) -> None:
    docx, pdf = (lambda: render_docx(paper)), (lambda: render_pdf(paper))
    report(f"{kind}_docx_p50", median(milliseconds(docx, 30)), "ms", 30)
    report(f"{kind}_pdf_p50", median(milliseconds(pdf, 15)), "ms", 15)
    if PROGRAM:
        convert = lambda: to_pdf({kind: docx()}, FOLDER)  # noqa: E731
        timings = milliseconds(convert, 1, warm=0)
        report(f"{kind}_libreoffice_pdf", timings[0], "ms", 1)


def chain_of_papers() -> list:
    documents = {d.kind: d for d in programme.documents.all()}
    papers = [text.paper_of(documents[kind]) for kind in CHAIN]
    for kind, paper in zip(CHAIN, papers, strict=True):
        one_paper(kind.lower(), paper)
    return papers


def whole_set(papers: list) -> None:
    def write() -> None:
        for paper in papers:
            render_docx(paper)
            render_pdf(paper)

    report("set_d1_d8_docx_and_pdf", median(milliseconds(write, 5)) / 1000, "s", 5)
    one = milliseconds(lambda: render_set_pdf(papers), 5)
    report("set_d1_d8_one_pdf", median(one) / 1000, "s", 5)


def large_order() -> None:
    paper = build(facts(200))
    report("d7_200_pairs_docx_p50", median(milliseconds(lambda: render_docx(paper), 10)), "ms", 10)
    report("d7_200_pairs_pdf_p50", median(milliseconds(lambda: render_pdf(paper), 5)), "ms", 5)
    edits = add(paper, Edits(), "pairs", "clause", "Начать работу по пункту 1.")
    for n in range(0, 200, 20):
        block = f"pair-{n}"
        edits = change(paper, edits, block, text_of(paper, block).replace("форма", "Форма"))
        edits = move(paper, remove(paper, edits, f"pair-{n + 1}"), f"pair-{n + 3}", "up")
    laid = milliseconds(lambda: apply_edits(paper, edits), 20)
    report(f"d7_200_pairs_{len(edits)}_edits_applied_p50", median(laid), "ms", 20)


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(
        recipes.user(school, role), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def preview_after_an_edit() -> None:
    """Save a change of a clause of the Regulation, then show the paper: what a person waits for."""
    client = client_of(Role.CURATOR)
    old = programme.documents.get(kind=Kind.REGULATION)
    draft = life.renew(old, "replaces", None)
    page = f"/documents/{draft.pk}/"
    count = iter(range(10_000))

    def edit() -> None:
        words = f"Актуальность наставничества, правка {next(count)}."
        data = {"do": "change", "block": "general-relevance", "text": words}
        answer = client.post(f"{page}text/", data)
        assert answer.status_code == 302, answer.status_code
        client.get(page)

    report("preview_after_an_edit_of_d4_p95", p95(milliseconds(edit, 40)), "ms", 40)


def register_of_2000() -> None:
    people = []
    for n in range(2000):
        person = Person(
            school=school, surname=f"Иванов{'абвгдежзик'[n % 10]}", first_name="Пётр",
            patronymic="Ильич", gender="m", kind="pupil", grade=n % 11 + 1, letter="А",
        )  # fmt: skip
        person.prepare()
        people.append(person)
    people = Person.objects.bulk_create(people)
    Mentor.objects.bulk_create(
        Mentor(programme=programme, person=person, started_on=programme.started_on)
        for person in people
    )
    client = client_of(Role.CURATOR)
    address = f"/documents/lists/{programme.pk}/base-mentors.xlsx"
    assert client.get(address).status_code == 200
    timings = milliseconds(lambda: client.get(address), 3, warm=0)
    report("register_of_2000_mentors_xlsx", median(timings) / 1000, "s", 3)


def register_a_paper() -> None:
    """Giving a number and storing the paper with its files, from the draft on."""
    # He leads a worker in a draft: article 351.8 asks for his papers first.
    mentor = Person.objects.get(school=school, surname="Батоев")
    recipes.worker_papers(programme, mentor)
    timings = []
    for _ in range(10):
        draft = life.open_draft(programme, Kind.APPOINTMENT, None)
        draft.date = programme.ended_on
        dates = {"training_from": "2027-05-24", "training_to": "2027-05-25"}
        draft.facts = draft.facts | dates
        draft.save()
        started = time.perf_counter()
        issuing.register(draft, None)
        timings.append((time.perf_counter() - started) * 1000)
        life.cancel(draft, "замер")
    report("register_d6_p50", median(timings), "ms", len(timings))


def consents_of_a_class() -> None:
    """30 children, three consents each, as one PDF over HTTP (D13)."""
    for _ in range(30):
        recipes.pupil(
            school, grade=4, letter="Я", birth_date=datetime.date(2016, 5, 5), has_consents=False
        )
    client = client_of(Role.CURATOR)
    asked = "&".join(f"purposes={p}" for p in ("processing", "participation", "image"))
    page = f"/programmes/{programme.pk}/consents/"
    address = f"{page}print.pdf?who=pupils&class=4 «Я»&{asked}"
    assert client.get(address)["Content-Type"] == "application/pdf"
    timings = milliseconds(lambda: client.get(address), 3, warm=0)
    report("consents_class_pdf", median(timings) / 1000, "s", 3)


def certificates_of_300() -> None:
    """A certificate a page, as the worker of exports makes them (S4.2)."""
    here = recipes.make_school(short_name="Школа сертификатов")
    recipes.head_of(here)
    course = recipes.own_course(recipes.make_programme(here))
    issued = [recipes.certificate(course, recipes.teacher(here)) for _ in range(300)]
    timings = milliseconds(lambda: rendered(issued, "http://localhost:8000"), 1, warm=0)
    report("certificates_300_pdf", timings[0] / 1000, "s", 1)


whole_set(chain_of_papers())
consents_of_a_class()
certificates_of_300()
large_order()
preview_after_an_edit()
register_a_paper()
register_of_2000()
