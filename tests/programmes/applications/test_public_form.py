"""The public form: what it takes, what it refuses, and that it shows nobody. S1.2, S2.2, S3.2."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from programmes.applications import deciding
from programmes.applications.models import ApplicationLink
from programmes.models import Application
from tests import recipes


def test_s2_2_sent_twice_is_one_row_and_the_same_page(send, typed):
    first = send(**typed)
    again = send(**typed | {"surname": "ЖАРГАЛОВА ", "need": "и ещё геометрия"})

    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url
    application = Application.objects.get()
    assert application.repeats == 1
    assert application.need == "помощь с дробями"
    assert "и ещё геометрия" in application.addition


def test_declined_may_apply_again(send, typed):
    send(**typed)
    Application.objects.update(state="declined", reason="рано")

    send(**typed)

    assert Application.objects.filter(state="waiting").count() == 1


@pytest.mark.parametrize(
    "field, value",
    [
        ("guardian_contact", ""),  # without a contact; a child under 14 needs the parent's
        ("need", "а" * 10_000),
        ("birth_date", "2090-01-01"),
        ("birth_date", ""),
        ("class_name", "12а"),
        ("surname", "<script>"),
        ("who", "employer"),  # this form is not for them
        ("pupil_categories", ["99999999999999999999"]),
        ("days", ["9"]),
        ("gender", "x"),
    ],
)
def test_s2_2_bad_input_is_told_by_its_field_and_stores_nothing(send, typed, field, value):
    answer = send(**typed | {field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Application.objects.exists()


def test_categories_of_another_school_are_refused(send, typed):
    foreign = recipes.make_school().need_categories.first()

    answer = send(**typed | {"pupil_categories": [foreign.pk]})

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_s2_2_grown_up_pupil_may_leave_the_own_phone_only(send, typed):
    adult = typed | {"birth_date": "2006-01-01", "guardian_contact": "", "phone": "+7 914 1"}

    assert send(**adult).status_code == 302


def test_s2_2_a_teacher_of_this_year_becomes_a_person(send, curator, programme):
    today = timezone.localdate()
    send(
        who="teacher", surname="Цой", first_name="Анна", gender="f", position="учитель биологии",
        works_since=today.year, phone="+7 914 1", need="построение урока",
    )  # fmt: skip
    application = Application.objects.get()

    address = reverse("application-person", args=[programme.pk, application.pk])
    assert curator.post(address, {"person": "new"}).status_code == 302
    application.refresh_from_db()
    assert application.person.started_work_on <= today


def test_a_form_that_nobody_sees_catches_scripts(send, typed):
    answer = send(**typed, website="http://spam.example")

    assert answer.status_code == 302
    assert not Application.objects.exists()


def test_closed_early_and_unknown_links_take_nothing(programme, typed):
    today = datetime.date.today()
    later = recipes.application_link(programme, started_on=today + datetime.timedelta(days=2))
    closed = recipes.application_link(programme, "mentor")
    closed.close()

    for link in (later, closed):
        address = reverse("apply", args=[link.slug])
        assert Client().get(address).status_code == 410
        assert Client().post(address, typed).status_code == 410
    assert Client().get(reverse("apply", args=["abcd-abcd-abcd"])).status_code == 404
    assert not Application.objects.exists()


def test_the_form_asks_for_no_consent_and_shows_nobody(send, typed, programme):
    """Consent inside a form is illegal (domain notes § 0.5)."""
    send(**typed)
    address = reverse("apply", args=[send.link.slug])

    page = Client().get(address).content.decode()
    thanks = Client().get(reverse("apply-thanks", args=[send.link.slug])).content.decode()

    form = Client().get(address).context["form"]
    assert not [name for name in form.fields if "consent" in name or "agree" in name]
    assert "не согласие" in page
    for shown in (page, thanks):
        assert "Жаргалова" not in shown
        assert Application.objects.get().number not in shown


def test_too_long_a_body_is_refused_in_words(send, typed):
    assert send(**typed | {"interests": "а" * 300_000}).status_code == 413


def test_opening_a_form_writes_nothing(send, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as queries:
        Client().get(reverse("apply", args=[send.link.slug]))
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [q for q in queries.captured_queries if q["sql"].startswith(written)]


def test_slugs_are_long_and_printable():
    slugs = {ApplicationLink._meta.get_field("slug").get_default() for _ in range(200)}

    assert len(slugs) == 200
    assert not set("".join(slugs)) & set("0O1lIo")


NAMES = st.text("абвгдеёжзиклмнопрстуАБЁ -", min_size=1, max_size=30).filter(str.strip)


@given(NAMES, NAMES, st.dates(datetime.date(1950, 1, 1), datetime.date(2020, 1, 1)))
def test_identity_looks_past_case_spaces_and_yo(surname, first_name, born):
    one = Application(surname=surname, first_name=first_name, birth_date=born)
    other = Application(
        surname=f" {surname.upper()} ".replace("Ё", "Е"),
        first_name=first_name.lower(),
        birth_date=born,
    )
    for application in (one, other):
        application.fill_keys()

    assert one.identity == other.identity
    assert len(one.identity) <= 340


def test_s2_2_who_has_left_the_base_applies_anew_and_waits(send, typed, programme, school):
    send(**typed)
    first = Application.objects.get()
    deciding.name_person(first, recipes.pupil(school, "Жаргалова Арюна", gender="f"))
    deciding.accept(first, datetime.date(2020, 9, 14), None)
    send(**typed)
    assert Application.objects.get().repeats == 1

    programme.mentees.get().end(datetime.date(2021, 5, 31), "уехала")
    for _ in range(2):
        send(**typed)

    again = Application.objects.exclude(pk=first.pk).get()
    assert (again.state, again.repeats) == ("waiting", 1)
    deciding.name_person(again, programme.mentees.get().person)
    deciding.accept(again, datetime.date(2022, 9, 1), None)
    assert programme.mentees.count() == 2
