"""D2 from stored data: a meeting of the pedagogical council and its minutes."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from documents.drafting import fields
from documents.drafting.base import DraftForm, Drafting, Obstacle, PaperKind
from documents.drafting.people import person_facts
from documents.kinds import council_minutes as kind
from documents.numbering.models import Purpose
from documents.paper import Paper
from documents.registry.models import Document, Kind
from documents.wording import agree
from programmes.council.models import CouncilMember, Duty, council_on
from programmes.people.models import Person
from programmes.programme.models import Programme


class MinutesForm(DraftForm):
    """Chair and secretary; the meeting itself has a page of its own."""

    date_label = "Дата заседания"
    chair = fields.PersonField(
        label="Председатель", help_text="Не выбран: председатель совета на эту дату."
    )
    secretary = fields.PersonField(
        label="Секретарь", help_text="Не выбран: секретарь совета на эту дату."
    )
    acquainted = fields.PeopleField(
        label="С протоколом ознакомлены", help_text="Не выбраны: те, кто отсутствовал."
    )


class Meeting:
    """The meeting that a draft of minutes records."""

    def __init__(self, document: Document) -> None:
        self.drafting = Drafting(document)
        self.asked = self.drafting.asked
        self.members: list[CouncilMember] = council_on(document.school, self.drafting.on)
        self.people: list[Person] = [member.person for member in self.members]
        reasons = {}
        for row in self.asked.rows("absent"):
            person = self.asked.person_of(row.get("who"))
            if person is not None:
                reasons[person.pk] = row.get("reason", "")
        self.reasons: dict[int, str] = reasons

    def _holder(self, key: str, duty: str) -> Person | None:
        chosen = self.asked.person(key)
        return chosen or next((m.person for m in self.members if m.duty == duty), None)

    @property
    def chair(self) -> Person | None:
        return self._holder("chair", Duty.CHAIR)

    @property
    def secretary(self) -> Person | None:
        return self._holder("secretary", Duty.SECRETARY)

    @property
    def present(self) -> list[Person]:
        return [person for person in self.people if person.pk not in self.reasons]

    @property
    def absent(self) -> list[Person]:
        return [person for person in self.people if person.pk in self.reasons]

    @property
    def has_quorum(self) -> bool | None:
        """More than the charter's share of the composition; None while nobody is in it."""
        if not self.people:
            return None
        share = self.drafting.settings.quorum_percent
        return len(self.present) * 100 > len(self.people) * share

    @property
    def decisions(self) -> list[dict[str, Any]]:
        return self.asked.rows("decisions")


def build(document: Document, number: str = "") -> Paper:
    meeting = Meeting(document)
    asked, settings = meeting.asked, meeting.drafting.settings
    requisites = Drafting(document, number).requisites()
    acquainted = asked.people("acquainted") or meeting.absent
    return kind.build(
        kind.MinutesFacts(
            **requisites,
            chair=_facts(meeting.chair),
            secretary=_facts(meeting.secretary),
            members=[person_facts(person) for person in meeting.people],
            present=[person_facts(person) for person in meeting.present],
            absent=[
                kind.AbsentFacts(person_facts(person), meeting.reasons[person.pk])
                for person in meeting.absent
            ],
            invited=asked.lines("invited"),
            has_quorum=meeting.has_quorum,
            agenda=asked.lines("agenda", kind.DEFAULT_AGENDA),
            heard=[
                kind.HeardFacts(_facts(asked.person_of(row.get("speaker"))), row.get("topic", ""))
                for row in asked.rows("heard")
            ],
            spoke=[
                kind.SpokeFacts(person_facts(who), kind.Verb(row["verb"]), row.get("words", ""))
                for row in asked.rows("spoke")
                if (who := asked.person_of(row.get("who"))) is not None
            ],
            decisions=[
                kind.DecisionFacts(
                    text=row.get("text", ""),
                    corrections=row.get("corrections", []),
                    votes_for=row.get("for"),
                    votes_against=row.get("against"),
                    abstained=row.get("abstained"),
                )
                for row in meeting.decisions
            ],
            acquainted=[person_facts(person) for person in acquainted],
            list_above=settings.list_above,
        )
    )


def _facts(person: Person | None):
    return person_facts(person) if person else None


def proposed(programme: Programme) -> dict[str, Any]:
    """A new draft has the instruction's agenda, topics and decisions; votes are to be counted."""
    from programmes.preparation.models import group_on

    group = group_on(programme, programme.working_day())
    leader = next(({"person": m.person_id} for m in group if m.is_leader), None)
    return {
        "agenda": list(kind.DEFAULT_AGENDA),
        "heard": [
            {"topic": topic} | ({"speaker": leader} if leader else {})
            for topic in kind.DEFAULT_HEARD
        ],
        "decisions": [{"text": text, "corrections": []} for text in kind.DEFAULT_DECISIONS],
    }


def check(document: Document) -> Iterable[Obstacle]:
    """What makes minutes void: no quorum, an absent secretary, votes that do not add up."""
    meeting = Meeting(document)
    page = reverse("meeting", args=[document.pk])
    if meeting.has_quorum is False:
        yield Obstacle(
            f"Кворума нет: присутствуют {len(meeting.present)} из {len(meeting.people)}.", page
        )
    for role, person in (("Председатель", meeting.chair), ("Секретарь", meeting.secretary)):
        if person is not None and person.pk in meeting.reasons:
            absent = agree(person.gender, "отсутствовал", "отсутствовала", "")
            yield Obstacle(
                f"{role} {person.short_name} {absent} на заседании: назовите другого.",
                "#id_secretary" if role == "Секретарь" else "#id_chair",
            )
    for number, row in enumerate(meeting.decisions, 1):
        votes = [row.get(name) for name in ("for", "against", "abstained")]
        if None not in votes and sum(votes) != len(meeting.present):
            yield Obstacle(
                f"Решение {number}: голосов {sum(votes)}, а присутствуют {len(meeting.present)}.",
                page,
            )
        if None not in votes and votes[0] <= votes[1]:
            yield Obstacle(
                f"Решение {number} не принято: «за» – {votes[0]}, «против» – {votes[1]}. Уберите "
                "его из протокола или проверьте голоса.",
                page,
            )
    if not meeting.decisions:
        yield Obstacle("В протоколе нет ни одного решения.", page)


MINUTES = PaperKind(
    kind=Kind.MINUTES,
    title="Протокол заседания педагогического совета",
    form=MinutesForm,
    build=build,
    numbering=Purpose.MINUTES,
    is_order=False,
    proposed=proposed,
    check=check,
)
