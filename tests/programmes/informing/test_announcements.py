"""Announcements: drafts are changed, published ones read by their audience. S1.2, S2.1, S3.1."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.access import Role
from programmes.informing.models import INFORMING_STAGES, Audience
from programmes.informing.ready_texts import READY, ready_for
from programmes.models import Announcement
from tests import recipes

PAST = datetime.date(2020, 9, 1)


def publish(curator, announcement):
    return curator.post(
        reverse("announcement-publish", args=[announcement.programme_id, announcement.pk])
    )


@pytest.mark.parametrize("stage", INFORMING_STAGES)
def test_every_stage_and_audience_has_a_ready_text_that_fits(stage):
    for audience in Audience:
        ready = ready_for(stage, audience)
        assert (stage, audience) in READY
        assert len(ready.title) <= 150 and len(ready.text) <= 2000


def test_s1_2_grades_narrow_what_pupils_read(curator, client_of, school, programme):
    recipes.announcement(
        programme, audience="pupils", grades=[9, 10], started_on=PAST, title="Старшим"
    )
    publish(curator, Announcement.objects.get())
    page = reverse("announcements")

    for grade, sees in ((9, True), (7, False)):
        pupil = client_of(Role.MENTEE, person=recipes.pupil(school, grade=grade))
        assert ("Старшим" in pupil.get(page).content.decode()) is sees
    assert "Старшим" not in client_of(Role.TEACHER).get(page).content.decode()
    assert "Старшим" in client_of(Role.DIRECTOR).get(page).content.decode()


def test_the_reader_finds_the_open_form_of_the_stage(curator, client_of, programme):
    publish(curator, recipes.announcement(programme, stage=3, started_on=PAST))
    teacher = client_of(Role.TEACHER)
    link = recipes.application_link(programme, "mentor")
    other = recipes.application_link(programme, "mentee")

    page = teacher.get(reverse("announcements")).content.decode()

    assert link.slug in page and other.slug not in page


def test_another_school_reads_nothing(curator, client_of, programme):
    recipes.announcement(programme, started_on=PAST, title="Только нашим")
    publish(curator, Announcement.objects.get())
    stranger = client_of(Role.TEACHER, school=recipes.make_school())

    assert "Только нашим" not in stranger.get(reverse("announcements")).content.decode()


def test_drafts_and_past_ones_are_not_shown(curator, client_of, programme):
    recipes.announcement(programme, started_on=PAST, title="Черновик мой")
    over = recipes.announcement(
        programme, started_on=PAST, ended_on=datetime.date(2020, 10, 1), title="Давнее"
    )
    assert publish(curator, over).status_code == 422
    Announcement.objects.filter(pk=over.pk).update(state="published", published_on=PAST)

    page = client_of(Role.TEACHER).get(reverse("announcements")).content.decode()

    assert "Черновик мой" not in page and "Давнее" not in page


def test_published_is_not_changed_or_deleted_only_withdrawn(curator, programme):
    announcement = recipes.announcement(programme, started_on=PAST)
    publish(curator, announcement)
    publish(curator, announcement)
    address = [programme.pk, announcement.pk]
    typed = {"stage": 1, "audience": "all", "title": "Другое", "text": "x", "started_on": PAST}

    assert curator.post(reverse("announcement-edit", args=address), typed).status_code == 422
    assert curator.post(reverse("announcement-delete", args=address)).status_code == 422
    announcement.refresh_from_db()
    assert announcement.title == "Наставничество"
    assert announcement.published_on == timezone.localdate()
    assert announcement.history.filter(state="published").count() == 1


def test_wrong_grades_days_and_stage_are_told(curator, programme):
    typed = {
        "stage": 1, "audience": "pupils", "title": "Есть", "text": "Слова", "grades": "5–7, 9",
        "started_on": "2026-09-14",
    }  # fmt: skip
    new = reverse("announcement-new", args=[programme.pk])
    for wrong in (
        {"grades": "12"}, {"grades": "7-5"}, {"grades": "все"}, {"ended_on": "2026-01-01"},
        {"stage": 4}, {"audience": "x"}, {"text": "а" * 10_000}, {"ways": ["x"]},
    ):  # fmt: skip
        assert curator.post(new, typed | wrong).status_code == 422, wrong
    assert not Announcement.objects.exists()

    curator.post(new, typed)

    assert Announcement.objects.get().grades == [5, 6, 7, 9]
    assert Announcement.objects.get().grades_in_words == "5–7, 9"


def test_stale_draft_is_not_written_over(curator, programme):
    announcement = recipes.announcement(programme, started_on=PAST)
    address = reverse("announcement-edit", args=[programme.pk, announcement.pk])
    form = curator.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name != "ways"}
    typed |= {"title": "Моё"}
    Announcement.objects.filter(pk=announcement.pk).update(title="Чужое")

    assert curator.post(address, typed).status_code == 409
    announcement.refresh_from_db()
    assert announcement.title == "Чужое"


def test_s2_1_public_ones_stand_beside_their_form(curator, programme):
    link = recipes.application_link(programme)
    for title, fields in {
        "Всем": {"audience": "all"},
        "На сайте": {"audience": "parents", "ways": ["site"]},
        "Педсовет": {"audience": "teachers"},
    }.items():
        publish(
            curator,
            recipes.announcement(programme, stage=2, started_on=PAST, title=title, **fields),
        )

    page = Client().get(reverse("apply", args=[link.slug])).content.decode()

    assert "Всем" in page and "На сайте" in page and "Педсовет" not in page
