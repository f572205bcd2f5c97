"""A script cannot flood the inbox, and a class behind one address can apply at once."""

import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.applications.models import ApplicationTry
from programmes.models import Application

NAMES = "абвгдежзиклмнопрстуфхцчшщэюя"


def test_a_class_of_30_applies_from_one_address(send, typed):
    for number in range(30):
        surname = f"Иванов{NAMES[number % 28]}{NAMES[number // 28]}"
        assert send(**typed | {"surname": surname}).status_code == 302

    assert Application.objects.count() == 30


def test_a_script_is_stopped_in_words_and_others_are_not(send, typed, settings):
    settings.APPLICATIONS_PER_ADDRESS = 3
    for _ in range(3):
        send(**typed | {"need": ""})

    stopped = send(**typed)

    assert stopped.status_code == 429
    assert "Подождите" in stopped.content.decode()
    assert not Application.objects.exists()
    other = Client().post(reverse("apply", args=[send.link.slug]), typed, REMOTE_ADDR="10.0.0.7")
    assert other.status_code == 302


def test_many_addresses_at_one_link_are_stopped_too(send, typed, settings):
    settings.APPLICATIONS_PER_LINK = 3
    address = reverse("apply", args=[send.link.slug])
    codes = [
        Client().post(address, typed, REMOTE_ADDR=f"10.0.0.{number}").status_code
        for number in range(4)
    ]

    assert codes == [302, 302, 302, 429]


def test_after_ten_minutes_one_may_again_and_after_a_day_nothing_is_kept(send, typed, settings):
    settings.APPLICATIONS_PER_ADDRESS = 1
    send(**typed)
    assert send(**typed).status_code == 429
    ApplicationTry.objects.update(at=timezone.now() - datetime.timedelta(minutes=11))
    assert send(**typed).status_code == 302
    ApplicationTry.objects.update(at=timezone.now() - datetime.timedelta(days=2))

    send(**typed)

    assert ApplicationTry.objects.count() == 1
