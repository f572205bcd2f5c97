"""The board of a programme with 4 and with 300 pairs: p95 and number of queries."""

from bench.measuring import milliseconds, p95, prepare, report

prepare()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from programmes.access import Role  # noqa: E402
from tests import recipes  # noqa: E402

school = recipes.make_school()
programme = recipes.make_programme(school)
client = Client()
client.force_login(
    recipes.user(school, Role.CURATOR), backend="django.contrib.auth.backends.ModelBackend"
)
address = f"/programmes/{programme.pk}/"

have = 0
for target in (4, 300):
    for _ in range(target - have):
        recipes.confirmed_pair(programme)
    have = target
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    report(f"board_{target}_pairs_queries", len(queries), "queries", 1)
    timings = milliseconds(lambda: client.get(address), 40)
    report(f"board_{target}_pairs_p95", p95(timings), "ms", 40)
