"""Stage 4 from end to end, over HTTP: selection, training, and the gate behind them."""

import datetime

import pytest
from django.urls import reverse

from pairs.models import Pair
from programmes.access import Role
from programmes.models import Certificate, Decision, Enrolment, Sheet
from tests import recipes

DAY = datetime.date(2026, 11, 9)


@pytest.fixture
def candidate(programme):
    """A pupil of the mentor base of whom nothing is decided."""
    who = recipes.pupil(programme.school, "Жапова Номин Булатовна", gender="f", grade=11)
    return recipes.mentor_in_base(programme, who, is_ready=False)


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


def test_s4_1_criteria_interviews_agreement_and_a_decision_with_reason(
    curator, client_of, programme, candidate
):
    """Criteria tied to needs → two assessors in the browser → agreement → decision in history."""
    math = programme.school.need_categories.get(title="математика и точные науки")
    recipes.mentee_in_base(programme).categories.add(math)
    candidate.categories.add(math)
    post(curator, "criteria-ready", programme.pk)
    criteria = list(programme.criteria.filter(form__code="F1"))
    people = [recipes.teacher(programme.school) for _ in range(2)]
    post(
        curator,
        "assessor-add",
        programme.pk,
        people=[person.pk for person in people],
        started_on="2026-09-14",
    )
    for person, value in zip(people, (5, 1), strict=True):
        client = client_of(Role.TEACHER, person=person)
        assert candidate.person.full_name in client.get(reverse("my-selection")).content.decode()
        assessor = programme.assessors.get(person=person)
        points = {f"points_{criterion.pk}": value for criterion in criteria}
        page = reverse("selection-sheet", args=[programme.pk, candidate.pk, assessor.pk])
        assert client.post(page, points | {"recommendation": "select", "done": "1"}).url == reverse(
            "my-selection"
        )

    page = curator.get(reverse("selection-candidate", args=[programme.pk, candidate.pk]))
    words = page.content.decode()
    assert page.context["candidate"].mean == pytest.approx(60)
    assert "оценки расходятся: обсудите" in words
    assert "поможет 1 из 1" in words

    decided = {"people": candidate.person_id, "day": "2026-10-21"}
    post(curator, "selection-decide", programme.pk, outcome="reserve", reason="обсудить", **decided)
    post(
        curator, "selection-decide", programme.pk, outcome="selected", reason="обсудили", **decided
    )
    rows = Decision.objects.order_by("pk").values_list("outcome", "reason")
    assert list(rows) == [("reserve", "обсудить"), ("selected", "обсудили")]
    history = curator.get(reverse("selection-candidate", args=[programme.pk, candidate.pk]))
    assert "обсудить" in history.content.decode() and "отобрана" in history.content.decode()
    assert Sheet.objects.filter(is_done=True).count() == 2


def test_s4_2_a_course_its_certificate_and_the_way_to_a_pair(curator, client, programme, candidate):
    """Not trained: no pair. Course → sessions → attendance → result → certificate → pair."""
    recipes.head_of(programme.school)
    recipes.selected(programme, candidate.person)
    pair = recipes.draft_pair(programme, candidate.person, on=DAY)
    confirm = {"pairs": pair.pk, "on": DAY.isoformat()}
    refused = post(curator, "pair-confirm", programme.pk, **confirm)
    assert refused.status_code == 422 and "нет пройденного обучения" in refused.content.decode()

    post(curator, "course-ready", programme.pk)
    course = programme.courses.get(is_outside=False)
    course.started_on, course.ended_on = datetime.date(2026, 10, 26), datetime.date(2026, 10, 30)
    course.save()
    for day in ("2026-10-26", "2026-10-30"):
        post(
            curator, "session-new", programme.pk, course.pk,
            held_on=day, starts_at="15:00", topic="Роли", place="214",
        )  # fmt: skip
    post(curator, "course-enrol", programme.pk, course.pk, people=candidate.person_id)
    enrolment = Enrolment.objects.get(course=course)
    for session in course.sessions.all():
        page = reverse("attendance", args=[programme.pk, session.pk])
        version = curator.get(page).context["version"]
        curator.post(page, {"present": enrolment.pk, "version": version})
    post(curator, "course-settle", programme.pk, course.pk, day="2026-10-30")
    post(curator, "course-certificates", programme.pk, course.pk, day="2026-10-30")

    certificate = Certificate.objects.get()
    assert certificate.holder_dative == "Жаповой Номин Булатовне"
    public = client.get(reverse("certificate-open", args=[certificate.key])).content.decode()
    assert "действителен" in public and "Жапова" in public and "Булатовна" not in public
    assert post(curator, "pair-confirm", programme.pk, **confirm).status_code == 302
    pair.refresh_from_db()
    assert pair.state == Pair.State.CONFIRMED
