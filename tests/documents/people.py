"""The fictitious people of the acceptance order D7 as facts (domain notes § 6.5, § 7.7)."""

import datetime

from documents.kinds.order import BasisFacts, PersonFacts, SchoolFacts
from documents.kinds.order_on_pairs import OrderOnPairsFacts, PairFacts

SCHOOL = SchoolFacts(
    name="Муниципальное бюджетное общеобразовательное учреждение "
    "«Средняя общеобразовательная школа № 94» г. Читы",
    short_name="МБОУ «СОШ № 94» г. Читы",
    place="г. Чита",
)


def person(name: str, gender: str, post: str = "", class_name: str | None = None, **cases: str):
    surname, first_name, *rest = name.split(" ")
    initials = first_name[0] + "." + (rest[0][0] + "." if rest else "")
    return PersonFacts(
        name={"nominative": name, **cases},
        short=f"{surname}\u00a0{initials}",
        gender=gender,
        post={"nominative": post} if post else {},
        class_name=class_name,
        source=f"person.{surname}",
    )


DIRECTOR = person("Очирова Гэрэл Цыбиковна", "f", "директор")
CURATOR = person("Черных Андрей Саввич", "m", dative="Черных Андрею Саввичу")
DASHINIMAEV = person("Дашинимаев Баир Цыренович", "m", "учитель математики")
NEPOMNYASHCHAYA = person("Непомнящая Ольга Фёдоровна", "f", "учитель русского языка и литературы")
GLADKIKH = person("Гладких Денис Олегович", "m", "учитель физики")
TIMOFEEVA = person("Тимофеева-Цыренова Сэсэгма Дашиевна", "f", "учитель начальных классов")
IVANOV = person("Иванов Никита Сергеевич", "m", class_name="10 «А»")
ZHAPOVA = person("Жапова Номин Булатовна", "f", class_name="11 «Б»")
ALIEV = person("Алиев Самед Гасан оглы", "m", class_name="6 «В»")
LI = person("Ли Виктор Сенович", "m", class_name="5 «А»")
MUSIKHINA = person("Мусихина Любовь Никитична", "f", class_name="5 «Б»")
TKACH = person("Ткач Ольга Игоревна", "f", class_name="7 «А»")

PAIRS = (
    PairFacts("1", "учитель – учитель", False, DASHINIMAEV, (GLADKIKH,)),
    PairFacts("2", "учитель – учитель", False, NEPOMNYASHCHAYA, (TIMOFEEVA,)),
    PairFacts("3", "ученик – ученик", False, IVANOV, (ALIEV,)),
    PairFacts("4", "ученик – ученик", True, ZHAPOVA, (LI, MUSIKHINA, TKACH)),
)

ORDER = OrderOnPairsFacts(
    school=SCHOOL,
    date=datetime.date(2026, 11, 9),
    number="178-од",
    basis=BasisFacts(datetime.date(2026, 10, 15), "163-од"),
    pairs=PAIRS,
    curators=(CURATOR,),
    head=DIRECTOR,
    acquainted=(GLADKIKH, DASHINIMAEV, NEPOMNYASHCHAYA, TIMOFEEVA, CURATOR),
)
