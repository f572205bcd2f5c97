"""The curator decides: who it is, accepted, declined, taken back, turned. S2.2, S3.2."""

import datetime

import pytest
from django.urls import reverse

from programmes.access import Role
from programmes.models import Application, Person
from tests import recipes

DAY = {"started_on": "2020-09-14"}


@pytest.fixture
def decide(curator, programme):
    """``decide(application, deed, **data)``: the curator posts a deed of the application's page."""

    def post(application, deed, client=curator, **data):
        answer = client.post(
            reverse(f"application-{deed}", args=[programme.pk, application.pk]), data
        )
        application.refresh_from_db()
        return answer

    return post


def test_accept_without_a_person_is_refused_and_changes_nothing(decide, programme):
    application = recipes.application(programme)

    answer = decide(application, "accept", **DAY)

    assert answer.status_code == 422
    assert "выберите, кто это" in answer.content.decode()
    assert application.state == "waiting"
    assert not programme.mentees.exists()


@pytest.mark.parametrize(("left_on", "status"), [("2020-09-14", 422), ("2020-09-15", 302)])
def test_who_has_left_by_the_day_enters_no_base(decide, programme, school, left_on, status):
    person = recipes.pupil(
        school, "Ткач Ольга Ивановна", gender="f", left_on=datetime.date.fromisoformat(left_on)
    )
    application = recipes.application(programme, person=person)

    answer = decide(application, "accept", **DAY)

    assert answer.status_code == status
    assert programme.mentees.exists() == (status == 302)
    if status == 422:
        assert "Ткач Ольга Ивановна: выбыла 14.09.2020." in answer.content.decode()
        assert application.state == "waiting"


def test_accepted_twice_is_in_the_base_once(decide, programme, school):
    application = recipes.application(programme, person=recipes.pupil(school))

    for _ in range(2):
        assert decide(application, "accept", **DAY).status_code == 302

    assert programme.mentees.count() == 1
    assert application.history.filter(state="accepted").count() == 1


def test_who_is_in_the_base_already_gets_only_gaps_filled(decide, programme, school):
    entry = recipes.mentee_in_base(
        programme, recipes.pupil(school), started_on=datetime.date(2020, 9, 2), need="физика"
    )
    application = recipes.application(
        programme, person=entry.person, need="химия", interests="шахматы"
    )

    decide(application, "accept", **DAY)

    entry.refresh_from_db()
    assert (entry.need, entry.interests) == ("физика", "шахматы")
    assert programme.mentees.count() == 1
    assert application.state == "accepted"


def test_day_outside_the_programme_is_told(decide, programme, school):
    application = recipes.application(programme, person=recipes.pupil(school))

    assert decide(application, "accept", started_on="2019-01-01").status_code == 422
    assert application.state == "waiting"


def test_declining_needs_a_reason_is_kept_and_can_be_taken_back(decide, programme):
    application = recipes.application(programme)
    assert decide(application, "decline", reason=" ").status_code == 422

    decide(application, "decline", reason="выбыл из школы")
    decide(application, "decline", reason="выбыл из школы")
    assert (application.state, application.reason) == ("declined", "выбыл из школы")
    assert decide(application, "decline", reason="другое").status_code == 422
    decide(application, "return")

    assert application.state == "waiting"
    assert application.history.filter(reason="выбыл из школы").count() == 1


def test_taking_back_is_refused_when_another_one_has_come(decide, programme):
    born = datetime.date(2013, 1, 1)
    old = recipes.application(
        programme, "Ткач Ольга", birth_date=born, state="declined", reason="рано"
    )
    new = recipes.application(programme, "Ткач Ольга", birth_date=born)

    answer = decide(old, "return")

    assert answer.status_code == 422
    assert new.number in answer.content.decode()
    assert old.state == "declined"


def test_new_person_is_made_once_by_the_rules_of_people(decide, programme):
    application = recipes.application(programme, "Доржиев Баир Цыренович", gender="m")
    for _ in range(2):
        decide(application, "person", person="new")

    person = Person.objects.get(surname="Доржиев")
    assert application.person == person
    assert person.name_in("dative") == "Доржиеву Баиру Цыреновичу"
    nobody = recipes.application(programme, kind="teacher", grade=None, letter="", position="")
    answer = decide(nobody, "person", person="new")
    assert answer.status_code == 422
    assert "должность" in answer.content.decode()


def test_person_of_another_school_cannot_be_chosen(decide, programme):
    application = recipes.application(programme)
    foreign = recipes.pupil(recipes.make_school())

    assert decide(application, "person", person=foreign.pk).status_code == 422
    assert application.person is None


def test_namesakes_are_asked_about(curator, programme, school):
    recipes.pupil(school, "Ткач Ольга", gender="f", letter="Б")
    recipes.pupil(school, "Ткач Ольга", gender="f", letter="В")
    application = recipes.application(programme, "Ткач Ольга", birth_date=None)

    page = curator.get(reverse("application-detail", args=[programme.pk, application.pk]))

    assert len(page.context["matches"]) == 2
    assert page.context["certain"] is None


def test_s1_2_preliminary_request_must_be_turned_before_it_is_accepted(decide, programme, school):
    application = recipes.application(
        programme, purpose="preliminary", person=recipes.pupil(school)
    )
    assert decide(application, "accept", **DAY).status_code == 422
    assert decide(application, "purpose", purpose="preliminary").status_code == 302
    assert decide(application, "purpose", purpose="nonsense").status_code == 422

    decide(application, "purpose", purpose="mentor")
    decide(application, "accept", **DAY)

    assert programme.mentors.count() == 1
    assert application.came_as == "preliminary"


def test_a_curator_of_another_school_decides_nothing(decide, client_of, programme):
    application = recipes.application(programme)
    stranger = client_of(Role.CURATOR, school=recipes.make_school())

    for deed in ("accept", "decline", "return", "person", "purpose"):
        assert decide(application, deed, client=stranger, reason="x").status_code == 404
    assert application.state == "waiting"


def test_bulk_accepts_the_certain_and_tells_of_the_rest(curator, programme, school):
    pupil = recipes.pupil(school, "Ткач Ольга", gender="f")
    sure = recipes.application(programme, "Ткач Ольга", birth_date=None)
    unsure = recipes.application(programme, "Ким Вера")
    address = reverse("application-bulk", args=[programme.pk])

    answer = curator.post(address, DAY | {"deed": "accept", "applications": [sure.pk, unsure.pk]})

    assert answer.status_code == 422
    assert "Ким Вера: откройте заявку" in answer.content.decode()
    assert programme.mentees.get().person == pupil
    done = curator.post(
        address, {"deed": "decline", "applications": [unsure.pk], "reason": "мест нет"}
    )
    assert done.status_code == 302
    assert Application.objects.get(pk=unsure.pk).reason == "мест нет"
    assert curator.post(address, DAY | {"deed": "accept"}).status_code == 422


def test_bulk_passes_over_applications_of_another_programme(curator, programme):
    foreign = recipes.application(recipes.make_programme(recipes.make_school()))

    answer = curator.post(
        reverse("application-bulk", args=[programme.pk]),
        {"deed": "decline", "applications": [foreign.pk], "reason": "x"},
    )

    assert answer.status_code == 422
    assert Application.objects.get(pk=foreign.pk).state == "waiting"
