"""Consents and the papers of worker-mentors from end to end: S2.2, D13, D14 with art. 351.8."""

import datetime
import io

import pytest
from pypdf import PdfReader

from documents.registry import issuing, life, text
from documents.registry.models import Kind
from pairs.formation import forming
from pairs.models import Pair
from programmes.consents.models import Consent
from programmes.consents.wording import Purpose
from programmes.models import Rules
from programmes.refusal import Refusal
from tests import recipes

NOVEMBER = datetime.date(2026, 11, 9)


def add(client, programme, which, *people, day="2026-11-09"):
    values = {"people": [person.pk for person in people], "started_on": day}
    return client.post(f"/programmes/{programme.pk}/{which}/add/", values)


def test_s2_2_consent_keeps_out_of_the_base_only_whom_it_must(curator, programme):
    fine = recipes.pupil(programme.school, "Ли Виктор Сенович")
    without = [
        recipes.pupil(programme.school, name, has_consents=False)
        for name in ("Ткач Ольга Игоревна", "Заяц Анна Ильинична")
    ]

    answer = add(curator, programme, "mentees", fine, *without)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert [entry.person for entry in programme.mentees.all()] == [fine]
    assert "Ткач Ольга Игоревна: нет согласия на обработку персональных данных" in page
    assert f"/people/{without[0].pk}/consents/" in page
    assert "Напечатать недостающее для всех" in page
    for person in without:
        assert f'value="{person.pk}" checked' in page


def test_s2_2_consent_is_printed_signed_recorded_and_opens_the_base(curator, programme):
    recipes.head_of(programme.school)
    person = recipes.pupil(
        programme.school,
        "Мусихина Любовь Никитична",
        gender="f",
        has_consents=False,
        birth_date=datetime.date(2015, 5, 5),
    )
    printed = curator.get(f"/programmes/{programme.pk}/consents/print.pdf?people={person.pk}")
    printed_pages = PdfReader(io.BytesIO(printed.content)).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in printed_pages)
    assert "моего ребенка Мусихиной Любови Никитичны" in words
    assert "на участие в программе" in words
    values = {
        "people": [person.pk],
        "purposes": ["processing", "participation"],
        "signed_on": "2026-10-20",
        f"guardian_{person.pk}": "Мусихина Вера Петровна",
        f"relation_{person.pk}": "mother",
        f"authority_{person.pk}": "birth",
    }
    assert curator.post(f"/programmes/{programme.pk}/consents/record/", values).status_code == 302

    assert add(curator, programme, "mentees", person, day="2026-10-19").status_code == 422
    assert add(curator, programme, "mentees", person, day="2026-10-20").status_code == 302
    assert programme.mentees.get().person == person


def test_s2_2_consent_of_another_day_does_not_move_the_entry_back(curator, programme):
    person = recipes.pupil(programme.school, has_consents=False)
    recipes.consents(person, on=datetime.date(2026, 10, 20))
    add(curator, programme, "mentees", person)
    entry = programme.mentees.get()
    page = curator.get(f"/programmes/{programme.pk}/mentees/{entry.pk}/")
    version = page.context["form"].initial["version"]
    values = {"started_on": "2026-10-01", "version": version, "need": ""}
    answer = curator.post(f"/programmes/{programme.pk}/mentees/{entry.pk}/", values)

    assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.started_on == NOVEMBER


def test_s2_2_consent_rule_can_be_switched_off(curator, programme):
    Rules.objects.create(school=programme.school, asks_consent=False, asks_participation=False)
    person = recipes.pupil(programme.school, has_consents=False)

    assert add(curator, programme, "mentors", person).status_code == 302


def test_d13_pair_needs_participation_too_for_proposing_confirming_and_changing(programme):
    pair = recipes.draft_pair(programme)
    Consent.objects.filter(person=pair.current_mentees[0], purpose="participation").delete()
    with pytest.raises(Refusal, match="нет согласия на участие в программе наставничества"):
        forming.confirm_pairs(programme, [pair], NOVEMBER)
    assert Pair.objects.get().is_draft
    recipes.consents(pair.current_mentees[0], Purpose.PARTICIPATION)
    forming.confirm_pairs(programme, [pair], NOVEMBER)
    other = recipes.pupil(programme.school, grade=11)
    recipes.mentor_in_base(programme, other)
    other.consents.all().delete()
    day = NOVEMBER + datetime.timedelta(days=7)

    with pytest.raises(Refusal, match="нет согласия"):
        forming.change_mentor(Pair.objects.get(), other, day, "замена")
    third = recipes.mentee_in_base(programme).person
    third.consents.all().delete()
    with pytest.raises(Refusal, match="нет согласия"):
        forming.add_mentee(Pair.objects.get(), third, day)


def order_of(programme, kind=Kind.PAIRS, date=NOVEMBER):
    draft = life.open_draft(programme, kind, None)
    draft.date = date
    draft.save()
    return draft


@pytest.fixture
def chain(programme):
    recipes.head_of(programme.school)
    recipes.curator_of(programme)
    for kind, day, number in ((Kind.PLAN, 15, "163-од"), (Kind.REGULATION_ORDER, 15, "164-од")):
        issuing.register_by_hand(
            programme.school,
            kind=kind,
            title="",
            date=datetime.date(2026, 10, day),
            number=number,
            programme=programme,
        )
    return programme


def test_d13_order_on_pairs_waits_for_consents_while_the_draft_stays(chain):
    pair = recipes.confirmed_pair(chain)
    pair.current_mentees[0].consents.all().delete()
    draft = order_of(chain)

    with pytest.raises(Refusal, match="нет согласия на обработку персональных данных") as refusal:
        issuing.register(draft, None)
    assert len(refusal.value.messages) == 1
    obstacle = text.obstacles(draft)[0]
    assert obstacle.url == f"/people/{pair.current_mentees[0].pk}/consents/"
    assert text.obstacles(draft, is_recorded=True) == []
    recipes.consents(pair.current_mentees[0])
    assert issuing.register(draft, None).number


def test_d13_order_on_appointment_waits_for_consents(chain):
    entry = recipes.mentor_in_base(chain)
    entry.person.consents.filter(purpose=Purpose.PARTICIPATION).delete()
    draft = order_of(chain, Kind.APPOINTMENT)
    draft.facts = {"training_from": "2026-11-10", "training_to": "2026-11-12"}
    draft.save()

    with pytest.raises(Refusal, match="нет согласия на участие"):
        issuing.register(draft, None)
    recipes.consents(entry.person, Purpose.PARTICIPATION)
    assert issuing.register(draft, None).number


def test_d13_recorded_paper_is_never_refused(chain):
    pair = recipes.confirmed_pair(chain)
    pair.current_mentees[0].consents.all().delete()

    issued = issuing.issue_as_recorded(order_of(chain), number="178-од", date=NOVEMBER, by=None)

    assert issued.number == "178-од"


def pair_of_workers(programme):
    mentor, mentee = recipes.teacher(programme.school), recipes.teacher(programme.school)
    pair = recipes.confirmed_pair(programme, mentor=mentor, mentees=[mentee], form="F2")
    papers = programme.worker_mentorings.get()
    return pair, papers


def test_d14_351_8_order_waits_for_consent_scan_and_agreement(chain, curator):
    pair, papers = pair_of_workers(chain)
    papers.scans.all().delete()
    papers.delete()
    draft = order_of(chain)

    with pytest.raises(Refusal) as refusal:
        issuing.register(draft, None)
    words = refusal.value.messages[0]
    for lack in ("письменного согласия работника", "скана", "дополнительного соглашения"):
        assert lack in words
    assert curator.get(f"/documents/{draft.pk}/").status_code == 200
    address = f"/programmes/{chain.pk}/workers/{pair.mentor.pk}/"
    assert text.obstacles(draft)[0].url == address
    recipes.worker_papers(chain, pair.mentor)
    assert issuing.register(draft, None).number


def test_d14_351_8_papers_are_recorded_in_the_browser(chain, curator):
    pair, papers = pair_of_workers(chain)
    papers.scans.all().delete()
    papers.delete()
    address = f"/programmes/{chain.pk}/workers/{pair.mentor.pk}/"
    page = curator.get(address)
    values = {
        "version": page.context["form"].initial["version"],
        "consent_on": "2026-10-20",
        "agreement_number": "3-дс",
        "agreement_on": "2026-10-19",
        "content": "помощь",
        "form_of_work": "очная",
        "started_on": "2026-11-09",
        "ended_on": "2027-05-21",
        "payment": "10 процентов оклада",
    }
    early = curator.post(address, values)
    assert early.status_code == 422
    assert "раньше согласия" in early.content.decode()

    assert curator.post(address, values | {"agreement_on": "2026-10-21"}).status_code == 302

    row = chain.worker_mentorings.get()
    assert (row.agreement_number, row.consent_on) == ("3-дс", datetime.date(2026, 10, 20))
    assert "скана согласия" in text.obstacles(order_of(chain))[0].text
    assert curator.post(address, values).status_code == 409


def test_d14_351_8_agreement_of_the_portal_counts(chain):
    pair, papers = pair_of_workers(chain)
    papers.agreement_on, papers.agreement_number, papers.consent_on = None, "", None
    papers.save()
    assert "номер соглашения" in text.obstacles(order_of(chain))[0].text
    agreement = life.open_draft(chain, Kind.AGREEMENT, None)
    agreement.date = datetime.date(2026, 11, 2)
    agreement.facts = {
        "worker": {"person": pair.mentor.pk},
        "role": "mentor",
        "contract_date": "2020-09-01",
        "contract_number": "14",
        "consent_on": "2026-11-01",
        "started_on": "2026-11-09",
        "ended_on": "2027-05-21",
        "payment": "10 процентов оклада",
    }
    agreement.save()

    assert issuing.register(agreement, None).number  # no order on appointment is there yet

    assert issuing.register(order_of(chain), None).number


def test_d14_351_8_is_not_asked_of_mentors_of_pupils_and_can_be_switched_off(chain):
    mentor = recipes.teacher(chain.school)
    recipes.mentor_in_base(chain, mentor)
    recipes.confirmed_pair(chain)
    assert text.obstacles(order_of(chain)) == []
    _, papers = pair_of_workers(chain)
    papers.scans.all().delete()
    papers.delete()
    assert text.obstacles(order_of(chain))
    Rules.objects.create(school=chain.school, asks_351_8=False)

    assert text.obstacles(order_of(chain)) == []


def test_d13_many_pairs_cost_the_same_queries(chain, django_assert_max_num_queries):
    for _ in range(12):
        recipes.confirmed_pair(chain)
    draft = order_of(chain)
    edited = text.edited(draft)

    with django_assert_max_num_queries(25):
        assert text.obstacles(draft, text=edited) == []


def test_d14_351_8_appointment_waits_only_for_who_already_leads_a_worker(chain):
    idle = recipes.teacher(chain.school)
    recipes.mentor_in_base(chain, idle)
    mentor, mentee = recipes.teacher(chain.school), recipes.teacher(chain.school)
    recipes.draft_pair(chain, mentor=mentor, mentees=[mentee], form="F2")
    papers = chain.worker_mentorings.get()
    papers.scans.all().delete()
    papers.delete()
    draft = order_of(chain, Kind.APPOINTMENT)
    draft.facts = {"training_from": "2026-11-10", "training_to": "2026-11-12"}
    draft.save()

    obstacles = [obstacle.text for obstacle in text.obstacles(draft)]
    assert len(obstacles) == 1
    assert obstacles[0].startswith(mentor.full_name)
    assert any(idle.short_name in note.text for note in text.notes(draft))
    recipes.worker_papers(chain, mentor)
    assert issuing.register(draft, None).number


def test_d14_351_8_is_asked_of_who_leads_on_the_day_of_the_order(chain):
    """A later mentor, or a worker who has left the pair since, does not open the gate."""
    pair, papers = pair_of_workers(chain)
    former = pair.mentor
    papers.scans.all().delete()
    papers.delete()
    other = recipes.teacher(chain.school)
    recipes.mentor_in_base(chain, other)
    recipes.worker_papers(chain, other)
    day = NOVEMBER + datetime.timedelta(days=14)
    forming.change_mentor(Pair.objects.get(), other, day, "замена")

    obstacles = text.obstacles(order_of(chain))

    assert [one.text.startswith(former.full_name) for one in obstacles] == [True]


def agreement_of(programme, worker, day, **facts):
    agreement = order_of(programme, Kind.AGREEMENT, day)
    agreement.facts = {
        "worker": {"person": worker.pk},
        "role": "mentor",
        "contract_date": "2020-09-01",
        "contract_number": "14",
        "consent_on": "2026-11-01",
        "started_on": "2026-11-02",
        "ended_on": "2027-05-21",
        "payment": "10 процентов оклада",
    } | facts
    agreement.save()
    return issuing.register(agreement, None)


def test_d14_351_8_agreement_about_pupils_or_of_another_term_does_not_count(chain):
    pair, _ = pair_of_workers(chain)
    mentor, worker = pair.mentor, pair.current_mentees[0]
    chain.worker_mentorings.update(agreement_on=None, agreement_number="")
    issuing.register_by_hand(
        chain.school,
        kind=Kind.APPOINTMENT,
        title="",
        date=datetime.date(2026, 10, 20),
        number="165-од",
        programme=chain,
    )
    draft = order_of(chain)
    pair.mentees.update(person=recipes.pupil(chain.school))
    about_pupils = agreement_of(chain, mentor, datetime.date(2026, 11, 2))
    pair.mentees.update(person=worker)
    assert about_pupils.facts["is_worker_mentoring"] is False
    assert "номер соглашения" in text.obstacles(draft)[0].text
    agreement_of(chain, mentor, NOVEMBER, ended_on="2026-11-08")
    assert "номер соглашения" in text.obstacles(draft)[0].text

    agreement_of(chain, mentor, NOVEMBER)
    agreement_of(chain, mentor, NOVEMBER + datetime.timedelta(days=7))  # a later one is no matter

    assert text.obstacles(draft) == []


def test_d14_351_8_recorded_agreement_covers_the_day(chain):
    _, papers = pair_of_workers(chain)
    papers.ended_on = NOVEMBER - datetime.timedelta(days=1)
    papers.save()

    assert "срок которого включает 09.11.2026" in text.obstacles(order_of(chain))[0].text
