"""The mentee base and the mentor base with 2,000 people in each: p95 and number of queries."""

from bench.measuring import milliseconds, p95, prepare, report

prepare()

import datetime  # noqa: E402

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from programmes.access import Role  # noqa: E402
from programmes.models import Mentee, Mentor, Person  # noqa: E402
from tests import recipes  # noqa: E402

PEOPLE = 2000
school = recipes.make_school()
programme = recipes.make_programme(school)
client = Client()
client.force_login(
    recipes.user(school, Role.CURATOR), backend="django.contrib.auth.backends.ModelBackend"
)
categories = list(school.need_categories.all())
forms = list(programme.forms.all())


def people(name: str) -> list[Person]:
    made = []
    for n in range(PEOPLE):
        person = Person(
            school=school, surname=f"{name}{'абвгдежзик'[n % 10]}", first_name="Пётр",
            patronymic="Ильич", gender="m", kind="pupil", grade=n % 11 + 1, letter="А",
            birth_date=datetime.date(2018 - n % 11, 3, 1),
        )  # fmt: skip
        person.prepare()
        made.append(person)
    return Person.objects.bulk_create(made)


def fill(model, name: str) -> None:
    entries = model.objects.bulk_create(
        model(programme=programme, person=person, started_on=recipes.START, days=[n % 6 + 1])
        for n, person in enumerate(people(name))
    )
    for field, rows in (("categories", categories), ("forms", forms)):
        through = getattr(model, field).through
        own, other = model._meta.model_name, rows[0]._meta.model_name
        through.objects.bulk_create(
            through(**{f"{own}_id": entry.pk, f"{other}_id": rows[n % len(rows)].pk})
            for n, entry in enumerate(entries)
        )


fill(Mentee, "Иванов")
fill(Mentor, "Петров")
for _ in range(20):
    recipes.confirmed_pair(programme)

ASKED = {
    "": {},
    "_filtered": {"category": categories[0].pk, "day": "2", "grade": "7"},
    "_search": {"q": "петр"},
}
for base, more in (("mentee", {"pair": "no", "hint": "yes"}), ("mentor", {"places": "free"})):
    address = f"/programmes/{programme.pk}/{base}s/"
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    report(f"{base}_base_2000_queries", len(queries), "queries", 1)
    for name, data in ASKED.items():
        data = data | more if name == "_filtered" else data
        timings = milliseconds(lambda a=address, d=data: client.get(a, d), 40)
        report(f"{base}_base_2000{name}", p95(timings), "ms", 40)
