"""From the consents of a person back to the application that waits for them."""

from django.urls import reverse

from programmes.access import Role
from tests import recipes


def test_d13_consents_lead_back_to_the_waiting_application(curator, client_of, school, programme):
    who = recipes.pupil(school, has_consents=False)
    application = recipes.application(programme, person=who)
    page = reverse("person-consents", args=[who.pk])
    way_back = reverse("application-detail", args=[programme.pk, application.pk])

    assert way_back in curator.get(page).content.decode()
    assert way_back not in client_of(Role.DIRECTOR).get(page).content.decode()

    curator.post(
        reverse("application-decline", args=[programme.pk, application.pk]), {"reason": "выбыл"}
    )
    assert way_back not in curator.get(page).content.decode()
