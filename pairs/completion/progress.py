"""What awards, completion and the reserve tell the board (S6.6, S7.3, S7.4, S7.5)."""

import datetime

from django.urls import reverse

from pairs.awards.models import Award, AwardRule
from pairs.cases.models import Case
from pairs.completion.models import FinalEvent
from pairs.formation.models import Pair
from pairs.reserve.models import ReserveEntry
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    awards, events = Award.objects.all(), FinalEvent.objects.all()
    return {
        "award_rules": count_of(AwardRule),
        "awards_decided": count_of(awards.filter(state="decided")),
        "awards_given": count_of(awards.filter(state="given")),
        "final_events": count_of(FinalEvent),
        "final_events_held": count_of(events.filter(held_on__lte=day)),
        "pairs_to_close": count_of(Pair.objects.confirmed()),
        "pairs_closed": count_of(Pair.objects.filter(state="ended")),
        "cases_published": count_of(Case.objects.filter(state="published")),
        "in_reserve": count_of(ReserveEntry.objects.filter(ended_on=None)),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    return [
        _scheme(programme, counts),
        _awards(programme, counts, day),
        _completion(programme, counts, day),
        _reserve(counts),
    ]


def _scheme(programme, counts) -> Step:
    page = reverse("award-rules", args=[programme.pk])
    rules = counts["award_rules"]
    if not rules:
        return Step("S6.6", IDLE, page, (), (Line("Решите, за что и чем награждать", page),))
    return Step("S6.6", DONE, page, (f"строк в системе поощрений: {rules}",))


def _awards(programme, counts, day: datetime.date) -> Step:
    page = reverse("award-list", args=[programme.pk])
    decided, given = counts["awards_decided"], counts["awards_given"]
    lines = (Line(f"Ждут вручения: {decided}", page),) if decided else ()
    facts = (f"вручено: {given}",) if given else ()
    if decided and day > programme.ended_on:
        return Step("S7.3", LATE, page, facts, (), lines)
    return Step("S7.3", BUSY if decided else DONE if given else IDLE, page, facts, lines)


def _completion(programme, counts, day: datetime.date) -> Step:
    page = reverse("completion", args=[programme.pk])
    working, closed = counts["pairs_to_close"], counts["pairs_closed"]
    facts, missing, late = [], [], []
    if counts["final_events"]:
        facts.append("итоговое мероприятие назначено")
    elif working or closed:
        missing.append(Line("Назначьте итоговое мероприятие", page))
    if counts["cases_published"]:
        facts.append(f"опубликовано историй: {counts['cases_published']}")
    if working and day > programme.ended_on:
        late.append(Line(f"Программа закончилась, а пары не завершены: {working}", page))
    if late:
        state = LATE
    elif counts["final_events_held"] and not working and closed:
        state = DONE
    else:
        state = BUSY if facts else IDLE
    return Step("S7.4", state, page, tuple(facts), tuple(missing), tuple(late))


def _reserve(counts) -> Step:
    number = counts["in_reserve"]
    facts = (f"в резерве из этой программы: {number}",) if number else ()
    return Step("S7.5", DONE if number else IDLE, reverse("reserve"), facts)
