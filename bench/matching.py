"""Choosing pairs: 300 and 2,000 people on each side with explanations, against a greedy choice,
and the agreements of a hundred pairs as one PDF (S5.1, D10)."""

import datetime
import random
import resource
import time

from bench.measuring import median, milliseconds, prepare, report

prepare()

from documents.agreements import facts  # noqa: E402
from pairs.formation.matching import Choice, Helper, Match, Seeker, Task  # noqa: E402
from pairs.models import MatchWeights, Pair  # noqa: E402
from pairs.suggestions.gathering import Ground, gather  # noqa: E402
from pairs.suggestions.reasons import items  # noqa: E402
from pairs.suggestions.suggesting import waiting, words_for  # noqa: E402
from programmes.models import Mentee, Mentor, Person  # noqa: E402
from tests import recipes  # noqa: E402

NEEDS = items(
    "математика, русский язык, физика, химия, биология, история, общение, английский язык, "
    "олимпиада, проект, экзамен, чтение, информатика, спорт, футбол, волейбол, рисование, пение, "
    "танцы, уверенность, лидерство, адаптация, выбор профессии, робототехника, шахматы, театр"
)
DAY = datetime.date(2026, 11, 30)


def entries(programme, size: int) -> None:
    """``size`` mentors and mentees who are free to be brought together."""
    chance = random.Random(size)
    school = programme.school
    categories = list(school.need_categories.filter(audience="pupil"))

    def people(letter: str, grades: range) -> list[Person]:
        made = []
        for n in range(size):
            person = Person(
                school=school, surname=f"Иванов{letter}{n:04}", first_name="Пётр",
                patronymic="Ильич", gender="m", kind="pupil", grade=chance.choice(grades),
                letter="А", birth_date=datetime.date(2011, 1, 1),
            )  # fmt: skip
            person.sort_key = person.search_key = person.surname
            made.append(person)
        return Person.objects.bulk_create(made)

    def some(of: list, most: int) -> list:
        return chance.sample(of, chance.randint(1, most))

    for model, column, letter, grades in (
        (Mentor, "competences", "А", range(9, 12)),
        (Mentee, "need", "Б", range(5, 10)),
    ):
        rows = model.objects.bulk_create(
            model(
                programme=programme, person=person, started_on=programme.started_on,
                interests=", ".join(some(NEEDS, 3)), days=sorted(some([1, 2, 3, 4, 5, 6], 3)),
                **{column: ", ".join(some(NEEDS, 4))},
            )
            for person in people(letter, grades)
        )  # fmt: skip
        through, name = model.categories.through, model.__name__.lower()
        through.objects.bulk_create(
            through(**{f"{name}_id": row.pk, "needcategory_id": category.pk})
            for row in rows
            for category in some(categories, 3)
        )


def gathered(size: int) -> Ground:
    from programmes.models import Rules

    school = recipes.make_school(short_name=f"Школа {size}")
    Rules.objects.create(
        school=school, asks_consent=False, asks_participation=False, asks_training=False
    )
    programme = recipes.make_programme(school)
    entries(programme, size)
    forms = list(programme.forms.filter(code="F1"))
    return gather(programme, forms, DAY, waiting(programme, forms, DAY))


def with_choices(ground: Ground, seed: int = 1) -> Task:
    """The same people anew, everybody having chosen three of the other side."""
    chance, task = random.Random(seed), ground.task
    mentees, mentors = [m.id for m in task.mentees], [m.id for m in task.mentors]
    ranks: dict[tuple[int, int], list[int | None]] = {}
    for side, own, others in ((0, mentees, mentors), (1, mentors, mentees)):
        for one in own:
            for rank, other in enumerate(chance.sample(others, 3), start=1):
                pair = (one, other) if side == 0 else (other, one)
                ranks.setdefault(pair, [None, None])[side] = rank
    choices = {pair: Choice(*found) for pair, found in ranks.items()}
    return Task(task.forms, task.mentees, task.mentors, choices, (), MatchWeights().values)


def chosen(ground: Ground) -> list[Match]:
    """A whole run but for storing: scores, the best choice, an explanation of each group."""
    ground.task = with_choices(ground)
    matches = ground.task.best()
    groups: dict[tuple[int, int], list[int]] = {}
    for match in matches:
        groups.setdefault((match.form, match.mentor), []).append(match.mentee)
    for (form, mentor), mentees in groups.items():
        assert words_for(ground, form, mentor, mentees)
    return matches


def greedy(task: Task) -> int:
    """Take the best pair that is left, again and again: what a person with a list would do."""
    import numpy as np

    scores = task.scores
    places = [m.places for m in task.mentors]
    taken, total = set(), 0
    for cell in np.argsort(-scores.ravel(), kind="stable").tolist():
        row, column = divmod(cell, scores.shape[1])
        if not scores[row, column]:
            break
        if row not in taken and places[column]:
            taken.add(row)
            places[column] -= 1
            total += int(scores[row, column])
    return total


def scarce(task: Task, mentors: int) -> Task:
    """A fifth of the mentors, three places each: where a greedy choice goes wrong."""
    few = [Helper(**{**vars(m), "places": 3}) for m in task.mentors[:mentors]]
    seekers: list[Seeker] = list(task.mentees)
    return Task(task.forms, seekers, few, task.choices, (), task.weights)


def choose_300() -> None:
    ground = gathered(300)
    report("match_300", median(milliseconds(lambda: chosen(ground), 5)) / 1000, "s", 5)
    for name, task in (("", with_choices(ground)), ("_scarce", scarce(with_choices(ground), 60))):
        best = sum(match.score for match in task.best())
        report(f"match{name}_ratio_to_greedy", best / greedy(task), "times", 300)


def choose_2000() -> None:
    ground = gathered(2000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    matches = chosen(ground)
    report("match_2000", time.perf_counter() - started, "s", 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report("match_2000_pairs", len(matches), "pairs", 1)
    report("match_2000_peak_memory", peak, "MB", 1)
    report("match_2000_peak_memory_above_before", peak - before, "MB", 1)


def agreements_of_100() -> None:
    programme = recipes.make_programme(recipes.make_school(short_name="Школа соглашений"))
    for _ in range(100):
        recipes.confirmed_pair(programme)
    pairs = facts.with_all(Pair.objects.filter(programme=programme))
    timings = milliseconds(lambda: facts.agreements_pdf(pairs.all()), 1, warm=1)
    report("agreements_100_pdf", timings[0] / 1000, "s", 1)


choose_300()
choose_2000()
agreements_of_100()
