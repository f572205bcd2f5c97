"""The choice of pairs against brute force, greed and bounds (S5.1)."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairs.formation.matching import Choice, Form, Helper, Seeker, Task

F1 = Form(1, frozenset({"pupil"}), frozenset({"pupil"}))
F4 = Form(4, frozenset({"employer"}), frozenset({"pupil"}))


def seeker(n: int, name: str = "", **more) -> Seeker:
    return Seeker(key=(name or f"м{n:04}", n), **({"kind": "pupil"} | more))


def helper(n: int, name: str = "", **more) -> Helper:
    return Helper(key=(name or f"н{n:04}", 1000 + n), **({"kind": "pupil", "places": 1} | more))


def task_of(mentees, mentors, **more) -> Task:
    return Task(**({"forms": [F1], "mentees": mentees, "mentors": mentors} | more))


ranks = st.sampled_from([None, None, None, 0, 1, 2, 3])
few = st.frozensets(st.integers(1, 4), max_size=3)


@st.composite
def small_tasks(draw):
    mentees = [
        seeker(n, categories=draw(few), days=draw(few), grade=draw(st.integers(5, 9)))
        for n in range(draw(st.integers(0, 4)))
    ]
    mentors = [
        helper(
            n,
            categories=draw(few),
            days=draw(few),
            grade=draw(st.integers(5, 11)),
            places=draw(st.integers(0, 3)),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    pairs = list(itertools.product([m.id for m in mentees], [m.id for m in mentors]))
    choices = {pair: Choice(draw(ranks), draw(ranks)) for pair in pairs}
    declined = {pair for pair in pairs if draw(st.integers(0, 4)) == 0}
    weights = {name: draw(st.integers(0, 10)) for name in ("mutual", "category", "days", "older")}
    return task_of(mentees, mentors, choices=choices, declined=declined, weights=weights)


def total(matches) -> int:
    return sum(match.score for match in matches)


def brute_force(task: Task) -> tuple[int, int]:
    """The greatest total score, and the most pairs with it, by trying everything."""
    best = (0, 0)
    options = [None, *range(len(task.mentors))]
    for answer in itertools.product(options, repeat=len(task.mentees)):
        pairs = [(row, column) for row, column in enumerate(answer) if column is not None]
        if any(task.scores[pair] <= 0 for pair in pairs):
            continue
        if any(answer.count(n) > m.places for n, m in enumerate(task.mentors)):
            continue
        best = max(best, (sum(int(task.scores[pair]) for pair in pairs), len(pairs)))
    return best


def greedy(task: Task) -> int:
    """Take the best pair that is left, again and again."""
    left = {m.id: m.places for m in task.mentors}
    order = sorted(
        ((int(task.scores[r, c]), r, c) for r in range(len(task.mentees))
         for c in range(len(task.mentors))),
        key=lambda one: (-one[0], one[1], one[2]),
    )  # fmt: skip
    seen, score = set(), 0
    for value, row, column in order:
        mentor = task.mentors[column].id
        if value > 0 and row not in seen and left[mentor]:
            seen.add(row)
            left[mentor] -= 1
            score += value
    return score


@settings(max_examples=150, deadline=None)
@given(small_tasks())
def test_s5_1_no_other_choice_is_better(task):
    found = task.best()
    assert (total(found), len(found)) == brute_force(task)
    assert total(found) >= greedy(task)


@settings(max_examples=60, deadline=None)
@given(small_tasks(), st.booleans(), st.randoms())
def test_s5_1_hard_rules_hold_and_the_order_of_rows_changes_nothing(task, even, chance):
    found = task.best(even_without_reason=even)
    assert len({match.mentee for match in found}) == len(found)
    for mentor in task.mentors:
        assert sum(match.mentor == mentor.id for match in found) <= mentor.places
    for match in found:
        pair = match.mentee, match.mentor
        assert pair not in task.declined
        assert not task.choices[pair].is_forbidden
        assert match.score == max(0, sum(task.points(*pair).values()))
        assert even or match.score > 0
    mentees, mentors = list(task.mentees), list(task.mentors)
    chance.shuffle(mentees)
    chance.shuffle(mentors)
    again = task_of(
        mentees, mentors, choices=task.choices, declined=task.declined, weights=task.weights
    )
    assert again.best(even_without_reason=even) == found


def large_task(mentees: int, mentors: int, places: int, seed: int = 1) -> Task:
    chance = random.Random(seed)

    def some(most: int, upto: int) -> frozenset[int]:
        return frozenset(chance.sample(range(1, most + 1), chance.randint(0, upto)))

    return task_of(
        [
            seeker(n, categories=some(10, 3), days=some(6, 3), grade=chance.randint(5, 9),
                   words=some(60, 3), interests=some(40, 3))
            for n in range(mentees)
        ],
        [
            helper(n, categories=some(10, 3), days=some(6, 3), grade=chance.randint(8, 11),
                   words=some(60, 4), interests=some(40, 3), places=places)
            for n in range(mentors)
        ],
        choices={
            (chance.randrange(mentees), 1000 + chance.randrange(mentors)): Choice(
                chance.choice([None, 0, 1, 2, 3]), chance.choice([None, 1, 2, 3])
            )
            for _ in range(3 * mentees)
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mentees", "mentors", "places"), [(200, 200, 1), (200, 40, 4), (60, 9, 50)]
)
def test_s5_1_a_large_choice_reaches_the_bound_of_linear_programming(mentees, mentors, places):
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    task = large_task(mentees, mentors, places)
    scores = task.scores
    count = scores.size
    cells = list(range(count))
    by_row = coo_matrix(([1] * count, ([n // mentors for n in cells], cells)))
    by_column = coo_matrix(([1] * count, ([n % mentors for n in cells], cells)))
    from scipy.sparse import vstack

    bound = linprog(
        -scores.ravel().astype(float),
        A_ub=vstack([by_row, by_column]).tocsr(),
        b_ub=[1] * mentees + [places] * mentors,
        bounds=(0, 1),
    )
    found = total(task.best())
    assert found == round(-bound.fun)
    assert greedy(task) <= found <= int(scores.max(axis=1).sum())


def test_s5_1_mutual_choice_wins_only_by_its_weight():
    mentees = [seeker(1, categories=frozenset({1, 2, 3}))]
    mentors = [helper(1, categories=frozenset({1, 2, 3})), helper(2)]
    choices = {(1, 1002): Choice(1, 1)}
    of = lambda weight: task_of(  # noqa: E731
        mentees, mentors, choices=choices, weights={"mutual": weight, "category": 5}
    )
    assert of(10).best()[0].mentor == 1002
    assert of(1).best()[0].mentor == 1001


def test_s5_1_a_pair_without_a_reason_is_made_only_when_asked_for():
    task = task_of([seeker(1)], [helper(1)])
    assert task.best() == []
    assert [match.score for match in task.best(even_without_reason=True)] == [0]


def test_s5_1_the_form_that_both_prefer_is_taken_and_a_busy_one_is_not():
    mentor = helper(1, kind="employer", forms=frozenset({4}))
    other = Form(9, frozenset({"employer"}), frozenset({"pupil"}))
    mentee = seeker(1, forms=frozenset({4}))
    weights = {"form": 1}
    found = task_of([mentee], [mentor], forms=[other, F4], weights=weights).best()
    assert (found[0].form, found[0].score) == (4, 6)
    busy = seeker(1, forms=frozenset({4}), busy=frozenset({4}))
    found = task_of([busy], [mentor], forms=[F4], weights=weights).best(even_without_reason=True)
    assert found == []


def test_s5_1_ages_and_grades_speak_for_and_against():
    mentee = seeker(1, grade=9, age=15, days=frozenset({1}))
    mentors = [
        helper(1, grade=9, age_from=10, age_to=16, days=frozenset({1})),
        helper(2, grade=10, age_to=14, days=frozenset({1})),
        helper(3, grade=None, kind="employer", age_from=16, days=frozenset({1})),
    ]
    task = task_of([mentee], mentors, forms=[F1, F4])
    assert task.points(1, 1001) == {"age": 6, "days": 6, "older": -30}
    assert task.points(1, 1002) == {"days": 6}
    assert task.points(1, 1003) == {"days": 6}


def test_s5_1_of_equal_mentees_every_run_takes_the_same():
    mentees = [seeker(n, name="Иванов", days=frozenset({1})) for n in range(1, 5)]
    mentor = helper(1, days=frozenset({1}), places=2)
    first = task_of(mentees, [mentor]).best()
    assert first == task_of(reversed(mentees), [mentor]).best()
    assert len(first) == 2


@pytest.mark.parametrize("names", list(itertools.permutations("абвг")))
def test_s5_1_more_pairs_never_outweigh_a_greater_total(names):
    """One pair of 6 is better than two of 2 and 3, whoever stands first in the lists."""
    first, second = seeker(1, name=names[0]), seeker(2, name=names[1])
    mentors = [helper(1, name=names[2]), helper(2, name=names[3])]
    choices = {(1, 1001): Choice(1, 1), (1, 1002): Choice(3, 3), (2, 1001): Choice(3, 2)}
    task = task_of([first, second], mentors, choices=choices, weights={"mutual": 1})
    assert [match.score for match in task.best()] == [6]
