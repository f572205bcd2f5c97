"""The seven stages as rows of the board."""

import datetime
from dataclasses import dataclass, field

from django.urls import reverse

from documents.models import Document
from documents.wording import plural
from mentorship_portal.board.facts import Facts
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step
from programmes.stages import STAGES, Stage

OF_CURATORS = (
    *("Объявления", "Заявки", "Письмо родителям", "Заявки наставников"),
    *("Подбор пар", "Без пары", "Требуют внимания"),
)
WORDS = {DONE: "готово", BUSY: "в работе", LATE: "требует внимания", IDLE: "не начато"}


@dataclass(frozen=True)
class Titled:
    """A step of the stage with what its rooms say of it."""

    title: str
    told: tuple[Step, ...]

    @property
    def state(self) -> str:
        """The state of the step: late before all, done when everything in it is done."""
        return _together([step.state for step in self.told])

    @property
    def state_words(self) -> str:
        return WORDS[self.state] if self.told else ""

    @property
    def url(self) -> str:
        return self.told[0].url if self.told else ""


@dataclass
class Row:
    """One stage on the board: its state, what the data say, its steps and papers."""

    stage: Stage
    state: str = IDLE
    done_on: datetime.date | None = None
    facts: list[str] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)
    next_paper: Line | None = None
    steps: list[Titled] = field(default_factory=list)
    url: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state_words(self) -> str:
        return WORDS[self.state]

    @property
    def missing(self) -> list[Line]:
        return [line for step in self.steps for told in step.told for line in told.missing]

    @property
    def late(self) -> list[Line]:
        return [line for step in self.steps for told in step.told for line in told.late]


def _together(states: list[str]) -> str:
    """The state of a whole whose parts have these states."""
    if LATE in states:
        return LATE
    if states and set(states) == {DONE}:
        return DONE
    return BUSY if set(states) & {DONE, BUSY} else IDLE


def rows_of(f: Facts, is_curator: bool = True) -> list[Row]:
    """A row for each stage, in their order; the director is led to no page of curators alone."""
    rows = [_row(stage, f) for stage in STAGES]
    if not is_curator:
        for row in rows:
            row.links = [link for link in row.links if link[0] not in OF_CURATORS]
    return rows


def _row(stage: Stage, f: Facts) -> Row:
    row = Row(stage, papers=[d for d in f.papers if d.kind in stage.papers])
    row.steps = [Titled(step.title, tuple(f.steps.get(step.row, ()))) for step in stage.steps]
    row.next_paper = f.paper_step(stage)
    missing = f.missing(stage)
    dates = [d.date for d in row.papers if d.is_registered]
    if stage.papers and not missing:
        row.done_on = max(dates)
    match stage.number:
        case 1:
            _preparing(row, f, missing, bool(dates))
        case 2:
            row.url = f.url("mentee-list")
            number = f.counts["mentees_in_base"]
            row.links = [
                ("Заявки", f.url("application-list")),
                ("Согласия", f.url("consent-list")),
                ("Письмо родителям", f.url("parent-letter")),
            ]
            row.facts = [count(number, "наставляемый", "наставляемых", "наставляемых")]
            row.state = DONE if number else IDLE
        case 3:
            row.url = f.url("mentor-list")
            row.links = [
                ("Заявки наставников", f"{f.url('application-list')}?purpose=mentor"),
                ("Мотивация", f.url("motivation")),
            ]
            row.facts = [
                count(f.mentors, "наставник", "наставника", "наставников"),
                f"свободных мест: {f.free_places}",
            ]
            row.state = DONE if f.mentors else IDLE
        case 4:
            row.url = f.url("selection")
            row.links = [
                ("Отбор", f.url("selection")),
                ("Обучение", f.url("training")),
                ("Приказ о назначении", f.papers_url),
            ]
            row.state = IDLE if not f.mentors else BUSY
            row.facts = ["приказ о назначении куратора и наставников не внесён"]
            if not missing:
                row.state, row.facts = DONE, []
        case 5:
            row.url = f.url("pair-list")
            row.links = [
                ("Встречи знакомства", f.url("event-list")),
                ("Подбор пар", f.url("suggestions")),
                ("Соглашения", f.url("agreements")),
                ("Без пары", f.url("unpaired-list")),
            ]
            _forming(row, f)
        case 6:
            row.url = f.url("pair-list")
            row.links = [
                ("Маршруты", f.url("route-list")),
                ("Отчёты", f.url("report-list")),
                ("Требуют внимания", f.url("attention")),
            ]
            _working(row, f)
        case 7:
            row.url = f.url("completion")
            row.links = [
                ("Поощрения", f.url("award-list")),
                ("Истории пар", f.url("case-list")),
                ("Резерв наставников", reverse("reserve")),
                ("Приказ об итоговом мероприятии", f.papers_url),
            ]
            row.facts = [f"программа до {f.programme.ended_on:%d.%m.%Y}"]
            if not missing and row.done_on > f.today:
                row.state, row.done_on = BUSY, None  # The order is there, its day is not.
            elif not missing:
                row.state = DONE
            elif f.is_over:
                row.state = LATE
                row.facts.append("приказ об итоговом мероприятии не внесён")
    _with_steps(row)
    return row


def _with_steps(row: Row) -> None:
    """What the rooms tell of the steps weighs as much as papers and counts."""
    told = [step.state for step in row.steps if step.told]
    if not told:
        return
    state = _together([row.state, *told])
    if state != DONE:
        row.done_on = None
    row.state = state


def _preparing(row: Row, f: Facts, missing: list[str], has_dates: bool) -> None:
    row.url = f.url("preparation")
    row.links = [
        ("Подготовка", f.url("preparation")),
        ("Проектная группа", f.url("project-group")),
        ("План", f.url("plan")),
        ("Объявления", f.url("announcement-list")),
        ("Педагогический совет", reverse("council")),
        ("Приказы и протокол", f.papers_url),
    ]
    papers = len(row.stage.papers)
    row.facts = [
        "куратор назначен" if f.has_curator else "куратор не назначен",
        f"документов {papers - len(missing)} из {papers}",
    ]
    if not missing and f.has_curator:
        row.state = DONE
    elif f.is_begun and not f.has_curator and f.counts["confirmed_pairs"]:
        row.state = LATE
    elif has_dates or f.has_curator:
        row.state = BUSY


def _forming(row: Row, f: Facts) -> None:
    drafts, confirmed = f.counts["draft_pairs"], f.counts["confirmed_pairs"]
    free, loose = f.counts["free_mentees"], f.counts["loose_pairs"]
    row.facts = [
        count(confirmed, "подтверждена", "подтверждены", "подтверждены"),
        count(drafts, "черновик", "черновика", "черновиков"),
    ]
    if free:
        row.facts.append(f"без пары: {free}")
    if loose:
        row.facts.append(f"без приказа: {loose}")
    if loose or drafts or free or not confirmed:
        row.done_on = None
        row.state = BUSY if confirmed or drafts else IDLE
    else:
        row.state = DONE


def _working(row: Row, f: Facts) -> None:
    working, ended = f.counts["confirmed_pairs"], f.counts["ended_pairs"]
    if not working and not ended:
        row.facts = ["начнётся после приказа о парах"]
        return
    row.state = DONE if not working else LATE if f.is_over else BUSY
    row.facts = [
        count(working, "пара работает", "пары работают", "пар работают"),
        f"завершены: {ended}",
        f"с {f.programme.first_pair_on:%d.%m.%Y}",
    ]
    if f.is_over and working:
        row.facts.append("программа окончена: завершите пары")


def count(number: int, one: str, few: str, many: str) -> str:
    """«3 наставника»."""
    return f"{number} {plural(number, one, few, many)}"
