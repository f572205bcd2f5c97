"""D2: minutes of the pedagogical council that accepts plan and Regulation (lines 314–344).

Wording by domain notes § 7.2, what the instruction leaves out (chair, quorum, who spoke) by § 3.4.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from documents import wording
from documents.kinds.facts import PersonFacts, SchoolFacts, Wordings
from documents.kinds.order import (
    acknowledgement,
    closed,
    description,
    distinct,
    full_name,
    letterhead,
    marks,
    named_with_description,
    short,
    typed,
)
from documents.paper import (
    Acknowledgement,
    Annex,
    Blank,
    Block,
    Clause,
    Fact,
    Heading,
    Inline,
    Paper,
    Paragraph,
    Signature,
    Words,
    fact,
)

KIND = "D2"
TITLE = "Протокол заседания Педагогического совета"
SPLIT_TITLE = ("ПРОТОКОЛ", "заседания Педагогического совета")  # K15

DEFAULT_AGENDA = (
    "Рассмотрение плана реализации целевой модели наставничества",
    "Рассмотрение Положения о наставничестве в рамках целевой модели наставничества",
)
DEFAULT_HEARD = (
    "О концепции целевой модели наставничества",
    "О плане реализации целевой модели наставничества в образовательной организации",
    "О Положении о наставничестве",
)
DEFAULT_DECISIONS = (
    "Принять план реализации целевой модели наставничества",
    "Принять положение о наставничестве",
)


class Verb(StrEnum):
    """What somebody who took the floor did; prints in the past tense and agrees in gender."""

    PROPOSED = "proposed"
    NOTED = "noted"
    SUPPORTED = "supported"
    ASKED = "asked"
    SPOKE = "spoke"
    INFORMED = "informed"
    OBJECTED = "objected"


# He, she.
VERB_FORMS = {
    Verb.PROPOSED: ("предложил", "предложила"),
    Verb.NOTED: ("отметил", "отметила"),
    Verb.SUPPORTED: ("поддержал", "поддержала"),
    Verb.ASKED: ("спросил", "спросила"),
    Verb.SPOKE: ("выступил", "выступила"),
    Verb.INFORMED: ("сообщил", "сообщила"),
    Verb.OBJECTED: ("возразил", "возразила"),
}


@dataclass(frozen=True)
class AbsentFacts:
    """A member who was away, and why: «временная нетрудоспособность»; the reason may be empty."""

    person: PersonFacts
    reason: str = ""


@dataclass(frozen=True)
class HeardFacts:
    """One line of СЛУШАЛИ. ``topic`` begins with «О …». Without ``id`` the place counts."""

    speaker: PersonFacts | None
    topic: str
    id: str = ""


@dataclass(frozen=True)
class SpokeFacts:
    """One line of ВЫСТУПИЛИ: «Черных А.С. предложил включить …»; ``words`` follow the verb."""

    person: PersonFacts
    verb: Verb
    words: str
    id: str = ""


@dataclass(frozen=True)
class DecisionFacts:
    """One decision, its corrections and votes. None of the votes is known before the meeting."""

    text: str
    corrections: Sequence[str] = ()
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """All that the minutes say. ``date`` is the day of the meeting.

    ``members`` are the whole council, ``present`` those who came, both by alphabet. ``invited``
    are people of the school or whole phrases. ``has_quorum`` None prints no line on it. Lists of
    more than ``list_above`` people move to an annex (§ 3.4).
    """

    school: SchoolFacts | None = None
    date: datetime.date | None = None
    number: str = ""
    chair: PersonFacts | None = None
    secretary: PersonFacts | None = None
    members: Sequence[PersonFacts] = ()
    present: Sequence[PersonFacts] = ()
    absent: Sequence[AbsentFacts] = ()
    invited: Sequence[str | PersonFacts] = ()
    has_quorum: bool | None = None
    agenda: Sequence[str] = DEFAULT_AGENDA
    heard: Sequence[HeardFacts] = ()
    spoke: Sequence[SpokeFacts] = ()
    decisions: Sequence[DecisionFacts] = ()
    acquainted: Sequence[PersonFacts] = ()
    wordings: Wordings = field(default_factory=Wordings)
    list_above: int = 15


def build(facts: MinutesFacts) -> Paper:
    """The minutes as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    title, subtitle = SPLIT_TITLE if facts.wordings.is_minutes_title_split else (TITLE, "")
    return Paper(
        kind=KIND,
        title=title,
        subtitle=subtitle,
        **letterhead(school),
        date=facts.date,
        number=facts.number or "",
        place=(fact(school.place, f"{school.source}.place", "место составления"),),
        blocks=(
            *_opening(facts),
            Heading("agenda", ("Повестка дня:",)),
            *_agenda(facts.agenda),
            Heading("heard", ("СЛУШАЛИ:",)),
            *_heard(facts),
            *_spoke(facts.spoke),
            Heading("decisions", ("ПОСТАНОВИЛИ:",)),
            *_decisions(facts.decisions),
        ),
        signatures=(
            _signature("chair", "Председатель", facts.chair),
            _signature("secretary", "Секретарь", facts.secretary),
        ),
        acknowledgement=_acknowledgement(facts),
        annexes=_annexes(facts),
    )


# Who took part


def _opening(facts: MinutesFacts) -> tuple[Block, ...]:
    blocks = [
        Paragraph("chair", ("Председатель – ", _officer("chair", facts.chair))),
        Paragraph("secretary", ("Секретарь – ", _officer("secretary", facts.secretary))),
        Paragraph(
            "members",
            _roll(
                "Состав Педагогического совета",
                facts.members,
                "council.members",
                "состав педагогического совета",
                facts.list_above,
            ),
        ),
        Paragraph(
            "present",
            _roll(
                "Присутствовали",
                facts.present,
                "document.present",
                "присутствовавшие на заседании",
                facts.list_above,
            ),
        ),
    ]
    if facts.absent:
        blocks.append(Paragraph("absent", _absent(facts.absent)))
    invited = [words for guest in facts.invited if (words := _guest(guest))]
    if invited:
        blocks.append(Paragraph("invited", closed(("Приглашенные: ", *_joined(invited, "; ")))))
    if facts.has_quorum is not None:
        quorum = "Кворум имеется." if facts.has_quorum else "Кворум отсутствует."
        blocks.append(Paragraph("quorum", (quorum,)))
    return tuple(blocks)


def _officer(which: str, person: PersonFacts | None) -> Inline:
    role = {"chair": "председатель", "secretary": "секретарь"}[which]
    return short(person) if person else Blank(f"council.{which}", f"{role} педагогического совета")


def _roll(
    lead: str, people: Sequence[PersonFacts], source: str, label: str, list_above: int
) -> Words:
    """«Присутствовали: 11 человек: Гладких Д.О., …», or the count alone and the annex."""
    if not people:
        return (f"{lead}: ", Blank(source, label), ".")
    count = Fact(wording.people(len(people)), source)
    if len(people) > list_above:
        return (f"{lead}: ", count, " (список прилагается).")
    names = _joined([(short(person),) for person in people], ", ")
    return closed((f"{lead}: ", count, ": ", *names))


def _absent(absent: Sequence[AbsentFacts]) -> Words:
    names: list[Words] = []
    for member in absent:
        reason, _ = wording.ended(member.reason or "", "")
        source = f"document.absent.{member.person.source}"
        names.append((short(member.person), *((" (", Fact(reason, source), ")") if reason else ())))
    count = Fact(wording.people(len(absent)), "document.absent")
    return closed(("Отсутствовали: ", count, ": ", *_joined(names, ", ")))


def _guest(guest: str | PersonFacts) -> Words:
    """A guest as typed, or «Иванов И.И., социальный педагог»; a post nobody entered is left out."""
    if isinstance(guest, str):
        text, _ = wording.ended(guest, "")
        return (Fact(text, "document.invited"),) if text else ()
    who = description(guest, "nominative")
    return (short(guest), ", ", who) if isinstance(who, Fact) else (short(guest),)


def _joined(parts: Sequence[Words], by: str) -> Words:
    words: list[Inline] = []
    for part in parts:
        words += [by, *part] if words else part
    return tuple(words)


def _annexes(facts: MinutesFacts) -> tuple[Annex, ...]:
    """Lists too long for their line, «№ 1» and «№ 2» when there are two."""
    lists = [
        (identifier, title, people)
        for identifier, title, people in (
            ("members", "Состав Педагогического совета", facts.members),
            (
                "present",
                "Список присутствовавших на заседании Педагогического совета",
                facts.present,
            ),
        )
        if len(people) > facts.list_above
    ]
    date = wording.date_numeric(facts.date) if facts.date else ""
    return tuple(
        Annex(
            f"annex-{identifier}",
            mark=(
                f"Приложение{f' № {number}' if len(lists) > 1 else ''} к протоколу заседания "
                "Педагогического совета от ",
                fact(date, "paper.date", "дата документа"),
                " № ",
                fact(facts.number, "paper.number", "номер документа"),
            ),
            title=(title,),
            blocks=tuple(
                Clause(entry, closed(named_with_description(person, "nominative", "участник")))
                for entry, person in zip(
                    distinct(f"{identifier}-{person.source}" for person in people),
                    people,
                    strict=True,
                )
            ),
        )
        for number, (identifier, title, people) in enumerate(lists, start=1)
    )


def _signature(which: str, post: str, person: PersonFacts | None) -> Signature:
    name = _officer(which, person)
    if isinstance(name, Fact):
        name = Fact(wording.signature_name(name.text), name.source)
    return Signature(f"{which}-signature", (f"{post} Педагогического совета",), (name,))


def _acknowledgement(facts: MinutesFacts) -> Acknowledgement | None:
    """The heading is the instruction's own line 344, the same for one person and for several."""
    if not facts.acquainted:
        return None
    sheet = acknowledgement("протоколом", facts.acquainted, facts.date)
    return replace(sheet, heading=("С протоколом ознакомлены:",))


# What was said and decided


def _places(prefix: str, entries: Sequence[HeardFacts | SpokeFacts | DecisionFacts]) -> list[str]:
    return list(
        distinct(f"{prefix}-{entry.id or place}" for place, entry in enumerate(entries, start=1))
    )


def _source(identifier: str) -> str:
    """«heard-1» → «document.heard.1»."""
    return f"document.{identifier.replace('-', '.', 1)}"


def _agenda(agenda: Sequence[str]) -> tuple[Clause, ...]:
    items = [item for item in agenda if wording.ended(item, "")[0]] or [""]
    return tuple(
        Clause(f"agenda-{place}", typed(item, f"document.agenda.{place}", "повестка дня"))
        for place, item in enumerate(items, start=1)
    )


def _heard(facts: MinutesFacts) -> tuple[Clause, ...]:
    if not facts.heard:
        return (Clause("heard-none", (Blank("document.heard", "кого слушали и о чем"), ".")),)
    return tuple(
        Clause(identifier, _heard_words(entry, _source(identifier), facts.wordings))
        for identifier, entry in zip(_places("heard", facts.heard), facts.heard, strict=True)
    )


def _heard_words(entry: HeardFacts, source: str, wordings: Wordings) -> Words:
    """«Доржиеву Сэсэг Бадмаевну. О концепции целевой модели наставничества.»"""
    topic = wording.ended(entry.topic or "", "")[0]
    speaker = (
        full_name(entry.speaker, wordings.heard_case.value, "докладчик")
        if entry.speaker
        else Blank(f"{source}.speaker", f"докладчик: {topic or 'тема не указана'}")
    )
    return (*closed((speaker,)), " ", *typed(topic, f"{source}.topic", "о чем слушали"))


def _spoke(spoke: Sequence[SpokeFacts]) -> tuple[Block, ...]:
    if not spoke:
        return ()
    return (
        Heading("spoke", ("ВЫСТУПИЛИ:",)),
        *(
            Paragraph(identifier, _spoke_words(entry, _source(identifier)))
            for identifier, entry in zip(_places("spoke", spoke), spoke, strict=True)
        ),
    )


def _spoke_words(entry: SpokeFacts, source: str) -> Words:
    he, she = VERB_FORMS[entry.verb]
    verb = wording.agree(entry.person.gender, he, she, he)
    said = wording.clean(entry.words or "").strip().removeprefix(",").strip()
    has_comma = said.startswith(("что ", "чтобы ")) or (entry.words or "").strip().startswith(",")
    return (
        short(entry.person),
        f" {verb}{',' if said and has_comma else ''} ",
        *typed(said, f"{source}.words", f"что сказано: {entry.person.short or 'имя не указано'}"),
    )


def _decisions(decisions: Sequence[DecisionFacts]) -> tuple[Clause, ...]:
    if not decisions:
        return (Clause("decisions-none", (Blank("document.decisions", "решения совета"), ".")),)
    return tuple(
        _decision(identifier, decision)
        for identifier, decision in zip(_places("decisions", decisions), decisions, strict=True)
    )


def _decision(identifier: str, decision: DecisionFacts) -> Clause:
    source = _source(identifier)
    corrections = [text for text in decision.corrections if wording.ended(text, "")[0]]
    words = typed(decision.text, f"{source}.text", "решение", "" if corrections else ".")
    if corrections:
        words = (*words, " с учетом следующих корректировок:")
    return Clause(
        identifier,
        words,
        (
            *(
                Paragraph(
                    f"{identifier}-correction-{place}",
                    typed(text, f"{source}.corrections.{place}", "корректировка", mark),
                    is_entry=True,
                )
                for place, (text, mark) in enumerate(
                    zip(corrections, marks(len(corrections)), strict=True), start=1
                )
            ),
            Paragraph(f"{identifier}-votes", _votes(decision, source)),
        ),
    )


def _votes(decision: DecisionFacts, source: str) -> Words:
    def votes(count: int | None, name: str, label: str) -> Inline:
        return fact(None if count is None else str(count), f"{source}.{name}", label)

    return (
        "Решение принято: «за» – ",
        votes(decision.votes_for, "votes_for", "голоса «за»"),
        ", «против» – ",
        votes(decision.votes_against, "votes_against", "голоса «против»"),
        ", «воздержались» – ",
        votes(decision.abstained, "abstained", "воздержавшиеся"),
        ".",
    )
