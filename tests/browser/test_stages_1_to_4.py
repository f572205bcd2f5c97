"""Stages 1–4 of a new programme in a real browser, from an empty portal to a trained mentor.

A curator works at a desk, a teacher proposes from the class, applicants write from a phone.
"""

import datetime
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from mentorship_portal import first_visit
from programmes.models import (
    Announcement,
    Application,
    Certificate,
    Consent,
    Indicator,
    PlanItem,
    Programme,
    School,
    Sheet,
    StudyRecord,
    User,
)
from programmes.people import columns, spreadsheet
from tests import recipes

expect.set_options(timeout=20_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def born(years: int) -> datetime.date:
    """The birth date of somebody who was so many years old last January."""
    return datetime.date(timezone.localdate().year - years, 1, 11)


def typed(date: datetime.date) -> str:
    return f"{date:%d.%m.%Y}"


class Walk:
    """Browser windows whose requests and complaints are kept."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def window(self, **options) -> Page:
        """A browser of somebody else: nobody is logged in."""
        context = self.browser.new_context(locale="ru-RU", accept_downloads=True, **options)
        self.contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("request", lambda request: self.hosts.add(re.split(r"[/:]+", request.url)[1]))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


@pytest.fixture
def walk(browser: Browser, live_server):
    walk = Walk(browser, live_server.url)
    yield walk
    for context in walk.contexts:
        context.close()


def link(page: Page | Locator, name: str | re.Pattern, **options) -> None:
    page.get_by_role("link", name=name, **options).first.click()


def press(page: Page | Locator, name: str | re.Pattern, **options) -> None:
    page.get_by_role("button", name=name, **options).click()


def labelled(page: Page | Locator, label: str) -> Locator:
    return page.get_by_label(re.compile(rf"^{re.escape(label)}\s*(\(необязательно\))?$"))


def fill(page: Page | Locator, label: str, value: str | datetime.date) -> None:
    text = value.isoformat() if isinstance(value, datetime.date) else value
    labelled(page, label).fill(text)


def pick(page: Page | Locator, label: str, words: str) -> None:
    """Choose the option of a list that says these words."""
    field = labelled(page, label)
    option = field.locator("option", has_text=words).first
    field.select_option(value=option.get_attribute("value"))


def to_board(page: Page) -> None:
    link(page.get_by_role("navigation", name="Разделы"), "Программа", exact=True)


def step_of_board(page: Page, name: str) -> None:
    """Go from the board to a room by the links of the stages."""
    to_board(page)
    link(page.locator(".stages"), name, exact=True)


def pdf_text(page: Page, name: str | re.Pattern, file: Path) -> str:
    """Follow a link to a PDF and read the file with another program."""
    address = page.get_by_role("link", name=name).first.get_attribute("href")
    answer = page.request.get(urljoin(page.url, address), timeout=60_000)
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    file.write_bytes(answer.body())
    assert file.read_bytes().startswith(b"%PDF-")
    if not shutil.which("pdftotext"):
        return ""
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def fits(page: Page) -> None:
    """Nothing sticks out on a phone."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def test_stages_1_to_4_from_an_empty_portal_to_a_trained_mentor(
    walk: Walk, tmp_path: Path, settings
):
    settings.DATA_DIR = tmp_path
    curator = walk.window(viewport={"width": 1280, "height": 900})

    set_up_the_school(curator, walk.base, tmp_path)
    prepare(curator)
    teacher = let_the_teacher_in(curator, walk)
    addresses = announce(curator, tmp_path)
    apply_by_link(walk, addresses["mentee"])
    propose_own_pupil(teacher)
    accept_with_consent(curator, tmp_path)
    mentor_joins(curator, walk, tmp_path, addresses["mentor"])
    select(curator, teacher)
    train(curator, walk, tmp_path)
    look_at_the_board(curator)

    check_rows()
    assert walk.hosts == {re.split(r"[/:]+", walk.base)[1]}
    # Chromium tells of the three refusals for want of a consent, and of nothing else.
    assert len(walk.complaints) == 3, walk.complaints
    assert all("422" in words for words in walk.complaints), walk.complaints


def set_up_the_school(page: Page, base: str, folder: Path) -> None:
    """The first visitor makes the school, its people, its head and the programme."""
    page.goto(base)
    fill(page, "Код первого входа", first_visit.current_code())
    fill(page, "Полное наименование школы по уставу", "МБОУ «Средняя школа № 5» г. Читы")
    fill(page, "Сокращённое наименование", "МБОУ «СШ № 5»")
    fill(page, "Населённый пункт", "г. Чита")
    fill(page, "Ваше имя", "Куратор")
    fill(page, "Логин", "curator")
    fill(page, "Пароль", recipes.PASSWORD)
    fill(page, "Пароль ещё раз", recipes.PASSWORD)
    page.get_by_label("Я же и куратор программы").check()
    press(page, "Создать школу")
    expect(page.get_by_text("Школа создана. Дальше – люди и куратор.")).to_be_visible()

    link(page, "Загрузить людей из таблицы")
    rows = [
        ["Ким", "Вера", "Олеговна", "ж", "", "учитель", "", "директор", "", "", ""],
        ["Черных", "Андрей", "Саввич", "м", "", "учитель", "", "заместитель директора", "", "", ""],
        ["Ткач", "Ольга", "Ивановна", "ж", "", "учитель", "", "учитель математики", "", "", ""],
        ["Заяц", "Кирилл", "Петрович", "м", typed(born(13)), "обучающийся", "7а", "", "", "", ""],
        ["Жапова", "Номин", "Булатовна", "ж", typed(born(17)), "ученица", "11а", "", "", "", ""],
    ]  # fmt: skip
    file = folder / "people.xlsx"
    file.write_bytes(spreadsheet.write_xlsx("Л", [c.title for c in columns.COLUMNS], rows))
    page.get_by_label("Файл XLSX").set_input_files(file)
    press(page, "Проверить строки")
    press(page, "Сохранить верные строки (5)")

    link(page.get_by_role("navigation", name="Разделы"), "Настройки")
    link(page, "Что настроить")
    link(page, "Записать директора")
    pick(page, "Руководитель", "Ким Вера Олеговна")
    fill(page, "С какого дня", ago(400))
    press(page, re.compile("Сохранить|Записать"))

    page.goto(base)
    link(page, "Создать программу")
    fill(page, "Начало", ago(60))
    fill(page, "Окончание", ago(-200))
    pick(page, "Куратор", "Черных Андрей Саввич")
    press(page, "Создать программу")
    expect(page.get_by_role("heading", name="Этапы")).to_be_visible()


def prepare(page: Page) -> None:
    """Stage 1: group, goals, an indicator, the plan, the concept."""
    step_of_board(page, "Проектная группа")
    for name, is_leader in (("Черных Андрей Саввич", True),
                            ("Ткач Ольга Ивановна", False)):  # fmt: skip
        panel = page.locator("details", has_text="Добавить в группу")
        if not panel.get_by_label("Кто", exact=True).is_visible():
            panel.locator("summary").click()
        pick(panel, "Кто", name)
        fill(panel, "С какого дня", ago(50))
        panel.get_by_label("Руководитель группы").set_checked(is_leader)
        press(panel, "Добавить в группу")
        expect(page.get_by_role("row", name=re.compile(name))).to_be_visible()

    step_of_board(page, "Подготовка")
    link(page, "Цели и результаты")
    for title in ("Цели из каталога", "Задачи из каталога"):
        page.get_by_role("group", name=re.compile(title)).get_by_role("checkbox").first.check()
    press(page, "Сохранить выбранное")
    link(page, "Добавить показатель")
    fill(page, "Показатель", "обучающиеся 5–9 классов, которые посещают кружки")
    fill(page, "Единица измерения", "%")
    page.get_by_label(re.compile("^Сейчас")).fill("40,5")
    fill(page, "Ожидаем", "60")
    fill(page, "К какому дню", ago(-180))
    press(page, "Сохранить")
    expect(page.get_by_role("row", name=re.compile("посещают кружки"))).to_contain_text("40,5")

    step_of_board(page, "План")
    press(page, "Взять типовой план")
    expect(page.get_by_role("region", name="Пункты плана")).to_be_visible()
    link(page, re.compile("отметить"))
    page.get_by_label("выполнено", exact=True).check()
    fill(page, "Выполнено", ago(20))
    press(page, "Сохранить")
    expect(page.get_by_text("выполнено 1")).to_be_visible()

    step_of_board(page, "Подготовка")
    link(page, "Изучение концепции")
    press(page, "Взять готовый список")
    page.get_by_text("Внести отметки из подписанного листа").click()
    sheet = page.locator("details", has_text="Внести отметки из подписанного листа")
    for box in sheet.get_by_role("checkbox").all():
        box.check()
    fill(sheet, "Дата в листе ознакомления", ago(10))
    press(sheet, "Записать отметки")
    expect(page.get_by_text("вся группа изучила концепцию")).to_be_visible()


def let_the_teacher_in(page: Page, walk: Walk) -> Page:
    """The class teacher gets a class and comes by an invitation."""
    link(page, "Люди")
    link(page, "Классные руководители")
    fill(page, "Класс", "7а")
    pick(page, "Классный руководитель", "Ткач Ольга Ивановна")
    fill(page, "С какого дня", ago(60))
    press(page, "Назначить")
    link(page, "Пользователи")
    link(page, "Пригласить в портал")
    pick(page, "Человек из списка школы", "Ткач Ольга Ивановна")
    page.get_by_label("учитель", exact=True).check()
    press(page, "Получить ссылку")
    address = page.get_by_label("Ссылка, действует 14 дней").input_value()

    teacher = walk.window(viewport=PHONE)
    teacher.goto(address)
    fill(teacher, "Логин", "teacher")
    fill(teacher, "Пароль", recipes.PASSWORD)
    fill(teacher, "Пароль ещё раз", recipes.PASSWORD)
    press(teacher, "Сохранить и войти")
    expect(teacher.get_by_role("link", name="Мой класс")).to_be_visible()
    return teacher


def announce(page: Page, folder: Path) -> dict[str, str]:
    """An announcement with its poster, and the addresses of both application forms."""
    step_of_board(page, "Заявки")
    link(page, "Формы заявок")
    addresses = {}
    for purpose, title in (("mentee", "Заявка наставляемого"), ("mentor", "Заявка наставника")):
        panel = page.locator("section", has=page.get_by_role("heading", name=title))
        fill(panel, "Принимать с", ago(30))
        press(panel, re.compile("Открыть форму"))
        expect(panel.get_by_text("принимает заявки")).to_be_visible()
        addresses[purpose] = panel.get_by_role("link").first.inner_text()

    link(page, "Объявления", exact=True)
    page.get_by_label("Этап", exact=True).select_option("2")
    page.get_by_label("Для кого").select_option("pupils")
    press(page, "Взять готовый текст")
    fill(page, "Показывать с", ago(30))
    press(page, "Сохранить черновик")
    press(page, "Опубликовать")
    text = pdf_text(page, re.compile("^плакат"), folder / "poster.pdf")
    assert not text or ("МБОУ «СШ № 5»" in text and "/a/" in text), text
    return addresses


def apply_by_link(walk: Walk, address: str) -> None:
    """A child of 12, whom the school's list does not have, writes from a phone."""
    phone = walk.window(viewport=PHONE)
    phone.goto(address)
    fits(phone)
    fill_application(phone, "Жаргалова Арюна Баировна", "7а", born(12))
    phone.get_by_label(re.compile("Телефон или почта родителя")).fill("+7 914 000-00-00")
    phone.get_by_label("Расскажите, какая помощь нужна").fill("помощь с дробями")
    press(phone, "Отправить")
    expect(phone.get_by_role("heading", name=re.compile("Спасибо"))).to_be_visible()
    fits(phone)


def fill_application(page: Page, name: str, class_name: str, birth: datetime.date) -> None:
    surname, first_name, patronymic = name.split()
    page.get_by_label("обучающийся этой школы").check()
    fill(page, "Фамилия", surname)
    fill(page, "Имя", first_name)
    page.get_by_label(re.compile("^Отчество")).fill(patronymic)
    page.get_by_role("radio", name="женский").check()
    page.get_by_label(re.compile("^Класс")).fill(class_name)
    page.get_by_label(re.compile("^Дата рождения")).fill(birth.isoformat())


def propose_own_pupil(teacher: Page) -> None:
    link(teacher, "Мой класс")
    fits(teacher)
    link(teacher, re.compile("предложить.*Заяц"))
    fill(teacher, "В чём нужна помощь или в чём человек может помочь", "боится отвечать у доски")
    press(teacher, "Передать куратору")
    expect(teacher.get_by_text("заявка ждёт решения")).to_be_visible()
    fits(teacher)


def accept_with_consent(page: Page, folder: Path) -> None:
    """Both children wait for a parent's consent, which is printed, signed and recorded."""
    for name, guardian in (
        ("Жаргалова Арюна Баировна", "Жаргалова Анна Ивановна"),
        ("Заяц Кирилл Петрович", "Заяц Пётр Ильич"),
    ):
        step_of_board(page, "Заявки")
        link(page, name)
        if page.get_by_text("новый человек: записать по данным заявки").is_visible():
            press(page, "Подтвердить, кто это")
        press(page, "Принять в базу наставляемых")
        expect(page.get_by_role("alert")).to_contain_text("согласи")
        record_consents(page, folder, name, guardian)
        link(page, re.compile("Вернуться к заявке"))
        press(page, "Принять в базу наставляемых")
        link(page.get_by_role("navigation", name="Разделы"), "Наставляемые", exact=True)
        expect(page.get_by_role("row", name=re.compile(name))).to_be_visible()


def record_consents(page: Page, folder: Path, name: str, guardian: str) -> None:
    """From the refusal to the papers of the person: print, record what is signed, add a scan."""
    link(page, re.compile("^Согласия"))
    expect(page.get_by_role("heading", name=f"Согласия: {name}")).to_be_visible()
    paper = folder / "consent.pdf"
    if not paper.exists():
        text = pdf_text(page, re.compile("PDF согласия: .*участие", re.IGNORECASE), paper)
        assert not text or ("Жаргалов" in text and "наставничеств" in text)
    link(page, "Записать подписанное")
    fill(page, "Подписаны", ago(25))
    fill(page, "Законный представитель (фамилия, имя, отчество)", guardian)
    press(page, "Записать согласия")
    expect(page.get_by_text("Записано согласий: 2")).to_be_visible()
    panel = page.locator(".panel", has_text="Участие в программе наставничества, подписано")
    panel.get_by_text("Приложить скан").first.click()
    panel.get_by_label("Скан", exact=True).set_input_files(paper)
    press(panel, "Приложить скан")
    expect(page.get_by_role("link", name=re.compile(r"\(PDF\)"))).to_be_visible()


def mentor_joins(page: Page, walk: Walk, folder: Path, address: str) -> None:
    """A pupil of the eleventh class offers help by the other form."""
    phone = walk.window(viewport=PHONE)
    phone.goto(address)
    fill_application(phone, "Жапова Номин Булатовна", "11а", born(17))
    fill(phone, "Телефон", "+7 914 000-00-01")
    phone.get_by_label("Расскажите, в чём можете помочь").fill("математика и уроки рисования")
    phone.get_by_text("Когда удобно и что ещё важно").click()
    phone.get_by_label("ученик – ученик").check()
    press(phone, "Отправить")
    expect(phone.get_by_role("heading", name=re.compile("Спасибо"))).to_be_visible()

    name = "Жапова Номин Булатовна"
    step_of_board(page, "Заявки наставников")
    link(page, name)
    press(page, "Подтвердить, кто это")
    press(page, "Принять в базу наставников")
    record_consents(page, folder, name, "Жапова Дарима Цыреновна")
    link(page, re.compile("Вернуться к заявке"))
    press(page, "Принять в базу наставников")
    link(page.get_by_role("navigation", name="Разделы"), "Наставники", exact=True)
    expect(page.get_by_role("row", name=re.compile(name))).to_be_visible()


def select(page: Page, teacher: Page) -> None:
    """Criteria, an assessor with an interview sheet, the decision."""
    step_of_board(page, "Отбор")
    link(page, "Возьмите типовые или составьте свои")
    press(page, "Взять типовые критерии")
    step_of_board(page, "Отбор")
    link(page, "Оценивающие")
    fill(page, "С какого дня", ago(20))
    page.get_by_label(re.compile("Ткач Ольга Ивановна")).check()
    press(page, "Назначить отмеченных")
    expect(page.get_by_text("готовых листов: 0")).to_be_visible()

    link(teacher.get_by_role("navigation", name="Разделы"), "Мой класс")
    link(teacher.get_by_role("navigation", name="Разделы"), "Отбор", exact=True)
    link(teacher, "Жапова Номин Булатовна")
    for box in teacher.locator("input[name^=points_]").all():
        box.fill("4")
    teacher.locator("input[name=recommendation][value=select]").check()
    press(teacher, "Готово")
    expect(teacher.get_by_text("Все листы готовы.")).to_be_visible()
    fits(teacher)

    step_of_board(page, "Отбор")
    page.get_by_label(re.compile("^Отметить: Жапова")).check()
    page.get_by_label("Решение", exact=True).select_option("selected")
    fill(page, "Дата", ago(8))
    fill(page, "Причина", "хорошо объясняет, есть время")
    press(page, "Записать решение")
    expect(page.get_by_role("row", name=re.compile("Жапова"))).to_contain_text("отобрана")


def train(page: Page, walk: Walk, folder: Path) -> None:
    """Course, session, attendance, result, certificate and its public page."""
    step_of_board(page, "Обучение")
    press(page, "Взять курс «Школа наставника»")
    link(page, "Изменить курс")
    fill(page, "Начало", ago(7))
    fill(page, "Окончание", ago(0))
    press(page, "Сохранить")
    link(page, "Добавить занятие")
    fill(page, "Дата", ago(5))
    fill(page, "Начало, время", "15:30")
    fill(page, "Тема", "Роль наставника")
    press(page, "Сохранить")
    page.get_by_label(re.compile("Жапова Номин Булатовна")).check()
    press(page, "Записать отмеченных")
    link(page, re.compile("^Посещаемость"))
    page.get_by_label(re.compile("Жапова Номин Булатовна")).check()
    press(page, "Сохранить посещаемость")
    press(page, "Подвести итоги")
    press(page, "Выдать сертификаты")
    text = pdf_text(page, re.compile(r"^№ 1\b"), folder / "certificate.pdf")
    assert not text or ("Жаповой Номин Булатовне" in text and "Школа наставника" in text), text

    certificate = Certificate.objects.get()
    anybody = walk.window(viewport=PHONE)
    anybody.goto(f"{walk.base}/c/{certificate.key}/")
    expect(anybody.get_by_text("действителен", exact=True)).to_be_visible()
    expect(anybody.get_by_text("Школа наставника")).to_be_visible()
    assert "Булатовн" not in anybody.content()
    fits(anybody)


def look_at_the_board(page: Page) -> None:
    """Each stage says what is there and what is missing."""
    to_board(page)
    first, second, third, fourth = page.locator(".stages > li").all()[:4]
    for stage, words in (
        (first, "документов 0 из 5"),
        (second, "2 наставляемых"),
        (third, "1 наставник"),
        (fourth, "приказ о назначении куратора и наставников не внесён"),
    ):
        expect(stage).to_contain_text(words)
        stage.locator("summary").click()
    for words in ("Команда и куратор", "готово"):
        expect(first).to_contain_text(words)
    step = fourth.locator(".steps-list > li", has_text="Отбор и обучение")
    expect(step).to_contain_text("готово")
    fits(page)
    page.set_viewport_size(PHONE)
    fits(page)


def check_rows() -> None:
    """What all of it left in the database."""
    school, programme = School.objects.get(), Programme.objects.get()
    assert {entry.person.surname for entry in programme.mentees.all()} == {"Жаргалова", "Заяц"}
    assert programme.mentors.get().person.surname == "Жапова"
    assert school.people.filter(surname="Жаргалова").count() == 1
    assert set(Application.objects.values_list("state", flat=True)) == {"accepted"}
    assert Application.objects.count() == 3
    assert Consent.objects.count() == 6
    assert Consent.objects.filter(scans__isnull=False).count() == 3
    assert PlanItem.objects.filter(state="done").count() == 1
    assert StudyRecord.objects.values("person").distinct().count() == 2
    assert Indicator.objects.count() == 1
    assert Announcement.objects.get().state == "published"
    assert Sheet.objects.get().is_done
    assert Certificate.objects.get().holder == "Жапова Номин Булатовна"
    assert User.objects.count() == 2
