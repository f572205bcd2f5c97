"""What the board of a programme says, worked out from stored data in a fixed number of queries."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from documents.drafting.pairs import pairs_without_order
from documents.models import Document
from documents.registry.models import Kind
from documents.wording import plural
from pairs.formation.candidates import unpaired
from pairs.models import Pair
from programmes.mentors.places import places_of
from programmes.models import Programme
from programmes.people.models import Kind as PersonKind
from programmes.stages import STAGES, Stage

DONE, BUSY, LATE, IDLE = "done", "busy", "late", "idle"
WORDS = {DONE: "готово", BUSY: "в работе", LATE: "требует внимания", IDLE: "не начато"}
OLD_DRAFT_DAYS = 7
FINAL_EVENT_DAYS = 30  # the order on the final event is looked for so long before the end
COVERAGE_TARGET = 70  # percent; instruction, table 1: not less than 70 % of pupils and teachers


@dataclass
class Row:
    """One stage on the board: its state, what the data say, its papers."""

    stage: Stage
    state: str = IDLE
    done_on: datetime.date | None = None
    facts: list[str] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)
    url: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state_words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True)
class Attention:
    text: str
    url: str


@dataclass(frozen=True)
class Coverage:
    """How many of the school's pupils (teachers) are mentees of the programme.

    ``with_mentors`` counts those who take part in either role, each person once.
    """

    title: str
    part: int
    whole: int
    with_mentors: int
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
    papers = list(programme.documents.in_force().order_by("date", "pk"))
    pairs = programme.pairs.aggregate(
        draft=Count("pk", filter=Q(state=Pair.State.DRAFT)),
        confirmed=Count("pk", filter=Q(state=Pair.State.CONFIRMED)),
        ended=Count("pk", filter=Q(state=Pair.State.ENDED)),
        first_day=Min("started_on"),
    )
    places = places_of(programme, programme.mentors.ongoing_on(day)).values()
    week_ago = timezone.now() - datetime.timedelta(days=OLD_DRAFT_DAYS)
    facts = _Facts(
        programme=programme,
        today=today,
        papers=papers,
        registered={d.kind for d in papers if d.is_registered},
        pairs=pairs,
        old_drafts=programme.pairs.drafts().filter(created_at__lt=week_ago).count(),
        mentees=programme.mentees.ongoing_on(day).count(),
        mentors=len(places),
        free_places=sum(p.free for p in places),
        over_capacity=sum(p.is_over for p in places),
        has_curator=programme.curators.ongoing_on(day).exists(),
        free=unpaired(programme, day).count(),
        loose=pairs_without_order(programme).count(),
    )
    rows = [_row(stage, facts) for stage in STAGES]
    return Board(rows, _attention(facts), _coverage(programme, day), _next_step(facts), pairs)


@dataclass
class _Facts:
    programme: Programme
    today: datetime.date
    papers: list[Document]
    registered: set[str]
    pairs: dict
    old_drafts: int
    mentees: int
    mentors: int
    free_places: int
    over_capacity: int
    has_curator: bool
    free: int
    loose: int

    def draft_of(self, kind: str) -> Document | None:
        return next((d for d in self.papers if d.kind == kind and d.is_open), None)

    def paper_step(self, stage: Stage) -> Attention | None:
        """What to do about the first paper of the stage that is not registered yet."""
        missing = self.missing(stage)
        return self.paper_to_do(missing[0]) if missing else None

    def paper_to_do(self, kind: str) -> Attention:
        """The next deed on the paper of a kind: compose it, finish it, have it signed."""
        draft, title = self.draft_of(kind), Kind(kind).label
        if draft is None:
            return Attention(f"составить документ: {title}", self.papers_url)
        url = reverse("document-detail", args=[draft.pk])
        waits = draft.state == Document.State.FOR_SIGNATURE
        return Attention(f"{'ждёт подписи' if waits else 'закончить документ'}: {title}", url)

    @property
    def is_begun(self) -> bool:
        return self.today >= self.programme.started_on

    @property
    def is_near_its_end(self) -> bool:
        return self.today >= self.programme.ended_on - datetime.timedelta(days=FINAL_EVENT_DAYS)

    @property
    def is_over(self) -> bool:
        return self.today > self.programme.ended_on

    def url(self, name: str) -> str:
        return reverse(name, args=[self.programme.pk])

    @property
    def papers_url(self) -> str:
        """The chain of papers of this very programme: without the query it is the current one's."""
        return f"{reverse('document-list')}?programme={self.programme.pk}"

    def missing(self, stage: Stage) -> list[str]:
        """Kinds of the stage's papers that nobody has registered.

        The Regulation stands in the order that approves it (D5), so it is not asked for twice.
        """
        there = self.registered | (
            {Kind.REGULATION} if Kind.REGULATION_ORDER in self.registered else set()
        )
        return [kind for kind in stage.papers if kind not in there]


def _row(stage: Stage, f: _Facts) -> Row:
    row = Row(stage, papers=[d for d in f.papers if d.kind in stage.papers])
    missing = f.missing(stage)
    dates = [d.date for d in row.papers if d.is_registered]
    if stage.papers and not missing:
        row.done_on = max(dates)
    match stage.number:
        case 1:
            row.url = f.papers_url
            row.links = [
                ("Проектная группа", f.url("project-group")),
                ("План", f.url("plan")),
                ("Педагогический совет", reverse("council")),
            ]
            row.facts = [
                "куратор назначен" if f.has_curator else "куратор не назначен",
                f"документов {len(stage.papers) - len(missing)} из {len(stage.papers)}",
            ]
            if not missing and f.has_curator:
                row.state = DONE
            elif f.is_begun and not f.has_curator and f.pairs["confirmed"]:
                row.state = LATE
            elif dates or f.has_curator:
                row.state = BUSY
        case 2:
            row.url = f.url("mentee-list")
            row.facts = [_count(f.mentees, "наставляемый", "наставляемых", "наставляемых")]
            row.state = DONE if f.mentees else IDLE
        case 3:
            row.url = f.url("mentor-list")
            row.facts = [
                _count(f.mentors, "наставник", "наставника", "наставников"),
                f"свободных мест: {f.free_places}",
            ]
            row.state = DONE if f.mentors else IDLE
        case 4:
            row.url = f.papers_url
            row.state = IDLE if not f.mentors else BUSY
            row.facts = ["приказ о назначении куратора и наставников не внесён"]
            if not missing:
                row.state, row.facts = DONE, []
        case 5:
            row.url = f.url("pair-list")
            _forming(row, f)
        case 6:
            row.url = f.url("pair-list")
            _working(row, f)
        case 7:
            row.url = f.papers_url
            row.facts = [f"программа до {f.programme.ended_on:%d.%m.%Y}"]
            if not missing and row.done_on > f.today:
                row.state, row.done_on = BUSY, None  # The order is there, its day is not.
            elif not missing:
                row.state = DONE
            elif f.is_over:
                row.state = LATE
                row.facts.append("приказ об итоговом мероприятии не внесён")
    return row


def _forming(row: Row, f: _Facts) -> None:
    row.facts = [
        _count(f.pairs["confirmed"], "подтверждена", "подтверждены", "подтверждены"),
        _count(f.pairs["draft"], "черновик", "черновика", "черновиков"),
    ]
    if f.free:
        row.facts.append(f"без пары: {f.free}")
    if f.loose:
        row.facts.append(f"без приказа: {f.loose}")
    if f.loose or f.pairs["draft"] or f.free or not f.pairs["confirmed"]:
        row.done_on = None
        row.state = BUSY if f.pairs["confirmed"] or f.pairs["draft"] else IDLE
    else:
        row.state = DONE


def _working(row: Row, f: _Facts) -> None:
    working, ended = f.pairs["confirmed"], f.pairs["ended"]
    if not working and not ended:
        row.facts = ["начнётся после приказа о парах"]
        return
    row.state = DONE if not working else LATE if f.is_over else BUSY
    row.facts = [
        _count(working, "пара работает", "пары работают", "пар работают"),
        f"завершены: {ended}",
        f"с {f.pairs['first_day']:%d.%m.%Y}",
    ]
    if f.is_over and working:
        row.facts.append("программа окончена: завершите пары")


def _count(number: int, one: str, few: str, many: str) -> str:
    return f"{number} {plural(number, one, few, many)}"


def _attention(f: _Facts) -> list[Attention]:
    found = []
    if not f.has_curator:
        found.append(Attention("Куратор программы не назначен", f.url("programme-edit")))
    if f.free:
        words = _count(f.free, "наставляемый", "наставляемых", "наставляемых")
        found.append(Attention(f"{words} без пары", f.url("unpaired-list")))
    if f.over_capacity:
        words = _count(f.over_capacity, "наставник ведёт", "наставника ведут", "наставников ведут")
        found.append(Attention(f"{words} больше наставляемых, чем мест", f.url("mentor-list")))
    if f.old_drafts:
        words = _count(
            f.old_drafts, "черновик пары ждёт", "черновика пар ждут", "черновиков пар ждут"
        )
        found.append(
            Attention(f"{words} подтверждения больше недели", f.url("pair-list") + "?state=draft")
        )
    if f.loose:
        words = _count(
            f.loose,
            "подтверждённая пара",
            "подтверждённые пары",
            "подтверждённых пар",
        )
        url = f.url("pair-list") + "?state=confirmed"
        found.append(Attention(f"{words} без приказа о формировании пар", url))
    for document in f.papers:
        if document.is_open and document.remark:
            url = reverse("document-detail", args=[document.pk])
            found.append(Attention(f"Директор вернул документ: {document.remark}", url))
    return found


def _next_step(f: _Facts) -> Attention | None:
    """The one thing to do next, in the order of the stages and of the chain of papers."""
    if not f.programme.school.people.exists():
        return Attention("загрузить людей школы из таблицы", reverse("person-import"))
    if not f.has_curator:
        return Attention("назначить куратора программы", f.url("programme-edit"))
    first, selection, final = STAGES[0], STAGES[3], STAGES[6]
    if step := f.paper_step(first):
        return step
    if not f.mentees:
        return Attention("наполнить базу наставляемых", f.url("mentee-list"))
    if not f.mentors:
        return Attention("наполнить базу наставников", f.url("mentor-list"))
    if step := f.paper_step(selection):
        return step
    if f.pairs["draft"]:
        return Attention(
            f"подтвердить черновики пар ({f.pairs['draft']})", f.url("pair-list") + "?state=draft"
        )
    if f.loose or f.draft_of(Kind.PAIRS):
        return f.paper_to_do(Kind.PAIRS)
    if f.free:
        return Attention(f"подобрать пару тем, у кого её нет ({f.free})", f.url("pair-new"))
    if f.is_near_its_end:
        return f.paper_step(final)
    return None


def _coverage(programme: Programme, day: datetime.date) -> list[Coverage]:
    """Mentees among all pupils (teachers) of the school, and with the mentors (row T3)."""
    is_mentee = Q(pk__in=programme.mentees.ongoing_on(day).values("person_id"))
    is_mentor = Q(pk__in=programme.mentors.ongoing_on(day).values("person_id"))
    counts = {
        row["kind"]: row
        for row in programme.school.people.present()
        .order_by()
        .values("kind")
        .annotate(
            whole=Count("pk"),
            part=Count("pk", filter=is_mentee),
            with_mentors=Count("pk", filter=is_mentee | is_mentor),
        )
    }
    none = {"part": 0, "whole": 0, "with_mentors": 0}
    return [
        Coverage(
            title, *(counts.get(kind, none)[name] for name in ("part", "whole", "with_mentors"))
        )
        for title, kind in (
            ("Охват обучающихся", PersonKind.PUPIL),
            ("Охват педагогов", PersonKind.TEACHER),
        )
    ]
