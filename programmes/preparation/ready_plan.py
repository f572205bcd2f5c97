"""Ready plans to begin with: the seven stages, and the scheme of mentorship."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from programmes.preparation.models import Plan, PlanItem, add_item, group_on
from programmes.programme.models import Programme
from programmes.stages import STAGES

# Days off of every year, (month, day): Labour Code of the Russian Federation, article 112.
HOLIDAYS = frozenset(
    [*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
)


@dataclass(frozen=True)
class ReadyItem:
    """An item before it has dates: ``first`` and ``last`` are places 0…``LENGTH`` in the term."""

    title: str
    first: int | None
    last: int
    result: str
    stage: int | None = None


# The plan of domain notes § 7.3 takes 146 working days, 19.10.2026–21.05.2027: places 0…145.
LENGTH = 145
_STAGE_TERMS = ((0, 4), (0, 4), (0, 4), (5, 9), (None, 14), (15, 140), (145, 145))
_STAGE_RESULTS = (
    "приказы, дорожная карта",
    "база наставляемых",
    "база наставников",
    "список обученных наставников",
    "приказ о формировании пар",
    "индивидуальные маршруты, отчеты наставников",
    "итоговое мероприятие, отчет о мониторинге",
)
IMPLEMENTATION = tuple(
    ReadyItem(stage.title, first, last, result, stage.number)
    for stage, (first, last), result in zip(STAGES, _STAGE_TERMS, _STAGE_RESULTS, strict=True)
)

# The scheme of the mentor's work in forms F6 and F7: instruction, lines 94–97.
MENTORSHIP = (
    ReadyItem(
        "Постановка целей обучения и объяснение: ментор расписывает процесс обучения по этапам, "
        "сотрудник задает вопросы и разъясняет, как он понял задачи",
        0,
        14,
        "цели и этапы обучения, согласованные с сотрудником",
    ),
    ReadyItem(
        "Показ на практике: ментор выполняет задачу и комментирует свои действия, "
        "пока у сотрудника не останется вопросов",
        15,
        44,
        "сотрудник знает, как выполнять задачу",
    ),
    ReadyItem(
        "Самостоятельное выполнение задачи сотрудником под контролем ментора",
        45,
        130,
        "выполненная задача, исправленные ошибки",
    ),
    ReadyItem(
        "Отзыв ментора и оценка сотрудника по критериям",
        131,
        145,
        "отзыв ментора, оценка по критериям",
    ),
)


def working_days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Days from ``first`` to ``last`` that are neither a weekend nor a day off of every year."""
    days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS]


def dated(
    items: tuple[ReadyItem, ...], first: datetime.date, last: datetime.date
) -> list[tuple[datetime.date | None, datetime.date | None]]:
    """The term of each item when the whole plan takes from ``first`` to ``last``.

    Dates are working days in the proportions of ``items``; None where there is no working day.
    """
    days = working_days(first, last)

    def day(place: int | None) -> datetime.date | None:
        if place is None or not days:
            return None
        return days[(place * (len(days) - 1) + LENGTH // 2) // LENGTH]

    return [(day(item.first), day(item.last)) for item in items]


@transaction.atomic
def take_ready_plan(programme: Programme, plan: str) -> list[PlanItem]:
    """Fill an empty plan with the ready one; a plan that has items is left as it is ([]).

    Stages 1 and 7 go to the leader of the project group, the others to the curator; each stands in
    for the other. Mentorship goes to the head of the school, who is the mentor of F6 and F7.
    """
    programme = Programme.objects.select_for_update().select_related("school").get(pk=programme.pk)
    if programme.plan_items.filter(plan=plan).exists():
        return []
    day = programme.working_day()
    leaders = [member.person for member in group_on(programme, day) if member.is_leader]
    curators = programme.curators_on(day)
    head = programme.school.head_on(day)
    items = IMPLEMENTATION if plan == Plan.IMPLEMENTATION else MENTORSHIP
    terms = dated(items, programme.started_on, programme.ended_on)
    made = []
    for item, (first, last) in zip(items, terms, strict=True):
        if item.stage is None:
            people = [head.person] if head else []
        elif item.stage in (1, len(STAGES)):
            people = leaders or curators
        else:
            people = curators or leaders
        made.append(
            add_item(
                programme,
                plan,
                responsible=people,
                stage=item.stage,
                title=item.title,
                started_on=first,
                ended_on=last,
                result=item.result,
            )
        )
    return made
