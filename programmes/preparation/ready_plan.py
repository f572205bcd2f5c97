"""Ready plans to begin with: the seven stages, and the scheme of mentorship."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from programmes.preparation.models import Plan, PlanItem, add_item, group_on
from programmes.programme.models import Programme
from programmes.school_calendar.models import Calendar
from programmes.stages import STAGES


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


def dated(
    items: tuple[ReadyItem, ...],
    first: datetime.date,
    last: datetime.date,
    is_working: Callable[[datetime.date], bool],
) -> list[tuple[datetime.date | None, datetime.date | None]]:
    """The term of each item when the whole plan takes from ``first`` to ``last``.

    Dates are working days in the proportions of ``items``; None where there is no working day.
    """
    all_days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    days = [day for day in all_days if is_working(day)]

    def day(place: int | None) -> datetime.date | None:
        if place is None or not days:
            return None
        return days[(place * (len(days) - 1) + LENGTH // 2) // LENGTH]

    return [(day(item.first), day(item.last)) for item in items]


@transaction.atomic
def take_ready_plan(programme: Programme, plan: str) -> list[PlanItem]:
    """Fill an empty plan with the ready one; a plan that has items is left as it is ([]).

    Its terms keep clear of weekends and of the days off in the school's calendar.

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
    calendar = Calendar.of(programme.school)
    terms = dated(items, programme.started_on, programme.ended_on, calendar.is_working)
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
