"""A best whole choice of pairs: numbers and sets in, pairs and what speaks for them out.

Knows no Django. Every feature of a pair is a small whole number; the score of a pair is the sum of
feature times weight (0…10, set by the curator), never below 0. Of all choices that keep the hard
rules (form, places, declined, not wanted) one with the greatest total score is taken; of those with
the same total the one with most pairs. A mutual choice has no rule of its own: it wins by its
weight. The two criteria are those of the target model (domain notes § 1.5): the mentor's competence
answers the request, and both sides want to work together.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

RANKS = 3
MOST = 6  # of every feature
COUNTED = 3  # common categories, words, interests, days: more than these add nothing

# What each feature weighs until the curator says otherwise. A mutual first choice is worth 60, a
# request answered by one category and one word 22, a common day 6.
DEFAULTS = {
    "mutual": 10,
    "one_sided": 4,
    "category": 6,
    "words": 5,
    "interests": 2,
    "days": 3,
    "age": 1,
    "form": 1,
    "older": 5,
}
AGAINST = ("older",)  # speaks against a pair when it is not so

Key = tuple[str, int]  # the name by which ties are broken, then the id of the person


@dataclass(frozen=True)
class Form:
    """A form of mentoring: which kinds of people it brings together."""

    id: int
    mentor_kinds: frozenset[str]
    mentee_kinds: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Side:
    """What both sides say of themselves; ``words`` and ``interests`` are stems of words."""

    key: Key
    kind: str
    grade: int | None = None
    age: int | None = None
    categories: frozenset[int] = frozenset()
    words: frozenset[Hashable] = frozenset()
    interests: frozenset[Hashable] = frozenset()
    days: frozenset[int] = frozenset()
    forms: frozenset[int] = frozenset()

    @property
    def id(self) -> int:
        return self.key[1]


@dataclass(frozen=True, kw_only=True)
class Seeker(Side):
    """A mentee; ``busy`` are ids of forms in which there is a pair already."""

    busy: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Helper(Side):
    """A mentor; ``places`` are the mentees there is still room for."""

    places: int = 0
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True)
class Choice:
    """How each of the two ranked the other: 1…3; None says nothing, 0 «not with this one»."""

    by_mentee: int | None = None
    by_mentor: int | None = None

    @property
    def is_forbidden(self) -> bool:
        return self.by_mentee == 0 or self.by_mentor == 0

    @property
    def is_mutual(self) -> bool:
        return bool(self.by_mentee and self.by_mentor)


@dataclass(frozen=True)
class Match:
    """A chosen pair: ids of the two people and of the form, the score."""

    mentee: int
    mentor: int
    form: int
    score: int


@dataclass
class Task:
    """Who is to be brought together. ``choices`` and ``declined`` go by (mentee id, mentor id)."""

    forms: Sequence[Form]
    mentees: Iterable[Seeker]
    mentors: Iterable[Helper]
    choices: Mapping[tuple[int, int], Choice] = field(default_factory=dict)
    declined: Collection[tuple[int, int]] = ()
    weights: Mapping[str, int] = field(default_factory=lambda: DEFAULTS)

    def __post_init__(self) -> None:
        self.mentees = sorted(self.mentees, key=lambda one: one.key)
        self.mentors = sorted(self.mentors, key=lambda one: one.key)
        self.row = {one.id: n for n, one in enumerate(self.mentees)}
        self.column = {one.id: n for n, one in enumerate(self.mentors)}

    @cached_property
    def features(self) -> "dict[str, np.ndarray]":
        """Feature → int8 matrix, mentees × mentors, 0…6 (``older``: -6 or 0)."""
        import numpy as np

        mentees, mentors = self.mentees, self.mentors
        found = {
            name: _common([getattr(m, of) for m in mentees], [getattr(m, of) for m in mentors])
            for name, of in (
                ("category", "categories"),
                ("words", "words"),
                ("interests", "interests"),
                ("days", "days"),
            )
        }
        found["mutual"], found["one_sided"] = self._chosen()
        age = _numbers(m.age for m in mentees)[:, None]
        first = _numbers(m.age_from for m in mentors)[None, :]
        last = _numbers(m.age_to for m in mentors)[None, :]
        with np.errstate(invalid="ignore"):
            says = ~(np.isnan(first) & np.isnan(last))
            fits = says & ~np.isnan(age) & ~(age < first) & ~(age > last)
            grade = _numbers(m.grade for m in mentees)[:, None]
            own = _numbers(m.grade if m.kind == "pupil" else None for m in mentors)[None, :]
            found["age"] = fits.astype(np.int8) * np.int8(MOST)
            found["older"] = (grade >= own).astype(np.int8) * np.int8(-MOST)
        found["form"] = self._by_form[2]
        return found

    @property
    def allowed(self) -> "np.ndarray":
        """Where the hard rules let a pair be, but for places: bool, mentees × mentors."""
        return self._by_form[0]

    @cached_property
    def _by_form(self) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
        """Whether a pair may be, in which of ``forms`` (number), and how welcome that form is.

        Of several forms that fit two people the one that more of them prefer, then the earlier.
        """
        import numpy as np

        shape = len(self.mentees), len(self.mentors)
        allowed = np.zeros(shape, bool)
        number, liking = np.zeros(shape, np.int8), np.full(shape, -1, np.int8)
        for n, form in enumerate(self.forms):
            rows = [m.kind in form.mentee_kinds and form.id not in m.busy for m in self.mentees]
            columns = [m.kind in form.mentor_kinds for m in self.mentors]
            fits = np.outer(np.array(rows, bool), np.array(columns, bool))
            half = MOST // 2
            liked = np.add.outer(
                np.array([half * (form.id in m.forms) for m in self.mentees], np.int8),
                np.array([half * (form.id in m.forms) for m in self.mentors], np.int8),
            )
            better = fits & (liked > liking)
            number[better], liking[better] = n, liked[better]
            allowed |= fits
        barred = [pair for pair, choice in self.choices.items() if choice.is_forbidden]
        same = [(pk, pk) for pk in self.row if pk in self.column]
        for mentee, mentor in (*barred, *self.declined, *same):
            if mentee in self.row and mentor in self.column:
                allowed[self.row[mentee], self.column[mentor]] = False
        return allowed, number, np.maximum(liking, 0)

    def _chosen(self) -> "tuple[np.ndarray, np.ndarray]":
        import numpy as np

        mutual = np.zeros((len(self.mentees), len(self.mentors)), np.int8)
        one_sided = mutual.copy()
        for (mentee, mentor), choice in self.choices.items():
            if mentee not in self.row or mentor not in self.column or choice.is_forbidden:
                continue
            place = self.row[mentee], self.column[mentor]
            points = [RANKS + 1 - rank for rank in (choice.by_mentee, choice.by_mentor) if rank]
            if choice.is_mutual:
                mutual[place] = sum(points)
            elif points:
                one_sided[place] = 2 * points[0]
        return mutual, one_sided

    @cached_property
    def scores(self) -> "np.ndarray":
        """Score of each pair, int16, mentees × mentors; 0 where the rules forbid it."""
        import numpy as np

        total = np.zeros((len(self.mentees), len(self.mentors)), np.int16)
        for name, values in self.features.items():
            if weight := self.weights.get(name, 0):
                total += values.astype(np.int16) * np.int16(weight)
        np.maximum(total, 0, out=total)
        total[~self.allowed] = 0
        return total

    def form_of(self, row: int, column: int) -> int:
        return self.forms[self._by_form[1][row, column]].id

    def best(self, *, even_without_reason: bool = False) -> list[Match]:
        """The best whole choice in the order of the mentees.

        A pair that scores 0 is left out, unless it is asked for ``even_without_reason``.
        """
        import numpy as np

        places = np.array([min(m.places, len(self.mentees)) for m in self.mentors], int)
        if not self.mentees or not places.sum():
            return []
        wanted = self.allowed if even_without_reason else self.scores > 0
        # The number of pairs decides between equal totals only.
        values = self.scores.astype(np.float64)
        values *= len(self.mentees) + 1
        values += 1
        values[~wanted] = 0
        return [
            Match(
                self.mentees[row].id,
                self.mentors[column].id,
                self.form_of(row, column),
                int(self.scores[row, column]),
            )
            for row, column in _assigned(values, places)
            if wanted[row, column]
        ]

    def best_for(self, mentee: int, count: int) -> list[tuple[int, int]]:
        """The mentors (id, score) who suit a mentee best, whatever places they have."""
        import numpy as np

        row = self.scores[self.row[mentee]]
        order = np.argsort(-row, kind="stable")[:count]
        return [(self.mentors[n].id, int(row[n])) for n in order if row[n] > 0]

    def points(self, mentee: int, mentor: int) -> dict[str, int]:
        """What each feature adds to the score of a pair, only what is not 0."""
        place = self.row[mentee], self.column[mentor]
        found = {
            name: int(values[place]) * self.weights.get(name, 0)
            for name, values in self.features.items()
        }
        return {name: points for name, points in found.items() if points}


def _assigned(values: "np.ndarray", places: "np.ndarray") -> list[tuple[int, int]]:
    """(row, column) of a choice with the greatest sum of non-negative ``values``.

    Each row is taken once at most, each column ``places`` times at most. Columns stand in the
    problem a few times at first and more often only when that turns out to bind: a bound that does
    not bind changes nothing of the optimum, so the result is exact and the matrix stays small.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    copies = np.minimum(places, 2)
    while True:
        owner = np.repeat(np.arange(len(places)), copies)
        cost = values[:, owner]
        np.negative(cost, out=cost)  # asked to maximize, the solver would copy the matrix
        rows, columns = linear_sum_assignment(cost)
        del cost
        chosen = owner[columns]
        useful = values[rows, chosen] > 0
        used = np.bincount(chosen[useful], minlength=len(places))
        bound = (used == copies) & (copies < places)
        if not bound.any():
            return list(zip(rows[useful].tolist(), chosen[useful].tolist(), strict=True))
        copies = np.where(bound, np.minimum(places, copies * 2), copies)


def _common(rows: Sequence[Collection], columns: Sequence[Collection]) -> "np.ndarray":
    """Twice the number of common members of each row and column, 6 at most: int8."""
    import numpy as np

    known = sorted(set().union(*rows) & set().union(*columns))
    number = {member: n for n, member in enumerate(known)}

    def marks(sets: Sequence[Collection]) -> np.ndarray:
        table = np.zeros((len(sets), len(known)), np.float32)
        for n, members in enumerate(sets):
            table[n, [number[member] for member in members if member in number]] = 1
        return table

    counts = marks(rows) @ marks(columns).T
    return (np.minimum(counts, COUNTED) * (MOST // COUNTED)).astype(np.int8)


def _numbers(values: Iterable[int | None]) -> "np.ndarray":
    import numpy as np

    return np.array([np.nan if value is None else value for value in values], np.float32)
