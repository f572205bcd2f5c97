"""Who of the mentors may be appointed: selected and trained, or let in by the curator. S4.2."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Linked
from programmes.school.rules import Rules
from programmes.selection.models import Decision, Outcome, agreed, decisions_on
from programmes.training.models import Enrolment, Result

NOT_DECIDED = "нет решения об отборе"
NOT_TRAINED = "нет пройденного обучения"
NOT_ENROLLED = "нет ни пройденного обучения, ни записи на курс"


def ready_to_lead(
    programme: Programme,
    people: Iterable[Person],
    on: datetime.date,
    *,
    training_follows: bool = False,
) -> dict[int, list[str]]:
    """What each of ``people`` lacks to be a mentor on a day: person id → words, empty when ready.

    Asks the database the same few questions for one person and for three hundred. Nobody lacks
    anything where the school does not ask for training (``Rules.asks_training``), nor whom the
    curator has let in by that day and has not decided against since. ``training_follows``: a
    place on a course is enough, because the paper at hand orders the training itself (instruction,
    order on the curator, clause 4).
    """
    people = list(people)
    lacking: dict[int, list[str]] = {person.pk: [] for person in people}
    if not people or not Rules.of(programme.school_id).asks_training:
        return lacking
    waivers = programme.waivers.filter(given_on__lte=on).order_by("given_on")
    let_in = dict(waivers.values_list("person_id", "given_on"))
    decided = decisions_on(programme, on)
    trained = trained_by(programme, on)
    if training_follows:
        trained |= enrolled_in(programme)
    for person in people:
        decision = decided.get(person.pk)
        if person.pk in let_in and not is_taken_back(let_in[person.pk], decision):
            continue
        if decision is None:
            lacking[person.pk].append(NOT_DECIDED)
        elif decision.outcome != Outcome.SELECTED:
            words = "в резерве" if decision.outcome == Outcome.RESERVE else "не отобран"
            lacking[person.pk].append(
                f"{agreed(words, person)} (решение {decision.decided_on:%d.%m.%Y})"
            )
        if person.pk not in trained:
            lacking[person.pk].append(NOT_ENROLLED if training_follows else NOT_TRAINED)
    return lacking


def is_taken_back(let_in_on: datetime.date, decision: Decision | None) -> bool:
    """Whether a later decision against the person ends what the curator had let in."""
    return (
        decision is not None
        and decision.outcome != Outcome.SELECTED
        and decision.decided_on > let_in_on
    )


def trained_by(programme: Programme, on: datetime.date) -> set[int]:
    """Ids of those who have passed a course of the programme by a day."""
    passed = Enrolment.objects.filter(
        course__programme=programme, result=Result.PASSED, result_on__lte=on
    )
    return set(passed.values_list("person_id", flat=True))


def enrolled_in(programme: Programme) -> set[int]:
    """Ids of those who have a place on a course of the programme and have not failed it."""
    places = Enrolment.objects.filter(course__programme=programme).exclude(result=Result.FAILED)
    return set(places.values_list("person_id", flat=True))


def reasons_against_leading(
    programme: Programme,
    people: Iterable[Person],
    on: datetime.date,
    *,
    training_follows: bool = False,
) -> list[Linked]:
    """Words on each of ``people`` who may not be appointed on a day, with the page to go to."""
    people = list(people)
    lacking = ready_to_lead(programme, people, on, training_follows=training_follows)
    page = reverse("selection", args=[programme.pk])
    return [
        Linked(
            f"{person}: {', '.join(lacking[person.pk])} на {on:%d.%m.%Y}. Наставником назначают "
            "отобранного и обученного; иначе куратор допускает его с причиной.",
            f"{page}?q={person.surname}",
        )
        for person in people
        if lacking[person.pk]
    ]
