"""«Мои пары»: what a participant sees first. S6.1, S6.3."""

import datetime

from django.urls import reverse

from tests import recipes_meetings


def test_s6_1_one_click_to_write_down_a_meeting(mentor, mentee, pair):
    address = reverse("pair-meeting-log", args=[pair.pk])

    assert address in mentor.get(reverse("my-pairs")).content.decode()
    assert address not in mentee.get(reverse("my-pairs")).content.decode()


def test_s6_1_the_next_meeting_and_those_nobody_wrote_down(mentor, mentee, pair):
    recipes_meetings.meeting(pair, "2026-12-01", "planned", starts_at=datetime.time(15))
    recipes_meetings.meeting(pair, "2026-11-19", "planned")

    page = mentor.get(reverse("my-pairs")).content.decode()
    assert "1 декабря 2026 г., 15:00" in page and "19.11.2026: как она прошла?" in page
    page = mentee.get(reverse("my-pairs")).content.decode()
    assert "1 декабря 2026 г., 15:00" in page and "как она прошла" not in page


def test_s6_3_what_is_not_read_stands_there(mentee, pair):
    sending = recipes_meetings.sending(pair)
    assert sending.item.title in mentee.get(reverse("my-pairs")).content.decode()

    mentee.post(reverse("sending-read", args=[sending.pk]))

    page = mentee.get(reverse("my-pairs")).content.decode()
    assert "Новый материал" not in page
