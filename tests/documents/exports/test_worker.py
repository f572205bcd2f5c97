"""The worker of exports as a real process on a real database: killed, stopped, cancelled."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from documents.exports.models import Export
from programmes.access import Role
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120  # seconds, for slow machines


class Portal:
    """A folder of data with one export that waits, and the workers started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "portal.sqlite3"
        self.workers: list[subprocess.Popen] = []
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "DATABASE_URL": self._database(),
            "DJANGO_SETTINGS_MODULE": "mentorship_portal.settings",
            "EXPORTS_LOST_AFTER": "2",
        }

    def _database(self) -> str:
        """On SQLite a copy of the test's database as a file, on PostgreSQL that database itself."""
        if connection.vendor == "sqlite":
            copy = sqlite3.connect(self.file)
            connection.connection.backup(copy)
            copy.close()
            return f"sqlite:///{self.file}"
        at = connection.settings_dict
        password = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
        host = f"{at['HOST'] or 'localhost'}:{at['PORT'] or 5432}"
        return f"postgres://{at['USER']}{password}@{host}/{at['NAME']}"

    def execute(self, statement: str) -> list[tuple]:
        if connection.vendor == "sqlite":
            opened = sqlite3.connect(self.file, timeout=20)
            with opened:
                rows = opened.execute(statement).fetchall()
            opened.close()
            return rows
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @property
    def state(self) -> str:
        return self.execute("SELECT state FROM documents_export")[0][0]

    @property
    def files(self) -> list[str]:
        return [path.name for path in (self.folder / "exports").glob("*")]

    def start(self) -> subprocess.Popen:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_exports", "--alone"]
        self.workers.append(subprocess.Popen(command, env=self.environment, start_new_session=True))
        return self.workers[-1]

    def kill(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()


def wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "It did not happen in time"
        time.sleep(0.05)


def children(worker: subprocess.Popen) -> list[str]:
    return Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()


@pytest.fixture
def portal(programme, tmp_path):
    recipes.confirmed_pair(programme)
    Export.objects.create(
        school=programme.school,
        user=recipes.user(programme.school, Role.CURATOR),
        title="Соглашения",
        host="localhost",
        address=reverse("agreements-pdf", args=[programme.pk]),
    )
    opened = Portal(tmp_path)
    yield opened
    opened.kill()


def test_a_killed_worker_leaves_its_work_to_the_next(portal):
    portal.start()
    wait(lambda: portal.state == "running")
    portal.kill()
    assert portal.state == "running"

    portal.start()
    wait(lambda: portal.state not in ("waiting", "running"))

    assert portal.execute("SELECT state, tries FROM documents_export") == [("done", 2)]
    assert [(name,) for name in portal.files] == portal.execute("SELECT file FROM documents_export")


def test_a_stopped_worker_gives_its_work_back(portal):
    worker = portal.start()
    wait(lambda: portal.state == "running" and children(worker))

    worker.terminate()

    assert worker.wait(PATIENCE) == 0
    assert portal.execute("SELECT state, tries FROM documents_export") == [("waiting", 0)]
    assert not portal.files


def test_a_cancelled_work_is_ended_and_the_worker_goes_on(portal):
    worker = portal.start()
    wait(lambda: portal.state == "running" and children(worker))

    portal.execute("UPDATE documents_export SET state = 'cancelled', claim = ''")
    wait(lambda: not children(worker))

    assert portal.state == "cancelled" and not portal.files
    portal.execute("UPDATE documents_export SET state = 'waiting'")
    wait(lambda: portal.state == "done")
    assert len(portal.files) == 1
