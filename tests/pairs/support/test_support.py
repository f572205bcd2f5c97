"""Support of those without a pair; the psychologist's notes are the psychologist's alone (S5.2)."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentorship_portal import transfer
from pairs.models import SupportCase, SupportContact
from programmes.access import Role
from tests import recipes, recipes_events

SECRET = "ТАЙНАЯЗАМЕТКА"


@pytest.fixture
def psychologist(school):
    return recipes.teacher(school, name="Тихая Вера Олеговна", position="педагог-психолог")


@pytest.fixture
def client(client_of, psychologist):
    return client_of(Role.PSYCHOLOGIST, person=psychologist)


@pytest.fixture
def case(programme, psychologist):
    return recipes_events.support_case(programme, psychologist)


def test_s5_2_a_psychologist_opens_a_case_in_one_click(client, programme, psychologist):
    person = recipes.mentee_in_base(programme).person
    url = reverse("support-open", args=[programme.pk, person.pk])

    for _ in range(2):
        client.post(url)

    case = SupportCase.objects.get()
    assert (case.person, case.psychologist, case.is_open) == (person, psychologist, True)


def test_s5_2_the_curator_names_the_psychologist(curator, client, programme, psychologist):
    person = recipes.mentee_in_base(programme).person
    url = reverse("support-open", args=[programme.pk, person.pk])

    assert curator.post(url).status_code == 422
    assert curator.post(url, {"psychologist": psychologist.pk}).status_code == 302
    assert SupportCase.objects.get().psychologist == psychologist


def test_s5_2_contacts_and_a_conclusion_for_the_curator(client, curator, programme, case):
    client.post(
        reverse("support-contact-new", args=[case.pk]),
        {"held_on": "2026-11-16", "way": "lesson", "notes": "боится класса"},
    )
    client.post(
        reverse("support-conclude", args=[case.pk]),
        {"words": "нужен спокойный наставник", "is_search_on": "on"},
    )

    page = curator.get(reverse("support-case", args=[case.pk])).content.decode()
    assert "нужен спокойный наставник" in page and "16.11.2026, занятие" in page
    assert "боится класса" not in page
    assert f"?mentees={case.person_id}" in page


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PSYCHOLOGIST])
def test_s5_2_nobody_else_sees_the_notes(client_of, programme, case, role):
    client = client_of(role, person=recipes.teacher(programme.school))
    pages = [
        reverse("support-case", args=[case.pk]),
        reverse("unpaired-list", args=[programme.pk]),
        reverse("person-detail", args=[case.person_id]),
        reverse("board", args=[programme.pk]),
    ]

    for url in pages:
        assert SECRET not in client.get(url).content.decode()
    contact = case.contacts.get()
    assert client.get(reverse("support-contact", args=[contact.pk])).status_code in (403, 404)


def test_s5_2_another_psychologist_does_not_see_the_notes_either(client_of, programme, case):
    other = client_of(Role.PSYCHOLOGIST, person=recipes.teacher(programme.school))

    page = other.get(reverse("support-case", args=[case.pk]))

    assert page.status_code == 200 and SECRET not in page.content.decode()
    assert other.get(reverse("support-contact", args=[case.contacts.get().pk])).status_code == 404


def test_s5_2_the_notes_are_in_no_file_and_in_no_history(school, case):
    assert SECRET not in json.dumps(transfer.dump(school), ensure_ascii=False, default=str)
    assert not hasattr(SupportContact, "history")


def test_s5_2_the_psychologist_sees_own_notes(client, case):
    assert SECRET in client.get(reverse("support-case", args=[case.pk])).content.decode()


@pytest.mark.parametrize("held_on", ["2026-11-01", "2099-01-01"])
def test_s5_2_a_contact_lies_inside_the_case(client, case, held_on):
    answer = client.post(
        reverse("support-contact-new", args=[case.pk]), {"held_on": held_on, "way": "talk"}
    )

    assert answer.status_code == 422 and case.contacts.count() == 1


def test_s5_2_a_case_is_closed_with_a_reason(curator, programme, case):
    url = reverse("support-close", args=[case.pk])

    for _ in range(2):
        curator.post(url, {"on": "2026-11-20", "reason": "пара сформирована"})

    case.refresh_from_db()
    assert (case.ended_on, case.end_reason) == (datetime.date(2026, 11, 20), "пара сформирована")


def test_queries_of_the_queue_do_not_grow(curator, programme, psychologist):
    url = reverse("unpaired-list", args=[programme.pk])
    recipes_events.support_case(programme, psychologist)
    curator.get(url)
    with CaptureQueriesContext(connection) as few:
        curator.get(url)
    for _ in range(5):
        recipes_events.support_case(programme, psychologist)
    with CaptureQueriesContext(connection) as many:
        curator.get(url)

    assert len(few) == len(many)
