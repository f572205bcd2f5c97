"""The whole way in a real browser: import → bases → pairs → confirm → order → register → files."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document as Word
from playwright.sync_api import Page, expect

from documents.models import Document, SeriesYear
from documents.numbering import counting
from programmes.access import Role
from programmes.people import columns, spreadsheet
from tests import recipes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = [
    ["Иванов", "Никита", "Сергеевич", "м", "11.05.2010", "обучающийся", "10а", "", "", "", ""],
    ["Алиев", "Самед", "Гасан оглы", "м", "20.02.2014", "обучающийся", "6в", "", "", "", ""],
    ["Черных", "Андрей", "Саввич", "м", "", "учитель", "", "заместитель директора", "", "", ""],
    ["Ошибкин", "Олег", "", "", "", "обучающийся", "7а", "", "", "", ""],
]


def log_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/login/")
    page.get_by_label("Имя пользователя").fill(name)
    page.get_by_label("Пароль").fill(recipes.PASSWORD)
    page.get_by_role("button", name="Войти").click()


def test_s5_1_d7_from_a_spreadsheet_to_a_printed_order(
    live_server, page: Page, tmp_path: Path, settings
):
    school = recipes.make_school()
    recipes.head_of(school)
    recipes.user(school, Role.CURATOR, username="curator")
    file = tmp_path / "people.xlsx"
    file.write_bytes(spreadsheet.write_xlsx("Л", [c.title for c in columns.COLUMNS], PEOPLE))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(re.split(r"[/:]+", request.url)[1]))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    base = live_server.url

    log_in(page, base, "curator")
    page.get_by_role("link", name="Создать программу").click()
    page.get_by_label("Начало").fill("2026-09-14")
    page.get_by_label("Окончание").fill("2027-05-21")
    page.get_by_role("button", name="Создать программу").click()

    page.get_by_role("link", name="Люди").click()
    page.get_by_role("link", name="Загрузить из таблицы").first.click()
    page.get_by_label("Файл XLSX").set_input_files(file)
    page.get_by_role("button", name="Проверить строки").click()
    expect(page.get_by_text("Пол не указан")).to_be_visible()
    page.get_by_role("button", name="Сохранить верные строки (3)").click()
    page.get_by_label("Пол", exact=True).fill("м")
    page.get_by_role("button", name="Исправлено, проверить снова").click()
    page.get_by_role("button", name="Сохранить верные строки (1)").click()
    assert school.people.count() == 5

    page.get_by_role("link", name="Программа", exact=True).click()
    page.get_by_role("link", name="Сроки, формы, кураторы").click()
    page.get_by_label("Куратор", exact=True).select_option(
        label="Черных Андрей Саввич, заместитель директора"
    )
    page.get_by_label("С какого дня").fill("2026-10-22")
    page.get_by_role("button", name="Назначить").click()

    page.goto(f"{base}/programmes/{school.programmes.get().pk}/consents/?who=pupils")
    for name in ("Иванов", "Алиев"):
        page.get_by_role("row", name=re.compile(name)).get_by_role("checkbox").check()
    page.get_by_role("button", name="Записать подписанные").click()
    for guardian in page.get_by_label("Законный представитель").all():
        guardian.fill("Представитель Анна Ивановна")
    page.get_by_role("button", name="Записать согласия").click()
    expect(page.get_by_text("Записано согласий: 4")).to_be_visible()

    for people, base_name in (("Алиев", "В базу наставляемых"), ("Иванов", "В базу наставников")):
        page.get_by_role("link", name="Люди").click()
        page.get_by_label("Поиск").fill(people.lower())
        page.get_by_role("button", name="Найти").click()
        page.get_by_label(re.compile(f"^Отметить: {people}")).check()
        page.get_by_role("button", name=base_name).click()

    page.get_by_role("link", name="Наставники", exact=True).click()
    page.get_by_role("link", name="Отбор", exact=True).click()
    page.get_by_label(re.compile("^Отметить: Иванов")).check()
    page.get_by_label("Причина").fill("обучен в институте")
    page.get_by_text("Допустить без отбора или обучения").click()
    page.get_by_role("button", name="Допустить с этой причиной").click()
    expect(page.get_by_text("Допущены с причиной: 1.")).to_be_visible()

    page.get_by_role("link", name="Пары", exact=True).click()
    page.get_by_role("link", name="Составить пару").first.click()
    page.get_by_label(re.compile("Алиев")).check()
    page.get_by_label(re.compile("Иванов")).check()
    page.get_by_role("button", name="Сохранить черновик").click()
    page.get_by_role("link", name="Пары", exact=True).click()
    page.get_by_label(re.compile("^Отметить черновик")).check()
    page.get_by_role("button", name="Подтвердить отмеченные").click()
    expect(page.get_by_text("Подтверждено пар и групп: 1")).to_be_visible()

    page.get_by_role("button", name="Приказ о формировании пар").click()
    blank = page.get_by_role("link", name=re.compile("дата приказа об утверждении")).first
    expect(blank).to_be_visible()
    page.get_by_role("link", name="Внести его в журнал").click()
    page.get_by_label("Дата").fill("2026-10-15")
    page.get_by_label("Номер").fill("163-од")
    page.get_by_role("button", name="Внести в журнал").click()
    page.get_by_label("Дата приказа").fill("2026-12-30")
    page.get_by_role("button", name="Сохранить и обновить текст").click()
    expect(page.locator(".paper")).to_contain_text("Черных Андрею Саввичу")
    page.get_by_role("button", name="Зарегистрировать под № 164-од").dblclick()
    expect(page.get_by_text("зарегистрирован", exact=True)).to_be_visible()

    order = Document.objects.get(kind="D7")
    assert order.number == "164-од"
    assert SeriesYear.objects.get().last_number == 164
    check_files(page, tmp_path)
    assert hosts == {re.split(r"[/:]+", base)[1]}
    assert not complaints, complaints
    assert counting.next_number(school.series.get(purpose="orders"), 2026) == 165


def check_files(page: Page, folder: Path) -> None:
    """Download both files and read them with other programs."""
    for name, button in (("order.docx", "Скачать DOCX"), ("order.pdf", "Скачать PDF")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=button).click()
        waiting.value.save_as(folder / name)
    word = Word(io.BytesIO((folder / "order.docx").read_bytes()))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "№\u00a0164" in text and "Алиев Самед Гасан оглы" in text
    if shutil.which("pdftotext"):
        pdf = subprocess.run(
            ["pdftotext", folder / "order.pdf", "-"], capture_output=True, check=True
        ).stdout.decode()
        assert "164" in pdf and "Черных Андрею Саввичу" in " ".join(pdf.split())
