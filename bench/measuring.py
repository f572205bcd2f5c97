"""How measurements are taken and printed, and a school to take them on."""

import gc
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def report(name: str, value: float, unit: str, n: int) -> None:
    print(json.dumps({"name": name, "value": round(value, 2), "unit": unit, "n": n}), flush=True)


def milliseconds(deed: Callable[[], object], n: int, warm: int = 2) -> list[float]:
    """``n`` timings of the deed after ``warm`` runs that do not count.

    What is there by then is frozen, as it is in gunicorn's workers (mentorship_portal.gunicorn).
    """
    for _ in range(warm):
        deed()
    gc.collect()
    gc.freeze()
    found = []
    for _ in range(n):
        started = time.perf_counter()
        deed()
        found.append((time.perf_counter() - started) * 1000)
    return found


def median(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


def resident_megabytes(pid: int | str = "self") -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def prepare() -> None:
    """Django with an empty database in a temporary folder."""
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    os.environ["DATA_DIR"] = folder
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentorship_portal.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    call_command("migrate", verbosity=0)


def facts(pairs: int):
    """Facts of an order on so many pairs, with the demonstration school's people in turn."""
    import datetime

    from documents.kinds.facts import BasisFacts, PersonFacts, SchoolFacts
    from documents.kinds.order_on_pairs import OrderOnPairsFacts, PairFacts
    from programmes.people.declension import CASES

    def person(name: str, post: str) -> PersonFacts:
        surname, first, patronymic = name.split(" ")
        return PersonFacts(
            name=dict.fromkeys(CASES, name),
            short=f"{surname} {first[0]}.{patronymic[0]}.",
            gender="m",
            post=dict.fromkeys(CASES, post),
        )

    mentor = person("Дашинимаев Баир Цыренович", "учитель математики")
    mentee = person("Гладких Денис Олегович", "учитель физики")
    return OrderOnPairsFacts(
        school=SchoolFacts("Средняя школа № 94", "МБОУ «СОШ № 94» г. Читы", "г. Чита"),
        date=datetime.date(2026, 11, 9),
        number="178-од",
        basis=BasisFacts(date=datetime.date(2026, 10, 15), number="163-од"),
        pairs=[
            PairFacts(str(n), "учитель – учитель", False, mentor, [mentee]) for n in range(pairs)
        ],
        curators=[mentor],
        head=mentor,
        acquainted=[mentor, mentee],
    )
