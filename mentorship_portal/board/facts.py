"""What the board of a programme says, worked out from stored data in a fixed number of queries."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse

from documents.models import Document
from documents.registry.models import Kind
from documents.wording import plural
from pairs.models import Pair, PairMentee
from programmes.models import Programme
from programmes.people.models import Kind as PersonKind
from programmes.stages import STAGES, Stage

DONE, BUSY, LATE, IDLE = "done", "busy", "late", "idle"
WORDS = {DONE: "готово", BUSY: "в работе", LATE: "требует внимания", IDLE: "не начато"}
COVERAGE_TARGET = 70  # percent; instruction, table 1: not less than 70 % of pupils and teachers


@dataclass
class Row:
    """One stage on the board: its state, what the data say, its papers."""

    stage: Stage
    state: str = IDLE
    facts: list[str] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)
    url: str = ""

    @property
    def state_words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True)
class Attention:
    text: str
    url: str


@dataclass(frozen=True)
class Coverage:
    """How many of the school's pupils (teachers) take part in the programme."""

    title: str
    part: int
    whole: int
    target: int = COVERAGE_TARGET

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass
class Board:
    rows: list[Row]
    attention: list[Attention]
    coverage: list[Coverage]
    next_step: Attention | None
    pair_counts: dict[str, int]


def board_of(programme: Programme, today: datetime.date) -> Board:
    """Everything the board shows on ``today``."""
    day = min(max(today, programme.started_on), programme.ended_on)
    papers = list(
        programme.documents.exclude(state=Document.State.CANCELLED).order_by("date", "pk")
    )
    registered = {d.kind for d in papers if d.is_registered}
    pairs = programme.pairs.aggregate(
        draft=Count("pk", filter=Q(state=Pair.State.DRAFT)),
        confirmed=Count("pk", filter=Q(state=Pair.State.CONFIRMED)),
        ended=Count("pk", filter=Q(state=Pair.State.ENDED)),
    )
    mentees = programme.mentees.ongoing_on(day).count()
    mentors = programme.mentors.ongoing_on(day).count()
    has_curator = programme.curators.ongoing_on(day).exists()
    free = _unpaired_count(programme, day)
    loose = _confirmed_without_order(programme)
    facts = _Facts(
        programme, registered, pairs, mentees, mentors, has_curator, free, loose, today, papers
    )
    rows = [_row(stage, facts) for stage in STAGES]
    attention = _attention(facts)
    return Board(rows, attention, _coverage(programme, day), _next_step(facts), pairs)


@dataclass
class _Facts:
    programme: Programme
    registered: set[str]
    pairs: dict[str, int]
    mentees: int
    mentors: int
    has_curator: bool
    free: int
    loose: int
    today: datetime.date
    papers: list[Document]

    @property
    def draft_order(self) -> Document | None:
        return next((d for d in self.papers if d.kind == Kind.PAIRS and d.is_open), None)

    def url(self, name: str) -> str:
        return reverse(name, args=[self.programme.pk])


def _unpaired_count(programme: Programme, day: datetime.date) -> int:
    paired = PairMentee.objects.filter(pair__programme=programme, ended_on__isnull=True).exclude(
        pair__state=Pair.State.ENDED
    )
    return programme.mentees.ongoing_on(day).exclude(person__in=paired.values("person_id")).count()


def _confirmed_without_order(programme: Programme) -> int:
    standing = programme.documents.filter(kind=Kind.PAIRS, state__in=Document.REGISTERED_STATES)
    return programme.pairs.confirmed().exclude(ordered__document__in=standing).count()


def _row(stage: Stage, f: _Facts) -> Row:
    row = Row(stage, papers=[d for d in f.papers if d.kind in stage.papers])
    all_papers = set(stage.papers) <= f.registered | {Kind.REGULATION}
    some_papers = bool(set(stage.papers) & f.registered)
    match stage.number:
        case 1:
            row.url = reverse("document-list")
            row.facts = ["куратор назначен" if f.has_curator else "куратор не назначен"]
            row.state = DONE if all_papers and f.has_curator else BUSY if some_papers else IDLE
        case 2:
            row.url = f.url("mentee-list")
            row.facts = [_count(f.mentees, "наставляемый", "наставляемых", "наставляемых")]
            row.state = DONE if f.mentees else IDLE
        case 3:
            row.url = f.url("mentor-list")
            row.facts = [_count(f.mentors, "наставник", "наставника", "наставников")]
            row.state = DONE if f.mentors else IDLE
        case 4:
            row.url = reverse("document-list")
            row.state = DONE if all_papers else BUSY if f.mentors else IDLE
            row.facts = [] if all_papers else ["приказ о назначении наставников не внесён"]
        case 5:
            row.url = f.url("pair-list")
            _forming(row, f)
        case 6:
            row.url = f.url("pair-list")
            working = f.pairs["confirmed"] and Kind.PAIRS in f.registered
            row.state = BUSY if working else IDLE
            row.facts = [
                _count(f.pairs["confirmed"], "пара работает", "пары работают", "пар работают")
                if working
                else "начнётся после приказа о парах"
            ]
        case 7:
            row.url = reverse("document-list")
            row.state = DONE if all_papers else BUSY if f.today > f.programme.ended_on else IDLE
            row.facts = [f"программа до {f.programme.ended_on:%d.%m.%Y}"]
    return row


def _forming(row: Row, f: _Facts) -> None:
    row.facts = [
        _count(f.pairs["confirmed"], "подтверждена", "подтверждены", "подтверждены"),
        _count(f.pairs["draft"], "черновик", "черновика", "черновиков"),
    ]
    if f.free:
        row.facts.append(f"без пары: {f.free}")
    if f.pairs["confirmed"] and not f.loose and not f.pairs["draft"] and not f.free:
        row.state = DONE
    elif f.pairs["confirmed"] or f.pairs["draft"]:
        row.state = BUSY


def _count(number: int, one: str, few: str, many: str) -> str:
    return f"{number} {plural(number, one, few, many)}"


def _attention(f: _Facts) -> list[Attention]:
    found = []
    if not f.has_curator:
        found.append(Attention("Куратор программы не назначен", f.url("programme-edit")))
    if f.free:
        words = _count(f.free, "наставляемый", "наставляемых", "наставляемых")
        found.append(Attention(f"{words} без пары", f.url("unpaired-list")))
    if f.pairs["draft"]:
        words = _count(
            f.pairs["draft"],
            "черновик пары ждёт",
            "черновика пар ждут",
            "черновиков пар ждут",
        )
        found.append(Attention(f"{words} подтверждения", f.url("pair-list") + "?state=draft"))
    if f.loose:
        words = _count(
            f.loose,
            "подтверждённая пара",
            "подтверждённые пары",
            "подтверждённых пар",
        )
        found.append(Attention(f"{words} без приказа", reverse("document-list")))
    for document in f.papers:
        if document.is_open and document.remark:
            url = reverse("document-detail", args=[document.pk])
            found.append(Attention(f"Директор вернул документ: {document.remark}", url))
    return found


def _next_step(f: _Facts) -> Attention | None:
    """The one thing to do next, in the order of the stages."""
    draft = f.draft_order
    if not f.programme.school.people.exists():
        return Attention("загрузить людей школы из таблицы", reverse("person-import"))
    if not f.has_curator:
        return Attention("назначить куратора программы", f.url("programme-edit"))
    if not f.mentees:
        return Attention("наполнить базу наставляемых", f.url("mentee-list"))
    if not f.mentors:
        return Attention("наполнить базу наставников", f.url("mentor-list"))
    if f.pairs["draft"]:
        return Attention(
            f"подтвердить черновики пар ({f.pairs['draft']})", f.url("pair-list") + "?state=draft"
        )
    if draft is not None:
        url = reverse("document-detail", args=[draft.pk])
        waits = draft.state == Document.State.FOR_SIGNATURE
        text = "приказ о парах ждёт подписи директора" if waits else "закончить приказ о парах"
        return Attention(text, url)
    if f.loose:
        return Attention("составить приказ о формировании пар", reverse("document-list"))
    if f.free:
        return Attention(f"подобрать пару тем, у кого её нет ({f.free})", f.url("pair-new"))
    return None


def _coverage(programme: Programme, day: datetime.date) -> list[Coverage]:
    """Each person counts once, as mentor or mentee of the programme's bases (row T3)."""
    people = programme.school.people.filter(left_on__isnull=True)
    takes_part = Q(pk__in=programme.mentees.ongoing_on(day).values("person_id")) | Q(
        pk__in=programme.mentors.ongoing_on(day).values("person_id")
    )
    return [
        Coverage(
            title, people.filter(takes_part, kind=kind).count(), people.filter(kind=kind).count()
        )
        for title, kind in (
            ("Охват обучающихся", PersonKind.PUPIL),
            ("Охват педагогов", PersonKind.TEACHER),
        )
    ]
