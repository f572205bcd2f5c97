"""A programme with everything stored, and the deeds of a curator who draws up its papers."""

import datetime
import itertools

from django.test import Client
from django.urls import reverse

from documents.models import Document
from documents.registry import text, views
from documents.render.text import render_text
from programmes.models import Person, Programme, School
from tests import recipes

CHAIN = ("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8")
DAYS = {
    "D1": "2026-09-21",
    "D2": "2026-10-09",
    "D3": "2026-10-15",
    "D4": "",
    "D5": "2026-10-15",
    "D6": "2026-10-22",
    "D7": "2026-11-09",
    "D8": "2027-05-11",
}
_names = itertools.cycle(("Гладких Дарья Олеговна", "Кваша Ольга Ивановна", "Бато Анна Ильинична"))


def stored_programme(school: School) -> Programme:
    """Head, curator, council of four, project group, plan, bases and two confirmed pairs."""
    programme = recipes.make_programme(school)
    head = recipes.head_of(school)
    curator = recipes.curator_of(programme)
    recipes.council_member(school, "chair", head.person)
    recipes.council_member(school, "secretary", woman(school, "Шевченко Алина Олеговна"))
    for _ in range(2):
        recipes.council_member(school, who=woman(school))
    recipes.group_member(programme, curator.person, is_leader=True)
    recipes.group_member(programme, woman(school))
    recipes.plan_item(programme, "Собрание педагогов", result="протокол").responsible.add(
        curator.person
    )
    for _ in range(2):
        recipes.confirmed_pair(programme)
    return programme


def woman(school: School, name: str = "") -> Person:
    return recipes.teacher(school, name or next(_names), gender="f")


def answers(programme: Programme, kind: str) -> dict[str, object]:
    """What the paper of the kind alone knows: everything else is stored."""
    somebody = str(programme.curators.get().person_id)
    asked: dict[str, dict[str, object]] = {
        "D1": {
            "basis_body": "Министерства образования и науки Забайкальского края",
            "basis_date": "2026-09-14",
            "basis_number": "811",
            "study_until": "2026-10-05",
            "plan_council_on": "2026-10-09",
            "plan_rework_until": "2026-10-14",
            "regulation_executors": [somebody],
        },
        "D3": {"start_on": "2026-10-19", "report_on": "2027-01-15"},
        "D4": {"interim_report_on": "2027-01-15", "final_report_on": "2027-05-14"},
        "D5": {
            "approve_until": "2026-10-16",
            "inform_until": "2026-10-23",
            "approve_executors": [somebody],
            "inform_executors": [somebody],
        },
        "D6": {"training_from": "2026-10-26", "training_to": "2026-10-30"},
        "D8": {"event_on": "2027-05-21", "award_executors": [somebody]},
    }
    return asked.get(kind, {}) | ({"date": DAYS[kind]} if DAYS[kind] else {})


def start(client: Client, programme: Programme, kind: str) -> Document:
    """The draft that the button of the kind on the programme's page opens."""
    answer = client.post(reverse("document-start", args=[programme.pk]), {"kind": kind})
    assert answer.status_code == 302
    return Document.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def shown(form) -> dict[str, object]:
    """What a browser sends back of a form that nobody has touched."""
    values = {}
    for field in form:
        value = field.value()
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if value is not None and value is not False:
            values[field.html_name] = value
    return values


def fill(client: Client, document: Document, **typed):
    """Save the form of the paper's page with these answers; gives the response."""
    document = Document.objects.get(pk=document.pk)
    data = shown(views.form_of(document)) | typed
    return client.post(reverse("document-facts", args=[document.pk]), data)


def meeting_page(client: Client, document: Document) -> dict[str, object]:
    """What the page of the meeting sends back when nobody has touched it."""
    data = {}
    for part in client.get(reverse("meeting", args=[document.pk])).context["page"].all:
        if hasattr(part, "management_form"):
            data |= shown(part.management_form)
        for form in getattr(part, "forms", [part]):
            data |= shown(form)
    return data


def vote(client: Client, document: Document, votes: int, **typed):
    """Save the page of the meeting with ``votes`` «за» for each of the usual two decisions."""
    data = meeting_page(client, document)
    for number in range(2):
        data |= {
            f"decisions-{number}-votes_for": votes,
            f"decisions-{number}-votes_against": 0,
            f"decisions-{number}-abstained": 0,
        }
    return client.post(reverse("meeting", args=[document.pk]), data | typed)


def filled(client: Client, programme: Programme, kind: str) -> Document:
    """The draft of the kind with all that is asked for."""
    document = start(client, programme, kind)
    assert fill(client, document, **answers(programme, kind)).status_code == 302
    if kind == "D2":
        present = programme.school.council.count()
        assert vote(client, document, present).status_code == 302
    return Document.objects.get(pk=document.pk)


def press(client: Client, deed: str, document: Document, **data):
    """Press a button of the paper's page: ``document-register`` and the like."""
    return client.post(reverse(f"document-{deed}", args=[document.pk]), data)


def registered(client: Client, programme: Programme, *kinds: str) -> dict[str, Document]:
    """Papers of these kinds drawn up and registered one after another, by kind.

    The Regulation (D4) has no button of its own: its order registers it.
    """
    done = {kind: filled(client, programme, kind) for kind in kinds if kind == "D4"}
    for kind in kinds:
        if kind != "D4":
            done[kind] = filled(client, programme, kind)
            answer = press(client, "register", done[kind])
            assert answer.status_code == 302, answer.context["refusals"]
    return {kind: Document.objects.get(pk=document.pk) for kind, document in done.items()}


def plain(words: str) -> str:
    """With plain spaces and hyphens."""
    return words.replace("\u00a0", " ").replace("\u2011", "-")


def printed(document: Document) -> str:
    """The words of the paper as it is stored now."""
    document = Document.objects.get(pk=document.pk)
    return plain(render_text(text.paper_of(document)))


def page_text(response) -> str:
    return response.content.decode()
