"""Events for forming pairs: invitations, attendance, preferences of both sides (S5.1)."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairs.events import preferring
from pairs.models import Event, Invitation, Preference
from programmes.models import FailedLink
from tests import recipes, recipes_events

DAY = recipes_events.EVENT_DAY


@pytest.fixture
def event(programme):
    return recipes_events.event(programme)


@pytest.fixture
def guests(event):
    """Two mentors (pupils of the 10th grade may lead) and two mentees."""
    mentors = [recipes_events.invitation(event, "mentor") for _ in range(2)]
    mentees = [recipes_events.invitation(event, "mentee") for _ in range(2)]
    return mentors, mentees


def token_of(curator, invitation) -> str:
    page = curator.post(reverse("event-guest-link", args=[invitation.pk]))
    return page.context["link"][1].rstrip("/").rsplit("/", 1)[-1]


def test_s5_1_an_event_comes_with_a_ready_plan(curator, programme):
    url = reverse("event-new", args=[programme.pk])
    assert "Листы предпочтений" in curator.get(url).content.decode()

    curator.post(
        url,
        {
            "title": "Встреча знакомства",
            "held_on": "2026-11-02",
            "starts_at": "15:00",
            "plan": "знакомимся",
            "preferences_until": "2026-11-06",
        },
    )

    made = Event.objects.get()
    assert (made.held_on, made.plan) == (DAY, "знакомимся")


def test_s5_1_preferences_are_not_taken_before_the_event(curator, programme):
    answer = curator.post(
        reverse("event-new", args=[programme.pk]),
        {
            "title": "Встреча",
            "held_on": "2026-11-02",
            "starts_at": "15:00",
            "preferences_until": "2026-11-01",
        },
    )

    assert answer.status_code == 422 and not Event.objects.exists()


def test_s5_1_both_bases_are_invited_once(curator, programme, event):
    mentor = recipes.mentor_in_base(programme).person
    mentee = recipes.mentee_in_base(programme).person
    url = reverse("event-invite", args=[event.pk])

    for _ in range(2):
        curator.post(url, {"mentors": [mentor.pk], "mentees": [mentee.pk]})

    rows = set(Invitation.objects.values_list("person_id", "side"))
    assert rows == {(mentor.pk, "mentor"), (mentee.pk, "mentee")}


def test_s5_1_nobody_is_invited_without_consent(curator, programme, event):
    mentee = recipes.mentee_in_base(programme).person
    mentee.consents.all().delete()

    answer = curator.post(reverse("event-invite", args=[event.pk]), {"mentees": [mentee.pk]})

    assert answer.status_code == 422 and "согласи" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_s5_1_attendance_is_not_marked_before_the_event(curator, programme):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    later = recipes_events.event(programme, held_on=tomorrow)
    guest = recipes_events.invitation(later, "mentor")

    answer = curator.post(reverse("event-attendance", args=[later.pk]), {"present": [guest.pk]})

    assert answer.status_code == 422
    guest.refresh_from_db()
    assert guest.attended is None


def test_s5_1_who_came_is_marked(curator, event, guests):
    mentors, _mentees = guests

    curator.post(reverse("event-attendance", args=[event.pk]), {"present": [mentors[0].pk]})

    assert list(event.invitations.filter(attended=True)) == [mentors[0]]
    assert event.invitations.filter(attended=False).count() == 3
    event.refresh_from_db()
    assert event.is_marked


def test_s5_1_one_chooses_by_a_personal_link_without_a_login(curator, event, guests):
    mentors, mentees = guests
    token = token_of(curator, mentees[0])
    phone = Client()
    opened = phone.get(reverse("choose-open", args=[token]))
    for _ in range(3):  # messengers fetch links beforehand
        Client().get(reverse("choose-open", args=[token]))

    page = phone.get(reverse("choose"))
    first, second = (row.person for row in mentors)
    answer = phone.post(reverse("choose"), {"place_1": second.pk, "unwanted": [first.pk]})

    assert opened.url == reverse("choose") and opened["Referrer-Policy"] == "no-referrer"
    assert mentees[1].person.surname not in page.content.decode().split("<form")[1]
    assert answer.url == reverse("choose-thanks")
    stored = dict(Preference.objects.values_list("chosen_id", "rank"))
    assert stored == {second.pk: 1, first.pk: 0}
    mentees[0].refresh_from_db()
    assert mentees[0].filled_at and mentees[0].way == "link"


def test_s5_1_the_latest_word_counts_and_twice_is_once(curator, event, guests):
    mentors, mentees = guests
    phone = Client()
    phone.get(reverse("choose-open", args=[token_of(curator, mentees[0])]))
    first, second = (row.person.pk for row in mentors)

    phone.post(reverse("choose"), {"place_1": first, "place_2": second})
    for _ in range(2):
        phone.post(reverse("choose"), {"place_1": second})

    assert list(Preference.objects.values_list("chosen_id", "rank")) == [(second, 1)]


@pytest.mark.parametrize("data", [{}, {"place_1": "same", "place_2": "same"}])
def test_s5_1_nobody_or_somebody_twice_is_refused(curator, event, guests, data):
    mentors, mentees = guests
    phone = Client()
    phone.get(reverse("choose-open", args=[token_of(curator, mentees[0])]))

    answer = phone.post(reverse("choose"), {k: mentors[0].person.pk for k in data})

    assert answer.status_code == 422 and not Preference.objects.exists()


def test_s5_1_nobody_chooses_themself_or_a_stranger(curator, programme, event, guests):
    _mentors, mentees = guests
    stranger = recipes.mentor_in_base(programme).person
    both = recipes_events.invitation(event, "mentor", mentees[0].person)
    phone = Client()
    phone.get(reverse("choose-open", args=[token_of(curator, mentees[0])]))

    for person in (stranger, both.person):
        answer = phone.post(reverse("choose"), {"place_1": person.pk})
        assert answer.status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(
            programme=programme,
            side="mentee",
            person=mentees[0].person,
            chosen=mentees[0].person,
            rank=1,
        )


def test_sec05_a_new_link_ends_the_old_one_and_removal_ends_all(curator, event, guests):
    _, mentees = guests
    old = token_of(curator, mentees[0])
    new = token_of(curator, mentees[0])
    phone = Client()

    assert phone.get(reverse("choose-open", args=[old])).status_code == 404
    assert phone.get(reverse("choose-open", args=[new])).status_code == 302
    curator.post(reverse("event-remove", args=[event.pk]))
    assert phone.get(reverse("choose")).status_code == 404
    assert phone.get(reverse("choose-open", args=[new])).status_code == 404


def test_sec05_thirty_guesses_are_enough(db):
    phone = Client()

    answers = [phone.get(reverse("choose-open", args=[f"guess{n}"])).status_code for n in range(31)]

    assert answers == [404] * 30 + [429]
    assert FailedLink.objects.count() == 30


def test_sec05_the_token_is_not_stored(curator, event, guests):
    _, mentees = guests
    token = token_of(curator, mentees[0])

    with connection.cursor() as cursor:
        cursor.execute("SELECT token_hash FROM pairs_invitation")
        hashes = [row[0] for row in cursor.fetchall()]
    assert token not in hashes and any(hashes)


def test_sec20_a_withdrawn_consent_closes_the_form(curator, event, guests):
    _, mentees = guests
    phone = Client()
    phone.get(reverse("choose-open", args=[token_of(curator, mentees[0])]))
    mentees[0].person.consents.all().delete()

    answer = phone.post(reverse("choose"), {"place_1": guests[0][0].person.pk})

    assert answer.status_code == 404 and not Preference.objects.exists()


def test_s5_1_after_the_last_day_only_the_curator_types(curator, programme):
    past = recipes_events.event(programme, preferences_until=DAY)
    mentor = recipes_events.invitation(past, "mentor")
    mentee = recipes_events.invitation(past, "mentee")
    late = curator.post(reverse("event-guest-link", args=[mentee.pk]))
    url = f"{reverse('event-typing', args=[past.pk])}?who={mentee.pk}"

    curator.post(url, {"place_1": mentor.person.pk})

    assert late.status_code == 422
    assert Preference.objects.get().chosen == mentor.person


def test_s5_1_sheets_are_typed_one_after_another(curator, event, guests):
    _mentors, _mentees = guests
    url = reverse("event-typing", args=[event.pk])
    seen = []
    for _ in range(4):
        page = curator.get(url)
        row = page.context["invitation"]
        seen.append(row.pk)
        choice = next(iter(page.context["form"].people))
        assert curator.post(url, {"place_1": choice}).url == url

    assert len(set(seen)) == 4
    assert curator.get(url).url == reverse("event", args=[event.pk])


def test_s5_1_mutual_choices_stand_first(curator, programme, event, guests):
    mentors, mentees = guests
    choose = preferring.choose
    choose(mentees[0], [mentors[1].person], [], "sheet")
    choose(mentees[1], [mentors[0].person], [], "sheet")
    choose(mentors[0], [mentees[1].person], [mentees[0].person], "sheet")

    found = preferring.choices(programme)

    assert [c.is_mutual for c in found] == [True, False, False]
    assert (found[0].mentor, found[0].mentee) == (mentors[0].person, mentees[1].person)
    assert found[-1].is_unwanted
    page = curator.get(reverse("preference-list", args=[programme.pk])).content.decode()
    assert "взаимно" in page and "не предлагать" in page
    book = curator.get(reverse("preference-export", args=[programme.pk]))
    assert book.content.startswith(b"PK")


def test_s5_1_sheets_and_links_are_printed(curator, event, guests):
    _, mentees = guests
    sheets = curator.get(reverse("event-sheets", args=[event.pk]))
    links = curator.post(reverse("event-links", args=[event.pk]))

    assert sheets.content.startswith(b"%PDF-") and links.content.startswith(b"%PDF-")
    mentees[0].refresh_from_db()
    assert mentees[0].has_link


def test_queries_of_the_event_do_not_grow(curator, event):
    url = reverse("event", args=[event.pk])
    for side in ("mentor", "mentee"):
        recipes_events.invitation(event, side, filled_at=timezone.now())
    curator.get(url)
    with CaptureQueriesContext(connection) as few:
        curator.get(url)
    for _ in range(6):
        recipes_events.invitation(event, "mentee", filled_at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        curator.get(url)

    assert len(few) == len(many)
