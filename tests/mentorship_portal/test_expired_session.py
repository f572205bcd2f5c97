"""A form sent after the session has ended leads back to its page, not to an address of POST."""

from django.urls import reverse

from programmes.access import Role
from tests import recipes


def test_form_sent_too_late_leads_back_to_its_page(client, programme):
    recipes.user(programme.school, Role.CURATOR)
    page = f"http://testserver{reverse('document-list')}?programme={programme.pk}"
    answer = client.post(reverse("document-start", args=[programme.pk]), headers={"referer": page})

    assert answer.status_code == 302
    assert answer.url == "/login/?expired=1&next=%2Fdocuments%2F"
    assert "Сеанс закончился" in client.get(answer.url).content.decode()


def test_page_of_somebody_else_leads_home(client, programme):
    headers = {"referer": "https://elsewhere.example/documents/"}
    answer = client.post(reverse("document-start", args=[programme.pk]), headers=headers)

    assert answer.url == "/login/?expired=1&next=%2F"
