"""D13: the papers of consents say all that the law lists, in the right cases."""

import dataclasses
import datetime
import io

import pytest
from docx import Document as Docx
from pypdf import PdfReader

from documents import storing
from documents.kinds import consent as kind
from documents.kinds.consent import ConsentFacts, ConsentKind, Signing
from documents.kinds.facts import PersonFacts, SchoolFacts
from documents.printing import lines, missing
from documents.render.docx import render_docx
from documents.render.pdf import render_pdf
from programmes.consents.wording import CATEGORIES, DEFAULTS

SCHOOL = SchoolFacts(
    name="Муниципальное бюджетное общеобразовательное учреждение «СОШ № 94» г. Читы",
    short_name="МБОУ «СОШ № 94» г. Читы",
)
CHILD = PersonFacts(
    name={"nominative": "Ли Виктор Сенович", "genitive": "Ли Виктора Сеновича"},
    short="Ли В.С.",
    gender="m",
    class_name="5 «А»",
    source="person.1",
)
HEAD = PersonFacts(name={"dative": "Очировой Гэрэл Цыбиковне"}, short="Очирова Г.Ц.", gender="f")


def facts(which=ConsentKind.PROCESSING, signing=Signing.GUARDIAN, **more) -> ConsentFacts:
    return ConsentFacts(
        kind=which,
        signing=signing,
        school=SCHOOL,
        address="672000, г. Чита, ул. Примерная, д. 94",
        head=HEAD,
        person=CHILD,
        birth_date=datetime.date(2015, 3, 2),
        site="https://school94.example",
        categories=tuple(CATEGORIES.values()),
        **(DEFAULTS[which] | more),
    )


def words_of(paper) -> str:
    return "\n".join(line.text for line in lines(paper))


def test_d13_processing_lists_what_part_4_of_article_9_asks_for():
    words = words_of(kind.build(facts(processor="ООО «Хостинг», г. Москва")))

    for part in (
        "Директору МБОУ «СОШ № 94» г. Читы",
        "Очировой Гэрэл Цыбиковне",
        "Фамилия, имя, отчество законного представителя: ____",
        "Документ о его полномочиях",
        "Паспорт (номер, кем и когда выдан) законного представителя: ____",
        "Адрес законного представителя: ____",
        "моего ребенка Ли Виктора Сеновича, обучающегося 5 «А» класса, дата рождения 02.03.2015",
        "Оператор: Муниципальное",
        "адрес: 672000",
        "Цель: организация",
        "Перечень персональных данных: фамилия",
        "Действия: сбор, запись",
        "по поручению оператора: ООО «Хостинг»",
        "Согласие действует до",
        "отзывается письменным заявлением",
        "Законный представитель; ____",
        "Редакция текста № 1",
    ):
        assert part in words, part


def test_d13_publishing_names_the_site_and_lets_each_category_be_ticked():
    words = words_of(kind.build(facts(ConsentKind.DISTRIBUTION)))

    assert "https://school94.example" in words
    assert "строка без отметки – запрет" in words
    assert "Условия и запреты" in words
    assert "Телефон или адрес электронной почты" in words
    for category in CATEGORIES.values():
        assert category in words


def test_d13_both_sign_one_paper_and_a_grown_up_signs_alone():
    both = words_of(kind.build(facts(signing=Signing.BOTH)))
    alone = words_of(kind.build(facts(signing=Signing.PERSON)))

    assert "от Ли Виктора Сеновича и ____" in both
    assert "и я, законный представитель, свободно" in both
    assert "даем согласие" in both
    assert "В.С. Ли; ____" in both
    assert "законный представитель" not in alone.lower()
    assert "Я, Ли Виктор Сенович, обучающийся 5 «А» класса" in alone
    assert "даю согласие на обработку моих персональных данных" in alone


@pytest.mark.parametrize("which", ConsentKind)
@pytest.mark.parametrize("signing", Signing)
def test_d13_nothing_is_missing_where_all_is_known(which, signing):
    assert missing(kind.build(facts(which, signing))) == []


@pytest.mark.parametrize("which", ConsentKind)
def test_d13_empty_facts_print_blanks_and_never_raise(which):
    paper = kind.build(ConsentFacts(kind=which, signing=Signing.BOTH))

    assert missing(paper)
    assert storing.from_json(storing.to_json(paper)) == paper


def test_d13_docx_and_pdf_have_the_same_words_and_no_letterhead():
    paper = kind.build(facts(ConsentKind.PARTICIPATION))
    pdf = PdfReader(io.BytesIO(render_pdf(paper)))
    docx = Docx(io.BytesIO(render_docx(paper)))

    printed = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert len(pdf.pages) == 1
    for line in docx.paragraphs:
        assert "".join(line.text.split()).strip() in printed.replace("\xad", "")
    assert "МУНИЦИПАЛЬНОЕ" not in printed


def test_d13_withdrawal_and_the_consent_of_a_worker():
    letter = words_of(
        kind.build_withdrawal(
            kind.WithdrawalFacts(
                kind=ConsentKind.IMAGE,
                signing=Signing.GUARDIAN,
                school=SCHOOL,
                head=HEAD,
                person=CHILD,
                given_on=datetime.date(2026, 10, 20),
            )
        )
    )
    assert "ЗАЯВЛЕНИЕ" in letter
    assert "(Ли Виктор Сенович), данное 20 октября 2026 г." in letter
    worker = dataclasses.replace(CHILD, class_name=None, post={"nominative": "учитель физики"})
    consent = words_of(
        kind.build_worker_consent(
            kind.WorkerConsentFacts(
                school=SCHOOL,
                head=HEAD,
                person=worker,
                reference="статьей 351.8 Трудового кодекса Российской Федерации",
            )
        )
    )
    assert "учитель физики, в соответствии со статьей 351.8" in consent
    assert "по оказанию другому работнику помощи" in consent
