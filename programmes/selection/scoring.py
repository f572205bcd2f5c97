"""What the points of several assessors come to, and how far they agree. Pure: numbers in and out.

Agreement is told by the range (highest minus lowest) in per cent of the scale. Two to five people
assess one candidate here; coefficients such as Kendall's or an intraclass correlation say little
about so few, and a range is understood by everybody at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A range above which people should talk: more than 2 points of 5.
CRITERION_RANGE = 40.0
TOTAL_RANGE = 20.0


@dataclass(frozen=True)
class Measure:
    """A criterion as numbers: weight > 0, highest point > 0."""

    weight: int
    scale: int


def weighted(points: Mapping[int, int], criteria: Mapping[int, Measure]) -> float | None:
    """The weighted mean of one sheet, 0…100; None unless every criterion has its points."""
    whole = sum(measure.weight for measure in criteria.values())
    if not whole or any(key not in points for key in criteria):
        return None
    return sum(100 * m.weight * points[key] / m.scale for key, m in criteria.items()) / whole


@dataclass(frozen=True)
class Agreement:
    """``ranges``: criterion → range in per cent of its scale; ``total``: range of the sums."""

    assessors: int
    ranges: Mapping[int, float]
    total: float

    @property
    def apart(self) -> list[int]:
        """The criteria on which assessors are far apart."""
        return [key for key, value in self.ranges.items() if value > CRITERION_RANGE]

    @property
    def is_close(self) -> bool:
        return not self.apart and self.total <= TOTAL_RANGE

    @property
    def words(self) -> str:
        if self.assessors < 2:
            return "оценил один человек: сравнить не с чем"
        return "оценки близки" if self.is_close else "оценки расходятся: обсудите"


def agreement(
    sheets: Sequence[Mapping[int, int]], criteria: Mapping[int, Measure]
) -> Agreement | None:
    """How far complete sheets agree; None when there is none."""
    totals = [total for points in sheets if (total := weighted(points, criteria)) is not None]
    whole = [points for points in sheets if weighted(points, criteria) is not None]
    if not totals:
        return None
    ranges = {}
    for key, measure in criteria.items():
        values = [points[key] for points in whole]
        ranges[key] = 100 * (max(values) - min(values)) / measure.scale
    return Agreement(len(totals), ranges, max(totals) - min(totals))


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
