"""D13: consents, each a paper of its own, the statement that withdraws one, a worker's consent.

Contents: part 4 of article 9 and article 10.1 of the law on personal data, article 152.1 of the
Civil Code, article 351.8 of the Labour Code, as domain notes §§ 0.5, 2.2, 5.1 list them. Passport,
address and the guardian's name are lines to be filled in by hand: they are never stored.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents import wording
from documents.kinds.facts import PersonFacts, SchoolFacts
from documents.kinds.order import closed, description, full_name, letterhead, short_name, typed
from documents.paper import Blank, Clause, Inline, Paper, Paragraph, Stamp, Table, Words, fact

KIND = "D13"


class ConsentKind(StrEnum):
    PROCESSING = "processing"
    PARTICIPATION = "participation"
    DISTRIBUTION = "distribution"
    IMAGE = "image"


class Signing(StrEnum):
    """Who signs: by age on the day of printing (domain notes § 5.1)."""

    GUARDIAN = "guardian"
    BOTH = "both"
    PERSON = "person"


SUBTITLES = {
    ConsentKind.PROCESSING: "на обработку персональных данных",
    ConsentKind.PARTICIPATION: "на участие в программе наставничества",
    ConsentKind.DISTRIBUTION: "на обработку персональных данных, разрешенных субъектом "
    "персональных данных для распространения",
    ConsentKind.IMAGE: "на обнародование и использование изображения",
}

_LINE = "______________________________"
_SHORT_LINE = "______________"
_DATE = "«__» ____________ 20__ г."


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    """All that a consent says. ``person`` is the one whose data, image or participation it is.

    ``goal`` … ``withdrawal`` are the words of version ``version`` of the school's text.
    ``categories`` are what may be published, each to be ticked by hand; ``site`` is where.
    """

    kind: ConsentKind
    signing: Signing
    school: SchoolFacts | None = None
    address: str = ""
    head: PersonFacts | None = None
    person: PersonFacts | None = None
    birth_date: datetime.date | None = None
    goal: str = ""
    data: str = ""
    actions: str = ""
    processor: str = ""
    term: str = ""
    withdrawal: str = ""
    version: int = 1
    site: str = ""
    categories: Sequence[str] = ()


def build(facts: ConsentFacts) -> Paper:
    """The consent as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    return Paper(
        **_letter(school, facts.head, _from(facts)),
        title="СОГЛАСИЕ",
        subtitle=SUBTITLES[facts.kind],
        blocks=(
            *_requisites(facts),
            Paragraph("who", _who(facts)),
            *_clauses(facts, school),
            _signatures(facts.signing, facts.person),
            Paragraph("version", (f"Редакция текста № {facts.version}",)),
        ),
    )


def _letter(school: SchoolFacts, head: PersonFacts | None, sender: Words) -> dict:
    """The fields of a Paper that a person writes to the school: no letterhead, an addressee."""
    to: Inline = (
        full_name(head, "dative", "руководитель")
        if head
        else Blank(f"{school.source}.head", "руководитель организации")
    )
    return letterhead(school) | {
        "kind": KIND,
        "has_registration": False,
        "has_head": False,
        "emblem": "",
        "stamps": (Stamp("to", (("Директору ", short_name(school)), (to,), ("от ", *sender))),),
    }


def _from(facts: ConsentFacts) -> Words:
    """«от Иванова Никиты Сергеевича и …»: who writes, in the genitive."""
    guardian = f"{_LINE} (законный представитель)"
    if facts.signing is Signing.GUARDIAN:
        return (guardian,)
    named = (_name(facts.person, "genitive"),)
    return (*named, f" и {guardian}") if facts.signing is Signing.BOTH else named


def _name(person: PersonFacts | None, case: str) -> Inline:
    if person is None:
        return Blank("person.name", "участник программы")
    return full_name(person, case, "участник программы")


def _what(person: PersonFacts | None, case: str) -> Words:
    """«, обучающегося 5 «А» класса»; nothing where neither class nor post is known."""
    if person is None:
        return ()
    words = description(person, case)
    return () if isinstance(words, Blank) else (", ", words)


def _born(facts: ConsentFacts) -> Words:
    if facts.birth_date is None:
        return ()
    day = wording.date_numeric(facts.birth_date)
    return (", дата рождения ", fact(day, "person.birth_date", "дата рождения"))


_PAPERS = (ConsentKind.PROCESSING, ConsentKind.DISTRIBUTION)


def _requisites(facts: ConsentFacts) -> tuple[Paragraph, ...]:
    """Lines to be filled in by hand: who writes, the passport, the address, the authority."""
    found: list[tuple[str, str]] = []
    if facts.signing is not Signing.PERSON:
        found += [
            ("guardian-name", "Фамилия, имя, отчество законного представителя: "),
            ("guardian-authority", "Документ о его полномочиях (вид, номер, дата): "),
        ]
    if facts.kind in _PAPERS:
        if facts.signing is not Signing.PERSON:
            found += [
                ("guardian-paper", f"{_PASSPORT} законного представителя: "),
                ("guardian-address", "Адрес законного представителя: "),
            ]
        if facts.signing is not Signing.GUARDIAN:
            found += [("own-paper", f"{_PASSPORT}: "), ("own-address", "Адрес: ")]
        else:
            found += [("child-paper", "Документ ребенка, его адрес: ")]
    if facts.kind is ConsentKind.DISTRIBUTION:
        found.append(("contacts", "Телефон или адрес электронной почты: "))
    return tuple(
        Paragraph(identifier, (words + "_" * max(16, _WIDTH - len(words)),), is_entry=True)
        for identifier, words in found
    )


_PASSPORT = "Паспорт (номер, кем и когда выдан)"
# Signs of a line, so that the blank goes on to about its end.
_WIDTH = 66


def _who(facts: ConsentFacts) -> Words:
    """«Я, …, даю согласие … моего ребенка Ли Виктора Сеновича …»"""
    person = facts.person
    if facts.signing is Signing.GUARDIAN:
        child = ("моего ребенка ", _name(person, "genitive"), *_what(person, "genitive"))
        lead = f"Я, законный представитель, {_gives(facts, False)} "
        return closed((lead, *child, *_born(facts)))
    own = ("Я, ", _name(person, "nominative"), *_what(person, "nominative"), *_born(facts))
    gives = _gives(facts, facts.signing is Signing.BOTH)
    if facts.signing is Signing.BOTH:
        return (*own, f", и я, законный представитель, {gives} обучающегося.")
    return (*own, f", {gives}{_OWN[facts.kind]}.")


_OBJECTS = {
    ConsentKind.PROCESSING: "на обработку персональных данных",
    ConsentKind.PARTICIPATION: "на участие в программе наставничества",
    ConsentKind.DISTRIBUTION: "на распространение персональных данных",
    ConsentKind.IMAGE: "на обнародование и использование изображения",
}
_OWN = {
    ConsentKind.PROCESSING: " моих персональных данных",
    ConsentKind.PARTICIPATION: "",
    ConsentKind.DISTRIBUTION: " моих персональных данных",
    ConsentKind.IMAGE: " моего изображения",
}


def _gives(facts: ConsentFacts, together: bool) -> str:
    verb = "свободно, своей волей и в своем интересе " if facts.kind in _PAPERS else ""
    verb += "даем согласие" if together else "даю согласие"
    what = _OBJECTS[facts.kind]
    if facts.signing is Signing.PERSON:
        what = what.removesuffix(" персональных данных").removesuffix(" изображения")
    return f"{verb} {what}"


def _clauses(facts: ConsentFacts, school: SchoolFacts) -> tuple:
    operator = "Оператор" if facts.kind in _PAPERS else "Организация"
    found = [
        Clause(
            "operator",
            closed(
                (
                    f"{operator}: ",
                    fact(school.name, f"{school.source}.name", "полное наименование организации"),
                    ", адрес: ",
                    fact(facts.address, f"{school.source}.address", "адрес организации"),
                )
            ),
        ),
        Clause("goal", ("Цель: ", *typed(facts.goal, "text.goal", "цель"))),
    ]
    if facts.kind is ConsentKind.DISTRIBUTION:
        found.append(
            Clause(
                "site",
                closed(
                    (
                        "Адрес сайта, на котором разрешается размещение: ",
                        fact(facts.site, f"{school.source}.site", "адрес сайта"),
                    )
                ),
            )
        )
    if facts.data.strip():
        found.append(Clause("data", (f"{_DATA[facts.kind]}: ", *_typed(facts.data, "data"))))
    if facts.kind is ConsentKind.DISTRIBUTION:
        found.append(
            Clause(
                "categories",
                (
                    "Категории и перечень персональных данных, разрешенных для распространения "
                    "(отметьте каждую строку: «да» или «нет»; строка без отметки – запрет):",
                ),
                (_categories(facts.categories),),
            )
        )
        found.append(Clause("conditions", (f"Условия и запреты, если есть: {_LINE}",)))
    if facts.actions.strip():
        found.append(Clause("actions", ("Действия: ", *_typed(facts.actions, "actions"))))
    if facts.kind is ConsentKind.PROCESSING:
        found.append(Clause("processor", _processor(facts)))
    if facts.kind is ConsentKind.PARTICIPATION:
        found.append(Clause("free", ("Участие добровольное и бесплатное.",)))
    found.append(Clause("term", typed(facts.term, "text.term", "срок действия")))
    found.append(Clause("withdrawal", typed(facts.withdrawal, "text.withdrawal", "как отозвать")))
    return tuple(found)


_DATA = {
    ConsentKind.PROCESSING: "Перечень персональных данных",
    ConsentKind.PARTICIPATION: "Условия участия",
    ConsentKind.DISTRIBUTION: "Перечень персональных данных",
    ConsentKind.IMAGE: "Изображения",
}


def _typed(text: str, part: str) -> Words:
    return typed(text, f"text.{part}", "перечень")


def _processor(facts: ConsentFacts) -> Words:
    if not facts.processor.strip():
        return ("Обработка персональных данных другому лицу не поручается.",)
    return (
        "Лицо, которое обрабатывает персональные данные по поручению оператора: ",
        *_typed(facts.processor, "processor"),
    )


def _categories(categories: Sequence[str]) -> Table:
    rows = tuple(((words,), ("",), ("",)) for words in categories)
    return Table(
        "categories-table",
        (("Что можно публиковать",), ("Да",), ("Нет",)),
        rows or (((Blank("text.categories", "категории"),), (), ()),),
        (70, 15, 15),
    )


def _signatures(signing: Signing, person: PersonFacts | None) -> Table:
    """A line to sign on for each who signs, with the day."""
    name = fact(
        wording.signature_name(person.short) if person and person.short else "",
        "person.short",
        "фамилия и инициалы",
    )
    guardian = (("Законный представитель",), (f"{_SHORT_LINE} / {_SHORT_LINE}",), (_DATE,))
    own = ((name,), (_SHORT_LINE,), (_DATE,))
    rows = {
        Signing.GUARDIAN: (guardian,),
        Signing.BOTH: (own, guardian),
        Signing.PERSON: (own,),
    }[signing]
    return Table("signatures", (), rows, (28, 41, 31), is_plain=True)


@dataclass(frozen=True, kw_only=True)
class WithdrawalFacts:
    """The statement by which a consent of ``kind`` is withdrawn; ``given_on`` where it is known."""

    kind: ConsentKind
    signing: Signing
    school: SchoolFacts | None = None
    head: PersonFacts | None = None
    person: PersonFacts | None = None
    given_on: datetime.date | None = None
    site: str = ""


_STOP = {
    ConsentKind.PROCESSING: "Прошу прекратить обработку персональных данных и уничтожить их, если "
    "их сохранение больше не требуется для целей обработки.",
    ConsentKind.PARTICIPATION: "Прошу считать участие в программе законченным со дня подачи "
    "заявления.",
    ConsentKind.DISTRIBUTION: "Прошу прекратить распространение персональных данных. Перечень "
    f"персональных данных, распространение которых прекращается: {_LINE}.",
    ConsentKind.IMAGE: "Прошу прекратить использование изображения и убрать его из открытого "
    "доступа.",
}


def build_withdrawal(facts: WithdrawalFacts) -> Paper:
    """The statement as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    sender = ConsentFacts(kind=facts.kind, signing=facts.signing, person=facts.person)
    day = f"{wording.date_in_words(facts.given_on)}" if facts.given_on else _DATE
    together = facts.signing is Signing.BOTH
    verb = "Отзываем согласие" if together else "Отзываю согласие"
    whose: Words = ()
    if facts.signing is not Signing.PERSON:
        whose = (" (", _name(facts.person, "nominative"), ")")
    return Paper(
        **_letter(school, facts.head, _from(sender)),
        title="ЗАЯВЛЕНИЕ",
        subtitle="об отзыве согласия",
        blocks=(
            Paragraph("withdraw", (f"{verb} {SUBTITLES[facts.kind]}", *whose, f", данное {day}")),
            Paragraph("stop", (_STOP[facts.kind],)),
            _signatures(facts.signing, facts.person),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class WorkerConsentFacts:
    """A worker's written consent to help another worker. ``reference`` is instrumental."""

    school: SchoolFacts | None = None
    head: PersonFacts | None = None
    person: PersonFacts | None = None
    reference: str = ""


def build_worker_consent(facts: WorkerConsentFacts) -> Paper:
    """The consent of article 351.8 as a Paper (domain notes § 2.2). Nothing raises."""
    school = facts.school or SchoolFacts()
    reference = facts.reference.strip()
    return Paper(
        **_letter(school, facts.head, (_name(facts.person, "genitive"),)),
        title="СОГЛАСИЕ",
        subtitle="на выполнение работы по наставничеству",
        blocks=(
            Paragraph(
                "consent",
                (
                    "Я, ",
                    _name(facts.person, "nominative"),
                    *_what(facts.person, "nominative"),
                    f", в соответствии {wording.with_preposition(reference or 'статьей')} ",
                    fact(reference, "document.labour_reference", "статья Трудового кодекса"),
                    " даю согласие на выполнение по поручению работодателя работы по оказанию "
                    "другому работнику помощи в овладении навыками работы на производстве и (или) "
                    "рабочем месте по полученной (получаемой) другим работником профессии "
                    "(специальности).",
                ),
            ),
            Paragraph(
                "terms",
                (
                    "Содержание, срок, форма работы, размер и условия выплаты определяются "
                    "дополнительным соглашением к трудовому договору.",
                ),
            ),
            _signatures(Signing.PERSON, facts.person),
        ),
    )
