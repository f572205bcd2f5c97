"""A meeting written down, and a month of 300 pairs in the calendar."""

from bench.measuring import milliseconds, p95, prepare, report

prepare()

import datetime  # noqa: E402
import itertools  # noqa: E402

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from pairs.models import Meeting  # noqa: E402
from programmes.access import Role  # noqa: E402
from tests import recipes, recipes_meetings  # noqa: E402

PAIRS, TIMES = 300, 40
today = timezone.localdate()
begun = today - datetime.timedelta(days=60)
school = recipes.make_school()
programme = recipes.make_programme(
    school, started_on=begun, ended_on=today + datetime.timedelta(days=180)
)
pairs = [recipes.confirmed_pair(programme, on=begun) for _ in range(PAIRS)]
Meeting.objects.bulk_create(
    Meeting(pair=pair, held_on=day, starts_at=datetime.time(9 + n % 7), state="planned")
    for n, pair in enumerate(pairs)
    for day in (today.replace(day=1 + n % 28), today.replace(day=1 + (n + 14) % 28))
)
recipes_meetings.approved_route(pairs[0], *(f"Шаг {n}" for n in range(10)))


def logged_in(role, **fields) -> Client:
    client = Client()
    client.force_login(
        recipes.user(school, role, **fields),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


curator, mentor = logged_in(Role.CURATOR), logged_in(Role.MENTOR, person=pairs[0].mentor)
numbers = itertools.count()
log = reverse("pair-meeting-log", args=[pairs[0].pk])


def write_down() -> None:
    day = begun + datetime.timedelta(days=next(numbers) % 60)
    data = {"held_on": day, "done": f"Встреча {next(numbers)}", "mood": "4"}
    assert mentor.post(log, data).status_code == 302


report("meeting_log_post_p95", p95(milliseconds(write_down, TIMES)), "ms", TIMES)
for name, address in (
    ("calendar_300_pairs", reverse("programme-calendar", args=[programme.pk])),
    ("attention_300_pairs", reverse("attention", args=[programme.pk])),
):
    with CaptureQueriesContext(connection) as queries:
        curator.get(address)
    report(f"{name}_queries", len(queries), "queries", 1)
    timings = milliseconds(lambda address=address: curator.get(address), TIMES)
    report(name, p95(timings), "ms", TIMES)
