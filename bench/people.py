"""The people list with 20 and with 2,000 people: p95 and number of queries."""

from bench.measuring import milliseconds, p95, prepare, report

prepare()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from programmes.access import Role  # noqa: E402
from programmes.models import Person  # noqa: E402
from tests import recipes  # noqa: E402

school = recipes.make_school()
recipes.make_programme(school)
client = Client()
client.force_login(
    recipes.user(school, Role.CURATOR), backend="django.contrib.auth.backends.ModelBackend"
)


def add(number: int) -> None:
    people = []
    for n in range(number):
        person = Person(
            school=school, surname=f"Иванов{'абвгдежзик'[n % 10]}", first_name="Пётр",
            patronymic="Ильич", gender="m", kind="pupil", grade=n % 11 + 1, letter="А",
        )  # fmt: skip
        person.prepare()
        people.append(person)
    Person.objects.bulk_create(people)


have = 0
for target in (20, 2000):
    add(target - have)
    have = target
    with CaptureQueriesContext(connection) as queries:
        client.get("/people/")
    report(f"people_list_{target}_queries", len(queries), "queries", 1)
    for name, data in (("", {}), ("_search", {"q": "иванова петр"})):
        timings = milliseconds(lambda data=data: client.get("/people/", data), 40)
        report(f"people_list_{target}{name}_p95", p95(timings), "ms", 40)
