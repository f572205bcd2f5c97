"""What must hold for every kind of paper whatever is known and whatever is missing."""

import dataclasses
import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import wording
from documents.kinds import (
    council_minutes,
    order_of_change,
    order_on_appointment,
    order_on_final_event,
    order_on_implementation,
    order_on_pairs,
    order_on_plan,
    order_on_regulation,
    plan,
)
from documents.kinds.facts import BasisFacts, Control, HeardCase, PersonFacts, SchoolFacts, Wordings
from documents.paper import Fact
from documents.printing import lines
from documents.storing import from_json, to_json
from tests.documents.people import COUNCIL, IVANOV, SCHOOL, TKACH

LETTERS = "абвгеёжийкмнопрстухцчшщыьэюяһүө"
DATES = st.dates(datetime.date(2024, 1, 1), datetime.date(2031, 12, 31))
SOME_DATE = st.none() | DATES
WORD = st.text(LETTERS, min_size=1, max_size=8)
# What people type: phrases, double spaces, a stop too many, quotes of either sort.
TYPED = st.one_of(
    st.just(""),
    st.just("   "),
    st.builds(
        lambda start, words, gap, end: start + gap.join(words) + end,
        st.sampled_from(["", " "]),
        st.lists(WORD, min_size=1, max_size=5),
        st.sampled_from([" ", "  ", "\n", "\u00a0 ", ", ", " – ", " - "]),
        st.sampled_from(["", ".", ";", " .", " г.", "?", "…", " и т.д.", ":", " "]),
    ),
    st.builds('о школе "{}"'.format, WORD),
    st.builds("о «школе «{}»»".format, WORD),
)
NUMBERS = st.just("") | st.builds("{}{}".format, st.integers(1, 999), st.sampled_from(["", "-од"]))
GENDERS = st.sampled_from(["m", "f", ""])


@st.composite
def a_person(draw, number=0):
    """Somebody of the acceptance papers or somebody made up, with holes in what is known."""
    known = draw(st.none() | st.sampled_from([*COUNCIL, IVANOV, TKACH]))
    if known:
        name, short, post, class_name = known.name, known.short, known.post, known.class_name
    else:
        surname, first = draw(WORD).capitalize(), draw(WORD).capitalize()
        patronymic = draw(st.just("") | WORD)
        name = {case: f"{surname} {first} {patronymic}".strip() for case in wording.CASES}
        short = f"{surname} {first[0]}."
        post = dict.fromkeys(wording.CASES, draw(WORD))
        class_name = draw(st.sampled_from([None, "", "7 «А»", "11"]))
    cases = draw(st.sets(st.sampled_from(wording.CASES)))
    return PersonFacts(
        name={case: form for case, form in name.items() if case not in cases},
        short=draw(st.sampled_from([short, short, ""])),
        gender=draw(GENDERS),
        post=draw(st.sampled_from([post, post, {}])),
        class_name=class_name,
        source=f"person.{number}",
    )


@st.composite
def people(draw, most=20):
    """Up to ``most``, three of them different."""
    count = draw(st.integers(0, 3) | st.integers(0, most))
    different = [draw(a_person(number)) for number in range(min(count, 3))]
    return tuple(
        dataclasses.replace(different[number % 3], source=f"person.{number}")
        for number in range(count)
    )


FEW = people(most=3)
SOMEBODY = st.none() | a_person()
BASIS = st.none() | st.builds(BasisFacts, SOME_DATE, NUMBERS, TYPED)
SCHOOLS = st.sampled_from([None, SchoolFacts(), SCHOOL]) | st.builds(
    SchoolFacts,
    name=st.builds('школа  "{}"'.format, WORD),
    short_name=st.just(SCHOOL.short_name),
    place=st.just(SCHOOL.place),
)
WORDINGS = st.builds(
    Wordings,
    control=st.sampled_from(Control),
    has_regulation_term=st.booleans(),
    is_minutes_title_split=st.booleans(),
    heard_case=st.sampled_from(HeardCase),
)


def order_facts(options=()):
    return {
        "school": SCHOOLS,
        "date": SOME_DATE,
        "number": NUMBERS,
        "head": SOMEBODY,
        "is_head_acting": st.booleans(),
        "acquainted": FEW,
        "wordings": WORDINGS,
        "options": st.frozensets(st.sampled_from([option.id for option in options]))
        if options
        else st.just(frozenset()),
        "control_by": SOMEBODY,
        "replaces": BASIS,
    }


def numbered(build, most=4):
    """Up to ``most`` facts, each with an id of its own."""
    return st.integers(0, most).flatmap(
        lambda count: st.tuples(*(build(str(number)) for number in range(count)))
    )


ITEMS = numbered(
    lambda number: st.builds(
        plan.PlanItemFacts,
        id=st.just(number),
        title=TYPED,
        started_on=SOME_DATE,
        ended_on=SOME_DATE,
        responsible=FEW,
        result=TYPED,
    )
)
PEOPLE = people()
VOTES = st.none() | st.integers(0, 99)

KINDS = {
    "D1": (
        order_on_implementation.build,
        st.builds(
            order_on_implementation.ImplementationFacts,
            **order_facts(order_on_implementation.OPTIONS),
            basis_body=TYPED,
            basis_date=SOME_DATE,
            basis_number=NUMBERS,
            basis_title=TYPED,
            leader=SOMEBODY,
            members=PEOPLE,
            study_until=SOME_DATE,
            plan_council_on=SOME_DATE,
            plan_rework_until=SOME_DATE,
            regulation_council_on=SOME_DATE,
            regulation_rework_until=SOME_DATE,
            plan_executors=FEW,
            regulation_executors=FEW,
            supply_executors=FEW,
            monitoring_text=TYPED,
            results_text=TYPED,
        ),
    ),
    "D2": (
        council_minutes.build,
        st.builds(
            council_minutes.MinutesFacts,
            school=SCHOOLS,
            date=SOME_DATE,
            number=NUMBERS,
            chair=SOMEBODY,
            secretary=SOMEBODY,
            members=PEOPLE,
            present=PEOPLE,
            absent=st.lists(st.builds(council_minutes.AbsentFacts, a_person(), TYPED), max_size=3),
            invited=st.lists(TYPED | a_person(), max_size=3),
            has_quorum=st.none() | st.booleans(),
            agenda=st.lists(TYPED, max_size=3),
            heard=st.lists(st.builds(council_minutes.HeardFacts, SOMEBODY, TYPED), max_size=3),
            spoke=st.lists(
                st.builds(
                    council_minutes.SpokeFacts,
                    a_person(),
                    st.sampled_from(council_minutes.Verb),
                    TYPED | st.builds(", что {}".format, WORD),
                ),
                max_size=3,
            ),
            decisions=st.lists(
                st.builds(
                    council_minutes.DecisionFacts,
                    TYPED,
                    st.lists(TYPED, max_size=3),
                    *(VOTES, VOTES, VOTES),
                ),
                max_size=3,
            ),
            acquainted=FEW,
            wordings=WORDINGS,
            list_above=st.sampled_from([0, 2, 15]),
        ),
    ),
    "D3": (
        order_on_plan.build,
        st.builds(
            order_on_plan.PlanOrderFacts,
            **order_facts(),
            minutes=BASIS,
            start_on=SOME_DATE,
            start_executors=FEW,
            report_on=SOME_DATE,
            items=ITEMS,
        ),
    ),
    "D5": (
        order_on_regulation.build,
        st.builds(
            order_on_regulation.RegulationOrderFacts,
            **order_facts(),
            minutes=BASIS,
            approve_until=SOME_DATE,
            approve_executors=FEW,
            audience=TYPED,
            inform_until=SOME_DATE,
            inform_executors=FEW,
        ),
    ),
    "D6": (
        order_on_appointment.build,
        st.builds(
            order_on_appointment.AppointmentFacts,
            **order_facts(order_on_appointment.OPTIONS),
            plan_order=BASIS,
            regulation_order=BASIS,
            curators=FEW,
            mentors=PEOPLE,
            training_from=SOME_DATE,
            training_to=SOME_DATE,
            training_executors=FEW,
            worker_executors=FEW,
            labour_reference=TYPED,
        ),
    ),
    "D7": (
        order_on_pairs.build,
        st.builds(
            order_on_pairs.OrderOnPairsFacts,
            **order_facts(),
            basis=BASIS,
            pairs=numbered(
                lambda number: st.builds(
                    order_on_pairs.PairFacts,
                    st.just(number),
                    st.sampled_from(["", "учитель – учитель", "ученик – ученик"]),
                    st.booleans(),
                    SOMEBODY,
                    FEW,
                )
            ),
            curators=FEW,
        ),
    ),
    "D8": (
        order_on_final_event.build,
        st.builds(
            order_on_final_event.FinalEventFacts,
            **order_facts(order_on_final_event.OPTIONS),
            plan_order=BASIS,
            event_on=SOME_DATE,
            event_executors=FEW,
            pairs=numbered(
                lambda number: st.builds(
                    order_on_final_event.PresentedPairFacts,
                    id=st.just(number),
                    mentor=SOMEBODY,
                    mentees=FEW,
                )
            ),
            award=st.sampled_from(order_on_final_event.Award),
            awarded=PEOPLE,
            award_executors=FEW,
            parents=FEW,
        ),
    ),
    "D9": (
        plan.build,
        st.builds(
            plan.PlanFacts,
            school=SCHOOLS,
            date=SOME_DATE,
            number=NUMBERS,
            approved_by=BASIS,
            items=ITEMS,
            title=TYPED,
        ),
    ),
    "change": (
        order_of_change.build,
        st.builds(
            order_of_change.ChangeFacts,
            **order_facts(),
            changed=BASIS,
            is_cancelling=st.booleans(),
            reason=TYPED,
            changes=st.lists(TYPED, max_size=3),
        ),
    ),
}

FLAWS = {
    "a None": re.compile("None"),
    "two spaces": re.compile("  "),
    "a space before a mark": re.compile(r" [,;:.]"),
    "a straight quote": re.compile('"'),
    "empty quotes": re.compile("«[ ]*»"),
    "two stops": re.compile(r"\.\."),
    "two marks": re.compile(r"[,;:][,;:.]"),
    "a number sign without a number": re.compile("№$|№ (?![\\dп_])"),
    "a space inside brackets or quotes": re.compile(r"[(«„] | [)»“]"),
    "a space at an end": re.compile(r"^\s|\s$"),
}


def flaws(paper):
    return [
        (flaw, line.text)
        for line in lines(paper)
        for flaw, pattern in FLAWS.items()
        if pattern.search(line.text)
    ]


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_every_paper_is_well_printed_and_survives_storing(kind, data):
    build, strategy = KINDS[kind]
    paper = build(data.draw(strategy))
    assert paper.kind == kind
    assert flaws(paper) == []
    assert from_json(to_json(paper)) == paper
    assert all(
        run.piece.source and run.text.strip()
        for line in lines(paper)
        for runs in line.parts
        for run in runs
        if isinstance(run.piece, Fact)
    )
