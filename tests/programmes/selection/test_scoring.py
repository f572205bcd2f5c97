"""The measure of several assessors' points. S4.1."""

from hypothesis import given
from hypothesis import strategies as st

from programmes.selection.scoring import Measure, agreement, weighted

MEASURES = st.dictionaries(
    st.integers(1, 6), st.builds(Measure, st.integers(1, 5), st.integers(1, 10)), min_size=1
)


def test_s4_1_a_heavier_criterion_counts_for_more():
    criteria = {1: Measure(4, 5), 2: Measure(1, 10)}

    assert weighted({1: 5, 2: 0}, criteria) == 80
    assert weighted({1: 0, 2: 10}, criteria) == 20
    assert weighted({1: 5}, criteria) is None and weighted({}, {}) is None


@given(MEASURES, st.data())
def test_s4_1_the_mean_lies_between_nothing_and_all(criteria, data):
    points = {key: data.draw(st.integers(0, m.scale)) for key, m in criteria.items()}

    assert 0 <= weighted(points, criteria) <= 100.000001
    assert abs(weighted({k: m.scale for k, m in criteria.items()}, criteria) - 100) < 1e-6


@given(MEASURES, st.data(), st.integers(2, 4))
def test_s4_1_equal_sheets_agree_whoever_wrote_them(criteria, data, count):
    points = {key: data.draw(st.integers(0, m.scale)) for key, m in criteria.items()}
    found = agreement([points] * count, criteria)

    assert found.is_close and found.total == 0 and not found.apart


def test_s4_1_far_points_are_named():
    criteria = {1: Measure(1, 5), 2: Measure(5, 5)}
    found = agreement([{1: 5, 2: 4}, {1: 1, 2: 4}], criteria)

    assert found.apart == [1] and found.ranges[1] == 80
    assert found.words == "оценки расходятся: обсудите"
    assert agreement([{1: 5, 2: 4}], criteria).words.startswith("оценил один")
    assert agreement([{1: 5}], criteria) is None
