"""Long work in the background: asked once, made once, cancelled, taken up after a kill."""

import datetime
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.exports import work
from documents.exports.models import Export
from programmes.access import Role
from tests import recipes


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def address(programme):
    recipes.confirmed_pair(programme)
    return reverse("agreements-pdf", args=[programme.pk])


def ask(client, address):
    return client.post(reverse("export-ask"), {"address": address})


def make_next() -> Export:
    export = work.take_up()
    work.make(export)
    export.refresh_from_db()
    return export


def test_a_file_is_asked_for_made_and_taken(curator, address):
    for _ in range(2):
        assert ask(curator, address).url == reverse("export-list")
    assert Export.objects.count() == 1

    export = make_next()

    assert export.is_done and export.size == export.path.stat().st_size
    assert (export.path.stat().st_mode & 0o777) == 0o600
    answer = curator.get(reverse("export-file", args=[export.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Security-Policy"] == "sandbox"
    assert "attachment" in answer["Content-Disposition"]
    assert "готово" in curator.get(reverse("export-list")).content.decode()


@pytest.mark.parametrize(
    "address", ["/people/", "https://example.org/", "/no/such/page/", "//host/documents/", ""]
)
def test_only_files_of_the_portal_are_asked_for(curator, programme, address):
    assert ask(curator, address).status_code == 422
    assert not Export.objects.exists()


def test_nobody_asks_for_what_the_role_does_not_open(client_of, address):
    assert ask(client_of(Role.TEACHER), address).status_code == 422
    assert not Export.objects.exists()


def test_rights_taken_meanwhile_give_no_file(curator, school, address):
    ask(curator, address)
    export = Export.objects.get()
    export.user.grants.all().delete()

    export = make_next()

    assert export.state == Export.State.FAILED and "Права изменились" in export.error
    assert not (settings.DATA_DIR / "exports").exists()


def test_a_foreign_programme_gives_no_file(curator):
    foreign = recipes.make_programme(recipes.make_school(short_name="Другая"))
    recipes.confirmed_pair(foreign)
    ask(curator, reverse("agreements-pdf", args=[foreign.pk]))

    assert make_next().state == Export.State.FAILED


def test_everybody_sees_only_own_ones(curator, client_of, address):
    ask(curator, address)
    export = make_next()
    other = client_of(Role.CURATOR)

    assert "Соглашения, PDF" not in other.get(reverse("export-list")).content.decode()
    for name in ("export-file", "export-again", "export-delete", "export-cancel"):
        method = other.get if name == "export-file" else other.post
        assert method(reverse(name, args=[export.pk])).status_code == 404
    assert Export.objects.count() == 1


def test_a_cancelled_one_stores_nothing_though_the_work_ends(curator, address):
    ask(curator, address)
    export = work.take_up()
    curator.post(reverse("export-cancel", args=[export.pk]))

    work.make(export)

    export.refresh_from_db()
    assert export.state == Export.State.CANCELLED and not export.file
    assert not list((settings.DATA_DIR / "exports").glob("*"))


def test_a_worker_that_came_back_from_the_dead_stores_nothing_twice(curator, address):
    ask(curator, address)
    first = work.take_up()
    assert work.take_up() is None
    Export.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=2))
    second = work.take_up()

    work.make(second)
    work.make(first)

    row = Export.objects.get()
    assert row.is_done and row.tries == 2
    assert [path.name for path in (settings.DATA_DIR / "exports").iterdir()] == [row.file]


def test_after_three_broken_tries_it_says_so(curator, address):
    ask(curator, address)
    for _ in range(3):
        assert work.take_up() is not None
        Export.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=2))

    assert work.take_up() is None
    row = Export.objects.get()
    assert row.state == Export.State.FAILED and "прервалась" in row.error


def test_one_that_nobody_takes_up_says_so(curator, address):
    ask(curator, address)
    Export.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=2))

    assert "ждёт больше минуты" in curator.get(reverse("export-list")).content.decode()


def test_old_ones_go_with_their_files(curator, address):
    ask(curator, address)
    path = make_next().path
    Export.objects.update(created_at=timezone.now() - datetime.timedelta(days=15))

    assert work.clean_up() == 1
    assert not path.exists() and not Export.objects.exists()


def test_a_done_one_is_made_anew_and_deleted(curator, address):
    ask(curator, address)
    export = make_next()

    curator.post(reverse("export-again", args=[export.pk]))
    curator.post(reverse("export-delete", args=[export.pk]))

    assert not export.path.exists()
    assert Export.objects.get().state == Export.State.WAITING


def test_queries_of_the_list_do_not_grow(curator, address, school):
    ask(curator, address)
    export = Export.objects.get()
    url = reverse("export-list")
    curator.get(url)
    with CaptureQueriesContext(connection) as few:
        curator.get(url)
    for number in range(6):
        export.pk, export.address = None, f"/{number}/"
        export.save()
    with CaptureQueriesContext(connection) as many:
        curator.get(url)

    assert len(few) == len(many)


WALK = """
import os, sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from documents.models import Export
from programmes.access import Role
from tests import recipes
programme = recipes.make_programme(recipes.make_school())
for _ in range(3):
    recipes.confirmed_pair(programme)
user = recipes.user(programme.school, Role.CURATOR)
Export.objects.create(
    school=programme.school, user=user, title="Соглашения", host="localhost",
    address=f"/programmes/{programme.pk}/pairs/agreements/print.pdf",
)
"""
LOOK = """
import django
django.setup()
from documents.models import Export
row = Export.objects.get()
print(row.state, row.tries, row.file)
"""


def test_a_killed_worker_leaves_its_work_to_the_next(tmp_path):
    """Real processes on a real file: kill -9 in the middle, one result, nothing twice."""
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "mentorship_portal.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
        "EXPORTS_LOST_AFTER": "1",
    }

    def python(*arguments):
        return [sys.executable, *arguments]

    def look() -> list[str]:
        done = subprocess.run(
            python("-c", LOOK), env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split()

    subprocess.run(python("-c", WALK), env=environment, check=True, capture_output=True)
    manage = str(settings.BASE_DIR / "manage.py")
    command = python(manage, "run_exports", "--alone")
    worker = subprocess.Popen(command, env=environment, start_new_session=True)
    until = time.monotonic() + 60
    while look()[0] == "waiting" and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    worker = subprocess.Popen(command, env=environment, start_new_session=True)
    while look()[0] in ("waiting", "running") and time.monotonic() < until + 60:
        time.sleep(0.5)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()

    state, tries, file = look()
    assert state == "done" and int(tries) <= 2
    assert [path.name for path in (tmp_path / "exports").glob("*.pdf")] == [file]
