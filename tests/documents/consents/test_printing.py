"""Consents of a class in one PDF, what is missing, the words and their versions (D13)."""

import datetime
import io

import pytest
from pypdf import PdfReader

from programmes.access import Role
from programmes.consents.models import ConsentText
from programmes.consents.wording import DEFAULTS, Purpose
from tests import recipes


@pytest.fixture
def class_5a(school):
    born = datetime.date(2015, 5, 5)
    return [
        recipes.pupil(school, grade=5, letter="А", birth_date=born, has_consents=False)
        for _ in range(3)
    ]


def pages(answer) -> list[str]:
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_d13_a_class_is_printed_at_once_three_papers_each(curator, programme, class_5a):
    address = f"/programmes/{programme.pk}/consents/print.pdf"
    asked = "&".join(f"purposes={p}" for p in ("processing", "participation", "distribution"))

    answer = curator.get(f"{address}?who=pupils&class=5 «А»&{asked}")

    assert len(pages(answer)) == 9


def test_d13_only_what_is_missing_is_printed(curator, programme, class_5a):
    recipes.consents(class_5a[0])
    recipes.consents(class_5a[1], Purpose.PROCESSING)
    address = f"/programmes/{programme.pk}/consents/print.pdf"

    assert len(pages(curator.get(f"{address}?who=pupils&only=missing"))) == 3
    nothing = curator.get(f"{address}?people={class_5a[0].pk}&only=missing")
    assert nothing.status_code == 422
    assert "Нечего печатать" in nothing.content.decode()


def test_d13_foreign_people_are_not_printed(curator, programme):
    other = recipes.pupil(recipes.make_school(), has_consents=False)
    address = f"/programmes/{programme.pk}/consents/print.pdf?people={other.pk}"

    assert curator.get(address).status_code == 422


@pytest.mark.parametrize("extension", ["docx", "pdf"])
@pytest.mark.parametrize("purpose", Purpose.values)
def test_d13_one_paper_in_both_formats(curator, class_5a, purpose, extension):
    answer = curator.get(f"/people/{class_5a[0].pk}/consents/{purpose}.{extension}")

    assert answer.status_code == 200
    assert curator.get(f"/people/{class_5a[0].pk}/consents/other.{extension}").status_code == 404


def test_d13_printing_a_class_costs_few_queries(
    curator, programme, class_5a, django_assert_max_num_queries
):
    for _ in range(10):
        recipes.pupil(programme.school, grade=5, letter="А", has_consents=False)
    with django_assert_max_num_queries(20):
        curator.get(f"/programmes/{programme.pk}/consents/print.pdf?who=pupils")


def test_d13_new_words_are_a_new_version_and_signed_papers_keep_theirs(client_of, school):
    signed = recipes.pupil(school).consents.get(purpose=Purpose.PROCESSING)
    director = client_of(Role.DIRECTOR)
    values = DEFAULTS[Purpose.PROCESSING] | {"processor": "ООО «Хостинг»", "version": "1"}

    shown = director.post("/settings/consents/processing/", values | {"preview": "1"})
    assert "ООО «Хостинг»" in shown.content.decode()
    assert school.consent_texts.filter(purpose="processing").count() == 1
    for _ in range(2):  # a second click makes no second version
        assert director.post("/settings/consents/processing/", values).status_code == 302

    versions = school.consent_texts.filter(purpose="processing").order_by("number")
    assert [version.number for version in versions] == [1, 2]
    assert versions[0].sha256 != versions[1].sha256
    signed.refresh_from_db()
    assert signed.text == versions[0]


def test_d13_a_version_never_changes(school):
    recipes.pupil(school)
    text = ConsentText.objects.filter(school=school).first()
    text.goal = "другая"

    with pytest.raises(ValueError, match="не меняется"):
        text.save()


def test_d13_texts_without_a_goal_are_refused(client_of, school):
    values = DEFAULTS[Purpose.PROCESSING] | {"goal": ""}
    answer = client_of(Role.CURATOR).post("/settings/consents/processing/", values)

    assert answer.status_code == 422
    assert not school.consent_texts.exists()


def test_sec_14_two_who_word_a_consent_do_not_overwrite_each_other(client_of, school):
    address, editor = "/settings/consents/processing/", client_of(Role.DIRECTOR)
    version = editor.get(address).context["form"]["version"].value()
    values = DEFAULTS[Purpose.PROCESSING] | {"version": version}
    client_of(Role.CURATOR).post(address, values | {"goal": "цель куратора"})

    answer = editor.post(address, values | {"goal": "цель директора"})

    assert answer.status_code == 409
    assert "сохранена версия 2" in answer.content.decode()
    assert ConsentText.in_use(school, Purpose.PROCESSING).goal == "цель куратора"
    again = values | {
        "goal": "цель директора",
        "version": answer.context["form"]["version"].value(),
    }
    assert editor.post(address, again).status_code == 302
