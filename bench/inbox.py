"""The inbox with 2,000 applications: p95 and number of queries; the public form beside it."""

import datetime

from bench.measuring import milliseconds, p95, prepare, report

prepare()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from programmes.access import Role  # noqa: E402
from programmes.models import Application  # noqa: E402
from tests import recipes  # noqa: E402

ROWS, TIMES = 2000, 40

school = recipes.make_school()
programme = recipes.make_programme(school)
client = Client()
client.force_login(
    recipes.user(school, Role.CURATOR), backend="django.contrib.auth.backends.ModelBackend"
)


def fill() -> None:
    one = recipes.application(programme)
    names = [field.name for field in Application._meta.concrete_fields if field.name != "id"]
    rows = []
    for n in range(ROWS):
        row = Application(**{name: getattr(one, name) for name in names})
        row.number, row.surname = str(20_000_000 + n), f"Иванов{'абвгдежзик'[n % 10]}"
        row.grade, row.birth_date = n % 7 + 5, one.birth_date - datetime.timedelta(days=n)
        row.fill_keys()
        rows.append(row)
    Application.objects.bulk_create(rows)
    categories = list(school.need_categories.all())
    ticked = Application.categories.through
    ticked.objects.bulk_create(
        ticked(application_id=row.pk, needcategory_id=categories[n % len(categories)].pk)
        for n, row in enumerate(Application.objects.all())
    )


fill()
inbox = reverse("application-list", args=[programme.pk])
with CaptureQueriesContext(connection) as queries:
    client.get(inbox)
report(f"inbox_{ROWS}_queries", len(queries), "queries", 1)
for name, data in (("", {}), ("_search", {"q": "иванова 7"}), ("_last", {"page": "40"})):
    timings = milliseconds(lambda data=data: client.get(inbox, data), TIMES)
    report(f"inbox_{ROWS}{name}_p95", p95(timings), "ms", TIMES)
form = reverse("apply", args=[recipes.application_link(programme).slug])
report("public_form_p95", p95(milliseconds(lambda: Client().get(form), TIMES)), "ms", TIMES)
