"""The director's desk: read, return with a remark, register one paper or several at once."""

import pytest
from django.urls import reverse

from documents.models import Document
from documents.registry import text
from programmes.access import Role
from tests.documents.registry import chain
from tests.documents.registry.chain import page_text


@pytest.fixture
def waiting(curator, ready) -> dict[str, Document]:
    """D5 and D3 wait for the director, opened in this order; the minutes are registered."""
    chain.registered(curator, ready, "D2")
    papers = {kind: chain.filled(curator, ready, kind) for kind in ("D5", "D3")}
    for paper in papers.values():
        assert chain.press(curator, "send", paper).status_code == 302
    return papers


def tick(client, *documents):
    ids = [document.pk for document in documents]
    return client.post(reverse("register-chosen"), {"documents": ids})


def state_of(document) -> str:
    return Document.objects.get(pk=document.pk).state


def test_desk_shows_what_waits(director, waiting):
    page = director.get(reverse("director-desk"))

    assert {d.pk for d in page.context["waiting"]} == {d.pk for d in waiting.values()}
    for document in waiting.values():
        assert reverse("document-detail", args=[document.pk]) in page_text(page)


def test_several_are_registered_in_the_order_of_the_chain(director, waiting):
    assert tick(director, waiting["D5"], waiting["D3"]).status_code == 302

    numbers = {kind: Document.objects.get(pk=d.pk).number for kind, d in waiting.items()}
    assert numbers == {"D3": "1-од", "D5": "2-од"}


def test_several_are_registered_in_the_order_of_dates(director, waiting):
    later = {"approve_until": "2026-10-13", "inform_until": "2026-10-23"}
    chain.fill(director, waiting["D5"], date="2026-10-12", **later)

    assert tick(director, waiting["D3"], waiting["D5"]).status_code == 302

    numbers = {kind: Document.objects.get(pk=d.pk).number for kind, d in waiting.items()}
    assert numbers == {"D5": "1-од", "D3": "2-од"}


def test_refused_one_stays_with_its_reasons(director, waiting):
    chain.fill(director, waiting["D3"], report_on="2026-10-01")

    answer = tick(director, waiting["D3"], waiting["D5"])

    assert answer.status_code == 422
    page = page_text(answer)
    assert "01.10.2026 раньше даты приказа" in page and "Зарегистрировано: № 1-од." in page
    assert state_of(waiting["D3"]) == "for_signature"
    assert state_of(waiting["D5"]) == "registered"


def test_curator_changes_nothing_while_it_waits(curator, waiting):
    answer = chain.fill(curator, waiting["D3"], report_on="2027-02-01")

    assert answer.status_code in (409, 422)
    assert "заберите его с подписи" in page_text(answer)
    assert Document.objects.get(pk=waiting["D3"].pk).facts["report_on"] == "2027-01-15"


def test_what_reads_otherwise_than_it_was_sent_is_not_registered_unread(director, ready, waiting):
    """Somebody renames the responsible person after the director has got the order."""
    person = ready.curators.get().person
    person.surname = "Переименованный"
    person.save()

    assert tick(director, waiting["D3"]).status_code == 422
    assert state_of(waiting["D3"]) == "for_signature"
    page = director.get(reverse("document-detail", args=[waiting["D3"].pk]))
    read = page.context["fingerprint"]
    assert chain.press(director, "register", waiting["D3"], read=read).status_code == 302
    assert state_of(waiting["D3"]) == "registered"


def test_page_that_is_out_of_date_does_not_register(director, ready, waiting):
    read = director.get(reverse("document-detail", args=[waiting["D3"].pk])).context["fingerprint"]
    chain.fill(director, waiting["D3"], report_on="2027-02-01")

    answer = chain.press(director, "register", waiting["D3"], read=read)

    assert answer.status_code == 422 and "прочитайте его ещё раз" in page_text(answer)
    assert state_of(waiting["D3"]) == "for_signature"


def test_second_click_takes_no_second_number(director, waiting):
    tick(director, waiting["D3"])
    assert tick(director, waiting["D3"]).status_code == 302

    assert Document.objects.get(pk=waiting["D3"].pk).number == "1-од"
    assert waiting["D3"].series.years.get(year=2026).last_number == 1


def test_nothing_ticked_is_told(director, waiting):
    answer = tick(director)

    assert answer.status_code == 422
    assert "Отметьте хотя бы один документ." in page_text(answer)


def test_paper_comes_back_with_a_remark(director, curator, waiting):
    answer = chain.press(director, "return", waiting["D3"], reason="Поправьте срок отчёта")

    assert answer.status_code == 302
    draft = Document.objects.get(pk=waiting["D3"].pk)
    assert (draft.state, draft.remark) == ("draft", "Поправьте срок отчёта")
    page = page_text(curator.get(reverse("document-detail", args=[draft.pk])))
    assert "Замечание директора:</strong> Поправьте срок отчёта" in page

    chain.press(curator, "send", draft)
    assert Document.objects.get(pk=draft.pk).remark == ""


def test_remark_is_asked_for(director, waiting):
    assert chain.press(director, "return", waiting["D3"], reason="").status_code == 422
    assert state_of(waiting["D3"]) == "for_signature"


def test_only_what_waits_is_returned(director, waiting):
    chain.press(director, "return", waiting["D3"], reason="Срок")

    assert chain.press(director, "return", waiting["D3"], reason="Срок").status_code == 422


def test_curator_takes_a_paper_back(curator, waiting):
    assert chain.press(curator, "take-back", waiting["D3"]).status_code == 302

    assert state_of(waiting["D3"]) == "draft"


def test_registered_paper_is_not_taken_back(curator, director, waiting):
    tick(director, waiting["D3"])

    assert chain.press(curator, "take-back", waiting["D3"]).status_code == 422
    assert state_of(waiting["D3"]) == "registered"


def test_unready_paper_is_not_sent(curator, ready):
    draft = chain.start(curator, ready, "D1")

    assert chain.press(curator, "send", draft).status_code == 422
    assert state_of(draft) == "draft"


def test_regulation_waits_for_the_director_before_its_order_has_a_number(curator, ready):
    chain.registered(curator, ready, "D2")
    regulation = chain.filled(curator, ready, "D4")

    assert chain.press(curator, "send", regulation).status_code == 302
    assert state_of(regulation) == "for_signature"


def test_order_and_what_it_approves_are_registered_together(director, curator, ready, waiting):
    regulation = chain.filled(curator, ready, "D4")
    chain.press(curator, "send", regulation)

    assert tick(director, regulation, waiting["D5"]).status_code == 302

    order = Document.objects.get(pk=waiting["D5"].pk)
    regulation.refresh_from_db()
    assert regulation.number == order.number == "1-од"


@pytest.mark.parametrize("role", [Role.CURATOR, Role.TEACHER, Role.EXPERT])
def test_others_have_no_desk(client_of, waiting, role):
    client = client_of(role)

    assert client.get(reverse("director-desk")).status_code == 403
    assert tick(client, waiting["D3"]).status_code == 403
    assert chain.press(client, "return", waiting["D3"], reason="Срок").status_code == 403
    assert state_of(waiting["D3"]) == "for_signature"


def test_director_of_another_school_registers_nothing_here(client_of, waiting):
    from tests import recipes

    other = client_of(Role.DIRECTOR, school=recipes.make_school(short_name="Другая школа"))

    assert tick(other, waiting["D3"]).status_code == 422
    assert not list(other.get(reverse("director-desk")).context["waiting"])
    assert chain.press(other, "return", waiting["D3"], reason="Срок").status_code == 404
    assert text.obstacles(waiting["D3"]) == [] and state_of(waiting["D3"]) == "for_signature"
