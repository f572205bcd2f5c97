"""A paper's life in a real browser: composed, edited, sent, returned, registered with others."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from documents.models import Document
from documents.registry import life
from documents.registry.models import Kind
from programmes.access import Role
from programmes.council.models import CouncilMember, Duty
from tests import recipes
from tests.browser.test_whole_walk import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEPTEMBER = datetime.date(2026, 9, 1)


def school_with_council():
    school = recipes.make_school()
    head = recipes.head_of(school).person
    programme = recipes.make_programme(school)
    curator = recipes.curator_of(programme).person
    CouncilMember.include(school, [head, curator], SEPTEMBER)
    CouncilMember.appoint(school, head, Duty.CHAIR, SEPTEMBER)
    CouncilMember.appoint(school, curator, Duty.SECRETARY, SEPTEMBER)
    recipes.group_member(programme, curator, is_leader=True, started_on=SEPTEMBER)
    recipes.group_member(programme, head, started_on=SEPTEMBER)
    recipes.user(school, Role.CURATOR, username="curator")
    recipes.user(school, Role.DIRECTOR, username="director")
    return school, programme


def test_d1_is_edited_returned_and_registered_with_the_minutes(live_server, page: Page):
    _, programme = school_with_council()
    base = live_server.url

    log_in(page, base, "curator")
    page.get_by_role("link", name="Документы").click()
    page.get_by_role("button", name=re.compile("Составить.*О внедрении")).click()
    expect(page.locator(".paper")).to_contain_text("Черных Андрея Саввича")
    page.get_by_label("Дата приказа").fill("2026-09-21")
    page.get_by_label("На основании приказа").fill("комитета образования города Читы")
    page.get_by_label("Дата этого приказа").fill("2026-09-14")
    page.get_by_label("Его номер").fill("811")
    page.get_by_label("Изучить концепцию").fill("2026-10-05")
    page.get_by_label("Рассмотреть план на педсовете").fill("2026-10-09")
    page.get_by_label("Доработать план").fill("2026-10-14")
    page.get_by_label("Ответственный за Положение").select_option(index=1)
    page.get_by_role("button", name="Сохранить и обновить текст").click()
    expect(page.get_by_text("всё заполнено")).to_be_visible()

    page.get_by_role("link", name="Правка текста").click()
    page.get_by_role("link", name=re.compile("Добавить после.*Разработать Положение")).click()
    page.get_by_label("Текст").fill("Учесть в Положении предложения по пункту 3.")
    page.get_by_role("button", name="Добавить", exact=True).click()
    page.get_by_role("button", name=re.compile("Выше.*Изучить цель")).click()
    expect(page.locator(".block-text").filter(has_text="по пункту 2.")).to_be_visible()
    page.get_by_role("link", name="Документ и данные").click()
    page.get_by_role("button", name="Передать на подпись").click()
    minutes = life.open_draft(programme, Kind.MINUTES, None)
    page.goto(f"{base}/documents/{minutes.pk}/meeting/")
    for number in range(2):
        page.locator(f"#id_decisions-{number}-votes_for").fill("2")
        page.locator(f"#id_decisions-{number}-votes_against").fill("0")
        page.locator(f"#id_decisions-{number}-abstained").fill("0")
    page.get_by_role("button", name="Сохранить заседание").click()
    page.get_by_label("Дата заседания").fill("2026-10-09")
    page.get_by_role("button", name="Сохранить и обновить текст").click()
    page.get_by_role("button", name="Передать на подпись").click()
    page.context.clear_cookies()

    log_in(page, base, "director")
    page.get_by_role("link", name=re.compile("Прочитать.*О внедрении")).click()
    page.get_by_label("Причина").fill("Уточните срок")
    page.get_by_role("button", name="Вернуть куратору").click()
    expect(page.get_by_text("Уточните срок")).to_be_visible()
    page.get_by_role("button", name="Передать на подпись").click()
    page.goto(f"{base}/documents/desk/")
    page.get_by_label("Отметить все").check()
    page.get_by_role("button", name="Зарегистрировать отмеченные").click()

    expect(page.get_by_text("Зарегистрировано: № 1-од, № 1.")).to_be_visible()
    order = Document.objects.get(kind=Kind.IMPLEMENTATION)
    paper = order.issued.get(format="json").content
    assert "предложения по пункту" in bytes(paper).decode()
    assert Document.objects.get(kind=Kind.MINUTES).number == "1"


def test_a_paper_can_be_read_and_edited_without_a_script(live_server, browser):
    _, programme = school_with_council()
    draft = life.open_draft(programme, Kind.IMPLEMENTATION, None)
    context = browser.new_context(java_script_enabled=False, locale="ru-RU")
    page = context.new_page()

    log_in(page, live_server.url, "curator")
    page.goto(f"{live_server.url}/documents/{draft.pk}/text/?block=control#control")
    page.get_by_label("Текст").fill("Контроль возложить на куратора.")
    page.get_by_role("button", name="Сохранить", exact=True).click()

    clause = page.locator(".block-text").filter(has_text="Контроль возложить на куратора.")
    expect(clause).to_be_visible()
    context.close()
