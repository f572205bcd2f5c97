import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.kinds.additional_agreement import AgreementFacts, AgreementRole, build
from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
from documents.paper import Fact
from documents.printing import lines, missing
from documents.render.text import render_text
from documents.storing import from_json, to_json
from tests.documents.people import (
    ALIEV,
    CURATOR,
    DASHINIMAEV,
    GLADKIKH,
    LI,
    NEPOMNYASHCHAYA,
    SCHOOL,
    TIMOFEEVA,
    person,
)

HEAD = person("Очирова Гэрэл Цыбиковна", "f", "директор", genitive="Очировой Гэрэл Цыбиковны")
AGREEMENT = AgreementFacts(
    school=SCHOOL,
    date=datetime.date(2026, 10, 23),
    number="14",
    head=HEAD,
    worker=DASHINIMAEV,
    contract_date=datetime.date(2015, 9, 1),
    contract_number="45",
    consent_on=datetime.date(2026, 10, 19),
    order=BasisFacts(datetime.date(2026, 10, 22), "169-од"),
    regulation_order=BasisFacts(datetime.date(2026, 10, 15), "164-од"),
    mentees=(GLADKIKH,),
    form_of_work="индивидуальная, очная",
    started_on=datetime.date(2026, 11, 9),
    ended_on=datetime.date(2027, 5, 31),
    payment="стимулирующая выплата 2000 рублей в месяц",
)


def text(**changes):
    return render_text(build(dataclasses.replace(AGREEMENT, **changes)))


def test_d14_agreement_of_a_mentor_reads_so():
    assert text().partition("(МБОУ «СОШ № 94» г. Читы)\n")[2] == (
        "ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ\n"
        "к трудовому договору\n"
        "23.10.2026 № 14\n"
        "г. Чита\n"
        "О выполнении работы\n"
        "по наставничеству\n"
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная "
        "школа № 94» г. Читы (далее – работодатель) в лице директора Очировой Гэрэл Цыбиковны, "
        "действующего на основании Устава, с одной стороны, и Дашинимаев Баир Цыренович, учитель "
        "математики (далее – работник), с другой стороны, заключили дополнительное соглашение к "
        "трудовому договору от 1 сентября 2015 г. № 45 (далее – соглашение) о нижеследующем:\n"
        "1. Работодатель поручает, а работник на основании своего письменного согласия от "
        "19 октября 2026 г. выполняет работу по наставничеству – по оказанию другому работнику "
        "помощи в овладении навыками работы на производстве и (или) рабочем месте по полученной "
        "(получаемой) другим работником профессии (специальности) – в соответствии со статьей "
        "351.8 Трудового кодекса Российской Федерации, приказом директора от «22» октября 2026 г. "
        "№ 169-од и Положением о наставничестве, утвержденным приказом директора от «15» октября "
        "2026 г. № 164-од.\n"
        "2. Наставляемый: Гладких Денис Олегович, учитель физики.\n"
        "3. Содержание работы:\n"
        "разработка индивидуального маршрута совместно с наставляемым и его выполнение;\n"
        "встречи с наставляемым по графику;\n"
        "помощь наставляемому в решении задач маршрута;\n"
        "отчеты куратору о выполнении маршрута.\n"
        "4. Форма выполнения работы: индивидуальная, очная.\n"
        "5. Срок выполнения работы: с 9 ноября 2026 г. по 31 мая 2027 г.\n"
        "6. Размер и условия выплаты: стимулирующая выплата 2000 рублей в месяц. Выплата "
        "производится в дни выплаты заработной платы.\n"
        "7. Работник имеет право досрочно отказаться от выполнения работы, а работодатель – "
        "досрочно отменить поручение о ее выполнении, предупредив об этом другую сторону в "
        "письменной форме не менее чем за три рабочих дня.\n"
        "8. Остальные условия трудового договора не изменяются.\n"
        "9. Соглашение является частью трудового договора, вступает в силу со дня подписания и "
        "составлено в двух экземплярах, имеющих одинаковую юридическую силу, по одному для каждой "
        "стороны.\n"
        "Работодатель; Работник\n"
        "МБОУ «СОШ № 94» г. Читы; Дашинимаев Баир Цыренович\n"
        "Директор; учитель математики\n"
        "____________ Г.Ц. Очирова; ____________ Б.Ц. Дашинимаев\n"
        "«__» ________ 20__ г.; «__» ________ 20__ г.\n"
        "Экземпляр соглашения получил: ____________ «__» ________ 20__ г.\n"
    )


def test_a_curator_does_additional_work_and_has_no_mentee():
    words = text(role=AgreementRole.CURATOR, worker=CURATOR)
    assert "исполнение обязанностей куратора реализации целевой модели наставничества" in words
    assert "в соответствии со статьями 60.2, 72 и 151 Трудового кодекса" in words
    assert "351.8" not in words
    assert "Наставляемый" not in words
    assert "2. Содержание работы:\nсбор и ведение базы наставников" in words


def test_351_8_is_never_named_for_a_mentor_of_pupils():
    words = text(is_worker_mentoring=False, mentees=(ALIEV,))
    assert "351.8" not in words
    assert "в соответствии со статьями 60.2 и 151 Трудового кодекса" in words
    assert "2. Наставляемый: Алиев Самед Гасан оглы, обучающийся 6 «В» класса." in words


@pytest.mark.parametrize(
    ("mentees", "words"),
    [
        ((TIMOFEEVA,), "2. Наставляемая: Тимофеева-Цыренова"),
        ((GLADKIKH, LI), "2. Наставляемые: Гладких Денис Олегович, учитель физики; Ли Виктор"),
    ],
)
def test_mentees_agree_in_gender_and_number(mentees, words):
    assert words in text(mentees=mentees)


def test_who_acts_as_director_signs_so():
    acting = person("Черных Андрей Саввич", "m", genitive="Черных Андрея Саввича")
    words = text(head=acting, is_head_acting=True, head_acts_on="приказа от 20.10.2026 № 88-лс")
    assert (
        "в лице исполняющего обязанности директора Черных Андрея Саввича, действующего на "
        "основании приказа от 20.10.2026 № 88-лс, с одной" in words
    )
    assert "Исполняющий обязанности директора; учитель математики\n" in words


@pytest.mark.parametrize(
    ("gender", "verb"), [("m", "получил:"), ("f", "получила:"), ("", "получил(а):")]
)
def test_the_receipt_agrees_with_the_worker(gender, verb):
    worker = dataclasses.replace(NEPOMNYASHCHAYA, gender=gender)
    assert f"Экземпляр соглашения {verb} ____" in text(worker=worker)


def test_the_law_and_the_work_may_be_worded_otherwise():
    words = text(
        labour_reference_instrumental="Законом о наставничестве",
        content=("открытые уроки;", " ", "разбор уроков."),
    )
    assert "в соответствии с Законом о наставничестве, приказом" in words
    assert "3. Содержание работы:\nоткрытые уроки;\nразбор уроков.\n4." in words


def test_nothing_known_is_all_blanks_and_no_error():
    paper = build(AgreementFacts(content=(), head_acts_on=""))
    assert [blank.source for blank in missing(paper, registration=True)] == [
        "school.name",
        "school.short_name",
        "paper.date",
        "paper.number",
        "school.place",
        "school.head",
        "document.head_acts_on",
        "worker",
        "document.contract_date",
        "document.contract_number",
        "document.consent_on",
        "basis.D6.date",
        "basis.D6.number",
        "basis.D5.date",
        "basis.D5.number",
        "mentees",
        "document.content",
        "document.form_of_work",
        "document.started_on",
        "document.ended_on",
        "document.payment",
        "worker.name",
        "worker.post",
        "worker.short",
    ]
    assert from_json(to_json(paper)) == paper


def test_half_known_people_are_blanks_of_those_people():
    nobody = PersonFacts(source="person.7")
    paper = build(dataclasses.replace(AGREEMENT, worker=nobody, head=HEAD, mentees=(nobody,)))
    assert [blank.source for blank in missing(paper)] == [
        "person.7.name",
        "person.7.post",
        "person.7.short",
    ]


def test_every_filled_word_says_where_it_comes_from():
    facts = [
        run.piece
        for line in lines(build(AGREEMENT))
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    ]
    assert all(f.source for f in facts)
    head = [f for f in facts if f.source == "person.Очирова.name"]
    assert [(f.text, f.case) for f in head] == [("Очировой Гэрэл Цыбиковны", "genitive")]


TEXTS = st.one_of(
    st.text("абвЖЗ №-–.,;:012\n\t"),
    st.text("абв1", min_size=1).map(lambda inner: f'Школа "{inner}"'),
)
DATES = st.none() | st.dates()
PEOPLE = st.builds(
    PersonFacts,
    name=st.dictionaries(st.sampled_from(["nominative", "genitive"]), TEXTS),
    short=TEXTS,
    gender=st.sampled_from(["m", "f", ""]),
    post=st.dictionaries(st.just("nominative"), TEXTS),
    class_name=st.none() | TEXTS,
    source=st.sampled_from(["person.1", "person.2"]),
)
BASES = st.none() | st.builds(BasisFacts, DATES, TEXTS, TEXTS)
FACTS = st.builds(
    AgreementFacts,
    school=st.none() | st.builds(SchoolFacts, TEXTS, TEXTS, TEXTS, TEXTS),
    date=DATES,
    number=TEXTS,
    head=st.none() | PEOPLE,
    is_head_acting=st.booleans(),
    head_acts_on=TEXTS,
    worker=st.none() | PEOPLE,
    role=st.sampled_from(AgreementRole),
    is_worker_mentoring=st.booleans(),
    contract_date=DATES,
    contract_number=TEXTS,
    consent_on=DATES,
    order=BASES,
    regulation_order=BASES,
    mentees=st.lists(PEOPLE, max_size=3),
    content=st.none() | st.lists(TEXTS, max_size=3),
    form_of_work=TEXTS,
    started_on=DATES,
    ended_on=DATES,
    payment=TEXTS,
    labour_reference_instrumental=TEXTS,
)


@given(FACTS)
def test_whatever_is_known_it_reads_as_a_paper(facts):
    words = render_text(build(facts))
    for wrong in ("None", "  ", '"', "«»", "()"):
        assert wrong not in words
