"""Stage 2, and the informing of stage 1: from an announcement to the base of mentees."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from programmes.access import Role
from programmes.applications.models import Purpose
from programmes.mentees.models import Channel
from programmes.models import Announcement, Application
from programmes.programme.models import Programme
from tests import recipes
from tests.documents.informing.pages import texts_of


@pytest.fixture
def programme(school) -> Programme:
    """A programme that goes on whenever the tests run."""
    return recipes.make_programme(
        school, started_on=datetime.date(2020, 9, 1), ended_on=datetime.date(2099, 5, 31)
    )


def typed(**fields) -> dict:
    """What a pupil of class 7А types into the public form."""
    return {
        "who": "pupil",
        "surname": "Жаргалова",
        "first_name": "Арюна",
        "patronymic": "Баировна",
        "gender": "f",
        "class_name": "7а",
        "birth_date": "2013-04-05",
        "guardian_contact": "+7 914 000-00-00",
        "need": "помощь с дробями",
        "days": ["2", "4"],
        "times": "после 15 часов",
        "interests": "шахматы",
    } | fields


def decide(curator: Client, application: Application, deed: str, **data):
    address = reverse(f"application-{deed}", args=[application.programme_id, application.pk])
    return curator.post(address, data)


def test_s1_2_people_are_told_and_their_preliminary_requests_become_candidates(
    curator, client_of, school, programme
):
    """Announcement → public form without a login → inbox → application of a mentee."""
    new = reverse("announcement-new", args=[programme.pk])
    ready = curator.get(new, {"stage": 1, "audience": "pupils"}).context["form"]
    text = {name: ready[name].value() or "" for name in ready.fields if name != "version"}
    curator.post(new, text | {"started_on": "2020-09-01", "ways": ["stand", "site"]})
    draft = Announcement.objects.get()
    curator.post(reverse("announcement-publish", args=[programme.pk, draft.pk]))
    curator.post(
        reverse("application-link-open", args=[programme.pk]),
        {"purpose": "preliminary", "started_on": "2020-09-01"},
    )
    link = programme.application_links.get()
    pupil = client_of(Role.MENTEE, person=recipes.pupil(school))

    assert draft.title in pupil.get(reverse("announcements")).content.decode()
    form = Client().get(reverse("apply", args=[link.slug])).content.decode()
    assert draft.title in form
    assert Client().post(reverse("apply", args=[link.slug]), typed()).status_code == 302
    request = Application.objects.get()
    assert request.purpose == Purpose.PRELIMINARY
    inbox = reverse("application-list", args=[programme.pk])
    assert "Жаргалова" in curator.get(inbox, {"purpose": "preliminary"}).content.decode()
    decide(curator, request, "purpose", purpose="mentee")
    request.refresh_from_db()
    assert (request.purpose, request.came_as) == (Purpose.MENTEE, Purpose.PRELIMINARY)


def test_s2_1_parents_of_a_class_get_their_letter(curator, school, programme):
    """One PDF, a page a child, the name in its case."""

    recipes.pupil(school, "Ткач Ольга Ивановна", gender="f")
    recipes.pupil(school, "Заяц Кирилл Петрович")
    recipes.pupil(school, "Ким Вера Олеговна", gender="f", letter="Б")

    file = curator.get(reverse("parent-letter-file", args=[programme.pk]), {"class": "7а"})

    first, second = texts_of(file.content)
    assert "Зайца Кирилла Петровича" in first and "Зайцу Кириллу Петровичу принять" in first
    assert "Ткач Ольги Ивановны" in second and "Кирилла" not in second


def test_s2_2_by_link_a_pupil_comes_into_the_base_with_all_that_was_said(
    curator, school, programme
):
    link = recipes.application_link(programme)
    category = school.need_categories.get(title="математика и точные науки")
    form = programme.forms.get(code="F1")
    answer = Client().post(
        reverse("apply", args=[link.slug]),
        typed(pupil_categories=[category.pk], forms=[form.pk]),
        follow=True,
    )
    application = Application.objects.get()
    assert application.number in answer.content.decode()

    decide(curator, application, "person", person="new")
    refused = decide(curator, application, "accept", started_on="2020-09-14")
    assert refused.status_code == 422 and not programme.mentees.exists()
    assert "нет согласия на обработку" in refused.content.decode()
    recipes.consents(school.people.get(surname="Жаргалова"))
    decide(curator, application, "accept", started_on="2020-09-14")

    entry = programme.mentees.get()
    assert entry.person.full_name == "Жаргалова Арюна Баировна"
    assert (entry.person.birth_date, entry.person.class_name) == (
        datetime.date(2013, 4, 5),
        "7 «А»",
    )
    assert entry.channel == Channel.SELF
    assert (entry.need, entry.days, entry.times) == (
        "помощь с дробями",
        [2, 4],
        "после 15 часов",
    )
    assert list(entry.categories.all()) == [category]
    assert list(entry.forms.all()) == [form]


def test_s2_2_by_class_teacher_sees_and_proposes_the_own_class_only(
    curator, client_of, school, programme
):
    teacher = recipes.teacher(school, "Намдаков Арсалан Булатович")
    curator.post(
        reverse("class-teacher-add"),
        {"class_name": "7а", "person": teacher.pk, "started_on": "2020-09-01"},
    )
    own = recipes.pupil(school, "Ткач Ольга Ивановна", gender="f")
    other = recipes.pupil(school, "Ким Вера Олеговна", gender="f", letter="Б")
    client = client_of(Role.TEACHER, person=teacher)

    page = client.get(reverse("my-class")).content.decode()
    assert "Ткач" in page and "Ким" not in page
    assert client.get(reverse("my-class-propose", args=[other.pk])).status_code == 404
    said = {"purpose": "mentee", "need": "стесняется отвечать"}
    client.post(reverse("my-class-propose", args=[own.pk]), said)

    application = Application.objects.get()
    assert application.channel == Channel.CLASS_TEACHER
    decide(curator, application, "accept", started_on="2020-09-14")
    entry = programme.mentees.get()
    assert (entry.person, entry.channel) == (own, Channel.CLASS_TEACHER)


def test_s2_2_by_psychologist(curator, client_of, school, programme):
    pupil = recipes.pupil(school)
    psychologist = client_of(Role.PSYCHOLOGIST)
    address = reverse("application-propose", args=[programme.pk])
    said = {"purpose": "mentee", "channel": "psychologist", "need": "адаптация в новом классе"}

    assert psychologist.post(f"{address}?person={pupil.pk}", said).status_code == 302

    application = Application.objects.get()
    decide(curator, application, "accept", started_on="2020-09-14")
    assert programme.mentees.get().channel == Channel.PSYCHOLOGIST


def test_s2_2_by_parent_the_child_is_who_the_application_speaks_of(curator, programme):
    link = recipes.application_link(programme)

    Client().post(reverse("apply", args=[link.slug]), typed(who="parent"))

    application = Application.objects.get()
    assert (application.channel, application.kind) == (Channel.PARENT, "pupil")
    assert application.guardian_contact == "+7 914 000-00-00"
    page = curator.get(reverse("application-detail", args=[programme.pk, application.pk]))
    assert "родитель" in page.content.decode()


def test_s2_2_by_career_test_keeps_the_results_in_words(curator, client_of, school, programme):
    pupil = recipes.pupil(school)
    address = reverse("application-propose", args=[programme.pk]) + f"?person={pupil.pk}"
    said = {"purpose": "mentee", "channel": "career_test", "need": "выбор профессии"}
    psychologist = client_of(Role.PSYCHOLOGIST)

    assert psychologist.post(address, said).status_code == 422
    psychologist.post(address, said | {"results": "склонность к инженерным профессиям"})

    application = Application.objects.get()
    assert application.channel == Channel.CAREER_TEST
    page = curator.get(reverse("application-detail", args=[programme.pk, application.pk]))
    assert "склонность к инженерным профессиям" in page.content.decode()


def test_s2_2_age_and_experience_are_explained_not_refused(curator, programme):
    """A child of 9, and a teacher of 20 years at the same place."""
    link = recipes.application_link(programme)
    today = datetime.date.today()
    address = reverse("apply", args=[link.slug])
    Client().post(address, typed(birth_date=f"{today.year - 9}-01-01", class_name="3а"))
    teacher = {
        "who": "teacher", "surname": "Рудой", "first_name": "Лев", "gender": "m",
        "position": "учитель технологии", "works_since": today.year - 21, "phone": "+7 914 1",
        "need": "цифровые сервисы",
    }  # fmt: skip
    assert Client().post(address, teacher).status_code == 302

    page = curator.get(reverse("application-list", args=[programme.pk])).content.decode()

    assert "возраст 9: модель рассчитана на 10–19 лет" in page
    assert "стаж больше 3 лет" in page
    child = Application.objects.get(surname="Жаргалова")
    decide(curator, child, "person", person="new")
    recipes.consents(programme.school.people.get(surname="Жаргалова"))
    decide(curator, child, "accept", started_on=f"{programme.working_day()}")
    assert programme.mentees.count() == 1
