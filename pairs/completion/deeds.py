"""Closing the pairs of a programme with the results of their routes (S7.4)."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pairs.formation import forming
from pairs.formation.models import Pair
from pairs.routes import deeds as routes
from pairs.routes.models import Route
from programmes.models import Programme
from programmes.refusal import Refusal

REASON = "Программа завершена"


@dataclass(frozen=True)
class Result:
    """How a route ended: one of ``Route.Outcome`` and words."""

    outcome: str
    summary: str


@transaction.atomic
def close_pairs(
    programme: Programme,
    pairs: list[Pair],
    results: dict[int, Result],
    on: datetime.date,
    reason: str = REASON,
) -> int:
    """End pairs on a day, each with the outcome of its routes; all of them or none.

    ``results``: route id → how it ended; routes closed before keep what they have. How many pairs
    were ended now. Refusal for a day to come, and for a route without an outcome.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    if on > timezone.localdate():
        raise Refusal(f"{on:%d.%m.%Y} ещё не наступило.")
    ids = [pair.pk for pair in pairs]
    working = list(programme.pairs.confirmed().filter(pk__in=ids).with_people().order_by("pk"))
    open_routes = list(
        Route.objects.filter(pair__in=[pair.pk for pair in working])
        .exclude(state=Route.State.CLOSED)
        .select_related("mentee", "pair")
    )
    reasons = [
        f"{route.mentee}: назовите итог маршрута."
        for route in open_routes
        if route.pk not in results or results[route.pk].outcome not in Route.Outcome.values
    ]
    if reasons:
        raise Refusal(*reasons)
    for route in open_routes:
        routes.close(route, results[route.pk].outcome, results[route.pk].summary, on)
    for pair in working:
        forming.end(pair, on, reason)
    return len(working)
