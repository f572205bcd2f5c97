"""The plan as a picture: bars over months, as plain numbers that a template draws. S1.5."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from programmes.preparation.models import PlanItem

WIDTH = 1000
LEFT, RIGHT = 300, 850  # the chart lies between; names to the left, states to the right
ROW, TOP = 30, 34
_NAME = 42  # letters that fit to the left
_SIGNS = {"done": "✓", "late": "!", "busy": "▸", "idle": "○"}
_FILLS = {"done": "#1d5c2e", "late": "#8f1d14", "busy": "#b98900", "idle": "#77746c"}
_MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


@dataclass(frozen=True)
class Mark:
    """A line of the month or of today: where it stands and what is written above it."""

    x: float
    text: str


@dataclass(frozen=True)
class Bar:
    """One item: its name, where its bar lies, its state as sign and word."""

    name: str
    text: str
    state: str
    sign: str
    fill: str
    x: float
    width: float
    y: int

    @property
    def middle(self) -> float:
        return self.y + ROW / 2


@dataclass(frozen=True)
class Timeline:
    """The picture; ``today`` is None outside of the programme."""

    bars: list[Bar]
    months: list[Mark]
    today: Mark | None
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT


def timeline_of(
    numbered: Iterable[tuple[int, PlanItem]],
    first: datetime.date,
    last: datetime.date,
    today: datetime.date,
) -> Timeline | None:
    """The picture of items that have a date, over the days ``first`` … ``last``; None without any.

    ``numbered``: (number in the plan, item). What lies outside of the days is cut at the edge.
    """
    days = (last - first).days + 1

    def x(day: datetime.date) -> float:
        place = min(max((day - first).days, 0), days)
        return round(LEFT + (RIGHT - LEFT) * place / days, 1)

    bars = []
    for number, item in numbered:
        ended = item.ended_on or item.started_on
        if ended is None:
            continue
        begin = x(item.started_on or ended)
        end = x(ended + datetime.timedelta(days=1))
        begin = min(begin, RIGHT - 6.0)
        state = item.shown_state
        words = item.get_state_display() if state != "late" else "просрочено"
        bars.append(
            Bar(
                name=_short(f"{number}. {item.title}"),
                text=f"{number}. {item.title}: {item.term}, {item.state_words}",
                state=words,
                sign=_SIGNS[state],
                fill=_FILLS[state],
                x=begin,
                width=round(max(6.0, end - begin), 1),
                y=TOP + ROW * len(bars),
            )
        )
    if not bars:
        return None
    mark = Mark(x(today), f"сегодня {today:%d.%m}") if first <= today <= last else None
    return Timeline(bars, _months(first, last, x), mark, TOP + ROW * len(bars) + 26)


def _short(text: str) -> str:
    return text if len(text) <= _NAME else text[: _NAME - 1].rstrip() + "…"


def _months(first: datetime.date, last: datetime.date, x) -> list[Mark]:
    marks = [Mark(x(first), _MONTHS[first.month - 1] if first.day <= 15 else "")]
    month = first.replace(day=1)
    while (month := (month + datetime.timedelta(days=32)).replace(day=1)) <= last:
        year = f" {month.year}" if month.month == 1 else ""
        marks.append(Mark(x(month), _MONTHS[month.month - 1] + year))
    step = 1 + len(marks) // 13  # more than a year: every second or third month is named
    return [m for number, m in enumerate(marks) if number % step == 0]
