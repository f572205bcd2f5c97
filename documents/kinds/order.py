"""What all orders of a school share: head, preamble, control, signature, sheet; their phrases."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from documents import wording
from documents.kinds.facts import (
    BasisFacts,
    Control,
    OrderFacts,
    PersonFacts,
    SchoolFacts,
)
from documents.paper import (
    Acknowledgement,
    Annex,
    Blank,
    Block,
    Clause,
    Executor,
    Fact,
    Inline,
    Paper,
    Paragraph,
    Preamble,
    Resolution,
    Signature,
    Stamp,
    Words,
    fact,
)

INSTRUCTION_CONTROL = "Контроль и выполнение приказа оставляю за собой."
STANDARD_CONTROL = "Контроль за исполнением приказа оставляю за собой."


def build_order(
    facts: OrderFacts,
    *,
    kind: str,
    subject: tuple[str, ...],
    preamble: Words,
    clauses: Sequence[Clause],
    control: str = INSTRUCTION_CONTROL,
    annexes: tuple[Annex, ...] = (),
) -> Paper:
    """An order of the school: its head, preamble, ПРИКАЗЫВАЮ:, the clauses, signature and sheet.

    The clause that puts another order out of force and the one on control come last.
    ``control`` is how the instruction words the control in this kind of order.
    """
    school = facts.school or SchoolFacts()
    return Paper(
        kind=kind,
        title="ПРИКАЗ",
        **letterhead(school),
        date=facts.date,
        number=facts.number or "",
        place=(fact(school.place, f"{school.source}.place", "место составления"),),
        subject=subject,
        blocks=(
            Preamble("preamble", preamble),
            Resolution("resolution"),
            *clauses,
            *((_replacing(facts.replaces),) if facts.replaces else ()),
            Clause("control", _control(facts, control)),
        ),
        signatures=(head_signature(school, facts.head, facts.is_head_acting),),
        acknowledgement=(
            acknowledgement("приказом", facts.acquainted, facts.date) if facts.acquainted else None
        ),
        annexes=annexes,
    )


def letterhead(school: SchoolFacts) -> dict:
    """The fields of a Paper that its head is printed from."""
    return {
        "founder": (Fact(school.founder, f"{school.source}.founder"),) if school.founder else (),
        "organisation": (
            fact(
                (school.name or "").upper(),
                f"{school.source}.name",
                "полное наименование организации",
            ),
        ),
        "short_organisation": (short_name(school),),
        "head": tuple((Fact(line, f"{school.source}.letterhead"),) for line in school.head),
        "emblem": school.emblem,
    }


def _control(facts: OrderFacts, by_instruction: str) -> Words:
    if facts.control_by is not None:
        return (
            "Контроль за исполнением приказа возложить на ",
            *named_with_description(facts.control_by, "accusative", "кто контролирует приказ"),
            ".",
        )
    is_standard = facts.wordings.control is Control.STANDARD
    return (STANDARD_CONTROL if is_standard else by_instruction,)


def _replacing(order: BasisFacts) -> Clause:
    """«Признать утратившим силу приказ от 09.11.2026 № 178-од «О формировании …».»"""
    date = wording.date_in_words(order.date) if order.date else ""
    subject = phrase(order.subject, "replaces.subject", "заголовок заменяемого приказа")
    return Clause(
        "replaces",
        (
            "Признать утратившим силу приказ от ",
            fact(date, "replaces.date", "дата заменяемого приказа"),
            " № ",
            fact(order.number, "replaces.number", "номер заменяемого приказа"),
            *((" «", subject, "»") if isinstance(subject, Fact) else ()),
            ".",
        ),
    )


def executors(
    identifier: str, people: Sequence[PersonFacts], source: str, label: str = "ответственный"
) -> Executor:
    """«Ответственный: Доржиева С.Б.»; nobody is a blank with ``source`` and ``label``."""
    names = tuple((short(person),) for person in people)
    return Executor(identifier, names or ((Blank(source, label),),))


def day(date: datetime.date | None, source: str, label: str) -> Inline:
    """«9 октября 2026 г.», the same in the genitive (когда?) and after «до» (domain § 6.1)."""
    return fact(wording.date_in_words(date) if date else "", source, label)


def until(words: str, date: datetime.date | None, source: str, label: str) -> Words:
    """``words``, the day and one stop: «… в срок до 5 октября 2026 г.»"""
    return closed((words, day(date, source, label)))


def closed(words: Words, mark: str = ".") -> Words:
    """``words`` with ``mark`` after them; «2026 г.», «Кваша П.И.» get no second stop."""
    *before, last = words
    if isinstance(last, str):
        text, mark = wording.ended(last, mark)
        return (*before, text + mark)
    if isinstance(last, Fact):
        text, mark = wording.ended(last.text, mark)
        last = replace(last, text=text)
    return (*before, last, mark) if mark else (*before, last)


def phrase(text: str | None, source: str, label: str) -> Fact | Blank:
    """Text that somebody typed, for the middle of a sentence: without marks at its end."""
    return fact(wording.ended(text or "", "")[0], source, label)


def typed(text: str, source: str, label: str, mark: str = ".") -> Words:
    """Text that somebody typed, with one ``mark`` at its end; nothing typed is a Blank."""
    return closed((phrase(text, source, label),), mark)


def distinct(identifiers: Iterable[str]) -> Iterator[str]:
    """``identifiers`` with «-2», «-3» … added to those that repeat."""
    seen: set[str] = set()
    for identifier in identifiers:
        unique, count = identifier, 1
        while unique in seen:
            count += 1
            unique = f"{identifier}-{count}"
        seen.add(unique)
        yield unique


def marks(count: int) -> list[str]:
    """What ends each of ``count`` entries of a list: «;», and «.» after the last."""
    return [";"] * (count - 1) + ["."] if count else []


def listed(people: Sequence[PersonFacts], case: str, role: str, prefix: str) -> tuple[Block, ...]:
    """A list after a colon, an entry a person: «Дашинимаева Баира Цыреновича, учителя …;».

    ``prefix`` begins the ids of the entries. Nobody gives one entry with a blank.
    """
    if not people:
        return (Paragraph(f"{prefix}-none", (Blank(prefix, role), "."), is_entry=True),)
    return tuple(
        Paragraph(identifier, closed(named_with_description(person, case, role), mark), True)
        for identifier, person, mark in zip(
            distinct(f"{prefix}-{person.source}" for person in people),
            people,
            marks(len(people)),
            strict=True,
        )
    )


def one_or_listed(
    one: str, many: str, people: Sequence[PersonFacts], case: str, role: str, prefix: str
) -> tuple[Words, tuple[Block, ...]]:
    """Words of a clause about people, and its entries: one person stands on the line after
    ``one``, several make a list after ``many`` and a colon. Nobody is a blank after ``one``.
    """
    if len(people) > 1:
        return (f"{many}:",), listed(people, case, role, prefix)
    named = named_with_description(people[0], case, role) if people else (Blank(prefix, role),)
    return closed((f"{one} ", *named)), ()


def enumerated(parts: Sequence[Words]) -> Words:
    """«А, Б и В»."""
    words: list[Inline] = []
    for index, part in enumerate(parts):
        if index:
            words.append(" и " if index == len(parts) - 1 else ", ")
        words += part
    return tuple(words)


def short_name(school: SchoolFacts) -> Inline:
    """The short name of the school; it is not declined (domain notes § 6.1)."""
    return fact(
        school.short_name, f"{school.source}.short_name", "сокращённое наименование организации"
    )


def head_signature(
    school: SchoolFacts, head: PersonFacts | None, is_acting: bool = False
) -> Signature:
    """«Директор МБОУ … Г.Ц. Очирова»; who acts signs as «Исполняющий обязанности директора»."""
    post = "Исполняющий обязанности директора " if is_acting else "Директор "
    name = (
        fact(
            wording.signature_name(head.short or ""),
            f"{head.source}.short",
            "фамилия и инициалы руководителя",
        )
        if head
        else Blank(f"{school.source}.head", "руководитель организации")
    )
    return Signature("signature", (post, short_name(school)), (name,))


def acknowledgement(
    document: str, people: Sequence[PersonFacts], date: datetime.date | None
) -> Acknowledgement:
    """«С приказом ознакомлены:» for ``people`` in the order given; ``document`` is instrumental."""
    form = wording.agree(
        [person.gender for person in people], "ознакомлен", "ознакомлена", "ознакомлены"
    )
    return Acknowledgement(
        "acknowledgement",
        (f"С {document} {form}:",),
        tuple((short(person),) for person in people),
        date.year if date else None,
    )


def basis_date_and_number(basis: BasisFacts | None, kind: str, what: str) -> Words:
    """«от «15» октября 2026 г. № 163-од»; ``what`` names the basis in the genitive, for blanks.

    ``kind`` is the row id of the basis (D3); sources are «basis.D3.date» and «basis.D3.number».
    """
    date = wording.date_quoted(basis.date) if basis and basis.date else ""
    return (
        "от ",
        fact(date, f"basis.{kind}.date", f"дата {what}"),
        " № ",
        fact(basis.number if basis else "", f"basis.{kind}.number", f"номер {what}"),
    )


def approval_stamp(
    participle: str,
    school: SchoolFacts,
    date: datetime.date | None,
    number: str,
    *,
    source: str = "paper",
    what: str = "приказа",
) -> Stamp:
    """«УТВЕРЖДЕН / приказом МБОУ … / от 15.10.2026 № 163-од» (domain notes § 3.3).

    ``participle`` agrees with what is approved: УТВЕРЖДЕН (plan), УТВЕРЖДЕНО (Regulation).
    ``source`` begins the sources of date and number: «paper» on an annex of the order itself,
    «basis.D3» on a paper of its own; ``what`` names the order in the genitive, for blanks.
    """
    return Stamp(
        "approved",
        (
            (participle,),
            ("приказом ", short_name(school)),
            (
                "от ",
                fact(wording.date_numeric(date) if date else "", f"{source}.date", f"дата {what}"),
                " № ",
                fact(number, f"{source}.number", f"номер {what}"),
            ),
        ),
    )


def full_name(person: PersonFacts, case: str, role: str) -> Inline:
    """The whole name in ``case``; ``role`` says whose name is missing: «наставник»."""
    label = f"{role}: фамилия, имя, отчество"
    return fact(person.name.get(case), f"{person.source}.name", label, case)


def short(person: PersonFacts) -> Inline:
    """«Черных А.С.»"""
    return fact(person.short, f"{person.source}.short", "фамилия и инициалы")


def description(person: PersonFacts, case: str) -> Inline:
    """What the person is, in ``case``: the post, or «обучающаяся 11 «Б» класса»."""
    who = person.short or person.name.get("nominative") or "имя не указано"
    if person.class_name is None:
        return fact(person.post.get(case), f"{person.source}.post", f"должность: {who}", case)
    if person.gender not in ("m", "f"):
        return Blank(f"{person.source}.gender", f"пол: {who}")
    class_name = wording.clean(person.class_name).strip()
    text = wording.pupil(person.gender, class_name, case) if class_name else ""
    return fact(text, f"{person.source}.class_name", f"класс: {who}", case)


def named_with_description(person: PersonFacts, case: str, role: str) -> Words:
    """«Дашинимаев Баир Цыренович, учитель математики» in ``case``."""
    return (full_name(person, case, role), ", ", description(person, case))
