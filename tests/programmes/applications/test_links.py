"""Forms are opened, closed and renewed by the curator. S1.2, S2.2, S3.2."""

from django.test import Client
from django.urls import reverse

from programmes.models import ApplicationLink
from tests import recipes


def open_link(curator, programme, **data):
    return curator.post(
        reverse("application-link-open", args=[programme.pk]),
        {"purpose": "mentee", "started_on": "2020-09-01"} | data,
    )


def test_opened_twice_is_one_link_and_new_days_keep_the_address(curator, programme):
    open_link(curator, programme)
    slug = ApplicationLink.objects.get().slug
    open_link(curator, programme)
    open_link(curator, programme, ended_on="2090-05-01")

    link = ApplicationLink.objects.get()
    assert (link.slug, link.ended_on.year) == (slug, 2090)


def test_wrong_days_are_told_and_store_nothing(curator, programme):
    for data in ({"ended_on": "2020-01-01"}, {"started_on": ""}, {"purpose": "zzz"}):
        assert open_link(curator, programme, **data).status_code == 422
    assert not ApplicationLink.objects.exists()


def test_renewed_once_the_old_address_is_dead(curator, programme):
    link = recipes.application_link(programme)
    address = reverse("application-link-renew", args=[programme.pk, link.pk])

    curator.post(address)
    curator.post(address)

    fresh = ApplicationLink.objects.get(closed_at__isnull=True)
    assert ApplicationLink.objects.count() == 2
    assert Client().get(reverse("apply", args=[link.slug])).status_code == 410
    assert Client().get(reverse("apply", args=[fresh.slug])).status_code == 200


def test_closed_is_closed(curator, programme):
    link = recipes.application_link(programme)

    for _ in range(2):
        curator.post(reverse("application-link-close", args=[programme.pk, link.pk]))

    assert Client().get(reverse("apply", args=[link.slug])).status_code == 410
    assert link.history.count() == 2
