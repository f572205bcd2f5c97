"""A pile of signed papers is recorded: by whom, when, what is refused (D13)."""

import datetime

import pytest
from django.utils import timezone

from programmes.access import Role
from programmes.consents import recording
from programmes.consents.models import Consent
from programmes.consents.wording import DEFAULTS, Purpose
from tests import recipes

DAY = datetime.date(2026, 9, 20)


@pytest.fixture
def child(school):
    return recipes.pupil(
        school, "Ли Виктор Сенович", has_consents=False, birth_date=datetime.date(2015, 3, 2)
    )


@pytest.fixture
def teen(school):
    return recipes.pupil(
        school, "Заяц Анна Ильинична", has_consents=False, birth_date=datetime.date(2010, 3, 2)
    )


def data(*people, day=DAY, purposes=("processing", "participation"), **more) -> dict:
    found = {
        "people": [person.pk for person in people],
        "purposes": list(purposes),
        "signed_on": day.isoformat(),
    }
    for person in people:
        found |= {
            f"guardian_{person.pk}": "Ли Анна Ивановна",
            f"relation_{person.pk}": "mother",
            f"authority_{person.pk}": "birth",
            f"own_{person.pk}": "on",
        }
    return found | more


def send(client, programme, values):
    return client.post(f"/programmes/{programme.pk}/consents/record/", values)


def test_d13_a_pile_of_papers_is_recorded_at_once(curator, programme, child, teen):
    answer = send(curator, programme, data(child, teen))

    assert answer.status_code == 302
    assert Consent.objects.filter(person__in=[child, teen]).count() == 4
    consent = child.consents.get(purpose=Purpose.PROCESSING)
    assert (consent.signed_on, consent.guardian_name) == (DAY, "Ли Анна Ивановна")
    assert consent.text.sha256
    assert consent.history.count() == 1


def test_d13_twice_is_as_once(curator, programme, child):
    send(curator, programme, data(child))
    answer = send(curator, programme, data(child))

    assert answer.status_code == 302
    assert child.consents.count() == 2


def test_d13_child_alone_may_not_sign(curator, programme, child):
    answer = send(curator, programme, data(child, **{f"guardian_{child.pk}": ""}))

    assert answer.status_code == 422
    assert "подписывает родитель" in answer.content.decode()
    assert not child.consents.exists()


def test_d13_from_14_both_sign(curator, programme, teen):
    values = data(teen)
    del values[f"own_{teen.pk}"]
    answer = send(curator, programme, values)

    assert "подписывают оба" in answer.content.decode()
    assert not teen.consents.exists()


def test_d13_guardian_of_a_grown_up_is_refused(school, programme):
    from programmes.consents import recording
    from programmes.refusal import Refusal

    adult = recipes.teacher(school, has_consents=False)
    paper = recording.Signed(
        adult, Purpose.PROCESSING, DAY, guardian_name="Ли Анна", guardian_relation="mother"
    )
    with pytest.raises(Refusal, match="родитель за него не подписывает"):
        recording.record(school, [paper], None)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (timezone.localdate() + datetime.timedelta(days=1), "не может быть подписано в будущем"),
        (datetime.date(2014, 1, 1), "раньше дня рождения"),
    ],
)
def test_d13_impossible_days_are_refused(curator, programme, child, day, words):
    answer = send(curator, programme, data(child, day=day))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not child.consents.exists()


def test_d13_one_wrong_paper_stores_none(curator, programme, child, teen):
    answer = send(curator, programme, data(child, teen, **{f"guardian_{teen.pk}": ""}))

    assert answer.status_code == 422
    assert not Consent.objects.filter(person__in=[child, teen]).exists()


def test_d13_publishing_asks_for_a_site_and_for_what_is_allowed(curator, programme, child):
    values = data(child, purposes=["distribution"])
    assert "адрес сайта" in send(curator, programme, values).content.decode()
    programme.school.site = "https://school94.example"
    programme.school.save()
    assert "молчание не согласие" in send(curator, programme, values).content.decode()

    answer = send(curator, programme, values | {"categories": ["name"], "conditions": "без фото"})

    assert answer.status_code == 302
    consent = child.consents.get()
    assert (consent.site, consent.categories) == ("https://school94.example", ["name"])


def test_d13_people_of_another_school_are_not_recorded(curator, programme):
    other = recipes.pupil(recipes.make_school(), has_consents=False)
    answer = send(curator, programme, data(other))

    assert answer.status_code == 422
    assert not other.consents.exists()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DIRECTOR, Role.PSYCHOLOGIST])
def test_d13_only_the_curator_records(client_of, programme, child, role):
    assert send(client_of(role), programme, data(child)).status_code == 403
    assert not child.consents.exists()


def test_d13_consent_keeps_the_version_of_its_paper(curator, programme, child, teen):
    address = f"/programmes/{programme.pk}/consents/record/?people={child.pk}"
    assert "version_" not in curator.get(address).content.decode()
    school, words = programme.school, DEFAULTS[Purpose.PROCESSING]
    recording.change_text(school, Purpose.PROCESSING, words | {"goal": "другая цель"})
    school.consent_texts.filter(number=1).update(created_at="2026-09-01T00:00:00+00:00")
    assert "version_processing" in curator.get(address).content.decode()

    send(curator, programme, data(child, purposes=["processing"]))
    send(curator, programme, data(teen, purposes=["processing"], version_processing="2"))

    assert child.consents.get().text.number == 1  # by the day of signing
    assert teen.consents.get().text.number == 2
    wrong = data(child, purposes=["processing"], day=DAY + datetime.timedelta(days=1))
    assert send(curator, programme, wrong | {"version_processing": "7"}).status_code == 422
