"""What events and preferences tell the board (S5.1)."""

import datetime

from django.urls import reverse

from pairs.events.models import Event, Invitation
from pairs.formation.models import Pair
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    kept = Event.objects.kept()
    asked = Invitation.objects.filter(event__removed_at__isnull=True)
    return {
        "events_there": count_of(kept),
        "events_unmarked": count_of(kept.filter(is_marked=False, held_on__lt=day)),
        "guests": count_of(asked, "event__programme"),
        "sheets_filled": count_of(asked.filter(filled_at__isnull=False), "event__programme"),
        "pairs_confirmed": count_of(Pair.objects.confirmed()),
        "pairs_drafted": count_of(Pair.objects.drafts()),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    page = reverse("event-list", args=[programme.pk])
    drafts = f"{reverse('pair-list', args=[programme.pk])}?state=draft"
    missing, late, facts = [], [], []
    if counts["events_unmarked"]:
        words = f"Посещаемость встреч знакомства не отмечена: {counts['events_unmarked']}"
        late.append(Line(words, page))
    if counts["events_there"]:
        facts.append(f"встреч знакомства: {counts['events_there']}")
        facts.append(f"листов предпочтений: {counts['sheets_filled']} из {counts['guests']}")
    if counts["pairs_drafted"]:
        missing.append(Line(f"Черновики пар ждут решения: {counts['pairs_drafted']}", drafts))
    if counts["pairs_confirmed"]:
        facts.append(f"подтверждено пар и групп: {counts['pairs_confirmed']}")
    elif not counts["pairs_drafted"]:
        missing.append(Line("Пары ещё не составлены", reverse("pair-new", args=[programme.pk])))
    if late:
        state = LATE
    elif not counts["events_there"] and not counts["pairs_confirmed"]:
        state = IDLE
    else:
        state = BUSY if missing else DONE
    return [Step("S5.1", state, page, tuple(facts), tuple(missing), tuple(late))]
