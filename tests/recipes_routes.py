"""Routes of pairs with their steps and goals: rows for tests."""

import datetime

from pairs.models import CuratorReport, MentorReport, Pair, ReadyRoute, Route

PAIR_DAY = datetime.date(2026, 11, 9)


def route(pair: Pair, *steps: str, state: str = "draft", **fields) -> Route:
    """A route of the first mentee with steps of these titles, due on 1.12.2026, and a goal."""
    if state in ("approved", "closed"):
        fields.setdefault("approved_on", PAIR_DAY)
    made = Route.objects.create(
        **{
            "pair": pair,
            "mentee": pair.current_mentees[0],
            "aim": "подтянуть математику",
            "started_on": PAIR_DAY,
            "ended_on": datetime.date(2027, 5, 14),
            "state": state,
        }
        | fields
    )
    for number, title in enumerate(steps or ("Разобрать дроби", "Пробная работа"), 1):
        made.steps.create(title=title, due_on=datetime.date(2026, 12, 1), position=number)
    made.goals.create(text="оценка 4 за полугодие", due_on=datetime.date(2026, 12, 28))
    return made


def ready_route(school, code: str = "F1", title: str = "Подтянуть предмет") -> ReadyRoute:
    made = ReadyRoute.objects.create(
        school=school, form=school.forms.get(code=code), title=title, aim="повысить успеваемость"
    )
    for number, (week, words) in enumerate(((0, "Познакомиться"), (8, "Пробная работа")), 1):
        made.steps.create(position=number, week=week, title=words)
    return made


def report(pair: Pair, kind: str = "interim", state: str = "draft", **fields) -> MentorReport:
    """The report of the pair's mentor from its first day to 15.01.2027."""
    days = {"sent_on": PAIR_DAY} if state != "draft" else {}
    days |= {"accepted_on": PAIR_DAY} if state == "accepted" else {}
    return MentorReport.objects.create(
        **{
            "pair": pair,
            "mentor": pair.mentor,
            "kind": kind,
            "state": state,
            "started_on": PAIR_DAY,
            "ended_on": datetime.date(2027, 1, 15),
            "growth": "стал увереннее",
        }
        | days
        | fields
    )


def curator_report(programme) -> CuratorReport:
    return CuratorReport.objects.create(
        programme=programme, started_on=PAIR_DAY, ended_on=datetime.date(2026, 11, 24)
    )
