"""What the support of the unpaired tells the board (S5.2)."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from pairs.formation.models import PairMentee
from pairs.support.models import SupportCase
from programmes.models import Mentee
from programmes.progress import BUSY, DONE, IDLE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    live = PairMentee.objects.filter(
        pair__programme=OuterRef("programme"), person=OuterRef("person"), ended_on__isnull=True
    ).exclude(pair__state="ended")
    case = SupportCase.objects.filter(
        programme=OuterRef("programme"), person=OuterRef("person"), ended_on__isnull=True
    )
    waiting = Mentee.objects.ongoing_on(day).filter(person__left_on__isnull=True)
    waiting = waiting.filter(~Exists(live))
    return {
        "unpaired": count_of(waiting),
        "unpaired_unsupported": count_of(waiting.filter(~Exists(case))),
        "support_open": count_of(SupportCase.objects.filter(ended_on__isnull=True)),
        "paired_once": count_of(PairMentee, "pair__programme"),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    page = reverse("unpaired-list", args=[programme.pk])
    bare = counts["unpaired_unsupported"]
    missing = (Line(f"Без пары и без сопровождения психолога: {bare}", page),) if bare else ()
    facts = []
    if counts["unpaired"]:
        facts.append(f"ждут наставника: {counts['unpaired']}")
    if counts["support_open"]:
        facts.append(f"на сопровождении: {counts['support_open']}")
    if not counts["paired_once"]:
        return [Step("S5.2", IDLE, page, tuple(facts))]
    return [Step("S5.2", BUSY if missing else DONE, page, tuple(facts), missing)]
